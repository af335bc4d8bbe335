"""Title, why and fixes for sign-in, sender, recipient and message."""

from __future__ import annotations

from mailsetup_gui.diagnosis.causes import Cause
from mailsetup_gui.wording.reaching import Words

_ADMIN = "Show the reply to the mail server's administrator."

SENDING: dict[Cause, Words] = {
    Cause.AUTH_REFUSED: (
        "The server refused the sign-in",
        "For user “{user}” it answered “{reply}”. It does not say whether the user name or the password is wrong.",
        (
            "Check both; many servers want the full mail address as user name.",
            "This was one attempt: a second wrong one may lock the account.",
        ),
    ),
    Cause.AUTH_NOT_OFFERED: (
        "Not signed in: the server offered no sign-in",
        "There is a user name, but {host} offered no AUTH{before_tls}. Bitbucket's mail library then goes on without signing in, and says nothing.{then_refused}",
        (
            "{choose_tls}",
            "If mail is meant to be anonymous, empty user name and password.",
        ),
    ),
    Cause.NO_COMMON_MECHANISM: (
        "No way to sign in that Bitbucket knows",
        "The server offers only {evidence}; Bitbucket's mail library does LOGIN, PLAIN, DIGEST-MD5 and NTLM.",
        ("Have LOGIN or PLAIN offered after TLS.", "Bitbucket can do OAuth 2.0 for outgoing mail from version 10.0."),
    ),
    Cause.MECHANISM_NOT_TRIED: (
        "mailsetup cannot try this sign-in",
        "The server offers neither LOGIN nor PLAIN; Bitbucket's mail library would use {evidence}, which mailsetup does not speak. Whether it would succeed is not known.",
        ("Have LOGIN or PLAIN offered after TLS, or use Bitbucket's own test.",),
    ),
    Cause.AUTH_NEEDS_TLS: (
        "The server wants TLS before the sign-in",
        "It answered “{reply}”.",
        ("{tls_or_admin}",),
    ),
    Cause.AUTH_REQUIRED: (
        "The server wants a sign-in",
        "It answered “{reply}” at “{step}”, {who_signed_in}.",
        (
            "{sign_in}",
            "Or have the address of the computer that runs Bitbucket allowed to send without.",
        ),
    ),
    Cause.APP_PASSWORD_REQUIRED: (
        "The provider wants an app password",
        "It answered “{reply}”: the ordinary password is not accepted for mail programs.",
        ("Make an app password in the account's security settings, and use it here.",),
    ),
    Cause.BASIC_DISABLED: (
        "The provider has switched off sign-in with a password",
        "It answered “{reply}”. The password is not the cause.",
        (
            "Have SMTP AUTH turned on for this mailbox and tenant, while that is possible.",
            "Or use OAuth 2.0 (Bitbucket 10.0 and later), or a relay that takes mail without a password.",
        ),
    ),
    Cause.TOO_MANY_ATTEMPTS: (
        "Too many sign-in attempts",
        "The server answered “{reply}”.",
        ("Wait, check the password first, then test once.",),
    ),
    Cause.AUTH_TEMPORARY: (
        "The server cannot check passwords just now",
        "It answered “{reply}”.",
        ("Try again later.", _ADMIN),
    ),
    Cause.CLEARTEXT_BLOCKED: (
        "Stopped before the password crossed the network in clear text",
        "The connection to {host} is not encrypted. Bitbucket would send the user name and the password over it with these settings; mailsetup did not.",
        (
            "{choose_tls}",
            "To test all the same, allow sending the password in clear for this one test.",
        ),
    ),
    Cause.SENT_IN_CLEAR: (
        "The password crossed the network in clear text",
        "You allowed it for this test. Bitbucket will do it with every mail.",
        ("Choose “Always use SSL/TLS”, then change the password.",),
    ),
    Cause.SENT_CLEAR: (
        "Not encrypted",
        "Mail to {host} crosses the network in clear text.",
        ("Choose “Always use SSL/TLS” if the server can do it.",),
    ),
    Cause.FROM_INVALID: (
        "The server does not accept the sender's domain",
        "For {sender} it answered “{reply}”.",
        ("Use an “Email from” address whose domain exists in DNS.",),
    ),
    Cause.FROM_REFUSED: (
        "The server refused the sender",
        "For {sender} it answered “{reply}”.",
        ("Use an “Email from” address that this server allows.", _ADMIN),
    ),
    Cause.FROM_NOT_OWNED: (
        "Not allowed to send as {sender}",
        "The server answered “{reply}”.",
        ("{own_sender}", "{give_right}"),
    ),
    Cause.RCPT_INVALID: (
        "The server does not accept the recipient's domain",
        "For {recipient} it answered “{reply}”.",
        ("Check the address that the test goes to.",),
    ),
    Cause.RCPT_UNKNOWN_USER: (
        "The recipient does not exist",
        "For {recipient} the server answered “{reply}”.",
        ("Send the test to another address.",),
    ),
    Cause.RELAY_DENIED: (
        "The server does not relay for this computer",
        "For {recipient} it answered “{reply}”: it delivers to its own domains only, unless somebody signs in or the address is allowed.",
        (
            "{relay}",
            "Or have the address of the computer that runs Bitbucket allowed to relay.",
        ),
    ),
    Cause.GREYLISTED: (
        "The server asks to come back later (greylisting)",
        "For {recipient} it answered “{reply}”. Bitbucket may drop mail that is put off.",
        (
            "Have the address of the computer that runs Bitbucket exempted from greylisting.",
            "Or test again in some minutes.",
        ),
    ),
    Cause.RCPT_REFUSED: (
        "The server refused the recipient",
        "For {recipient} it answered “{reply}”.",
        ("Send the test to another address.", _ADMIN),
    ),
    Cause.TOO_LARGE: (
        "The message is too large for this server",
        "It answered “{reply}”.",
        ("Have the server's size limit raised.",),
    ),
    Cause.POLICY: (
        "The server refused the message by a rule",
        "It answered “{reply}”: usually SPF, DKIM, DMARC, the content, or the address that it came from.",
        (
            "Check that {host} may send for the domain of {sender}.",
            "If it names a block list, have the address that sends taken off that list.",
            _ADMIN,
        ),
    ),
    Cause.DATA_REFUSED: ("The server refused the message", "It answered “{reply}” at “{step}”.", (_ADMIN,)),
    Cause.STORAGE: ("The server has no room", "It answered “{reply}”.", ("Tell the mail server's administrator.",)),
    Cause.SERVER_BUSY: (
        "The server put the message off",
        "It answered “{reply}” at “{step}”.",
        ("Try again in some minutes.", "If it stays so, show the reply to the mail server's administrator."),
    ),
    Cause.RATE_LIMITED: (
        "The server limits how much is sent",
        "It answered “{reply}”.",
        ("Wait, or have the limit raised.",),
    ),
    Cause.INTERNATIONAL: (
        "International names",
        "mailsetup used the ASCII forms of {host} and {sender}. Bitbucket's Java and mail library send both as they are typed, and servers do not understand that.",
        ("Type the ASCII form of each domain, the one with xn--, into Bitbucket.",),
    ),
    Cause.SMTPS_DEFAULT_PORT: (
        "SMTPS on port 25",
        "The port is blank, which is 25 in Bitbucket with SMTPS too; SMTPS servers usually listen on 465.",
        ("Set the port to 465 if the server's administrator did not say 25.",),
    ),
    Cause.BASIC_ENDS: (
        "Sign-in with a password ends at Microsoft 365",
        "{basic_ends} Bitbucket can use OAuth 2.0 for outgoing mail from version 10.0.",
        ("Plan the change before that day.",),
    ),
    Cause.FROM_REWRITTEN: (
        "Gmail will put another sender in",
        "Mail goes out as {user} and not as {sender}, unless {sender} is a verified “Send mail as” address of that account.",
        ("Use {user} as “Email from”.",),
    ),
    Cause.DOES_NOT_DELIVER: (
        "This server does not deliver",
        "{host} on port {port} looks like Mailpit or smtp4dev: it keeps every message and passes none on.",
        ("Use a real mail server for production.",),
    ),
}
