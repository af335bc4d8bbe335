"""What the main window asks a person before something is lost, or needs a name."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QWidget

from mailsetup_gui.desktop import theme
from mailsetup_gui.wording.language import _


def new_name(parent: QWidget, former: str) -> str:
    """'' when there shall be none."""
    from PySide6.QtWidgets import QInputDialog

    name, agreed = QInputDialog.getText(parent, _("Rename profile"), _("&Name:"), text=former)
    return name.strip() if agreed else ""


def may_remove(parent: QWidget, name: str) -> bool:
    return theme.asked(parent, _("Remove"), _("Remove “{name}” and its kept password?").format(name=name))


def may_discard(parent: QWidget, names: Iterable[str]) -> bool:
    """Asks where there are any."""
    listed = ", ".join(f"“{name}”" for name in names)
    question = _("Unsaved changes in {names} will be lost.").format(names=listed)
    return not listed or theme.asked(parent, _("Discard"), question)
