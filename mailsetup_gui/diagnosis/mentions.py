"""Host, port, protocol and addresses, as far as an error's own words tell them."""

import re
from typing import NamedTuple

from mailsetup_gui.diagnosis.excerpt import Line
from mailsetup_gui.settings.server import Encryption, MailServer

_MOST = 20_000
_SERVERS = (
    re.compile(r"to host \"(?P<host>[^\"\s]{1,255})\", port:? (?P<port>\d{1,5})(?:, isSSL (?P<ssl>true|false))?"),
    re.compile(r"host, port: (?P<host>[^\s,;]{1,255}), (?P<port>\d{1,5})"),
    re.compile(r"SMTP host: (?P<host>[^\s,;]{1,255})(?:, port: (?P<port>\d{1,5}))?"),
    re.compile(r"UnknownHostException: (?P<host>[\w.-]{1,255})"),
    re.compile(r"resolve host:? ['\"]?(?P<host>[\w.-]{1,255})"),
    re.compile(
        r"(?:connect to|trying|connection to) (?P<host>[\w.-]{1,255})(?:\[[\w.:]{2,50}\])?(?::| port )"
        r"(?P<port>\d{1,5})",
        re.IGNORECASE,
    ),
    re.compile(r"matching (?:IP address )?(?P<host>[\w.:-]{1,255}) found"),
    re.compile(r"identity of server: (?P<host>[\w.:-]{1,255})"),
    re.compile(r"(?:not valid for|[Hh]ost ?name|match (?:target host name)?) ?['\"](?P<host>[\w.:-]{1,255})['\"]"),
)
_PORT = re.compile(r"\bport[ =:]{1,3}(\d{2,5})\b", re.IGNORECASE)
_SMTPS = re.compile(r"\bsmtps\b|isSSL true|SMTPSSLTransport|SMTP_SSL|ssl\.enable=true", re.IGNORECASE)
_ADDRESS = r"([^\s<>'\"(),;]{1,64}@[^\s<>'\"(),;:]{1,255})"
_SENDERS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"mail from: ?<{_ADDRESS}>",
        rf"<{_ADDRESS}>: sender address rejected",
        rf"send as {_ADDRESS}",
        rf"SMTPSenderRefused: \(.{{0,500}}, ['\"]{_ADDRESS}['\"]\)",
        r"AddressException: .{0,200}``(?:[^'<]{0,80}<)?([^'>]{1,200}?)>?''",
        rf"\bfrom=<{_ADDRESS}>",
    )
)
_RECIPIENTS = tuple(
    re.compile(pattern, re.IGNORECASE | re.MULTILINE)
    for pattern in (
        rf"rcpt to: ?<{_ADDRESS}>",
        rf"(?:final-|original-)?recipient: (?:rfc822 ?; ?)?<?{_ADDRESS}",
        rf"SMTPRecipientsRefused: {{['\"]{_ADDRESS}['\"]",
        rf"<{_ADDRESS}>: (?:relay|recipient|host|user|unknown)",
        rf"<{_ADDRESS}>(?:\.{{3}}|:\s(?!sender)|$)",
        rf"(?:delivered to|delivery to|message to|reach) <?{_ADDRESS}",
        rf"\bto=<{_ADDRESS}>",
        rf"^{_ADDRESS}(?: \(|$)",
    )
)
_USERS = (
    re.compile(r"not owned by user ([^\s;]{1,120})"),
    re.compile(r"([^\s;]{1,120}@[^\s;]{1,120}) not allowed to send as"),
)


class Mentions(NamedTuple):
    """`is_smtps`: it says so; not to be asked of what says nothing."""

    server: MailServer
    recipient: str = ""
    is_smtps: bool = False


def of(lines: tuple[Line, ...]) -> Mentions:
    text = "\n".join(line.text for line in lines if not line.is_frame)[:_MOST]
    found = next((match for match in (one.search(text) for one in _SERVERS) if match), None)
    parts = found.groupdict() if found else {}
    port = parts.get("port") or next(iter(_PORT.findall(text)), None)
    smtps = parts.get("ssl") == "true" or (parts.get("ssl") is None and _SMTPS.search(text) is not None)
    server = MailServer(
        hostname=(parts.get("host") or "").rstrip("."),
        port=int(port) if port and 0 < int(port) < 65536 else None,
        encryption=Encryption.IMPLICIT_TLS if smtps else Encryption.STARTTLS_IF_OFFERED,
        username=_first(_USERS, text),
        sender=_first(_SENDERS, text),
    )
    return Mentions(server, _first(_RECIPIENTS, text), smtps)


def _first(patterns: tuple[re.Pattern[str], ...], text: str) -> str:
    return next((match[1] for match in (one.search(text) for one in patterns) if match), "")
