"""One value in the syntax of one kind of file, so that reading it gives it back. No value has control characters."""

from __future__ import annotations

import re

_WIDTH = 110
_PLAIN_INI = re.compile(r"[A-Za-z0-9@._+:/\[\]-]+")


def shell(text: str) -> str:
    """One word for sh, always between single quotes: nothing is expanded there."""
    return "'" + text.replace("'", "'\"'\"'") + "'"


def yaml(text: str) -> str:
    """A double-quoted scalar in ASCII."""
    return '"' + "".join(map(_wide_escape, text)) + '"'


def jcasc(text: str) -> str:
    """YAML for Jenkins, where `${NAME}` is filled in unless a `^` stands before it."""
    return yaml(text.replace("${", "^${"))


def hcl(text: str) -> str:
    """A quoted template of Terraform, in which `${` and `%{` would begin an expression."""
    apart = re.sub(r"[$%](?=[$%]+\{)", lambda sign: f"\\u{ord(sign[0]):04x}", yaml(text))  # `$$${` is read in two ways
    return apart.replace("${", "$${").replace("%{", "%%{")


def ruby(text: str) -> str:
    """Between single quotes only the backslash and the quote mean something."""
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def ini(text: str) -> str:
    """As go-ini reads it (Gitea, Forgejo): backticks keep `#`, `;` and quotes; three quotes where it has a backtick.

    Not for what `ini_cannot_say`.
    """
    if _PLAIN_INI.fullmatch(text):
        return text
    return f'"""{text}"""' if "`" in text else f"`{text}`"


def ini_cannot_say(text: str) -> bool:
    """A backtick together with quotes that would end the three, and `%(name)s`, which is filled in."""
    return "%(" in text or ("`" in text and (text.endswith('"') or '"""' in text))


def properties(text: str) -> str:
    """A value of java.util.Properties, in ASCII. A blank at its beginning would be lost."""
    escaped = text.replace("\\", "\\\\")
    leading = "\\" if escaped.startswith(" ") else ""
    return leading + "".join(c if c.isascii() else _java_escape(c) for c in escaped)


def spring(text: str) -> str:
    """The same where Spring then fills in `${name}`: a default value gives the dollar sign that stays one."""
    return properties(text.replace("${", "${dollar:$}{"))


def xml_attribute(text: str) -> str:
    """With its quotes."""
    from xml.sax.saxutils import escape

    return '"' + escape(text, {'"': "&quot;"}) + '"'


def comment(*lines: str, mark: str = "# ") -> str:
    """Whole lines that a file's reader skips."""
    from textwrap import wrap

    return "".join(f"{mark}{line}".rstrip() + "\n" for text in lines for line in wrap(text, _WIDTH) or [""])


def _wide_escape(character: str) -> str:
    if character in '"\\':
        return "\\" + character
    if character.isascii():
        return character
    return f"\\u{ord(character):04x}" if character <= "\uffff" else f"\\U{ord(character):08x}"


def _java_escape(character: str) -> str:
    octets = character.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{octets[at : at + 4]}" for at in range(0, len(octets), 4))
