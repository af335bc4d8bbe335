"""Why Bitbucket cannot be asked, or says no, as sentences: the fact, then what to do."""

from __future__ import annotations

from mailsetup_gui.bitbucket.address import Address, Wrong
from mailsetup_gui.bitbucket.exchange import Failure
from mailsetup_gui.bitbucket.rest import is_elsewhere
from mailsetup_gui.bitbucket.troubles import RestError, Trouble
from mailsetup_gui.wording.harmless import shown
from mailsetup_gui.wording.language import _

_WRONG = {
    Wrong.NO_ADDRESS: _("Type the address of Bitbucket, for example https://bitbucket.example.com."),
    Wrong.SHAPE: _("“{value}” is no address: it has a blank, backslash or control character. Type it again."),
    Wrong.SCHEME: _("“{value}” is neither https nor http. Type the address that the browser shows."),
    Wrong.SECRET_IN_ADDRESS: _(
        "There is a user name or password in front of {value}. Take it out: it belongs into its own field, never into an address."
    ),
    Wrong.HOST: _("“{value}” is no host name. Type the address that the browser shows."),
    Wrong.PORT: _("The port in “{value}” is no number between 1 and 65535."),
    Wrong.CLEAR: _(
        "The address begins with http://, so both passwords would cross the network in clear text. Use https://, or allow it for this once."
    ),
    Wrong.NO_USER: _("Type the name of a user with SYS_ADMIN (System admin)."),
    Wrong.NO_SECRET: _("The administrator's password, or an OAuth 2.0 token, is missing."),
    Wrong.USER_COLON: _("A user name for basic authentication cannot have a colon (RFC 7617)."),
    Wrong.ACCESS_TOKEN: _(
        "This is an HTTP access token. Bitbucket takes none for its own settings (BSERV-10482: tokens cannot have ADMIN or SYS_ADMIN), so it was not tried. "
        "Use the password of a system administrator, or an OAuth 2.0 token of an application link with an admin scope."
    ),
    Wrong.TOKEN_CHARACTER: _("The token has a character that no token has. Copy it again, whole and on one line."),
}
_TROUBLES = {
    Trouble.NOT_FOUND: _(
        "{host} answers, but has no Bitbucket at “{path}” (404). If Bitbucket runs below a path such as /bitbucket, add it to the address."
    ),
    Trouble.OTHER_PRODUCT: _(
        "{host} answers, but not as Bitbucket does. No password was sent to it. Check the address: another Atlassian product may be there."
    ),
    Trouble.GATE: _(
        "{host} asks for a sign-in before Bitbucket itself is reached ({status}): a gateway or single sign-on is in front of it. "
        "No password was sent. Use an address that leads to Bitbucket directly, such as a node's."
    ),
    Trouble.STARTING: _(
        "Bitbucket says that it is not ready (503): it is starting, or in maintenance. Try again in a minute."
    ),
    Trouble.CONFLICT: _(
        "Bitbucket is in a state in which it does not do that (409): being set up, migrated or backed up. Finish that first."
    ),
    Trouble.INVALID: _("Bitbucket does not accept these settings (400)."),
    Trouble.WRONG_PASSWORD: _(
        "Bitbucket does not accept this user name and password. It was tried once, and is not tried again: a few more failures lock the account behind a CAPTCHA."
    ),
    Trouble.NO_PERMISSION: _(
        "The sign-in is right, but this user may not see the mail server: that takes the permission SYS_ADMIN (System admin). "
        "With ADMIN alone only Email from can be changed."
    ),
    Trouble.CAPTCHA: _(
        "Bitbucket has locked this account behind a CAPTCHA after failed sign-ins. Sign in once with a browser and solve it; every further try from here would fail too."
    ),
    Trouble.BASIC_BLOCKED: _(
        "Basic authentication is switched off in this Bitbucket. An administrator can allow it for this user or for the path /rest/api/*/admin/mail-server (Administration, Basic authentication), "
        "or use an OAuth 2.0 token (--token-file)."
    ),
    Trouble.TOKEN: _(
        "Bitbucket does not accept this token. It has to be an OAuth 2.0 token, not expired, of an incoming application link with an admin scope (SYSTEM_ADMIN_WRITE) and of a system administrator; "
        "HTTP access tokens cannot change settings (BSERV-10482)."
    ),
    Trouble.ELEVATION: _(
        "Bitbucket wants a secure administrator session: confirm it in a browser first, or use an OAuth 2.0 token."
    ),
    Trouble.NOT_SIGNED_IN: _(
        "Bitbucket refuses (401) and does not say why: a wrong password, a user without SYS_ADMIN, or basic authentication that is switched off. It was tried once."
    ),
    Trouble.FORBIDDEN: _(
        "Something refuses this request (403): Bitbucket's rules or a gateway in front of it. Ask who runs it."
    ),
    Trouble.TOO_MANY: _("Bitbucket's rate limit is reached (429). Wait a few minutes, then try again."),
    Trouble.SERVER_ERROR: _(
        "Bitbucket failed ({status}). Its log (atlassian-bitbucket.log) has the reason; try again afterwards."
    ),
    Trouble.UNREADABLE: _(
        "{host} answered something that is no JSON of Bitbucket. Is something in front of it that changes answers?"
    ),
    Trouble.UNEXPECTED: _("{host} answered {status}, which says neither yes nor no here."),
}
_FAILURES = {
    Failure.UNKNOWN_HOST: _("The host {host} is not known here. Check the name, or this computer's name service."),
    Failure.REFUSED: _(
        "Nothing listens at {origin} (connection refused). Check host and port; Bitbucket's own is 7990."
    ),
    Failure.UNREACHABLE: _("{origin} cannot be reached. Check host, port and network."),
    Failure.SILENT: _(
        "{origin} did not answer within {detail}. Check host and port, or ask whether a firewall drops it."
    ),
    Failure.BROKEN: _("The connection to {origin} ended before the answer was whole."),
    Failure.CERTIFICATE: _(
        "The certificate of {host} is not trusted here ({detail}), so no password was sent. "
        "If a private CA issued it, name its certificate (--ca-file; in the window “Trust a CA…”): mailsetup certificate fetch gets it, compare its fingerprint first."
    ),
    Failure.TLS: _("{origin} does not speak TLS as expected ({detail}). Is it http:// instead, or another port?"),
    Failure.PROXY: _("The proxy refuses or fails ({detail})."),
    Failure.TOO_MUCH: _("{host} answered more than {detail} octets, which Bitbucket never does. It was cut off."),
    Failure.NOT_HTTP: _("{origin} does not speak HTTP."),
    Failure.CANCELLED: _("Cancelled by you."),
}


