"""A test as Markdown for a ticket: verdict, settings, steps, transcript. Secrets never come this far."""

from __future__ import annotations

import platform
from collections.abc import Sequence
from datetime import datetime

from mailsetup_gui import __version__
from mailsetup_gui.diagnosis.rules import Diagnosis
from mailsetup_gui.settings.server import MailServer
from mailsetup_gui.smtp.events import Event, Line, State, StepChanged, TlsStarted
from mailsetup_gui.wording import text
from mailsetup_gui.wording.harmless import shown
from mailsetup_gui.wording.intent import in_words
from mailsetup_gui.wording.verdict import Card, fingerprint, ruled_out_words


def markdown(
    server: MailServer, recipient: str, events: Sequence[Event], card: Card, found: Diagnosis, when: datetime
) -> str:
    """Foreign text stands in code blocks and code spans only, where Markdown makes nothing of it."""
    return "\n".join(
        [
            f"# {_span(card.title)}",
            "",
            _span(card.why),
            *(f"{number}. {_span(fix)}" for number, fix in enumerate(card.fixes, 1)),
            *(f"- Warning: {_span(warning)}" for warning in card.warnings),
            *([f"- Not the cause (checked): {not_it}"] if (not_it := ruled_out_words(found.ruled_out)) else []),
            "",
            "## Settings",
            "",
            in_words(server),
            f"Test mail to {_span(recipient)}.",
            "",
            "## Steps",
            "",
            *_block(_steps(events)),
            "",
            "## Transcript",
            "",
            *_block(_lines(events)),
            "",
            "## Where and when",
            "",
            f"mailsetup {__version__}, Python {platform.python_version()}, {platform.platform()}, {when.isoformat(timespec='seconds')}",
            "",
        ]
    )


def _steps(events: Sequence[Event]) -> list[str]:
    ended = [e for e in events if isinstance(e, StepChanged) and e.state is not State.STARTED]
    return [
        f"{text.state_glyph(e.state)} {text.step_name(e.step):24} {text.milliseconds(e.took):>9}  {shown(e.summary)}".rstrip()
        for e in ended
    ]


def _lines(events: Sequence[Event]) -> list[str]:
    found = []
    for event in events:
        if isinstance(event, Line):
            sign, words = text.arrow(event.direction), shown(event.text)
            found.append(f"{event.at / 1000:8.3f} {text.protection(event.encrypted):5} {sign} {words}")
        elif isinstance(event, TlsStarted):
            found.append(f"{event.at / 1000:8.3f} TLS   == {event.version} {event.cipher}")
            found += [f"{'':14} == certificate {n}: SHA-256 {fingerprint(der)}" for n, der in enumerate(event.chain, 1)]
    return found


def _block(lines: list[str]) -> list[str]:
    """An indented code block: no line of it can end the block, whatever a server says."""
    return [f"    {line}" for line in lines] or ["    (nothing)"]


def _span(words: str) -> str:
    """Text of which Markdown makes no link, image or tag."""
    return "".join(f"\\{c}" if c in "\\`*_[]<>#|!&" else c for c in words)
