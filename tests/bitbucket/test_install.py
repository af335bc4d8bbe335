"""What each kind of installation is told is what reaches Java there, and what cannot reach it is refused."""

from __future__ import annotations

import json
import subprocess

import pytest

from mailsetup_gui.bitbucket.install import Installation, Kind, Store, Trouble, fitting, systemd_quoted, unsayable, way

PATH = "/var/atlassian/mail-cacerts.jks"
ODD = '/var/it\'s "so" $HOME;`id`'.replace(" ", "") + "/a%b\\c*.jks"
WINDOWS = "C:\\Data\\mail-cacerts.jks"


def lines(kind: Kind, path: str = PATH, installation: Installation = Installation()) -> tuple[str, ...]:  # noqa: B008
    found = way(Store(path), kind, installation)
    assert found.unsayable is None
    return found.lines


def test_only_what_is_needed_is_an_argument() -> None:
    assert Store(PATH).arguments == (f"-Djavax.net.ssl.trustStore={PATH}",)
    assert Store(PATH, password=True).arguments[1:] == ("-Djavax.net.ssl.trustStorePassword=PASSWORD",)
    assert Store(PATH, type="JCEKS").arguments[1:] == ("-Djavax.net.ssl.trustStoreType=JCEKS",)


@pytest.mark.parametrize("path", [PATH, ODD], ids=["plain", "odd"])
@pytest.mark.parametrize("before", ["", "-Xmx1g -Dx=y"], ids=["nothing before", "arguments before"])
def test_a_shell_gives_java_the_path_and_what_was_there(path: str, before: str) -> None:
    [line] = lines(Kind.SCRIPT, path)
    words = f"{line}\nfor one in $JVM_SUPPORT_RECOMMENDED_ARGS; do printf '%s\\n' \"$one\"; done"

    said = subprocess.run(
        ["sh", "-c", words], env={"JVM_SUPPORT_RECOMMENDED_ARGS": before}, capture_output=True, text=True, check=True
    )

    assert said.stdout.splitlines() == [*before.split(), f"-Djavax.net.ssl.trustStore={path}"]


def test_docker_gets_the_file_and_the_argument() -> None:
    [line] = lines(Kind.DOCKER, ODD)
    words = line.replace("docker run", "printf '%s\\n'").replace(" ...", "")

    said = subprocess.run(["sh", "-c", words], capture_output=True, text=True, check=True).stdout.splitlines()

    assert said[1] == f"{ODD}:{ODD}:ro"
    assert said[3] == f"JVM_SUPPORT_RECOMMENDED_ARGS=-Djavax.net.ssl.trustStore={ODD}"


def test_systemd_reads_percent_quotes_and_backslashes_as_themselves() -> None:
    assert systemd_quoted('A=%h "\\') == '"A=%%h \\"\\\\"'
    assert lines(Kind.SYSTEMD)[1] == (f'Environment="JVM_SUPPORT_RECOMMENDED_ARGS=-Djavax.net.ssl.trustStore={PATH}"')


def test_a_service_of_another_name_has_its_own_folder() -> None:
    found = way(Store(PATH), Kind.SYSTEMD, Installation(service="bitbucket"))

    assert found.file == "/etc/systemd/system/bitbucket.service.d/mailsetup-truststore.conf"
    assert found.after == ("systemctl daemon-reload", "systemctl restart bitbucket")


def test_the_chart_gets_the_file_into_the_mesh_pods_too() -> None:
    found = lines(Kind.HELM, '/data/"quoted"/mail.jks')

    assert found.count("  - name: mail-truststore") == 1
    assert found.count("      - name: mail-truststore") == 1
    [argument] = [line.strip(" -") for line in found if "trustStore=" in line]
    assert json.loads(argument) == '-Djavax.net.ssl.trustStore=/data/"quoted"/mail.jks'


def test_procrun_does_not_part_what_stands_between_single_quotes() -> None:
    folder = Installation("C:\\Program Files\\Bitbucket\\")

    assert lines(Kind.WINDOWS_SERVICE, "C:\\a;b #c\\m.jks", folder) == (
        '"C:\\Program Files\\Bitbucket\\bin\\bserv64.exe" //US//AtlassianBitbucket '
        "++JvmOptions=\"-Djavax.net.ssl.trustStore='C:\\a;b #c\\m.jks'\"",
    )
    assert "'" not in lines(Kind.WINDOWS_SERVICE, WINDOWS)[0]


def test_a_batch_file_keeps_what_was_there_and_its_percent_signs() -> None:
    assert lines(Kind.WINDOWS_SCRIPT, "C:\\50%\\m.jks") == (
        'set "JVM_SUPPORT_RECOMMENDED_ARGS=%JVM_SUPPORT_RECOMMENDED_ARGS% -Djavax.net.ssl.trustStore=C:\\50%%\\m.jks"',
    )


@pytest.mark.parametrize(
    ("kind", "path", "trouble"),
    [
        (Kind.SYSTEMD, "/var/my store.jks", Trouble.BLANK),
        (Kind.SCRIPT, "/var/my store.jks", Trouble.BLANK),
        (Kind.DOCKER, "/var/my store.jks", Trouble.BLANK),
        (Kind.HELM, "/var/my store.jks", Trouble.BLANK),
        (Kind.WINDOWS_SCRIPT, "C:\\my store.jks", Trouble.BLANK),
        (Kind.SYSTEMD, "/var/a\nb.jks", Trouble.UNPRINTABLE),
        (Kind.WINDOWS_SERVICE, "C:\\a\u202e.jks", Trouble.UNPRINTABLE),
        (Kind.SYSTEMD, "store.jks", Trouble.RELATIVE),
        (Kind.SYSTEMD, WINDOWS, Trouble.OTHER_SYSTEM),
        (Kind.WINDOWS_SERVICE, PATH, Trouble.OTHER_SYSTEM),
        (Kind.DOCKER, "/var/a:b.jks", Trouble.CHARACTER),
        (Kind.HELM, "/var/a$b.jks", Trouble.CHARACTER),
        (Kind.WINDOWS_SERVICE, "C:\\it's.jks", Trouble.CHARACTER),
        (Kind.WINDOWS_SCRIPT, "C:\\a&b.jks", Trouble.CHARACTER),
    ],
)
def test_what_would_not_reach_java_is_refused(kind: Kind, path: str, trouble: Trouble) -> None:
    found = unsayable(kind, path)

    assert found is not None
    assert found.trouble is trouble
    assert way(Store(path), kind, Installation()).lines == ()


def test_the_kinds_that_fit_are_those_of_the_paths_system() -> None:
    assert fitting(PATH) == (Kind.SYSTEMD, Kind.SCRIPT, Kind.DOCKER, Kind.HELM)
    assert fitting(WINDOWS) == fitting("\\\\server\\share\\m.jks") == (Kind.WINDOWS_SERVICE, Kind.WINDOWS_SCRIPT)
