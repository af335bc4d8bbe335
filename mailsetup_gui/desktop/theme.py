"""Colours for light and dark (every pair at least 4.5:1), and the few shapes that widgets share."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QScrollArea, QWidget

from mailsetup_gui import shipped


class Shades(NamedTuple):
    """One appearance; `*_fill` is the card behind text of the same mood."""

    window: str
    base: str
    raised: str
    text: str
    muted: str
    line: str
    edge: str
    accent: str
    on_accent: str
    ok: str
    warn: str
    fail: str
    ok_fill: str
    warn_fill: str
    fail_fill: str


LIGHT = Shades(
    window="#f4f5f7",
    base="#ffffff",
    raised="#ffffff",
    text="#1d2229",
    muted="#5b6470",
    line="#d5d9df",
    edge="#868e99",
    accent="#0b5cad",
    on_accent="#ffffff",
    ok="#116329",
    warn="#8a5300",
    fail="#b3261e",
    ok_fill="#e6f4ea",
    warn_fill="#fdf3dc",
    fail_fill="#fdeceb",
)
DARK = Shades(
    window="#1e1f22",
    base="#2f3237",
    raised="#3a3e45",
    text="#e6e8eb",
    muted="#a3adb8",
    line="#464a52",
    edge="#868e99",
    accent="#7cc0ff",
    on_accent="#10202f",
    ok="#57d27c",
    warn="#f0b648",
    fail="#ff8f87",
    ok_fill="#1d3325",
    warn_fill="#3a2f17",
    fail_fill="#3f2322",
)


_SHEET = """
QLineEdit, QSpinBox, QComboBox {{ background: {base}; border: 1px solid {edge}; border-radius: 5px; padding: 4px 7px; }}
QLineEdit:focus, QSpinBox:focus, QComboBox:focus {{ border: 1px solid {accent}; }}
QPushButton {{ background: {raised}; border: 1px solid {edge}; border-radius: 5px; padding: 6px 14px; }}
QPushButton:hover, QPushButton:focus {{ border-color: {accent}; }}
QPushButton:pressed, QPushButton:checked {{ background: {line}; }}
QPushButton:default {{ background: {accent}; color: {on_accent}; border-color: {accent}; }}
QPushButton:disabled {{ background: {window}; color: {muted}; border-color: {line}; }}
QComboBox::drop-down {{ border: none; width: 24px; }}
QComboBox::down-arrow {{ image: url({chevron}); width: 14px; height: 14px; }}
QRadioButton::indicator, QCheckBox::indicator {{ width: 14px; height: 14px; }}
QRadioButton::indicator, QCheckBox::indicator {{ border: 1px solid {edge}; background: {base}; }}
QRadioButton::indicator {{ border-radius: 8px; }}
QCheckBox::indicator {{ border-radius: 4px; }}
QRadioButton::indicator:checked {{ border: 5px solid {accent}; width: 6px; height: 6px; background: {on_accent}; }}
QCheckBox::indicator:checked {{ border-color: {accent}; background: {accent}; image: url({tick}); }}
QRadioButton::indicator:disabled, QCheckBox::indicator:disabled {{ border-color: {line}; background: {window}; }}
QRadioButton::indicator:focus, QCheckBox::indicator:focus {{ border-color: {accent}; }}
QListView::item {{ padding: 6px 8px; border-radius: 5px; }}
QListView::item:selected {{ background: {accent}; color: {on_accent}; }}
QFrame#panel {{ background: {base}; border: 1px solid {line}; border-radius: 6px; }}
QProgressBar {{ background: {line}; border: none; border-radius: 4px; }}
QProgressBar::chunk {{ background: {accent}; border-radius: 4px; }}
"""


_worn = [LIGHT]


def current() -> Shades:
    """What the application wears now; asked for every cell of a table, so it is kept and not looked up."""
    return _worn[0]


def wear(shades: Shades) -> None:
    """Every widget follows: the palette has the colours, the sheet the shapes."""
    _worn[0] = shades
    role = QPalette.ColorRole
    palette = QPalette()
    pairs = {
        role.Window: shades.window,
        role.WindowText: shades.text,
        role.Base: shades.base,
        role.AlternateBase: shades.window,
        role.Text: shades.text,
        role.PlaceholderText: shades.muted,
        role.Button: shades.raised,
        role.ButtonText: shades.text,
        role.ToolTipBase: shades.base,
        role.ToolTipText: shades.text,
        role.Highlight: shades.accent,
        role.HighlightedText: shades.on_accent,
        role.Accent: shades.accent,
        role.Link: shades.accent,
    }
    for which, colour in pairs.items():
        palette.setColor(which, QColor(colour))
    for which in (role.Text, role.WindowText, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(shades.muted))
    QApplication.setPalette(palette)
    application = QApplication.instance()
    if isinstance(application, QApplication):
        if application.style().objectName() != "fusion":
            application.setStyle("Fusion")
        kind = "dark" if shades is DARK else "light"
        images = {name: shipped.path(f"{name}-{kind}.svg").replace("\\", "/") for name in ("tick", "chevron")}
        application.setStyleSheet(_SHEET.format(**shades._asdict(), **images))


def system() -> Shades:
    """Dark when the desktop says so, or its palette is; light otherwise. To be asked before `wear`."""
    if QApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark:
        return DARK
    return DARK if QApplication.palette().color(QPalette.ColorRole.Window).lightness() < 128 else LIGHT


def mood_colour(mood: str) -> QColor:
    """ok, warn, fail, text; anything else is muted."""
    shades = current()
    return QColor(
        {"ok": shades.ok, "warn": shades.warn, "fail": shades.fail, "text": shades.text}.get(mood, shades.muted)
    )


def fixed_font() -> QFont:
    return QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)


def plain_label(text: str = "", *, wrap: bool = True, muted: bool = False) -> QLabel:
    """A label that shows foreign text as it is: never rich text, selectable with mouse and keyboard."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(wrap)
    if muted:
        label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    return label


