"""The files that ship with the program: `resources/` beside the package in a checkout, inside it when installed."""

from __future__ import annotations

import os

_HERE = os.path.dirname(os.path.abspath(__file__))


def path(name: str) -> str:
    """Where resources/`name` lies; FileNotFoundError names it when the installation is broken."""
    for root in (_HERE, os.path.dirname(_HERE)):
        found = os.path.join(root, "resources", name)
        if os.path.exists(found):
            return found
    raise FileNotFoundError(f"resources/{name} is not part of this installation; install mailsetup again")


def read(name: str) -> bytes:
    with open(path(name), "rb") as file:
        return file.read()
