"""JVMs in words: what one is called, what is missing of it, what it says. Foreign text is made harmless."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailsetup_gui.java.runtimes import Runtime, Trouble
from mailsetup_gui.wording.harmless import shown
from mailsetup_gui.wording.language import _, counted

if TYPE_CHECKING:
    from mailsetup_gui.java.proof import Proof
    from mailsetup_gui.judging import Grounds

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
    return _("Java {version}{vendor}").format(version=shown(runtime.version) or _("of unknown version"), vendor=vendor)


_ANCHORS = {
    "file": _("{path}, {certificates}"),
    "java": _("Java {version}'s own, {path}, {certificates}"),
    "mozilla": _("Mozilla's list, {certificates}, as no Java was found here"),
    "sandbox": _("the built-in server's CA"),
}


def anchors(grounds: Grounds) -> str:
    """Whose certificates are trusted."""
    certificates = counted("{count} certificate", "{count} certificates", grounds.size)
    return _ANCHORS[grounds.origin.value].format(path=grounds.path, version=grounds.version, certificates=certificates)


def will_trust(handshake: str) -> str:
    """Of a handshake whose certificate Java will trust, as this program predicts it."""
    return _("{handshake}; predicted: Java trusts it").format(handshake=handshake)


def will_refuse(why: str) -> str:
    return _("predicted: {why}").format(why=why)


def trusts(proof: Proof) -> str:
    """What a JVM that accepted the server is told to have said."""
    return _("trusted, {protocol}, {cipher}").format(protocol=proof.protocol, cipher=proof.cipher)


def proved(version: str, said: str) -> str:
    """What a JVM said itself; all else that is told of Java is predicted."""
    version = shown(version) or _("of unknown version")
    return _("proved in Java {version}: {said}").format(version=version, said=said)
