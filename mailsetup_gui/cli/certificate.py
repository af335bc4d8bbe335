"""mailsetup certificate: fetch the chain that a mail server shows, and show what is in certificate files."""

from __future__ import annotations

import signal
import sys
import time
from contextlib import closing
from types import SimpleNamespace
from typing import TYPE_CHECKING

from mailsetup_gui.cli import options as words
from mailsetup_gui.cli.parser import Parser, UsageError
from mailsetup_gui.cli.telling import HumanTeller
from mailsetup_gui.cli.terminal import prepare_stdout
from mailsetup_gui.diagnosis.chains import Link, linked, tree
from mailsetup_gui.settings.server import MailServer, Problem, check_hostname
from mailsetup_gui.trust import certificate as certificates
from mailsetup_gui.trust import truststore
from mailsetup_gui.trust.certificate import CertificateError
from mailsetup_gui.trust.contents import Contents, Entry, StoreError
from mailsetup_gui.trust.truststore import Source
from mailsetup_gui.wording import certificates as described
from mailsetup_gui.wording import problems, truststores
from mailsetup_gui.wording.files import unusable
from mailsetup_gui.wording.harmless import reason, shown
from mailsetup_gui.wording.language import _, counted
from mailsetup_gui.wording.verdict import fingerprint

if TYPE_CHECKING:
    from mailsetup_gui.fetching import Fetched

_USAGE = _("""\
usage: mailsetup certificate COMMAND [OPTIONS]

  fetch   the chain that a mail server shows, without trusting it and without a password
  show    what is in files of certificates: PEM, DER, PKCS#7, PKCS#12, JKS

mailsetup certificate COMMAND --help tells the options.""")
_MOST_SHOWN = 2000


def main(arguments: list[str]) -> int:
    prepare_stdout()
    action, rest = (arguments[0], arguments[1:]) if arguments else ("", [])
    try:
        match action:
            case "fetch":
                return _fetch(_fetch_parser().parse(rest))
            case "show":
                return _show(_show_parser().parse(rest))
            case "--help" | "-h":
                print(_USAGE)
                return 0
        raise UsageError(_USAGE)
    except UsageError as error:
        print(error, file=sys.stderr)
        return 2
    except words.LocalError as error:
        print(error, file=sys.stderr)
        return 4


def _fetch_parser() -> Parser:
    parser = Parser("mailsetup certificate fetch", _("Fetch the chain that a mail server shows, as it sends it."))
    words.add_server_options(parser)
    parser.option("--out", "FILE.pem", _("write the chain there, the server's own certificate first"))
    parser.switch("--complete", _("fetch issuers that were not sent from where the certificates say they lie (http)"))
    parser.option("--timeout", "SECONDS", _("default 20"), default="20")
    parser.switch("--json", _("JSON Lines on standard output"))
    return parser


def _show_parser() -> Parser:
    parser = Parser("mailsetup certificate show", _("What is in files of certificates."))
    parser.rest("files", _("FILE..."), _("PEM, DER, PKCS#7, PKCS#12 or JKS; - is standard input"))
    parser.option("--password-file", "FILE", _("for an encrypted PKCS#12 file: its first line"))
    parser.switch("--json", _("one JSON object a certificate"))
    return parser


def _fetch(options: SimpleNamespace) -> int:
    found = words.server_from(options, MailServer())
    wrong = (*found.problems, *check_hostname(found.server.hostname), *_port(found.server))
    if wrong:
        raise UsageError("\n".join(map(problems.line, wrong)))
    fetched, more, said = _fetched(found.server, words.seconds(options.timeout), options)
    if fetched.chain and options.out is not None:
        _write(options.out, (*fetched.chain, *more))
    if options.json:
        _tell_json(fetched, more)
    else:
        _tell(fetched, more, said, options.out)
    return 0 if fetched.chain else 1


def _port(server: MailServer) -> tuple[Problem, ...]:
    from mailsetup_gui.settings.server import Field, check

    return tuple(problem for problem in check(server, sends=False) if problem.field is Field.PORT)


def _fetched(
    server: MailServer, timeout: float, options: SimpleNamespace
) -> tuple[Fetched, tuple[bytes, ...], tuple[str, ...]]:
    from mailsetup_gui.cli.interrupts import heard
    from mailsetup_gui.fetching import Fetched, complete, fetch
    from mailsetup_gui.smtp.waiting import Cancel
    from mailsetup_gui.wording import jsonlines

    teller = HumanTeller()
    with closing(Cancel()) as cancel, heard(cancel, signal.SIGINT):
        for event in fetch(server, timeout, cancel):
            if isinstance(event, Fetched):
                wanted = options.complete and event.chain
                more, said = complete(event.chain, timeout, cancel) if wanted else ((), ())
                return event, more, said
            if options.json:
                print(jsonlines.event_line(event), flush=True)
            else:
                teller.event(event)
    raise AssertionError("a fetch ends with Fetched")


