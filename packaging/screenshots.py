"""Pictures of every window and state: screenshots.py FOLDER makes them light, dark and with high contrast, in
FOLDER/100 and, twice as large, in FOLDER/200. LANGUAGE=de makes them in German.

Real tests against the built-in server and a scripted one make the states; nothing is drawn by hand.
"""

from __future__ import annotations

import gc
import os
import socket
import ssl
import subprocess
import sys
import tempfile
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, Protocol

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import trustme
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QMainWindow, QPlainTextEdit, QWidget
from scenery import private_server, settle, small_bitbucket, until

from mailsetup_gui import trial
from mailsetup_gui.desktop import questions, shades, speaking, theme
from mailsetup_gui.desktop.main_window import MainWindow
from mailsetup_gui.desktop.test_dialog import TestDialog
from mailsetup_gui.desktop.workspace import SANDBOX_ID, Draft, Workspace
from mailsetup_gui.settings import state
from mailsetup_gui.settings.profiles import Home, Profile
from mailsetup_gui.settings.server import Encryption, MailServer
from mailsetup_gui.smtp.sandbox import PASSWORD, Sandbox

_SCALES = {"100": "1", "200": "2"}
_APPEARANCES = {
    "light": shades.LIGHT,
    "dark": shades.DARK,
    "high-light": shades.HIGH_LIGHT,
    "high-dark": shades.HIGH_DARK,
}


def main(words: list[str]) -> int:
    if len(words) == 1:  # Qt takes its scale from the environment, once: a process for each
        commands = ([sys.executable, __file__, words[0], scale] for scale in _SCALES)
        return max(subprocess.run(command, check=False).returncode for command in commands)
    folder = Path(words[0], words[1])
    folder.mkdir(parents=True, exist_ok=True)
    os.environ["QT_SCALE_FACTOR"] = _SCALES[words[1]]
    application = QApplication([])
    application.setApplicationName("mailsetup")
    speaking.translate_qt()
    for name, worn in _APPEARANCES.items():
        theme.wear(worn)
        with tempfile.TemporaryDirectory() as config:
            os.environ["MAILSETUP_STATE_DIR"] = f"{config}/state"
            show(_Camera(folder, name), Path(config))
        gc.collect()  # the windows end here, and not in the thread of the next one's worker
    return 0


class Camera(Protocol):
    """What is done with each state: a picture here, a walk through its words in tests/desktop/walking.py."""

    def __call__(self, state: str, widget: QWidget) -> None: ...


class _Camera(NamedTuple):
    folder: Path
    appearance: str

    def __call__(self, state: str, widget: QWidget) -> None:
        path = self.folder / f"{state}-{self.appearance}.png"
        settle(50)
        widget.grab().save(str(path))
        print(path)


def show(take: Camera, config: Path) -> None:
    """Every window and state, one after the other."""
    frame = QMainWindow()
    frame.resize(940, 800)
    window = MainWindow(frame, Workspace(config / "profiles"))
    frame.show()
    settle(300)
    take("main-empty", frame)
    window.send_test()
    settle(100)
    take("main-problems", frame)
    _provider(window, frame, take)
    window.try_sandbox()
    until(lambda: window.view.form.read().profile.id == SANDBOX_ID)
    settle(200)
    dialog = window.send_test()
    if dialog is None:
        raise RuntimeError("the settings of the built-in server are refused")
    settle(100)
    take("test-ready", dialog)
    _run(dialog)
    take("test-accepted", dialog)
    take("main-accepted", frame)
    window.show_inbox()
    settle(100)
    take("inbox", frame.findChildren(QWidget, "inbox")[0])
    _explained(window, take)
    _imported_settings(window, take)
    _exported_settings(window, take)
    _refused(window, dialog, take)
    _changed(dialog, take, config)
    _import(window, take, config)
    _bitbucket(window, take)
    _questions(window, frame, take)
    window.bench.close()
    frame.close()


def _provider(window: MainWindow, frame: QMainWindow, take: Camera) -> None:
    """A provider that is chosen, with the longest habit, and one whose host wants a region."""
    profile = window.view.form.read().profile
    for name, host in (("microsoft365", "smtp.office365.com"), ("region", "email-smtp.eu-west-1.amazonaws.com")):
        server = MailServer(host, 587, Encryption.STARTTLS_REQUIRED, "bitbucket@example.com", "bitbucket@example.com")
        window.view.form.show_draft(Draft(profile._replace(server=server)))
        window.view.form.changed.emit()
        settle(100)
        take(f"main-provider-{name}", frame)
    window.view.form.show_draft(Draft(profile))
    window.view.form.changed.emit()


