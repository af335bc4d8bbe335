"""Bitbucket's settings now and as they will be, and what became of a change: told by both doors."""

from __future__ import annotations

from typing import Any, NamedTuple

from mailsetup_gui.bitbucket import change
from mailsetup_gui.bitbucket.address import Address
from mailsetup_gui.bitbucket.applying import Applied, Result
from mailsetup_gui.bitbucket.change import Row, Setting, Spelling, State
from mailsetup_gui.bitbucket.reading import Found
from mailsetup_gui.bitbucket.rest import Mail
from mailsetup_gui.bitbucket.writing import Step
from mailsetup_gui.settings.server import Encryption
from mailsetup_gui.wording import rest
from mailsetup_gui.wording.harmless import shown
from mailsetup_gui.wording.language import _, counted

_SETTINGS = {
    Setting.HOSTNAME: _("Hostname"),
    Setting.PORT: _("Port"),
    Setting.ENCRYPTION: _("Protocol / TLS"),
    Setting.USERNAME: _("Username"),
    Setting.PASSWORD: _("Password"),
    Setting.SENDER: _("Email from"),
    Setting.SIGN_IN: _("Sign-in to the mail server"),
}
_ENCRYPTIONS = {
    Encryption.IMPLICIT_TLS: _("SMTPS"),
    Encryption.STARTTLS_REQUIRED: _("SMTP, always SSL/TLS"),
    Encryption.STARTTLS_IF_OFFERED: _("SMTP, SSL/TLS if available"),
    Encryption.NONE: _("SMTP, always clear text"),
}
_STATES = {State.SAME: _("same"), State.CHANGED: _("changed"), State.UNSEEN: ""}
_SPELLINGS = {Spelling.HYPHENATED: _("with hyphens"), Spelling.CAMEL_CASE: _("in camelCase")}
HEADINGS = (_("Setting"), _("In Bitbucket now"), _("Will become"), "")
NEVER_SHOWN = _("Bitbucket never shows it")
PASSWORD_MISSING = _(
    "The mail server's password for “{user}” is missing: Bitbucket never returns the one that it has, so it is set anew with every change."
)
UNDO_PASSWORD = _(
    "  Its password is not in the record, as Bitbucket never shows it: give it with --smtp-password-file, or set it on Bitbucket's page afterwards."
)
INTERRUPTED = _(
    "Interrupted in the middle of a change: Bitbucket may have it or not. Look with mailsetup bitbucket show, or on {page}; undo puts back what was there."
)
NO_TEST_MAIL = _("There is no REST call for a test mail: press “Test” on Bitbucket's own page, {page}.")
OAUTH_QUESTION = _(
    "Bitbucket signs in to the mail server by OAuth 2.0 now. These settings replace that by user name and password. The way back may need the browser's “Authorize” step."
)


class Told(NamedTuple):
    """`mood`: ok, warn or fail; a title and what is to be said below it."""

    mood: str
    title: str
    lines: tuple[str, ...] = ()


def found(what: Found) -> str:
    """Which Bitbucket it is."""
    parts = [_("Bitbucket {version}").format(version=shown(what.application.version))]
    if what.nodes is not None:
        parts.append(counted("{count} node", "{count} nodes", len(what.nodes)))
    if what.nodes:
        parts[-1] += f" ({', '.join(map(shown, what.nodes))})"
    oauth = what.mail is not None and change.signs_in_by_oauth(what.mail)
    if oauth:
        parts.append(_("signs in to the mail server by OAuth 2.0"))
    elif what.application.major < 10:
        parts.append(_("OAuth 2.0 for mail: no (needs 10.0)"))
    return ", ".join(parts) + "."


def cells(row: Row) -> tuple[str, str, str, str]:
    """A row of the table, in the order of HEADINGS."""
    name, state = _SETTINGS[row.setting], _STATES[row.state]
    if row.setting is Setting.PASSWORD:
        return (name, NEVER_SHOWN, _("•••• will be set") if row.wanted else _("none"), state)
    return (name, value(row.now), value(row.wanted), state)


def value(what: object) -> str:
    """One setting's value in words."""
    if isinstance(what, Encryption):
        return _ENCRYPTIONS[what]
    return _("(none)") if what is None or what == "" else shown(str(what))


def setting(which: Setting) -> str:
    return _SETTINGS[which]


def step(what: Step, where: Address) -> str:
    """One request, answered."""
    spelled = f" ({_SPELLINGS[what.spelling]})" if what.spelling else ""
    if what.error is None:
        return f"✓ {what.request}{spelled}"
    return f"✕ {what.request}{spelled}: {rest.trouble(what.error, where)}"


