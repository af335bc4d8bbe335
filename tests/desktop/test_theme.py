"""What every window has: contrast in each appearance, an order for the keyboard, and nothing that moves by itself."""

from collections.abc import Iterator
from itertools import pairwise, product

import pytest
from PySide6.QtCore import QAbstractAnimation, QPoint, Qt
from PySide6.QtGui import QColor, QKeySequence, QPalette
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QMainWindow, QProgressBar, QWidget

from mailsetup_gui.desktop import appearance, shades, theme
from mailsetup_gui.desktop.main_window import MainWindow
from mailsetup_gui.desktop.shades import DARK, HIGH_DARK, HIGH_LIGHT, LIGHT, Shades
from mailsetup_gui.settings.server import Encryption, MailServer

SERVER = MailServer("mail.example.com", 587, Encryption.STARTTLS_REQUIRED, "ann", "noreply@example.com")
EVERY = {"light": LIGHT, "dark": DARK, "high light": HIGH_LIGHT, "high dark": HIGH_DARK}


@pytest.fixture(autouse=True)
def light_again() -> Iterator[None]:
    yield
    theme.wear(LIGHT)


def windows(window: MainWindow) -> list[QWidget]:
    draft = window.desk.read()
    filled = draft._replace(profile=draft.profile._replace(server=SERVER))
    return [
        window.view.window(),
        window.bench.open(filled),
        window.bench.apply(filled),
        window.bench.explain(),
        window.bench.import_certificate(SERVER),
    ]


def luminance(colour: str) -> float:
    """WCAG 2.2's relative luminance."""
    parts = (QColor(colour).redF(), QColor(colour).greenF(), QColor(colour).blueF())
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("name", EVERY)
def test_text_stands_out_from_what_is_behind_it(name: str) -> None:
    worn, needed = EVERY[name], 7.0 if name.startswith("high") else 4.5
    grounds = [worn.window, worn.base, worn.raised]
    pairs = [*product((worn.text, worn.muted, worn.ok, worn.warn, worn.fail), grounds)]
    pairs += [(worn.on_accent, worn.accent), (worn.text, worn.line)]
    for mood, fill in ((worn.ok, worn.ok_fill), (worn.warn, worn.warn_fill), (worn.fail, worn.fail_fill)):
        pairs += [(mood, fill), (worn.text, fill), (worn.muted, fill)]
    assert [(pair, round(contrast(*pair), 2)) for pair in pairs if contrast(*pair) < needed] == []


@pytest.mark.parametrize("name", EVERY)
def test_edges_and_the_focus_stand_out_too(name: str) -> None:
    """WCAG 1.4.11: 3:1 for what shows where a control is, and which one has the focus."""
    worn = EVERY[name]
    pairs = [*product((worn.edge, worn.accent), (worn.window, worn.base))]
    assert [(pair, round(contrast(*pair), 2)) for pair in pairs if contrast(*pair) < 3] == []


@pytest.mark.parametrize(("option", "wanted"), [("--light", LIGHT), ("--dark", DARK)])
def test_an_option_decides_over_the_desktop(qapp: QApplication, option: str, wanted: Shades) -> None:
    assert appearance.chosen(option) is wanted


def test_high_contrast_is_dark_where_the_desktop_is(qapp: QApplication) -> None:
    theme.wear(DARK)
    assert appearance.chosen("--high-contrast") is HIGH_DARK
    theme.wear(LIGHT)
    assert appearance.chosen("--high-contrast") is HIGH_LIGHT


def test_when_the_appearance_changes_coloured_words_follow(window: MainWindow) -> None:
    window.view.say("No.", "fail")
    said = next(label for label in window.view.findChildren(QLabel) if label.text() == "No.")
    theme.wear(DARK)
    assert said.palette().color(QPalette.ColorRole.WindowText).name() == shades.DARK.fail


def test_nothing_moves_by_itself(window: MainWindow) -> None:
    """Reduced motion is honoured by having none."""
    for top in windows(window):
        assert [one for one in top.findChildren(QAbstractAnimation) if one.state().name != "Stopped"] == []
        assert [bar for bar in top.findChildren(QProgressBar) if bar.minimum() == bar.maximum()] == []


def test_tab_goes_through_every_window_in_reading_order(window: MainWindow) -> None:
    for top in windows(window):
        order = in_focus_order(top)
        assert len(order) >= 3
        jumps = [
            (name(before), name(after))
            for before, after in pairwise(order)
            if below(before, after, top) and same_pane(before, after, top)
        ]
        assert jumps == [], top.windowTitle()


def in_focus_order(top: QWidget) -> list[QWidget]:
    found: list[QWidget] = []
    widget = top.nextInFocusChain()
    while widget is not None and widget is not top:
        takes_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        if takes_tab and widget.isVisibleTo(top) and widget.isEnabled() and widget.window() is top:
            found.append(widget)
        widget = widget.nextInFocusChain()
    first = min(
        found, key=lambda one: (one.mapTo(top, one.rect().center()).y() // 10, one.mapTo(top, QPoint(0, 0)).x())
    )
    return found[found.index(first) :] + found[: found.index(first)]  # it goes round in a circle


def below(before: QWidget, after: QWidget, top: QWidget) -> bool:
    """Whether the one that comes first stands wholly below the other."""
    return before.mapTo(top, QPoint(0, 0)).y() >= after.mapTo(top, QPoint(0, after.height())).y()


def same_pane(before: QWidget, after: QWidget, top: QWidget) -> bool:
    """Two panes beside each other are read one after the other."""
    gap = after.mapTo(top, QPoint(0, 0)).x() - before.mapTo(top, QPoint(before.width(), 0)).x()
    return gap < 0


def name(widget: QWidget) -> str:
    return widget.text() if isinstance(widget, QAbstractButton) else widget.accessibleName() or type(widget).__name__


def test_in_no_window_an_alt_key_reaches_two_things(window: MainWindow) -> None:
    for top in windows(window):
        keys: dict[str, list[str]] = {}
        menus = top.menuBar().actions() if isinstance(top, QMainWindow) else []
        shown = [one for one in top.findChildren(QWidget) if one.isVisibleTo(top) and one.window() is top]
        texts = [one.text() for one in shown if isinstance(one, QAbstractButton)]
        texts += [one.text() for one in shown if isinstance(one, QLabel) and one.buddy() is not None]
        for text in (*texts, *(menu.text() for menu in menus)):
            if key := QKeySequence.mnemonic(text).toString():
                keys.setdefault(key, []).append(text)
        assert [found for found in keys.values() if len(found) > 1] == [], top.windowTitle()
