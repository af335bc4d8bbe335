"""Foreign files are read in a child process that can be killed; this judges how it ended."""

from __future__ import annotations

from collections.abc import Sequence

from mailsetup_gui import aside
from mailsetup_gui.trust import answers
from mailsetup_gui.trust.answers import Answer, Request
from mailsetup_gui.trust.contents import StoreError, Trouble

READER = "mailsetup_gui.trust.child"
MOST_SECONDS = 3.5
"""For all files of one child together, its own start included."""


def read(requests: Sequence[Request]) -> Sequence[Answer]:
    """One answer for each request, in order; a child that fails is the answer to all of them. From any thread."""
    try:
        ended = aside.asked(READER, answers.asked(requests), MOST_SECONDS)
    except OSError as error:
        return _all(requests, f"the process that reads foreign files cannot be started: {error.strerror or error}")
    if not ended.late and ended.code == 0:
        try:
            return answers.answers(ended.answer, len(requests))
        except answers.NoAnswerError:
            pass
    return _all(requests, _why(ended))


def _all(requests: Sequence[Request], reason: str) -> Sequence[Answer]:
    return [StoreError(Trouble.NOT_A_STORE, reason) for _ in requests]


def _why(ended: aside.Ended) -> str:
    from mailsetup_gui.trust import child

    if ended.late:
        return f"reading it takes longer than {MOST_SECONDS} s, so it was given up"
    if ended.code == child.OUT_OF_MEMORY:
        return f"reading it takes more than {child.MOST_MEMORY // 1_000_000} MB of memory, so it was given up"
    return f"reading it was given up: the process that read it ended with code {ended.code}"
