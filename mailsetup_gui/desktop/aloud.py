"""What a screen reader is told when something changes where the focus is not: steps, verdicts, news."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget


def announce(widget: QWidget, sentence: str) -> None:
    """Nothing where nobody listens, or there is nothing to say. Qt 6.8 and later."""
    if not sentence.strip():
        return
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent  # 5 ms, which no start has to pay

    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, sentence))
