"""A server that knows the password and repeats it, in every spelling and wherever a server can say something."""

from __future__ import annotations

from pathlib import Path

import pytest

from mailsetup_gui.cli.telling import HumanTeller
from mailsetup_gui.settings import state
from mailsetup_gui.settings.profiles import Profile
from mailsetup_gui.smtp.events import Result, Step
from mailsetup_gui.trial import Secrets
from mailsetup_gui.wording.jsonlines import event_line, outcome_line
from mailsetup_gui.wording.pseudonyms import hidden
from mailsetup_gui.wording.report import described, json_lines, markdown
from tests.smtp.planted import leaks, octet_leaks, spellings
from tests.smtp.polite import PASSWORD, Misdeed, Mode, Stage, polite, says, then
from tests.smtp.scripted import CA_DER, Scripted, Talk
from tests.smtp.trying import Tried, attempt, request
from tests.trust.certificates import Wish, issue
from tests.trust.keystores import jks

every_spelling = pytest.mark.parametrize("name", spellings())


def told(tried: Tried, capsys: pytest.CaptureFixture[str]) -> str:
    """All that both doors, a report and a log could show of one test."""
    finished, teller = tried.finished, HumanTeller()
    for event in tried.events:
        teller.event(event)
    teller.finished(finished)
    record = described(tried.recorded.record)
    reports = [write(one) for write in (markdown, json_lines) for one in (record, hidden(record))]
    lines = [event_line(event) for event in tried.events]
    lines.append(outcome_line(*finished[:3], finished.mail, finished.java))
    kept = [path.read_text("utf-8") for path in Path(state.folder()).rglob("*") if path.is_file()]
    return "\n".join((capsys.readouterr().out, *reports, *kept, *lines, repr(tried), str(tried.events)))


def met(misdeeds: dict[Stage, Misdeed], mode: Mode = Mode.STARTTLS) -> Tried:
    with Scripted(polite(mode, misdeeds)) as server:
        asked = request(server.port, mode, timeout=2)
        tried = attempt(asked, profile=Profile("planted", "Planted", asked.server, asked.truststore))
    assert not octet_leaks(server.wire)
    return tried


def echoes(text: str) -> dict[Stage, Misdeed]:
    """In every right reply of a session that ends well."""
    word = text.encode().replace(b"\r", b"").replace(b"\n", b"")

    def echo(talk: Talk, right: bytes) -> None:
        talk.say(right[:3] + b"-" + word + b"\r\n" + right[:3] + b"-X" + word + b" " + word + b"\r\n" + right)

    return dict.fromkeys((stage for stage in Stage if stage is not Stage.HANDSHAKE), echo)


@every_spelling
def test_a_password_in_every_reply_is_shown_nowhere(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    tried = met(echoes(spellings()[name]))

    assert tried.result is Result.ACCEPTED
    assert not leaks(told(tried, capsys))


@every_spelling
def test_a_password_in_the_refusal_is_shown_nowhere(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    refusal = f"535 5.7.8 wrong password “{spellings()[name]}” of bitbucket\r\n".encode()

    tried = met({Stage.PASSWORD: says(refusal)})

    assert tried.result is Result.REJECTED
    assert not leaks(told(tried, capsys))
    assert "wrong password" in tried.finished.card.why


@every_spelling
@pytest.mark.parametrize(
    "shape",
    [
        "{}\r\n",
        "250-{}\r\n550 {}\r\n",
        "250 {}\r250 {}\r\n",
        "250 ok\r\n250 {}\r\n",
        "2{}",
        "250 " + "x" * 180 + "{}\r\n",
    ],
    ids=["no code", "codes differ", "bare CR", "unasked", "half a line", "at the end of the evidence"],
)
def test_a_password_in_a_breach_of_the_protocol_is_shown_nowhere(
    name: str, shape: str, capsys: pytest.CaptureFixture[str]
) -> None:
    octets = shape.replace("{}", spellings()[name]).encode()

    tried = met({Stage.MAIL: then(says(octets), lambda talk, _: talk.hang_up())})

    assert tried.result is not Result.ACCEPTED
    assert not leaks(told(tried, capsys))


@pytest.mark.parametrize("at", range(4, len(PASSWORD), 3))
def test_of_a_password_that_is_broken_over_two_lines_no_half_is_shown(
    at: int, capsys: pytest.CaptureFixture[str]
) -> None:
    refusal = f"535-{PASSWORD[:at]}\r\n535 {PASSWORD[at:]}\r\n".encode()

    shown = told(met({Stage.PASSWORD: says(refusal)}), capsys)

    half = (len(PASSWORD) + 1) // 2
    assert not [PASSWORD[i : i + half] for i in range(half) if PASSWORD[i : i + half] in shown]


@pytest.mark.parametrize("name", ["raw", "base64", "AUTH PLAIN", "hex", "reversed", "URL"])
@pytest.mark.parametrize("trusted", [True, False], ids=["trusted", "not trusted"])
def test_a_password_in_a_certificate_is_shown_nowhere(
    name: str, trusted: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    certificate = issue(Wish(spellings()[name][:64], names=(f"{spellings()[name]}.test",) if name == "hex" else ()))
    anchor = tmp_path / "anchor.pem"
    anchor.write_bytes(certificate.pem if trusted else issue(Wish("other")).pem)

    with Scripted(polite(Mode.SMTPS), certificate.server_context(tmp_path)) as server:
        asked = request(server.port, Mode.SMTPS)._replace(truststore=str(anchor))
        tried = attempt(asked, profile=Profile("planted", "Planted", asked.server, asked.truststore))

    assert (tried.result is Result.ACCEPTED) == trusted
    assert not leaks(told(tried, capsys))


def test_the_password_of_the_truststore_is_written_nowhere(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = tmp_path / "anchors.jks"
    store.write_bytes(jks({"tests": CA_DER}, PASSWORD))
    with Scripted(polite(Mode.STARTTLS)) as server:
        asked = request(server.port, Mode.STARTTLS)._replace(truststore=str(store))
        profile = Profile("planted", "Planted", asked.server, asked.truststore)
        tried = attempt(asked, profile=profile, truststore_password=PASSWORD)

    assert tried.result is Result.ACCEPTED
    assert not leaks(told(tried, capsys))


def test_a_password_that_ends_the_test_early_is_shown_nowhere(capsys: pytest.CaptureFixture[str]) -> None:
    tried = met({Stage.EHLO_INSIDE: says(f"250-x\r\n250 AUTH {PASSWORD} GSSAPI\r\n".encode())})

    assert tried.finished.outcome.step is Step.AUTH
    assert not leaks(told(tried, capsys))


def test_secrets_do_not_print_themselves() -> None:
    assert not leaks(f"{Secrets(PASSWORD, PASSWORD)} {Secrets(PASSWORD)!r} {(Secrets(PASSWORD),)}")
