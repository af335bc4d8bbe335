"""mailsetup sandbox: the built-in mail server in a terminal, telling what arrives, until it is interrupted."""

from __future__ import annotations

import json
import os
import signal
import sys
import tempfile
from contextlib import closing

from mailsetup_gui.cli.interrupts import heard
from mailsetup_gui.cli.parser import Parser, UsageError
from mailsetup_gui.cli.telling import prepare_stdout
from mailsetup_gui.smtp.sandbox import HOST, PASSWORD, USERNAME, Received, Sandbox
from mailsetup_gui.smtp.waiting import Cancel
from mailsetup_gui.wording import arrived
from mailsetup_gui.wording.harmless import reason, shown
from mailsetup_gui.wording.language import _

_LONGEST = 10**8
"""Seconds: three years."""


def main(arguments: list[str]) -> int:
    """Runs for `--lifetime` seconds, or until SIGINT or SIGTERM; both end it well."""
    prepare_stdout()
    try:
        options = _parser().parse(arguments)
        lifetime = _seconds(options.lifetime)
        with closing(Cancel()) as over, heard(over, signal.SIGINT, signal.SIGTERM):
            _serve(over, lifetime, options.port_file)
    except UsageError as error:
        print(error, file=sys.stderr)
        return 2
    except OSError as error:
        print(
            _("The built-in mail server cannot run: {strerror} {filename}")
            .format(strerror=reason(error.strerror or error), filename=error.filename or "")
            .rstrip(),
            file=sys.stderr,
        )
        return 4
    return 0


def _serve(over: Cancel, lifetime: float | None, port_file: str | None) -> None:
    with Sandbox(_tell) as sandbox, tempfile.TemporaryDirectory(prefix="mailsetup-") as folder:
        ca_file = os.path.join(folder, "ca.pem")
        _write(ca_file, sandbox.ca_pem)
        _announce(sandbox, ca_file, port_file)
        over.wait(lifetime)


def _parser() -> Parser:
    purpose = _("The built-in mail server, for this computer only: TLS with its own CA, sign-in, an inbox.")
    parser = Parser("mailsetup sandbox", purpose)
    parser.option("--port-file", "FILE", _("written as JSON once it listens: ports, CA file, user name, password"))
    parser.option("--lifetime", "SECONDS", _("until interrupted when not given"))
    return parser


def _seconds(text: str | None) -> float | None:
    try:
        seconds = None if text is None else float(text)
    except ValueError:
        seconds = 0.0
    if seconds is not None and not 0 < seconds <= _LONGEST:
        raise UsageError(_("--lifetime is “{text}”; it takes seconds, more than 0").format(text=text))
    return seconds


def _announce(sandbox: Sandbox, ca_file: str, port_file: str | None) -> None:
    facts = {
        "hostname": HOST,
        "starttls": sandbox.starttls_port,
        "smtps": sandbox.smtps_port,
        "ca": ca_file,
        "username": USERNAME,
        "password": PASSWORD,
    }
    print(_("The built-in mail server listens on {host}, for this computer only.").format(host=HOST))
    print(_("  SMTP with STARTTLS  port {starttls_port}").format(starttls_port=sandbox.starttls_port))
    print(_("  SMTPS               port {smtps_port}").format(smtps_port=sandbox.smtps_port))
    print(_("  its CA              {ca_file}").format(ca_file=ca_file))
    print(
        _("  sign-in             user {username}, password {password} (or none)").format(
            username=USERNAME, password=PASSWORD
        )
    )
    print(_("Try it in another terminal:"))
    print(
        _(
            "  printf '%s\\n' {password} | mailsetup test --hostname {host} --port {starttls_port} --tls always \\"
        ).format(password=PASSWORD, host=HOST, starttls_port=sandbox.starttls_port)
    )
    print(f"    --username {USERNAME} --password-file - --from bitbucket@example.test --to you@example.test \\")
    print(f"    --truststore {ca_file}")
    print(_("Mail that arrives is told here and delivered nowhere. Ctrl+C ends it."), flush=True)
    if port_file is not None:
        _write(port_file, json.dumps(facts).encode() + b"\n")


def _write(path: str, octets: bytes) -> None:
    """Whole or not at all: whoever waits for the file never reads half of it."""
    temporary = f"{path}.{os.getpid()}"
    with open(temporary, "xb") as file:
        file.write(octets)
    os.replace(temporary, path)


def _tell(received: Received) -> None:
    secured = "TLS" if received.encrypted else _("clear text")
    signed = (
        _("signed in as {username}").format(username=shown(received.username))
        if received.username
        else _("not signed in")
    )
    lines = [
        "",
        _("From {sender} to {recipients} ({secured}, {signed})").format(
            sender=shown(received.sender),
            recipients=", ".join(map(shown, received.recipients)),
            secured=secured,
            signed=signed,
        ),
        _("Subject: {subject}").format(subject=arrived.subject(received.octets)),
        *(f"  | {line}" for line in arrived.body(received.octets)),
    ]
    print("\n".join(lines), flush=True)
