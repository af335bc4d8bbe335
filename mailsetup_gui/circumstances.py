"""What a test ran on: versions, clock and zone, the truststore's file. EDGE: this computer, read and never changed."""

import os
import sys
import time
from typing import NamedTuple

from mailsetup_gui import __version__

_LARGEST = 50_000_000


class File(NamedTuple):
    """`sha256` '' and `size` 0 for what is no readable file."""

    path: str
    size: int = 0
    sha256: str = ""


def file(path: str) -> File:
    if not path or not os.path.isfile(path):
        return File(path)
    import hashlib

    try:
        with open(path, "rb") as opened:
            octets = opened.read(_LARGEST)
    except OSError:
        return File(path)
    return File(path, len(octets), hashlib.sha256(octets).hexdigest())


def now() -> str:
    """Local time in ISO form with its offset, to the second."""
    text = time.strftime("%Y-%m-%dT%H:%M:%S%z")
    return f"{text[:-2]}:{text[-2:]}"


def zone() -> str:
    """Europe/Berlin where the system tells it, else as CET."""
    named = os.environ.get("TZ", "").lstrip(":")
    if not named and sys.platform != "win32":
        try:
            named = os.path.realpath("/etc/localtime").partition("zoneinfo/")[2]
        except OSError:
            named = ""
    return named or time.tzname[time.localtime().tm_isdst > 0]


def versions() -> dict[str, str]:
    from mailsetup_gui.smtp import tls

    cryptography = sys.modules.get("cryptography") or __import__("cryptography")
    return {
        "mailsetup": __version__,
        "python": sys.version.split()[0],
        "openssl": tls.library(),
        "cryptography": str(cryptography.__version__),
        "os": _system(),
    }


def _system() -> str:
    """Without the module platform, which starts with reading the C library."""
    if sys.platform == "win32":
        found = sys.getwindowsversion()
        return f"Windows {found.major}.{found.minor}.{found.build}"
    system = os.uname()
    return " ".join(part for part in (_distribution(), system.sysname, system.release, system.machine) if part)


def _distribution() -> str:
    try:
        with open("/etc/os-release", encoding="utf-8", errors="replace") as opened:
            lines = opened.read(10_000).splitlines()
    except OSError:
        return ""
    return next((line.partition("=")[2].strip('"') for line in lines if line.startswith("PRETTY_NAME=")), "")


def computer() -> str:
    """The name of this computer."""
    import platform

    return platform.node()