def _tell(fetched: Fetched, more: tuple[bytes, ...], said: tuple[str, ...], out: str | None) -> None:
    print()
    if not fetched.chain:
        print(f"✕ {fetched.card.title}\n  {fetched.card.why}")
        for number, fix in enumerate(fetched.card.fixes, 1):
            print(f"  {number}. {fix}")
        return
    count = len(fetched.chain)
    print(
        _("The server sent {certificates}. None is trusted by looking at it.").format(
            certificates=counted("{count} certificate", "{count} certificates", count)
        )
    )
    for link in tree(linked(fetched.chain, more), fetched.chain, None):
        _print_link(link)
    for one in said:
        print(f"! {shown(one)}")
    if fetched.other:
        print(
            _("! A second fetch brought another chain: several servers stand behind this name, or somebody in between.")
        )
        for der in fetched.other:
            print(f"    {fingerprint(der)}")
    if out is not None:
        print(_("Written to {out}, the server's own certificate first.").format(out=shown(out)))


def _tell_json(fetched: Fetched, more: tuple[bytes, ...]) -> None:
    import json

    from mailsetup_gui.wording.jsonlines import outcome_table

    table = outcome_table(fetched.outcome, fetched.diagnosis, fetched.card)
    table["chain"] = [_table(der) for der in fetched.chain]
    table["fetched"] = [_table(der) for der in more]
    table["second_fetch_differs"] = bool(fetched.other)
    print(json.dumps(table, ensure_ascii=False), flush=True)


def _table(der: bytes) -> dict[str, object]:
    try:
        return described.table(certificates.read(der), time.time())
    except CertificateError as error:
        return {"sha256": described.digest(der), "unreadable": str(error)}


def _write(path: str, chain: tuple[bytes, ...]) -> None:
    from pathlib import Path

    from mailsetup_gui.settings import replacing
    from mailsetup_gui.trust import writers

    octets = writers.pem(tuple(Entry("", der) for der in chain))
    try:
        replacing.replace(Path(path), octets, 0o644)
    except OSError as error:
        raise words.LocalError(
            _("{path} is not written: {strerror}.").format(path=path, strerror=reason(error.strerror or error))
        ) from None


def _show(options: SimpleNamespace) -> int:
    password = None if options.password_file is None else words.secret_file(options.password_file)
    worst = 0
    for path, found in zip(options.files, _read(options.files, password), strict=True):
        if isinstance(found, StoreError):
            worst = 4
            print(unusable(path, found), file=sys.stderr)
        elif options.json:
            _show_json(path, found)
        else:
            _show_file(path, found)
    return worst


def _read(paths: tuple[str, ...], password: str | None) -> tuple[Contents | StoreError, ...]:
    if paths == ("-",):
        try:
            return (truststore.read_octets(sys.stdin.buffer.read(truststore.LARGEST_FILE + 1), password),)
        except StoreError as error:
            return (error,)
    return truststore.answers([Source(path, password) for path in paths])


def _show_file(path: str, found: Contents) -> None:
    keys = (
        counted(", and {count} private key, not read", ", and {count} private keys, not read", found.keys)
        if found.keys
        else ""
    )
    count = len(found.entries)
    print(
        _("{path}: {kind}, {certificates}{keys}").format(
            path=shown(path),
            kind=found.kind.value,
            certificates=counted("{count} certificate", "{count} certificates", count),
            keys=keys,
        )
    )
    for number, entry in enumerate(found.entries[:_MOST_SHOWN], 1):
        alias = f" ({shown(entry.alias)})" if entry.alias else ""
        unseen = (
            _("\n    ! Java does not trust it: {why}").format(why=truststores.unseen(entry.unseen))
            if entry.unseen
            else ""
        )
        try:
            one = certificates.read(entry.der)
        except CertificateError as error:
            print(
                _("  #{number}{alias} cannot be read by Java: {error}; SHA-256 {digest}").format(
                    number=number, alias=alias, error=reason(error), digest=fingerprint(entry.der)
                )
            )
            continue
        print(f"  #{number}{alias}{unseen}")
        details = list(described.details(one, time.time()))
        width = max(10, *(len(label) for label, _value in details))
        for label, value in details:
            print(f"    {label:{width}} {value}")
    if count > _MOST_SHOWN:
        print(_("  … and {count} more").format(count=count - _MOST_SHOWN))


def _show_json(path: str, found: Contents) -> None:
    import json

    for number, entry in enumerate(found.entries, 1):
        about = {"file": shown(path), "kind": found.kind.value, "number": number, "alias": shown(entry.alias) or None}
        unseen = {"unseen": truststores.unseen(entry.unseen)} if entry.unseen else {}
        print(json.dumps({**about, **_table(entry.der), **unseen, "keys": found.keys}, ensure_ascii=False), flush=True)


def _print_link(link: Link) -> None:
    found = described.facts(link, time.time())
    glyph = {"ok": "✓", "warn": "!", "fail": "✕"}[found.mood]
    print(f"  {glyph} {found.title}\n      {found.state}")
    for label, value in found.lines:
        print(f"      {label:10} {value}")
