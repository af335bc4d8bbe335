"""JVMs in words: what one is called, what is missing of it, and where its arguments go. Foreign text is made harmless."""

from __future__ import annotations

from typing import NamedTuple

from mailsetup_gui.java.runtimes import Runtime, Trouble
from mailsetup_gui.wording.harmless import shown
from mailsetup_gui.wording.language import _

_TROUBLES = {
    Trouble.NO_FOLDER: _("{home} does not exist. Correct the path, or JAVA_HOME if it names it."),
    Trouble.NO_JAVA: _("{home} has no bin/java that can be run, so it is no complete JVM. Name another one."),
    Trouble.NO_CACERTS: _("{home} has no lib/security/cacerts, so that Java trusts nobody by itself."),
}


def trouble(runtime: Runtime) -> str:
    """What is missing, as a sentence; '' for a whole JVM."""
    if runtime.trouble is None:
        return ""
    return _TROUBLES[runtime.trouble].format(home=shown(runtime.home))


def name(runtime: Runtime) -> str:
    """`Java 17.0.15 (Debian)`."""
    vendor = f" ({shown(runtime.vendor)})" if runtime.vendor else ""
    return f"Java {shown(runtime.version) or _('of unknown version')}{vendor}"


PREDICTED = "predicted"


def proved(version: str) -> str:
    """The label of what a JVM said itself; all else that is told of Java is PREDICTED."""
    return f"proved in Java {shown(version) or _('of unknown version')}"


class Place(NamedTuple):
    """One kind of installation, and the lines that bring a JVM argument into it."""

    title: str
    lines: tuple[str, ...]


def argument(path: str) -> str:
    """The JVM argument that names a truststore."""
    return f"-Djavax.net.ssl.trustStore={path}"


def places(path: str) -> tuple[Place, ...]:
    """Where the argument goes, for each kind of installation (facts: bitbucket 4.2). Each ends in a restart."""
    named = argument(path)
    return (
        Place(
            _("Linux, started by systemd"),
            (
                _("systemctl edit atlbitbucket    (the name of the service may differ)"),
                "[Service]",
                f'Environment="JVM_SUPPORT_RECOMMENDED_ARGS={named}"',
                "systemctl restart atlbitbucket",
            ),
        ),
        Place(
            _("Linux, started by a script"),
            (
                _("in the environment of the user who runs Bitbucket:"),
                f"export JVM_SUPPORT_RECOMMENDED_ARGS='{named}'",
                _(
                    "A line JVM_SUPPORT_RECOMMENDED_ARGS= in <install>/bin/_start-webapp.sh overrides that; upgrades replace it."
                ),
            ),
        ),
        Place(
            _("Windows service"),
            (
                _("in <install>\\bin, as an administrator (the .bat files do not count for a service):"),
                f'bserv64.exe //US//AtlassianBitbucket ++JvmOptions="{named}"',
                "net stop AtlassianBitbucket && net start AtlassianBitbucket",
            ),
        ),
        Place(
            _("Docker"),
            (f"docker run -v {path}:{path}:ro -e JVM_SUPPORT_RECOMMENDED_ARGS='{named}' ... atlassian/bitbucket",),
        ),
        Place(
            _("Kubernetes (Helm chart)"),
            (
                _("put the file into a secret or volume that every pod mounts, then in values.yaml:"),
                "bitbucket:",
                "  additionalJvmArgs:",
                f"    - {named}",
            ),
        ),
    )


RESTART = _(
    "Restart Bitbucket on every node (mirrors and mesh nodes too): Java reads the truststore once, when it starts."
)
