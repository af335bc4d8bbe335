"""The shell scripts of the role: what they find of a service's settings, and of a process, by sh itself."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from mailsetup_gui import shipped

STORE = "-Djavax.net.ssl.trustStore=/var/m.jks"
SET = "Environment=JVM_SUPPORT_RECOMMENDED_ARGS="


def script(name: str, *words: str) -> list[str]:
    text = shipped.read(f"ansible/roles/mailsetup_truststore/files/{name}").decode()
    done = subprocess.run(["sh", "-c", text, "mailsetup", *words], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def others(folder: Path, arguments: str = STORE) -> str:
    etc, lib = folder / "etc", folder / "lib"
    ours = f"{etc}/bb.service.d/mailsetup-truststore.conf"
    return "\n".join(script("others.sh", "bb", ours, arguments, str(folder / "install"), str(etc), str(lib)))


def put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("lib/bb.service", f'[Service]\n{SET[:12]}"{SET[12:]}-Xa -Db=c%%d"\n', "gives it -Xa -Db=c%d: put"),
        ("etc/bb.service.d/a.conf", f"{SET}-Xa\n", "gives it -Xa: put"),
        ("lib/bb.service.d/z.conf", f"{SET}-Xa\n", 'sets it to "-Xa" and wins'),
        ("etc/bb.service.d/a.conf", "EnvironmentFile=-{folder}/env\n", 'env sets it to "-Xfile" and wins'),
        ("install/bin/_start-webapp.sh", 'JVM_SUPPORT_RECOMMENDED_ARGS="-Xs"\n', 'sets it to "-Xs" and wins'),
    ],
    ids=["unit", "earlier drop-in", "later drop-in", "environment file", "start script"],
)
def test_a_setting_that_would_be_lost_or_would_win_is_told(tmp_path: Path, name: str, text: str, said: str) -> None:
    put(tmp_path / "env", "# words\nJVM_SUPPORT_RECOMMENDED_ARGS='-Xfile'\n")
    put(tmp_path / name, text.replace("{folder}", str(tmp_path)))

    assert said in others(tmp_path)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("lib/bb.service", f"# {SET}-Xa\nEnvironment=OTHER=-Xb\n"),
        ("etc/bb.service.d/a.conf", f"{SET}-Xkept\n"),
        ("etc/bb.service.d/mailsetup-truststore.conf", f"{SET}-Xold\n"),
        ("etc/other.service", f"{SET}-Xa\n"),
        ("install/bin/_start-webapp.sh", '#JVM_SUPPORT_RECOMMENDED_ARGS="-Xs"\n'),
        ("install/bin/_start-webapp.sh", 'JVM_SUPPORT_RECOMMENDED_ARGS=""\n'),
    ],
    ids=["comment", "brought in", "our own", "another service", "comment in the script", "empty in the script"],
)
def test_what_loses_nothing_is_not_told(tmp_path: Path, name: str, text: str) -> None:
    put(tmp_path / name, text)

    assert others(tmp_path, f"-Xkept {STORE}") == ""


def test_a_unit_that_another_of_its_name_hides_does_not_count(tmp_path: Path) -> None:
    put(tmp_path / "etc/bb.service", "[Service]\n")
    put(tmp_path / "lib/bb.service", f"{SET}-Xhidden\n")

    assert others(tmp_path) == ""


def test_where_no_process_runs_the_newest_java_is_found(tmp_path: Path) -> None:
    for version in ("9.4.1", "10.0.0"):
        put(tmp_path / version / "jre/bin/java", "#!/bin/sh\n")
        (tmp_path / version / "jre/bin/java").chmod(0o755)
    put(tmp_path / "11.0.0/jre/bin/java", "not to be run")

    words = ("no such process anywhere", f"{tmp_path}/m.jks", "/", f"{tmp_path}/none")
    found = dict(line.split("=", 1) for line in script("running.sh", *words, f"{tmp_path}/*/jre"))

    assert found["java"] == f"{tmp_path}/10.0.0/jre/bin/java"
    assert found["pid"] == ""
    assert (found["store_folder"], found["drop_in_folder"], found["systemd"]) == ("yes", "yes", "no")
