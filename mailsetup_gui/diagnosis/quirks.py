"""The habits of providers that cost an hour, and by which reply or cause each shows. The words live in wording/.

The replies are the providers' own, as their help pages and the people who met them quote them.
"""

from __future__ import annotations

from enum import Enum

from mailsetup_gui.diagnosis.causes import Cause


class Quirk(Enum):
    PLACEHOLDER = "placeholder"
    OTHER_PORT = "other port"
    PORT_25 = "port 25"
    PORT_25_ONLY = "port 25 only"
    LOCAL_NOBODY = "nobody on this node"
    FROM_OWN = "from is the account's"
    FROM_VERIFIED = "from is verified"
    GOOGLE_PASSWORD = "google app password"  # noqa: S105  the name of a habit
    GOOGLE_LIMIT = "google limit"
    RELAY_UNKNOWN = "google relay does not know this address"
    RELAY_EHLO = "google relay does not like the name"
    M365_PASSWORD = "microsoft password"  # noqa: S105  the name of a habit
    M365_WRONG_PASSWORD = "microsoft wrong password"  # noqa: S105  the name of a habit
    M365_BASIC = "microsoft basic"
    M365_TENANT = "microsoft tenant"
    M365_MAILBOX = "microsoft mailbox"
    M365_DEFAULTS = "microsoft security defaults"
    M365_SEND_AS = "microsoft send as"
    M365_SIGN_IN = "microsoft wants a sign-in"
    M365_RATE = "microsoft rate"
    CONNECTOR = "connector does not know this address"
    CONNECTOR_NO_SIGN_IN = "connector takes no sign-in"
    DIRECT_SEND_OFF = "direct send is off"
    HVE_ACCOUNT = "hve account"
    HVE_INTERNAL = "hve is for own recipients"
    AZURE_USER = "azure user"
    OUTLOOK_OAUTH = "outlook wants oauth"
    SES_CREDENTIALS = "ses credentials"
    SES_IDENTITY = "ses identity"
    SES_PERMISSION = "ses permission"
    SES_QUOTA = "ses quota"
    SENDGRID_USER = "sendgrid user"
    SENDGRID_KEY = "sendgrid key"
    SENDGRID_CREDITS = "sendgrid credits"
    MAILGUN_REGION = "mailgun region"
    MAILGUN_SANDBOX = "mailgun sandbox"
    POSTMARK_TOKEN = "postmark token"  # noqa: S105  the name of a habit
    POSTMARK_PENDING = "postmark pending"
    BREVO_KEY = "brevo key"
    BREVO_ADDRESS = "brevo address"
    BREVO_INACTIVE = "brevo inactive"
    ZOHO_REGION = "zoho region"
    ZOHO_BLOCKED = "zoho blocked"
    FASTMAIL_PASSWORD = "fastmail app password"  # noqa: S105  the name of a habit
    YAHOO_PASSWORD = "yahoo app password"  # noqa: S105  the name of a habit
    ICLOUD_PASSWORD = "icloud app password"  # noqa: S105  the name of a habit
    YANDEX_PASSWORD = "yandex app password"  # noqa: S105  the name of a habit
    GMX_ENABLE = "gmx enable"
    PROTON_TOKEN = "proton token"  # noqa: S105  the name of a habit


SIGN_IN = {
    "gmail": Quirk.GOOGLE_PASSWORD,
    "google-workspace": Quirk.GOOGLE_PASSWORD,
    "google-relay": Quirk.GOOGLE_PASSWORD,
    "microsoft365-hve": Quirk.HVE_ACCOUNT,
    "azure": Quirk.AZURE_USER,
    "outlook": Quirk.OUTLOOK_OAUTH,
    "ses": Quirk.SES_CREDENTIALS,
    "mailgun": Quirk.MAILGUN_REGION,
    "mailgun-eu": Quirk.MAILGUN_REGION,
    "postmark": Quirk.POSTMARK_TOKEN,
    "brevo": Quirk.BREVO_KEY,
    "zoho": Quirk.ZOHO_REGION,
    "fastmail": Quirk.FASTMAIL_PASSWORD,
    "yahoo": Quirk.YAHOO_PASSWORD,
    "aol": Quirk.YAHOO_PASSWORD,
    "icloud": Quirk.ICLOUD_PASSWORD,
    "yandex": Quirk.YANDEX_PASSWORD,
    "gmx": Quirk.GMX_ENABLE,
    "webde": Quirk.GMX_ENABLE,
    "proton": Quirk.PROTON_TOKEN,
}
"""What a refused sign-in means there; SendGrid's depends on the user, Microsoft 365's on the reply."""

