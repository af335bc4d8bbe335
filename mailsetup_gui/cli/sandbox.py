"""mailsetup sandbox: the built-in mail server in a terminal, telling what arrives, until it is interrupted."""

from __future__ import annotations

import json
import os
import signal
import sys
import tempfile
import threading
from email import message_from_bytes
from email.policy import default

from mailsetup_gui.cli import options as words
from mailsetup_gui.cli.telling import prepare_stdout
from mailsetup_gui.smtp.sandbox import HOST, PASSWORD, USERNAME, Received, Sandbox
from mailsetup_gui.wording.harmless import shown


def main(arguments: list[str]) -> int:
    """Runs for `--lifetime` seconds, or until SIGINT or SIGTERM; both end it well."""
    prepare_stdout()
    try:
        options = _parser().parse_args(arguments)
        with Sandbox(_tell) as sandbox, tempfile.TemporaryDirectory(prefix="mailsetup-") as folder:
            ca_file = os.path.join(folder, "ca.pem")
            _write(ca_file, sandbox.ca_pem)
            _announce(sandbox, ca_file, options.port_file)
            _wait(options.lifetime)
    except words.UsageError as error:
        print(error, file=sys.stderr)
        return 2
    except OSError as error:
        print(
            f"The built-in mail server cannot run: {error.strerror or error} {error.filename or ''}".rstrip(),
            file=sys.stderr,
        )
        return 4
    return 0


def _parser() -> words.Parser:
    parser = words.Parser(
        "mailsetup sandbox",
        description="The built-in mail server, for this computer only: TLS with its own CA, sign-in, an inbox.",
        allow_abbrev=False,
    )
    parser.add_argument(
        "--port-file", metavar="FILE", help="written as JSON once it listens: ports, CA file, user name, password"
    )
    parser.add_argument("--lifetime", metavar="SECONDS", type=float, help="until interrupted when not given")
    return parser


def _announce(sandbox: Sandbox, ca_file: str, port_file: str | None) -> None:
    facts = {
        "hostname": HOST,
        "starttls": sandbox.starttls_port,
        "smtps": sandbox.smtps_port,
        "ca": ca_file,
        "username": USERNAME,
        "password": PASSWORD,
    }
    print(f"The built-in mail server listens on {HOST}, for this computer only.")
    print(f"  SMTP with STARTTLS  port {sandbox.starttls_port}")
    print(f"  SMTPS               port {sandbox.smtps_port}")
    print(f"  its CA              {ca_file}")
    print(f"  sign-in             user {USERNAME}, password {PASSWORD} (or none)")
    print("Try it in another terminal:")
    print(
        f"  printf '%s\\n' {PASSWORD} | mailsetup test --hostname {HOST} --port {sandbox.starttls_port} --tls always \\"
    )
    print(
        f"    --username {USERNAME} --password-file - --from bitbucket@example.test --to you@example.test --truststore {ca_file}"
    )
    print("Mail that arrives is told here and delivered nowhere. Ctrl+C ends it.", flush=True)
    if port_file is not None:
        _write(port_file, json.dumps(facts).encode() + b"\n")


def _write(path: str, octets: bytes) -> None:
    """Whole or not at all: whoever waits for the file never reads half of it."""
    temporary = f"{path}.{os.getpid()}"
    with open(temporary, "xb") as file:
        file.write(octets)
    os.replace(temporary, path)


def _wait(lifetime: float | None) -> None:
    over = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: over.set())
    over.wait(lifetime)


def _tell(received: Received) -> None:
    message = message_from_bytes(received.octets, policy=default)
    body = message.get_body(("plain", "html"))
    secured = "TLS" if received.encrypted else "clear text"
    signed = f"signed in as {shown(received.username)}" if received.username else "not signed in"
    lines = [
        "",
        f"From {shown(received.sender)} to {', '.join(map(shown, received.recipients))} ({secured}, {signed})",
        f"Subject: {shown(str(message['subject'] or ''))}",
        *(f"  | {shown(line)}" for line in (body.get_content().splitlines() if body else ())),
    ]
    print("\n".join(lines), flush=True)
