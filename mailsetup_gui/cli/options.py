"""Command-line words -> settings: every wrong value becomes a Problem, so that all are told at once."""

from __future__ import annotations

import os
import sys
from types import SimpleNamespace
from typing import TYPE_CHECKING, NamedTuple

from mailsetup_gui.cli.parser import Parser, UsageError
from mailsetup_gui.settings.server import Encryption, MailServer, Problem, read_port
from mailsetup_gui.wording.harmless import reason
from mailsetup_gui.wording.language import _

if TYPE_CHECKING:
    from mailsetup_gui.java.runtimes import Runtime
    from mailsetup_gui.settings.pasted import Pasted

PASSWORD_DROPPED = _("The password in the address was not used: give it with --password-file or --password-env.")


_LONGEST_TIMEOUT = 3600.0


class LocalError(Exception):
    """A file, keyring or truststore of this computer cannot be used; the text is a sentence."""


def write_new(path: str, text: str) -> None:
    """UTF-8, into a file that was not there. Raises LocalError."""
    try:
        with open(path, "x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        raise LocalError(_("{path} exists already. Remove it, or choose another name.").format(path=path)) from None
    except OSError as error:
        sentence = _("{path} cannot be written: {strerror}.")
        raise LocalError(sentence.format(path=path, strerror=reason(error.strerror))) from None


class ServerWords(NamedTuple):
    """Settings out of options, and what was wrong with the words themselves."""

    server: MailServer
    problems: tuple[Problem, ...]
    password_dropped: bool


def add_server_options(parser: Parser) -> None:
    parser.option("--provider", "NAME", _("fills in host, port and encryption (mailsetup providers lists them)"))
    parser.option("--hostname", "HOST", _("host:587 and smtps://user@host are taken apart"))
    parser.option("--port", "N", _("25 when not given, as in Bitbucket"))
    parser.option("--protocol", choices=("smtp", "smtps"))
    parser.option(
        "--tls", help=_("for smtp; Bitbucket's two radios, and never"), choices=("if-available", "always", "never")
    )
    parser.option("--username", "U", _("empty: anonymous"))
    parser.option("--from", "ADDRESS", _("Email from"), key="sender")
    parser.option("--ehlo-name", "NAME", _("the name in EHLO; this computer's own when not given"))


def add_password_options(parser: Parser) -> None:
    parser.option("--password-file", "FILE", _("its first line; - is standard input"))
    parser.option("--password-env", "NAME", _("an environment variable"))


def server_from(options: SimpleNamespace, base: MailServer) -> ServerWords:
    """What the options say, over what the profile says."""
    from mailsetup_gui.settings import pasted

    parts = pasted.split(options.hostname) if options.hostname is not None else pasted.Pasted(base.hostname)
    if options.provider is not None:
        base = _of_provider(options, parts, base)
        parts = parts._replace(hostname=base.hostname if options.hostname is None else parts.hostname)
    port = read_port(options.port) if options.port is not None else parts.port if parts.port is not None else base.port
    wrong = port if isinstance(port, Problem) else None
    username = next((u for u in (options.username, parts.username) if u is not None), base.username)
    server = MailServer(
        hostname=parts.hostname,
        port=None if isinstance(port, Problem) else port,
        encryption=_encryption(options, parts.encryption or base.encryption),
        username=username,
        sender=base.sender if options.sender is None else options.sender.strip(),
        ehlo_name=base.ehlo_name if options.ehlo_name is None else options.ehlo_name.strip(),
    )
    return ServerWords(server, (wrong,) if wrong else (), parts.password_dropped)


def _of_provider(options: SimpleNamespace, parts: Pasted, base: MailServer) -> MailServer:
    """What the provider says, bent to a port or protocol that is given. Raises UsageError."""
    from mailsetup_gui.cli import providers

    asked = read_port(options.port) if options.port is not None else parts.port
    implicit = None if options.protocol is None else options.protocol == "smtps"
    if parts.encryption is not None:
        implicit = parts.encryption is Encryption.IMPLICIT_TLS
    if options.tls is not None:
        implicit = False
    return providers.filled(
        options.provider, options.hostname, base, None if isinstance(asked, Problem) else asked, implicit
    )


def bitbucket_version(text: str | None) -> str:
    """The value of --bitbucket-version, '' when it is not given. Raises UsageError."""
    if text is None:
        return ""
    from mailsetup_gui.diagnosis.microsoft import numbers

    try:
        numbers(text)
    except ValueError:
        raise UsageError(
            _("--bitbucket-version is “{text}”; it takes a version such as 9.4 or 10.0.2").format(text=text)
        ) from None
    return text


def check_clock() -> None:
    """MAILSETUP_CLOCK, for tests and rehearsals, has to be a day. Raises LocalError."""
    if "MAILSETUP_CLOCK" not in os.environ:
        return
    from mailsetup_gui.settings import clock

    if wrong := clock.wrong():
        raise LocalError(_("MAILSETUP_CLOCK is “{wrong}”; it takes a day, such as 2026-12-31.").format(wrong=wrong))


def _encryption(options: SimpleNamespace, base: Encryption) -> Encryption:
    if options.protocol == "smtps":
        if options.tls is not None:
            raise UsageError(_("--tls is for --protocol smtp; smtps is always TLS"))
        return Encryption.IMPLICIT_TLS
    if options.tls is not None:
        if base is Encryption.IMPLICIT_TLS and options.protocol is None:
            raise UsageError(_("--tls is for --protocol smtp; smtps is always TLS"))
        return Encryption(options.tls)
    if options.protocol == "smtp" and base is Encryption.IMPLICIT_TLS:
        return Encryption.STARTTLS_IF_OFFERED
    return base


def java(path: str) -> str:
    """The JVM that --java names, '' for none. Raises LocalError for what is no JVM."""
    if path in ("", "none"):
        return ""
    if path != "auto":
        runtime(path)
    return path


def runtime(path: str) -> Runtime | None:
    """What --java names; for `none` the JVM of this computer that Bitbucket would most likely use, if there is one.

    Raises LocalError for what is no JVM.
    """
    from mailsetup_gui.java import runtimes
    from mailsetup_gui.wording.java import trouble

    if path in ("", "none", "auto"):
        return runtimes.default()
    found = runtimes.at(path)
    if found.trouble is not None and not found.java:
        raise LocalError(trouble(found))
    return found


def seconds(text: str) -> float:
    """The value of --timeout. Raises UsageError."""
    try:
        found = float(text)
    except ValueError:
        found = 0.0
    if not 0 < found <= _LONGEST_TIMEOUT:
        raise UsageError(
            _("--timeout is “{text}”; it takes seconds, more than 0 and at most {most:.0f}").format(
                text=text, most=_LONGEST_TIMEOUT
            )
        )
    return found


def given_password(options: SimpleNamespace, whose: str = "") -> str | None:
    """The password that the options name, or None. `whose`: the `smtp_` of --smtp-password-file.

    Raises LocalError, and UsageError when they name two.
    """
    file, variable = (getattr(options, f"{whose}password_{source}") for source in ("file", "env"))
    if file is not None and variable is not None:
        dashed = whose.replace("_", "-")
        raise UsageError(
            _("--{whose}password-file and --{whose}password-env are both given: one of them, please").format(
                whose=dashed
            )
        )
    if variable is not None:
        value = os.environ.get(variable)
        if value is None:
            raise LocalError(_("The environment variable {password_env} is not set.").format(password_env=variable))
        return value
    return None if file is None else secret_file(file)


def secret_file(path: str) -> str:
    """The first line of a file, without its line end; `-` is standard input. Raises LocalError."""
    try:
        if path == "-":
            return sys.stdin.readline(4096).rstrip("\r\n")
        with open(path, "rb") as file:
            return file.readline(4096).removeprefix(b"\xef\xbb\xbf").decode().rstrip("\r\n")
    except OSError as error:
        raise LocalError(
            _("The password file {path} cannot be read: {strerror}.").format(path=path, strerror=reason(error.strerror))
        ) from None
    except UnicodeDecodeError:
        raise LocalError(_("The password file {path} is not UTF-8 text.").format(path=path)) from None


def asked_password(question: str) -> str | None:
    """Typed on the terminal without echo; None when there is no terminal to ask on."""
    if not (sys.stdin and sys.stdin.isatty()):
        return None
    import getpass

    try:
        return getpass.getpass(question, stream=sys.stderr)
    except EOFError:
        return None
