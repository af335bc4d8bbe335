"""What is pasted or opened, and the profile that it means."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mailsetup_gui.exports.formats import export
from mailsetup_gui.settings.profiles import LastTest, Profile
from mailsetup_gui.settings.recognized import ID, Kind, RecognitionError, Wrong
from mailsetup_gui.settings.recognizing import LONGEST, recognized
from mailsetup_gui.settings.server import Encryption, MailServer

SMTPS, REQUIRED, OFFERED, NONE = (
    Encryption.IMPLICIT_TLS,
    Encryption.STARTTLS_REQUIRED,
    Encryption.STARTTLS_IF_OFFERED,
    Encryption.NONE,
)
HOST, A, B = "mail.example.com", "a@example.com", "b@example.org"
PLAIN = MailServer(HOST)


@pytest.mark.parametrize(
    ("text", "server"),
    [
        ("smtps://mail.example.com", PLAIN._replace(port=465, encryption=SMTPS)),
        ("smtps://me%40x.org@mail.example.com:465/", MailServer(HOST, 465, SMTPS, "me@x.org")),
        ("smtp://mail.example.com:587", PLAIN._replace(port=587)),
        ("submission://mail.example.com", PLAIN._replace(port=587, encryption=REQUIRED)),
        ("  mail.example.com:2525\n", PLAIN._replace(port=2525)),
    ],
)
def test_an_address_is_taken_apart(text: str, server: MailServer) -> None:
    found = recognized(text)

    assert (found.kind, found.profile) == (Kind.ADDRESS, Profile(ID, "", server))


@pytest.mark.parametrize(
    ("text", "profile"),
    [
        ("swaks -s mail.example.com -t b@example.org", Profile(ID, "", PLAIN, recipient=B)),
        ("swaks --server mail.example.com:587 -tls", Profile(ID, "", MailServer(HOST, 587, REQUIRED))),
        ("swaks --server=mail.example.com/587 --tls", Profile(ID, "", MailServer(HOST, 587, REQUIRED))),
        ("swaks -s [mail.example.com]:2525 -tlso", Profile(ID, "", MailServer(HOST, 2525, OFFERED))),
        ("swaks -s [::1]:2525 -tlsos", Profile(ID, "", MailServer("[::1]", 2525, OFFERED))),
        ("swaks -s mail.example.com --tls-optional -p submission", Profile(ID, "", MailServer(HOST, 587, OFFERED))),
        ("swaks -s mail.example.com -tlsc", Profile(ID, "", MailServer(HOST, 465, SMTPS))),
        ("swaks -s mail.example.com --tls-on-connect --port 2465", Profile(ID, "", MailServer(HOST, 2465, SMTPS))),
        (
            "$ sudo /usr/bin/swaks -f '<a@example.com>' -t b@example.org,c@example.org \\\n  --server mail.example.com "
            "-au 'us er' -ehlo me.example.com --header-X-Test 'a b' | tee log",
            Profile(ID, "", MailServer(HOST, None, OFFERED, "us er", A, "me.example.com"), recipient=B),
        ),
    ],
)
def test_a_swaks_command_line(text: str, profile: Profile) -> None:
    found = recognized(text)

    assert (found.kind, found.profile, found.secret_dropped) == (Kind.SWAKS, profile, False)


@pytest.mark.parametrize(
    ("text", "profile"),
    [
        ("curl smtp://mail.example.com", Profile(ID, "", PLAIN)),
        ("curl -v --ssl smtp://mail.example.com:587", Profile(ID, "", MailServer(HOST, 587, OFFERED))),
        ("curl --url smtp://mail.example.com:587 --ssl-reqd", Profile(ID, "", MailServer(HOST, 587, REQUIRED))),
        ("curl smtps://mail.example.com", Profile(ID, "", MailServer(HOST, 465, SMTPS))),
        (
            "curl.exe --url 'smtps://mail.example.com:465/me.example.com' --mail-from '<a@example.com>' ^\r\n"
            " --mail-rcpt b@example.org --mail-rcpt c@example.org -svT mail.txt -u me",
            Profile(ID, "", MailServer(HOST, 465, SMTPS, "me", A, "me.example.com"), recipient=B),
        ),
        ("curl --user 'me;AUTH=PLAIN' smtp://mail.example.com", Profile(ID, "", PLAIN._replace(username="me"))),
        ("curl smtp://me@mail.example.com", Profile(ID, "", PLAIN._replace(username="me"))),
    ],
)
def test_a_curl_command_line(text: str, profile: Profile) -> None:
    found = recognized(text)

    assert (found.kind, found.profile, found.secret_dropped) == (Kind.CURL, profile, False)


@pytest.mark.parametrize("hyphens", [True, False])
@pytest.mark.parametrize(
    ("protocol", "use", "require", "encryption"),
    [
        ("SMTP", True, True, REQUIRED),
        ("SMTP", True, False, OFFERED),
        ("SMTP", False, False, NONE),
        ("SMTPS", False, False, SMTPS),
    ],
)
def test_bitbuckets_document_in_either_spelling(
    hyphens: bool, protocol: str, use: bool, require: bool, encryption: Encryption
) -> None:
    keys = (
        ("use-start-tls", "require-start-tls", "sender-address")
        if hyphens
        else ("useStartTls", "requireStartTls", "senderAddress")
    )
    document = {"hostname": HOST, "port": 587, "protocol": protocol, "username": None} | dict(
        zip(keys, (use, require, A), strict=True)
    )
    server = MailServer(HOST, 587, encryption, "", A)

    assert recognized(json.dumps(document)).profile.server == server
    put = f"curl -u admin:planted -X PUT https://git/rest/api/latest/admin/mail-server -d '{json.dumps(document)}'"
    found = recognized(put)
    assert (found.kind, found.profile.server, found.secret_dropped) == (Kind.CURL_BITBUCKET, server, True)


_TEXTS = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=30)
_SERVERS = st.builds(
    MailServer, _TEXTS, st.none() | st.integers(1, 65535), st.sampled_from(Encryption), _TEXTS, _TEXTS, _TEXTS
)
_PRINTABLE = _TEXTS.filter(str.isprintable)


@given(_SERVERS, _PRINTABLE.filter(lambda name: name not in ("", ID)), _PRINTABLE, _PRINTABLE)
def test_what_is_exported_is_imported_as_it_was(server: MailServer, name: str, truststore: str, to: str) -> None:
    profile = Profile("production", name, server, truststore, to, LastTest("accepted", "2026-01-02"))

    for form, kind in (("toml", Kind.TOML), ("json", Kind.JSON)):
        found = recognized(export(profile, form).text)
        assert found.kind is kind
        assert found.profile == profile._replace(id=ID, last_test=None)


PLANTED = "hunter2-planted"


@pytest.mark.parametrize(
    "text",
    [
        f"swaks -s mail.example.com -au me -ap {PLANTED}",
        f"swaks --server mail.example.com --auth-password={PLANTED}",
        f"curl smtp://mail.example.com -u me:{PLANTED}",
        f"curl smtp://mail.example.com -ume:{PLANTED}",
        f"curl smtps://me:{PLANTED}@mail.example.com",
        f"curl smtp://mail.example.com --oauth2-bearer {PLANTED}",
        f"smtps://me:{PLANTED}@mail.example.com:465",
        json.dumps({"hostname": HOST, "protocol": "SMTP", "password": PLANTED}),
        json.dumps({"hostname": HOST, "encryption": "always", "smtpPassword": PLANTED}),
        f'version = 1\nname = "x"\n[server]\nhostname = "mail.example.com"\npassword = "{PLANTED}"',
        f"curl -X PUT https://git/admin/mail-server -H 'Authorization: Bearer {PLANTED}' "
        '-d \'{"hostname":"mail.example.com","protocol":"SMTP"}\'',
    ],
)
def test_a_password_is_dropped_and_that_is_said(text: str) -> None:
    found = recognized(text)

    assert found.secret_dropped
    assert found.profile.server.hostname == HOST
    assert PLANTED not in repr(found)


@pytest.mark.parametrize(
    "text",
    [
        f"swaks -s mail.example.com -p {PLANTED}",
        f'version = 1\nserver = "smtp://u:{PLANTED}@x"',
        f'version = "{PLANTED}"',
        f'version = 1\n[server]\ntls = "{PLANTED}"',
        json.dumps({"encryption": PLANTED}),
        json.dumps({"hostname": {"password": PLANTED}, "protocol": "SMTP"}),
        f"swaks -ap '{PLANTED}",
        f"curl -u me:{PLANTED}",
        PLANTED,
        f"{PLANTED} = {PLANTED}",
        f"--{PLANTED}",
        f"https://u:{PLANTED}@example.com",
    ],
)
def test_no_refusal_repeats_what_may_be_a_secret(text: str) -> None:
    with pytest.raises(RecognitionError) as caught:
        recognized(text)

    assert PLANTED not in repr(caught.value) + caught.value.value


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("", Wrong.NOTHING),
        ("\ufeff \n", Wrong.NOTHING),
        ("a" * (LONGEST + 1), Wrong.TOO_LONG),
        ("smtp://mail\0.example.com", Wrong.CONTROL_CHARACTER),
        ("smtp://mail\ud800.example.com", Wrong.CONTROL_CHARACTER),
        ("Dear all, the server is mail.example.com", Wrong.UNKNOWN),
        ("mail.example.com", Wrong.UNKNOWN),
        ("https://example.com", Wrong.UNKNOWN),
        ("a = 1", Wrong.FIELD),
        ("a = ", Wrong.PROFILE),
        ("version = 99", Wrong.PROFILE),
        ("version = 1\nname" + ".a" * 40_000 + " = 1", Wrong.TOO_DEEP),
        ("version = 1\nname" + ".a" * 999 + " = 1", Wrong.TOO_DEEP),
        ("a = " + "[" * 90_000, Wrong.FIELD),
        ("swaks -s 'mail.example.com", Wrong.QUOTES),
        ("swaks -t b@example.org", Wrong.NO_SERVER),
        ("curl https://example.com", Wrong.NO_SERVER),
        ("curl", Wrong.NO_SERVER),
        ("curl -X PUT https://git/rest/api/latest/admin/mail-server -d @mail.json", Wrong.IN_A_FILE),
        ("curl https://git/rest/api/latest/admin/mail-server", Wrong.NO_SERVER),
        ("{", Wrong.JSON),
        ("{}", Wrong.UNKNOWN),
        ('{"a":' * 16_000, Wrong.TOO_DEEP),
        ('{"encryption":' + "[" * 90_000, Wrong.TOO_DEEP),
        ('{"encryption": "always", "port": ' + "1" * 5000 + "}", Wrong.JSON),
        ('{"encryption": "always", "port": true}', Wrong.FIELD),
        ('{"encryption": "always", "port": 587.5}', Wrong.FIELD),
        ('{"encryption": "always", "port": "many"}', Wrong.FIELD),
        ('{"encryption": "always", "hostname": 7}', Wrong.FIELD),
        ('{"encryption": "always", "name": "a\\u0000b"}', Wrong.FIELD),
        ('{"encryption": "always", "truststore": "a\\nb"}', Wrong.FIELD),
        ('{"encryption": ["always"]}', Wrong.FIELD),
        ('{"protocol": "LMTP"}', Wrong.FIELD),
        ('{"protocol": "SMTP", "use-start-tls": "yes"}', Wrong.FIELD),
    ],
    ids=lambda value: str(value)[:24] if isinstance(value, str) else value.name,
)
def test_what_cannot_be_used_has_a_reason(text: str, wrong: Wrong) -> None:
    with pytest.raises(RecognitionError) as caught:
        recognized(text)

    assert caught.value.wrong is wrong


def test_a_port_that_is_none_is_left_to_be_judged_with_its_value() -> None:
    assert recognized('{"encryption": "always", "port": 70000}').profile.server.port == 70000


def test_options_that_are_no_settings_are_counted() -> None:
    assert recognized("swaks -s mail.example.com --tls-verify --timeout 3").unused == 2
    assert recognized("curl -k smtp://mail.example.com -T x").unused == 2


_COMMANDS = (
    "swaks",
    "curl",
    "-s",
    "-u",
    "-tls",
    "--server",
    "--url",
    "smtp://",
    "smtps://a:b@",
    "mail.example.com",
    ":25",
)
_SIGNS = (
    "'",
    '"',
    "\\",
    "\n",
    " ",
    " ",
    "=",
    "{",
    "}",
    "@",
    "[",
    "/",
    "-",
    '{"encryption":',
    '"always"',
    "version = 1",
)
_PIECES = st.sampled_from(_COMMANDS + _SIGNS)


@given(st.text(max_size=80) | st.lists(_PIECES, max_size=20).map("".join))
@example("curl -")
@example("swaks -")
@example("curl smtp://")
@example("curl smtps://@")
def test_any_text_is_recognized_or_refused(text: str) -> None:
    try:
        found = recognized(text)
    except RecognitionError:
        return
    assert isinstance(found.profile.server.hostname, str)


@pytest.mark.parametrize(
    "piece",
    ["a", "=", "a=b ", "a=b\n", "swaks ", "[", "'", "\\", "\\\n", "a.", "://", "x:", "@", ",", '{"a":1}', "a b ", '"'],
)
def test_the_longest_text_takes_no_time(piece: str) -> None:
    for before in ("", "swaks -s ", "curl smtp://", "version = 1\n", "{", "curl -d "):
        started = time.perf_counter()
        try:
            recognized((before + piece * LONGEST)[:LONGEST])
        except RecognitionError:
            pass
        assert time.perf_counter() - started < 3
