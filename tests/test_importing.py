"""The Draft of an import, page by page, without a window."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from mailsetup_gui import importing
from mailsetup_gui.importing import Base, Comparison, Draft, Source, digits
from mailsetup_gui.java import runtimes
from mailsetup_gui.settings.server import Encryption, MailServer
from mailsetup_gui.smtp.waiting import Cancel
from mailsetup_gui.trust import truststore
from mailsetup_gui.trust.bundle import Format
from mailsetup_gui.trust.path import Anchors
from mailsetup_gui.wording import importing as words
from mailsetup_gui.wording.certificates import digest
from mailsetup_gui.wording.verdict import fingerprint
from tests.diagnosis.test_trusting import LEAF, MIDDLE, OTHER, ROOT
from tests.smtp.polite import Mode, polite
from tests.smtp.scripted import Scripted
from tests.trust.certificates import intermediate, leaf, root

DRAFT = Draft(MailServer("mail.example.test", 587), sent=(LEAF, MIDDLE, ROOT), anchors=Anchors((OTHER,)))
needs_java = pytest.mark.skipif(runtimes.default() is None, reason="no JVM")


@pytest.mark.parametrize(
    ("typed", "state"),
    [
        ("", Comparison.MISSING),
        (digest(ROOT), Comparison.EQUAL),
        (fingerprint(ROOT), Comparison.EQUAL),
        (f"SHA256 Fingerprint={':'.join(digest(ROOT)[i : i + 2] for i in range(0, 64, 2)).upper()}", Comparison.EQUAL),
        (f"sha-256: {digest(ROOT)}", Comparison.EQUAL),
        (digest(ROOT)[:20], Comparison.TOO_SHORT),
        (digest(LEAF), Comparison.DIFFERENT),
        (digest(ROOT)[:-1] + "x", Comparison.TOO_SHORT),
        ("ab" * 20, Comparison.SHA1),
        ("no", Comparison.MISSING),
    ],
    ids=["empty", "plain", "groups", "openssl", "labelled", "half", "another", "typo", "SHA-1", "words"],
)
def test_a_fingerprint_is_compared_however_it_is_written(typed: str, state: Comparison) -> None:
    assert DRAFT._replace(fingerprint=typed).comparison is state


def test_nobody_goes_on_without_comparing_or_saying_that_it_cannot_be() -> None:
    assert not DRAFT.may_go_on
    assert DRAFT._replace(fingerprint=digest(ROOT)).may_go_on
    assert DRAFT._replace(unchecked=True).may_go_on
    assert not DRAFT._replace(unchecked=True, fingerprint=digest(LEAF)).may_go_on


def test_digits_are_what_counts_of_a_fingerprint() -> None:
    assert digits("SHA256 Fingerprint=AB:cd 01") == "abcd01"


def test_a_server_that_java_trusts_already_needs_no_import() -> None:
    assert DRAFT._replace(anchors=Anchors((ROOT,))).already_trusted
    assert not DRAFT.already_trusted


def test_the_chosen_ca_is_added_under_a_telling_alias() -> None:
    [addition] = DRAFT.additions

    assert addition.der == ROOT
    assert addition.alias.startswith("mail-mail.example.test-root-")


def test_a_file_in_any_order_begins_with_the_servers_own(tmp_path: Path) -> None:
    path = tmp_path / "chain.pem"
    path.write_bytes(root().pem + intermediate().pem + leaf().pem)

    found = importing.read_source(Draft(source=Source.FILE, path=str(path)))

    assert found.sent[0] == leaf().der


def test_pasted_text_is_read() -> None:
    assert importing.read_source(Draft(source=Source.PASTE, pasted=root().pem.decode())).sent == (root().der,)


def test_a_base_of_public_cas_keeps_them_all() -> None:
    draft = importing.read_base(DRAFT._replace(base=Base.CERTIFI))

    plan = importing.expected_plan(draft)

    assert draft.base_contents is not None
    assert len(plan.entries) == len(draft.base_contents.trusted) + 1


@needs_java
@pytest.mark.parametrize("form", [Format.JKS, Format.PKCS12], ids=lambda form: form.value)
@pytest.mark.parametrize("mode", [Mode.STARTTLS, Mode.SMTPS], ids=str)
def test_a_jvm_proves_the_truststore_before_it_is_written(form: Format, mode: Mode, tmp_path: Path) -> None:
    encryption = Encryption.IMPLICIT_TLS if mode is Mode.SMTPS else Encryption.STARTTLS_REQUIRED
    with (
        Scripted(polite(mode), leaf().server_context(tmp_path, intermediate(), root())) as server,
        closing(Cancel()) as c,
    ):
        draft = importing.with_anchors(Draft(MailServer("127.0.0.1", server.port, encryption), form=form))
        draft = draft._replace(sent=(leaf().der, intermediate().der, root().der), out=str(tmp_path / "store"))
        draft = importing.read_base(draft)
        [tried] = importing.prove(draft, c.bell)
        before = sorted(tmp_path.iterdir())

    assert tried.proof.accepted is True
    assert draft.base_contents is not None
    assert (tried.lost, tried.kept) == (0, len({e.der for e in draft.base_contents.trusted}))
    assert tmp_path / "store" not in before
    assert any("proved in Java" in sentence for _, sentence in words.proof_lines(tried))


@needs_java
def test_a_jvm_refuses_a_truststore_with_the_wrong_ca(tmp_path: Path) -> None:
    with (
        Scripted(polite(Mode.SMTPS), leaf().server_context(tmp_path, intermediate())) as server,
        closing(Cancel()) as c,
    ):
        draft = importing.with_anchors(Draft(MailServer("127.0.0.1", server.port, Encryption.IMPLICIT_TLS)))
        [tried] = importing.prove(importing.read_base(draft._replace(sent=(OTHER,))), c.bell)

    assert tried.proof.accepted is False
    assert "unable to find valid certification path" in tried.proof.sentence


def test_what_is_written_is_read_back_and_told(tmp_path: Path) -> None:
    draft = DRAFT._replace(base=Base.NONE, out=str(tmp_path / "mail-cacerts"), unchecked=True)

    written = importing.write(draft)
    record = words.record(draft, importing.expected_plan(draft), None, written, "2026-11-25T16:00:00+00:00")

    assert [entry.der for entry in truststore.read(written.path).trusted] == [ROOT]
    assert f"-Djavax.net.ssl.trustStore={written.path}" in words.next_steps(draft, written)
    assert "NOT compared" in record
    assert fingerprint(ROOT) in record
