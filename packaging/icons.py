"""The program's icon in every form that a system asks for, from our drawings."""

from __future__ import annotations

import struct
from pathlib import Path

import dev
from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

HICOLOR = (16, 22, 24, 32, 48, 64, 128, 256, 512)
LARGE = dev.ROOT / "resources" / "mailsetup.svg"
DRAWINGS = dev.ROOT / "packaging" / "icons"
_SMALLEST_OF_LARGE = 32
"""Below this the large drawing is mush; icons/small.svg has fewer and wider lines."""
_WINDOWS = (16, 20, 24, 32, 40, 48, 64, 256)
_MAC = {b"ic07": 128, b"ic08": 256, b"ic09": 512, b"ic10": 1024, b"ic11": 32, b"ic12": 64, b"ic13": 256}


def png(size: int) -> bytes:
    drawing = LARGE if size >= _SMALLEST_OF_LARGE else DRAWINGS / "small.svg"
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(drawing)).render(painter)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not image.save(buffer, "PNG"):  # type: ignore[call-overload]  # it takes a device, but says bytes
        raise RuntimeError(f"{drawing.name} cannot be written as PNG")
    return bytes(buffer.data().data())


def ico() -> bytes:
    """Windows: a directory of PNGs, which Windows Vista and later read at every size."""
    images = [png(size) for size in _WINDOWS]
    head = struct.pack("<HHH", 0, 1, len(images))
    offset = len(head) + 16 * len(images)
    for size, image in zip(_WINDOWS, images, strict=True):
        head += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(image), offset)
        offset += len(image)
    return head + b"".join(images)


def icns() -> bytes:
    """macOS: named PNGs, each with its length; ic11 and ic12 are 16 and 32 points on a Retina screen."""
    body = b""
    for name, size in _MAC.items():
        image = png(size)
        body += name + struct.pack(">I", len(image) + 8) + image
    return b"icns" + struct.pack(">I", len(body) + 8) + body


def hicolor(folder: Path, name: str) -> None:
    """share/icons/hicolor: PNGs by size, the drawing itself, and the one-coloured one for panels."""
    for size in HICOLOR:
        _write(folder / f"{size}x{size}" / "apps" / f"{name}.png", png(size))
    _write(folder / "scalable" / "apps" / f"{name}.svg", LARGE.read_bytes())
    _write(folder / "symbolic" / "apps" / f"{name}-symbolic.svg", (DRAWINGS / "symbolic.svg").read_bytes())


def _write(path: Path, octets: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(octets)
