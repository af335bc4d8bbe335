"""The words of `mailsetup bitbucket` -> where Bitbucket is and who signs in there; secrets never come as words."""

from __future__ import annotations

import sys
from types import SimpleNamespace
from typing import NamedTuple
from urllib.parse import urlsplit

from mailsetup_gui.bitbucket import address, exchange
from mailsetup_gui.bitbucket.address import Address, AddressError, SignIn, Wrong
from mailsetup_gui.bitbucket.exchange import Route
from mailsetup_gui.bitbucket.rest import Bitbucket
from mailsetup_gui.cli import options as words
from mailsetup_gui.cli import profile as profile_words
from mailsetup_gui.cli.parser import Parser, UsageError
from mailsetup_gui.settings import credentials
from mailsetup_gui.settings.credentials import KeyringTrouble
from mailsetup_gui.settings.profiles import Profile
from mailsetup_gui.settings.server import MailServer
from mailsetup_gui.trust import truststore
from mailsetup_gui.trust.contents import StoreError
from mailsetup_gui.wording import files, rest, storing
from mailsetup_gui.wording.language import _

_PATIENCE = 30.0


class Access(NamedTuple):
    """Where, who, and by which way. Its repr tells no secret: SignIn's does not, and a proxy's may not be asked for."""

    where: Address
    sign_in: SignIn
    route: Route

    def __repr__(self) -> str:
        return f"Access({self.where!r}, {self.sign_in!r})"


class Session(NamedTuple):
    """One command under way: what was asked for, of whom, with which settings. Its repr tells no secret."""

    options: SimpleNamespace
    profile: Profile | None
    access: Access
    bitbucket: Bitbucket
    password: str
    wanted: MailServer

    def __repr__(self) -> str:
        return f"Session({self.access!r}, {self.wanted!r})"


def add_options(parser: Parser) -> None:
    parser.option("--url", "URL", _("Bitbucket's address; the profile's when not given"))
    parser.option("--user", "ADMIN", _("a user with SYS_ADMIN; the profile's when not given"))
    parser.option("--password-file", "FILE", _("the administrator's password: its first line; - is standard input"))
    parser.option("--password-env", "NAME", _("the same in an environment variable"))
    parser.option("--token-file", "FILE", _("an OAuth 2.0 token instead of user and password"))
    parser.switch("--remember", _("keep the administrator's password in the password store"))
    parser.option("--ca-file", "FILE", _("certificates that Bitbucket's https is trusted by too: PEM, JKS, PKCS#12"))
    parser.switch("--use-proxy", _("the proxy that the environment names; it is not used otherwise"))
    parser.switch("--allow-cleartext-credentials", _("passwords over http:// to another computer"))
    parser.option("--timeout", "SECONDS", _("for each request; default 20"), default="20")


def access(options: SimpleNamespace, profile: Profile | None) -> Access:
    """Raises UsageError with everything that is wrong, LocalError for files."""
    where = _address(options, profile)
    sign_in = _sign_in(options, profile, where)
    if wrong := address.check(where, sign_in, options.allow_cleartext_credentials):
        raise UsageError("\n".join(map(_wrong, wrong)))
    return Access(where, sign_in, _route(options, profile, where))


def keep(options: SimpleNamespace, found: Access) -> None:
    """The administrator's password, when that was asked for and the sign-in worked."""
    if options.remember and found.sign_in.user:
        try:
            store = credentials.keep(_key(found.where, found.sign_in.user), found.sign_in.secret, _PATIENCE)
            print(_("The administrator's password is kept in: {store}").format(store=store), file=sys.stderr)
        except KeyringTrouble as trouble:
            print(storing.obstacle(trouble), file=sys.stderr)


def _address(options: SimpleNamespace, profile: Profile | None) -> Address:
    text = options.url if options.url is not None else profile.bitbucket.url if profile else ""
    try:
        return address.address(text)
    except AddressError as error:
        hint = _(" Give it with --url.") if error.wrong is Wrong.NO_ADDRESS else ""
        raise UsageError(rest.wrong(error.wrong, error.value) + hint) from None


def _sign_in(options: SimpleNamespace, profile: Profile | None, where: Address) -> SignIn:
    if options.token_file is not None:
        if options.password_file is not None or options.password_env is not None:
            raise UsageError(_("--token-file and a password are both given: one of them, please"))
        return SignIn("", words.secret_file(options.token_file).strip())
    user = options.user if options.user is not None else profile.bitbucket.user if profile else ""
    if not user:
        raise UsageError(_("--user ADMIN is missing, a user with SYS_ADMIN (or --token-file FILE)"))
    password = words.given_password(options)
    if password is None:
        password = _kept(where, user)
    if password is None:
        question = _("Password of {user} at {host}: ").format(user=user, host=where.host)
        password = words.asked_password(question) or ""
    return SignIn(user, password)


def _kept(where: Address, user: str) -> str | None:
    """From the keyring; a store that is not there, or does not answer soon, has none."""
    try:
        return credentials.recall(_key(where, user), 5.0)
    except KeyringTrouble:
        return None


def _key(where: Address, user: str) -> str:
    return f"bitbucket {where.base} {user}"


def _route(options: SimpleNamespace, profile: Profile | None, where: Address) -> Route:
    path = options.ca_file if options.ca_file is not None else profile.bitbucket.ca_file if profile else ""
    proxy = exchange.environment_proxy(where)
    if proxy and where.scheme == "http":
        proxy = ""  # it would read both passwords
    if proxy and not options.use_proxy:
        shown = urlsplit(proxy).netloc.rpartition("@")[2]
        print(
            _("The proxy {proxy} of the environment is not used (--use-proxy uses it).").format(proxy=shown),
            file=sys.stderr,
        )
    return Route(_anchors(path) if path else (), proxy if options.use_proxy else "", words.seconds(options.timeout))


def _anchors(path: str) -> tuple[bytes, ...]:
    try:
        return tuple(entry.der for entry in truststore.trusted(path))
    except StoreError as error:
        raise words.LocalError(files.unusable(path, error)) from None


def _wrong(wrong: Wrong) -> str:
    hints = {
        Wrong.CLEAR: " (--allow-cleartext-credentials)",
        Wrong.NO_SECRET: " (--password-file, --password-env, --token-file)",
    }
    return rest.wrong(wrong) + hints.get(wrong, "")


def profile_of(options: SimpleNamespace) -> Profile | None:
    """The profile that is named, if one is. Raises UsageError, LocalError."""
    return profile_words.find(options.profile) if options.profile else None
