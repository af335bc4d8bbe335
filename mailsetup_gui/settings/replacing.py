"""A file is replaced as a whole or not at all: a temporary file beside it, fsync, read back, rename."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path  # whose import costs a test what half a handshake does

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


class UnconfirmedError(OSError):
    """The new file is in its place, but the system does not confirm that its name survives a power failure."""


def replace(target: Path | str, octets: bytes, mode: int = 0o600) -> None:
    """Raises OSError; `target` is untouched then, and nothing is left beside it. UnconfirmedError: it is in place."""
    put(written_beside(target, octets, mode), target)


def written_beside(target: Path | str, octets: bytes, mode: int) -> str:
    """A new file in the folder of `target`, on the disk and read back. Raises OSError; nothing is left then."""
    folder, name = os.path.split(target)
    temporary = os.path.join(folder, f".{name[:100]}.{os.urandom(6).hex()}.tmp")
    written_new(temporary, octets, mode)
    return temporary


def written_new(path: Path | str, octets: bytes, mode: int) -> None:
    """A file where none was, on the disk and read back. Raises OSError; FileExistsError: it is another's."""
    handle = os.open(path, _NEW, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(octets)
            file.flush()
            if hasattr(os, "fchmod"):
                os.fchmod(file.fileno(), mode)  # whatever the umask is
            os.fsync(file.fileno())
        if read_back(path) != octets:
            raise OSError("what was written reads back differently")
    except BaseException:
        discard(path)
        raise


def read_back(path: Path | str) -> bytes:
    with open(path, "rb") as file:
        return file.read()


def put(temporary: Path | str, target: Path | str) -> None:
    """Raises OSError: `temporary` is gone then. UnconfirmedError: it has become `target` all the same."""
    try:
        os.replace(temporary, target)
    except BaseException:
        discard(temporary)
        raise
    try:
        confirm(os.path.dirname(target) or ".")
    except OSError as error:
        raise UnconfirmedError(error.errno, error.strerror) from error


def confirm(folder: Path | str) -> None:
    """The names in a folder are safe once it is on the disk itself; Windows has no such call. Raises OSError."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def discard(path: Path | str) -> None:
    """As far as that is possible: whatever is wrong is being told already."""
    try:
        os.unlink(path)
    except OSError:
        pass
