"""Where JVM arguments go, in words: what to write for each kind of installation, what is unwise, what to check per node."""

from __future__ import annotations

from typing import NamedTuple

from mailsetup_gui.bitbucket import install, rollout
from mailsetup_gui.bitbucket.install import Installation, Kind, Store, Trouble, Unsayable, Way
from mailsetup_gui.bitbucket.rollout import Check, Risk
from mailsetup_gui.settings.server import MailServer
from mailsetup_gui.wording.harmless import shown
from mailsetup_gui.wording.language import _

RESTART = _(
    "Restart Bitbucket on every node (mirrors and mesh nodes too): Java reads the truststore once, when it starts."
)
_TITLES = {
    Kind.SYSTEMD: _("Linux, started by systemd"),
    Kind.SCRIPT: _("Linux, started by a script"),
    Kind.WINDOWS_SERVICE: _("Windows service"),
    Kind.WINDOWS_SCRIPT: _("Windows, started by a script"),
    Kind.DOCKER: _("Docker"),
    Kind.HELM: _("Kubernetes (Helm chart)"),
}
_LOOK = {
    Kind.SYSTEMD: _(
        "see first what is there: of two Environment= lines the later one wins, and an EnvironmentFile= wins over both, so arguments that are there already belong into the same line, before the new one:"
    ),
    Kind.SCRIPT: _("see first what is there: a line in that file overrides the environment, and upgrades replace it:"),
    Kind.WINDOWS_SERVICE: _("see first what is there; ++ adds to it, and the .bat files do not count for a service:"),
    Kind.WINDOWS_SCRIPT: _("see first what is there: the line below has to come after it, and upgrades replace it:"),
    Kind.DOCKER: _("see first what is there: of two -e of one name the last counts, so put both into one:"),
    Kind.HELM: _(
        "see first what is there: add to lists that exist; with additionalCertificates the chart makes a truststore of its own, so use one of the two:"
    ),
}
_WRITE = {
    Kind.SYSTEMD: _("in {file} (the name of the service may differ):"),
    Kind.SCRIPT: _("in the environment of the user who runs Bitbucket, after whatever sets it already:"),
    Kind.WINDOWS_SERVICE: _("in cmd, as an administrator:"),
    Kind.WINDOWS_SCRIPT: _("in {file}:"),
    Kind.DOCKER: _("beside all that the container is started with today:"),
    Kind.HELM: _("in {file} (additionalJvmArgs reach the mesh pods too, so these need the file as well):"),
}
_AFTER = {
    Kind.HELM: _("the secret first, then the pods:"),
}
_UNSAYABLE = {
    Trouble.RELATIVE: _("{path} does not begin at the root, and Java would look for it in a folder of its own."),
    Trouble.OTHER_SYSTEM: _("{path} is no path of this system. Say with --path where the nodes have the file."),
    Trouble.UNPRINTABLE: _("{path} has a character in it that cannot be printed. Put the file elsewhere."),
    Trouble.BLANK: _(
        "{path} has a blank in it: Bitbucket's start script takes the argument apart there, whatever the quotes. Put the file elsewhere."
    ),
    Trouble.CHARACTER: _(
        "“{character}” in {path} cannot be quoted here so that it reaches Java. Put the file elsewhere."
    ),
}
_RISKS = {
    Risk.INSTALLATION: _(
        "{path} lies in Bitbucket's installation: an upgrade replaces that folder, and Java says nothing."
    ),
    Risk.JVM: _("{path} lies in a JVM's folder: an update of Java replaces it."),
    Risk.TEMPORARY: _("{path} lies in a temporary folder, which the system empties."),
    Risk.HOME: _("{path} lies in a person's home folder, which the user who runs Bitbucket most likely cannot read."),
}
_CHECKS = {
    Check.READABLE: _("the file is there, and the user who runs Bitbucket can read it"),
    Check.SAME: _("it is the same file"),
    Check.ARGUMENT: _("the running process has the argument"),
    Check.STARTED: _("the process started after the file was written"),
    Check.PROVED: _("this node's Java accepts the mail server with it"),
}
_ONCE = _("Then, once for the cluster: Administration, Mail server, Test.")


class Guide(NamedTuple):
    """All that is told of one truststore. `nodes`: their names, as far as they are known."""

    store: Store
    kinds: tuple[Kind, ...]
    installation: Installation = Installation()
    server: MailServer = MailServer()
    sha256: str = ""
    nodes: tuple[str, ...] = ()
    jvms: tuple[str, ...] = ()

    @property
    def ways(self) -> tuple[Way, ...]:
        return tuple(install.way(self.store, kind, self.installation) for kind in self.kinds)


def title(kind: Kind) -> str:
    return _TITLES[kind]


def unsayable(why: Unsayable, path: str) -> str:
    return _UNSAYABLE[why.trouble].format(path=shown(path), character=why.character)


def warnings(guide: Guide) -> tuple[str, ...]:
    """What is unwise about the place of the file."""
    path = guide.store.path
    found = [
        _RISKS[risk].format(path=shown(path)) for risk in rollout.risks(path, guide.installation.folder, guide.jvms)
    ]
    if guide.store.password:
        found.append(_("Put the password in where PASSWORD stands. Every user of the node can see it; JKS needs none."))
    return tuple(found)


def steps(way: Way) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """(what to do, the lines for it), in order; nothing for a path that cannot be said there."""
    if way.unsayable is not None:
        return ()
    found = [(_LOOK[way.kind], way.look), (_WRITE[way.kind].format(file=shown(way.file)), way.lines)]
    if way.after:
        found.append((_AFTER.get(way.kind, _("then:")), way.after))
    return tuple(found)


def checklist(guide: Guide) -> tuple[tuple[str, str], ...]:
    """(what has to be true on a node, the command that shows it)."""
    todos = rollout.checks(guide.store, guide.sha256, guide.server, guide.installation.folder)
    return tuple((_CHECKS[todo.check], todo.command) for todo in todos)


def text(guide: Guide) -> str:
    """All of it as plain text."""
    lines = [f"! {sentence}" for sentence in warnings(guide)]
    lines += [_("Give Bitbucket's JVM this argument:"), *(f"    {shown(one)}" for one in guide.store.arguments)]
    for way in guide.ways:
        lines += ["", title(way.kind)]
        if way.unsayable is not None:
            lines.append(f"  ! {unsayable(way.unsayable, guide.store.path)}")
        for what, commands in steps(way):
            lines += [f"  {what}", *(f"    {shown(one)}" for one in commands)]
    return "\n".join([*lines, "", *_checked(guide)])


def _checked(guide: Guide) -> list[str]:
    lines = [_("Every node needs the file at the same path, readable for the user who runs Bitbucket."), RESTART]
    lines += [_("Then check on every node:")]
    boxes = "  ".join(f"[ ] {shown(node)}" for node in guide.nodes or (_("every node"),))
    for what, command in checklist(guide):
        lines += [f"  {what}:", f"    {shown(command)}", f"    {boxes}"]
    return [*lines, _ONCE]