_OWN = ("gmail", "google-workspace", "outlook", "zoho", "fastmail", "yahoo", "aol", "icloud", "yandex", "gmx", "webde")
_VERIFIED = ("azure", "sendgrid", "mailgun", "mailgun-eu", "postmark", "brevo")
_SENDER = (Cause.FROM_NOT_OWNED, Cause.FROM_REFUSED, Cause.FROM_INVALID)

BY_CAUSE = {
    **{(provider, cause): Quirk.FROM_OWN for provider in (*_OWN, "proton") for cause in _SENDER},
    **{(provider, cause): Quirk.FROM_VERIFIED for provider in _VERIFIED for cause in _SENDER},
    **{("ses", cause): Quirk.SES_IDENTITY for cause in _SENDER},
    ("gmail", Cause.RATE_LIMITED): Quirk.GOOGLE_LIMIT,
    ("google-workspace", Cause.RATE_LIMITED): Quirk.GOOGLE_LIMIT,
    ("google-relay", Cause.RELAY_DENIED): Quirk.RELAY_UNKNOWN,
    ("google-relay", Cause.POLICY): Quirk.RELAY_UNKNOWN,
    ("google-relay", Cause.AUTH_REQUIRED): Quirk.RELAY_UNKNOWN,
    ("google-relay", Cause.EHLO_REFUSED): Quirk.RELAY_EHLO,
    ("microsoft365", Cause.AUTH_REFUSED): Quirk.M365_PASSWORD,
    ("microsoft365", Cause.BASIC_DISABLED): Quirk.M365_BASIC,
    ("microsoft365", Cause.FROM_NOT_OWNED): Quirk.M365_SEND_AS,
    ("microsoft365", Cause.AUTH_REQUIRED): Quirk.M365_SIGN_IN,
    ("microsoft365", Cause.RATE_LIMITED): Quirk.M365_RATE,
    ("microsoft365-relay", Cause.RELAY_DENIED): Quirk.CONNECTOR,
    ("microsoft365-relay", Cause.AUTH_NOT_OFFERED): Quirk.CONNECTOR_NO_SIGN_IN,
    ("microsoft365-hve", Cause.RCPT_REFUSED): Quirk.HVE_INTERNAL,
    ("ses", Cause.RATE_LIMITED): Quirk.SES_QUOTA,
}

BY_WORDS = (
    ("google-relay", "try again later, closing connection. (ehlo)", Quirk.RELAY_EHLO),
    ("microsoft365", "disabled for the tenant", Quirk.M365_TENANT),
    ("microsoft365", "disabled for the mailbox", Quirk.M365_MAILBOX),
    ("microsoft365-hve", "external sending", Quirk.HVE_INTERNAL),
    ("microsoft365-hve", "security defaults", Quirk.HVE_ACCOUNT),
    ("microsoft365", "security defaults", Quirk.M365_DEFAULTS),
    ("microsoft365", "credentials were incorrect", Quirk.M365_WRONG_PASSWORD),
    ("microsoft365", "direct send not allowed", Quirk.DIRECT_SEND_OFF),
    ("ses", "not authorized to perform", Quirk.SES_PERMISSION),
    ("ses", "not verified", Quirk.SES_IDENTITY),
    ("sendgrid", "credits exceeded", Quirk.SENDGRID_CREDITS),
    ("mailgun", "not allowed to send", Quirk.MAILGUN_SANDBOX),
    ("mailgun", "authorized recipients", Quirk.MAILGUN_SANDBOX),
    ("postmark", "pending approval", Quirk.POSTMARK_PENDING),
    ("brevo", "unauthorized ip", Quirk.BREVO_ADDRESS),
    ("brevo", "not yet activated", Quirk.BREVO_INACTIVE),
    ("zoho", "outgoing blocked", Quirk.ZOHO_BLOCKED),
)
"""(the beginning of a preset's id, words of the reply in lower case, what they mean); the first that fits counts."""
