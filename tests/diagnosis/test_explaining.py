"""What is read out of a pasted text: the innermost cause, the step, the last of several errors, no secret."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailsetup_gui.diagnosis.causes import Cause
from mailsetup_gui.diagnosis.explaining import explained
from mailsetup_gui.diagnosis.reading import Reading
from mailsetup_gui.settings.server import Encryption
from mailsetup_gui.smtp.events import Breach, Result, Step
from mailsetup_gui.wording.explaining import card, json_line
from tests.diagnosis.rows import FRAME, HEADER, PKIX, REFUSED, TRACES, spring


def test_the_innermost_cause_counts() -> None:
    outer = spring("javax.mail.MessagingException: Could not convert socket to TLS;\n  nested exception is:\n\t" + PKIX)
    inner = (
        outer + "Caused by: java.security.cert.CertificateExpiredException: NotAfter: Sat Jan 01 00:00:00 UTC 2022\n"
    )

    assert explained(outer).cause is Cause.UNTRUSTED_ROOT
    assert explained(inner).cause is Cause.EXPIRED


@pytest.mark.parametrize(
    ("name", "step"),
    [
        ("javax.mail.AuthenticationFailedException", Step.AUTH),
        ("com.sun.mail.smtp.SMTPSenderFailedException", Step.MAIL),
        ("com.sun.mail.smtp.SMTPAddressFailedException", Step.RCPT),
        ("com.sun.mail.smtp.SMTPSendFailedException", Step.DATA),
    ],
)
def test_the_class_of_the_exception_tells_the_step(name: str, step: Step) -> None:
    assert explained(f"{name}: 554 no").outcome.step is step


def test_an_enhanced_code_outweighs_the_wrapper() -> None:
    said = "javax.mail.SendFailedException: Invalid Addresses;\n  nested exception is:\n\t"
    said += "com.sun.mail.smtp.SMTPAddressFailedException: 550 5.1.8 <a@b.invalid>: no"

    assert explained(said).cause is Cause.FROM_INVALID


@pytest.mark.parametrize(
    ("said", "cause", "step"),
    [
        ("535 zzz", Cause.AUTH_REFUSED, Step.AUTH),
        ("552 zzz", Cause.TOO_LARGE, Step.DATA),
        ("554 zzz", Cause.DATA_REFUSED, Step.DATA),
        ("550 zzz", Cause.RCPT_REFUSED, Step.RCPT),
        ("530 zzz", Cause.AUTH_REQUIRED, Step.MAIL),
        ("421 zzz", Cause.BUSY, Step.GREETING),
        ("501 zzz", Cause.EHLO_REFUSED, Step.EHLO),
        ("554 5.7.1 You are not allowed to connect.", Cause.GREETING_REFUSED, Step.GREETING),
        ("454 4.7.0 Too many messages, slow down", Cause.RATE_LIMITED, Step.MAIL),
    ],
)
def test_a_bare_reply_that_nobody_knows_falls_to_its_step(said: str, cause: Cause, step: Step) -> None:
    found = explained(said)

    assert (found.cause, found.outcome.step, found.outcome.result) == (cause, step, Result.REJECTED)
    assert found.evidence == (said,)


@pytest.mark.parametrize(
    "transcript",
    [
        "-> RCPT TO:<a@b.com>\n<- 550 zzz\n-> DATA\n<- 503 5.5.1 need RCPT\n-> QUIT\n<- 221 bye",
        "C: RCPT TO:<a@b.com>\nS: 550 zzz\nC: DATA\nS: 554 5.5.1 Error: no valid recipients",
        " -> RCPT TO:<a@b.com>\n<** 550 zzz\n -> QUIT\n<-  221 bye",
        "> RCPT TO:<a@b.com>\n< 550 zzz",
        "   0.100 TLS   -> RCPT TO:<a@b.com>\n   0.200 TLS   <- 550 zzz",
        "send: 'rcpt TO:<a@b.com>\\r\\n'\nreply: b'550 zzz\\r\\n'\nreply: retcode (550); Msg: b'zzz'",
    ],
)
def test_in_a_transcript_the_command_tells_the_step(transcript: str) -> None:
    found = explained(transcript)

    assert (found.outcome.step, found.outcome.reply and found.outcome.reply.text) == (Step.RCPT, "zzz")
    assert (found.recipient, found.others) == ("a@b.com", 0)


def test_a_reply_of_several_lines_is_one() -> None:
    found = explained(REFUSED.replace("535 ", "535-") + "\n535 5.7.8 see https://example.com\n")

    assert found.outcome.reply
    assert found.outcome.reply.text == "5.7.8 Error: authentication failed 5.7.8 see https://example.com"
    assert len(found.evidence) == 2


def test_of_several_errors_the_last_is_told_and_the_others_are_counted() -> None:
    text = HEADER + PKIX + FRAME + HEADER + REFUSED + FRAME + HEADER + "javax.mail.MessagingException: [EOF]" + FRAME

    found = explained(text)

    assert (found.cause, found.others) == (Cause.CLOSED, 2)
    assert "2 other errors" in card(found).why


def test_an_error_that_is_cut_off_gives_way_to_the_last_complete_one() -> None:
    cut = HEADER + "org.springframework.mail.MailSendException: Mail server connection failed; nested exception is"

    assert explained(HEADER + REFUSED + FRAME + cut).cause is Cause.AUTH_REFUSED


def test_an_unrelated_exception_after_it_does_not_hide_it() -> None:
    noise = "2026-01-02 10:00:01,000 WARN [t] c.a.x Something\njava.lang.NullPointerException\n\tat a.b.C.d(C.java:1)"

    assert explained(HEADER + REFUSED + FRAME + noise).cause is Cause.AUTH_REFUSED


def test_a_database_that_fails_after_it_does_not_hide_it() -> None:
    noise = "2026-01-02 10:00:01,000 ERROR [t] c.a.db Failed\norg.postgresql.util.PSQLException: x"
    noise += "\n\tat a.b.C.d(C.java:1)\nCaused by: java.net.ConnectException: Connection refused"

    assert explained(HEADER + REFUSED + FRAME + noise).cause is Cause.AUTH_REFUSED


def test_a_log_in_json_is_read_too() -> None:
    said = '{"level":"ERROR","message":"x\\njavax.mail.MessagingException: y;\\n  nested exception is:\\n\\t' + PKIX
    assert explained(said + '\\n\\tat a.b.C.d(C.java:1)"}').cause is Cause.UNTRUSTED_ROOT


def test_host_port_and_protocol_are_taken_from_the_text() -> None:
    found = explained(TRACES["A1 java17"])
    debug = explained('DEBUG SMTP: trying to connect to host "mail.example.com", port 465, isSSL true\n' + PKIX)

    assert (found.server.hostname, found.server.port) == ("localhost", 56903)
    assert debug.server[:3] == ("mail.example.com", 465, Encryption.IMPLICIT_TLS)


def test_silence_on_port_465_with_smtp_is_likely_the_wrong_mode() -> None:
    silent = "javax.mail.MessagingException: Exception reading response;\n  nested exception is:\n\t"
    silent += "java.net.SocketTimeoutException: Read timed out"
    where = 'DEBUG SMTP: trying to connect to host "mail.example.com", port 465, isSSL {}\n'

    assert explained(where.format("false") + silent).cause is Cause.PLAIN_ON_TLS_PORT
    assert "most likely" in card(explained(where.format("false") + silent)).title
    assert explained(where.format("true") + silent).cause is Cause.SILENT


def test_pkix_is_said_to_stand_for_four_mistakes() -> None:
    found = explained(PKIX)

    assert found.reading is Reading.PKIX
    assert "four different mistakes" in card(found).why


def test_clear_text_amid_starttls_is_a_breach() -> None:
    assert explained(TRACES["B17-clear java17"]).outcome.breach is Breach.CLEAR_TEXT_IN_TLS


def test_an_address_that_the_recipient_has_wrong_is_not_blamed_on_the_sender() -> None:
    said = "javax.mail.internet.AddressException: Missing final '@domain' in string ``ops''\n"
    said += "\tat org.springframework.mail.javamail.MimeMessageHelper.setTo(MimeMessageHelper.java:1)"

    assert explained(said).cause is Cause.RCPT_INVALID


@pytest.mark.parametrize(
    "said", ["hello world", "java.lang.NullPointerException\n\tat a.b.C.d(C.java:1)", "221 bye", "250 ok"]
)
def test_what_nobody_knows_is_unknown_with_its_most_telling_line(said: str) -> None:
    found = explained(said)

    assert (found.cause, found.outcome.result) == (Cause.UNKNOWN, Result.UNKNOWN)
    assert found.evidence == (said.split("\n")[0],)


@pytest.mark.parametrize("said", ["", " \n\t\n"])
def test_an_empty_text_is_said_to_be_empty(said: str) -> None:
    assert explained(said).reading is Reading.EMPTY


SECRET = "c2VjcmV0LXdvcmQ="


@pytest.mark.parametrize(
    "said",
    [
        f"AUTH PLAIN {SECRET}\n535 5.7.8 no",
        f"AUTH LOGIN {SECRET}\n535 5.7.8 no",
        f"AUTH LOGIN\n334 UGFzc3dvcmQ6\n{SECRET}\n535 5.7.8 no",
        f"<- 334 UGFzc3dvcmQ6\n-> {SECRET}\n<- 535 5.7.8 no",
        f"reply: b'334 UGFzc3dvcmQ6\\r\\n'\nreply: retcode (334); Msg: b'UGFzc3dvcmQ6'\nsend: '{SECRET}\\r\\n'\n535 no",
        f"connection failed: password={SECRET}",
        f'error {{"password": "{SECRET}"}}',
        f"error -Djavax.net.ssl.trustStorePassword={SECRET}",
        f"Error: AUTH PLAIN {SECRET}",
    ],
)
def test_no_secret_of_the_text_is_repeated(said: str) -> None:
    found = explained(said)
    assert SECRET not in repr(found) + json_line(found)


PIECES = [
    "535 5.7.8 no\n",
    "550-5.1.1 a\n",
    "Caused by: ",
    "\tat a.b.C.d(C.java:1)\n",
    "nested exception is:\n",
    "Status: 5.1.1\n",
    "said: ",
    "334 ",
    "Diagnostic-Code: smtp; ",
    "Final-Recipient: rfc822; a@b\n",
    "\r\n",
    "> ",
    "{=(",
    "Content-Transfer-Encoding: base64\n",
    "Content-Transfer-Encoding: quoted-printable\n",
    "Traceback (most recent call last):\n",
    "2026-01-02 10:00:00,123 ERROR [x] ",
    "\u202e\x00\ud800",
]


@given(
    st.one_of(
        st.text(),
        st.binary().map(lambda octets: octets.decode("utf-8", "replace")),
        st.lists(st.sampled_from(PIECES)).map("".join),
    )
)
def test_any_text_gives_one_card(said: str) -> None:
    found = explained(said)
    told = card(found)
    assert told.title
    assert (told.title + told.why + "".join(told.fixes) + "".join(told.evidence)).isprintable()
    assert json_line(found).count("\n") == 0


def test_of_a_text_without_end_the_end_is_read() -> None:
    found = explained("x" * 2_500_000 + "\n" + REFUSED)

    assert (found.cause, found.cut) == (Cause.AUTH_REFUSED, True)
    assert "only its end" in card(found).why
