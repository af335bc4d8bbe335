"""The language of the window, settled before the first sentence is asked for; and Qt's own words in the same one."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable

VARIABLES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")


def settle() -> None:
    """Where no variable says it (Windows; macOS, double-clicked), LANGUAGE becomes what the system's settings say."""
    if sys.platform in ("win32", "darwin") and not any(map(os.environ.get, VARIABLES)):
        from PySide6.QtCore import QLocale

        os.environ["LANGUAGE"] = wanted(QLocale.system().uiLanguages())


def wanted(languages: Iterable[str]) -> str:
    """As gettext has them: de-DE, en-US -> de_DE:en_US."""
    return ":".join(language.replace("-", "_") for language in languages)


def translate_qt() -> None:
    """Cancel, OK, file dialogs, context menus: in the language that we speak, and in English where that is English."""
    from mailsetup_gui.wording.language import SPOKEN

    if not SPOKEN:
        return
    from PySide6.QtCore import QCoreApplication, QLibraryInfo, QTranslator

    application = QCoreApplication.instance()
    translator = QTranslator(application)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if application is not None and translator.load(f"qtbase_{SPOKEN}", folder):
        application.installTranslator(translator)
