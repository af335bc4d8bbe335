"""Light, dark, high contrast: what the desktop prefers, or what an option says instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication

from mailsetup_gui.desktop.shades import DARK, HIGH_DARK, HIGH_LIGHT, LIGHT, Shades
from mailsetup_gui.desktop.theme import wear

if TYPE_CHECKING:
    from PySide6.QtGui import QAccessibilityHints, QStyleHints

_hints: list[QStyleHints] = []


def chosen(option: str) -> Shades:
    """--light, --dark, --high-contrast; or, for '', what the desktop prefers, and follows when that changes."""
    if option in ("--light", "--dark"):
        return LIGHT if option == "--light" else DARK
    if option == "--high-contrast":
        return HIGH_DARK if _is_dark() else HIGH_LIGHT
    hints = QApplication.styleHints()
    hints.colorSchemeChanged.connect(_follow)
    if (accessibility := _accessibility()) is not None:
        accessibility.contrastPreferenceChanged.connect(_follow)
    return system()


def system() -> Shades:
    """What the desktop says of light, dark and contrast; else what its palette is. To be asked before `wear`."""
    accessibility = _accessibility()
    if accessibility is not None and accessibility.contrastPreference() is Qt.ContrastPreference.HighContrast:
        return HIGH_DARK if _is_dark() else HIGH_LIGHT
    return DARK if _is_dark() else LIGHT


def _follow() -> None:
    wear(system())


def _is_dark() -> bool:
    scheme = QApplication.styleHints().colorScheme()
    if scheme is not Qt.ColorScheme.Unknown:
        return scheme is Qt.ColorScheme.Dark
    return QApplication.palette().color(QPalette.ColorRole.Window).lightness() < 128


def _accessibility() -> QAccessibilityHints | None:
    """None before Qt 6.10."""
    _hints[:] = [QApplication.styleHints()]  # the wrapper of what it answers dies with its own
    asked = getattr(_hints[0], "accessibility", None)
    return asked() if asked is not None else None
