"""Title, why and fixes for TLS, certificates and truststores."""

from __future__ import annotations

from mailsetup_gui.diagnosis.causes import Cause
from mailsetup_gui.wording.reaching import Words

_TRUST = "A Java with the same trust anchors refuses it with “PKIX path building failed”."

ENCRYPTING: dict[Cause, Words] = {
    Cause.STARTTLS_NOT_OFFERED: (
        "The server does not offer STARTTLS",
        "“Always use SSL/TLS” is chosen, and the EHLO reply of {host} port {port} has no STARTTLS{middlebox}. Bitbucket will not send.",
        (
            "Use a port that offers TLS: usually 587 with SMTP, or 465 with SMTPS.",
            "Or have the mail server offer STARTTLS on port {port}.",
        ),
    ),
    Cause.STARTTLS_REFUSED: (
        "The server offers STARTTLS and then refuses it",
        "It answered STARTTLS with “{reply}”. Bitbucket does not fall back to clear text, in either TLS setting.",
        ("Ask the mail server's administrator: its certificate or key usually cannot be read.",),
    ),
    Cause.STARTTLS_UNUSED: (
        "The server offers TLS, but these settings do not use it",
        "Everything crosses the network in clear text although {host} offers STARTTLS.",
        ("Choose “Always use SSL/TLS”.",),
    ),
    Cause.TLS_VERSION: (
        "The server's TLS is too old",
        "{host} has no TLS version in common with Java, which speaks 1.2 and 1.3 ({evidence}).",
        ("Have TLS 1.2 or 1.3 turned on at the mail server.",),
    ),
    Cause.TLS_CIPHER: (
        "No cipher suite in common",
        "{host} and this side found no encryption that both allow ({evidence}).",
        (
            "Have the mail server offer ECDHE suites with AES-GCM.",
            "A server that asks for a client certificate can also end like this.",
        ),
    ),
    Cause.TLS_CLIENT_CERTIFICATE: (
        "The server wants a client certificate",
        "{host} ended the handshake because it was shown none. Bitbucket's form cannot give one.",
        ("Use another port or listener of the mail server that does not ask for one.",),
    ),
    Cause.TLS_CLOSED: (
        "The server hung up during the TLS handshake",
        "{host} port {port} ended the connection before TLS stood ({evidence}).",
        (
            "Look into the mail server's log: its key or certificate may be unreadable.",
            "An inspecting firewall can do this as well.",
        ),
    ),
    Cause.TLS_SILENT: (
        "The TLS handshake does not go on",
        "{host} port {port} did not complete the TLS handshake within {took}.",
        (
            "If the port begins in clear text, choose SMTP instead of SMTPS.",
            "Otherwise look into the mail server's log at this moment.",
        ),
    ),
    Cause.TLS_BROKEN: (
        "The TLS handshake failed",
        "With {host} port {port}: {evidence}.",
        ("Look into the mail server's log at this moment.",),
    ),
    Cause.SELF_SIGNED: (
        "The server's certificate is self-signed",
        "The certificate of {host} ({subject}) is its own issuer and is not among the trust anchors ({anchors}). "
        + _TRUST,
        (
            "Import this certificate into a truststore for Bitbucket's Java, after comparing its fingerprint: SHA-256 {fingerprint}.",
            "Better: have the server use a certificate of a CA that is trusted.",
        ),
    ),
    Cause.UNTRUSTED_ROOT: (
        "The server's certificate comes from a CA that is not trusted",
        "The chain of {sent} that {host} sent ends at “{last_issuer}”, which is not among the trust anchors ({anchors}). "
        + _TRUST,
        (
            "Import the root certificate of that CA into a truststore for Bitbucket's Java.",
            "Restart Bitbucket, then test again.",
        ),
    ),
    Cause.MISSING_INTERMEDIATE: (
        "The certificate's issuer is missing",
        "{host} sent only its own certificate ({subject}). Its issuer, “{last_issuer}”, was not sent and is not among the trust anchors ({anchors}). "
        + _TRUST,
        (
            "If “{last_issuer}” is an intermediate CA: have the server send its full chain.",
            "If it is your own root CA: import it into a truststore for Bitbucket's Java.",
        ),
    ),
    Cause.EXPIRED: (
        "A certificate has expired",
        "The chain of {host} holds an expired certificate; the server's own, {subject}, is valid until {not_after}. This computer's clock says {clock}.",
        ("Have the mail server's certificate renewed.", "If the clock is wrong, set it."),
    ),
    Cause.NOT_YET_VALID: (
        "A certificate is not valid yet",
        "The chain of {host} holds a certificate from the future; the server's own, {subject}, is valid from {not_before}. This computer's clock says {clock}.",
        ("Set this computer's clock, or wait.",),
    ),
    Cause.EXPIRES_SOON: (
        "The server's certificate expires soon",
        "{subject} is valid until {not_after}.",
        ("Have it renewed in time: when it expires, Bitbucket stops sending.",),
    ),
    Cause.NAME_MISMATCH: (
        "The certificate is for another name",
        "It names {names}, not {host}. Bitbucket's older mail library (JavaMail up to 2.0) does not check this, newer ones (Angus Mail) refuse.",
        ("Use one of the names in the certificate as the host name.", "Or have {host} added to the certificate."),
    ),
    Cause.WEAK_KEY: (
        "A key is too short",
        "The TLS handshake with {host} failed: {evidence}.",
        ("Have the server use RSA of 2048 bits or more, or ECDSA.",),
    ),
    Cause.WEAK_SIGNATURE: (
        "A signature is too weak",
        "The TLS handshake with {host} failed: {evidence}.",
        ("Have the certificate issued again with SHA-256.",),
    ),
    Cause.NOT_FOR_SERVERS: (
        "The certificate is not for servers",
        "The certificate of {host} ({subject}) may not be used by a TLS server.",
        ("Have a certificate with extended key usage “TLS server authentication” issued.",),
    ),
    Cause.BAD_CA: (
        "A certificate in the chain is not a CA",
        "The chain that {host} sent leads through a certificate that may not issue others ({evidence}).",
        ("Have the mail server send the right chain.",),
    ),
    Cause.STORE_MISSING: (
        "The truststore does not exist",
        "There is no file {evidence}. Java says nothing in this case and silently uses its own cacerts.",
        ("Check the path, letter by letter.",),
    ),
    Cause.STORE_UNREADABLE: (
        "The truststore cannot be read",
        "{evidence}.",
        ("Check the rights of the file for the user who runs this.",),
    ),
    Cause.STORE_PASSWORD: (
        "The truststore's password is wrong",
        "{evidence} cannot be opened with the password that was given.",
        ("Give the right one with --truststore-password-file; Java's usual one is “changeit”.",),
    ),
    Cause.STORE_NO_ENTRIES: (
        "The truststore has no certificate that Java would trust",
        "{evidence}: an encrypted PKCS#12 file opened without its password looks empty to Java.",
        ("Give its password with --truststore-password-file, or build the store again.",),
    ),
    Cause.STORE_NOT_A_STORE: (
        "This is not a truststore",
        "{evidence}.",
        ("Give a JKS, PKCS#12 or PEM file with certificates.",),
    ),
}
