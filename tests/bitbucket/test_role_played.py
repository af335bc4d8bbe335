"""The role as ansible-playbook plays it on three hosts: a real JVM, TLS server, files. One story, told once."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from typing import NamedTuple

import pytest
from pytest_httpserver import HTTPServer

from mailsetup_gui.bitbucket.install import Installation, Kind, Store, way
from mailsetup_gui.smtp.sandbox import Sandbox
from mailsetup_gui.trust import bundle, truststore
from mailsetup_gui.trust.bundle import Addition, Format
from tests.bitbucket.nodes import Bitbucket, with_systemd
from tests.bitbucket.playing import HOSTS, Fleet, Played, playbook
from tests.trust.certificates import stranger

Tree = dict[str, tuple[int, bytes]]
ALL_AT_ONCE = {"mailsetup_serial": 3}
OTHERS = "[Service]\nEnvironment=JVM_SUPPORT_RECOMMENDED_ARGS='-Xlog:gc -Dx=50%%'\n"


class Told(NamedTuple):
    """What one run said, and the hosts' files before and after it."""

    played: Played
    before: Tree
    after: Tree


class Story(NamedTuple):
    fleet: Fleet
    rehearsed: Told
    first: Told
    second: Told
    untrusted: Told
    rehearsed_change: Told
    restarted: Told
    absent: Told
    asked: list[str]
    systemctl: list[str]


def store(*ders: bytes) -> bytes:
    plan = bundle.plan(None, [Addition("", der) for der in ders])
    return bundle.encoded(plan.entries, Format.JKS, None, 0)


def told(fleet: Fleet, *words: str, **variables: object) -> Told:
    before = fleet.tree()
    return Told(fleet.play(*words, **variables), before, fleet.tree())


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    folder = tmp_path_factory.mktemp("fleet")
    with Sandbox() as server, HTTPServer() as status:
        [authority] = truststore.read_octets(server.ca_pem).entries
        fleet = Fleet(folder, store(authority.der), server.starttls_port)
        log = with_systemd(fleet, "bb3", status)
        rehearsed = told(fleet, "--check", "--diff", **ALL_AT_ONCE)
        first, second = told(fleet, **ALL_AT_ONCE), told(fleet, **ALL_AT_ONCE)

        (folder / "untrusted.jks").write_bytes(store(stranger().der))
        fleet.hosts["bb1"]["mailsetup_truststore_source"] = str(folder / "untrusted.jks")
        untrusted = told(fleet)
        del fleet.hosts["bb1"]["mailsetup_truststore_source"]

        change = "-Dhttp.proxyHost=proxy"
        rehearsed_change = told(fleet, "--check", "--limit", "bb3", mailsetup_other_jvm_arguments=change)
        running = Bitbucket(fleet, "bb2", status)
        try:
            (fleet.drop_in("bb1").parent / "java.conf").write_text(OTHERS)
            fleet.hosts["bb3"]["mailsetup_other_jvm_arguments"] = change
            restarted = told(fleet, mailsetup_restart=True, **ALL_AT_ONCE)
            assert running.pid != running.first
        finally:
            running.stop()
        absent = told(fleet, mailsetup_state="absent", mailsetup_remove_truststore=True, **ALL_AT_ONCE)
        calls = log.read_text().splitlines()
        yield Story(
            fleet, rehearsed, first, second, untrusted, rehearsed_change, restarted, absent, running.asked, calls
        )


def test_a_rehearsal_on_fresh_hosts_proves_and_changes_nothing(story: Story) -> None:
    played, before, after = story.rehearsed

    assert played.code == 0, played.said
    assert after == before
    assert played.said.count("accepts localhost:") == 3
    assert all(played.changed.values())
    assert "JVM_SUPPORT_RECOMMENDED_ARGS=-Djavax.net.ssl.trustStore=" in played.said


def test_the_first_run_sets_every_host_up_and_restarts_none(story: Story) -> None:
    played, _before, after = story.first

    assert played.code == 0, played.said
    assert played.changed == dict.fromkeys(HOSTS, 3)
    for host in HOSTS:
        path = str(story.fleet.store(host))
        mode, octets = after[path]
        assert mode & 0o777 == 0o644
        assert octets == (story.fleet.project / "roles/mailsetup_truststore/files/mail-truststore").read_bytes()
        written = after[str(story.fleet.drop_in(host))][1].decode().splitlines()[1:]
        assert tuple(written) == way(Store(path), Kind.SYSTEMD, Installation()).lines


def test_the_temporary_folder_is_gone(story: Story) -> None:
    for run in (story.rehearsed, story.first, story.untrusted):
        assert not [path for path in run.after if "/tmp/mailsetup-" in path]


def test_a_second_run_changes_nothing(story: Story) -> None:
    played, before, after = story.second

    assert played.code == 0, played.said
    assert played.changed == dict.fromkeys(HOSTS, 0)
    assert after == before


def test_a_store_that_does_not_trust_the_server_fails_with_javas_reason_and_stops_the_rest(story: Story) -> None:
    played, before, after = story.untrusted

    assert played.code != 0
    assert played.failed == {"bb1": 1}
    assert "bb1: Java 17" in played.said
    assert "unable to find valid certification path to requested target" in " ".join(played.said.split())
    assert after == before


def test_a_rehearsed_change_is_reported_and_not_made(story: Story) -> None:
    played, before, after = story.rehearsed_change

    assert played.code == 0, played.said
    assert played.changed == {"bb3": 1}
    assert after == before


def test_arguments_that_stand_elsewhere_are_named_and_never_lost(story: Story) -> None:
    played, before, after = story.restarted

    assert played.failed["bb1"] == 1
    assert "java.conf gives it -Xlog:gc -Dx=50%: put what is to stay into" in " ".join(played.said.split())
    assert {path: one for path, one in after.items() if "/bb1/" in path} == {
        path: one for path, one in before.items() if "/bb1/" in path
    }


def test_a_node_whose_process_has_another_truststore_is_restarted_and_waited_for(story: Story) -> None:
    played = story.restarted.played

    assert played.failed["bb2"] == 0, played.said
    assert "Bitbucket on bb2 uses another truststore, or none" in " ".join(played.said.split())
    assert story.asked[:2] == ["STARTING", "RUNNING"]


def test_systemd_is_told_where_it_runs_and_only_a_wanted_restart_is_one(story: Story) -> None:
    assert story.restarted.played.failed["bb3"] == 0, story.restarted.played.said
    assert story.systemctl.count("daemon-reload") == 3
    assert [call for call in story.systemctl if call.startswith("restart")] == ["restart atlbitbucket"]
    assert '"JVM_SUPPORT_RECOMMENDED_ARGS=-Dhttp.proxyHost=proxy -Djavax.net.ssl.trustStore=' in (
        story.restarted.after[str(story.fleet.drop_in("bb3"))][1].decode()
    )


def test_absent_takes_everything_away_again(story: Story) -> None:
    played, _before, after = story.absent

    assert played.code == 0, played.said
    for host in HOSTS:
        assert str(story.fleet.drop_in(host)) not in after
        assert str(story.fleet.store(host)) not in after


def test_the_syntax_is_right_without_any_host(story: Story) -> None:
    done = subprocess.run(
        [playbook(), "--syntax-check", "-i", "inventory.yml", "site.yml"],
        cwd=story.fleet.project,
        env=story.fleet.environment(),
        capture_output=True,
        text=True,
    )

    assert done.returncode == 0, done.stderr
    assert "WARNING" not in done.stderr
