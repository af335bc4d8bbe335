"""A person who only hears and presses: mailsetup-gui through AT-SPI. Run by the system's python3, which has gi.

client.py SCENARIO FOLDER COMMAND...: prints one JSON object.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402  its version comes first

PATIENCE = 30.0
"""Seconds for anything to appear."""
SILENT = {
    *(
        "filler",
        "panel",
        "scroll pane",
        "split pane",
        "layered pane",
        "separator",
        "scroll bar",
        "viewport",
        "root pane",
    ),
    *("layout", "form", "section", "page tab list", "menu bar", "list", "tool bar", "unknown"),
}
"""Roles that hold others or decorate: a screen reader passes over them."""
Node = Any


def walk(node: Node) -> Iterator[Node]:
    """Itself and everything below it."""
    yield node
    for at in range(min(node.get_child_count(), 400)):
        child = node.get_child_at_index(at)
        if child is not None:
            yield from walk(child)


def is_shown(node: Node) -> bool:
    states = node.get_state_set()
    return bool(states.contains(Atspi.StateType.SHOWING) and states.contains(Atspi.StateType.VISIBLE))


def listen(heard: list[str]) -> Any:
    """Every announcement, in order."""

    def note(event: Any) -> None:
        heard.append(str(event.any_data))

    listener = Atspi.EventListener.new(note)
    listener.register("object:announcement")
    return listener


def until(what: str, found: Callable[[], Any]) -> Any:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            if result := found():
                return result
        except GLib.Error:  # the window changed while it was looked at
            pass
        while GLib.MainContext.default().iteration(False):  # what was announced meanwhile
            pass
        time.sleep(0.05)
    raise SystemExit(f"not within {PATIENCE:.0f} s: {what}")


class Reader:
    """One program and its windows."""

    def __init__(self, command: list[str]) -> None:
        self.command = command
        self.process = subprocess.Popen(command)
        self.program = until("the program", self._program)

    def _program(self) -> Node:
        desktop = Atspi.get_desktop(0)
        every = (desktop.get_child_at_index(at) for at in range(desktop.get_child_count()))
        return next((one for one in every if one and one.get_process_id() == self.process.pid), None)

    def windows(self) -> list[Node]:
        every = (self.program.get_child_at_index(at) for at in range(self.program.get_child_count()))
        return [one for one in every if one is not None and is_shown(one)]

    def window(self, title: str) -> Node:
        def found() -> Node:
            return next((one for one in self.windows() if title in one.get_name()), None)

        return until(f"a window named {title!r}", found)

    def choose(self, *words: str) -> None:
        """A menu and its item."""
        menu = self.named(self.window("mailsetup"), "menu item", words[0])

        def item() -> Node:
            return next((node for node in walk(menu) if node is not menu and words[1] in node.get_name()), None)

        press(until(f"the menu item {words}", item))

    def built_in_server(self) -> Node:
        """Runs, and its settings are on the form of the main window."""
        main = self.window("mailsetup")
        self.choose("Test", "Try it with the built-in server")
        self.hear(main, "is running on this computer")
        return main

    def named(self, window: Node, role: str, words: str, shown: bool = False) -> Node:
        def found() -> Node:
            every = (node for node in walk(window) if node.get_role_name() == role and words in node.get_name())
            return next((node for node in every if not shown or is_shown(node)), None)

        return until(f"{role} {words!r}", found)

    def press(self, window: Node, words: str, role: str = "push button") -> None:
        button = self.named(window, role, words, shown=True)
        until(f"{words} enabled", lambda: button.get_state_set().contains(Atspi.StateType.ENABLED))
        press(button)

    def hear(self, window: Node, words: str) -> str:
        def found() -> str:
            return next((read for node in walk(window) if words in (read := read_aloud(node)) and is_shown(node)), "")

        return str(until(f"to read {words!r}", found))

    def write(self, window: Node, label: str, text: str) -> None:
        """Into the field of this label."""
        field = self.named(window, "text", label)
        until(f"{label} takes text", lambda: field.get_editable_text_iface().set_text_contents(text))


def read_aloud(node: Node) -> str:
    """Its name and what is written in it."""
    text = node.get_text_iface()
    written = text.get_text(0, text.get_character_count()) if text is not None else ""
    return f"{node.get_name()} {written}".strip()


def press(node: Node) -> None:
    actions = node.get_action_iface()
    names = [actions.get_action_name(at) for at in range(actions.get_n_actions())]
    wanted = next((at for at, name in enumerate(names) if name in ("Press", "Toggle", "click")), 0)
    actions.do_action(wanted)


def nameless(window: Node) -> list[str]:
    """What is shown and has no name or no role that says anything."""
    return [
        f"{node.get_role_name()} in {window.get_name()!r} at {path(node)}"
        for node in walk(window)
        if is_shown(node) and node.get_role_name() not in SILENT and not said_by(node)
    ]


def said_by(node: Node) -> str:
    """The name; of a text also that of its label; what a table or list shows is its own name."""
    role = node.get_role_name()
    if role in ("invalid", "redundant object"):
        return ""
    if role == "label" and not node.get_name():
        return "an empty line, kept free for a message"
    if role in ("table cell", "list item", "table column header", "column header"):
        return node.get_name() or "an empty cell"
    return str(node.get_name())


def path(node: Node) -> str:
    names: list[str] = []
    while node is not None and len(names) < 6:
        names.append(f"{node.get_role_name()}:{node.get_name()[:20]}")
        node = node.get_parent()
    return " < ".join(names)


def seen(window: Node) -> dict[str, Any]:
    shown = [node for node in walk(window) if is_shown(node)]
    controls = [node for node in shown if node.get_role_name() not in SILENT]
    return {"window": window.get_name(), "controls": len(controls), "nameless": nameless(window)}


def everything(reader: Reader, folder: str) -> Any:
    """Every window and page, opened from the menus, and what is nameless in it."""
    main = reader.window("mailsetup")
    reader.hear(main, "Send test…")
    found = [seen(main)]
    reader.built_in_server()
    found.append(seen(main))
    for menu, item, title in (
        ("Test", "Send test…", "Send a test email"),
        ("Test", "Explain an error…", "Explain an error"),
        ("Test", "Inbox", "Inbox"),
        ("File", "Import settings…", "Import settings"),
        ("File", "Export settings…", "Export settings"),
        ("Bitbucket", "Apply to Bitbucket…", "Apply to Bitbucket"),
        ("Help", "Help", "Help"),
        ("Help", "About", "About"),
    ):
        reader.choose(menu, item)
        window = reader.window(title)
        if title == "Send a test email":
            reader.press(window, "Send test")
            reader.hear(window, "accepted")
        found.append(seen(window))
        reader.press(window, "Cancel" if "Apply" in title else "Close")
    found += through_the_wizard(reader, folder)
    return found


def through_the_wizard(reader: Reader, folder: str) -> list[dict[str, Any]]:
    """The whole import of the built-in server's certificate; the truststore lies in the folder afterwards."""
    found = []
    reader.choose("Certificates", "Import a certificate…")
    wizard = reader.window("Import a certificate")
    reader.hear(wizard, "Where is the certificate?")
    found.append(seen(wizard))
    reader.press(wizard, "Next")
    reader.hear(wizard, "The server sent")
    found.append(seen(wizard))
    reader.press(wizard, "Next")
    reader.hear(wizard, "What shall Bitbucket trust?")
    reader.press(wizard, "no fingerprint", role="check box")
    found.append(seen(wizard))
    reader.press(wizard, "Next")
    reader.hear(wizard, "What is the truststore built from?")
    reader.write(wizard, "Write to", os.path.join(folder, "mail-cacerts.jks"))
    found.append(seen(wizard))
    reader.press(wizard, "Next")
    reader.hear(wizard, "Does Bitbucket's Java accept it?")
    found.append(seen(wizard))
    reader.press(wizard, "Write truststore")
    reader.hear(wizard, "javax.net.ssl.trustStore")
    found.append(seen(wizard))
    reader.press(wizard, "Close")
    return found


