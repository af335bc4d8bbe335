"""A truststore on the nodes of a cluster: what is unwise about its place, and what shows that a node really uses it."""

from __future__ import annotations

import re
import shlex
from enum import Enum
from typing import NamedTuple

from mailsetup_gui.bitbucket.install import Store, is_windows
from mailsetup_gui.settings.server import Encryption, MailServer

SERVICE_USER = "atlbitbucket"


class Risk(Enum):
    """What is unwise about the folder; wording.installing has the sentences."""

    INSTALLATION = "installation"
    JVM = "jvm"
    TEMPORARY = "temporary"
    HOME = "home"


_FOLDERS = {
    Risk.INSTALLATION: r"/opt/atlassian/bitbucket/[^/]+/|[a-z]:/atlassian/bitbucket/[^/]+/",
    Risk.JVM: r"/usr/lib(?:64)?/jvm/|/opt/java/|/etc/ssl/certs/java/|.*/(?:jre|jdk|lib/security)/"
    r"|[a-z]:/program files(?: \(x86\))?/(?:java|eclipse adoptium|microsoft|amazon corretto|zulu|bellsoft)/",
    Risk.TEMPORARY: r"(?:/var)?/tmp/|/dev/shm/|/run/|[a-z]:/(?:te?mp|windows/temp|users/[^/]+/appdata/local/temp)/",
    Risk.HOME: r"/root/|/home/|/users/|[a-z]:/users/",
}


def risks(path: str, installation: str = "", jvms: tuple[str, ...] = ()) -> tuple[Risk, ...]:
    """Of a place on a node. `installation`: Bitbucket's folder, `jvms`: homes of Java, as far as they are known.

    A home folder counts only where the place has no other risk.
    """
    plain = _plain(path)
    found = [risk for risk, folder in _FOLDERS.items() if re.match(folder, plain)]
    if installation and plain.startswith(_plain(installation) + "/") and Risk.INSTALLATION not in found:
        found.insert(0, Risk.INSTALLATION)
    if Risk.JVM not in found and any(plain.startswith(_plain(home) + "/") for home in jvms):
        found.append(Risk.JVM)
    return tuple(found) if len(found) == 1 else tuple(risk for risk in found if risk is not Risk.HOME)


def _plain(path: str) -> str:
    """For comparing: / between folders, and no upper case, which Windows does not tell apart."""
    return path.replace("\\", "/").lower().rstrip("/") if is_windows(path) else path.rstrip("/")


class Check(Enum):
    """One thing that shows on a node whether the truststore counts there."""

    READABLE = "readable"
    SAME = "same"
    ARGUMENT = "argument"
    STARTED = "started"
    PROVED = "proved"


class Todo(NamedTuple):
    """A check, and the command that makes it on the node."""

    check: Check
    command: str


def checks(store: Store, sha256: str, server: MailServer, installation: str = "") -> tuple[Todo, ...]:
    """In the order in which they are made. `sha256`: of the file, '' when it is not known."""
    commands = _windows(store, sha256) if is_windows(store.path) else _posix(store, sha256)
    found = [Todo(check, command) for check, command in commands.items() if command]
    return (*found, Todo(Check.PROVED, _proof(store, server, installation)))


def _posix(store: Store, sha256: str) -> dict[Check, str]:
    path, argument = shlex.quote(store.path), shlex.quote(store.arguments[0])
    return {
        Check.READABLE: f"sudo -u {SERVICE_USER} test -r {path} && echo readable",
        Check.SAME: f"echo {shlex.quote(f'{sha256}  {store.path}')} | sha256sum --check" if sha256 else "",
        Check.ARGUMENT: f"ps -ww -C java -o args= | grep -oF -- {argument}",
        Check.STARTED: "ps -ww -C java -o lstart=,args= | grep BitbucketServerLauncher | cut -c1-24; date -r " + path,
    }


def _windows(store: Store, sha256: str) -> dict[Check, str]:
    return {
        Check.READABLE: f'icacls "{store.path}"',
        Check.SAME: f'certutil -hashfile "{store.path}" SHA256' if sha256 else "",
        Check.ARGUMENT: f'jcmd PID VM.command_line | findstr /L /C:"{store.arguments[0]}"',
        Check.STARTED: f"powershell \"(Get-Process bserv64).StartTime; (Get-Item '{store.path}').LastWriteTime\"",
    }


def _proof(store: Store, server: MailServer, installation: str) -> str:
    """The same command in sh and in cmd, but for the quotes."""
    windows = is_windows(store.path)
    separator = "\\" if windows else "/"
    java = f"{installation.rstrip(separator)}{separator}jre" if installation else "auto"
    words = [store.path, "--hostname", server.hostname or "HOST", "--port", str(server.effective_port)]
    if server.encryption is Encryption.IMPLICIT_TLS:
        words += ["--protocol", "smtps"]
    words += ["--java", java]
    if store.password:
        words += ["--password-file", "FILE"]
    quoted = (f'"{one}"' if " " in one else one for one in words) if windows else (shlex.quote(one) for one in words)
    return " ".join(("mailsetup truststore verify", *quoted))
