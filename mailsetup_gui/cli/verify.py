"""mailsetup truststore verify: would Bitbucket's Java with this truststore accept this server, or this chain?"""

from __future__ import annotations

import time
from types import SimpleNamespace

from mailsetup_gui.cli import options as words
from mailsetup_gui.cli.parser import Parser, UsageError
from mailsetup_gui.cli.telling import HumanTeller, JsonTeller, Teller
from mailsetup_gui.cli.test import exit_code
from mailsetup_gui.diagnosis.causes import Cause
from mailsetup_gui.settings.server import MailServer
from mailsetup_gui.trust import truststore
from mailsetup_gui.trust.contents import Contents, StoreError
from mailsetup_gui.wording.files import unusable
from mailsetup_gui.wording.language import _


def main(arguments: list[str]) -> int:
    """Exit codes: 0 accepted, 1 refused or not reached, 2 wrong usage, 4 a file that cannot be used."""
    options = _parser().parse(arguments)
    if options.chain is None and options.hostname is None and options.provider is None:
        raise UsageError(_("give --hostname HOST, to ask a server, or --chain CHAIN.pem, to judge a file"))
    if options.chain is not None and options.check_name and options.hostname is None:
        raise UsageError(_("--check-name wants --hostname HOST: the name to look for in the certificate"))
    return _offline(options) if options.chain is not None else _online(options)


def _parser() -> Parser:
    parser = Parser("mailsetup truststore verify", _("Would Java with this truststore accept this server?"))
    parser.word("file", "FILE", _("JKS, PKCS#12 or PEM"))
    parser.option(
        "--password-file", "FILE", _("the truststore's: its first line; - is standard input"), key="store_password"
    )
    words.add_server_options(parser)
    parser.option("--java", "PATH", _("prove it in this JVM; none: predict only"), default="none")
    parser.switch("--check-name", _("judge the host name too, as newer mail libraries do"))
    parser.option("--timeout", "SECONDS", _("default 20"), default="20")
    parser.option("--chain", "CHAIN.pem", _("instead of a server: a chain in a file, its own certificate first"))
    parser.option(
        "--at", "TIME", _("with --chain: 2026-11-25, 2026-11-25T15:00:00Z or seconds since 1970; now if not given")
    )
    parser.switch("--json", _("JSON Lines; the last one is the outcome"))
    return parser


def _online(options: SimpleNamespace) -> int:
    """A test that stops behind TLS: no credentials, no mail."""
    from mailsetup_gui import trial
    from mailsetup_gui.settings.server import Encryption, check
    from mailsetup_gui.smtp.events import Result, Step
    from mailsetup_gui.smtp.waiting import Cancel
    from mailsetup_gui.wording import problems

    found = words.server_from(options, MailServer(encryption=Encryption.STARTTLS_REQUIRED))
    if wrong := (*found.problems, *check(found.server, sends=False)):
        raise UsageError("\n".join(map(problems.line, wrong)))
    request = trial.Request(
        found.server._replace(username=""),
        "",
        truststore=options.file,
        check_name=options.check_name,
        until=Step.TLS,
        timeout=words.seconds(options.timeout),
        java=words.java(options.java),
    )
    teller, cancel = _teller(options.json), Cancel()
    for event in trial.run(request, trial.Secrets("", _password(options)), cancel):
        if isinstance(event, trial.Finished):
            refused = event.java.accepted is False or event.diagnosis.cause is Cause.NAME_MISMATCH
            result = Result.REJECTED if refused else event.outcome.result
            teller.finished(event._replace(outcome=event.outcome._replace(result=result)))
            return exit_code(event)
        teller.event(event)
    raise AssertionError("a trial ends with Finished")


def _offline(options: SimpleNamespace) -> int:
    from mailsetup_gui.judging import grounds
    from mailsetup_gui.verifying import judged

    at = time.time() if options.at is None else _moment(options.at)
    chain = _read(options.chain, None)
    _read(options.file, _password(options))
    ground = grounds(options.file, _password(options), words.runtime(options.java))
    host = words.server_from(options, MailServer()).server.hostname if options.check_name else ""
    finished = judged(tuple(entry.der for entry in chain.entries), ground, at, host)
    _teller(options.json).finished(finished)
    return exit_code(finished)


def _read(path: str, password: str | None) -> Contents:
    try:
        return truststore.read(path, password)
    except StoreError as error:
        raise words.LocalError(unusable(path, error)) from None


def _password(options: SimpleNamespace) -> str | None:
    return None if options.store_password is None else words.secret_file(options.store_password)


def _teller(as_json: bool) -> Teller:
    return JsonTeller() if as_json else HumanTeller()


def _moment(text: str) -> float:
    """Seconds since the epoch of an ISO date or moment, UTC where no zone is given."""
    from datetime import UTC, datetime

    if text.lstrip("-").isdigit():
        return float(text)
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise UsageError(
            _("--at is “{text}”; it takes 2026-11-25, 2026-11-25T15:00:00Z or seconds since 1970").format(text=text)
        ) from None
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).timestamp()
