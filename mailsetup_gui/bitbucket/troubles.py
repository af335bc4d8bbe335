"""The ways in which Bitbucket cannot be asked, or says no."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

from mailsetup_gui.bitbucket.exchange import Failure


class Trouble(Enum):
    """Why a request did not do what it was for; wording.bitbucket has the sentences."""

    UNREACHED = "unreached"
    REDIRECTED = "redirected"
    WEB_PAGE = "web-page"
    OTHER_PRODUCT = "other-product"
    NOT_FOUND = "not-found"
    GATE = "gate"
    STARTING = "starting"
    CONFLICT = "conflict"
    INVALID = "invalid"
    WRONG_PASSWORD = "wrong-password"  # noqa: S105  the kind of a trouble
    NO_PERMISSION = "no-permission"
    CAPTCHA = "captcha"
    BASIC_BLOCKED = "basic-blocked"
    TOKEN = "token"  # noqa: S105  the kind of a trouble
    ELEVATION = "elevation"
    NOT_SIGNED_IN = "not-signed-in"
    FORBIDDEN = "forbidden"
    TOO_MANY = "too-many-requests"
    SERVER_ERROR = "server-error"
    UNREADABLE = "unreadable"
    UNEXPECTED = "unexpected"


class Said(NamedTuple):
    """One of Bitbucket's own errors: the field it is about, its sentence, the Java exception; no secret is in them."""

    context: str = ""
    message: str = ""
    exception: str = ""


class RestError(Exception):
    """`request`: method and resource; `detail`: where a redirect leads, what is there instead, the system's word."""

    def __init__(
        self,
        trouble: Trouble,
        request: str,
        status: int = 0,
        said: tuple[Said, ...] = (),
        detail: str = "",
        failure: Failure | None = None,
    ) -> None:
        super().__init__(trouble.value, request, status, detail)
        self.trouble = trouble
        self.request = request
        self.status = status
        self.said = said
        self.detail = detail
        self.failure = failure

    @property
    def is_passing(self) -> bool:
        """Whether asking again in a moment may help, and cannot hurt."""
        return self.trouble in _PASSING

    @property
    def is_signed_in(self) -> bool:
        """Whether the sign-in itself was right, so that a further request is no failed attempt."""
        return self.trouble in (Trouble.NO_PERMISSION, Trouble.INVALID, Trouble.CONFLICT)


_PASSING = frozenset(
    (Trouble.UNREACHED, Trouble.STARTING, Trouble.SERVER_ERROR, Trouble.WEB_PAGE, Trouble.UNREADABLE, Trouble.CONFLICT)
)
