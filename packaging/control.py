"""What dpkg is told: who needs what. The libraries are asked themselves, so that no dependency is guessed."""

from __future__ import annotations

import platform
import sys
from pathlib import Path

import parts
import qt

MAINTAINER = "mailsetup contributors <mailsetup@example.test>"
_FIRST = ["python3 (>= 3.11)", "python3-cffi-backend"]
PROVIDERS = {
    "ld-linux-aarch64.so.1": "libc6",
    "ld-linux-x86-64.so.2": "libc6",
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libX11.so.6": "libx11-6",
    "libbrotlicommon.so.1": "libbrotli1",
    "libbrotlidec.so.1": "libbrotli1",
    "libc.so.6": "libc6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libdl.so.2": "libc6",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libgcc_s.so.1": "libgcc-s1",
    "libglib-2.0.so.0": "libglib2.0-0t64 | libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libgthread-2.0.so.0": "libglib2.0-0t64 | libglib2.0-0",
    "libm.so.6": "libc6",
    "libpthread.so.0": "libc6",
    "libresolv.so.2": "libc6",
    "librt.so.1": "libc6",
    "libstdc++.so.6": "libstdc++6",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libz.so.1": "zlib1g",
    "libzstd.so.1": "libzstd1",
}
"""Library -> the package of Debian 12 and 13 that brings it; where the names differ, the newer one first."""
_TEXT = """\
Package: mailsetup
Version: {version}
Architecture: {architecture}
Maintainer: {maintainer}
Installed-Size: {size}
Depends: {depends}
Recommends: gnome-keyring | kwalletmanager | keepassxc
Suggests: default-jre-headless, libgtk-3-0t64 | libgtk-3-0
Section: net
Priority: optional
{home}Description: set up and prove the mail server of Bitbucket Data Center
 Bitbucket Data Center sends its notifications through a mail server, and when
 the settings are wrong that mail is dropped. mailsetup describes the mail
 server in Bitbucket's own words, sends a test mail as Bitbucket's Java would,
 shows every step, and names the one cause and what to do next.
 .
 It imports the server's certificate into a truststore and proves it in
 Bitbucket's own Java. There is a window (mailsetup-gui) and a command for
 terminals and scripts (mailsetup).
"""


def text(version: str, size: int, depends: list[str]) -> str:
    """`size` in KiB, as dpkg counts."""
    return _TEXT.format(
        home=f"Homepage: {parts.home_page()}\n",
        version=version,
        architecture=architecture(),
        maintainer=MAINTAINER,
        size=size,
        depends=", ".join(depends),
    )


def architecture() -> str:
    return {"x86_64": "amd64", "aarch64": "arm64"}.get(platform.machine(), platform.machine())


def depends(site: Path, c_library: str) -> list[str]:
    """Of every library in the package; one that nobody brings ends the build with its name."""
    packages = set()
    for library, soname in foreign(site):
        if soname not in PROVIDERS:
            sys.exit(f"{library.relative_to(site)} needs {soname}, and packaging/control.py knows no package for it.")
        packages.add(PROVIDERS[soname])
    return [*_FIRST, f"libc6 (>= {c_library})", *sorted(packages - {"libc6"})]


def foreign(site: Path) -> list[tuple[Path, str]]:
    """Library in the package, and what it needs that is not in the package."""
    libraries = [path for path in sorted(site.rglob("*.so*")) if path.name != qt.OPTIONAL]
    bundled = {path.name for path in libraries}
    return [(path, name) for path in libraries for name in qt.needs(path) if name not in bundled]
