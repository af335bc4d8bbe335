"""mailsetup java arguments: where the JVM arguments of a truststore go, and what to check on each node."""

from __future__ import annotations

import hashlib
import os
from types import SimpleNamespace

from mailsetup_gui.bitbucket.install import Installation, Kind, Store, Way
from mailsetup_gui.cli import options as words
from mailsetup_gui.cli.parser import Parser, UsageError
from mailsetup_gui.java import runtimes
from mailsetup_gui.settings.server import Encryption, MailServer, check
from mailsetup_gui.trust import contents, truststore
from mailsetup_gui.trust.contents import StoreError, Trouble
from mailsetup_gui.wording import installing, problems
from mailsetup_gui.wording.files import unusable
from mailsetup_gui.wording.harmless import shown
from mailsetup_gui.wording.installing import Guide
from mailsetup_gui.wording.language import _


def main(arguments: list[str]) -> int:
    """Raises UsageError, LocalError: main of the command tells them."""
    options = _parser().parse(arguments)
    guide = _guide(options)
    if options.json:
        print(_json(guide))
    else:
        print(installing.text(guide))
    return 0


def _parser() -> Parser:
    parser = Parser(
        "mailsetup java arguments", _("Where Bitbucket's JVM is told of a truststore, and what to check on each node.")
    )
    parser.word("store", "STORE", _("JKS or PKCS#12"))
    parser.option(
        "--kind", help=_("how Bitbucket was installed; all when not given"), choices=[kind.value for kind in Kind]
    )
    parser.option("--path", "PATH", _("where the nodes have the file; STORE itself when not given"))
    parser.option("--install", "DIR", _("the folder that Bitbucket is installed in"))
    parser.option("--service", "NAME", _("the service's name, where it is not the installer's"))
    parser.repeatable("--node", "NAME", _("a node of the cluster, for the checklist; may be given several times"))
    words.add_server_options(parser)
    parser.switch("--json", _("one JSON object"))
    return parser


def _guide(options: SimpleNamespace) -> Guide:
    store, octets = read(options.store)
    path = options.path or os.path.abspath(options.store)
    return Guide(
        store._replace(path=path),
        tuple(Kind) if options.kind is None else (Kind(options.kind),),
        Installation(options.install or "", options.service or ""),
        mail_server(options),
        hashlib.sha256(octets).hexdigest(),
        tuple(options.node),
        tuple(runtime.home for runtime in runtimes.find()),
    )


def read(path: str) -> tuple[Store, bytes]:
    """What Java needs to be told of a file, and its octets. Raises LocalError for what is no truststore to Java."""
    octets, encrypted = b"", False
    try:
        octets = truststore.octets_of(path)
        found = truststore.read_octets(octets)
        kind = found.kind if found.trusted else None
    except StoreError as error:
        if error.kind is not contents.Kind.PKCS12 or error.trouble is not Trouble.NO_ENTRIES:
            raise words.LocalError(unusable(path, error)) from None
        kind, encrypted = error.kind, True
    if kind not in (contents.Kind.JKS, contents.Kind.JCEKS, contents.Kind.PKCS12):
        raise words.LocalError(
            _("{path} is no truststore to Java. mailsetup truststore show tells why, build makes one.").format(
                path=shown(path)
            )
        )
    return Store(path, encrypted, "JCEKS" if kind is contents.Kind.JCEKS else ""), octets


def mail_server(options: SimpleNamespace) -> MailServer:
    """The one that the options name; none without --hostname and --provider. Raises UsageError."""
    if options.hostname is None and options.provider is None:
        return MailServer()
    found = words.server_from(options, MailServer(encryption=Encryption.STARTTLS_REQUIRED))
    if wrong := (*found.problems, *check(found.server, sends=False)):
        raise UsageError("\n".join(map(problems.line, wrong)))
    return found.server


def _json(guide: Guide) -> str:
    import json

    facts = {
        "path": guide.store.path,
        "sha256": guide.sha256,
        "arguments": list(guide.store.arguments),
        "places": [_place(guide, way) for way in guide.ways],
        "warnings": list(installing.warnings(guide)),
        "nodes": list(guide.nodes),
        "checklist": [{"what": what, "command": command} for what, command in installing.checklist(guide)],
    }
    return json.dumps(facts, ensure_ascii=False)


def _place(guide: Guide, way: Way) -> dict[str, object]:
    why = None if way.unsayable is None else installing.unsayable(way.unsayable, guide.store.path)
    return {
        "kind": way.kind.value,
        "title": installing.title(way.kind),
        "file": way.file or None,
        "look": list(way.look),
        "lines": list(way.lines),
        "after": list(way.after),
        "not_possible": why,
    }
