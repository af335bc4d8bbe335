"""mailsetup truststore build: a base and what is added to it -> a truststore, and the JVM argument that names it."""

from __future__ import annotations

import os
import time
from types import SimpleNamespace
from typing import NamedTuple

from mailsetup_gui.bitbucket.install import Store
from mailsetup_gui.cli import options as words
from mailsetup_gui.cli.parser import Parser, UsageError
from mailsetup_gui.cli.truststore import fingerprint
from mailsetup_gui.trust import bundle, truststore
from mailsetup_gui.trust.bundle import Addition, Format, Plan, Written
from mailsetup_gui.trust.contents import Contents, Entry, StoreError
from mailsetup_gui.trust.truststore import Source
from mailsetup_gui.trust.writers import BundleError
from mailsetup_gui.wording import truststores as told
from mailsetup_gui.wording.files import unusable
from mailsetup_gui.wording.harmless import shown
from mailsetup_gui.wording.language import _


class _Wanted(NamedTuple):
    """One --add: a file, and which of its certificates; 0 is all of them."""

    path: str
    number: int


class _Built(NamedTuple):
    plan: Plan
    written: Written
    arguments: tuple[str, ...]
    warnings: tuple[str, ...]


def main(arguments: list[str]) -> int:
    """Raises UsageError, LocalError: main of the command tells them."""
    options = _parser().parse(arguments)
    _check(options)
    try:
        built = _build(options)
    except BundleError as error:
        raise _refused(options, told.refused(error)) from None
    except words.LocalError as error:
        raise _refused(options, str(error)) from None
    if options.json:
        print(_json(options, built))
    else:
        _tell(options, built)
    return 0


def _parser() -> Parser:
    parser = Parser("mailsetup truststore build", _("Add certificates to a copy of a JVM's truststore."))
    parser.option("--out", "FILE", _("the truststore to write; what is there is kept as FILE.DATE-TIME.bak"))
    parser.option(
        "--format", choices=("jks", "pkcs12", "pem"), default="jks", help=_("jks when not given; pem is not for Java")
    )
    parser.option(
        "--base",
        "FILE|java|certifi|none",
        _("what to start from; java when not given: the default JVM's cacerts"),
        default="java",
    )
    parser.option("--base-password-file", "FILE", _("only an encrypted PKCS#12 base needs it"))
    parser.repeatable("--add", "FILE[#n]", _("all certificates of FILE, or the n-th; may be given several times"))
    parser.option("--add-password-file", "FILE", _("only an encrypted PKCS#12 file to add needs it"))
    parser.option("--alias", "NAME", _("what to call the added certificates; else as in FILE, or by their SHA-256"))
    parser.switch("--encrypt", _("with pkcs12: encrypt it; Java then needs the password as an argument"))
    parser.option("--password-file", "FILE", _("the password to encrypt it with; its first line"))
    parser.switch("--follow", _("write to where FILE points if it is a symbolic link"))
    parser.switch("--json", _("one JSON object"))
    return parser


def _check(options: SimpleNamespace) -> None:
    if options.out is None:
        raise UsageError(_("--out is missing: the truststore to write"))
    if not options.add and options.base == "none":
        raise UsageError(_("--add is missing: with --base none there is nothing to write"))
    if options.encrypt and (options.format != "pkcs12" or options.password_file is None):
        raise UsageError(_("--encrypt is for --format pkcs12, and wants --password-file"))
    if options.password_file is not None and not options.encrypt:
        raise UsageError(_("--password-file is for --encrypt; jks and pkcs12 need no password in Java without it"))


def _build(options: SimpleNamespace) -> _Built:
    wanted = [_wanted(word) for word in options.add]
    base_path = _base_path(options.base)
    base, added = _read(options, base_path, wanted)
    password = words.secret_file(options.password_file) if options.encrypt else None
    form = Format(options.format)
    plan = bundle.plan(base, _additions(wanted, added, options.alias))
    octets = bundle.encoded(plan.entries, form, password, int(time.time()))
    forgotten = _forgotten(options.out, plan)
    written = bundle.write(options.out, octets, form, password, options.follow)
    warnings = (*_warnings(options, added, forgotten), *told.unwise(written.open_to_all))
    return _Built(plan, written, _arguments(form, written.path, options.encrypt), warnings)


def _wanted(word: str) -> _Wanted:
    path, mark, number = word.rpartition("#")
    if mark and number.isascii() and number.isdigit() and not os.path.exists(word):
        if int(number[:6]) == 0:
            raise UsageError(_("--add {word}: the first certificate is #1").format(word=shown(word)))
        return _Wanted(path, int(number[:6]))
    return _Wanted(word, 0)


def _base_path(word: str) -> str | None:
    match word:
        case "none":
            return None
        case "certifi":
            import certifi

            return certifi.where()
        case "java":
            from mailsetup_gui.java import runtimes

            runtime = runtimes.default()
            if runtime is None or not runtime.cacerts:
                raise words.LocalError(
                    _("No JVM with a cacerts was found. Give --base FILE, --base certifi or --base none.")
                )
            return str(runtime.cacerts)
    return word


