"""The Ansible project that brings a truststore to every node: its files out of resources/ansible, as path -> octets."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from enum import Enum
from pathlib import Path
from typing import NamedTuple

from mailsetup_gui import shipped
from mailsetup_gui.bitbucket import install
from mailsetup_gui.bitbucket.install import LINUX_SERVICE, Kind
from mailsetup_gui.settings.server import Encryption, MailServer, wire_host

DEFAULT_PATH = "/var/atlassian/mail-cacerts.jks"
_ROLE = "roles/mailsetup_truststore"
_EXAMPLE = ("bitbucket-node1.example.com", "bitbucket-node2.example.com")
_PLAIN_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?")
_PLAIN_PATH = re.compile(r"/[^\s\"'\\{}#]+")


class Refused(Enum):
    """Why no role is written; wording.roles has the sentences."""

    NODE = "node"
    SERVICE = "service"
    PATH = "path"
    JAVA = "java"
    CLEAR = "clear"
    STORE = "store"
    NOT_EMPTY = "not empty"
    NOT_WRITTEN = "not written"


class RoleError(Exception):
    """`value`: what is wrong, `reason`: the system's words."""

    def __init__(self, refused: Refused, value: str = "", reason: str = "") -> None:
        super().__init__(refused.value, value, reason)
        self.refused = refused
        self.value = value
        self.reason = reason


class Wanted(NamedTuple):
    """`store`: its octets, `path`: where the nodes are to have it. `server` without a name: only that Java opens it."""

    store: bytes
    nodes: tuple[str, ...] = ()
    server: MailServer = MailServer()
    path: str = DEFAULT_PATH
    service: str = LINUX_SERVICE
    java: str = ""


def files(wanted: Wanted) -> Mapping[str, bytes]:
    """Everything of the project, by its path in it. Raises RoleError for what cannot be said in it."""
    _check(wanted)
    root = Path(shipped.path("ansible"))
    found = {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}
    found["inventory.yml"] = _inventory(found["inventory.yml"].decode(), wanted).encode()
    found[f"{_ROLE}/files/Proof.class"] = shipped.read("Proof.class")
    found[f"{_ROLE}/files/mail-truststore"] = wanted.store
    return found


def is_plain(path: str) -> bool:
    """Whether a path of Linux goes through YAML, Jinja, systemd and Bitbucket's script as it is."""
    return install.unsayable(Kind.SYSTEMD, path) is None and _PLAIN_PATH.fullmatch(path) is not None


def _check(wanted: Wanted) -> None:
    """Every value becomes YAML and Jinja, and the path an argument that Bitbucket's script takes apart at blanks."""
    for node in wanted.nodes:
        if not _PLAIN_NAME.fullmatch(node):
            raise RoleError(Refused.NODE, node)
    if not re.fullmatch(r"[A-Za-z0-9:_.@-]+", wanted.service):
        raise RoleError(Refused.SERVICE, wanted.service)
    if not is_plain(wanted.path):
        raise RoleError(Refused.PATH, wanted.path)
    if wanted.java and not _PLAIN_PATH.fullmatch(wanted.java):
        raise RoleError(Refused.JAVA, wanted.java)
    if wanted.server.hostname and wanted.server.encryption is Encryption.NONE:
        raise RoleError(Refused.CLEAR)


def _inventory(template: str, wanted: Wanted) -> str:
    server = wanted.server
    values = {
        "path": wanted.path,
        "service": wanted.service,
        "hostname": wire_host(server.hostname) if server.hostname else "",
        "port": server.effective_port,
        "starttls": server.encryption is not Encryption.IMPLICIT_TLS,
        "java": wanted.java,
    }
    hosts = "\n".join(f"    {json.dumps(node)}:" for node in dict.fromkeys(wanted.nodes or _EXAMPLE))
    filled = template.replace("@hosts@", hosts)
    for name, value in values.items():
        filled = filled.replace(f"@{name}@", json.dumps(value))
    return filled
