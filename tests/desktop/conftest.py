"""A window as the program opens it, which ends with the test."""

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent
from pytestqt.qtbot import QtBot

from mailsetup_gui.desktop.frame import Frame
from mailsetup_gui.desktop.main_window import MainWindow
from mailsetup_gui.desktop.workspace import Workspace

_EVERY = 20
"""Tests between two collections: one takes as long as a test."""
_since = [0]


@pytest.fixture(autouse=True)
def collect_in_this_thread() -> Iterator[None]:
    """Python's collector runs in whichever thread makes garbage; a window that it frees in a worker's ends Qt."""
    gc.disable()
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    _since[0] += 1
    if _since[0] >= _EVERY:
        gc.collect()
        _since[0] = 0
    gc.enable()


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    """Profiles are those of `tmp_path`."""
    frame = Frame(lambda frame: MainWindow(frame, Workspace(tmp_path)))
    frame.show()
    frame.fill()
    window = frame.content
    assert isinstance(window, MainWindow)
    qtbot.wait(1)
    yield window
    window.bench.close()
    shiboken6.delete(frame)