def wrong(what: Wrong, value: str = "") -> str:
    """What is wrong with the address or the sign-in, before anything is sent."""
    return _WRONG[what].format(value=shown(value))


def trouble(error: RestError, where: Address) -> str:
    """Why a request did not do what it was for, and what to do; then what Bitbucket itself says."""
    said = [_of(error, where), *(_said(one.context, one.message) for one in error.said[:3] if one.message)]
    return " ".join(said)


def _of(error: RestError, where: Address) -> str:
    words = {
        "host": shown(where.host),
        "origin": shown(where.base),
        "path": shown(where.path) or "/",
        "status": error.status,
        "detail": shown(error.detail),
    }
    if error.failure is not None:
        return _FAILURES[error.failure].format(**words)
    if error.trouble is Trouble.REDIRECTED:
        return _redirected(error, where)
    if error.trouble is Trouble.WEB_PAGE:
        page = _(" (“{title}”)").format(title=shown(error.detail)) if error.detail else ""
        return _(
            "{host} answers with a web page{page} where Bitbucket's REST API should be: a sign-in page, a gateway or another product. Check the address."
        ).format(page=page, **words)
    return _TROUBLES[error.trouble].format(**words)


def _redirected(error: RestError, where: Address) -> str:
    told = _(
        "{host} redirects to {to}, which was not followed: passwords go nowhere but to the address that was given."
    )
    told = told.format(host=shown(where.host), to=shown(error.detail) or _("nowhere"))
    if is_elsewhere(where, error.detail):
        return _("{told} It is another server; if it is the right one, give its address.").format(told=told)
    return _("{told} Give the address that Bitbucket itself uses.").format(told=told)


def _said(context: str, message: str) -> str:
    field = f"{shown(context)}: " if context else ""
    return _("Bitbucket says: {field}“{message}”").format(field=field, message=shown(message))
