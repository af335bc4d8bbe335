"""mailsetup profile: the same profiles as in the window, and their passwords in the keyring."""

from __future__ import annotations

import argparse
import json
import os
import sys
from typing import Any

from mailsetup_gui.cli import options as words
from mailsetup_gui.cli.telling import prepare_stdout
from mailsetup_gui.settings import credentials, profiles
from mailsetup_gui.settings.credentials import KeyringTrouble
from mailsetup_gui.settings.profiles import Profile
from mailsetup_gui.settings.server import MailServer, check
from mailsetup_gui.wording import problems, storing
from mailsetup_gui.wording.harmless import shown
from mailsetup_gui.wording.intent import in_words

_PATIENCE = 30.0


def main(arguments: list[str]) -> int:
    prepare_stdout()
    try:
        options = _parser().parse_args(arguments)
        code: int = options.run(options)
    except words.UsageError as error:
        print(error, file=sys.stderr)
        return 2
    except (words.LocalError, profiles.ProfileError) as error:
        print(shown(str(error)), file=sys.stderr)
        return 4
    return code


def find(name: str) -> Profile:
    """A profile by its name or id. Raises UsageError when there is none, LocalError when the folder is unreadable."""
    every = _load()
    for profile in every:
        if name in (profile.name, profile.id):
            return profile
    known = ", ".join(shown(p.name) for p in every) or "there are none yet"
    raise words.UsageError(f"There is no profile “{shown(name)}”. Profiles: {known}")


def kept_password(profile: Profile) -> str | None:
    """From the keyring; None, and said on standard error, when it cannot be read."""
    try:
        return credentials.recall(profile.id, _PATIENCE)
    except KeyringTrouble as trouble:
        print(storing.obstacle(trouble), file=sys.stderr)
        return None


def _parser() -> words.Parser:
    parser = words.Parser(
        "mailsetup profile", description="Named settings, shared with the window.", allow_abbrev=False
    )
    actions = parser.add_subparsers(required=True, metavar="list|show|set|remove|export|import")
    listing = actions.add_parser("list", help="every profile and its last test")
    showing = actions.add_parser("show", help="one profile")
    setting = actions.add_parser("set", help="make a profile, or change what the options name", allow_abbrev=False)
    removing = actions.add_parser("remove", help="remove a profile and its kept password")
    exporting = actions.add_parser("export", help="write a profile as TOML, without its password")
    importing = actions.add_parser("import", help="make a profile of a TOML file")
    for one, run in ((listing, _list), (showing, _show), (setting, _set), (removing, _remove), (exporting, _export)):
        one.set_defaults(run=run)
    importing.set_defaults(run=_import)
    for one in (showing, setting, removing, exporting):
        one.add_argument("name", metavar="PROFILE")
    for one in (listing, showing):
        one.add_argument("--json", action="store_true")
    words.add_server_options(setting)
    words.add_password_options(setting)
    setting.add_argument("--truststore", metavar="FILE")
    setting.add_argument("--to", metavar="ADDRESS", help="who gets its test mails")
    exporting.add_argument("file", nargs="?", default="-", metavar="FILE", help="standard output when not given")
    importing.add_argument("file", metavar="FILE", help="- is standard input")
    importing.add_argument("--name", help="instead of the name in the file")
    return parser


def _load() -> tuple[Profile, ...]:
    every, unusable = profiles.load(profiles.folder())
    for one in unusable:
        print(storing.set_aside(one), file=sys.stderr)
    return every


def _list(options: argparse.Namespace) -> int:
    every = _load()
    if options.json:
        print(json.dumps([_table(profile) for profile in every], ensure_ascii=False))
        return 0
    if not every:
        print("No profiles yet. Make one: mailsetup profile set NAME --hostname HOST --from ADDRESS")
    for profile in every:
        last = f"{profile.last_test.result} {profile.last_test.at}" if profile.last_test else "never tested"
        print(f"{shown(profile.name)}\t{shown(profile.server.hostname)}:{profile.server.effective_port}\t{shown(last)}")
    return 0


def _show(options: argparse.Namespace) -> int:
    profile = find(options.name)
    if options.json:
        print(json.dumps(_table(profile), ensure_ascii=False))
        return 0
    print(profiles.export(profile), end="")
    print(f"# {in_words(profile.server)}")
    return 0


def _set(options: argparse.Namespace) -> int:
    known = next((p for p in _load() if options.name in (p.name, p.id)), None)
    where = profiles.folder()
    if known is None and (not options.name.strip() or not options.name.isprintable()):
        raise words.UsageError("A profile needs a name of printable characters")
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
        print(
            "The password in the address was not used: give it with --password-file or --password-env.", file=sys.stderr
        )
    return 0 if password is None else _keep(base.id, password)


def _changed(base: Profile, server: MailServer, options: argparse.Namespace) -> Profile:
    return base._replace(
        server=server,
        truststore=base.truststore if options.truststore is None else os.path.abspath(options.truststore),
        recipient=base.recipient if options.to is None else options.to.strip(),
        last_test=base.last_test if server == base.server else None,
    )


def _keep(profile_id: str, password: str) -> int:
    try:
        print(f"The password is kept in: {credentials.keep(profile_id, password, _PATIENCE)}")
    except KeyringTrouble as trouble:
        print(f"The profile is saved, its password is not: {storing.obstacle(trouble)}", file=sys.stderr)
        return 4
    return 0


def _remove(options: argparse.Namespace) -> int:
    profile = find(options.name)
    profiles.remove(profiles.folder(), profile.id)
    try:
        credentials.forget(profile.id, _PATIENCE)
    except KeyringTrouble as trouble:
        if trouble.obstacle is not credentials.Obstacle.NO_STORE:
            print(f"The profile is removed; a kept password may remain: {storing.obstacle(trouble)}", file=sys.stderr)
            return 4
    return 0


def _export(options: argparse.Namespace) -> int:
    text = profiles.export(find(options.name)._replace(last_test=None))
    if options.file == "-":
        print(text, end="")
        return 0
    try:
        with open(options.file, "x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise words.LocalError(f"{options.file} exists already. Remove it, or choose another name.") from None
    except OSError as error:
        raise words.LocalError(f"{options.file} cannot be written: {error.strerror}.") from None
    return 0


def _import(options: argparse.Namespace) -> int:
    where = profiles.folder()
    try:
        if options.file == "-":
            text = sys.stdin.read(100_001)
        else:
            with open(options.file, encoding="utf-8") as file:
                text = file.read(100_001)
        profile = profiles.parse(text, "imported")
    except OSError as error:
        raise words.LocalError(f"{options.file} cannot be read: {error.strerror}.") from None
    except ValueError as error:
        raise words.LocalError(f"{options.file} is not a mailsetup profile: {error}.") from None
    name = options.name or profile.name
    if wrong := check(profile.server):
        print("\n".join(map(problems.line, wrong)), file=sys.stderr)
        return 2
    profiles.save(where, profile._replace(id=profiles.new_id(where, name), name=name))
    print(f"Imported as “{shown(name)}”.")
    return 0


def _table(profile: Profile) -> dict[str, Any]:
    server = profile.server
    return {
        "id": profile.id,
        "name": profile.name,
        "hostname": server.hostname,
        "port": server.port,
        "encryption": server.encryption.value,
        "username": server.username,
        "from": server.sender,
        "ehlo_name": server.ehlo_name,
        "truststore": profile.truststore,
        "to": profile.recipient,
        "last_test": profile.last_test and profile.last_test._asdict(),
    }
