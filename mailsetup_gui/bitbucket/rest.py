"""Bitbucket's admin REST API: each resource as a value, each way to fail by its name (facts: bitbucket 1)."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from mailsetup_gui.bitbucket.address import Address, SignIn
from mailsetup_gui.bitbucket.exchange import Reply, Route, Unreached, ask
from mailsetup_gui.bitbucket.troubles import RestError, Said, Trouble
from mailsetup_gui.smtp.redaction import Redactor
from mailsetup_gui.smtp.waiting import Cancel

Document = dict[str, object]
MAIL_SERVER = "admin/mail-server"
SENDER = "admin/mail-server/sender-address"
_MOST_SAID, _LONGEST_SAID, _MOST_NODES = 10, 500, 100


class Application(NamedTuple):
    """What runs there; `name` is what its administrator calls it."""

    version: str
    name: str

    @property
    def major(self) -> int:
        return int(self.version.partition(".")[0])


class Mail(NamedTuple):
    """What GET shows: `document` None where nothing is configured, never with a password; `sender` by its resource."""

    document: Document | None
    sender: str | None = None


class Bitbucket:
    """One request a call; each either answers or raises RestError. Nothing is asked twice here."""

    def __init__(self, where: Address, sign_in: SignIn, route: Route, cancel: Cancel, mail_secret: str = "") -> None:
        self.where = where
        self._sign_in = sign_in
        self._route = route
        self.cancel = cancel
        self._redactors = (Redactor(sign_in.secret, sign_in.user), Redactor(mail_secret))

    def application(self) -> Application:
        """Asked without a sign-in: whoever is no Bitbucket gets no password."""
        reply = self._ask("GET", "application-properties", signed=False)
        table = _json(reply)
        if not isinstance(table, dict) or not re.fullmatch(r"\d{1,4}(\.\w{1,9})*", str(table.get("version", ""))):
            raise self._error(Trouble.OTHER_PRODUCT, "GET application-properties", reply)
        return Application(str(table["version"]), self._text(table.get("displayName")))

    def mail(self) -> Mail:
        """The settings as they are; the sender by its own resource where the document does not show one."""
        try:
            reply = self._ask("GET", MAIL_SERVER)
        except RestError as error:
            if error.trouble is not Trouble.NOT_FOUND or error.detail:
                raise
            return Mail(None, self._sender_if_told())
        document = self._document("GET", reply)
        shown = any(key in document for key in ("sender-address", "senderAddress"))
        return Mail(document, None if shown else self._sender_if_told())

    @property
    def patience(self) -> float:
        """Seconds that one request may take."""
        return self._route.timeout

    def store(self, document: Document) -> Document | None:
        """PUT; answers what Bitbucket says that it has now, None where it does not say."""
        reply = self._ask("PUT", MAIL_SERVER, document)
        try:
            return self._document("PUT", reply)
        except RestError:
            if _is_web_page(reply):
                raise
            return None

    def remove(self) -> None:
        self._ask("DELETE", MAIL_SERVER)

    def sender(self) -> str | None:
        """The address that mail comes from; None where none is set."""
        try:
            reply = self._ask("GET", SENDER)
        except RestError as error:
            if error.trouble is Trouble.NOT_FOUND and not error.detail:
                return None
            raise
        found = _json(reply)
        text = found if isinstance(found, str) else reply.body.decode("utf-8", "replace").strip()
        if _is_web_page(reply) or text.startswith(("{", "[", "<")) or len(text) > _LONGEST_SAID:
            raise self._error(Trouble.UNREADABLE, f"GET {SENDER}", reply)
        return None if text in ("", "null") else self._strike(text)

    def store_sender(self, address: str) -> None:
        self._ask("PUT", SENDER, address)

    def nodes(self) -> tuple[str, ...]:
        """The names of the cluster's nodes."""
        table = _json(self._ask("GET", "admin/cluster"))
        listed = table.get("nodes") if isinstance(table, dict) else None
        return tuple(map(self._node, listed[:_MOST_NODES])) if isinstance(listed, list) else ()

    def _node(self, node: object) -> str:
        table = node if isinstance(node, dict) else {}
        address = table.get("address")
        host = address.get("hostName") if isinstance(address, dict) else None
        return self._text(table.get("name") or host or table.get("id") or "?")

    def _sender_if_told(self) -> str | None:
        try:
            return self.sender()
        except RestError as error:
            if error.trouble in (Trouble.NOT_FOUND, Trouble.UNREADABLE, Trouble.WEB_PAGE) or error.is_signed_in:
                return None
            raise

    def _document(self, method: str, reply: Reply) -> Document:
        """What is shown of the settings; a password that some version should show is never kept."""
        table = _json(reply)
        if not isinstance(table, dict) or "errors" in table or len(table) > _MOST_NODES:
            raise self._error(Trouble.UNREADABLE, f"{method} {MAIL_SERVER}", reply)
        return {key: value for key, value in table.items() if "password" not in key.lower()}

    def _ask(self, method: str, resource: str, content: object = None, signed: bool = True) -> Reply:
        request = f"{method} {resource}"
        headers = {"Authorization": _authorization(self._sign_in)} if signed else {}
        body = None
        if content is not None:
            headers |= {"Content-Type": "application/json", "X-Atlassian-Token": "no-check"}
            body = json.dumps(content).encode()
        try:
            reply = ask(method, self.where.resource(resource), self._route, self.cancel, headers, body)
        except Unreached as missed:
            detail = self._strike(missed.detail)
            raise RestError(Trouble.UNREACHED, request, detail=detail, failure=missed.failure) from None
        if trouble := self._trouble(reply, signed, self._said(reply)):
            raise self._error(trouble, request, reply)
        return reply

    def _error(self, trouble: Trouble, request: str, reply: Reply) -> RestError:
        detail = ""
        if trouble is Trouble.REDIRECTED:
            detail = self._strike(urljoin(self.where.base, reply.headers.get("location", ""))[:_LONGEST_SAID])
        elif _is_web_page(reply):
            title = re.search(rb"<title[^>]*>([^<]{0,200})", reply.body[:20_000], re.IGNORECASE)
            detail = self._strike(" ".join(title[1].decode("utf-8", "replace").split())) if title else "HTML"
        return RestError(trouble, request, reply.status, self._said(reply), detail)

    def _trouble(self, reply: Reply, signed: bool, said: tuple[Said, ...]) -> Trouble | None:
        """None for an answer that did what was asked for."""
        status = reply.status
        if 300 <= status < 400:
            return Trouble.REDIRECTED
        if 200 <= status < 300:
            return Trouble.WEB_PAGE if _is_web_page(reply) else None
        if status in (401, 403):
            return self._denied(reply, said) if signed else Trouble.GATE
        return _STATUSES.get(status, Trouble.SERVER_ERROR if status >= 500 else Trouble.UNEXPECTED)

    def _denied(self, reply: Reply, said: tuple[Said, ...]) -> Trouble:
        """The 401 and 403 that mean different things; where nothing tells which, that is said."""
        reason = reply.headers.get("x-authentication-denied-reason", "")
        words = " ".join(f"{one.exception} {one.message}" for one in said).lower()
        if "CAPTCHA" in reason or "captcha" in words:
            return Trouble.CAPTCHA
        if b'"elevationMethods"' in reply.body:
            return Trouble.ELEVATION
        if re.search(r"basic auth.{0,60}(disabled|blocked|not allowed|turned off)", words or _plain(reply)):
            return Trouble.BASIC_BLOCKED
        if not self._sign_in.user and "authorisationexception" not in words:
            return Trouble.TOKEN
        if "incorrectpassword" in words or "authentication failed" in words or "nosuchuser" in words:
            return Trouble.WRONG_PASSWORD
        signed_in = reply.headers.get("x-ausername", "").lower() == self._sign_in.user.lower() != ""
        if signed_in or "authorisationexception" in words or "not permitted" in words:
            return Trouble.NO_PERMISSION
        return Trouble.NOT_SIGNED_IN if reply.status == 401 else Trouble.FORBIDDEN

    def _said(self, reply: Reply) -> tuple[Said, ...]:
        table = _json(reply)
        errors = table.get("errors") if isinstance(table, dict) else None
        if not isinstance(errors, list):
            return ()
        tables = [one for one in errors[:_MOST_SAID] if isinstance(one, dict)]
        return tuple(Said(*(self._text(one.get(k)) for k in ("context", "message", "exceptionName"))) for one in tables)

    def _text(self, value: object) -> str:
        return self._strike(str(value)[:_LONGEST_SAID]) if value is not None else ""

    def _strike(self, text: str) -> str:
        for redactor in self._redactors:
            text = redactor.strike(text)
        return text


_STATUSES = {
    400: Trouble.INVALID,
    404: Trouble.NOT_FOUND,
    409: Trouble.CONFLICT,
    429: Trouble.TOO_MANY,
    503: Trouble.STARTING,
}


def is_elsewhere(where: Address, location: str) -> bool:
    """Whether a redirect leads to another origin (RFC 6454)."""
    there, here = urlsplit(location), urlsplit(where.base)
    return (there.scheme, there.netloc.lower()) != (here.scheme, here.netloc.lower())


def _authorization(sign_in: SignIn) -> str:
    if not sign_in.user:
        return f"Bearer {sign_in.secret}"
    return "Basic " + b64encode(f"{sign_in.user}:{sign_in.secret}".encode()).decode("ascii")


def _plain(reply: Reply) -> str:
    return reply.body[:2000].decode("utf-8", "replace").lower()


def _json(reply: Reply) -> object:
    """None for what is no JSON."""
    try:
        found: object = json.loads(reply.body)
    except (ValueError, RecursionError):
        return None
    return found


def _is_web_page(reply: Reply) -> bool:
    kind = reply.headers.get("content-type", "").lower()
    return "html" in kind or reply.body.lstrip()[:1] == b"<"
