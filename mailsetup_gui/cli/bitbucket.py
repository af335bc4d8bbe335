"""mailsetup bitbucket: what Bitbucket has, and how that differs; `changing` saves the settings there and undoes it."""

from __future__ import annotations

import json
import os
import sys
from contextlib import closing
from types import SimpleNamespace
from typing import Any

from mailsetup_gui.bitbucket import change, reading
from mailsetup_gui.bitbucket.reading import Found
from mailsetup_gui.bitbucket.rest import Bitbucket, Mail
from mailsetup_gui.bitbucket.troubles import RestError
from mailsetup_gui.cli import access as access_words
from mailsetup_gui.cli import changing
from mailsetup_gui.cli import options as words
from mailsetup_gui.cli.access import Session
from mailsetup_gui.cli.parser import Parser, UsageError
from mailsetup_gui.cli.profile import kept_password
from mailsetup_gui.cli.terminal import prepare_stdout
from mailsetup_gui.settings import profiles
from mailsetup_gui.settings.profiles import Home, Profile
from mailsetup_gui.settings.server import MailServer, check
from mailsetup_gui.smtp.waiting import Cancel
from mailsetup_gui.wording import bitbucket as telling
from mailsetup_gui.wording import problems, rest, storing
from mailsetup_gui.wording.harmless import shown
from mailsetup_gui.wording.language import _

_PURPOSES = {
    "show": _("What Bitbucket has; --save NAME makes a profile of it."),
    "diff": _("What would change; nothing is written."),
    "apply": _("Save the settings in Bitbucket, read them back, or put the former ones back."),
    "undo": _("Put back what was there before the last apply."),
}


def main(arguments: list[str]) -> int:
    """Exit codes: 0 done, 1 refused or not reached, 2 usage, 3 unknown, 4 a file here, 130 interrupted."""
    prepare_stdout()
    action = arguments[0] if arguments else ""
    try:
        if action in ("", "--help", "-h") or action not in _PURPOSES:
            raise UsageError(_usage()) if action not in ("--help", "-h") else _Help
        options = _parser(action).parse(arguments[1:])
        with closing(Cancel()) as cancel:
            return _run(action, options, cancel)
    except _Help:
        print(_usage())
        return 0
    except UsageError as error:
        print(shown_lines(str(error)), file=sys.stderr)
        return 2
    except words.LocalError as error:
        print(shown(str(error)), file=sys.stderr)
        return 4
    except profiles.ProfileError as error:
        print(shown(storing.failed(error)), file=sys.stderr)
        return 4


class _Help(Exception):
    pass


def shown_lines(text: str) -> str:
    return "\n".join(map(shown, text.split("\n")))


def _usage() -> str:
    actions = "\n".join(f"  {name:6}  {purpose}" for name, purpose in _PURPOSES.items())
    return _("usage: mailsetup bitbucket {actions} [PROFILE] --url URL --user ADMIN ...\n\n{purposes}").format(
        actions="|".join(_PURPOSES), purposes=actions
    )


def _parser(action: str) -> Parser:
    parser = Parser(f"mailsetup bitbucket {action}", _PURPOSES[action])
    parser.word("profile", "PROFILE", _("gives what the options leave out"), needed=False, default="")
    access_words.add_options(parser)
    if action in ("diff", "apply"):
        words.add_server_options(parser)
    if action in ("apply", "undo"):
        parser.option("--smtp-password-file", "FILE", _("the mail server's password; the profile's when not given"))
        parser.option("--smtp-password-env", "NAME", _("the same in an environment variable"))
        parser.switch("--yes", _("do not ask"))
        parser.switch("--replace-oauth", _("also where Bitbucket signs in to the mail server by OAuth 2.0"))
    if action == "apply":
        parser.switch("--only-sender", _("Email from and nothing else, which ADMIN may do without SYS_ADMIN"))
    if action == "show":
        parser.option("--save", "NAME", _("make a profile of it, without the password"))
    parser.switch("--json", _("for scripts"))
    return parser