_TRACE = """\
2026-01-02 10:00:00,123 ERROR [http-nio-7990-exec-9] admin @1J0ZV3Vx600x1 bitbucket.mail-log Sending mail failed.
org.springframework.mail.MailSendException: Mail server connection failed; nested exception is \
javax.mail.MessagingException: Could not convert socket to TLS;
  nested exception is:
\tjavax.net.ssl.SSLHandshakeException: (certificate_unknown) PKIX path building failed: \
sun.security.provider.certpath.SunCertPathBuilderException: unable to find valid certification path to requested target
\tat com.sun.mail.smtp.SMTPTransport.startTLS(SMTPTransport.java:2140)
"""


_CURL = "curl smtp://mail.example.com:587 --ssl-reqd --user bitbucket:secret --mail-from git@example.com -T mail.txt"


def _explained(window: MainWindow, take: Camera) -> None:
    """Nothing yet, a stack trace, a reply, and what nobody knows."""
    dialog = window.bench.explain()
    text = dialog.findChildren(QPlainTextEdit)[0]
    take("explain-empty", dialog)
    for name, pasted in (
        ("trace", _TRACE),
        ("reply", "550 5.7.1 <you@example.org>: Relay access denied"),
        ("unknown", "something else"),
    ):
        text.setPlainText(pasted)
        settle(500)
        take(f"explain-{name}", dialog)
    dialog.close()


def _imported_settings(window: MainWindow, take: Camera) -> None:
    """Nothing yet, a command line with a password, and what is nothing."""
    dialog = window.bench.import_settings()
    take("settings-empty", dialog)
    for name, pasted in (("curl", _CURL), ("unknown", "something else")):
        dialog.text.setPlainText(pasted)
        settle(500)
        take(f"settings-{name}", dialog)
    dialog.close()


def _exported_settings(window: MainWindow, take: Camera) -> None:
    """A file of ours, a script with notes, and a form that has to be mended first."""
    profile = window.desk.read().profile
    for name, shown in (("toml", profile), ("curl", profile), ("jira", profile._replace(server=MailServer("")))):
        dialog = window.bench.export_settings(shown)
        dialog.choose(name)
        take(f"export-{name}", dialog)
    window.bench.export_settings(profile).close()


def _refused(window: MainWindow, dialog: TestDialog, take: Camera) -> None:
    """A server that never speaks, while it runs and after Cancel; and a port where nobody listens."""
    draft = window.view.form.read()
    with socket.create_server(("127.0.0.1", 0)) as silent:
        server = MailServer(
            "127.0.0.1",
            silent.getsockname()[1],
            Encryption.STARTTLS_IF_OFFERED,
            "bitbucket",
            draft.profile.server.sender,
        )
        dialog.show_draft(
            draft._replace(profile=draft.profile._replace(id="x", server=server, recipient="ops@example.test"))
        )
        dialog.start()
        settle(400)
        take("test-running", dialog)
        dialog.stop()
        until(lambda: not dialog.running)
        take("test-cancelled", dialog)
    _run(dialog)
    take("test-refused", dialog)
    dialog.show_draft(
        draft._replace(
            profile=draft.profile._replace(
                truststore="/etc/ssl/certs/ca-certificates.crt", recipient="ops@example.test"
            )
        )
    )
    _run(dialog)
    take("test-untrusted", dialog)


def _changed(dialog: TestDialog, take: Camera, folder: Path) -> None:
    """A profile that worked, until the server's certificate and the truststore became others."""
    store = folder / "mail-cacerts.pem"
    with Sandbox() as sandbox:
        store.write_bytes(sandbox.ca_pem)
        server = trial.sandbox_server(sandbox)
        profile = Profile("production", "Production", server, str(store), "ops@example.test")
        dialog.show_draft(Draft(profile, PASSWORD), saved=profile)
        _run(dialog)
        former = trustme.CA(organization_name="Example Corp", key_type=trustme.KeyType.RSA)
        leaf = former.issue_cert("127.0.0.1", key_type=trustme.KeyType.RSA)
        der = ssl.PEM_cert_to_DER_cert(leaf.cert_chain_pems[0].bytes().decode())
        known = state.baseline(profile.id).table or {}
        state.keep_baseline(
            profile.id, {**known, "chain": [b64encode(der).decode()], "when": "2026-11-18T09:12:00+01:00"}
        )
        former.cert_pem.write_to_path(str(store))
        dialog.show_draft(Draft(profile, PASSWORD), saved=profile)
        settle(100)
        _run(dialog)
        take("test-changed", dialog)


