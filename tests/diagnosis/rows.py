"""The rows of the catalogue of errors, in the wordings of Java, Python, OpenSSL and mail servers. Not a test."""

import re
from pathlib import Path

_LINES = Path(__file__).with_name("rows.txt").read_text(encoding="utf-8").splitlines()
"""row|id of the cause|what is pasted, its line ends and tabs written out"""
ROWS = [
    (row, cause, said.replace("\\n", "\n").replace("\\t", "\t"))
    for row, cause, said in (line.split("|", 2) for line in _LINES)
]

_PRINTED = Path(__file__).with_name("javamail.txt").read_text(encoding="utf-8")
TRACES = {
    block.partition("\n")[0]: block.partition("\n")[2] for block in re.split(r"^=== ", _PRINTED, flags=re.MULTILINE)[1:]
}
"""What JavaMail 1.6.5 printed on Java 17 and 25 against scripted servers."""

HEADER = (
    "2026-01-02 10:00:00,123 ERROR [http-nio-7990-exec-9] admin @1J0ZV3Vx600x1 1k2j3h 10.0.0.1 "
    '"POST /admin/mail-server HTTP/1.1" bitbucket.mail-log Sending mail failed. Please verify the mail server '
    "configuration and check the logs for details; recipient: ops@example.com; subject: Test Mail\n"
)
PKIX = (
    "javax.net.ssl.SSLHandshakeException: PKIX path building failed: sun.security.provider.certpath."
    "SunCertPathBuilderException: unable to find valid certification path to requested target"
)
REFUSED = "javax.mail.AuthenticationFailedException: 535 5.7.8 Error: authentication failed"
FRAME = "\n\tat com.sun.mail.smtp.SMTPTransport.sendMessage(SMTPTransport.java:1285)\n\t... 40 more\n"


def spring(said: str) -> str:
    """As Spring 5 prints an exception that has failed messages."""
    return (
        f"org.springframework.mail.MailSendException: Mail server connection failed; nested exception is {said}. "
        f"Failed messages: {said}; message exception details (1) are:\nFailed message 1:\n{said}{FRAME}"
    )
