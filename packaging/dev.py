#!/usr/bin/env python3
"""Make the project's environment in .venv, then run, test or check the program in it.

    python3 packaging/dev.py run [ARGUMENT ...]     the program, tried out on its built-in mail server
    python3 packaging/dev.py test [ARGUMENT ...]    all tests, a process per core; arguments go to pytest in their place
    python3 packaging/dev.py check                  ruff, mypy and the import contracts
    python3 packaging/dev.py lock [ARGUMENT ...]    write packaging/requirements.lock anew; needs uv (lock --upgrade)

`run` opens the window where there is a display; otherwise it sends a test mail in the terminal. Arguments replace
that: if the first is an option (run --help) they go to the window, if it is a command word (run test --help) to the
terminal program.

Needs Python 3.11 and its standard library, and the network the first time only. On Debian and Ubuntu, missing system
packages are installed for root or by a sudo that asks no password; otherwise the command that installs them is told.
Only the program itself writes to standard output.
"""

from __future__ import annotations

import ctypes
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "packaging" / "requirements.lock"
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "mailsetup.stamp"
# On many cores no more than eight: every process starts mail servers and JVMs of its own.
ALL_TESTS = ["--numprocesses", "auto", "--maxprocesses", "8", "--no-loadscope-reorder", "--max-worker-restart", "0"]

# Debian and Ubuntu package -> the library of it that Qt loads. What these depend on brings the rest.
QT = {
    "libglib2.0-0": "libglib-2.0.so.0",
    "libgl1": "libGL.so.1",
    "libegl1": "libEGL.so.1",
    "libxkbcommon0": "libxkbcommon.so.0",
    "libdbus-1-3": "libdbus-1.so.3",
    "libfontconfig1": "libfontconfig.so.1",
}
X11 = {
    "libxcb-cursor0": "libxcb-cursor.so.0",
    "libxcb-icccm4": "libxcb-icccm.so.4",
    "libxcb-keysyms1": "libxcb-keysyms.so.1",
    "libxcb-shape0": "libxcb-shape.so.0",
    "libxkbcommon-x11-0": "libxkbcommon-x11.so.0",
}
WAYLAND = {"libwayland-cursor0": "libwayland-cursor.so.0", "libwayland-egl1": "libwayland-egl.so.1"}


def main(arguments: list[str]) -> int:
    if sys.version_info < (3, 11):  # noqa: UP036 -- it is there for the older ones
        sys.exit(
            f"mailsetup needs Python 3.11 or newer, but {sys.executable} is Python {sys.version.split()[0]}. "
            "Install a newer Python and start this file with it, for example: python3.11 packaging/dev.py run"
        )
    commands = {"run": run, "test": test, "check": check, "lock": lock}
    if not arguments or arguments[0] not in commands:
        print(__doc__, end="")
        return 0 if arguments in (["--help"], ["-h"]) else 2
    return commands[arguments[0]](arguments[2:] if arguments[1:2] == ["--"] else arguments[1:])


def run(arguments: list[str]) -> int:
    display = {name for name in ("DISPLAY", "WAYLAND_DISPLAY") if os.environ.get(name)}
    has_display = bool(display) or sys.platform in ("win32", "darwin")
    if arguments[0].startswith("-") if arguments else has_display:
        prepare({**QT, **(X11 if "DISPLAY" in display else {}), **(WAYLAND if "WAYLAND_DISPLAY" in display else {})})
        return become([str(PYTHON), "-m", "mailsetup_gui", *(arguments or ["--sandbox"])])
    prepare({})
    words = arguments or ["test", "--sandbox", "--to", "you@example.test"]
    return become([str(PYTHON), "-m", "mailsetup_gui.cli", *words])


def test(arguments: list[str]) -> int:
    prepare(QT)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.chdir(ROOT)
    return become([str(PYTHON), "-m", "pytest", *(arguments or ALL_TESTS)])


def check(_: list[str]) -> int:
    """Every check runs, so that one round shows all there is to mend; the first failure gives the exit code."""
    prepare({})
    failures = []
    for command in ("ruff check", "ruff format --check", "mypy", "lint-imports"):
        tell(command)
        name, *words = command.split()
        executable = shutil.which(name, path=PYTHON.parent) or name
        failures.append(subprocess.run([executable, *words], cwd=ROOT, check=False).returncode)
    return next((code for code in failures if code), 0)


def lock(arguments: list[str]) -> int:
    """The versions in the file that is there stay unless --upgrade is asked; no package host is written into it."""
    if shutil.which("uv") is None:
        sys.exit("uv is not on the PATH. Install it (pipx install uv), then run this again.")
    command = ["uv", "pip", "compile", "--universal", "--generate-hashes", "--no-header", "--no-annotate", "--quiet"]
    command += ["--group", "dev", "pyproject.toml", "--output-file", "packaging/requirements.lock", *arguments]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


