"""What the main window asks a person before something is lost, or needs a name."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from mailsetup_gui import __version__
from mailsetup_gui.desktop import theme
from mailsetup_gui.settings import state
from mailsetup_gui.wording.harmless import reason
from mailsetup_gui.wording.language import _


def new_name(parent: QWidget, former: str) -> str:
    """'' when there shall be none."""
    from PySide6.QtWidgets import QInputDialog

    name, agreed = QInputDialog.getText(parent, _("Rename profile"), _("&Name:"), text=former)
    return name.strip() if agreed else ""


def save_as(parent: QWidget, title: str, name: str, kinds: str, write: Callable[[str], object]) -> None:
    """Asks for a place, and says when it cannot be written. `write` raises OSError; `kinds` as QFileDialog has them."""
    from PySide6.QtWidgets import QFileDialog

    path, _kind = QFileDialog.getSaveFileName(parent, title, name, kinds)
    if not path:
        return
    try:
        write(path)
    except OSError as error:
        sentence = _("{path} cannot be written: {strerror}. Choose another place.")
        theme.warn(parent, sentence.format(path=path, strerror=reason(error.strerror)))


def tell_about(parent: QWidget) -> None:
    import platform

    from PySide6.QtCore import qVersion
    from PySide6.QtWidgets import QLabel, QMessageBox

    box = QMessageBox(QMessageBox.Icon.NoIcon, _("About mailsetup"), "", QMessageBox.StandardButton.Close, parent)
    box.setIconPixmap(parent.windowIcon().pixmap(64, 64))
    for image in box.findChildren(QLabel):
        image.setAccessibleName("mailsetup")
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(f"mailsetup {__version__}")
    box.setInformativeText(
        _(
            "Proves that your application can send mail.\n\n"
            "Python {python}, Qt {qt}. MIT license; Qt is used under the LGPL 3. "
            "Bitbucket is a trademark of Atlassian, with which this program has no connection.\n\n"
            "What it keeps lies in {state}."
        ).format(python=platform.python_version(), qt=qVersion(), state=state.folder())
    )
    box.open()


def may_remove(parent: QWidget, name: str) -> bool:
    return theme.asked(parent, _("Remove"), _("Remove “{name}” and its kept password?").format(name=name))


def may_discard(parent: QWidget, names: Iterable[str]) -> bool:
    """Asks where there are any."""
    listed = ", ".join(_("“{name}”").format(name=name) for name in names)
    question = _("Unsaved changes in {names} will be lost.").format(names=listed)
    return not listed or theme.asked(parent, _("Discard"), question)
