"""mailsetup profile: the same profiles as in the window, and their passwords in the keyring."""

from __future__ import annotations

import json
import os
import sys
from types import SimpleNamespace

from mailsetup_gui.cli import options as words
from mailsetup_gui.cli.parser import Parser, UsageError
from mailsetup_gui.cli.telling import prepare_stdout
from mailsetup_gui.exports.documents import table
from mailsetup_gui.settings import credentials, profiles, state
from mailsetup_gui.settings.credentials import KeyringTrouble
from mailsetup_gui.settings.profiles import LastTest, Profile
from mailsetup_gui.settings.server import MailServer, check
from mailsetup_gui.smtp.events import Result
from mailsetup_gui.wording import problems, storing
from mailsetup_gui.wording.dates import minute
from mailsetup_gui.wording.harmless import reason, shown
from mailsetup_gui.wording.intent import in_words
from mailsetup_gui.wording.language import _
from mailsetup_gui.wording.text import result_word

_PATIENCE = 30.0


def main(arguments: list[str]) -> int:
    prepare_stdout()
    try:
        return _run(arguments)
    except UsageError as error:
        print(error, file=sys.stderr)
        return 2
    except words.LocalError as error:
        print(shown(str(error)), file=sys.stderr)
        return 4
    except profiles.ProfileError as error:
        print(shown(storing.failed(error)), file=sys.stderr)
        return 4


def _run(arguments: list[str]) -> int:
    action = arguments[0] if arguments else ""
    if action in ("--help", "-h"):
        print(_usage())
        return 0
    if action in ("export", "import"):
        from mailsetup_gui.cli import exchange

        return exchange.run(action, _PURPOSES[action], arguments[1:])
    runs = {"list": _list, "show": _show, "set": _set, "remove": _remove}
    if action not in runs:
        raise UsageError(_usage())
    return runs[action](_parser(action).parse(arguments[1:]))


def find(name: str) -> Profile:
    """A profile by its name or id. Raises UsageError when there is none, LocalError when the folder is unreadable."""
    try:
        every = _load()
    except profiles.ProfileError as error:
        raise words.LocalError(storing.failed(error)) from None
    for profile in every:
        if name in (profile.name, profile.id):
            return profile
    known = ", ".join(shown(p.name) for p in every) or _("there are none yet")
    raise UsageError(_("There is no profile “{name}”. Profiles: {known}").format(name=shown(name), known=known))


def kept_password(profile: Profile) -> str | None:
    """From the keyring; None, and said on standard error, when it cannot be read."""
    try:
        return credentials.recall(profile.id, _PATIENCE)
    except KeyringTrouble as trouble:
        print(storing.obstacle(trouble), file=sys.stderr)
        return None


_PURPOSES = {
    "list": _("Every profile and its last test."),
    "show": _("One profile."),
    "set": _("Make a profile, or change what the options name."),
    "remove": _("Remove a profile and its kept password."),
    "export": _("Write a profile for this program or another, without its password."),
    "import": _("Make a profile of a file, of Bitbucket's settings, or of a command line of swaks or curl."),
}


def _usage() -> str:
    actions = "\n".join(f"  {name:8}  {purpose}" for name, purpose in _PURPOSES.items())
    return _("usage: mailsetup profile {purposes} ...\n\nNamed settings, shared with the window.\n\n{actions}").format(
        purposes="|".join(_PURPOSES), actions=actions
    )


def _parser(action: str) -> Parser:
    parser = Parser(f"mailsetup profile {action}", _PURPOSES[action])
    if action in ("show", "set", "remove"):
        parser.word("name", "PROFILE")
    if action in ("list", "show"):
        parser.switch("--json", _("for scripts"))
    if action == "set":
        words.add_server_options(parser)
        words.add_password_options(parser)
        parser.option("--truststore", "FILE", _("JKS, PKCS#12 or PEM"))
        parser.option("--to", "ADDRESS", _("who gets its test mails"))
    return parser


def _load() -> tuple[Profile, ...]:
    every, unusable = profiles.load(profiles.folder())
    for one in unusable:
        print(storing.set_aside(one), file=sys.stderr)
    return every


def _last(test: LastTest) -> str:
    """accepted 2026-11-18 09:12"""
    known = {result.value: result_word(result) for result in Result}
    return f"{known.get(test.result, test.result)} {minute(test.at)}"


def _list(options: SimpleNamespace) -> int:
    every = _load()
    if options.json:
        print(json.dumps([table(profile) for profile in every], ensure_ascii=False))
        return 0
    if not every:
        print(_("No profiles yet. Make one: mailsetup profile set NAME --hostname HOST --from ADDRESS"))
    for profile in every:
        last = _last(profile.last_test) if profile.last_test else _("never tested")
        print(f"{shown(profile.name)}\t{shown(profile.server.hostname)}:{profile.server.effective_port}\t{shown(last)}")
    return 0


def _show(options: SimpleNamespace) -> int:
    profile = find(options.name)
    if options.json:
        print(json.dumps(table(profile), ensure_ascii=False))
        return 0
    print(profiles.export(profile), end="")
    print(f"# {in_words(profile.server)}")
    return 0


def _set(options: SimpleNamespace) -> int:
    known = next((p for p in _load() if options.name in (p.name, p.id)), None)
    where = profiles.folder()
    if known is None and (not options.name.strip() or not options.name.isprintable()):
        raise UsageError(_("A profile needs a name of printable characters"))
    base = known or Profile(profiles.new_id(where, options.name), options.name)
    found = words.server_from(options, base.server)
    password = words.given_password(options)
    wrong = (*found.problems, *check(found.server, password or ""))
    if wrong:
        for problem in wrong:
            print(problems.line(problem), file=sys.stderr)
        return 2
    profiles.save(where, _changed(base, found.server, options))
    if found.password_dropped:
        print(words.PASSWORD_DROPPED, file=sys.stderr)
    return 0 if password is None else _keep(base.id, password)


def _changed(base: Profile, server: MailServer, options: SimpleNamespace) -> Profile:
    return base._replace(
        server=server,
        truststore=base.truststore if options.truststore is None else os.path.abspath(options.truststore),
        recipient=base.recipient if options.to is None else options.to.strip(),
        last_test=base.last_test if server == base.server else None,
    )


def _keep(profile_id: str, password: str) -> int:
    try:
        print(
            _("The password is kept in: {profile_id}").format(
                profile_id=credentials.keep(profile_id, password, _PATIENCE)
            )
        )
    except KeyringTrouble as trouble:
        print(
            _("The profile is saved, its password is not: {trouble}").format(trouble=storing.obstacle(trouble)),
            file=sys.stderr,
        )
        return 4
    return 0


def _remove(options: SimpleNamespace) -> int:
    profile = find(options.name)
    profiles.remove(profiles.folder(), profile.id)
    try:
        state.forget(profile.id)
    except OSError as error:
        print(
            _("The profile is removed; what its tests left stays: {strerror}").format(strerror=reason(error.strerror)),
            file=sys.stderr,
        )
    try:
        credentials.forget(profile.id, _PATIENCE)
    except KeyringTrouble as trouble:
        if trouble.obstacle is not credentials.Obstacle.NO_STORE:
            print(
                _("The profile is removed; a kept password may remain: {trouble}").format(
                    trouble=storing.obstacle(trouble)
                ),
                file=sys.stderr,
            )
            return 4
    return 0