def _read(
    options: SimpleNamespace, base_path: str | None, wanted: list[_Wanted]
) -> tuple[Contents | None, tuple[Contents, ...]]:
    """All files in one go: those that need a child process share it."""
    base_password, add_password = _secret(options.base_password_file), _secret(options.add_password_file)
    sources = [Source(one.path, add_password) for one in wanted]
    if base_path is not None:
        sources.insert(0, Source(base_path, base_password))
    found = truststore.answers(sources)
    for source, answer in zip(sources, found, strict=True):
        if isinstance(answer, StoreError):
            raise words.LocalError(unusable(source.path, answer))
    read = tuple(answer for answer in found if isinstance(answer, Contents))
    return (None, read) if base_path is None else (read[0], read[1:])


def _secret(path: str | None) -> str | None:
    return None if path is None else words.secret_file(path)


def _additions(wanted: list[_Wanted], found: tuple[Contents, ...], alias: str | None) -> list[Addition]:
    additions: list[Addition] = []
    for one, inside in zip(wanted, found, strict=True):
        if one.number > len(inside.entries):
            count = (
                _("1 certificate")
                if len(inside.entries) == 1
                else _("{entries} certificates").format(entries=len(inside.entries))
            )
            raise words.LocalError(
                _("{path} has {count}, so there is no number {number}.").format(
                    path=shown(one.path), count=count, number=one.number
                )
            )
        entries = inside.entries[one.number - 1 : one.number] if one.number else inside.entries
        additions += [Addition(alias or entry.alias, entry.der) for entry in entries]
    return additions


def _forgotten(path: str, plan: Plan) -> int:
    """How many certificates of the earlier file are not in the new one."""
    try:
        earlier = truststore.read(path)
    except StoreError:
        return 0
    return len({entry.der for entry in earlier.trusted} - {entry.der for entry in plan.entries})


def _arguments(form: Format, path: str, encrypted: bool) -> tuple[str, ...]:
    return () if form is Format.PEM else Store(path, encrypted).arguments


def _warnings(options: SimpleNamespace, added: tuple[Contents, ...], forgotten: int) -> tuple[str, ...]:
    said = []
    if options.base == "none":
        said.append(
            _("Public CAs are not in it: whatever else the program connects to by TLS fails, unless it is added too.")
        )
    if options.format == "pem":
        said.append(_("Java cannot use a PEM file as a truststore; it is for other programs."))
    if options.encrypt:
        said.append(_("The password stands in the JVM's arguments, which every user of that computer can see."))
    if any(one.keys for one in added):
        said.append(
            _("A file that was added holds private keys too. They were not read, and are not in the truststore.")
        )
    if " " in os.path.abspath(options.out):
        said.append(
            _("The path has a blank in it: most places for JVM arguments take it apart there. A path without is safer.")
        )
    if forgotten:
        said.append(
            _(
                "{forgotten} certificates of the earlier file are not in the new one. --base with that file keeps them."
            ).format(forgotten=forgotten)
        )
    return tuple(said)


def _tell(options: SimpleNamespace, built: _Built) -> None:
    plan, written = built.plan, built.written
    lists = {_("Added"): plan.added, _("Already there"): plan.present, _("Left out of the base"): plan.left_out}
    for title, entries in lists.items():
        if entries:
            print(f"{title}:")
        for entry in entries:
            print(
                _("  {alias}  SHA-256 {digest}").format(
                    alias=shown(entry.alias) or _("(no alias)"), digest=fingerprint(entry.der)
                )
            )
            if entry.unseen is not None:
                print(_("    Java does not trust it there: {why}.").format(why=told.unseen(entry.unseen)))
    print(
        _("{path} is written: {format}, {entries} certificates, read back and compared.").format(
            path=shown(written.path), format=options.format, entries=len(plan.entries)
        )
    )
    if written.backup is not None:
        print(_("The earlier file is kept as {backup}.").format(backup=shown(written.backup)))
    for warning in built.warnings:
        print(f"! {shown(warning)}")
    if built.arguments:
        print(_("Give Bitbucket's JVM this, and restart Bitbucket on every node:"))
        print("  " + " ".join(built.arguments))
        print(_("mailsetup java arguments {path} tells where, and how to check it.").format(path=shown(written.path)))


def _json(options: SimpleNamespace, built: _Built) -> str:
    import json

    plan, written = built.plan, built.written
    facts = {
        "written": written.path,
        "format": options.format,
        "entries": len(plan.entries),
        "added": [_facts(entry) for entry in plan.added],
        "present": [_facts(entry) for entry in plan.present],
        "left_out": [_facts(entry) for entry in plan.left_out],
        "backup": written.backup,
        "jvm_arguments": list(built.arguments),
        "warnings": list(built.warnings),
    }
    return json.dumps(facts, ensure_ascii=False)


def _facts(entry: Entry) -> dict[str, str]:
    why = {} if entry.unseen is None else {"why": told.unseen(entry.unseen)}
    return {"alias": shown(entry.alias), "sha256": fingerprint(entry.der).replace(":", "").lower(), **why}


def _refused(options: SimpleNamespace, why: str) -> words.LocalError:
    """A script that reads JSON gets its object even then."""
    if options.json:
        import json

        print(json.dumps({"written": None, "error": shown(why)}, ensure_ascii=False))
    return words.LocalError(shown(why))
