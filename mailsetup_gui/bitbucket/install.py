"""Where the JVM arguments of a truststore go, for each kind of installation, quoted as that place reads them."""

from __future__ import annotations

import json
import re
import shlex
from enum import Enum
from typing import NamedTuple

VARIABLE = "JVM_SUPPORT_RECOMMENDED_ARGS"
PASSWORD_TO_BE = "PASSWORD"  # noqa: S105  stands where the person puts it in
DROP_IN = "mailsetup-truststore.conf"
LINUX_SERVICE = "atlbitbucket"
WINDOWS_SERVICE = "AtlassianBitbucket"
_SECRET = "mail-truststore"  # noqa: S105  the name of a Kubernetes secret
_SOMEWHERE = "<install>"
_PROCRUN = "HKLM\\SOFTWARE\\WOW6432Node\\Apache Software Foundation\\Procrun 2.0"


class Kind(Enum):
    """How Bitbucket was installed."""

    SYSTEMD = "systemd"
    SCRIPT = "script"
    WINDOWS_SERVICE = "windows-service"
    WINDOWS_SCRIPT = "windows-script"
    DOCKER = "docker"
    HELM = "helm"

    @property
    def is_windows(self) -> bool:
        return self in (Kind.WINDOWS_SERVICE, Kind.WINDOWS_SCRIPT)


class Store(NamedTuple):
    """A truststore where the nodes have it. `password`: Java needs one to see anything; `type`: if it must be told."""

    path: str
    password: bool = False
    type: str = ""

    @property
    def arguments(self) -> tuple[str, ...]:
        """JKS and PKCS#12 without a password need their path only (facts: bitbucket 4.3)."""
        found = [f"-Djavax.net.ssl.trustStore={self.path}"]
        if self.type:
            found.append(f"-Djavax.net.ssl.trustStoreType={self.type}")
        if self.password:
            found.append(f"-Djavax.net.ssl.trustStorePassword={PASSWORD_TO_BE}")
        return tuple(found)


class Installation(NamedTuple):
    """`folder`: where Bitbucket is installed, '' when that is not known. `service`: '' for the installer's name."""

    folder: str = ""
    service: str = ""


class Trouble(Enum):
    """Why a path cannot be said in a place; wording.installing has the sentences."""

    RELATIVE = "relative"
    OTHER_SYSTEM = "other system"
    UNPRINTABLE = "unprintable"
    BLANK = "blank"
    CHARACTER = "character"


class Unsayable(NamedTuple):
    trouble: Trouble
    character: str = ""


class Way(NamedTuple):
    """`file`: what the lines are for, '' where they are typed. `look`, `after`: commands before and afterwards."""

    kind: Kind
    file: str = ""
    look: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    unsayable: Unsayable | None = None


_NEVER = {
    Kind.DOCKER: ":",
    Kind.WINDOWS_SERVICE: "\"'%",
    Kind.WINDOWS_SCRIPT: '"&|<>^!()',
}
"""Characters for which a place has no quoting that holds all the way to Java."""
_SECRET_KEY = re.compile(r"[-._a-zA-Z0-9]+")


def is_windows(path: str) -> bool:
    return re.match(r"[A-Za-z]:[\\/]|\\\\", path) is not None


def unsayable(kind: Kind, path: str) -> Unsayable | None:
    """Why this path cannot be given to Java there. Bitbucket's scripts take an argument apart at each blank."""
    if not path.isprintable():
        return Unsayable(Trouble.UNPRINTABLE)
    if not (path.startswith("/") or is_windows(path)):
        return Unsayable(Trouble.RELATIVE)
    if is_windows(path) != kind.is_windows:
        return Unsayable(Trouble.OTHER_SYSTEM)
    if " " in path and kind is not Kind.WINDOWS_SERVICE:
        return Unsayable(Trouble.BLANK)
    never = next((one for one in path if one in _NEVER.get(kind, "")), "")
    if kind is Kind.HELM and not _SECRET_KEY.fullmatch(_name(path)):
        never = next(one for one in _name(path) if not _SECRET_KEY.fullmatch(one))
    return Unsayable(Trouble.CHARACTER, never) if never else None


def fitting(path: str) -> tuple[Kind, ...]:
    """The kinds of the system whose path this is."""
    return tuple(kind for kind in Kind if kind.is_windows == is_windows(path))


def way(store: Store, kind: Kind, installation: Installation) -> Way:
    """What to write where; only why not, for a path that cannot be said there."""
    if (why := unsayable(kind, store.path)) is not None:
        return Way(kind, unsayable=why)
    made = {
        Kind.SYSTEMD: _systemd,
        Kind.SCRIPT: _script,
        Kind.WINDOWS_SERVICE: _windows_service,
        Kind.WINDOWS_SCRIPT: _windows_script,
        Kind.DOCKER: _docker,
        Kind.HELM: _helm,
    }
    return made[kind](store, installation)


