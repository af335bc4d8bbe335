"""Where a truststore may be written: never over a JVM's own, not into a folder that is not there."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

from mailsetup_gui.trust.writers import BundleError

_OWN = re.compile(r"/lib/security/(cacerts|jssecacerts)$|^/etc/ssl/certs/java/cacerts$|^/etc/pki/(.*/)?java/cacerts$")


def target_of(path: str, follow: bool) -> Path:
    """The file that is to be written, absolute; `follow`: a symbolic link stands for what it points to.

    Raises BundleError with the sentence to show.
    """
    named = Path(os.path.abspath(path))
    _refuse_a_jvms_own(named)
    try:
        if not named.is_symlink():
            target = named
        elif follow:
            target = Path(os.path.realpath(named))
        else:
            to = os.path.realpath(named)
            raise BundleError(
                f"{named} is a symbolic link to {to}. Give {to} itself, or --follow to write to where it points."
            )
        _refuse_what_is_no_file(target)
        _refuse_folder(target.parent)
    except OSError as error:
        raise BundleError(f"{named} cannot be looked at: {error.strerror or error}.") from None
    except ValueError as error:
        raise BundleError(f"{named!s} is no path of a file: {error}.") from None
    return target


def warnings(target: Path) -> tuple[str, ...]:
    """What is unwise about the place."""
    mode = target.parent.stat().st_mode
    if os.name == "posix" and mode & stat.S_IWOTH and not mode & stat.S_ISVTX:
        return (f"Every user of this computer can replace files in {target.parent}: a truststore belongs elsewhere.",)
    return ()


def _refuse_a_jvms_own(named: Path) -> None:
    """By its name and by where it leads to: on Debian a JVM's cacerts is a link to the one of all JVMs."""
    try:
        paths = (named, Path(os.path.realpath(named)), Path(os.path.realpath(named.parent)) / named.name)
    except (OSError, ValueError):
        paths = (named,) * 3
    for path in paths:
        if _OWN.search(path.as_posix()):
            raise BundleError(
                f"{named} is a JVM's own truststore: an update of Java replaces it, and a mistake in it locks every "
                "program out. Write to another file and name that with -Djavax.net.ssl.trustStore."
            )


def _refuse_what_is_no_file(target: Path) -> None:
    try:
        mode = target.lstat().st_mode
    except FileNotFoundError:
        return
    except NotADirectoryError:
        raise BundleError(f"{target.parent} is not a folder. Give a path in a folder.") from None
    if stat.S_ISDIR(mode):
        raise BundleError(
            f"{target} is a folder. Give the name of a file in it, for example {target / 'truststore.jks'}."
        )
    if not stat.S_ISREG(mode):
        raise BundleError(f"{target} is not a regular file, so it is not replaced. Give another name.")


def _refuse_folder(folder: Path) -> None:
    if not folder.exists():
        raise BundleError(f"The folder {folder} does not exist. Make it, or give a file in another one.")
    if not folder.is_dir():
        raise BundleError(f"{folder} is not a folder. Give a path in a folder.")
