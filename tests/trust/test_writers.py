from __future__ import annotations

from pathlib import Path

import pytest

from mailsetup_gui.trust import writers
from mailsetup_gui.trust.contents import Entry
from mailsetup_gui.trust.der import BIT_STRING, INTEGER, SEQUENCE, encoded
from mailsetup_gui.trust.recognition import contents
from tests.trust.certificates import intermediate, root, stranger
from tests.trust.jvms import keytools, listed
from tests.trust.refusing import refused

STRANGE = "ümläut 中文 \U0001f600"
ENTRIES = (Entry("root", root().der), Entry("in between", intermediate().der), Entry(STRANGE, stranger().der))
SECRET = "secret6"

needs_java = pytest.mark.skipif(not keytools(), reason="no JVM below /usr/lib/jvm")
FORMS = {
    "JKS without a password": (writers.jks(ENTRIES, 0), None),
    "JKS with changeit": (writers.jks(ENTRIES, 0), "changeit"),
    "PKCS#12 without a password": (writers.pkcs12(ENTRIES), None),
    "PKCS#12 with changeit": (writers.pkcs12(ENTRIES), "changeit"),
    "PKCS#12 with any password": (writers.pkcs12(ENTRIES), "whatever"),
    "PKCS#12, encrypted": (writers.pkcs12_encrypted(ENTRIES, SECRET), SECRET),
}


@needs_java
@pytest.mark.parametrize("keytool", keytools(), ids=lambda path: path.parts[-3])
@pytest.mark.parametrize("form", FORMS)
def test_every_java_trusts_every_entry(form: str, keytool: Path, tmp_path: Path) -> None:
    octets, password = FORMS[form]
    (tmp_path / "store").write_bytes(octets)

    found = listed(keytool, tmp_path / "store", password)

    assert len(found.trusted) == len(ENTRIES), found.said
    assert {"root", "in between"} <= found.trusted
    assert STRANGE[:9] in found.said


@pytest.mark.parametrize("form", FORMS)
def test_what_is_written_is_read_back_octet_for_octet(form: str) -> None:
    octets, password = FORMS[form]

    assert contents(octets, password).entries == ENTRIES


def test_pem_has_every_certificate_with_its_alias_before_it() -> None:
    octets = writers.pem((*ENTRIES, Entry("evil\n-----BEGIN CERTIFICATE-----", root().der), Entry("", root().der)))

    assert [entry.der for entry in contents(octets).entries] == [entry.der for entry in ENTRIES] + [root().der] * 2
    assert octets.startswith(b"# root\n-----BEGIN CERTIFICATE-----\n")


def test_a_certificate_that_no_library_parses_passes_through() -> None:
    inside = encoded(INTEGER, b"\0") + encoded(SEQUENCE, b"") * 5
    entry = Entry(
        "odd", encoded(SEQUENCE, encoded(SEQUENCE, inside) + encoded(SEQUENCE, b"") + encoded(BIT_STRING, b"\0"))
    )

    for written, password in (
        (writers.jks([entry], 0), None),
        (writers.pkcs12([entry]), None),
        (writers.pkcs12_encrypted([entry], SECRET), SECRET),
    ):
        assert contents(written, password).entries == (entry,)


@pytest.mark.parametrize(
    ("password", "said"), [("pässword", "ASCII"), ("short", "at least 6 characters"), ("", "at least 6")]
)
def test_a_password_that_java_would_not_take_is_refused(password: str, said: str) -> None:
    with refused(said) as caught:
        writers.pkcs12_encrypted(ENTRIES, password)

    assert not password or password not in str(caught.value)
