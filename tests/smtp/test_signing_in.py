"""AUTH as JavaMail does it."""

from __future__ import annotations

from base64 import b64encode

import pytest

from mailsetup_gui.diagnosis.causes import Cause
from mailsetup_gui.smtp.events import Result, Step
from tests.smtp.planted import octet_leaks
from tests.smtp.polite import PASSWORD, USERNAME, Misdeed, Mode, Stage, hears, polite, says, then
from tests.smtp.scripted import Scripted
from tests.smtp.trying import Tried, attempt, commands, request

NO_CHALLENGES = (Stage.USERNAME, Stage.PASSWORD)
NO_SIGN_IN = (Stage.AUTH, *NO_CHALLENGES)
PLAIN = b64encode(f"{USERNAME}\0{USERNAME}\0{PASSWORD}".encode()).decode()


def offering(words: bytes) -> dict[Stage, Misdeed]:
    return {Stage.EHLO_INSIDE: says(b"250-mail.example.test\r\n250 " + words + b"\r\n")}


def signed_in(misdeeds: dict[Stage, Misdeed], without: tuple[Stage, ...] = ()) -> tuple[Tried, list[str]]:
    """A test over STARTTLS, and what was said of AUTH."""
    with Scripted(polite(Mode.STARTTLS, misdeeds, without)) as server:
        found = attempt(request(server.port, Mode.STARTTLS))
    return found, [words for words in commands(server.said) if words.startswith("AUTH")]


def test_login_goes_before_plain_as_in_javamail() -> None:
    found, said = signed_in(offering(b"AUTH PLAIN LOGIN"))

    assert said == ["AUTH LOGIN"]
    assert found.finished.outcome.authenticated


def test_plain_is_taken_where_login_is_not_offered() -> None:
    misdeeds = offering(b"AUTH CRAM-MD5 PLAIN XOAUTH2") | {Stage.AUTH: says(b"235 2.7.0 in\r\n")}

    found, said = signed_in(misdeeds, NO_CHALLENGES)

    assert said == [f"AUTH PLAIN {PLAIN}"]
    assert found.result is Result.ACCEPTED


@pytest.mark.parametrize("reply", [b"535 5.7.8 no\r\n", b"504 5.5.4 no\r\n", b"454 4.7.0 later\r\n", b"534 no\r\n"])
def test_a_refused_sign_in_is_not_tried_a_second_time_and_no_mail_follows(reply: bytes) -> None:
    misdeeds: dict[Stage, Misdeed] = {Stage.PASSWORD: then(says(reply), hears, says(b"221 Bye\r\n"))}

    with Scripted(polite(Mode.STARTTLS, misdeeds)) as server:
        found = attempt(request(server.port, Mode.STARTTLS))

    assert found.result is Result.REJECTED
    assert found.finished.outcome.step is Step.AUTH
    assert commands(server.said)[-1] == "QUIT"
    assert sum(words.startswith("AUTH") for words in commands(server.said)) == 1
    assert not [words for words in commands(server.said) if words.startswith("MAIL")]


def test_a_mechanism_refused_at_once_is_one_attempt_too() -> None:
    found, said = signed_in({Stage.AUTH: then(says(b"504 5.5.4 LOGIN is off\r\n"), hears, says(b"221 Bye\r\n"))})

    assert said == ["AUTH LOGIN"]
    assert found.result is Result.REJECTED


def test_without_an_offer_of_auth_the_mail_goes_out_unsigned_and_that_is_told() -> None:
    found, said = signed_in(offering(b"SIZE"), NO_SIGN_IN)

    assert said == []
    assert found.result is Result.ACCEPTED
    assert found.warnings == [Cause.AUTH_NOT_OFFERED.value]
    assert not found.finished.outcome.authenticated


def test_an_offer_of_other_mechanisms_alone_ends_the_test_before_any_envelope() -> None:
    misdeeds = offering(b"AUTH GSSAPI XOAUTH2 CRAM-MD5") | {Stage.AUTH: says(b"221 Bye\r\n")}

    found, said = signed_in(misdeeds)

    assert said == []
    assert found.result is Result.FAILED
    assert found.cause == Cause.NO_COMMON_MECHANISM.value
    assert "GSSAPI XOAUTH2 CRAM-MD5" in found.finished.card.why


def test_the_old_spelling_of_auth_alone_leaves_javamail_without_a_mechanism() -> None:
    found, said = signed_in(offering(b"AUTH=LOGIN PLAIN") | {Stage.AUTH: says(b"221 Bye\r\n")})

    assert said == []
    assert found.cause == Cause.NO_COMMON_MECHANISM.value
    assert "AUTH=LOGIN, the old spelling" in found.finished.card.why


def test_a_mechanism_that_only_javamail_speaks_is_not_called_a_failure_of_the_server() -> None:
    found, said = signed_in(offering(b"AUTH NTLM") | {Stage.AUTH: says(b"221 Bye\r\n")})

    assert said == []
    assert found.cause == Cause.MECHANISM_NOT_TRIED.value


def test_the_password_does_not_cross_in_clear_without_consent() -> None:
    with Scripted(polite(Mode.SIGNED_CLEAR, {Stage.AUTH: says(b"221 Bye\r\n")})) as server:
        asked = request(server.port, Mode.SIGNED_CLEAR)
        found = attempt(asked._replace(cleartext_credentials=False))

    assert found.result is Result.FAILED
    assert found.cause == Cause.CLEARTEXT_BLOCKED.value
    assert "Bitbucket would send" in found.finished.card.why
    assert commands(server.said) == ["EHLO client.example.test", "QUIT"]
    assert not octet_leaks(server.wire)


def test_with_consent_it_crosses_and_that_is_told() -> None:
    with Scripted(polite(Mode.SIGNED_CLEAR)) as server:
        found = attempt(request(server.port, Mode.SIGNED_CLEAR))

    assert found.result is Result.ACCEPTED
    assert Cause.SENT_IN_CLEAR.value in found.warnings
    assert octet_leaks(server.wire)


@pytest.mark.parametrize("mode", [Mode.STARTTLS, Mode.SMTPS], ids=str)
def test_with_tls_no_consent_is_needed(mode: Mode) -> None:
    with Scripted(polite(mode)) as server:
        found = attempt(request(server.port, mode)._replace(cleartext_credentials=False))

    assert found.finished.outcome.authenticated
    assert Cause.SENT_IN_CLEAR.value not in found.warnings


@pytest.mark.parametrize(
    "challenge", [b"334 \r\n", b"334\r\n", b"334 not base64 at all!\r\n", b"334 " + b"A" * 3000 + b"\r\n"]
)
def test_the_words_of_a_challenge_do_not_matter(challenge: bytes) -> None:
    found, _ = signed_in({Stage.AUTH: says(challenge), Stage.USERNAME: says(challenge)})

    assert found.result is Result.ACCEPTED


def test_a_server_that_asks_again_gets_no_second_password() -> None:
    misdeeds: dict[Stage, Misdeed] = {Stage.PASSWORD: says(b"334 UGFzc3dvcmQ6\r\n")}

    found, _ = signed_in(misdeeds)

    assert found.result is Result.FAILED
    assert found.cause == Cause.PROTOCOL.value


def test_neither_credential_stands_in_the_transcript() -> None:
    found, _ = signed_in({})

    assert "**** (user name)" in found.lines
    assert "**** (password)" in found.lines
    assert not [line for line in found.lines if b64encode(USERNAME.encode()).decode() in line]
