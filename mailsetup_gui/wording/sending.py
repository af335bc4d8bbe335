"""Title, why and fixes for sign-in, sender, recipient and message."""

from __future__ import annotations

from mailsetup_gui.diagnosis.causes import Cause
from mailsetup_gui.wording.language import _
from mailsetup_gui.wording.reaching import Words

_ADMIN = _("Show the reply to the mail server's administrator.")

SENDING: dict[Cause, Words] = {
    Cause.AUTH_REFUSED: (
        _("The server refused the sign-in"),
        _("For user “{user}” it answered “{reply}”. It does not say whether the user name or the password is wrong."),
        (
            _("Check both; many servers want the full mail address as user name."),
            _("This was one attempt: a second wrong one may lock the account."),
        ),
    ),
    Cause.AUTH_NOT_OFFERED: (
        _("Not signed in: the server offered no sign-in"),
        _(
            "There is a user name, but {host} offered no AUTH{before_tls}. Bitbucket's mail library then goes on without signing in, and says nothing.{then_refused}"
        ),
        (
            "{offer_auth}",
            _("If mail is meant to be anonymous, empty user name and password."),
        ),
    ),
    Cause.NO_COMMON_MECHANISM: (
        _("No way to sign in that Bitbucket knows"),
        _("The server offers only {evidence}; Bitbucket's mail library does LOGIN, PLAIN, DIGEST-MD5 and NTLM."),
        (
            _("Have LOGIN or PLAIN offered after TLS."),
            _("Bitbucket can do OAuth 2.0 for outgoing mail from version 10.0."),
        ),
    ),
    Cause.MECHANISM_NOT_TRIED: (
        _("mailsetup cannot try this sign-in"),
        _(
            "The server offers neither LOGIN nor PLAIN; Bitbucket's mail library would use {evidence}, which mailsetup does not speak. Whether it would succeed is not known."
        ),
        (_("Have LOGIN or PLAIN offered after TLS, or use Bitbucket's own test."),),
    ),
    Cause.AUTH_NEEDS_TLS: (
        _("The server wants TLS before the sign-in"),
        _("It answered “{reply}”."),
        ("{tls_or_admin}",),
    ),
    Cause.AUTH_REQUIRED: (
        _("The server wants a sign-in"),
        _("It answered “{reply}” at “{step}”, {who_signed_in}."),
        (
            "{sign_in}",
            _("Or have the address of the computer that runs Bitbucket allowed to send without."),
        ),
    ),
    Cause.APP_PASSWORD_REQUIRED: (
        _("The provider wants an app password"),
        _("It answered “{reply}”: the ordinary password is not accepted for mail programs."),
        (_("Make an app password in the account's security settings, and use it here."),),
    ),
    Cause.BASIC_DISABLED: (
        _("The provider has switched off sign-in with a password"),
        _("It answered “{reply}”. The password is not the cause."),
        (
            _("Have SMTP AUTH turned on for this mailbox and tenant, while that is possible."),
            _("Or use OAuth 2.0 (Bitbucket 10.0 and later), or a relay that takes mail without a password."),
        ),
    ),
    Cause.TOO_MANY_ATTEMPTS: (
        _("Too many sign-in attempts"),
        _("The server answered “{reply}”."),
        (_("Wait, check the password first, then test once."),),
    ),
    Cause.AUTH_TEMPORARY: (
        _("The server cannot check passwords just now"),
        _("It answered “{reply}”."),
        (_("Try again later."), _ADMIN),
    ),
    Cause.CLEARTEXT_BLOCKED: (
        _("Stopped before the password crossed the network in clear text"),
        _(
            "The connection to {host} is not encrypted. Bitbucket would send the user name and the password over it with these settings; mailsetup did not."
        ),
        (
            "{choose_tls}",
            _("To test all the same, allow sending the password in clear for this one test."),
        ),
    ),
    Cause.SENT_IN_CLEAR: (
        _("The password crossed the network in clear text"),
        _("You allowed it for this test. Bitbucket will do it with every mail."),
        (_("Choose “Always use SSL/TLS”, then change the password."),),
    ),
    Cause.SENT_CLEAR: (
        _("Not encrypted"),
        _("Mail to {host} crosses the network in clear text."),
        (_("Choose “Always use SSL/TLS” if the server can do it."),),
    ),
    Cause.FROM_INVALID: (
        _("The server does not accept the sender's domain"),
        _("For {sender} it answered “{reply}”."),
        (_("Use an “Email from” address whose domain exists in DNS."),),
    ),
    Cause.FROM_REFUSED: (
        _("The server refused the sender"),
        _("For {sender} it answered “{reply}”."),
        (_("Use an “Email from” address that this server allows."), _ADMIN),
    ),
    Cause.FROM_NOT_OWNED: (
        _("Not allowed to send as {sender}"),
        _("The server answered “{reply}”."),
        ("{own_sender}", "{give_right}"),
    ),
    Cause.RCPT_INVALID: (
        _("The server does not accept the recipient's domain"),
        _("For {recipient} it answered “{reply}”."),
        (_("Check the address that the test goes to."),),
    ),
    Cause.RCPT_UNKNOWN_USER: (
        _("The recipient does not exist"),
        _("For {recipient} the server answered “{reply}”."),
        (_("Send the test to another address."),),
    ),
    Cause.RELAY_DENIED: (
        _("The server does not relay for this computer"),
        _(
            "For {recipient} it answered “{reply}”: it delivers to its own domains only, unless somebody signs in or the address is allowed."
        ),
        (
            "{relay}",
            _("Or have the address of the computer that runs Bitbucket allowed to relay."),
        ),
    ),
    Cause.GREYLISTED: (
        _("The server asks to come back later (greylisting)"),
        _("For {recipient} it answered “{reply}”. Bitbucket may drop mail that is put off."),
        (
            _("Have the address of the computer that runs Bitbucket exempted from greylisting."),
            _("Or test again in some minutes."),
        ),
    ),
    Cause.RCPT_REFUSED: (
        _("The server refused the recipient"),
        _("For {recipient} it answered “{reply}”."),
        (_("Send the test to another address."), _ADMIN),
    ),
    Cause.TOO_LARGE: (
        _("The message is too large for this server"),
        _("It answered “{reply}”."),
        (_("Have the server's size limit raised."),),
    ),
    Cause.POLICY: (
        _("The server refused the message by a rule"),
        _("It answered “{reply}”: usually SPF, DKIM, DMARC, the content, or the address that it came from."),
        (
            _("Check that {host} may send for the domain of {sender}."),
            _("If it names a block list, have the address that sends taken off that list."),
            _ADMIN,
        ),
    ),
    Cause.DATA_REFUSED: (_("The server refused the message"), _("It answered “{reply}” at “{step}”."), (_ADMIN,)),
    Cause.STORAGE: (
        _("The server has no room"),
        _("It answered “{reply}”."),
        (_("Tell the mail server's administrator."),),
    ),
    Cause.SERVER_BUSY: (
        _("The server put the message off"),
        _("It answered “{reply}” at “{step}”."),
        (_("Try again in some minutes."), _("If it stays so, show the reply to the mail server's administrator.")),
    ),
    Cause.RATE_LIMITED: (
        _("The server limits how much is sent"),
        _("It answered “{reply}”."),
        (_("Wait, or have the limit raised."),),
    ),
    Cause.INTERNATIONAL: (
        _("International names"),
        _(
            "mailsetup used the ASCII forms of {host} and {sender}. Bitbucket's Java and mail library send both as they are typed, and servers do not understand that."
        ),
        (_("Type the ASCII form of each domain, the one with xn--, into Bitbucket."),),
    ),
    Cause.SMTPS_DEFAULT_PORT: (
        _("SMTPS on port 25"),
        _("The port is blank, which is 25 in Bitbucket with SMTPS too; SMTPS servers usually listen on 465."),
        (_("Set the port to 465 if the server's administrator did not say 25."),),
    ),
    Cause.BASIC_ENDS: (
        _("Sign-in with a password ends at Microsoft 365"),
        _("{basic_ends} Bitbucket can use OAuth 2.0 for outgoing mail from version 10.0."),
        (_("Plan the change before that day."),),
    ),
    Cause.FROM_REWRITTEN: (
        _("Gmail will put another sender in"),
        _(
            "Mail goes out as {user} and not as {sender}, unless {sender} is a verified “Send mail as” address of that account."
        ),
        (_("Use {user} as “Email from”."),),
    ),
    Cause.DOES_NOT_DELIVER: (
        _("This server does not deliver"),
        _("{host} on port {port} looks like Mailpit or smtp4dev: it keeps every message and passes none on."),
        (_("Use a real mail server for production."),),
    ),
}
