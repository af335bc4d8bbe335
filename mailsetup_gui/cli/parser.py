"""The words of one command -> its options. Not argparse: its import and gettext cost a tenth of a whole test."""

from collections.abc import Sequence
from types import SimpleNamespace
from typing import NamedTuple

from mailsetup_gui.wording.language import _


class UsageError(Exception):
    """The words themselves are wrong; the text says which."""


class _Option(NamedTuple):
    """`metavar` '' is a switch; a positional word has no dashes in `name`."""

    name: str
    key: str
    metavar: str
    help: str
    choices: tuple[str, ...]
    default: str | bool | tuple[str, ...] | None
    needed: bool = False
    repeatable: bool = False


class Parser:
    """`option`, `switch` and `word` describe; `parse` reads. Of the same option twice the last one counts."""

    def __init__(self, command: str, purpose: str) -> None:
        self._command = command
        self._purpose = purpose
        self._options: dict[str, _Option] = {}
        self._words: list[_Option] = []

    def option(
        self,
        name: str,
        metavar: str = "",
        help: str = "",  # noqa: A002  what it is
        choices: Sequence[str] = (),
        default: str | None = None,
        key: str = "",
    ) -> None:
        """`--name VALUE` or `--name=VALUE`."""
        metavar = metavar or "|".join(choices)
        self._options[name] = _Option(name, key or _key(name), metavar, help, tuple(choices), default)

    def repeatable(self, name: str, metavar: str, help: str) -> None:  # noqa: A002  what it is
        """An option that is given as often as wanted; its values come as a tuple."""
        self._options[name] = _Option(name, _key(name), metavar, help, (), (), repeatable=True)

    def switch(self, name: str, help: str) -> None:  # noqa: A002  what it is
        self._options[name] = _Option(name, _key(name), "", help, (), False)

    def word(self, name: str, metavar: str, help: str = "", needed: bool = True, default: str | None = None) -> None:  # noqa: A002
        self._words.append(_Option(name, name, metavar, help, (), default, needed))

    def rest(self, name: str, metavar: str, help: str) -> None:  # noqa: A002  what it is
        """All words from here on, one at least; they come as a tuple."""
        self._words.append(_Option(name, name, metavar, help, (), (), True, repeatable=True))

    def parse(self, words: Sequence[str]) -> SimpleNamespace:
        """Raises UsageError; prints the help and leaves with 0 when that is asked for."""
        found = SimpleNamespace(**{option.key: option.default for option in (*self._options.values(), *self._words)})
        left, places = list(words), list(self._words)
        only_words = False
        while left:
            word = left.pop(0)
            if word == "--" and not only_words:
                only_words = True
            elif (word.startswith("--") and not only_words) or word == "-h":
                self._read_option(word, left, found)
            elif places and places[0].repeatable:
                setattr(found, places[0].key, (*getattr(found, places[0].key), word))
            elif places:
                setattr(found, places.pop(0).key, word)
            else:
                raise self._wrong(_("“{word}” is one word too many").format(word=word))
        if missing := next((p.metavar for p in places if p.needed and not getattr(found, p.key)), ""):
            raise self._wrong(_("{missing} is missing").format(missing=missing))
        return found

    def help(self) -> str:
        places = [word.metavar if word.needed else f"[{word.metavar}]" for word in self._words]
        usage = _("usage: {words} [OPTIONS]").format(words=" ".join([self._command, *places]))
        lines = [usage, "", self._purpose, ""]
        for one in (*self._words, *self._options.values()):
            left = one.metavar if one in self._words else f"{one.name} {one.metavar}".rstrip()
            lines.append(
                f"  {left:34}  {one.help}".rstrip() if len(left) <= 34 else f"  {left}\n{'':38}{one.help}".rstrip()
            )
        return "\n".join(lines)

    def _read_option(self, word: str, left: list[str], found: SimpleNamespace) -> None:
        name, equals, value = word.partition("=")
        if name in ("--help", "-h"):
            print(self.help())
            raise SystemExit(0)
        option = self._options.get(name)
        if option is None:
            raise self._wrong(_("there is no option {name}").format(name=name))
        if not option.metavar:
            if equals:
                raise self._wrong(_("{name} takes no value").format(name=name))
            setattr(found, option.key, True)
            return
        if not equals and (not left or left[0].startswith("--")):
            raise self._wrong(_("{name} wants {metavar}").format(name=name, metavar=option.metavar))
        chosen = value if equals else left.pop(0)
        if option.choices and chosen not in option.choices:
            raise self._wrong(
                _("{name} is “{chosen}”; it takes {choices}").format(
                    name=name, chosen=chosen, choices=", ".join(option.choices)
                )
            )
        setattr(found, option.key, (*getattr(found, option.key), chosen) if option.repeatable else chosen)

    def _wrong(self, what: str) -> UsageError:
        return UsageError(_("{what}. {command} --help tells the options").format(what=what, command=self._command))


def _key(name: str) -> str:
    return name.removeprefix("--").replace("-", "_")