def _import(window: MainWindow, take: Camera, folder: Path) -> None:
    """Every page of the import from a server with a private root and an intermediate."""
    with private_server() as port:
        server = MailServer("127.0.0.1", port, Encryption.IMPLICIT_TLS)
        wizard = window.bench.import_certificate(server)
        wizard.draft = wizard.draft._replace(out=str(folder / "mail-cacerts.jks"))
        settle(200)
        take("import-1-source", wizard)
        wizard.next()
        until(wizard.sent.isComplete)
        take("import-2-sent", wizard)
        wizard.next()
        take("import-3-choice", wizard)
        wizard.choice.fingerprint.setText("85:67:39:6D:2C:00:A0:83")
        take("import-3-other-fingerprint", wizard)
        wizard.choice.unchecked.setChecked(True)
        wizard.next()
        take("import-4-build", wizard)
        wizard.next()
        until(wizard.proof.isComplete)
        take("import-5-proof", wizard)
        wizard.next()
        until(lambda: wizard.currentPage() is wizard.done_page)
        take("import-6-done", wizard)
        wizard.done_page.role.write(str(folder / "role"))
        until(wizard.done_page.role.button.isEnabled)
        take("import-7-role", wizard)
        wizard.close()


def _bitbucket(window: MainWindow, take: Camera) -> None:
    """Apply, from the empty fields to what was saved, a wrong password, and Read."""
    server = MailServer("mail.example.test", 587, Encryption.STARTTLS_REQUIRED, "bitbucket", "noreply@example.test")
    with small_bitbucket() as url:
        dialog = window.bench.apply(Draft(Profile("x", "Production", server), "secret"))
        take("apply-empty", dialog)
        dialog.show_draft(Draft(Profile("x", "Production", server, bitbucket=Home(url, "admin")), "secret"))
        dialog.read()
        settle(50)
        take("apply-no-password", dialog)
        secret = next(line for line in dialog.sign_in.findChildren(QLineEdit) if line.echoMode() is _HIDDEN)
        secret.setText("wrong")
        dialog.read()
        until(lambda: dialog.is_idle)
        take("apply-wrong-password", dialog)
        secret.setText("secret")
        dialog.read()
        until(lambda: dialog.is_idle)
        take("apply-read", dialog)
        dialog.sign_in.trust("/etc/ssl/example-corp-ca.pem")
        dialog.sign_in.offer_import(offered=True)
        take("apply-edited", dialog)
        dialog.sign_in.trust("")
        dialog.read()
        until(lambda: dialog.is_idle)
        dialog.save()
        until(lambda: dialog.is_idle)
        take("apply-saved", dialog)
        dialog.show_draft(None)
        dialog.read()
        until(lambda: dialog.is_idle)
        take("read-read", dialog)
        dialog.close()


def _questions(window: MainWindow, frame: QMainWindow, take: Camera) -> None:
    """The help, what is asked before something is lost, and the box about the program."""
    window.bench.show_help(frame)
    settle(100)
    take("help", frame.findChildren(QWidget, "help")[0])
    asked: dict[str, Callable[[], object]] = {
        "question-remove": lambda: questions.may_remove(frame, "Production"),
        "question-discard": lambda: questions.may_discard(frame, ["Production", "Staging"]),
        "question-rename": lambda: questions.new_name(frame, "Production"),
        "about": lambda: questions.tell_about(frame),
    }
    for name, ask in asked.items():
        QTimer.singleShot(50, frame, lambda name=name: _answered(take, name))
        ask()
        until(lambda: QApplication.activeModalWidget() is None)


def _answered(take: Camera, name: str) -> None:
    box = QApplication.activeModalWidget()
    if isinstance(box, QDialog):
        take(name, box)
        box.reject()


_HIDDEN = QLineEdit.EchoMode.Password


def _run(dialog: TestDialog) -> None:
    dialog.start()
    until(lambda: not dialog.running)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