def prepare(libraries: dict[str, str]) -> None:
    """Make the system libraries and .venv ready; when they are, this costs a few milliseconds and no network."""
    interpreter = Path(sys.executable).resolve()
    place = f"{ROOT} {interpreter} {sys.version_info[:2]}".encode()
    locked = hashlib.sha256(place + LOCK.read_bytes()).hexdigest()
    project = hashlib.sha256((ROOT / "pyproject.toml").read_bytes()).hexdigest()
    stamps = STAMP.read_text(encoding="ascii").split() if PYTHON.exists() and STAMP.exists() else []
    if sys.platform == "linux":
        provide(libraries, with_venv=stamps[:1] != [locked])
    if stamps[:1] != [locked]:
        make_venv(interpreter)
        STAMP.write_text(locked, encoding="ascii")
    if stamps != [locked, project]:
        pip("--no-deps", "--no-build-isolation", "--no-index", "--editable", str(ROOT))
        compile_ahead()
        STAMP.write_text(f"{locked}\n{project}\n", encoding="ascii")


def make_venv(interpreter: Path) -> None:
    tell(f"making {VENV} with the locked packages; they are fetched once, about 130 MB")
    STAMP.unlink(missing_ok=True)  # first of all: an interrupted run must not leave a stamp on half an environment
    must_succeed([str(interpreter), "-m", "venv", "--clear", str(VENV)])
    # Not compiled ahead: that takes longer than the rest, and Python compiles the few modules in use by itself.
    pip("--require-hashes", "--only-binary", ":all:", "--no-compile", "--requirement", str(LOCK))


def compile_ahead() -> None:
    """What the program itself loads: a test starts a third faster, also where Python is told to write no bytecode."""
    names = ("aiosmtpd", "cryptography", "email_validator", "idna", "keyring", "trustme")
    libraries = [str(path) for name in names for path in VENV.glob(f"[Ll]ib/**/site-packages/{name}")]
    must_succeed([str(PYTHON), "-m", "compileall", "-q", str(ROOT / "mailsetup_gui"), *libraries])


def pip(*words: str) -> None:
    must_succeed([str(PYTHON), "-I", "-m", "pip", "--quiet", "--disable-pip-version-check", "install", *words])


def provide(libraries: dict[str, str], *, with_venv: bool) -> None:
    """Install the system packages that are missing, or leave with the command that does."""
    packages = missing(libraries, with_venv=with_venv)
    if not packages:
        return
    if shutil.which("apt-get") is None:
        names = ", ".join(libraries.get(package, "Python's venv and ensurepip") for package in packages)
        sys.exit(f"This computer lacks: {names}. Install the packages that bring them, then run this again.")
    install = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    rights = administrator()
    if rights is None:
        sudo = "sudo " if shutil.which("sudo") else ""
        line = f"{sudo}apt-get update && {sudo}{' '.join(install)}"
        sys.exit(f"This computer lacks system packages. Run this{'' if sudo else ' as root'}, then try again:\n{line}")
    tell(f"installing system packages: {' '.join(packages)}")
    rights += ["env", "DEBIAN_FRONTEND=noninteractive"]
    subprocess.run([*rights, "apt-get", "update", "-qq"], check=False, stdout=sys.stderr)  # another source may fail
    must_succeed([*rights, *install, "-qq"])
    if still := missing(libraries, with_venv=with_venv):
        sys.exit(f"{sys.executable} still cannot load what these packages bring: {' '.join(still)}.")


def missing(libraries: dict[str, str], *, with_venv: bool) -> list[str]:
    """The Debian and Ubuntu names of the packages that are not there."""
    packages = []
    for package, library in libraries.items():
        try:
            ctypes.CDLL(library)
        except OSError:
            packages.append(package)
    importlib.invalidate_caches()
    if with_venv and importlib.util.find_spec("ensurepip") is None:
        packages.append(f"python3.{sys.version_info[1]}-venv")
    return packages


def administrator() -> list[str] | None:
    """What goes before a command so that it runs as root; None where a password would be asked."""
    if sys.platform != "win32" and os.geteuid() == 0:
        return []
    sudo = ["sudo", "-n"]
    is_free = shutil.which("sudo") and subprocess.run([*sudo, "true"], check=False, capture_output=True).returncode == 0
    return sudo if is_free else None


def must_succeed(command: list[str]) -> None:
    if code := subprocess.run(command, check=False, stdout=sys.stderr).returncode:
        sys.exit(f"This command failed with exit code {code}: {' '.join(command)}")


def become(command: list[str]) -> int:
    """Run the command in place of this process; its exit code and the signals sent to it are its own."""
    if sys.platform == "win32":  # there, execv returns to the shell before the program ends
        return subprocess.run(command, check=False).returncode
    return os.execv(command[0], command)


def tell(text: str) -> None:
    print(f"dev.py: {text}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
