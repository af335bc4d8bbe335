"""What mailsetup does with a server and settings, held against what JavaMail does: accepted, encrypted, signed in."""

from __future__ import annotations

import shutil
import ssl
import subprocess
from collections.abc import Callable, Iterator
from functools import cache
from itertools import product
from pathlib import Path
from typing import NamedTuple, Self

import pytest
import trustme

from mailsetup_gui.diagnosis.causes import Cause
from mailsetup_gui.diagnosis.explaining import explained
from mailsetup_gui.settings.server import Encryption, MailServer
from mailsetup_gui.smtp.events import Result
from mailsetup_gui.trial import Request
from tests.java.jvms import needed
from tests.java.peer import Peer, Served
from tests.smtp.polite import PASSWORD, USERNAME
from tests.smtp.scripted import AUTHORITY, HOST, Scripted, server_context
from tests.smtp.trying import RECIPIENT, SENDER, attempt, ca_file

JAVAMAIL = Path("/usr/share/java/javax.mail.jar")
IF_OFFERED, ALWAYS, SMTPS, NEVER = (
    Encryption.STARTTLS_IF_OFFERED,
    Encryption.STARTTLS_REQUIRED,
    Encryption.IMPLICIT_TLS,
    Encryption.NONE,
)


class Case(NamedTuple):
    name: str
    peer: Peer
    encryption: Encryption
    username: str = USERNAME
    password: str = PASSWORD

    def __str__(self) -> str:
        return f"{self.name}, {self.encryption.value}, {'signed' if self.username else 'anonymous'}"


def context(*names: str, **changes: object) -> ssl.SSLContext:
    """A context of its own, with attributes changed; `ciphers` is set by its method."""
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority = trustme.CA() if changes.pop("stranger", False) else AUTHORITY
    authority.issue_cert(*(names or ("localhost", HOST))).configure_cert(made)
    if ciphers := changes.pop("ciphers", None):
        made.set_ciphers(str(ciphers))
    for name, value in changes.items():
        setattr(made, name, value)
    return made


V12 = ssl.TLSVersion.TLSv1_2
MODES = (IF_OFFERED, ALWAYS, NEVER)
SIGNS = (USERNAME, "")


