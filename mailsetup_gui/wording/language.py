"""The language that both doors speak: gettext's catalogue for it, if there is one. Protocol text never comes through here."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from typing import Protocol

from mailsetup_gui import shipped

_VARIABLES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
"""As gettext asks them: the first that says something counts."""


class Catalogue(Protocol):
    """What gettext.GNUTranslations can do."""

    def gettext(self, message: str, /) -> str: ...
    def ngettext(self, one: str, many: str, number: int, /) -> str: ...


class _English:
    """The sentences as they stand in the source, without loading gettext."""

    def gettext(self, message: str, /) -> str:
        return message

    def ngettext(self, one: str, many: str, number: int, /) -> str:
        return one if number == 1 else many


def catalogue(environment: Mapping[str, str]) -> tuple[str, Catalogue]:
    """(language, its catalogue) of `environment`; ('', English) where there is none. What nobody has translated comes
    out as it is.

    MAILSETUP_TRANSLATIONS names a folder LANGUAGE/LC_MESSAGES/mailsetup.mo beside the shipped ones, for translators.
    """
    folders = [folder for folder in (environment.get("MAILSETUP_TRANSLATIONS"), _shipped()) if folder]
    for language in _languages(environment):
        for folder in folders:
            path = os.path.join(folder, language, "LC_MESSAGES", "mailsetup.mo")
            if os.path.isfile(path):
                import gettext  # 5 ms of every test, for those who speak another language

                with open(path, "rb") as file:
                    return language, gettext.GNUTranslations(file)
    return "", _English()


def _shipped() -> str:
    try:
        return shipped.path("translations")
    except FileNotFoundError:
        return ""


def _languages(environment: Mapping[str, str]) -> Iterator[str]:
    """de_AT.UTF-8 -> de_AT, de; nothing for C, POSIX and English."""
    wanted = next((found for name in _VARIABLES if (found := environment.get(name))), "") or _of_the_system()
    for language in wanted.split(":"):
        full = language.partition(".")[0].partition("@")[0]
        if full in ("", "C", "POSIX") or full.startswith("en"):
            return
        if all(part.isalnum() for part in full.split("_")):  # it becomes part of a path
            yield from dict.fromkeys((full, full.partition("_")[0]))


def _of_the_system() -> str:
    """Windows says it by a number, and by none of these variables; a terminal of macOS sets LANG."""
    if sys.platform != "win32":
        return ""
    import ctypes

    return of_windows(ctypes.windll.kernel32.GetUserDefaultUILanguage())


def of_windows(number: int) -> str:
    """0x407 -> de_DE; '' for what Python does not know."""
    import locale

    return locale.windows_locale.get(number, "")


SPOKEN, _CATALOGUE = catalogue(os.environ)
"""`SPOKEN`: de, pt_BR; '' is English."""
IS_ENGLISH = not SPOKEN
_ = _CATALOGUE.gettext
"""Marks a sentence for translators, and is it in the language of whoever started the program."""


def noted(sentence: str) -> str:
    """Marks a sentence that is compared with before `_` is asked for it."""
    return sentence


def counted(one: str, many: str, count: int) -> str:
    """The same for what is counted; `{count}` in both is filled in. Both are literals where it is called."""
    return _CATALOGUE.ngettext(one, many, count).format(count=count)
