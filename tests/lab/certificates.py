"""The certificates of the lab's servers, right and wrong. Not a test."""

from __future__ import annotations

from pathlib import Path

from cryptography.x509.oid import ExtendedKeyUsageOID

from tests.smtp.scripted import AUTHORITY
from tests.trust.certificates import Issued, Wish, issue

SERVED = (
    "good",
    "self-signed",
    "expired",
    "not-yet",
    "wrong-host",
    "no-intermediate",
    "private",
    "client-only",
    "broken",
)
"""Names of the files: key, certificate, and what is sent along."""


def write_certificates(folder: Path) -> None:
    root = issue(Wish("Lab Root CA", is_ca=True, days=3650))
    between = issue(Wish("Lab Issuing CA", root, is_ca=True, days=1000))
    private = issue(Wish("Corp Root CA", is_ca=True, days=3650))
    names = ("localhost", "mail.example.test")

    def leaf(**wishes: object) -> Issued:
        return issue(Wish(**({"name": "mail.example.test", "issuer": between, "names": names} | wishes)))  # type: ignore[arg-type]  # by name

    chains: dict[str, tuple[Issued, ...]] = {
        "good": (leaf(), between),
        "self-signed": (leaf(issuer=None),),
        "expired": (leaf(days=-3, begins=-400), between),
        "not-yet": (leaf(begins=2), between),
        "wrong-host": (leaf(name="smtp.example.net", names=("smtp.example.net", "mx.example.net")), between),
        "no-intermediate": (leaf(),),
        "private": (leaf(issuer=private), private),
        "client-only": (leaf(usage=ExtendedKeyUsageOID.CLIENT_AUTH), between),
    }
    assert {*chains, "broken"} == {*SERVED}
    for name, (own, *others) in chains.items():
        (folder / f"{name}.pem").write_bytes(own.key_pem + own.pem + b"".join(one.pem for one in others))
    (folder / "broken.pem").write_bytes(leaf().key_pem + leaf().pem)  # a key that belongs to another certificate
    (folder / "root.crt").write_bytes(root.pem + AUTHORITY.cert_pem.bytes())  # and that of the scripted servers
