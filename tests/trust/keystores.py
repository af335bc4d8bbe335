"""Truststores as others make them: Java's keytool, cryptography, and by hand where nobody would. Not a test."""

from __future__ import annotations

import hashlib
import shutil
import struct
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, NoEncryption, pkcs12

from mailsetup_gui.trust import decryption, writers
from mailsetup_gui.trust.contents import Entry
from tests.trust.certificates import Issued

PASSWORD = "changeit"
needs_keytool = pytest.mark.skipif(shutil.which("keytool") is None, reason="no keytool")


def keytool(*words: str) -> None:
    command = ["keytool", *words, "-storepass", PASSWORD, "-noprompt"]
    subprocess.run(command, check=True, capture_output=True, timeout=60)


def by_keytool(path: Path, kind: str, **entries: Issued) -> Path:
    """A truststore with one trusted certificate for each alias."""
    for alias, entry in entries.items():
        pem = path.with_suffix(f".{alias}.pem")
        pem.write_bytes(entry.pem)
        keytool("-importcert", "-keystore", str(path), "-storetype", kind, "-alias", alias, "-file", str(pem))
    return path


def pkcs12_store(entries: dict[str, Issued], password: str | None = PASSWORD) -> bytes:
    certificates = [pkcs12.PKCS12Certificate(one.certificate, alias.encode()) for alias, one in entries.items()]
    encryption = BestAvailableEncryption(password.encode()) if password is not None else NoEncryption()
    return pkcs12.serialize_java_truststore(certificates, encryption)


def asking_for(rounds: int, monkeypatch: pytest.MonkeyPatch) -> bytes:
    """An encrypted PKCS#12 that is whole but for its keys: those would take as many rounds to derive."""
    with monkeypatch.context() as patched:
        patched.setattr(writers, "ROUNDS", rounds)
        patched.setattr(hashlib, "pbkdf2_hmac", lambda *_: bytes(32))
        patched.setattr(decryption, "mac", lambda *_: bytes(32))
        return writers.pkcs12_encrypted([Entry("root", b"\x30\0")], PASSWORD)


def jks(entries: dict[str, bytes], password: str = PASSWORD, version: int = 2, count: int | None = None) -> bytes:
    """sun.security.provider.JavaKeyStore, written by hand."""
    body = struct.pack(">III", 0xFEEDFEED, version, len(entries) if count is None else count)
    for alias, der in entries.items():
        body += struct.pack(">I", 2) + _utf(alias) + bytes(8)
        body += (_utf("X.509") if version == 2 else b"") + struct.pack(">I", len(der)) + der
    return body + hashlib.sha1(password.encode("utf-16-be") + b"Mighty Aphrodite" + body).digest()  # noqa: S324  Java's


def _utf(text: str) -> bytes:
    return struct.pack(">H", len(text.encode())) + text.encode()