@cache
def cases() -> tuple[Case, ...]:
    both = b"AUTH LOGIN PLAIN"
    found = [
        *(Case("all is well", Peer(), mode, who) for mode, who in product(MODES, SIGNS)),
        *(Case("sign-in in clear too", Peer(auth=both), mode, who) for mode, who in product(MODES, SIGNS)),
        *(Case("no TLS", Peer(starttls=False, auth=both), mode, who) for mode, who in product(MODES, SIGNS)),
        *(Case("neither TLS nor sign-in", Peer(starttls=False), mode) for mode in MODES),
        *(Case("TLS is wanted", Peer(needs_tls=True, auth=both), mode, who) for mode, who in product(MODES, SIGNS)),
        *(Case("sign-in is wanted", Peer(needs_sign_in=True), mode, who) for mode, who in product(MODES, SIGNS)),
        *(Case("STARTTLS refused", Peer(starttls_reply=b"454 4.7.0 not now"), mode, "") for mode in MODES),
        *(Case("SMTPS", Peer(implicit=True), SMTPS, who) for who in SIGNS),
        *(Case("SMTPS without sign-in", Peer(implicit=True, auth_inside=b""), SMTPS, who) for who in SIGNS),
        *(Case("a CA nobody trusts", Peer(context=context(stranger=True)), mode, "") for mode in MODES),
        Case("SMTPS of a CA nobody trusts", Peer(implicit=True, context=context(stranger=True)), SMTPS, ""),
        Case("another name", Peer(context=context("other.example.test")), ALWAYS),
        Case("TLS 1.2", Peer(context=context(maximum_version=V12)), ALWAYS),
        Case("RSA key exchange", Peer(context=context(maximum_version=V12, ciphers="kRSA+AES")), ALWAYS),
        Case("Camellia only", Peer(context=context(maximum_version=V12, ciphers="ECDHE+CAMELLIA")), ALWAYS),
        Case("CCM only", Peer(context=context(maximum_version=V12, ciphers="ECDHE-RSA+AESCCM:DHE+AESCCM")), ALWAYS),
        Case("DHE only", Peer(context=context(maximum_version=V12, ciphers="DHE+AES")), ALWAYS),
        Case("CBC only", Peer(context=context(maximum_version=V12, ciphers="ECDHE+AES+SHA1")), ALWAYS),
        Case("a client certificate is asked for", Peer(context=asking(ssl.CERT_OPTIONAL)), ALWAYS),
        Case("a client certificate is wanted", Peer(context=asking(ssl.CERT_REQUIRED)), ALWAYS),
        Case("wrong password", Peer(), ALWAYS, password="wrong"),
        *(
            Case(words.decode(), Peer(auth_inside=words), ALWAYS)
            for words in (
                b"AUTH PLAIN",
                b"AUTH CRAM-MD5 PLAIN",
                b"AUTH DIGEST-MD5",
                b"AUTH DIGEST-MD5 CRAM-MD5",
                b"AUTH GSSAPI XOAUTH2",
                b"AUTH",
                b"AUTH=LOGIN",
                b"AUTH=LOGIN PLAIN",
                b"auth login",
                b"AUTH XOAUTH2 LOGIN",
            )
        ),
        Case("DIGEST-MD5 with a wrong password", Peer(auth_inside=b"AUTH DIGEST-MD5"), ALWAYS, password="wrong"),
        Case("534 to a right password", Peer(auth_reply=b"534 5.7.9 app password"), ALWAYS),
        Case("a bad greeting", Peer(greeting=b"554 5.7.1 go away"), ALWAYS),
        Case("a busy greeting", Peer(greeting=b"421 4.3.2 busy"), ALWAYS),
        Case("EHLO is refused", Peer(ehlo=b"502 5.5.1 what"), IF_OFFERED),
        Case("EHLO is refused and TLS wanted", Peer(ehlo=b"502 5.5.1 what"), ALWAYS),
        Case("501 to EHLO", Peer(ehlo=b"501 5.5.4 Invalid domain name"), NEVER, ""),
        Case("421 to EHLO", Peer(ehlo=b"421 4.3.2 busy"), NEVER, ""),
        Case("lower-case keywords", Peer(ehlo=b"250-mail\r\n250-starttls\r\n250 size"), ALWAYS),
        Case("550 to MAIL", Peer(mail=b"550 5.7.1 no"), ALWAYS),
        Case("251 to MAIL", Peer(mail=b"251 odd"), ALWAYS),
        Case("251 to RCPT", Peer(rcpt=b"251 will forward"), ALWAYS),
        Case("252 to RCPT", Peer(rcpt=b"252 cannot verify"), ALWAYS),
        Case("450 to RCPT", Peer(rcpt=b"450 4.2.0 greylisted"), ALWAYS),
        Case("550 to RCPT", Peer(rcpt=b"550 5.1.1 unknown"), ALWAYS),
        Case("554 to DATA", Peer(data=b"554 5.5.1 no"), ALWAYS),
        Case("250 to DATA", Peer(data=b"250 odd"), ALWAYS),
        Case("550 to the dot", Peer(dot=b"550 5.7.1 spam"), ALWAYS),
        Case("251 to the dot", Peer(dot=b"251 odd"), ALWAYS),
        Case("EHLO is refused inside TLS", Peer(ehlo_inside=b"500 5.5.1 what", auth=b"AUTH LOGIN"), ALWAYS),
        Case("STARTTLS inside TLS", Peer(ehlo_inside=b"250-mail\r\n250 STARTTLS"), ALWAYS, ""),
        Case("a middlebox", Peer(ehlo=b"250-mail\r\n250 XXXXXXXA"), IF_OFFERED, ""),
        Case("a middlebox and TLS wanted", Peer(ehlo=b"250-mail\r\n250 XXXXXXXA"), ALWAYS, ""),
    ]
    return tuple(found)


def asking(wanted: ssl.VerifyMode) -> ssl.SSLContext:
    made = context()
    made.load_verify_locations(cadata=trustme.CA().cert_pem.bytes().decode())
    made.verify_mode = wanted
    return made