def test_send(reader: Reader, folder: str) -> Any:
    """A whole test: what is read at its end, and what was announced on the way."""
    announced: list[str] = []
    listener = listen(announced)
    main = reader.built_in_server()
    reader.press(main, "Send test…")
    dialog = reader.window("Send a test email")
    reader.write(dialog, "Send to", "ann@example.test")
    reader.press(dialog, "Send test")
    verdict = reader.hear(dialog, "accepted")
    until("the verdict to be announced", lambda: any("accepted" in one for one in announced))
    listener.deregister("object:announcement")
    table = reader.named(dialog, "table", "Steps of the test")
    steps = [node.get_name() for node in walk(table) if node.get_role_name() == "table cell"]
    return {"verdict": verdict, "steps": steps, "announced": announced}


def whole_import(reader: Reader, folder: str) -> Any:
    main = reader.built_in_server()
    through_the_wizard(reader, folder)
    return {"said": reader.hear(main, "The next test trusts by")}


def started_again(reader: Reader, folder: str) -> Any:
    """The window is put away; what is in front after a second start, and after one for a dialog."""
    main = reader.window("mailsetup")
    reader.hear(main, "Send test…")
    subprocess.run(["xdotool", "search", "--onlyvisible", "--name", "mailsetup", "windowminimize"], check=True)
    until("the window to be put away", lambda: "mailsetup" not in in_front())
    codes = [subprocess.run(reader.command, check=False).returncode]
    fronts = [until("a window in front", in_front)]
    codes.append(subprocess.run([*reader.command, "--import-certificate"], check=False).returncode)
    fronts.append(until("the import in front", lambda: "Import" in in_front() and in_front()))
    return {"codes": codes, "fronts": fronts}


def in_front() -> str:
    """The title of the window that has the keyboard; '' for none."""
    found = subprocess.run(["xdotool", "getactivewindow", "getwindowname"], capture_output=True, text=True, check=False)
    return found.stdout.strip()


def main() -> None:
    scenario, folder, *command = sys.argv[1:]
    reader = Reader(command)
    try:
        print(json.dumps(SCENARIOS[scenario](reader, folder)))
    finally:
        reader.process.kill()
        reader.process.wait()


SCENARIOS = {"everything": everything, "send": test_send, "import": whole_import, "again": started_again}

if __name__ == "__main__":
    main()