def _systemd(store: Store, installation: Installation) -> Way:
    service = installation.service or LINUX_SERVICE
    return Way(
        Kind.SYSTEMD,
        f"/etc/systemd/system/{service}.service.d/{DROP_IN}",
        (f"systemctl show --property=Environment --property=EnvironmentFiles {service}",),
        ("[Service]", f"Environment={systemd_quoted(f'{VARIABLE}={_joined(store)}')}"),
        ("systemctl daemon-reload", f"systemctl restart {service}"),
    )


def systemd_quoted(text: str) -> str:
    """One assignment of Environment= (systemd.exec(5)): C escapes inside quotes, and % begins a specifier."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return f'"{escaped}"'


def _script(store: Store, installation: Installation) -> Way:
    folder = shlex.quote(installation.folder.rstrip("/")) if installation.folder else _SOMEWHERE
    kept = f'"${{{VARIABLE}:+${VARIABLE} }}"'
    return Way(
        Kind.SCRIPT,
        "",
        (f"grep -n '^ *{VARIABLE}=' {folder}/bin/_start-webapp.sh",),
        (f"export {VARIABLE}={kept}{shlex.quote(_joined(store))}",),
        tuple(f"{folder}/bin/{one}-bitbucket.sh" for one in ("stop", "start")),
    )


def _windows_service(store: Store, installation: Installation) -> Way:
    """Apache procrun: ++ adds to what is there; # and ; part options but between single quotes."""
    service = installation.service or WINDOWS_SERVICE
    program = f"{_windows_folder(installation)}\\bin\\bserv64.exe"
    typed = f'"{program}"' if " " in program else program
    return Way(
        Kind.WINDOWS_SERVICE,
        "",
        (f'reg query "{_PROCRUN}\\{service}\\Parameters\\Java" /v Options',),
        tuple(f'{typed} //US//{service} ++JvmOptions="{_procrun(one)}"' for one in store.arguments),
        (f"net stop {service} && net start {service}",),
    )


def _procrun(argument: str) -> str:
    name, equals, value = argument.partition("=")
    return f"{name}{equals}'{value}'" if "#" in value or ";" in value else argument


def _windows_script(store: Store, installation: Installation) -> Way:
    folder = _windows_folder(installation)
    escaped = _joined(store).replace("%", "%%")
    return Way(
        Kind.WINDOWS_SCRIPT,
        f"{folder}\\bin\\_start-webapp.bat",
        (f'findstr /B /I /C:"set {VARIABLE}" "{folder}\\bin\\_start-webapp.bat"',),
        (f'set "{VARIABLE}=%{VARIABLE}% {escaped}"',),
        tuple(f'"{folder}\\bin\\{one}-bitbucket.bat"' for one in ("stop", "start")),
    )


def _docker(store: Store, installation: Installation) -> Way:
    del installation
    mount, variable = (shlex.quote(one) for one in (f"{store.path}:{store.path}:ro", f"{VARIABLE}={_joined(store)}"))
    return Way(
        Kind.DOCKER,
        "",
        ("docker inspect --format '{{.Config.Env}}' CONTAINER",),
        (f"docker run -v {mount} -e {variable} ... atlassian/bitbucket",),
    )


def _helm(store: Store, installation: Installation) -> Way:
    """The chart gives bitbucket.additionalJvmArgs to the mesh pods too, so that these need the file as well."""
    del installation
    folder, name = store.path.rpartition("/")[0] or "/", _name(store.path)
    file = (
        f"- name: {_SECRET}",
        "  type: secret",
        f"  key: {json.dumps(name)}",
        f"  mountPath: {json.dumps(folder, ensure_ascii=False)}",
    )
    return Way(
        Kind.HELM,
        "values.yaml",
        ("helm get values RELEASE",),
        (
            "additionalFiles:",
            *(f"  {line}" for line in file),
            "bitbucket:",
            "  additionalJvmArgs:",
            *(f"    - {json.dumps(one, ensure_ascii=False)}" for one in store.arguments),
            "  mesh:",
            "    additionalFiles:",
            *(f"      {line}" for line in file),
        ),
        (
            f"kubectl create secret generic {_SECRET} --from-file={name}={shlex.quote(store.path)}",
            "helm upgrade RELEASE atlassian-data-center/bitbucket --values values.yaml",
        ),
    )


def _joined(store: Store) -> str:
    return " ".join(store.arguments)


def _name(path: str) -> str:
    return path.rpartition("/")[2]


def _windows_folder(installation: Installation) -> str:
    return installation.folder.rstrip("\\/") or _SOMEWHERE
