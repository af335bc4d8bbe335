"""Every alert of TLS in the answer to a ClientHello: the nearest cause, and the alert in Java's words."""

from __future__ import annotations

import pytest

from mailsetup_gui.diagnosis.causes import Cause
from tests.smtp.misdeeds import hang_up
from tests.smtp.polite import Mode, Stage, polite, then
from tests.smtp.tls_misdeeds import in_clear
from tests.smtp.trying import Tried, tried

CLIENT, BROKEN = Cause.TLS_CLIENT_CERTIFICATE, Cause.TLS_BROKEN
ALERTS = [
    (10, "unexpected_message", BROKEN),
    (20, "bad_record_mac", BROKEN),
    (22, "record_overflow", BROKEN),
    (40, "handshake_failure", Cause.TLS_CIPHER),
    (42, "bad_certificate", CLIENT),
    (43, "unsupported_certificate", CLIENT),
    (44, "certificate_revoked", CLIENT),
    (45, "certificate_expired", CLIENT),
    (46, "certificate_unknown", CLIENT),
    (47, "illegal_parameter", BROKEN),
    (48, "unknown_ca", CLIENT),
    (49, "access_denied", BROKEN),
    (50, "decode_error", BROKEN),
    (51, "decrypt_error", BROKEN),
    (70, "protocol_version", Cause.TLS_VERSION),
    (71, "insufficient_security", Cause.TLS_CIPHER),
    (80, "internal_error", BROKEN),
    (86, "inappropriate_fallback", Cause.TLS_VERSION),
    (109, "missing_extension", BROKEN),
    (110, "unsupported_extension", BROKEN),
    (112, "unrecognized_name", BROKEN),
    (116, "certificate_required", CLIENT),
    (120, "no_application_protocol", BROKEN),
]


def alerted(number: int, mode: Mode) -> Tried:
    alert = in_clear(bytes((0x15, 3, 3, 0, 2, 2, number)))
    return tried(polite(mode, {Stage.HANDSHAKE: then(alert, hang_up)}), mode)[0]


@pytest.mark.parametrize("mode", [Mode.STARTTLS, Mode.SMTPS], ids=str)
@pytest.mark.parametrize(("number", "name", "cause"), ALERTS, ids=[name for _, name, _ in ALERTS])
def test_an_alert_has_its_cause_and_is_told_as_java_tells_it(number: int, name: str, cause: Cause, mode: Mode) -> None:
    found = alerted(number, mode)

    assert found.cause == cause.value
    assert found.finished.card.evidence[0] == f"TLS: Received fatal alert: {name}"
    assert name in found.finished.card.why


@pytest.mark.parametrize("number", [0, 121, 200, 255])
def test_an_alert_that_nobody_knows_is_a_broken_handshake(number: int) -> None:
    found = alerted(number, Mode.SMTPS)

    assert found.cause == BROKEN.value
    assert "ssl" not in found.finished.card.why.lower().replace("ssl/tls", "")


def test_a_server_that_knows_no_such_host_makes_one_look_at_the_name() -> None:
    assert "use the name that its administrator gives" in alerted(112, Mode.SMTPS).finished.card.fixes[0]