def enlarge(label: QLabel, factor: float, *, bold: bool = True) -> QLabel:
    font = label.font()
    font.setPointSizeF(font.pointSizeF() * factor)
    font.setBold(bold)
    label.setFont(font)
    return label


def paint_mood(label: QLabel, mood: str) -> None:
    """Text in the colour of a mood, in the appearance of this moment."""
    palette = label.palette()
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text):  # the pages of a wizard write in Text
        palette.setColor(role, mood_colour(mood))
    label.setPalette(palette)


def tooltip(foreign: str) -> str:
    """Foreign text for a tool tip, which Qt would otherwise take for rich text when it looks like it."""
    return f"<qt>{foreign.replace('&', '&amp;').replace('<', '&lt;').replace('>', '&gt;')}</qt>"


def beside(*widgets: QWidget, stretch: bool = False) -> QWidget:
    """In one line; the first takes the room, unless all keep to the left (`stretch`)."""
    line = QWidget()
    layout = QHBoxLayout(line)
    layout.setContentsMargins(0, 0, 0, 0)
    for position, widget in enumerate(widgets):
        layout.addWidget(widget, 0 if stretch or position else 1)
    if stretch:
        layout.addStretch(1)
    return line


def scrolled(body: QWidget) -> QScrollArea:
    """No text of it is cut off where the window is too small."""
    area = QScrollArea()
    area.setWidget(body)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    return area


def say_below(message: QLabel, words: str) -> None:
    """What is wrong with the field above: as many lines as the words need at this width; one is reserved."""
    message.setText(words)
    message.setMinimumHeight(0)  # heightForWidth would count what was set before
    message.setFixedHeight(max(message.fontMetrics().height(), message.heightForWidth(message.width())))
    paint_mood(message, "fail")


def asked(parent: QWidget, verb: str, question: str) -> bool:
    """Whether the person chose `verb`; Cancel is the default."""
    from PySide6.QtWidgets import QMessageBox

    box = QMessageBox(QMessageBox.Icon.Question, "mailsetup", "", QMessageBox.StandardButton.Cancel, parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(question)
    agreed = box.addButton(verb, QMessageBox.ButtonRole.AcceptRole)
    box.setDefaultButton(QMessageBox.StandardButton.Cancel)
    box.exec()
    return box.clickedButton() is agreed


def warn(parent: QWidget, sentence: str) -> None:
    """Says what did not work; nothing waits for the answer."""
    from PySide6.QtWidgets import QMessageBox

    box = QMessageBox(QMessageBox.Icon.Warning, "mailsetup", "", QMessageBox.StandardButton.Ok, parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(sentence)
    box.open()