def _run(action: str, options: SimpleNamespace, cancel: Cancel) -> int:
    profile = access_words.profile_of(options)
    wanted = _wanted(options, profile, action) if action in ("diff", "apply") else MailServer()
    access = access_words.access(options, profile)
    password = _smtp_password(options, profile, wanted) if action == "apply" else ""
    bitbucket = Bitbucket(access.where, access.sign_in, access.route, cancel, password)
    run = Session(options, profile, access, bitbucket, password, wanted)
    found = _found(run)
    if found is None:
        return 1
    access_words.keep(options, access)
    return {"show": _show, "diff": _diff, "apply": changing.apply, "undo": changing.undo}[action](run, found)


def _wanted(options: SimpleNamespace, profile: Profile | None, action: str) -> MailServer:
    found = words.server_from(options, profile.server if profile else MailServer())
    only_sender = action == "apply" and options.only_sender
    wrong = (*found.problems, *check(found.server))
    if only_sender:
        wrong = tuple(problem for problem in wrong if problem.field.value == "from")
    if wrong:
        raise UsageError("\n".join(map(problems.line, wrong)))
    return found.server


def _smtp_password(options: SimpleNamespace, profile: Profile | None, wanted: MailServer) -> str:
    """Asked for whenever there is a user name: Bitbucket never returns what it has."""
    given = words.given_password(options, "smtp_")
    if not wanted.username or options.only_sender:
        return ""
    if given is None and profile is not None and profile.server.username == wanted.username:
        given = kept_password(profile)
    if given is None:
        given = words.asked_password(_("Password of {user} at the mail server: ").format(user=wanted.username))
    if not given:
        raise UsageError(
            telling.PASSWORD_MISSING.format(user=wanted.username)
            + _(" Give it with --smtp-password-file or --smtp-password-env.")
        )
    return given


def _found(run: Session) -> Found | None:
    """What is there; told, and None, where it cannot be read."""
    *_steps, last = reading.read(run.bitbucket)
    if isinstance(last, Found):
        if last.error is not None and not getattr(run.options, "only_sender", False):
            _tell_error(run, last.error, _("--only-sender changes Email from alone."))
            return None
        return last
    if last.error is not None:
        _tell_error(run, last.error)
    return None


def _tell_error(run: Session, error: RestError, hint: str = "") -> None:
    sentence = " ".join(filter(None, (rest.trouble(error, run.access.where), hint)))
    if run.options.json:
        print(json.dumps({"event": "outcome", "result": "failed", "trouble": error.trouble.value, "title": sentence}))
    else:
        print(f"✕ {sentence}", file=sys.stderr)


def _show(run: Session, found: Found) -> int:
    mail = found.mail or Mail(None, found.sender)
    if run.options.json:
        print(json.dumps(_about(run, found) | telling.table(mail), ensure_ascii=False))
    else:
        print(telling.found(found))
        changing.print_rows(
            [(name, now) for name, now, *_ in changing.cells(mail, change.server(mail) or MailServer())]
        )
    return _saved(run, mail) if run.options.save else 0


def _saved(run: Session, mail: Mail) -> int:
    server = change.server(mail)
    if server is None:
        print(_("Nothing is configured in Bitbucket, so there is nothing to make a profile of."), file=sys.stderr)
        return 1
    where = profiles.folder()
    home = Home(run.access.where.base, run.access.sign_in.user, os.path.abspath(run.options.ca_file or ""))
    home = home if run.options.ca_file else home._replace(ca_file="")
    profiles.save(where, Profile(profiles.new_id(where, run.options.save), run.options.save, server, bitbucket=home))
    print(
        _("Saved as profile “{name}”, without the password: Bitbucket does not return it.").format(
            name=shown(run.options.save)
        ),
        file=sys.stderr,
    )
    return 0


def _about(run: Session, found: Found) -> dict[str, Any]:
    nodes = None if found.nodes is None else list(map(shown, found.nodes))
    page = run.access.where.admin_page
    return {
        "version": shown(found.application.version),
        "name": shown(found.application.name),
        "nodes": nodes,
        "page": page,
    }


def _diff(run: Session, found: Found) -> int:
    mail = found.mail or Mail(None, found.sender)
    if run.options.json:
        print(json.dumps(_about(run, found) | {"rows": changing.row_table(mail, run.wanted)}, ensure_ascii=False))
    else:
        changing.tell_difference(found, mail, run.wanted)
    return 0
