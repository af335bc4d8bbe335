"""One test against a scripted server, and everything that came of it. Not a test."""

from __future__ import annotations

import atexit
import re
import shutil
import time
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import NamedTuple

from mailsetup_gui import remembering
from mailsetup_gui.remembering import Recorded
from mailsetup_gui.settings.profiles import Profile
from mailsetup_gui.settings.server import Encryption, MailServer
from mailsetup_gui.smtp.events import Event, Line, Result, Step, StepChanged, TlsStarted
from mailsetup_gui.smtp.waiting import Cancel
from mailsetup_gui.trial import Finished, Request, Secrets
from tests.smtp.polite import PASSWORD, USERNAME, Mode
from tests.smtp.scripted import AUTHORITY, HOST, Script, Scripted

SENDER, RECIPIENT = "bitbucket@example.test", "you@example.test"
ENVELOPE = ["MAIL FROM:<bitbucket@example.test>", "RCPT TO:<you@example.test>", "DATA", "(message)", ".", "QUIT"]
SIGN_IN = ["AUTH LOGIN", "Yml0YnVja2V0", "S2lyc2NoK1RvcnRlLzQ3P8O2w58mPHg+"]
_ENCRYPTION = {
    Mode.CLEAR: Encryption.STARTTLS_IF_OFFERED,
    Mode.SIGNED_CLEAR: Encryption.STARTTLS_IF_OFFERED,
    Mode.STARTTLS: Encryption.STARTTLS_REQUIRED,
    Mode.SMTPS: Encryption.IMPLICIT_TLS,
}


class Tried(NamedTuple):
    """`took`: seconds until the Outcome; `everything`: all that was yielded, Finished too."""

    events: tuple[Event, ...]
    finished: Finished
    took: float
    recorded: Recorded

    @property
    def result(self) -> Result:
        return self.finished.outcome.result

    @property
    def cause(self) -> str | None:
        return self.finished.diagnosis.cause and self.finished.diagnosis.cause.value

    @property
    def warnings(self) -> list[str]:
        return [warning.value for warning in self.finished.diagnosis.warnings]

    @property
    def lines(self) -> list[str]:
        return [event.text for event in self.events if isinstance(event, Line)]

    @property
    def steps(self) -> list[StepChanged]:
        return [event for event in self.events if isinstance(event, StepChanged)]

    @property
    def tls(self) -> list[TlsStarted]:
        return [event for event in self.events if isinstance(event, TlsStarted)]


def settings(port: int, mode: Mode) -> MailServer:
    username = "" if mode is Mode.CLEAR else USERNAME
    return MailServer(HOST, port, _ENCRYPTION[mode], username, SENDER, "client.example.test")


def request(port: int, mode: Mode, timeout: float = 5.0, until: Step | None = None) -> Request:
    """Trusts the authority of the scripted servers; lets the password cross in clear only in SIGNED_CLEAR."""
    consent = mode is Mode.SIGNED_CLEAR
    return Request(
        settings(port, mode),
        RECIPIENT,
        truststore=ca_file(),
        cleartext_credentials=consent,
        until=until,
        timeout=timeout,
    )


def commands(said: bytes) -> list[str]:
    """What the client said, a message as the one word it is, and nothing of credentials."""
    words = re.sub(rb"(?s)(?<=DATA\r\n).*?(?=\r\n\.\r\n)", b"(message)", said).decode(errors="replace").split("\r\n")
    return [word for word in words if word]


def attempt(
    asked: Request,
    password: str = PASSWORD,
    cancel: Cancel | None = None,
    profile: Profile | None = None,
    truststore_password: str | None = None,
) -> Tried:
    cancel = cancel or Cancel()
    began = time.monotonic()
    try:
        secrets = Secrets(password if asked.server.username else "", truststore_password)
        *events, last, recorded = remembering.run(asked, secrets, cancel, profile=profile)
    finally:
        cancel.close()
    took = time.monotonic() - began
    assert isinstance(last, Finished)
    assert isinstance(recorded, Recorded)
    found = tuple(event for event in events if not isinstance(event, Finished | Recorded))
    assert len(found) == len(events), "Finished came twice"
    return Tried(found, last, took, recorded)


def tried(script: Script, mode: Mode, **settings: object) -> tuple[Tried, list[str]]:
    """What came of it, and what the server was told."""
    with Scripted(script) as server:
        asked = request(server.port, mode)
        found = attempt(asked._replace(server=asked.server._replace(**settings)))  # type: ignore[arg-type]  # by name
    return found, commands(server.said)


@cache
def ca_file() -> str:
    folder = mkdtemp(prefix="mailsetup-tests-")
    atexit.register(shutil.rmtree, folder)
    path = Path(folder) / "ca.pem"
    AUTHORITY.cert_pem.write_to_path(path)
    return str(path)
