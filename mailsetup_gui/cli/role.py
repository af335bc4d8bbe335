"""mailsetup truststore role: an Ansible project that proves a truststore on every node, and brings it there."""

from __future__ import annotations

from types import SimpleNamespace

from mailsetup_gui.bitbucket import role, unpacking
from mailsetup_gui.bitbucket.install import LINUX_SERVICE
from mailsetup_gui.bitbucket.role import Refused, RoleError, Wanted
from mailsetup_gui.cli import arguments as telling
from mailsetup_gui.cli import options as words
from mailsetup_gui.cli.parser import Parser, UsageError
from mailsetup_gui.wording import roles
from mailsetup_gui.wording.language import _

_OF_THIS_COMPUTER = (Refused.STORE, Refused.NOT_EMPTY, Refused.NOT_WRITTEN)


def main(arguments: list[str]) -> int:
    """Raises UsageError, LocalError: main of the command tells them."""
    options = _parser().parse(arguments)
    if options.out is None:
        raise UsageError(_("--out is missing: the folder to write the project to"))
    try:
        folder = unpacking.write(options.out, role.files(_wanted(options)))
    except RoleError as error:
        kind = words.LocalError if error.refused in _OF_THIS_COMPUTER else UsageError
        raise kind(roles.refused(error)) from None
    print(roles.next_steps(folder))
    return 0


def _parser() -> Parser:
    parser = Parser(
        "mailsetup truststore role", _("Write an Ansible project that brings a truststore to every node of a cluster.")
    )
    parser.word("store", "STORE", _("JKS, or PKCS#12 without a password"))
    parser.option("--out", "DIR", _("the folder to make; it may be there if it is empty"))
    parser.repeatable("--node", "HOST", _("a node, as ssh knows it; may be given several times"))
    parser.option("--path", "PATH", _("where the nodes have the file"), default=role.DEFAULT_PATH)
    parser.option("--service", "NAME", _("Bitbucket's systemd service"), default=LINUX_SERVICE)
    parser.option("--java", "HOME", _("the JVM on the nodes; that of the running Bitbucket when not given"), default="")
    words.add_server_options(parser)
    return parser


def _wanted(options: SimpleNamespace) -> Wanted:
    store, octets = telling.read(options.store)
    if store.password or store.type:
        raise RoleError(Refused.STORE, options.store)
    server = telling.mail_server(options)
    return Wanted(octets, tuple(options.node), server, options.path, options.service, options.java)
