"""mailsetup test: one test mail, every step told as it happens, a verdict that scripts can read."""

from __future__ import annotations

import argparse
import os
import signal
import sys
from contextlib import ExitStack
from typing import TYPE_CHECKING

from mailsetup_gui import trial
from mailsetup_gui.cli import options as words
from mailsetup_gui.cli.telling import HumanTeller, JsonTeller, Teller, prepare_stdout
from mailsetup_gui.diagnosis.causes import Cause
from mailsetup_gui.settings.server import Encryption, Field, MailServer, Problem, check
from mailsetup_gui.smtp.events import Fault, Outcome, Result, Step
from mailsetup_gui.smtp.samples import Kind
from mailsetup_gui.smtp.waiting import Cancel
from mailsetup_gui.trial import Finished, Request, Secrets
from mailsetup_gui.wording import problems
from mailsetup_gui.wording.harmless import shown
from mailsetup_gui.wording.intent import in_words

if TYPE_CHECKING:
    from mailsetup_gui.settings.profiles import Profile
    from mailsetup_gui.smtp.sandbox import Sandbox

_LONGEST_TIMEOUT = 3600.0


def main(arguments: list[str]) -> int:
    prepare_stdout()
    teller: Teller = JsonTeller() if "--json" in arguments else HumanTeller()
    nobody = Request(MailServer(), "")
    try:
        with ExitStack() as stack:
            return _tested(_parser().parse_args(arguments), teller, stack)
    except words.UsageError as error:
        return _refuse(teller, nobody, Cause.USAGE, str(error), 2)
    except words.LocalError as error:
        return _refuse(teller, nobody, Cause.LOCAL_UNUSABLE, str(error), 4)
    except KeyboardInterrupt:
        outcome = Outcome(Result.CANCELLED, None, 0.0, Fault.INTERRUPTED)
        teller.finished(trial.unstarted(nobody, Cause.INTERRUPTED, "")._replace(outcome=outcome))
        return 130


def _parser() -> words.Parser:
    parser = words.Parser("mailsetup test", description="Send a test mail and watch every step.", allow_abbrev=False)
    parser.add_argument("profile", nargs="?", metavar="PROFILE", help="gives what the options leave out")
    parser.add_argument("--to", metavar="ADDRESS", help="who gets the test mail")
    parser.add_argument(
        "--sandbox", action="store_true", help="the built-in mail server is the peer: nothing to set up"
    )
    words.add_server_options(parser)
    words.add_password_options(parser)
    parser.add_argument("--truststore", metavar="FILE", help="JKS, PKCS#12 or PEM: the trust anchors Java would use")
    parser.add_argument("--truststore-password-file", metavar="FILE")
    parser.add_argument("--java", choices=("none",), default="none", help="none: nothing is run in a JVM")
    parser.add_argument("--check-name", action="store_true", help="judge as a mail library that checks the host name")
    parser.add_argument(
        "--allow-cleartext-credentials", action="store_true", help="for this test only, as Bitbucket would"
    )
    parser.add_argument("--message", choices=[kind.value for kind in Kind], default=Kind.PLAIN.value)
    parser.add_argument(
        "--base-url", metavar="URL", default="", help="Bitbucket's address, for links and the linked image"
    )
    parser.add_argument(
        "--until", choices=("connect", "ehlo", "tls", "auth", "rcpt"), help="stop there; nothing is sent"
    )
    parser.add_argument("--timeout", metavar="SECONDS", default="20", help="the whole test; default 20")
    parser.add_argument("--json", action="store_true", help="JSON Lines on standard output, nothing else on it")
    return parser


def _tested(options: argparse.Namespace, teller: Teller, stack: ExitStack) -> int:
    if options.sandbox and (options.profile or options.hostname or options.port):
        raise words.UsageError("--sandbox brings its own server: leave out the profile, --hostname and --port")
    profile = _profile(options.profile)
    sandbox = _sandbox(stack) if options.sandbox else None
    found = words.server_from(options, _base(profile, sandbox, options))
    request = _request(options, found.server, profile)
    password = _password(options, profile, found.server, sandbox)
    wrong = (*found.problems, *check(found.server, password or "", _recipient(request)))
    if wrong:
        return _refuse(teller, request, _cause(wrong), "\n".join(map(problems.line, wrong)), 2)
    if found.server.username and password is None and request.until not in (Step.CONNECT, Step.EHLO, Step.TLS):
        return _refuse(teller, request, Cause.PASSWORD_MISSING, "none was given, and there is no terminal to ask on", 2)
    if not options.json:
        print(in_words(found.server), flush=True)
    return _run(request, Secrets(password or "", _truststore_password(options)), teller, sandbox)