@pytest.fixture(scope="module", params=[17, 25], ids=["Java 17", "Java 25"])
def java_mail(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[JavaMail]:
    runtime, javac = needed(request.param), shutil.which("javac")
    if javac is None or not JAVAMAIL.exists():
        pytest.skip("no javac or no JavaMail")
    folder = tmp_path_factory.mktemp("classes")
    source = Path(__file__).with_name("SendMail.java")
    words = [javac, "--release", "11", "-cp", str(JAVAMAIL), "-d", str(folder), str(source)]
    subprocess.run(words, check=True, capture_output=True, timeout=60)
    with JavaMail(runtime.java, folder) as mail:
        yield mail


class JavaMail:
    """One JVM that sends mail after mail; it trusts the authority of the scripted servers."""

    def __init__(self, java: str, classes: Path) -> None:
        self.java = java
        store = classes / "anchors.jks"
        write_store(store)
        trust = [f"-Djavax.net.ssl.trustStore={store}"]
        command = [java, *trust, "-cp", f"{classes}:{JAVAMAIL}", "SendMail"]
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, text=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.communicate()

    def send(self, server: MailServer, password: str) -> str:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        smtps, required = server.encryption is SMTPS, server.encryption is ALWAYS
        words = (
            "smtps" if smtps else "smtp",
            server.hostname,
            str(server.effective_port),
            str(server.encryption in (IF_OFFERED, ALWAYS)).lower(),
            str(required).lower(),
            server.username,
            password if server.username else "",
            SENDER,
            RECIPIENT,
        )
        self._process.stdin.write("\t".join(words) + "\n")
        self._process.stdin.flush()
        return self._process.stdout.readline().rstrip("\n")


def write_store(path: Path) -> None:
    from mailsetup_gui.trust import bundle, truststore
    from mailsetup_gui.trust.bundle import Addition, Format

    [ca] = truststore.read(ca_file()).entries
    plan = bundle.plan(truststore.read(ca_file()), [Addition("mail-ca", ca.der)])
    bundle.write(str(path), bundle.encoded(plan.entries, Format.JKS, None, 0), Format.JKS)


@pytest.mark.parametrize("case", cases(), ids=str)
def test_mailsetup_and_javamail_agree(case: Case, java_mail: JavaMail, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JAVA_HOME", str(Path(java_mail.java).resolve().parents[1]))
    served = Served(case.peer)
    with Scripted(served, server_context()) as listener:
        server = MailServer(HOST, listener.port, case.encryption, case.username, SENDER, "client.example.test")
        said = java_mail.send(server, case.password)
        seen = served.seen
        asked = Request(server, RECIPIENT, truststore=ca_file(), cleartext_credentials=True, timeout=8.0)
        tried = attempt(asked, case.password)

    outcome = tried.finished.outcome
    mine = (outcome.result is Result.ACCEPTED, outcome.encrypted, outcome.authenticated)
    assert mine == (said == "accepted", seen.encrypted, seen.signed_in), (said, tried.cause, outcome)
    assert served.seen.accepted == seen.accepted
    assert (tried.cause is None) == (said == "accepted"), said


V10, V13 = ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_3
SHAKEN: dict[str, tuple[Callable[[], ssl.SSLContext], str]] = {
    "TLS 1.0 alone": (
        lambda: context(ciphers="DEFAULT:@SECLEVEL=0", minimum_version=V10, maximum_version=V10),
        "version",
    ),
    "Camellia alone": (lambda: context(maximum_version=V12, ciphers="ECDHE+CAMELLIA"), "no-common-cipher"),
    "a client certificate": (lambda: asking(ssl.CERT_REQUIRED), "client-certificate-required"),
}


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion.TLSv1:DeprecationWarning")
@pytest.mark.parametrize("encryption", [ALWAYS, SMTPS], ids=lambda encryption: encryption.value)
@pytest.mark.parametrize("name", SHAKEN)
def test_a_handshake_fails_for_the_same_cause_in_java(name: str, encryption: Encryption, java_mail: JavaMail) -> None:
    made, cause = SHAKEN[name]
    with Scripted(Served(Peer(implicit=encryption is SMTPS, context=made())), server_context()) as listener:
        server = MailServer(HOST, listener.port, encryption, USERNAME, SENDER, "client.example.test")
        said = java_mail.send(server, PASSWORD)
        tried = attempt(Request(server, RECIPIENT, truststore=ca_file(), timeout=8.0))

    assert tried.cause == f"tls.{cause}"
    assert explained(said.replace(" <- ", "\nCaused by: ")).cause is Cause(f"tls.{cause}"), said
