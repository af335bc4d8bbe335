"""Title, why and fixes for TLS, certificates and truststores."""

from __future__ import annotations

from mailsetup_gui.diagnosis.causes import Cause
from mailsetup_gui.wording.language import _
from mailsetup_gui.wording.reaching import Words

TRUST = _("{says}: “{java}”.")
"""`{trust}` in the sentences below."""
IMPORT = _(
    "with “Import certificate…”, or in a terminal with mailsetup certificate fetch and mailsetup truststore build"
)
"""`{how}` in the sentences below."""

ENCRYPTING: dict[Cause, Words] = {
    Cause.STARTTLS_NOT_OFFERED: (
        _("The server does not offer STARTTLS"),
        _(
            "“Always use SSL/TLS” is chosen, and the EHLO reply of {host} port {port} has no STARTTLS{middlebox}. Bitbucket will not send."
        ),
        (
            "{tls_port}",
            _("Or have the mail server offer STARTTLS on port {port}."),
        ),
    ),
    Cause.STARTTLS_REFUSED: (
        _("The server offers STARTTLS and then refuses it"),
        _("It answered STARTTLS with “{reply}”. Bitbucket does not fall back to clear text, in either TLS setting."),
        (_("Ask the mail server's administrator: its certificate or key usually cannot be read."),),
    ),
    Cause.STARTTLS_UNUSED: (
        _("The server offers TLS, but these settings do not use it"),
        _("Everything crosses the network in clear text although {host} offers STARTTLS."),
        (_("Choose “Always use SSL/TLS”."),),
    ),
    Cause.TLS_VERSION: (
        _("The server's TLS is too old"),
        _("{host} has no TLS version in common with Java, which speaks 1.2 and 1.3 ({evidence})."),
        (_("Have TLS 1.2 or 1.3 turned on at the mail server."),),
    ),
    Cause.TLS_CIPHER: (
        _("No cipher suite in common"),
        _("{host} and this side found no encryption that both allow ({evidence})."),
        (
            _("Have the mail server offer ECDHE suites with AES-GCM."),
            _("A server that asks for a client certificate, or has no certificate of its own, can also end like this."),
        ),
    ),
    Cause.TLS_CLIENT_CERTIFICATE: (
        _("The server wants a client certificate"),
        _("{host} wants to be shown a certificate, and Bitbucket's form cannot give one{said}."),
        (_("Use another port or listener of the mail server that does not ask for one."),),
    ),
    Cause.TLS_CLOSED: (
        _("The server hung up during the TLS handshake"),
        _("{host} port {port} ended the connection before TLS stood ({evidence})."),
        (
            _("Look into the mail server's log: its key or certificate may be unreadable."),
            _("An inspecting firewall can do this as well."),
        ),
    ),
    Cause.TLS_SILENT: (
        _("The TLS handshake does not go on"),
        _("{host} port {port} did not complete the TLS handshake within {took}."),
        (
            _("Look into the mail server's log at this moment."),
            _("An inspecting firewall can do this as well."),
        ),
    ),
    Cause.TLS_BROKEN: (
        _("The TLS handshake failed"),
        _("With {host} port {port}: {evidence}."),
        ("{known_name}", _("Look into the mail server's log at this moment.")),
    ),
    Cause.SELF_SIGNED: (
        _("The server's certificate is self-signed"),
        _(
            "The certificate of {host} ({subject}) is its own issuer and is not among the trust anchors ({anchors}).{namesake} {trust}"
        ),
        (
            _("Import this certificate into a truststore for Bitbucket's Java, {how}."),
            _("First compare its fingerprint with the mail server's administrator: SHA-256 {fingerprint}."),
            _("Better: have the server use a certificate of a CA that is trusted."),
        ),
    ),
    Cause.UNTRUSTED_ROOT: (
        _("The server's certificate comes from a CA that is not trusted"),
        _(
            "The chain of {sent} that {host} sent leads to “{last_issuer}”, which is not among the trust anchors ({anchors}).{namesake} {trust}"
        ),
        (
            _("Import the root certificate of that CA into a truststore for Bitbucket's Java, {how}."),
            _("Restart Bitbucket on every node, then test again."),
            "{incomplete}",
        ),
    ),
    Cause.MISSING_INTERMEDIATE: (
        _("An intermediate certificate is missing"),
        _(
            "{host} sent {sent}. The issuer of the last of them in the chain, “{last_issuer}”, was not sent and is not among the trust anchors ({anchors}). Java fetches no missing certificates. {trust}"
        ),
        (
            _("Have the mail server send its full chain: its own certificate and every intermediate CA."),
            _("Or import “{last_issuer}” into a truststore for Bitbucket's Java, {how}."),
            _("If “{last_issuer}” is your own root CA, importing it is the right way."),
        ),
    ),
    Cause.EXPIRED: (
        _("A certificate has expired"),
        _("“{blamed}” in the chain of {host} was valid until {not_after}. This computer's clock says {clock}. {trust}"),
        (_("Have that certificate renewed on the mail server."), _("If the clock is wrong, set it.")),
    ),
    Cause.NOT_YET_VALID: (
        _("A certificate is not valid yet"),
        _("“{blamed}” in the chain of {host} is valid from {not_before}. This computer's clock says {clock}. {trust}"),
        (_("Set this computer's clock, or wait."),),
    ),
    Cause.EXPIRES_SOON: (
        _("The server's certificate expires soon"),
        _("{subject} is valid until {not_after}."),
        (_("Have it renewed in time: when it expires, Bitbucket stops sending."),),
    ),
    Cause.SHA1: (
        _("A certificate of the chain is signed with SHA-1"),
        _(
            "Java accepts that below a CA of your own, and refuses it below the CAs that it ships. Other programs refuse it."
        ),
        (_("Have the certificate issued again with SHA-256."),),
    ),
    Cause.PINNED_INVALID: (
        _("The imported certificate is outside its dates"),
        _(
            "{subject} itself is in the truststore, so Java does not look at its dates ({not_before} to {not_after}); other programs do."
        ),
        (_("Have it renewed, and import the CA that issues it instead of the certificate itself."),),
    ),
    Cause.ANCHOR_EXPIRED: (
        _("The trusted CA has expired"),
        _("Java does not look at the dates of a certificate that is in the truststore; other programs do."),
        (_("Ask the CA for its new certificate, and import that as well."),),
    ),
    Cause.BAD_SIGNATURE: (
        _("A certificate of the chain is not signed by its issuer"),
        _("“{blamed}” in the chain of {host} has a signature that the key of its issuer did not make. {trust}"),
        (
            _(
                "Have the mail server's certificate and chain installed again: a CA of the same name and another key is in it."
            ),
            _("An inspecting proxy in between can do this as well."),
        ),
    ),
    Cause.NAME_MISMATCH: (
        _("The certificate is for another name"),
        _(
            "It names {names}, not {host}. Bitbucket's older mail library (JavaMail up to 2.0) does not check this, newer ones (Angus Mail) refuse."
        ),
        (_("Use one of the names in the certificate as the host name."), _("Or have {host} added to the certificate.")),
    ),
    Cause.WEAK_KEY: (
        _("A key is too short"),
        _("{host} uses one that Java refuses: {evidence}."),
        ("{stronger}",),
    ),
    Cause.WEAK_SIGNATURE: (
        _("A signature is too weak"),
        _("In the certificates of {host}: {evidence}."),
        (_("Have the certificate issued again with SHA-256."),),
    ),
    Cause.NOT_FOR_SERVERS: (
        _("The certificate is not for servers"),
        _("The certificate of {host} ({subject}) may not be used by a TLS server. {trust}"),
        (
            _(
                "Have a certificate with extended key usage “TLS server authentication” and key usage “digital signature” issued."
            ),
        ),
    ),
    Cause.BAD_CA: (
        _("A certificate in the chain may not issue the next one"),
        _("Java refuses “{blamed}” in the chain of {host}. {trust}"),
        (
            _("Have the mail server send the right chain."),
            _("A certificate that is no CA counts in a truststore for itself only: import the CA instead."),
        ),
    ),
    Cause.INTERCEPTED: (
        "{intercepted}",
        _("The chain that came from {host} leads to “{last_issuer}”{interceptor}. {trust}"),
        (
            _("Ask your network team whether mail traffic is inspected, and have {host} port {port} exempted."),
            _(
                "Compare from the computer that runs Bitbucket: mailsetup certificate fetch shows the fingerprint there."
            ),
            "{new_authority}",
            _("Import that certificate only if the inspection is wanted there as well."),
        ),
    ),
    Cause.JAVA_DIFFERS: (
        _("This computer and Bitbucket's Java disagree"),
        _(
            "By Java's rules and the trust anchors that were named ({anchors}) the server should be judged otherwise; the JVM itself says: “{java}”."
        ),
        (_("Believe the JVM: Bitbucket will do what it does."),),
    ),
    Cause.JAVA_NOT_ASKED: (
        _("The JVM could not be asked"),
        _("{proof}. What is told of Java is predicted by its rules."),
        (_("Name another JVM with --java, or look at what it says."),),
    ),
    Cause.STORE_MISSING: (
        _("The truststore does not exist"),
        _("There is no file {evidence}. Java says nothing in this case and silently uses its own cacerts."),
        (
            _(
                "Check the path, letter by letter: here, and in the JVM argument -Djavax.net.ssl.trustStore of Bitbucket."
            ),
            _("Then restart Bitbucket: Java reads it once, when it starts."),
        ),
    ),
    Cause.STORE_UNREADABLE: (
        _("The truststore cannot be read"),
        _("{evidence}."),
        (_("Check the rights of the file for the user who runs this."),),
    ),
    Cause.STORE_PASSWORD: (
        _("The truststore's password is wrong"),
        _("{evidence} cannot be opened with the password that was given."),
        (
            _("Give the right one with --truststore-password-file; Java's usual one is “changeit”."),
            _("Bitbucket's Java is given it with -Djavax.net.ssl.trustStorePassword."),
        ),
    ),
    Cause.STORE_NO_ENTRIES: (
        _("The truststore has no certificate that Java would trust"),
        _("{evidence}: an encrypted PKCS#12 file opened without its password looks empty to Java."),
        (
            _(
                "Give its password with --truststore-password-file, and Bitbucket's Java with -Djavax.net.ssl.trustStorePassword."
            ),
            _("Or build the store again with mailsetup truststore build: it needs no password then."),
        ),
    ),
    Cause.STORE_NOT_A_STORE: (
        _("This is not a truststore"),
        _("{evidence}."),
        (
            _("Give a JKS, PKCS#12 or PEM file with certificates."),
            _("Java itself takes no PEM: make a truststore of it with mailsetup truststore build."),
        ),
    ),
}
