"""What there is at an address: whether it is Bitbucket, which one, how it sends mail, on which nodes it runs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from mailsetup_gui.bitbucket.rest import Application, Bitbucket, Mail
from mailsetup_gui.bitbucket.troubles import RestError, Trouble
from mailsetup_gui.bitbucket.writing import Step


class Found(NamedTuple):
    """`mail` None: this administrator has no SYS_ADMIN and sees `sender` only, as `error` says.

    `nodes` None: Bitbucket does not tell.
    """

    application: Application
    mail: Mail | None
    sender: str | None = None
    nodes: tuple[str, ...] | None = None
    error: RestError | None = None


def read(bitbucket: Bitbucket) -> Iterator[Step | Found]:
    """Steps as they are answered; the last item is Found, or a Step with the error that ended it."""
    try:
        application = bitbucket.application()
    except RestError as error:
        yield Step(error.request, error)
        return
    yield Step("GET application-properties")
    try:
        mail = bitbucket.mail()
        yield Step("GET admin/mail-server")
    except RestError as error:
        yield Step(error.request, error)
        if error.trouble is Trouble.NO_PERMISSION:
            yield from _sender_only(bitbucket, application, error)
        return
    nodes = None
    try:
        nodes = bitbucket.nodes()
        yield Step("GET admin/cluster")
    except RestError as error:
        yield Step(error.request, error)
    yield Found(application, mail, nodes=nodes)


def _sender_only(bitbucket: Bitbucket, application: Application, denied: RestError) -> Iterator[Step | Found]:
    try:
        sender = bitbucket.sender()
    except RestError as error:
        yield Step(error.request, error)
        return
    yield Step("GET admin/mail-server/sender-address")
    yield Found(application, None, sender, error=denied)
