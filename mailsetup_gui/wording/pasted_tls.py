"""The same for TLS, certificates and truststores: what a pasted text leaves open is said to be open."""

from __future__ import annotations

from mailsetup_gui.diagnosis.causes import Cause
from mailsetup_gui.diagnosis.reading import Reading
from mailsetup_gui.wording.language import _
from mailsetup_gui.wording.reaching import Words

_LOG = _("Look into the mail server's log at this moment: it usually says why.")
_FETCH = _("See the chain that the server sends: mailsetup certificate fetch, or “Import certificate…” in the window.")
_STORE = _(
    "Look at the file that -Djavax.net.ssl.trustStore names: mailsetup truststore show FILE tells what Java sees in it."
)
_CHAIN = _("Which certificate it is, the text does not tell: mailsetup certificate fetch shows the chain.")

PASTED_TLS: dict[Cause, Words] = {
    Cause.STARTTLS_NOT_OFFERED: (
        _("The server does not offer STARTTLS"),
        _(
            "“{said}”. “Always use SSL/TLS” is chosen, and the EHLO reply of {place} has no STARTTLS; a firewall that overwrites it looks the same. Bitbucket will not send."
        ),
        (
            _("Use a port that offers TLS: usually 587 with SMTP, or 465 with SMTPS."),
            _("If the server does offer it, have the firewall's SMTP inspection turned off."),
        ),
    ),
    Cause.TLS_ON_PLAIN_PORT: (
        _("SMTPS is chosen, but {at_port} begins in clear text"),
        _("Where a TLS record should be, something else came: “{said}”."),
        (_("Choose SMTP with “Always use SSL/TLS” for {at_port}."), _("Or keep SMTPS and use port 465.")),
    ),
    Cause.TLS_VERSION: (
        _("The server's TLS is too old"),
        _("{place} and Java, which speaks TLS 1.2 and 1.3, have no version in common: “{said}”."),
        (
            _("Have TLS 1.2 or 1.3 turned on at the mail server."),
            _("If -Dmail.smtp.ssl.protocols or -Djdk.tls.client.protocols pins Java to an old version, remove it."),
        ),
    ),
    Cause.TLS_CLIENT_CERTIFICATE: (
        _("The server wants a client certificate"),
        _("{place} ended the handshake: “{said}”. Bitbucket's form cannot give a certificate."),
        (_("Use another port or listener of the mail server that does not ask for one."), _LOG),
    ),
    Cause.TLS_CLOSED: (
        _("The server hung up during the TLS handshake"),
        _("{place} ended the connection before TLS stood: “{said}”."),
        (
            _(
                "Look into the mail server's log: its key or certificate may be unreadable, or it wants a client certificate."
            ),
            _("An inspecting firewall can do this as well: test from the computer that runs Bitbucket."),
        ),
    ),
    Cause.TLS_SILENT: (
        _("The TLS handshake does not go on"),
        _("{place} did not complete the TLS handshake: “{said}”."),
        (_("If the port begins in clear text, choose SMTP instead of SMTPS."), _LOG),
    ),
    Cause.TLS_BROKEN: (_("The TLS handshake failed"), _("With {place}: “{said}”."), (_LOG, _FETCH)),
    Cause.SELF_SIGNED: (
        _("The server's certificate is self-signed"),
        _("It is its own issuer and is not trusted where this was said: “{said}”."),
        (
            _("Have the server use a certificate of a CA that is trusted, or import this one for Bitbucket's Java."),
            _FETCH,
        ),
    ),
    Cause.UNTRUSTED_ROOT: (
        _("The server's certificate comes from a CA that is not trusted"),
        _("The chain of {place} ends in a CA that is not among those that are trusted where this was said: “{said}”."),
        (_("Import the root certificate of that CA into a truststore for Bitbucket's Java."), _FETCH),
    ),
    Cause.MISSING_INTERMEDIATE: (
        _("An intermediate certificate is missing"),
        _("The server sent its own certificate only: “{said}”. Java fetches no missing certificates."),
        (
            _("Have the mail server send its full chain: its own certificate and every intermediate CA."),
            _("If its issuer is your own root CA, import that CA instead."),
            _FETCH,
        ),
    ),
    Cause.EXPIRED: (
        _("A certificate has expired"),
        _("“{said}”. It is one of the chain that {place} sends."),
        (
            _("Have it renewed on the mail server."),
            _CHAIN,
            _("If the date is still to come, the clock of the computer that runs Bitbucket is wrong."),
        ),
    ),
    Cause.NOT_YET_VALID: (
        _("A certificate is not valid yet"),
        _("“{said}”. Usually the clock of the computer that runs Bitbucket is wrong."),
        (_("Check that clock (NTP)."), _CHAIN),
    ),
    Cause.NAME_MISMATCH: (
        _("The certificate is for another name"),
        _("“{said}”. The certificate does not name {host}; which names it has, the text does not tell."),
        (
            _(
                "Use one of the names in the certificate as the host name, never an IP address: mailsetup certificate fetch lists them."
            ),
            _("Or have {host} added to the certificate."),
        ),
    ),
    Cause.WEAK_KEY: (
        _("A key is too short"),
        _("Java refuses it: “{said}”."),
        (
            _(
                "Have the mail server use RSA of 2048 bits or more, or ECDSA; and for “DH” a group of 2048 bits, or ECDHE."
            ),
            _CHAIN,
        ),
    ),
    Cause.WEAK_SIGNATURE: (
        _("A signature is too weak"),
        _("MD5 or SHA-1, usually: “{said}”."),
        (_("Have the certificate issued again with SHA-256."), _CHAIN),
    ),
    Cause.NOT_FOR_SERVERS: (
        _("The certificate is not for servers"),
        _("“{said}”."),
        (
            _(
                "Have a certificate with extended key usage “TLS server authentication” and key usage “digital signature” issued."
            ),
        ),
    ),
    Cause.BAD_CA: (
        _("A certificate in the chain may not issue the next one"),
        _("“{said}”."),
        (_("Have the mail server send the right chain."), _FETCH),
    ),
    Cause.BAD_SIGNATURE: (
        _("A certificate of the chain is not signed by its issuer"),
        _("“{said}”."),
        (
            _(
                "Have the mail server's certificate and chain installed again: a CA of the same name and another key is in it."
            ),
            _FETCH,
        ),
    ),
    Cause.STORE_MISSING: (
        _("The truststore does not exist"),
        _("“{said}”."),
        (_("Check the path in -Djavax.net.ssl.trustStore, letter by letter."),),
    ),
    Cause.STORE_UNREADABLE: (
        _("The truststore cannot be read"),
        _("“{said}”."),
        (
            _("Check the rights of the file for the user who runs Bitbucket."),
            _("If it was made by a newer Java than Bitbucket's, make it again: mailsetup truststore build."),
            _STORE,
        ),
    ),
    Cause.STORE_PASSWORD: (
        _("The truststore cannot be opened: most likely its password is wrong"),
        _("“{said}”. Java says the same of a file that is no truststore at all, such as PEM."),
        (
            _("Check -Djavax.net.ssl.trustStorePassword; the usual one is “changeit”."),
            _STORE,
        ),
    ),
    Cause.STORE_NO_ENTRIES: (
        _("The truststore has no certificate that Java would trust"),
        _("“{said}”. A PKCS#12 file that is opened without its password, or made by openssl, looks empty to Java."),
        (
            _(
                "Give its password with -Djavax.net.ssl.trustStorePassword, or make it again: mailsetup truststore build."
            ),
            _STORE,
        ),
    ),
    Cause.STORE_NOT_A_STORE: (
        _("This is not a truststore"),
        _("“{said}”."),
        (_("Give Java a JKS or PKCS#12 file: mailsetup truststore build makes one of PEM files."), _STORE),
    ),
}
READ_TLS: dict[Reading, Words] = {
    Reading.PKIX: (
        _("The server's certificate is not trusted by this Java"),
        _(
            "“{said}”. This one sentence stands for four different mistakes: a private CA that is not imported, a self-signed certificate, a mail server that does not send its intermediate CA, or a truststore path that is wrong (Java then uses its own cacerts without a word)."
        ),
        (
            _("Let mailsetup test tell which: it looks at the chain that {place} sends."),
            _(
                "Without settings at hand: mailsetup certificate fetch shows the chain, mailsetup truststore verify judges it by your truststore."
            ),
            _("Import a certificate only when that has told which one is missing."),
        ),
    ),
    Reading.DISTRUSTED: (
        _("The JDK itself distrusts the CA of the server's certificate"),
        _("“{said}”. Importing it does not help: the JDK refuses certificates of this CA by a rule of its own."),
        (_("Have the mail server use a certificate of another CA."), _FETCH),
    ),
    Reading.ONE_ISSUER: (
        _("The issuer of the server's certificate is not known"),
        _(
            "“{said}”. Either the mail server does not send an intermediate CA, or its CA is a private one that is not trusted; this sentence stands for both."
        ),
        (_("Let mailsetup test, or mailsetup certificate fetch, tell which."), _FETCH),
    ),
    Reading.DATES: (
        _("A certificate is outside its dates"),
        _(
            "“{said}”: it has expired, or, seldom, is not valid yet; the line below it (NotAfter or NotBefore) tells which."
        ),
        (_("Have it renewed on the mail server."), _("Check the clock of the computer that runs Bitbucket."), _CHAIN),
    ),
    Reading.HANDSHAKE: (
        _("Both sides found no encryption that they share"),
        _(
            "“{said}” stands for one of three: no common cipher suite or curve; a server with RSA key exchange only, which Java 24 and later no longer does; or a server that wants a client certificate."
        ),
        (
            _("Have the mail server offer ECDHE suites with AES-GCM."),
            _(
                "If it began with a newer Java, the server has RSA key exchange only: it is the server that has to change."
            ),
            _("Ask whether the server wants a client certificate; its log says so."),
        ),
    ),
    Reading.PINNED: (
        _("This Java has no TLS version or cipher left to offer"),
        _(
            "“{said}” is said before the server is asked: a setting pins Java to a version that is disabled, such as TLSv1."
        ),
        (
            _(
                "Remove -Dmail.smtp.ssl.protocols, -Djdk.tls.client.protocols or -Dhttps.protocols from Bitbucket's arguments, or set TLSv1.2,TLSv1.3."
            ),
            _("Do not re-enable TLS 1.0 in java.security."),
        ),
    ),
    Reading.OLD_CLIENT: (
        _("The server no longer takes a TLS as old as the one that was spoken"),
        _("It answered “{reply}”. An old Java or mail library, or a setting that pins it to TLS 1.0, spoke."),
        (_("Update the Java that Bitbucket runs on, and remove settings that pin TLS to an old version."),),
    ),
    Reading.DOWNGRADE: (
        _("Most likely something between here and the server reads the connection"),
        _(
            "“{said}” is what Java says when the server's first answer bears the mark of a downgrade. Known for old Java 11 behind a network that inspects TLS; an attack looks the same."
        ),
        (
            _("Ask your network team whether mail traffic is inspected, and have {place} exempted."),
            _("Update the Java that Bitbucket runs on."),
        ),
    ),
    Reading.TLS_ONLY: (
        _("The TLS handshake failed"),
        _("“{said}” does not say why: the reason stands on the lines below it."),
        (_("Paste those lines too, above all “nested exception is” and “Caused by”."), _FETCH),
    ),
    Reading.CLEAR_IN_TLS: (
        _("The server answered in clear text where TLS should begin"),
        _("After STARTTLS something other than TLS came from {place}: “{said}”."),
        (_("Look for a proxy or firewall that changes mail traffic between the two."), _LOG),
    ),
}
