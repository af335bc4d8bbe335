"""Title, why and fixes for TLS, certificates and truststores."""

from __future__ import annotations

from mailsetup_gui.diagnosis.causes import Cause
from mailsetup_gui.wording.reaching import Words

_TRUST = "{says}: “{java}”."
_IMPORT = "with “Import certificate…”, or in a terminal with mailsetup certificate fetch and mailsetup truststore build"

ENCRYPTING: dict[Cause, Words] = {
    Cause.STARTTLS_NOT_OFFERED: (
        "The server does not offer STARTTLS",
        "“Always use SSL/TLS” is chosen, and the EHLO reply of {host} port {port} has no STARTTLS{middlebox}. Bitbucket will not send.",
        (
            "{tls_port}",
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
            "A server that asks for a client certificate, or has no certificate of its own, can also end like this.",
        ),
    ),
    Cause.TLS_CLIENT_CERTIFICATE: (
        "The server wants a client certificate",
        "{host} wants to be shown a certificate, and Bitbucket's form cannot give one{said}.",
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
            "Look into the mail server's log at this moment.",
            "An inspecting firewall can do this as well.",
        ),
    ),
    Cause.TLS_BROKEN: (
        "The TLS handshake failed",
        "With {host} port {port}: {evidence}.",
        ("{known_name}", "Look into the mail server's log at this moment."),
    ),
    Cause.SELF_SIGNED: (
        "The server's certificate is self-signed",
        "The certificate of {host} ({subject}) is its own issuer and is not among the trust anchors ({anchors}).{namesake} "
        + _TRUST,
        (
            "Import this certificate into a truststore for Bitbucket's Java, " + _IMPORT + ".",
            "First compare its fingerprint with the mail server's administrator: SHA-256 {fingerprint}.",
            "Better: have the server use a certificate of a CA that is trusted.",
        ),
    ),
    Cause.UNTRUSTED_ROOT: (
        "The server's certificate comes from a CA that is not trusted",
        "The chain of {sent} that {host} sent leads to “{last_issuer}”, which is not among the trust anchors ({anchors}).{namesake} "
        + _TRUST,
        (
            "Import the root certificate of that CA into a truststore for Bitbucket's Java, " + _IMPORT + ".",
            "Restart Bitbucket on every node, then test again.",
            "{incomplete}",
        ),
    ),
    Cause.MISSING_INTERMEDIATE: (
        "An intermediate certificate is missing",
        "{host} sent {sent}. The issuer of the last of them in the chain, “{last_issuer}”, was not sent and is not among the trust anchors ({anchors}). Java fetches no missing certificates. "
        + _TRUST,
        (
            "Have the mail server send its full chain: its own certificate and every intermediate CA.",
            "Or import “{last_issuer}” into a truststore for Bitbucket's Java, " + _IMPORT + ".",
            "If “{last_issuer}” is your own root CA, importing it is the right way.",
        ),
    ),
    Cause.EXPIRED: (
        "A certificate has expired",
        "“{blamed}” in the chain of {host} was valid until {not_after}. This computer's clock says {clock}. " + _TRUST,
        ("Have that certificate renewed on the mail server.", "If the clock is wrong, set it."),
    ),
    Cause.NOT_YET_VALID: (
        "A certificate is not valid yet",
        "“{blamed}” in the chain of {host} is valid from {not_before}. This computer's clock says {clock}. " + _TRUST,
        ("Set this computer's clock, or wait.",),
    ),
    Cause.EXPIRES_SOON: (
        "The server's certificate expires soon",
        "{subject} is valid until {not_after}.",
        ("Have it renewed in time: when it expires, Bitbucket stops sending.",),
    ),
    Cause.SHA1: (
        "A certificate of the chain is signed with SHA-1",
        "Java accepts that below a CA of your own, and refuses it below the CAs that it ships. Other programs refuse it.",
        ("Have the certificate issued again with SHA-256.",),
    ),
    Cause.PINNED_INVALID: (
        "The imported certificate is outside its dates",
        "{subject} itself is in the truststore, so Java does not look at its dates ({not_before} to {not_after}); other programs do.",
        ("Have it renewed, and import the CA that issues it instead of the certificate itself.",),
    ),
    Cause.ANCHOR_EXPIRED: (
        "The trusted CA has expired",
        "Java does not look at the dates of a certificate that is in the truststore; other programs do.",
        ("Ask the CA for its new certificate, and import that as well.",),
    ),
    Cause.BAD_SIGNATURE: (
        "A certificate of the chain is not signed by its issuer",
        "“{blamed}” in the chain of {host} has a signature that the key of its issuer did not make. " + _TRUST,
        (
            "Have the mail server's certificate and chain installed again: a CA of the same name and another key is in it.",
            "An inspecting proxy in between can do this as well.",
        ),
    ),
    Cause.NAME_MISMATCH: (
        "The certificate is for another name",
        "It names {names}, not {host}. Bitbucket's older mail library (JavaMail up to 2.0) does not check this, newer ones (Angus Mail) refuse.",
        ("Use one of the names in the certificate as the host name.", "Or have {host} added to the certificate."),
    ),
    Cause.WEAK_KEY: (
        "A key is too short",
        "{host} uses one that Java refuses: {evidence}.",
        ("{stronger}",),
    ),
    Cause.WEAK_SIGNATURE: (
        "A signature is too weak",
        "In the certificates of {host}: {evidence}.",
        ("Have the certificate issued again with SHA-256.",),
    ),
    Cause.NOT_FOR_SERVERS: (
        "The certificate is not for servers",
        "The certificate of {host} ({subject}) may not be used by a TLS server. " + _TRUST,
        (
            "Have a certificate with extended key usage “TLS server authentication” and key usage “digital signature” issued.",
        ),
    ),
    Cause.BAD_CA: (
        "A certificate in the chain may not issue the next one",
        "Java refuses “{blamed}” in the chain of {host}. " + _TRUST,
        (
            "Have the mail server send the right chain.",
            "A certificate that is no CA counts in a truststore for itself only: import the CA instead.",
        ),
    ),
    Cause.INTERCEPTED: (
        "Something between here and the server reads the connection",
        "The chain that came from {host} leads to “{last_issuer}”{interceptor}. " + _TRUST,
        (
            "Ask your network team whether mail traffic is inspected, and have {host} port {port} exempted.",
            "Compare from the computer that runs Bitbucket: mailsetup certificate fetch shows the fingerprint there.",
            "Import that certificate only if the inspection is wanted there as well.",
        ),
    ),
    Cause.JAVA_DIFFERS: (
        "This computer and Bitbucket's Java disagree",
        "By Java's rules and the trust anchors that were named ({anchors}) the server should be judged otherwise; the JVM itself says: “{java}”.",
        ("Believe the JVM: Bitbucket will do what it does.",),
    ),
    Cause.JAVA_NOT_ASKED: (
        "The JVM could not be asked",
        "{proof}. What is told of Java is predicted by its rules.",
        ("Name another JVM with --java, or look at what it says.",),
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
