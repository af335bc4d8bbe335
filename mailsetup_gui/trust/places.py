"""Where a truststore may be written: never over a JVM's own, not into a folder that is not there."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

from mailsetup_gui.trust.writers import BundleError, Refused

_OWN = re.compile(r"/lib/security/(cacerts|jssecacerts)$|^/etc/ssl/certs/java/cacerts$|^/etc/pki/(.*/)?java/cacerts$")


def target_of(path: str, follow: bool) -> Path:
    """The file that is to be written, absolute; `follow`: a symbolic link stands for what it points to.

    Raises BundleError.
    """
    named = Path(os.path.abspath(path))
    _refuse_a_jvms_own(named)
    try:
        if not named.is_symlink():
            target = named
        elif follow:
            target = Path(os.path.realpath(named))
        else:
            raise BundleError(Refused.LINK, named=named, to=os.path.realpath(named))
        _refuse_what_is_no_file(target)
        _refuse_folder(target.parent)
    except OSError as error:
        raise BundleError(Refused.NO_LOOK, named=named, reason=error.strerror or error) from None
    except ValueError as error:
        raise BundleError(Refused.NO_PATH, named=named, reason=error) from None
    return target


def open_to_all(target: Path) -> str:
    """Its folder, if every user of this computer can replace files in it; else ''."""
    mode = target.parent.stat().st_mode
    if os.name == "posix" and mode & stat.S_IWOTH and not mode & stat.S_ISVTX:
        return str(target.parent)
    return ""


def _refuse_a_jvms_own(named: Path) -> None:
    """By its name and by where it leads to: on Debian a JVM's cacerts is a link to the one of all JVMs."""
    try:
        paths = (named, Path(os.path.realpath(named)), Path(os.path.realpath(named.parent)) / named.name)
    except (OSError, ValueError):
        paths = (named,) * 3
    for path in paths:
        if _OWN.search(path.as_posix()):
            raise BundleError(Refused.OF_A_JVM, named=named)


def _refuse_what_is_no_file(target: Path) -> None:
    try:
        mode = target.lstat().st_mode
    except FileNotFoundError:
        return
    except NotADirectoryError:
        raise BundleError(Refused.NOT_A_FOLDER, folder=target.parent) from None
    if stat.S_ISDIR(mode):
        raise BundleError(Refused.A_FOLDER, target=target, example=target / "truststore.jks")
    if not stat.S_ISREG(mode):
        raise BundleError(Refused.NO_FILE, target=target)


def _refuse_folder(folder: Path) -> None:
    if not folder.exists():
        raise BundleError(Refused.NO_FOLDER, folder=folder)
    if not folder.is_dir():
        raise BundleError(Refused.NOT_A_FOLDER, folder=folder)
