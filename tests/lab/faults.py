"""The catalogue of faults: a server each, what the settings say, and what mailsetup has to say of it. Not a test.

`holds`: a pattern that has to be found in why and evidence, the fact that decides. The names of the 38 are those of the
comparison with other programs; what comes behind them was found while looking at real servers.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import NamedTuple

from mailsetup_gui.diagnosis.causes import Cause
from mailsetup_gui.settings.server import Encryption
from tests.lab import odd
from tests.lab.mta import Lab
from tests.postfix import PASSWORD, USERNAME

IF_OFFERED, ALWAYS, SMTPS, NEVER = (
    Encryption.STARTTLS_IF_OFFERED,
    Encryption.STARTTLS_REQUIRED,
    Encryption.IMPLICIT_TLS,
    Encryption.NONE,
)
Where = Callable[[Lab, contextlib.ExitStack], tuple[str, int]]
FOREIGN = "somebody@example.net"


class Fault(NamedTuple):
    """`cause` None: accepted, with `warnings`. `within`: seconds until the cause. `primed`: one test goes before."""

    name: str
    where: Where
    cause: Cause | None
    holds: str
    encryption: Encryption = ALWAYS
    username: str = USERNAME
    password: str = PASSWORD
    sender: str = USERNAME
    recipient: str = "you@example.test"
    ehlo_name: str = "client.example.test"
    warnings: tuple[Cause, ...] = ()
    check_name: bool = False
    timeout: float = 20.0
    within: float = 1.0
    primed: bool = False

    def __str__(self) -> str:
        return self.name


def real(listener: str) -> Where:
    """A listener of Postfix or Dovecot."""
    return lambda lab, _stack: ("localhost", lab.port[listener])


MODE, TRICKLE, SILENCE = 2.6, 5.0, 10.5
"""Seconds: what is found out by asking, by an answer that does not end, and by waiting for the end of a step."""

CATALOGUE = (
    Fault("refused", odd.closed, Cause.TCP_REFUSED, "127.0.0.1: Connection refused"),
    Fault("nodns", odd.nowhere, Cause.DNS_NOT_FOUND, "Name or service not known"),
    Fault("http", odd.http, Cause.NOT_SMTP, "as a web server.*<!DOCTYPE HTML", within=MODE),
    Fault("imap", real("imap"), Cause.NOT_SMTP, r"as IMAP.*\* OK \[CAPABILITY IMAP4rev1.*Dovecot"),
    Fault("tls2plain", real("submission"), Cause.TLS_ON_PLAIN_PORT, "“220 mail.example.test ESMTP Postfix”", SMTPS),
    Fault("plain2tls", real("smtps"), Cause.PLAIN_ON_TLS_PORT, "TLSv1.3, then 220 mail", within=MODE),
    Fault(
        "selfsigned", real("self-signed"), Cause.SELF_SIGNED, r"Certificate 1 of 1: subject (CN=mail\S+); issuer \1;"
    ),
    Fault("expired", real("expired"), Cause.EXPIRED, r"CN=mail.example.test” .* was valid until 20\d\d-\d\d-\d\d"),
    Fault(
        "wronghost", real("wrong-host"), None, "names smtp.example.net, mx.example.net", warnings=(Cause.NAME_MISMATCH,)
    ),
    Fault("noint", real("no-intermediate"), Cause.MISSING_INTERMEDIATE, "sent 1 certificate.*“CN=Lab Issuing CA”"),
    Fault("tls10", real("TLS 1.0"), Cause.TLS_VERSION, "protocol_version"),
    Fault(
        "authbad", real("submission"), Cause.AUTH_REFUSED, "535 5.7.8 Error: authentication failed", password="not it"
    ),
    Fault(
        "authneedstls",
        real("relay"),
        None,
        "no AUTH on this unencrypted",
        NEVER,
        warnings=(Cause.STARTTLS_UNUSED, Cause.AUTH_NOT_OFFERED, Cause.SENT_CLEAR),
    ),
    Fault("noauth", real("no sign-in"), None, "offered no AUTH", warnings=(Cause.AUTH_NOT_OFFERED,)),
    Fault("oauthonly", real("OAuth alone"), Cause.NO_COMMON_MECHANISM, "only XOAUTH2 OAUTHBEARER"),
    Fault("tenant", odd.tenant, Cause.BASIC_DISABLED, "535 5.7.139 .*SmtpClientAuthentication is disabled"),
    Fault("dropauth", odd.drops_auth, Cause.CLOSED, "End of the connection at “Sign in”"),
    Fault(
        "authreq", real("submission"), Cause.AUTH_REQUIRED, "554 5.7.1 <you@example.test>: .*Access denied", username=""
    ),
    Fault("relay", real("relay"), Cause.RELAY_DENIED, "554 5.7.1 <.*>: Relay access", username="", recipient=FOREIGN),
    Fault("badfrom", real("known senders"), Cause.FROM_INVALID, "450 4.1.8 <.*Domain not found", sender="x@no.invalid"),
    Fault(
        "nouser", real("relay"), Cause.RCPT_UNKNOWN_USER, "550 5.1.1 .*User unknown", recipient="nobody@example.test"
    ),
    Fault("grey", real("greylisting"), Cause.GREYLISTED, "450 4.2.0 .*Greylisted"),
    Fault("content", real("content"), Cause.POLICY, "550 5.7.1 message content rejected"),
    Fault(
        "greet554",
        real("closed to this computer"),
        Cause.GREETING_REFUSED,
        "554 5.7.1 <localhost.*Client host rejected",
    ),
    Fault("greet421", real("one a minute"), Cause.BUSY, "421 4.7.0 .*too many connections", primed=True),
    Fault("nostarttls", real("no TLS"), Cause.STARTTLS_NOT_OFFERED, "EHLO reply: PIPELINING SIZE"),
    Fault("nostarttls-opp", real("no TLS"), None, "clear text", IF_OFFERED, username="", warnings=(Cause.SENT_CLEAR,)),
    Fault("tls454", real("broken"), Cause.STARTTLS_REFUSED, "454 4.7.0 TLS not available"),
    Fault("tls454-opp", real("broken"), Cause.STARTTLS_REFUSED, "454 4.7.0 TLS not available", IF_OFFERED),
    Fault("closes", odd.closes, Cause.CLOSED, "End of the connection at “Server greeting”"),
    Fault("smtpsclose", real("broken key, SMTPS"), Cause.TLS_CLOSED, "unexpected eof|reset", SMTPS),
    Fault("inject", odd.injects, Cause.PROTOCOL, "between the answer to STARTTLS and the start of TLS.*250 injected"),
    Fault("silent", odd.silent, Cause.SILENT, "said nothing for 10.*nor|did not answer a TLS hello", within=SILENCE),
    Fault("silent-smtps", odd.silent, Cause.TLS_SILENT, "within 10.0 s", SMTPS, within=SILENCE),
    Fault("blackhole", odd.swallowed, Cause.TCP_TIMEOUT, "within 10.0 s .*timed out", within=SILENCE),
    Fault("hangtls", odd.hangs_in_tls, Cause.TLS_SILENT, "within 10.0 s", within=SILENCE),
    Fault("hangdot", odd.hangs_at_the_dot, Cause.SILENT, "said nothing .*look in the inbox", timeout=5.0, within=5.5),
    Fault("drip", odd.drips, Cause.SLOW, "began to answer, and had not finished", within=TRICKLE),
)
FOUND = (
    Fault("wronghost checked", real("wrong-host"), Cause.NAME_MISMATCH, "smtp.example.net", check_name=True),
    Fault("not yet valid", real("not-yet"), Cause.NOT_YET_VALID, r"is valid from 20\d\d-"),
    Fault("a private CA", real("private"), Cause.UNTRUSTED_ROOT, "leads to “CN=Corp Root CA”"),
    Fault("a certificate of clients", real("client-only"), Cause.NOT_FOR_SERVERS, "Extended key usage"),
    Fault("TLS 1.0 by SMTPS", real("TLS 1.0, SMTPS"), Cause.TLS_VERSION, "protocol_version", SMTPS),
    Fault("Camellia alone", real("Camellia"), Cause.TLS_CIPHER, "handshake_failure"),
    Fault("no certificate", real("no certificate"), Cause.STARTTLS_REFUSED, "454 4.7.0 TLS not available"),
    Fault("a client certificate", real("client certificate"), Cause.TLS_CLIENT_CERTIFICATE, "No client certificate"),
    Fault("IMAP inside TLS", real("imaps"), Cause.NOT_SMTP, r"as IMAP.*\* OK", SMTPS),
    Fault("IMAPS for SMTP", real("imaps"), Cause.NOT_SMTP, r"inside TLS, not as SMTP but as IMAP.*\* OK", within=MODE),
    Fault("IMAP for SMTPS", real("imap"), Cause.NOT_SMTP, r"as IMAP.*\* OK", SMTPS),
    Fault(
        "authbad at Dovecot", real("dovecot"), Cause.AUTH_REFUSED, "535 5.7.8 Authentication failed", password="not it"
    ),
    Fault("authbad by SMTPS", real("smtps"), Cause.AUTH_REFUSED, "535 5.7.8", SMTPS, password="not it"),
    Fault("authreq at Dovecot", real("dovecot"), Cause.AUTH_REQUIRED, "530 5.7.0 Authentication required", username=""),
    Fault("authreq by SMTPS", real("smtps"), Cause.AUTH_REQUIRED, "554 5.7.1 .*Access denied", SMTPS, username=""),
    Fault(
        "authneedstls and relay",
        real("relay"),
        Cause.AUTH_NOT_OFFERED,
        "Relay access denied",
        NEVER,
        recipient=FOREIGN,
        warnings=(Cause.STARTTLS_UNUSED, Cause.SENT_CLEAR),
    ),
    Fault("noauth and relay", real("no sign-in"), Cause.AUTH_NOT_OFFERED, "Relay access denied", recipient=FOREIGN),
    Fault(
        "TLS is demanded",
        real("submission"),
        Cause.AUTH_NEEDS_TLS,
        "530 5.7.0 Must issue a STARTTLS command first",
        NEVER,
        warnings=(Cause.STARTTLS_UNUSED, Cause.AUTH_NOT_OFFERED, Cause.SENT_CLEAR),
    ),
    Fault("sign-in in clear", real("sign-in in clear"), Cause.CLEARTEXT_BLOCKED, "LOGIN", IF_OFFERED),
    Fault("no password checker", real("no checker"), Cause.TCP_RESET, "at “EHLO”", within=2.0),
    Fault(
        "a sender of somebody else",
        real("owned senders"),
        Cause.FROM_NOT_OWNED,
        "553 5.7.1 .*not owned by",
        sender="boss@example.test",
    ),
    Fault(
        "an unsigned sender",
        real("owned senders"),
        Cause.AUTH_REQUIRED,
        "553 5.7.1 .*not logged in",
        username="",
        sender="boss@example.test",
    ),
    Fault(
        "a sender without a domain",
        real("whole senders"),
        Cause.FROM_INVALID,
        "504 5.5.2 .*fully-qualified",
        sender="x@example",
    ),
    Fault(
        "a name without a domain",
        real("proper names"),
        Cause.EHLO_REFUSED,
        "504 5.5.2 <localhost>: Helo",
        ehlo_name="localhost",
    ),
    Fault("a block list", real("block list"), Cause.POLICY, "554 5.7.1 .*zen.spamhaus.org"),
    Fault("a size limit", real("small"), Cause.TOO_LARGE, "552 5.3.4"),
    Fault("one mail a minute", real("one mail a minute"), Cause.RATE_LIMITED, "450 4.7.1 .*too much mail", primed=True),
    Fault(
        "one sign-in a minute",
        real("one sign-in a minute"),
        Cause.TOO_MANY_ATTEMPTS,
        "450 4.7.1 .*too many AUTH",
        primed=True,
    ),
    Fault("a wrong map", real("wrong map"), Cause.SERVER_BUSY, "451 4.3.5 .*Server configuration error"),
    Fault(
        "refused after the sign-in",
        real("relay"),
        Cause.RCPT_REFUSED,
        "550 5.7.1 .*delivers to example.test alone",
        recipient=FOREIGN,
    ),
    Fault("nothing wrong", real("submission"), None, "signed in as"),
    Fault("nothing wrong at Dovecot", real("dovecot"), None, "signed in as"),
    Fault("nothing wrong by SMTPS", real("smtps"), None, "signed in as", SMTPS),
)
