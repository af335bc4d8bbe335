"""Every habit of a provider in words: why a test failed there, and what to do. Whole sentences, filled by .format."""

from __future__ import annotations

from mailsetup_gui.diagnosis.quirks import Quirk
from mailsetup_gui.wording.language import _

Habit = tuple[str, tuple[str, ...]]

_APP_PASSWORD = _("Make an app password in the account's security settings, and use that.")

HABITS: dict[Quirk, Habit] = {
    Quirk.PLACEHOLDER: (
        _("{placeholder} in the host name stands for your own."),
        (_("Put your own name in the place of {placeholder} in “Hostname”."),),
    ),
    Quirk.OTHER_PORT: (
        _("{name} does not listen on port {port}."),
        (_("Use port {ports}; 465 and 2465 are for SMTPS, the others for SMTP with “Always use SSL/TLS”."),),
    ),
    Quirk.PORT_25: (
        _("Clouds and internet providers often block or slow port 25, Amazon EC2 among them."),
        (_("Use another port of {name}: {ports}."),),
    ),
    Quirk.PORT_25_ONLY: (
        _("{name} has port 25 only, and clouds and internet providers often block it."),
        (_("Have outgoing port 25 opened from Bitbucket's node to {host}."),),
    ),
    Quirk.LOCAL_NOBODY: (
        _("No mail server runs on this computer; in Bitbucket localhost means its own node."),
        (_("Install a relay there (Postfix, msmtpd), or name the mail server itself as “Hostname”."),),
    ),
    Quirk.FROM_OWN: (
        _("{name} lets an account send as its own addresses only."),
        (_("Use {user} as “Email from”, or add {sender} to the account as an alias."),),
    ),
    Quirk.FROM_VERIFIED: (
        _("{name} takes mail only from senders that were verified there."),
        (_("Verify {sender} or its domain at {name}, or use an “Email from” that is verified."),),
    ),
    Quirk.GOOGLE_PASSWORD: (
        _("Google takes no account password here, only an app password."),
        (
            _(
                "Switch on 2-step verification for {user}, make an app password (myaccount.google.com/apppasswords), and use its 16 letters."
            ),
            _(
                "In Google Workspace without app passwords: use the SMTP relay (smtp-relay.gmail.com), or OAuth 2.0 from Bitbucket 10.0."
            ),
        ),
    ),
    Quirk.GOOGLE_LIMIT: (
        _("Google takes about 500 mails a day from a personal account and 2,000 from a Workspace user."),
        (_("Wait a day, or use the Workspace SMTP relay or a mail service for applications."),),
    ),
    Quirk.RELAY_UNKNOWN: (
        _("Google's relay does not know the public address that this came from, or the domain of {sender}."),
        (
            _(
                "Add this computer's public address to the SMTP relay service (Admin console, Gmail, Routing), and allow the domain of {sender}."
            ),
            _("Or have a user of the domain sign in with an app password."),
        ),
    ),
    Quirk.RELAY_EHLO: (
        _("Google's relay refuses names such as localhost in EHLO."),
        (_("Set “EHLO name” to a full name of your domain, and mail.smtp.localhost to the same in Bitbucket."),),
    ),
    Quirk.M365_PASSWORD: (
        _(
            "Microsoft 365 says the same for a wrong password, for multi-factor sign-in and where SMTP AUTH is off. {basic_ends}"
        ),
        (
            _(
                "Try user and password at outlook.office.com: if they work there, the sign-in with a password is blocked for SMTP."
            ),
            _(
                "Look at the three switches: Security Defaults off, SMTP AUTH on for the tenant, and for the mailbox {user}."
            ),
        ),
    ),
    Quirk.M365_WRONG_PASSWORD: (
        _("Microsoft 365 says that user name or password is wrong, not that the sign-in is switched off."),
        (
            _(
                "Try user and password at outlook.office.com; the user name is the sign-in name, which may differ from {sender}."
            ),
        ),
    ),
    Quirk.M365_BASIC: ("{basic_ends}", ()),
    Quirk.M365_TENANT: (
        _("SMTP AUTH is switched off for the whole tenant. {basic_ends}"),
        (
            _(
                "Exchange admin centre, Settings, Mail flow: clear “Turn off SMTP AUTH protocol”, then allow it for the mailbox {user}."
            ),
        ),
    ),
    Quirk.M365_MAILBOX: (
        _("SMTP AUTH is switched off for this mailbox. {basic_ends}"),
        (_("Microsoft 365 admin centre, the user {user}, Mail, Manage email apps: tick “Authenticated SMTP”."),),
    ),
    Quirk.M365_DEFAULTS: (
        _("Security Defaults of the tenant block every sign-in with a password alone. {basic_ends}"),
        (_("Have Security Defaults replaced by Conditional Access rules that leave the mailbox {user} out."),),
    ),
    Quirk.M365_SEND_AS: (
        _("A mailbox of Microsoft 365 may send only as itself, or as a mailbox that it has “Send As” for."),
        (
            _(
                "Give {user} the right “Send As” for {sender} (Exchange admin centre, Mailboxes, {sender}, Delegation); it takes up to an hour."
            ),
        ),
    ),
    Quirk.M365_SIGN_IN: (
        _("{host} takes mail only from a mailbox that signs in."),
        (
            _("Fill in user name and password of a mailbox, with “Always use SSL/TLS”."),
            _("To send without a sign-in, use a connector: TENANT.mail.protection.outlook.com, port 25."),
        ),
    ),
    Quirk.M365_RATE: (
        _("Microsoft 365 takes 30 messages a minute from a mailbox, and few connections at once."),
        (_("Send more slowly, or use High Volume Email or Azure Communication Services for many mails."),),
    ),
    Quirk.CONNECTOR: (
        _(
            "No connector of the tenant knows the public address that this came from; without one, only its own recipients are served."
        ),
        (
            _(
                "Make a connector (Exchange admin centre, Mail flow, Connectors: from your organization's server to Office 365) with this computer's public address."
            ),
            _("Use an “Email from” of an accepted domain of the tenant."),
        ),
    ),
    Quirk.CONNECTOR_NO_SIGN_IN: (
        _("{host} takes no sign-in: it knows its senders by their address."),
        (_("Empty user name and password, or use smtp.office365.com, port 587, to sign in."),),
    ),
    Quirk.DIRECT_SEND_OFF: (
        _("The tenant rejects Direct Send."),
        (_("Make a connector with this computer's public address; then it is no Direct Send any more."),),
    ),
    Quirk.HVE_ACCOUNT: (
        _("High Volume Email knows HVE accounts only, not mailboxes."),
        (
            _(
                "Use the address and password of an HVE account, and let it past Security Defaults and Conditional Access."
            ),
        ),
    ),
    Quirk.HVE_INTERNAL: (
        _("High Volume Email reaches recipients of the tenant only."),
        (_("Use Azure Communication Services Email (smtp.azurecomm.net) for recipients such as {recipient}."),),
    ),
    Quirk.AZURE_USER: (
        _("The user belongs to an Entra application, and the password is a client secret of it, which expires."),
        (
            _(
                "Use an SMTP user name of the resource, or RESOURCE|APPLICATION-ID|TENANT-ID, and a client secret's value, not its ID."
            ),
            _("Give the application the role “Communication and Email Service Owner” on the resource."),
        ),
    ),
    Quirk.OUTLOOK_OAUTH: (
        _("Personal Microsoft accounts sign in by OAuth 2.0 only."),
        (_("Use OAuth 2.0 (Bitbucket 10.0 and later), or another provider: this account takes no password."),),
    ),
    Quirk.SES_CREDENTIALS: (
        _(
            "SMTP credentials of Amazon SES are not AWS access keys, and belong to one region; this host is that of {part}."
        ),
        (
            _("Make SMTP credentials in the SES console with the region {part} chosen, and use those."),
            _("If yours were made for another region, use that region's host: email-smtp.REGION.amazonaws.com."),
        ),
    ),
    Quirk.SES_IDENTITY: (
        _(
            "Amazon SES sends only for identities that were verified in the region {part}, and in the sandbox to such recipients only."
        ),
        (
            _("Verify {sender} or its domain in the SES console, region {part}."),
            _("If the account is in the sandbox, verify {recipient} too, or ask for production access."),
        ),
    ),
    Quirk.SES_PERMISSION: (
        _("The IAM user behind these SMTP credentials may not send."),
        (_("Allow ses:SendRawEmail to that IAM user, for the identity of {sender}."),),
    ),
    Quirk.SES_QUOTA: (
        _("Amazon SES limits mails a day and a second; in the sandbox to 200 a day and one a second."),
        (_("Look at the sending quotas of the region {part}, and ask for production access or a higher quota."),),
    ),
    Quirk.SENDGRID_USER: (
        _("At SendGrid the user name is the word apikey, and not “{user}”."),
        (_("Set the user name to apikey, literally, and the password to an API key with the right “Mail Send”."),),
    ),
    Quirk.SENDGRID_KEY: (
        _(
            "The user name is right; the key is revoked, incomplete, without the right “Mail Send”, or kept from this address."
        ),
        (
            _(
                "Paste the API key again without a line break or blank: it begins with “SG.”; one that is lost has to be made anew."
            ),
            _(
                "See whether the key is still there and may do “Mail Send”, and whether IP Access Management allows this computer's address."
            ),
        ),
    ),
    Quirk.SENDGRID_CREDITS: (
        _("The SendGrid plan has no mails left for now."),
        (_("Wait for the next day or month of the plan, or extend it."),),
    ),
    Quirk.MAILGUN_REGION: (
        _("Mailgun keeps SMTP credentials per domain and region; {host} does not know those of the other region."),
        (_("Use the SMTP credentials of the sending domain (Domain settings, SMTP credentials), not the API key."),),
    ),
    Quirk.MAILGUN_SANDBOX: (
        _("A sandbox domain of Mailgun sends to authorized recipients only."),
        (_("Add {recipient} to the authorized recipients, or use a domain of your own."),),
    ),
    Quirk.POSTMARK_TOKEN: (
        _("Postmark wants the server API token twice, as user name and as password."),
        (
            _("Put the same server API token into both, without blanks; an account token does not work."),
            _("See that SMTP is switched on for that server at Postmark."),
        ),
    ),
    Quirk.POSTMARK_PENDING: (
        _("The Postmark account waits for approval; until then only recipients of the sender's own domain are served."),
        (_("Send the test to an address of the domain of {sender}, or ask for the approval."),),
    ),
    Quirk.BREVO_KEY: (
        _("Brevo wants an SMTP key, neither the account's password nor an API key."),
        (_("Use the login and an SMTP key from Brevo's page “SMTP & API”, tab SMTP."),),
    ),
    Quirk.BREVO_ADDRESS: (
        _("Brevo does not know the public address that this came from."),
        (
            _(
                "Add the public address of Bitbucket's node to the authorized IPs (Security), or switch that check off for SMTP."
            ),
        ),
    ),
    Quirk.BREVO_INACTIVE: (
        _("Brevo has not activated SMTP for this account."),
        (_("Ask Brevo's support to activate it."),),
    ),
    Quirk.ZOHO_REGION: (
        _("Zoho knows an account in its own data centre only, and with two-factor sign-in takes an app password only."),
        (_("Make an app-specific password, and use it with the account's full address."),),
    ),
    Quirk.ZOHO_BLOCKED: (
        _("Zoho has blocked the account's outgoing mail for unusual activity."),
        (_("Sign in at Zoho Mail and have it unblocked; its limits are low for an application."),),
    ),
    Quirk.FASTMAIL_PASSWORD: (_("Fastmail takes app passwords only."), (_APP_PASSWORD,)),
    Quirk.YAHOO_PASSWORD: (_("Yahoo and AOL take app passwords only."), (_APP_PASSWORD,)),
    Quirk.ICLOUD_PASSWORD: (
        _("iCloud takes app-specific passwords only."),
        (_("Make an app-specific password at account.apple.com, and use it with the full iCloud address."),),
    ),
    Quirk.YANDEX_PASSWORD: (
        _("Yandex takes an app password for mail, and only where mail programs are allowed."),
        (_APP_PASSWORD, _("Allow mail programs in Yandex Mail: Settings, Email clients.")),
    ),
    Quirk.GMX_ENABLE: (
        _("{name} refuses mail programs until they are allowed once."),
        (
            _(
                "Switch on access by POP3 and IMAP in the web mail (Settings, POP3 and IMAP): it is what allows SMTP too."
            ),
            _("With two-factor sign-in, make an application-specific password."),
        ),
    ),
    Quirk.PROTON_TOKEN: (
        _("Proton wants an SMTP token, which belongs to one address."),
        (_("Make an SMTP token (Settings, IMAP/SMTP) for {sender}, and sign in with that address and the token."),),
    ),
}
OTHER_HOSTS = {
    Quirk.MAILGUN_REGION: _("If the domain is of the other region, use {others} as “Hostname”."),
    Quirk.ZOHO_REGION: _("If the account is of another data centre, use its host: {others}."),
}
"""In front of what else to do, where a provider has more than one region."""
WITH_WAYS = (Quirk.M365_BASIC, Quirk.M365_PASSWORD, Quirk.M365_TENANT, Quirk.M365_MAILBOX, Quirk.M365_DEFAULTS)
ENOUGH = (
    *(Quirk.M365_BASIC, Quirk.M365_TENANT, Quirk.M365_MAILBOX, Quirk.M365_DEFAULTS, Quirk.CONNECTOR_NO_SIGN_IN),
    *(Quirk.OUTLOOK_OAUTH, Quirk.SENDGRID_USER, Quirk.GOOGLE_PASSWORD, Quirk.PLACEHOLDER, Quirk.POSTMARK_TOKEN),
    *(Quirk.M365_PASSWORD, Quirk.FROM_OWN, Quirk.BREVO_ADDRESS, Quirk.SES_IDENTITY, Quirk.M365_SEND_AS),
    *(Quirk.SES_CREDENTIALS, Quirk.SENDGRID_KEY, Quirk.BREVO_KEY),
)
"""Beside these the general fixes would only repeat, or say the contrary."""
