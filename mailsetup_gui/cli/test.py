"""mailsetup test: one test mail, every step told as it happens, a verdict that scripts can read."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import ExitStack
from types import SimpleNamespace
from typing import TYPE_CHECKING

from mailsetup_gui import remembering, trial
from mailsetup_gui.cli import options as words
from mailsetup_gui.cli.interrupts import heard
from mailsetup_gui.cli.parser import Parser, UsageError
from mailsetup_gui.cli.telling import HumanTeller, JsonTeller, Teller, prepare_stdout
from mailsetup_gui.diagnosis.causes import Cause
from mailsetup_gui.settings.domains import may_be_provider
from mailsetup_gui.settings.server import Encryption, Field, MailServer, Problem, check
from mailsetup_gui.smtp.events import Fault, Outcome, Result, Step
from mailsetup_gui.smtp.samples import Kind
from mailsetup_gui.smtp.waiting import Cancel
from mailsetup_gui.trial import Finished, Request, Secrets
from mailsetup_gui.wording import problems
from mailsetup_gui.wording.harmless import reason, shown
from mailsetup_gui.wording.intent import in_words
from mailsetup_gui.wording.language import _

if TYPE_CHECKING:
    from mailsetup_gui.settings.profiles import Profile
    from mailsetup_gui.smtp.sandbox import Sandbox

_SIGNALS = (signal.SIGINT, signal.SIGTERM)
_BEFORE_SIGN_IN = (Step.CONNECT, Step.EHLO, Step.TLS)


def main(arguments: list[str]) -> int:
    prepare_stdout()
    teller, nobody = _teller(arguments), Request(MailServer(), "")
    former = {number: signal.getsignal(number) for number in _SIGNALS}
    try:
        with ExitStack() as stack:
            return _tested(_parser().parse(arguments), teller, stack)
    except UsageError as error:
        return _refuse(teller, nobody, Cause.USAGE, str(error), 2)
    except words.LocalError as error:
        return _refuse(teller, nobody, Cause.LOCAL_UNUSABLE, str(error), 4)
    except KeyboardInterrupt:
        return interrupted(arguments)
    finally:
        for number, handler in former.items():
            signal.signal(number, signal.SIG_DFL if handler is None else handler)


def interrupted(arguments: list[str]) -> int:
    """The outcome of a test that had not begun."""
    outcome = Outcome(Result.CANCELLED, None, 0.0, Fault.INTERRUPTED)
    finished = trial.unstarted(Request(MailServer(), ""), Cause.INTERRUPTED, "")
    _teller(arguments).finished(finished._replace(outcome=outcome))
    return 130


def _teller(arguments: list[str]) -> Teller:
    return JsonTeller() if "--json" in arguments else HumanTeller()


def _parser() -> Parser:
    parser = Parser("mailsetup test", _("Send a test mail and watch every step."))
    parser.word("profile", "PROFILE", _("gives what the options leave out"), needed=False)
    parser.option("--to", "ADDRESS", _("who gets the test mail"))
    parser.switch("--sandbox", _("the built-in mail server is the peer: nothing to set up"))
    words.add_server_options(parser)
    words.add_password_options(parser)
    parser.option("--truststore", "FILE", _("JKS, PKCS#12 or PEM: the trust anchors Java would use"))
    parser.option("--truststore-password-file", "FILE", _("its first line; - is standard input"))
    parser.option(
        "--java",
        "PATH",
        _("prove it in this JVM as well (auto: the one that is found); none: predict only"),
        default="none",
    )
    parser.switch("--check-name", _("judge as a mail library that checks the host name"))
    parser.switch("--allow-cleartext-credentials", _("for this test only, as Bitbucket would"))
    parser.option("--message", help=_("what to send"), choices=[kind.value for kind in Kind], default=Kind.PLAIN.value)
    parser.option("--base-url", "URL", _("Bitbucket's address, for links and the linked image"), default="")
    parser.option("--until", help=_("stop there; nothing is sent"), choices=("connect", "ehlo", "tls", "auth", "rcpt"))
    parser.option("--timeout", "SECONDS", _("the whole test; default 20"), default="20")
    parser.option("--bitbucket-version", "V", _("of your Bitbucket: advice is for what that can do"))
    parser.switch("--try-ports", _("where the port fails, ask which of 25, 465, 587 and 2525 would do"))
    parser.switch("--json", _("JSON Lines on standard output, nothing else on it"))
    return parser


def _tested(options: SimpleNamespace, teller: Teller, stack: ExitStack) -> int:
    if options.sandbox and (options.profile or options.hostname or options.port or options.provider):
        raise UsageError(_("--sandbox brings its own server: leave out the profile, --provider, --hostname and --port"))
    words.check_clock()
    profile = _profile(options.profile)
    sandbox = _sandbox(stack) if options.sandbox else None
    found = words.server_from(options, _base(profile, sandbox, options))
    request = _request(options, found.server, profile)
    if found.password_dropped:
        print(words.PASSWORD_DROPPED, file=sys.stderr)
    given = words.given_password(options)
    wrong = (*found.problems, *_check(request, given or ""))
    if not wrong and given is None and found.server.username and request.until not in _BEFORE_SIGN_IN:
        given = _password(profile, found.server, sandbox)  # nobody is asked before everything else is right
        wrong = _check(request, given or "")
    if wrong:
        return _refuse(teller, request, _cause(wrong), "\n".join(map(problems.line, wrong)), 2)
    if found.server.username and given is None and request.until not in _BEFORE_SIGN_IN:
        return _refuse(
            teller, request, Cause.PASSWORD_MISSING, _("none was given, and there is no terminal to ask on"), 2
        )
    if not options.json:
        print("\n".join([in_words(found.server), *_of_provider(found.server)]), flush=True)
    ports = options.try_ports
    return _run(request, Secrets(given or "", _truststore_password(options)), teller, (sandbox, profile, ports))


def _of_provider(server: MailServer) -> list[str]:
    if not may_be_provider(server.hostname, server.effective_port):
        return []
    from mailsetup_gui.cli import providers

    return providers.lines(server)


def _run(request: Request, secrets: Secrets, teller: Teller, amid: tuple[Sandbox | None, Profile | None, bool]) -> int:
    """`amid`: the built-in server, the profile that is tested, and whether to try the usual ports."""
    cancel, code = Cancel(), 0
    sandbox, profile, try_ports = amid

    def further(finished: Finished) -> Finished:
        return _with_ports(finished, request, cancel) if try_ports else finished

    try:
        with heard(cancel, *_SIGNALS):
            for event in remembering.run(request, secrets, cancel, sandbox, profile, further):
                if isinstance(event, Finished):
                    teller.finished(event)
                    code = exit_code(event)
                elif isinstance(event, remembering.Recorded):
                    for trouble in event.troubles:
                        print(shown(trouble), file=sys.stderr)
                else:
                    teller.event(event)
    finally:
        for number in _SIGNALS:
            signal.signal(number, signal.SIG_IGN)  # the outcome is told: nothing is left to interrupt
        cancel.close()
    return code


def _with_ports(finished: Finished, request: Request, cancel: Cancel) -> Finished:
    from mailsetup_gui import ports

    return ports.tried(finished, request.server, cancel) if ports.wanted(finished) else finished


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
        raise words.LocalError(
            _("The built-in mail server did not start: {strerror}.").format(strerror=reason(error.strerror or error))
        ) from None


def _base(profile: Profile | None, sandbox: Sandbox | None, options: SimpleNamespace) -> MailServer:
    if sandbox is None:
        return profile.server if profile else MailServer()
    encryption = Encryption.IMPLICIT_TLS if options.protocol == "smtps" else Encryption.STARTTLS_REQUIRED
    return trial.sandbox_server(sandbox, encryption)


def _request(options: SimpleNamespace, server: MailServer, profile: Profile | None) -> Request:
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
        timeout=words.seconds(options.timeout),
        java=words.java(options.java),
        bitbucket_version=words.bitbucket_version(options.bitbucket_version),
    )


def _check(request: Request, password: str) -> tuple[Problem, ...]:
    """A session that stops before MAIL needs neither a sender nor a recipient."""
    writes = request.until in (None, Step.RCPT)
    return check(request.server, password, request.recipient if writes else None, sends=writes)


def _password(profile: Profile | None, server: MailServer, sandbox: Sandbox | None) -> str | None:
    """From the built-in server, the keyring or the terminal, in this order; None when nowhere."""
    if sandbox is not None:
        from mailsetup_gui.smtp.sandbox import PASSWORD

        return PASSWORD
    from mailsetup_gui.cli.profile import kept_password

    kept = kept_password(profile) if profile and server.username == profile.server.username else None
    return (
        kept
        if kept is not None
        else words.asked_password(_("Password of {username}: ").format(username=shown(server.username)))
    )


def _truststore_password(options: SimpleNamespace) -> str | None:
    path = options.truststore_password_file
    return None if path is None else words.secret_file(path)
