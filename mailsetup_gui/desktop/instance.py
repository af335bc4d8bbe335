"""One running program per person, screen and profile folder: a second start hands its words over and ends."""

from __future__ import annotations

import os
import sys
import time
import zlib
from typing import TYPE_CHECKING

from PySide6.QtCore import QLockFile, QObject, Signal

from mailsetup_gui.settings import state

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer, QLocalSocket

_PATIENCE = 3.0
"""Seconds for the first program to answer: one that began this moment is still filling its window."""
_LONGEST = 65_536
"""Octets of words."""
_TAKEN = b"taken\n"
_TOKEN = "XDG_ACTIVATION_TOKEN"  # noqa: S105  the name of a variable
"""Wayland lets a window come to the front only for whoever holds the launcher's token."""
_SCREEN = ("WAYLAND_DISPLAY", "DISPLAY", "QT_QPA_PLATFORM")


class Instance(QObject):
    """`is_first`; then either `listen()` and `started`, or `handed_over(words)`. Only this person can talk to it."""

    started = Signal(object, str)
    """(the words of another start, the folder that its relative paths are of)"""

    def __init__(self, config_dir: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        place = os.environ.get("XDG_RUNTIME_DIR", "")
        if not os.path.isdir(place):
            place = state.folder()
        name = f"mailsetup-{_key(config_dir)}"
        self._name = name if sys.platform == "win32" else os.path.join(place, name)  # a pipe there, a socket here
        self._server: QLocalServer | None = None
        try:
            state.make(place)
        except OSError:  # nowhere to lock: each start is a program of its own
            pass
        self._lock = QLockFile(os.path.join(place, f"{name}.lock"))
        self._lock.setStaleLockTime(0)  # stale when its process is gone, however old it is
        self.is_first = self._lock.tryLock(0) or self._lock.error() is not QLockFile.LockError.LockFailedError

    def listen(self) -> None:
        """Called once the window stands: the first paint waits for no network module."""
        from PySide6.QtNetwork import QLocalServer

        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._heard)
        QLocalServer.removeServer(self._name)  # of a program that was killed: the lock is ours
        self._server.listen(self._name)

    def handed_over(self, words: list[str], folder: str) -> bool:
        """Whether the first program took them; a hung one does not, and then this one has to serve."""
        import json

        from PySide6.QtNetwork import QLocalSocket

        told = {"words": words, "folder": folder, "token": os.environ.get(_TOKEN, "")}
        deadline = time.monotonic() + _PATIENCE
        while time.monotonic() < deadline:
            socket = QLocalSocket()
            socket.connectToServer(self._name)
            if socket.waitForConnected(200):
                socket.write(json.dumps(told).encode() + b"\n")
                return socket.waitForReadyRead(int(_PATIENCE * 1000)) and socket.readAll().data() == _TAKEN
            if self._lock.tryLock(50):  # the first one has just ended
                self.is_first = True
                return False
        return False

    def close(self) -> None:
        if self._server is not None:
            self._server.close()
        self._lock.unlock()

    def _heard(self) -> None:
        assert self._server is not None  # noqa: S101 -- its own signal
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.disconnected.connect(socket.deleteLater)
            socket.readyRead.connect(self._read)

    def _read(self) -> None:
        from PySide6.QtNetwork import QLocalSocket

        socket = self.sender()
        if not isinstance(socket, QLocalSocket):
            return
        if not socket.canReadLine():
            if socket.bytesAvailable() > _LONGEST:
                socket.abort()
            return
        self._take(socket, bytes(socket.readLine(_LONGEST).data()))

    def _take(self, socket: QLocalSocket, line: bytes) -> None:
        import json

        try:
            told = json.loads(line)
            words, folder, token = told["words"], told["folder"], told["token"]
        except (ValueError, KeyError, TypeError, RecursionError):
            socket.abort()
            return
        if not isinstance(words, list) or not all(isinstance(word, str) for word in (*words, folder, token)):
            socket.abort()
            return
        if token:
            os.environ[_TOKEN] = token
        socket.write(_TAKEN)
        socket.flush()
        socket.disconnectFromServer()
        self.started.emit(words, folder)


def _key(config_dir: str) -> str:
    """Another screen is another program: a window there is one that nobody at this one would see."""
    screen = "\n".join(os.environ.get(name, "") for name in _SCREEN)
    host = os.uname().nodename if hasattr(os, "uname") else ""
    where = os.path.realpath(config_dir) if config_dir else os.environ.get("MAILSETUP_CONFIG_DIR", "")
    text = f"{state.folder()}\n{where}\n{host}\n{screen}".encode(errors="surrogateescape")
    return f"{zlib.crc32(text):08x}"  # hashlib would load OpenSSL
