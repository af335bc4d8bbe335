"""mailsetup help: what F1 shows in the window."""

from __future__ import annotations

import difflib
import shutil
import sys
import textwrap

from mailsetup_gui.cli.parser import Parser, UsageError
from mailsetup_gui.cli.telling import prepare_stdout
from mailsetup_gui.wording.harmless import shown
from mailsetup_gui.wording.help import TOPICS, Topic
from mailsetup_gui.wording.language import _

_WIDEST = 96


def main(arguments: list[str]) -> int:
    """0; 2: wrong usage, or no such topic."""
    prepare_stdout()
    parser = Parser("mailsetup help", _("What a field means, and what to mind; without a topic, which there are."))
    parser.word("topic", "TOPIC", _("as they are listed"), needed=False, default="")
    parser.switch("--all", _("every topic"))
    try:
        options = parser.parse(arguments)
    except UsageError as error:
        print(error, file=sys.stderr)
        return 2
    if options.all:
        print("\n\n".join(map(_written, TOPICS.values())))
    elif not options.topic:
        print("\n".join(f"  {name:18} {topic.title}" for name, topic in TOPICS.items()))
    elif topic := TOPICS.get(options.topic.casefold()):
        print(_written(topic))
    else:
        print(_no_such(options.topic), file=sys.stderr)
        return 2
    return 0


def _written(topic: Topic) -> str:
    width = min(_WIDEST, shutil.get_terminal_size().columns)
    return "\n\n".join([topic.title, *(textwrap.fill(one, width, break_on_hyphens=False) for one in topic.paragraphs)])


def _no_such(name: str) -> str:
    near = difflib.get_close_matches(name.casefold(), TOPICS, n=1)
    said = _("There is no help on “{name}”.").format(name=shown(name))
    return f"{said} " + (_("Is {near} meant?").format(near=near[0]) if near else _("mailsetup help tells the topics."))
