"""Where JavaMail or smtplib was when it failed, by the name of its method in a stack trace."""

import re

from mailsetup_gui.diagnosis.excerpt import Line
from mailsetup_gui.smtp.events import Step

_JAVA = re.compile(r"SMTPTransport(?:\$\w{1,40})?\.(\w{1,40})\(")
_PYTHON = re.compile(r", in (ehlo|helo|starttls|login|auth|mail|rcpt|data|connect)$")
_METHODS = {
    "openServer": Step.GREETING,
    "connect": Step.GREETING,
    "helo": Step.EHLO,
    "ehlo": Step.EHLO,
    "startTLS": Step.STARTTLS,
    "starttls": Step.STARTTLS,
    "authenticate": Step.AUTH,
    "login": Step.AUTH,
    "auth": Step.AUTH,
    "mailFrom": Step.MAIL,
    "mail": Step.MAIL,
    "rcptTo": Step.RCPT,
    "rcpt": Step.RCPT,
    "data": Step.DATA,
    "bdat": Step.DATA,
    "finishData": Step.DATA,
    "finishBdat": Step.DATA,
}


def step(lines: tuple[Line, ...]) -> Step | None:
    """Java writes the innermost method first, Python last."""
    java = next((m for m in (_JAVA.search(line.text) for line in lines) if m and m[1] in _METHODS), None)
    if java is not None:
        return _METHODS[java[1]]
    python = [m[1] for m in (_PYTHON.search(line.text) for line in lines) if m]
    return _METHODS[python[-1]] if python else None


def in_handshake(lines: tuple[Line, ...]) -> bool:
    """Whether TLS was being agreed on."""
    signs = ("Could not convert socket to TLS", "startHandshake", "SSLHandshakeException", "do_handshake")
    return any(sign in line.text for line in lines for sign in signs)
