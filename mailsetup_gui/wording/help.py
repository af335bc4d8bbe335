"""Help, offline: one text for each field and each window, for F1, "What is this?" and `mailsetup help`."""

from __future__ import annotations

from typing import NamedTuple

from mailsetup_gui.wording.language import _


class Topic(NamedTuple):
    """`text`: plain, paragraphs between empty lines."""

    title: str
    text: str

    @property
    def paragraphs(self) -> list[str]:
        return self.text.split("\n\n")


TOPICS: dict[str, Topic] = {
    "mail": Topic(
        _("What Bitbucket sends mail for"),
        _(
            "Bitbucket sends notifications (pull requests, discussions of commits), the link with which a new user sets a password, and the link that resets a forgotten one.\n\n"
            "Mail waits in Bitbucket's memory only. When the mail server cannot be reached or refuses it, notifications are dropped, and nobody is told: the reason stands in the log atlassian-bitbucket-mail.log. A new user whose mail was dropped cannot set a password.\n\n"
            "Pull-request mail is collected for some minutes before it goes out. A test that arrives at once and a notification that comes later are normal."
        ),
    ),
    "profiles": Topic(
        _("Profiles"),
        _(
            "A profile is the settings of one mail server under a name: production, staging, another site. The window and the terminal program share them.\n\n"
            "Saving never tests, and a test never saves: it uses what is on the form. The sign before a profile says how its last test ended."
        ),
    ),
    "import-settings": Topic(
        _("Import settings"),
        _(
            "Paste what you have, or open its file: a profile that was exported here, Bitbucket's own document, a command line of swaks or curl, an address. What it was taken for stands below before anything is made of it.\n\n"
            "A password in it is not kept: type it into the new profile. A file's text is not shown, as there may be one in it."
        ),
    ),
    "export-settings": Topic(
        _("Export settings"),
        _(
            "What is on the form, as another program wants it: a script for Bitbucket's REST API, Terraform, Jenkins, GitLab and others, or what to fill in on a page. A file of mailsetup itself can be imported again.\n\n"
            "No password is in any of them; where one belongs, that is said."
        ),
    ),
    "provider": Topic(
        _("Provider"),
        _(
            "Choose a mail provider and its host, port and encryption are filled in; who signs in and who sends stay as they are. A host that you type is recognized by itself.\n\n"
            "Below the field stands what to mind there: which password it wants, which sender it allows. Custom is your own mail server."
        ),
    ),
    "hostname": Topic(
        _("Hostname"),
        _(
            "The mail server to which Bitbucket hands its mail: a name such as mail.example.com, or an IP address. Not the address of Bitbucket, and not the part after the @ of an email address, which often is another computer.\n\n"
            "An address such as smtps://ann@mail.example.com:465 may be pasted: it is taken apart into the fields that it means."
        ),
    ),
    "port": Topic(
        _("Port"),
        _(
            "Empty is 25, Bitbucket's own default. 25 is for mail between servers and is often blocked for others; 587 is for handing in mail with a sign-in (SMTP, then STARTTLS); 465 is SMTPS, with TLS from the first byte.\n\n"
            "The port does not choose the encryption: Protocol and SSL/TLS do."
        ),
    ),
    "protocol": Topic(
        _("Protocol"),
        _(
            "SMTP begins in clear text and may change to TLS by STARTTLS. SMTPS is TLS from the first byte, as a rule on port 465.\n\n"
            "The wrong one is a frequent mistake: SMTPS on port 587 and SMTP on port 465 both fail, at first sight without a reason. A test finds out what the port speaks."
        ),
    ),
    "tls": Topic(
        _("SSL/TLS"),
        _(
            "“Use SSL/TLS if available”: STARTTLS where the server offers it, and clear text where it does not. Who can change what passes on the way can take the offer out.\n\n"
            "“Always use SSL/TLS”: no mail without TLS. Choose this one unless the server cannot do it.\n\n"
            "Where STARTTLS was offered and fails, Bitbucket does not go back to clear text, in neither of the two.\n\n"
            "“Never encrypt” exists in Bitbucket's REST API only, not on its page."
        ),
    ),
    "username": Topic(
        _("Username"),
        _(
            "Empty: Bitbucket does not sign in (anonymous). That is right where the mail server knows Bitbucket's computer by its address.\n\n"
            "Beware of the browser: on Bitbucket's page it may fill in your own Bitbucket name and password by itself (autofill). Bitbucket then signs in to the mail server with them, and an anonymous server refuses that. Empty both fields there before you save.\n\n"
            "What the name looks like is the provider's choice: often the whole email address, at some a fixed word such as apikey."
        ),
    ),
    "password": Topic(
        _("Password"),
        _(
            "The password of this user at the mail server. Many providers want another than that of the mailbox: an app password, an API key, SMTP credentials.\n\n"
            "It is kept in this computer's password store (Secret Service, KWallet, Windows Credential Manager, macOS Keychain), or in memory until the window is closed. It stands in no file, log or report. A test tries it once, so that a wrong one locks no account."
        ),
    ),
    "from": Topic(
        _("Email from"),
        _(
            "The address that Bitbucket's mail comes from. It is also the one to which the mail server sends back what cannot be delivered, and by which receivers check SPF and DMARC.\n\n"
            "Many servers only allow an address that belongs to the user who signs in."
        ),
    ),
    "truststore": Topic(
        _("Truststore (Java)"),
        _(
            "The file of certificates by which Bitbucket's Java decides whom it trusts. Empty: the cacerts of the Java that was found on this computer, or the list of public authorities (CAs) where there is none.\n\n"
            "Name your own where Bitbucket is started with -Djavax.net.ssl.trustStore. JKS, PKCS#12 and PEM are read; Java itself reads the first two. A file may be dropped on the field."
        ),
    ),
    "ehlo-name": Topic(
        _("EHLO name"),
        _(
            "How the client introduces itself. Bitbucket uses the name of its own computer, so leave this empty when you test there. From another computer, enter the name of Bitbucket's: some servers refuse names that they do not know, or localhost."
        ),
    ),
    "test": Topic(
        _("Send a test email"),
        _(
            "Each step stands in a line: what was asked, what came back, how long it took. Below is every line that crossed the network, without the password.\n\n"
            "“Accepted” is the mail server's own word for the message. It does not prove delivery: look in the inbox, and among the spam. “Unknown” means that the last answer is missing: the message may have arrived.\n\n"
            "A failure names one cause, what it rests on, and what to do; a button mends it where a press can. Cancel answers at every step."
        ),
    ),
    "to": Topic(
        _("Send to"),
        _(
            "Who gets the test mail: an inbox that you can look into. Try one inside your organization and one outside: some servers accept the first and refuse the second (relaying denied)."
        ),
    ),
    "message": Topic(
        _("Message"),
        _(
            "A plain test mail, or samples of the three kinds that Bitbucket sends: a pull-request notification, the invitation of a new user, a password reset. The samples show how they look in your mail program, and whether a filter takes them.\n\n"
            "Their links begin with Bitbucket's address, which is not asked: nothing is connected to."
        ),
    ),
    "images": Topic(
        _("Gmail and images"),
        _(
            "Gmail does not let a mail program fetch images itself: Google's own servers fetch them. An avatar on a Bitbucket that only your network reaches stays blank there.\n\n"
            "In Google Workspace an administrator can name addresses that are fetched directly: Admin console, Apps, Google Workspace, Gmail, End User Access, “Image URL proxy allowlist”. Enter Bitbucket's address there. It takes up to an hour, and a note on security stands beside it. Private Gmail accounts do not have it."
        ),
    ),
    "until": Topic(
        _("Stop before sending"),
        _(
            "Goes through everything, the sign-in and the addresses too, and ends before the message: nothing is sent, and nobody gets mail."
        ),
    ),
    "check-name": Topic(
        _("Check the host name"),
        _(
            "JavaMail as Bitbucket has it does not compare the host name with the names in the certificate. Newer mail libraries do, and refuse. Without the mark a wrong name is only a warning."
        ),
    ),
    "java": Topic(
        _("Java"),
        _(
            "A test predicts by Java's own rules what Bitbucket's Java will say of the certificate. With a Java of this computer it is proved too: that Java connects and shakes hands with the truststore, without user and password, and sends no mail.\n\n"
            "Where the two differ, that is said, and Java is believed."
        ),
    ),
    "clear-text": Topic(
        _("Password in clear text"),
        _(
            "Without TLS everybody on the way can read the password. It is sent so only when you allow it here, for one test. Bitbucket itself asks nobody: with “if available” it signs in without TLS where the server offers none."
        ),
    ),
    "explain": Topic(
        _("Explain an error"),
        _(
            "Paste a stack trace or log of Bitbucket, a mail server's reply, or a mail that came back: the card names the cause, as a test would. Nothing leaves this computer. What the words leave open is said to be open."
        ),
    ),
    "certificates": Topic(
        _("Certificates"),
        _(
            "Bitbucket's Java trusts the authorities (CAs) in its truststore, and nobody else: neither what your browser trusts nor what the operating system does. A self-signed certificate, or one of your organization's own CA, ends in “PKIX path building failed”.\n\n"
            "The import fetches the certificate, helps to compare it, and builds a new truststore that keeps all that Java trusted before. Bitbucket then gets one argument (-Djavax.net.ssl.trustStore) and a restart, on every node. Java's own cacerts are never changed: an update would undo that."
        ),
    ),
    "import-source": Topic(
        _("Where the certificate comes from"),
        _(
            "Fetched: the mail server shows its certificates to everybody, without a user or a password, and without being trusted for it. That they are the right ones is for you to compare, on the third page.\n\n"
            "From a file or as text: what your administrator of certificates gave you. PEM, DER, P7B, P12 and JKS are read."
        ),
    ),
    "import-sent": Topic(
        _("The chain"),
        _(
            "Each certificate is signed by the one above it; the root on top is the anchor. What is marked as missing was not sent and is not in the truststore.\n\n"
            "A server should send everything but the root. Missing issuers can be fetched from the address that the certificate names, over http, because no key of theirs is trusted before it is compared."
        ),
    ),
    "fingerprint": Topic(
        _("What to trust, and the fingerprint"),
        _(
            "The root is the best choice: the server's certificate can be renewed without a new import. A single server certificate works until it expires.\n\n"
            "Anybody between you and the server could have shown a certificate of their own. So ask whoever runs it for the SHA-256 fingerprint, by another way than this network, and paste it here."
        ),
    ),
    "import-build": Topic(
        _("Building the truststore"),
        _(
            "Start from the certificates of the Java that runs Bitbucket, so that it goes on trusting what it trusts today: links, Marketplace, LDAPS. JKS is read by every Java.\n\n"
            "Write it outside Bitbucket's installation folder, which an upgrade replaces, and to the same path on every node. A file that is there already is kept beside it, with its date."
        ),
    ),
    "import-proof": Topic(
        _("The proof"),
        _(
            "A Java of this computer connects to the mail server with the new truststore, before that is written where you want it. Bitbucket itself goes on with the old one until it has the argument and was restarted."
        ),
    ),
    "bitbucket": Topic(
        _("Apply to Bitbucket"),
        _(
            "Read shows what Bitbucket has now beside what it would get. Nothing is changed before you press Save. What was saved is read back and compared; where Bitbucket kept something else, the former settings are put back.\n\n"
            "Bitbucket never shows the mail server's password. A change sets it anew, and an undo cannot bring the former one back.\n\n"
            "There is no REST call for a test mail: press Test on Bitbucket's own page afterwards."
        ),
    ),
    "bitbucket-address": Topic(
        _("Bitbucket's address"),
        _(
            "As in the browser, with a port and a path where there are any. http:// is for this computer; to another one it would show both passwords to everybody on the way, so it has to be allowed each time."
        ),
    ),
    "bitbucket-sign-in": Topic(
        _("Sign-in to Bitbucket"),
        _(
            "A user with the global permission System admin (SYS_ADMIN). The password is tried once, so that no CAPTCHA locks the account. Bitbucket is asked who it is before it gets one.\n\n"
            "HTTP access tokens cannot change settings. An OAuth 2.0 token of an incoming link with an admin scope can."
        ),
    ),
    "bitbucket-trust": Topic(
        _("Bitbucket's own certificate"),
        _(
            "This is about the certificate of Bitbucket's https, which this program has to trust; the mail server's is another matter. With a private CA choose the file that has it, or import it."
        ),
    ),
    "sandbox": Topic(
        _("The built-in mail server"),
        _(
            "A small mail server on this computer, reached from nowhere else: try the program on it without any risk. It has STARTTLS, a certificate of its own CA, a sign-in and an inbox, and forgets everything when the window is closed."
        ),
    ),
    "report": Topic(
        _("Report for a ticket"),
        _(
            "Verdict, settings, steps, every line, certificates, Java and versions, as Markdown or JSON Lines. No password is in it. With other names for hosts, addresses and users it can go to strangers; certificates are left out then."
        ),
    ),
}
