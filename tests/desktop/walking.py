"""Every window and state walked through: what a person reads in it, and what has too little room. Not a test.

Run as a program it says both as JSON: {state: {"read": [[kind, text], ...], "cut": ..., "doubled": ...}}.
"""

from __future__ import annotations

import importlib.util
import json
import os
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, QSize, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QGroupBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMainWindow,
    QMenu,
    QPlainTextEdit,
    QProgressBar,
    QTabBar,
    QTextBrowser,
    QWidget,
)

from mailsetup_gui.desktop import shades, speaking, theme

Found = tuple[str, str]
_LESS = 2
"""Pixels that are no cut: styles round."""
_QT = "qt_"
"""Qt's own parts have names that begin so."""


def main() -> None:
    application = QApplication([])
    application.setApplicationName("mailsetup")
    speaking.translate_qt()
    theme.wear(shades.LIGHT)
    states: dict[str, dict[str, list[Found]]] = {}

    def walk(state: str, window: QWidget) -> None:
        application.processEvents()
        states[state] = {"read": sorted(set(read(window))), "cut": sorted(set(cut(window)))}
        states[state]["doubled"] = sorted(doubled(window))

    with tempfile.TemporaryDirectory() as config:
        os.environ["MAILSETUP_STATE_DIR"] = f"{config}/state"
        _screenshots().show(walk, Path(config))
    sys.stdout.write(json.dumps(states))
    sys.stdout.flush()
    os._exit(0)


def _screenshots() -> ModuleType:
    path = Path(__file__).resolve().parents[2] / "packaging" / "screenshots.py"
    sys.path.append(str(path.parent))  # last: nothing there may hide a library
    spec = importlib.util.spec_from_file_location("screenshots", path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _visible(window: QWidget) -> list[QWidget]:
    return [window, *(one for one in window.findChildren(QWidget) if one.isVisible() and one.window() is window)]


def read(window: QWidget) -> Iterator[Found]:
    """(kind, text) of all that is shown, or told to a mouse that waits, or read aloud."""
    yield "title", window.windowTitle()
    if isinstance(window, QMainWindow):
        yield from _of_menus(window)
    for widget in _visible(window):
        kind = type(widget).__name__
        for name in ("text", "title", "placeholderText", "toPlainText", "format"):
            if isinstance(widget, _READ[name]):
                yield f"{kind} {name}", str(getattr(widget, name)())
        yield f"{kind} tooltip", widget.toolTip()
        yield f"{kind} aloud", widget.accessibleName()
        yield f"{kind} aloud", widget.accessibleDescription()
        if isinstance(widget, QComboBox):
            yield from ((f"{kind} item", widget.itemText(at)) for at in range(widget.count()))
        if isinstance(widget, QTabBar):
            yield from ((f"{kind} tab", widget.tabText(at)) for at in range(widget.count()))
        if isinstance(widget, QAbstractItemView) and not isinstance(widget, QHeaderView):
            yield from _of_model(kind, widget.model(), QModelIndex())


_READ: dict[str, type | tuple[type, ...]] = {
    "text": (QLabel, QAbstractButton),
    "title": QGroupBox,
    "placeholderText": (QLineEdit, QPlainTextEdit),
    "toPlainText": QTextBrowser,
    "format": QProgressBar,
}


def _of_menus(window: QMainWindow) -> Iterator[Found]:
    menus = [action.menu() for action in window.menuBar().actions()]
    yield from (("menu", action.text()) for action in window.menuBar().actions())
    for menu in menus:
        if isinstance(menu, QMenu):
            yield from (("menu", action.text()) for action in menu.actions())


def _of_model(kind: str, model: QAbstractItemModel, parent: QModelIndex) -> Iterator[Found]:
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(parent)
    for column in range(columns):
        yield f"{kind} header", str(model.headerData(column, Qt.Orientation.Horizontal, _SHOWN) or "")
        for row in range(model.rowCount(parent)):
            index = model.index(row, column, parent)
            for role in (_SHOWN, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
                yield f"{kind} cell", str(model.data(index, role) or "")
            if columns > 1 and column == 0 and model.rowCount(index):
                yield from _of_model(kind, model, index)


_SHOWN = Qt.ItemDataRole.DisplayRole


def cut(window: QWidget) -> Iterator[Found]:
    """(kind, text) of what is wider or higher than the room that it has."""
    for widget in _visible(window):
        if isinstance(widget, QTabBar):
            yield from _cut_tabs(widget)
        elif isinstance(widget, QHeaderView):
            yield from _cut_headers(widget)
        elif (text := _text(widget)) and not _has_room(widget.size(), _wanted(widget)):
            yield type(widget).__name__, text


def _text(widget: QWidget) -> str:
    if widget.objectName().startswith(_QT):
        return ""
    if isinstance(widget, QGroupBox):
        return widget.title()
    return widget.text() if isinstance(widget, (QLabel, QAbstractButton)) else ""


def _wanted(widget: QWidget) -> QSize:
    if isinstance(widget, QGroupBox):
        return widget.minimumSizeHint()
    if isinstance(widget, QLabel) and widget.wordWrap():
        return QSize(0, widget.heightForWidth(widget.width()))
    return widget.sizeHint()


def _cut_tabs(tabs: QTabBar) -> Iterator[Found]:
    for at in range(tabs.count()):
        if tabs.tabRect(at).width() < tabs.fontMetrics().horizontalAdvance(tabs.tabText(at)):
            yield "tab", tabs.tabText(at)


def _has_room(size: QSize, wanted: QSize) -> bool:
    return wanted.width() <= size.width() + _LESS and wanted.height() <= size.height() + _LESS


def _cut_headers(header: QHeaderView) -> Iterator[Found]:
    model = header.model()
    for at in range(header.count()):
        text = str(model.headerData(at, header.orientation(), _SHOWN) or "")
        if text and not header.isSectionHidden(at):
            room = header.sectionSize(at)
            if room + _LESS < header.fontMetrics().horizontalAdvance(text) + 8:
                yield "header", text


def doubled(window: QWidget) -> Iterator[Found]:
    """(key, the texts that share it) of what one key would reach at the same time."""
    texts = [text for one in _visible(window) if one.isEnabled() and (text := _text(one)) and not _is_reached(one)]
    if isinstance(window, QMainWindow):
        texts += [action.text() for action in window.menuBar().actions()]
    keyed: dict[str, list[str]] = {}
    for text in texts:
        if found := re.search(r"&([^&\s])", text.replace("&&", "")):
            keyed.setdefault(found[1].lower(), []).append(text)
    yield from ((key, " | ".join(sorted(set(same)))) for key, same in keyed.items() if len(same) > 1)


def _is_reached(widget: QWidget) -> bool:
    """Text in which an ampersand is one."""
    return isinstance(widget, QLabel) and widget.buddy() is None


if __name__ == "__main__":
    main()