def _run(request: Request, secrets: Secrets, teller: Teller, sandbox: Sandbox | None) -> int:
    cancel = Cancel()
    former = {number: signal.signal(number, lambda *_: cancel.request(Fault.INTERRUPTED)) for number in _signals()}
    try:
        for event in trial.run(request, secrets, cancel, sandbox):
            if isinstance(event, Finished):
                teller.finished(event)
                return exit_code(event)
            teller.event(event)
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)
        cancel.close()
    raise AssertionError("a trial ends with Finished")


def _signals() -> tuple[signal.Signals, ...]:
    return (signal.SIGINT, signal.SIGTERM)


def exit_code(finished: Finished) -> int:
    """cli.md: 0 accepted, 1 not accepted, 2 settings, 3 unknown, 4 a file of this computer, 130 interrupted."""
    cause = finished.diagnosis.cause
    if cause is not None and cause.value.startswith("java.store"):
        return 4
    codes = {Result.ACCEPTED: 0, Result.REJECTED: 1, Result.FAILED: 1, Result.UNKNOWN: 3, Result.CANCELLED: 130}
    return codes[finished.outcome.result]


def _refuse(teller: Teller, request: Request, cause: Cause, evidence: str, code: int) -> int:
    finished = trial.unstarted(request, cause, evidence)
    teller.finished(finished)
    if isinstance(teller, JsonTeller):
        print(shown(evidence), file=sys.stderr)
    return code


def _cause(wrong: tuple[Problem, ...]) -> Cause:
    """An id of its own where only the sender or only the recipient is wrong."""
    known = {Field.SENDER: Cause.FROM_INVALID, Field.RECIPIENT: Cause.RCPT_INVALID}
    fields = {problem.field for problem in wrong}
    return known.get(fields.pop(), Cause.SETTINGS_INVALID) if len(fields) == 1 else Cause.SETTINGS_INVALID


def _profile(name: str | None) -> Profile | None:
    if name is None:
        return None
    from mailsetup_gui.cli.profile import find

    return find(name)


def _sandbox(stack: ExitStack) -> Sandbox:
    from mailsetup_gui.smtp.sandbox import Sandbox

    try:
        return stack.enter_context(Sandbox())
    except OSError as error:
        raise words.LocalError(f"The built-in mail server did not start: {error.strerror or error}.") from None


def _base(profile: Profile | None, sandbox: Sandbox | None, options: argparse.Namespace) -> MailServer:
    if sandbox is None:
        return profile.server if profile else MailServer()
    encryption = Encryption.IMPLICIT_TLS if options.protocol == "smtps" else Encryption.STARTTLS_REQUIRED
    return trial.sandbox_server(sandbox, encryption)


def _request(options: argparse.Namespace, server: MailServer, profile: Profile | None) -> Request:
    truststore = options.truststore if options.truststore is not None else profile.truststore if profile else ""
    recipient = options.to if options.to is not None else profile.recipient if profile else ""
    return Request(
        server=server,
        recipient=recipient.strip(),
        kind=Kind(options.message),
        base_url=options.base_url,
        truststore=os.path.expanduser(truststore),
        check_name=options.check_name,
        cleartext_credentials=options.allow_cleartext_credentials,
        until=Step(options.until) if options.until else None,
        timeout=_timeout(options.timeout),
    )


def _timeout(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds <= _LONGEST_TIMEOUT:
        raise words.UsageError(
            f"--timeout is “{text}”; it takes seconds, more than 0 and at most {_LONGEST_TIMEOUT:.0f}"
        )
    return seconds


def _recipient(request: Request) -> str | None:
    """None where nobody is written to: the session stops before RCPT."""
    return request.recipient if request.until in (None, Step.RCPT) else None


def _password(
    options: argparse.Namespace, profile: Profile | None, server: MailServer, sandbox: Sandbox | None
) -> str | None:
    """From the options, the built-in server, the keyring or the terminal, in this order; None when nowhere."""
    given = words.given_password(options)
    if given is not None or not server.username:
        return given
    if sandbox is not None:
        from mailsetup_gui.smtp.sandbox import PASSWORD

        return PASSWORD
    from mailsetup_gui.cli.profile import kept_password

    kept = kept_password(profile) if profile and server.username == profile.server.username else None
    return kept if kept is not None else words.asked_password(f"Password of {shown(server.username)}: ")


def _truststore_password(options: argparse.Namespace) -> str | None:
    path = options.truststore_password_file
    return None if path is None else words.secret_file(path)
