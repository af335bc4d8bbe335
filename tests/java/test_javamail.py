"""JavaMail sends through a real Postfix with the truststore that mailsetup wrote, and no other argument."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from mailsetup_gui.java.runtimes import Runtime
from mailsetup_gui.trust import bundle, truststore
from mailsetup_gui.trust.bundle import Addition, Format
from tests.java.jvms import every
from tests.postfix import Postfix

JAVAMAIL = Path("/usr/share/java/javax.mail.jar")
SOURCE = Path(__file__).with_name("SendByTruststore.java")
PKIX = "PKIX path building failed"


@pytest.fixture(scope="module")
def classes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    javac = shutil.which("javac")
    if javac is None or not JAVAMAIL.exists():
        pytest.skip("no javac or no JavaMail")
    folder = tmp_path_factory.mktemp("classes")
    words = [javac, "--release", "11", "-cp", str(JAVAMAIL), "-d", str(folder), str(SOURCE)]
    subprocess.run(words, check=True, capture_output=True, timeout=60)
    return folder


def built(postfix: Postfix, form: Format, path: Path, base: str) -> Path:
    """That JVM's own certificates and the CA of this Postfix."""
    [ca] = truststore.read(str(postfix.ca_pem)).entries
    plan = bundle.plan(truststore.read(base), [Addition("mail-ca", ca.der)])
    bundle.write(str(path), bundle.encoded(plan.entries, form, None, 0), form)
    return path


def sent(java: str, classes: Path, postfix: Postfix, protocol: str, arguments: tuple[str, ...], folder: Path) -> str:
    """What JavaMail said; '' when the mail was taken."""
    (folder / "password").write_text(postfix.password)
    port = postfix.smtps_port if protocol == "smtps" else postfix.submission_port
    words = [protocol, "localhost", str(port), postfix.username, str(folder / "password")]
    command = [java, *arguments, "-cp", f"{classes}:{JAVAMAIL}", "SendByTruststore", *words]
    command += ["bitbucket@example.test", "you@example.test"]
    return subprocess.run(command, capture_output=True, encoding="utf-8", timeout=60, check=False).stderr


@pytest.mark.parametrize("runtime", [pytest.param(one, id=f"Java {one.version}") for one in every()])
@pytest.mark.parametrize("form", [Format.JKS, Format.PKCS12], ids=lambda form: form.value)
def test_javamail_sends_with_nothing_but_the_truststore(
    runtime: Runtime, form: Format, classes: Path, postfix: Postfix, tmp_path: Path
) -> None:
    store = built(postfix, form, tmp_path / "mail-cacerts", runtime.cacerts)
    arguments = (f"-Djavax.net.ssl.trustStore={store}",)

    said = [sent(runtime.java, classes, postfix, one, arguments, tmp_path) for one in ("smtp", "smtps")]

    assert said == ["", ""], "JavaMail throws unless the server took the message"


@pytest.mark.parametrize("protocol", ["smtp", "smtps"])
def test_without_it_javamail_says_what_administrators_know(
    protocol: str, classes: Path, postfix: Postfix, tmp_path: Path
) -> None:
    said = sent(every()[-1].java, classes, postfix, protocol, (), tmp_path)

    assert PKIX in said
