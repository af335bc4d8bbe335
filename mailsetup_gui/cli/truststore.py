"""mailsetup truststore: build one, show what Java sees in one, verify it at a server, bring it to every node."""

from __future__ import annotations

import hashlib
import sys
from types import SimpleNamespace

from mailsetup_gui.cli import options as words
from mailsetup_gui.cli.parser import Parser, UsageError
from mailsetup_gui.cli.terminal import prepare_stdout
from mailsetup_gui.trust import truststore
from mailsetup_gui.trust.contents import Contents, Entry, Kind, StoreError
from mailsetup_gui.wording import truststores as told
from mailsetup_gui.wording.dates import day
from mailsetup_gui.wording.files import unusable
from mailsetup_gui.wording.harmless import reason, shown
from mailsetup_gui.wording.language import _, counted

_USAGE = _("""\
usage: mailsetup truststore COMMAND [OPTIONS]

The file with the certificates that Bitbucket's Java trusts.

  build   add certificates to a copy of a JVM's truststore
  show    what is in a file, and what Java would trust of it
  verify  would Java with this truststore accept this server, or a chain in a file?
  role    an Ansible project that brings it to every node of a cluster

mailsetup truststore COMMAND --help tells the options.""")


def main(arguments: list[str]) -> int:
    prepare_stdout()
    try:
        return _run(arguments)
    except UsageError as error:
        print(error, file=sys.stderr)
        return 2
    except words.LocalError as error:
        print(error, file=sys.stderr)
        return 4


def _run(arguments: list[str]) -> int:
    action, rest = (arguments[0], arguments[1:]) if arguments else ("", [])
    match action:
        case "--help" | "-h":
            print(_USAGE)
            return 0
        case "build":
            from mailsetup_gui.cli import building

            return building.main(rest)
        case "verify":
            from mailsetup_gui.cli import verify

            return verify.main(rest)
        case "role":
            from mailsetup_gui.cli import role

            return role.main(rest)
        case "show":
            return _show(_parser().parse(rest))
    raise UsageError(_USAGE)


def fingerprint(der: bytes) -> str:
    """SHA-256 as keytool and browsers write it."""
    return hashlib.sha256(der).digest().hex(":").upper()


def _parser() -> Parser:
    parser = Parser(
        "mailsetup truststore show", _("What is in a file of certificates, and what Java would trust of it.")
    )
    parser.word("file", "FILE", _("JKS, JCEKS, PKCS#12, PKCS#7, PEM or DER"))
    parser.option(
        "--password-file", "FILE", _("its first line; - is standard input. Only an encrypted PKCS#12 needs it")
    )
    parser.switch("--json", _("one JSON object"))
    return parser


def _show(options: SimpleNamespace) -> int:
    password = None if options.password_file is None else words.secret_file(options.password_file)
    try:
        found: Contents | StoreError = truststore.read(options.file, password)
    except StoreError as error:
        found = error
    if options.json:
        print(_json(options.file, found))
    elif isinstance(found, StoreError):
        print(unusable(options.file, found), file=sys.stderr)
        _tell_java(found)
    else:
        _tell(options.file, found)
    return 4 if isinstance(found, StoreError) else 0


def _tell(path: str, found: Contents) -> None:
    print(f"{shown(path)}: {found.kind.value}, {_seen(found)}.")
    if found.keys:
        print(_("It also holds private or secret keys: {keys}. They are not read.").format(keys=found.keys))
    for entry in found.entries:
        print("\n  " + (shown(entry.alias) or _("(no alias)")))
        for line in _described(entry.der):
            print(f"    {line}")
        print(f"    SHA-256 {fingerprint(entry.der)}")
        if entry.unseen is not None:
            print(_("    Java does not trust it: {why}.").format(why=told.unseen(entry.unseen)))
    _tell_java(found)


def _seen(found: Contents) -> str:
    count = len(found.entries)
    certificates = counted("{count} certificate", "{count} certificates", count)
    if found.kind in (Kind.JKS, Kind.JCEKS, Kind.PKCS12):
        return _("{certificates}, of which Java trusts {trusted}").format(
            certificates=certificates, trusted=len(found.trusted)
        )
    return _("{certificates}; Java cannot use this kind of file as a truststore").format(certificates=certificates)


def _described(der: bytes) -> list[str]:
    """Subject and end of validity; nothing for what is a certificate by its shape only."""
    from mailsetup_gui.trust import certificate

    try:
        found = certificate.read(der)
    except certificate.CertificateError as error:
        return [_("not to be parsed: {error}").format(error=reason(error))]
    return [
        shown(found.subject.java_text) or _("(no subject)"),
        _("valid until {not_after}").format(not_after=day(found.not_after)),
    ]


def _day(seconds: int) -> str:
    """UTC; any year that a certificate can name, also where the system's own functions end."""
    import datetime as dt

    return f"{dt.datetime(1970, 1, 1, tzinfo=dt.UTC) + dt.timedelta(seconds=seconds):%Y-%m-%d}"


def _tell_java(found: Contents | StoreError) -> None:
    from mailsetup_gui.trust.java_words import java_says

    if said := java_says(found):
        print(
            _("\nJava says of it as a truststore: {said}").format(said=said),
            file=sys.stderr if isinstance(found, StoreError) else sys.stdout,
        )


def _json(path: str, found: Contents | StoreError) -> str:
    import json

    from mailsetup_gui.trust.java_words import java_says

    facts: dict[str, object] = {"file": path, "kind": found.kind.value if found.kind else None}
    if isinstance(found, StoreError):
        facts |= {"error": unusable(path, found), "trouble": found.trouble.value}
    else:
        entries = [_entry_facts(entry) for entry in found.entries]
        facts |= {"entries": entries, "trusted": len(found.trusted), "keys": found.keys, "encrypted": found.encrypted}
    return json.dumps({**facts, "java_says": java_says(found) or None}, ensure_ascii=False)


def _entry_facts(entry: Entry) -> dict[str, object]:
    from mailsetup_gui.trust import certificate

    facts: dict[str, object] = {"alias": shown(entry.alias), "sha256": hashlib.sha256(entry.der).hexdigest()}
    try:
        found = certificate.read(entry.der)
        facts |= {"subject": shown(found.subject.java_text), "valid_until": _day(found.not_after)}
    except certificate.CertificateError:
        facts |= {"subject": None, "valid_until": None}
    why = told.unseen(entry.unseen) if entry.unseen is not None else None
    return {**facts, "trusted": entry.unseen is None, "why_not": why}
