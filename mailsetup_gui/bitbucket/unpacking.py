"""A folder of files onto the disk, whole or not at all, and never over what is there."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from mailsetup_gui.bitbucket.role import Refused, RoleError


def write(folder: str, project: Mapping[str, bytes]) -> str:
    """Puts the project into a folder that is empty or not there yet, whole or not at all; its absolute path.

    Raises RoleError.
    """
    target = os.path.abspath(folder)
    made = ""
    try:
        if os.path.lexists(target) and (not os.path.isdir(target) or os.listdir(target)):
            raise RoleError(Refused.NOT_EMPTY, target)
        made = tempfile.mkdtemp(prefix=".mailsetup-", dir=os.path.dirname(target))
        _fill(Path(made), project)
        if os.path.isdir(target):
            os.rmdir(target)
        os.rename(made, target)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise RoleError(Refused.NOT_WRITTEN, target, reason) from None
    finally:
        if made:
            shutil.rmtree(made, ignore_errors=True)
    return target


def _fill(folder: Path, project: Mapping[str, bytes]) -> None:
    folder.chmod(0o755)
    for name, octets in project.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(octets)
