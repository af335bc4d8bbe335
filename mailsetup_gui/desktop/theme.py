"""What the application wears, and the few shapes that widgets share. Nothing here moves by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QScrollArea, QWidget

from mailsetup_gui import shipped
from mailsetup_gui.desktop.shades import LIGHT, Shades

if TYPE_CHECKING:  # PySide6 makes a class when its name is first asked for
    from PySide6.QtGui import QFont
    from PySide6.QtWidgets import QDialog, QDialogButtonBox

_SHEET = """
QLineEdit, QSpinBox, QComboBox {{ background: {base}; border: {border} solid {edge}; border-radius: 5px; }}
QLineEdit, QSpinBox, QComboBox {{ padding: 4px 7px; }}
QPlainTextEdit, QTextBrowser {{ background: {base}; border: {border} solid {edge}; border-radius: 5px; }}
QPlainTextEdit:focus, QTextBrowser:focus {{ border-color: {accent}; }}
QLineEdit:focus, QSpinBox:focus, QComboBox:focus {{ border: {border} solid {accent}; }}
QPushButton {{ background: {raised}; border: {border} solid {edge}; border-radius: 5px; padding: 6px 14px; }}
QPushButton:hover, QPushButton:focus {{ border-color: {accent}; }}
QPushButton:pressed, QPushButton:checked {{ background: {line}; }}
QPushButton:default {{ background: {accent}; color: {on_accent}; border-color: {accent}; }}
QPushButton:default:focus {{ border-color: {text}; }}
QPushButton:disabled {{ background: {window}; color: {muted}; border-color: {line}; }}
QComboBox::drop-down {{ border: none; width: 24px; }}
QComboBox::down-arrow {{ image: url({chevron}); width: 14px; height: 14px; }}
QRadioButton::indicator, QCheckBox::indicator {{ width: 14px; height: 14px; }}
QRadioButton::indicator, QCheckBox::indicator {{ border: {border} solid {edge}; background: {base}; }}
QRadioButton::indicator {{ border-radius: 8px; }}
QCheckBox::indicator {{ border-radius: 4px; }}
QRadioButton::indicator:checked {{ border: 5px solid {accent}; width: 6px; height: 6px; background: {on_accent}; }}
QCheckBox::indicator:checked {{ border-color: {accent}; background: {accent}; image: url({tick}); }}
QRadioButton::indicator:disabled, QCheckBox::indicator:disabled {{ border-color: {line}; background: {window}; }}
QRadioButton::indicator:focus, QCheckBox::indicator:focus {{ border-color: {accent}; }}
QListView::item {{ padding: 6px 8px; border-radius: 5px; }}
QListView::item:selected {{ background: {accent}; color: {on_accent}; }}
QFrame#panel {{ background: {base}; border: {border} solid {line}; border-radius: 6px; }}
QProgressBar {{ background: {line}; border: none; border-radius: 4px; }}
QProgressBar::chunk {{ background: {accent}; border-radius: 4px; }}
"""


_worn = [LIGHT]
_MOOD = "mood"


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
        kind = "dark" if QColor(shades.window).lightness() < 128 else "light"
        images = {name: shipped.path(f"{name}-{kind}.svg").replace("\\", "/") for name in ("tick", "chevron")}
        application.setStyleSheet(_SHEET.format(**shades._asdict(), **images))
        for label in application.allWidgets():
            if isinstance(label, QLabel) and isinstance(mood := label.property(_MOOD), str):
                paint_mood(label, mood)


def mood_colour(mood: str) -> QColor:
    """ok, warn, fail, text; anything else is muted."""
    shades = current()
    return QColor(
        {"ok": shades.ok, "warn": shades.warn, "fail": shades.fail, "text": shades.text}.get(mood, shades.muted)
    )


def fixed_font() -> QFont:
    from PySide6.QtGui import QFontDatabase

    return QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)


def plain_label(text: str = "", *, wrap: bool = True, muted: bool = False) -> QLabel:
    """A label that shows foreign text as it is: never rich text, selectable with mouse and keyboard."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(wrap)
    if muted:
        label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    return label


def label_for(words: str, field: QWidget) -> QLabel:
    """The buddy by which Alt and a letter lead to the field, and its name: Qt does not always take it from there."""
    label = QLabel(words)
    label.setBuddy(field)
    field.setAccessibleName(words.replace("&", "").rstrip(" :"))
    return label


def enlarge(label: QLabel, factor: float, *, bold: bool = True) -> QLabel:
    font = label.font()
    font.setPointSizeF(font.pointSizeF() * factor)
    font.setBold(bold)
    label.setFont(font)
    return label


def paint_mood(label: QLabel, mood: str) -> None:
    """Text in the colour of a mood, in the appearance of this moment and of later ones."""
    label.setProperty(_MOOD, mood)
    palette = label.palette()
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text):  # the pages of a wizard write in Text
        palette.setColor(role, mood_colour(mood))
    label.setPalette(palette)


def tooltip(foreign: str) -> str:
    """Foreign text for a tool tip, which Qt would otherwise take for rich text when it looks like it."""
    return f"<qt>{escaped(foreign)}</qt>"


def escaped(text: str) -> str:
    """Plain text as rich text that looks the same."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


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
    """No text of it is cut off where the window is too small. The fields in it take the focus, and it follows them."""
    area = QScrollArea()
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(body)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    return area


def closing(dialog: QDialog) -> QDialogButtonBox:
    """The row with its Close button, without the picture that Fusion puts on it."""
    from PySide6.QtGui import QIcon
    from PySide6.QtWidgets import QDialogButtonBox

    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    buttons.rejected.connect(dialog.close)
    for button in buttons.buttons():
        button.setIcon(QIcon())
    return buttons


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
