from __future__ import annotations

import errno
import os
import re
import resource
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from mailsetup_gui.settings import replacing
from mailsetup_gui.trust import bundle, writers
from mailsetup_gui.trust.bundle import Addition, Format, encoded, plan, write
from mailsetup_gui.trust.contents import Contents, Entry, Kind, Unseen
from mailsetup_gui.trust.recognition import contents
from mailsetup_gui.trust.writers import BundleError
from mailsetup_gui.wording import truststores
from tests.cli.running import ROOT as CHECKOUT
from tests.cli.running import environment
from tests.trust.certificates import intermediate, leaf, root, stranger
from tests.trust.failing import Counter, watch
from tests.trust.refusing import refused

ROOT, BETWEEN, OTHER, LEAF = root().der, intermediate().der, stranger().der, leaf().der
OLD = writers.jks([Entry("old", ROOT)], 0)
NEW = encoded([Entry("old", ROOT), Entry("new", OTHER)], Format.JKS, None, 0)
BACKUP = re.compile(r"store\.\d{8}-\d{6}(-\d+)?\.bak")


def base(*entries: Entry, keys: int = 0) -> Contents:
    return Contents(Kind.JKS, entries, keys)


def test_the_base_comes_first_and_as_it_was() -> None:
    found = plan(base(Entry("b", ROOT), Entry("a ü", OTHER)), [Addition("new", LEAF)])

    assert found.entries == (Entry("b", ROOT), Entry("a ü", OTHER), Entry("new", LEAF))
    assert found.added == (Entry("new", LEAF),)


def test_what_is_there_already_is_said_by_its_name_and_not_added() -> None:
    found = plan(base(Entry("b", ROOT)), [Addition("x", ROOT), Addition("x", OTHER), Addition("y", OTHER)])

    assert found.present == (Entry("b", ROOT), Entry("x", OTHER))
    assert found.entries == (Entry("b", ROOT), Entry("x", OTHER))


def test_aliases_are_lower_case_ascii_and_never_twice() -> None:
    found = plan(base(Entry("Mail", ROOT), Entry("mail", OTHER)), [Addition("MAIL", BETWEEN), Addition("Ünï\n", LEAF)])

    assert [entry.alias for entry in found.entries] == ["mail", "mail-2", "mail-3", "n"]


def test_without_an_alias_the_fingerprint_is_one() -> None:
    found = plan(base(Entry("", ROOT)), [Addition("", OTHER)])

    assert re.fullmatch(r"certificate-[0-9a-f]{8} mail-[0-9a-f]{8}", " ".join(entry.alias for entry in found.entries))


def test_what_java_does_not_trust_in_the_base_is_left_out_and_said() -> None:
    unseen = Entry("X", OTHER, Unseen.UPPER_CASE_ALIAS)

    found = plan(base(Entry("b", ROOT), unseen), [])

    assert (found.entries, found.left_out) == ((Entry("b", ROOT),), (unseen,))


def test_a_base_with_keys_is_refused() -> None:
    with refused("holds private or secret keys"):
        plan(base(Entry("b", ROOT), keys=1), [])


@pytest.mark.parametrize("form", Format)
def test_nothing_is_not_a_truststore(form: Format) -> None:
    with refused("no certificate to write"):
        encoded([], form, None, 0)


def test_the_old_file_is_kept_and_the_new_one_readable_by_everyone(tmp_path: Path) -> None:
    (tmp_path / "store").write_bytes(OLD)
    mask = os.umask(0o077)
    try:
        written = write(str(tmp_path / "store"), NEW, Format.JKS)
        again = write(str(tmp_path / "store"), NEW, Format.JKS)
    finally:
        os.umask(mask)

    assert written.backup is not None
    assert again.backup is not None
    assert (Path(written.backup).read_bytes(), Path(again.backup).read_bytes()) == (OLD, NEW)
    assert (tmp_path / "store").read_bytes() == NEW
    assert stat.S_IMODE((tmp_path / "store").stat().st_mode) == 0o644
    assert len(list(tmp_path.iterdir())) == 3


def test_where_files_have_no_second_names_the_old_one_is_copied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "store").write_bytes(OLD)

    def no_links(*_: object, **_named: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    written = write(str(tmp_path / "store"), NEW, Format.JKS)

    assert written.backup is not None
    assert Path(written.backup).read_bytes() == OLD
    assert (tmp_path / "store").read_bytes() == NEW


def test_what_does_not_open_is_never_written(tmp_path: Path) -> None:
    with refused("does not open again"):
        write(str(tmp_path / "store"), NEW[:-1], Format.JKS)

    assert list(tmp_path.iterdir()) == []


def calls(folder: Path) -> list[str]:
    """Every call into the system that a write over an old file makes."""
    (folder / "store").write_bytes(OLD)
    counter = Counter(0, lambda: None)
    with pytest.MonkeyPatch.context() as patch:
        watch(counter, patch)
        write(str(folder / "store"), NEW, Format.JKS)
    return counter.seen


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EPERM], ids=errno.errorcode.get)
@pytest.mark.parametrize("exists", [True, False], ids=["over an old file", "where nothing was"])
def test_an_error_at_any_step_leaves_the_old_or_the_new_store_and_never_claims_more(
    number: int, exists: bool, tmp_path: Path
) -> None:
    (tmp_path / "probe").mkdir()
    steps = calls(tmp_path / "probe")
    assert {"open", "fdopen", "fchmod", "fsync", "link", "replace", "read"} <= set(steps)
    for step in range(1, len(steps) + 1):
        folder = tmp_path / f"{step}"
        folder.mkdir()
        if exists:
            (folder / "store").write_bytes(OLD)
        claimed, sentence = attempt(folder / "store", step, number)
        judge(folder, exists, claimed, sentence)