def applied(what: Applied, where: Address, count: int = 5, record: str = "") -> Told:
    """What is in Bitbucket now. `count`: how many settings were read back and compared; `record`: the file of it."""
    told = _told(what, where, count)
    lines = [*told.lines]
    if what.respelled and what.spelling is not None and what.result is Result.SAVED:
        lines.append(
            _("This Bitbucket takes the keys {how}; in the other spelling it dropped them without a word.").format(
                how=_SPELLINGS[what.spelling]
            )
        )
    if what.by_resource and what.result is Result.SAVED:
        lines.append(_("Email from was set by its own resource."))
    if what.password_lost:
        lines.append(
            _(
                "The password of the former user could not be put back, as Bitbucket never shows it: set it again on Bitbucket's page."
            )
        )
    if record:
        lines.append(_("Record, and the way back: {record}").format(record=shown(record)))
    return told._replace(lines=tuple(lines))


def _told(what: Applied, where: Address, count: int) -> Told:
    why = (rest.trouble(what.error, where),) if what.error is not None else ()
    otherwise = _otherwise(what)
    match what.result:
        case Result.SAVED:
            title = _saved(what, count)
            lost = (
                (_("Its answer to the change was lost or said something else: {why}").format(why=why[0]),)
                if why
                else ()
            )
            return Told("ok", title, (*lost, NO_TEST_MAIL.format(page=shown(where.admin_page))))
        case Result.SAME:
            return Told("ok", _("Nothing to change: Bitbucket has these settings already."))
        case Result.NOT_SAVED:
            return Told("fail", _("Not saved: Bitbucket has its former settings."), why or otherwise)
        case Result.PUT_BACK:
            title = _("Not saved: Bitbucket stored something else, so its former settings were put back.")
            return Told("fail", title, (*otherwise, *why))
        case Result.OTHERWISE:
            title = _("Bitbucket has neither the settings that are wanted nor its former ones.")
            last = _("Putting the former ones back did not work. Correct it on Bitbucket's own page, {page}.").format(
                page=shown(where.admin_page)
            )
            return Told("fail", title, (*_now(what.mail), *why, last))
        case Result.CHANGED_MEANWHILE:
            title = _("Nothing was changed: Bitbucket's settings are not as they were shown any more.")
            return Told("warn", title, (_("Somebody else has changed them. Read them again, then decide."),))
        case Result.OAUTH_HELD:
            title = _("Nothing was changed: Bitbucket signs in to the mail server by OAuth 2.0.")
            return Told("warn", title, (OAUTH_QUESTION,))
        case _:
            return Told("fail", _unknown(what), (*why, _look(where)))


def _saved(what: Applied, count: int) -> str:
    if count == 1:
        return _("Saved and read back: Email from is as wanted.")
    if what.mail is not None and what.mail.document is None:
        return _("Removed: Bitbucket has no mail server any more, as before.")
    title = _("Saved and read back: {count} of {count} settings that Bitbucket shows are as wanted.")
    return title.format(count=count)


def _unknown(what: Applied) -> str:
    if what.late and what.mail is not None:
        return _(
            "Unknown: Bitbucket did not answer the change. It had its former settings a moment later, and may yet carry it out."
        )
    return _("Unknown: the change was sent, and Bitbucket could not be read afterwards.")


def _look(where: Address) -> str:
    return _("Look at it again (Read, or mailsetup bitbucket show), or on {page}.").format(page=shown(where.admin_page))


def _otherwise(what: Applied) -> tuple[str, ...]:
    """Which settings Bitbucket would not take."""
    if not what.unequal:
        return ()
    names = ", ".join(_SETTINGS[one] for one in Setting if one in what.unequal)
    clear = Setting.ENCRYPTION in what.unequal
    told = [_("It did not keep: {names}.").format(names=names)]
    if clear:
        told.append(_("Mail in clear text, which nobody asked for, is not left behind."))
    return (" ".join(told),)


def _now(mail: Mail | None) -> tuple[str, ...]:
    server = change.server(mail) if mail is not None else None
    if server is None:
        return ()
    there = f"{server.hostname}:{server.effective_port}, {_ENCRYPTIONS[server.encryption]}"
    return (
        _("It has now: {there}, user {user}, Email from {sender}.").format(
            there=shown(there), user=value(server.username), sender=value(server.sender)
        ),
    )


def table(mail: Mail) -> dict[str, Any]:
    """What Bitbucket has, for scripts; null where nothing is configured."""
    server = change.server(mail)
    return {
        "configured": server is not None,
        "hostname": server and server.hostname,
        "port": server and server.effective_port,
        "encryption": server and server.encryption.value,
        "username": server and server.username,
        "from": server.sender if server else mail.sender,
        "oauth": change.signs_in_by_oauth(mail),
    }
