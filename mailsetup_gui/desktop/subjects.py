"""Which help topic (wording.help) a field is about: a property of it, so that no start loads the texts."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QWidget

_SUBJECT = "subject"


def is_about(topic: str, *widgets: QWidget) -> None:
    for widget in widgets:
        widget.setProperty(_SUBJECT, topic)


def subject_of(widget: QWidget) -> str:
    """'' where it has none of its own."""
    return str(widget.property(_SUBJECT) or "")


def subjects(window: QWidget) -> Iterator[QWidget]:
    """Every widget of the window that is about something, itself included."""
    for widget in (window, *window.findChildren(QWidget)):
        if subject_of(widget):
            yield widget
