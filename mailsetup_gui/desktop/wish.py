"""What mailsetup-gui is started for. A second start hands the same words to the program that runs already."""

from __future__ import annotations

import os
from typing import NamedTuple

from mailsetup_gui.wording.harmless import shown
from mailsetup_gui.wording.language import _

SEND_TEST = "--send-test"
IMPORT = "--import-certificate"
USAGE = _("""\
usage: mailsetup-gui [--send-test | --import-certificate] [--sandbox]
                     [--config-dir DIR] [--light | --dark | --high-contrast]
                     [FILE]

  FILE                  a certificate, truststore or PKCS#7 file: opens the
                        import on it, and nothing else
  --send-test           opens only the test dialog, on the profile used last
  --import-certificate  opens only the certificate import
  --sandbox             starts the built-in mail server and fills in its
                        settings
  --config-dir DIR      where profiles are kept
  --light, --dark, --high-contrast
                        instead of what the desktop prefers

A second start raises the window that is there already.
""")
_APPEARANCES = ("--light", "--dark", "--high-contrast")


class WishError(Exception):
    """Words that mean nothing; its text is the sentence."""


class Wish(NamedTuple):
    """`dialog`: SEND_TEST, IMPORT or ''. `path` and `config_dir` are absolute, or ''. `appearance`: as it was typed."""

    dialog: str = ""
    path: str = ""
    sandbox: bool = False
    config_dir: str = ""
    appearance: str = ""

    @property
    def is_for_a_dialog(self) -> bool:
        """Only that dialog is to be seen, not the main window."""
        return bool(self.dialog or self.path)


def read(words: list[str], folder: str) -> Wish:
    """The words of a command line; relative paths are of `folder`. Raises WishError."""
    wish, left = Wish(), iter(words)
    for word in left:
        if word in (SEND_TEST, IMPORT):
            wish = _for_dialog(wish, word)
        elif word == "--sandbox":
            wish = wish._replace(sandbox=True)
        elif word in _APPEARANCES:
            wish = wish._replace(appearance=word)
        elif word == "--config-dir":
            wish = wish._replace(config_dir=_below(folder, next(left, "")))
            if not wish.config_dir:
                raise WishError(_("--config-dir needs a folder."))
        elif word.startswith("-"):
            raise WishError(_("{word} is no option of mailsetup-gui.").format(word=shown(word)))
        else:
            wish = _on_file(wish, _below(folder, _local(word)))
    return wish


def _for_dialog(wish: Wish, dialog: str) -> Wish:
    if wish.dialog not in ("", dialog):
        raise WishError(_("{one} and {other} cannot be combined.").format(one=wish.dialog, other=dialog))
    return _checked(wish._replace(dialog=dialog))


def _on_file(wish: Wish, path: str) -> Wish:
    if wish.path:
        raise WishError(_("One file at a time: {path} is the second.").format(path=shown(path)))
    return _checked(wish._replace(path=path))


def _checked(wish: Wish) -> Wish:
    if wish.path and wish.dialog == SEND_TEST:
        raise WishError(_("--send-test takes no file, but {path} was given.").format(path=shown(wish.path)))
    return wish


def _below(folder: str, path: str) -> str:
    return os.path.abspath(os.path.join(folder, path)) if path else ""


def _local(word: str) -> str:
    """Some file managers hand over file:///a%20b and not /a b."""
    if not word.startswith("file:"):
        return word
    from PySide6.QtCore import QUrl

    return QUrl(word).toLocalFile()