def attempt(target: Path, step: int, number: int) -> tuple[bool, str]:
    def fail() -> None:
        raise OSError(number, os.strerror(number))

    with pytest.MonkeyPatch.context() as patch:
        watch(Counter(step, fail), patch)
        try:
            bundle.write(str(target), NEW, Format.JKS)
        except BundleError as error:
            return False, truststores.refused(error)
    return True, ""


def judge(folder: Path, existed: bool, claimed: bool, sentence: str) -> None:
    target = folder / "store"
    now = target.read_bytes() if target.exists() else None
    others = [path for path in folder.iterdir() if path != target]
    assert all(BACKUP.fullmatch(path.name) and path.read_bytes() == OLD for path in others)
    if now == NEW:
        assert claimed or "could not confirm" in sentence
        assert len(others) == existed
    else:
        assert now == (OLD if existed else None)
        assert not claimed
        assert others == []
        assert re.search("is not written|cannot be looked at", sentence)


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_kill_at_any_step_leaves_the_old_or_the_new_store(when: str, tmp_path: Path) -> None:
    (tmp_path / "probe").mkdir()
    (tmp_path / "new").write_bytes(NEW)
    steps = [at for at, name in enumerate(calls(tmp_path / "probe"), 1) if name not in ("lstat", "stat")]
    command = [sys.executable, "-m", "tests.trust.failing"]
    running = {}
    for step in steps:
        target = tmp_path / str(step) / "store"
        target.parent.mkdir()
        target.write_bytes(OLD)
        words = [*command, str(step), when, str(target), str(tmp_path / "new")]
        running[target] = subprocess.Popen(words, cwd=CHECKOUT, env=environment(), stderr=subprocess.PIPE)
        if len(running) % 4 == 0:
            running[target].wait(60)
    for target, process in running.items():
        _, said = process.communicate(timeout=60)
        assert process.returncode == -9, said
        assert target.read_bytes() in (OLD, NEW)
        kept = [path.read_bytes() for path in target.parent.glob("*.bak")]
        assert target.read_bytes() == OLD or OLD in kept


def test_a_disk_that_fills_up_while_writing_leaves_the_old_store(tmp_path: Path) -> None:
    (tmp_path / "store").write_bytes(OLD)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(NEW) // 2, hard))
    try:
        with refused(r"store is not written: File too large\. The old file is as it was"):
            write(str(tmp_path / "store"), NEW, Format.JKS)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("store", OLD)]


def test_a_write_that_reads_back_differently_is_no_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "store").write_bytes(OLD)
    monkeypatch.setattr(Path, "read_bytes", lambda _: NEW[:-1])

    with refused("reads back differently"):
        write(str(tmp_path / "store"), NEW, Format.JKS)
    monkeypatch.undo()

    assert [path.read_bytes() for path in tmp_path.iterdir()] == [OLD]


def test_an_interrupt_leaves_no_temporary_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object, **_named: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", interrupt)
    (tmp_path / "store").write_bytes(OLD)
    with pytest.raises(KeyboardInterrupt):
        write(str(tmp_path / "store"), NEW, Format.JKS)

    assert [path.name for path in tmp_path.iterdir()] == ["store"]


def test_what_another_program_wrote_in_the_meantime_is_not_overwritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "store").write_bytes(OLD)
    theirs = writers.jks([Entry("theirs", LEAF)], 0)
    kept = replacing.written_beside

    def meanwhile(target: Path, octets: bytes, mode: int) -> str:
        temporary = kept(target, octets, mode)
        target.write_bytes(theirs)
        return temporary

    monkeypatch.setattr(replacing, "written_beside", meanwhile)
    with refused("another program has changed it"):
        write(str(tmp_path / "store"), NEW, Format.JKS)

    assert [path.read_bytes() for path in tmp_path.iterdir()] == [theirs]


def test_every_format_survives_the_disk(tmp_path: Path) -> None:
    entries = (Entry("a", ROOT), Entry("ü 中 \U0001f600", OTHER))
    for form, password in ((Format.JKS, None), (Format.PKCS12, None), (Format.PKCS12, "secret6"), (Format.PEM, None)):
        target = tmp_path / f"{form.value}-{password}"

        write(str(target), encoded(entries, form, password, 0), form, password)

        found = contents(target.read_bytes(), password).entries
        assert [entry.der for entry in found] == [ROOT, OTHER]
        assert form is Format.PEM or found == entries
