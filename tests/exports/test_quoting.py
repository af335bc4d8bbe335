from __future__ import annotations

import re
import shlex
from xml.etree import ElementTree as ET

import pytest
from hypothesis import example, given

from mailsetup_gui.exports import quoting
from tests.exports.rows import HOSTILE, VALUES, read_yaml


@given(VALUES)
@example(HOSTILE)
def test_a_word_of_the_shell_comes_back(text: str) -> None:
    assert shlex.split(quoting.shell(text)) == [text]


@given(VALUES)
@example(HOSTILE)
def test_yaml_gives_the_text_back_in_ascii(text: str) -> None:
    written = quoting.yaml(text)

    assert written.isascii()
    assert read_yaml(written) == text


@given(VALUES)
@example(HOSTILE)
@example("^${x} ${${")
def test_jenkins_fills_in_nothing(text: str) -> None:
    """commons-text: `${` after the escape character is kept without it, everything else stays."""
    read = read_yaml(quoting.jcasc(text))

    assert not re.search(r"(?<!\^)\$\{", read)
    assert read.replace("^${", "${") == text


@given(VALUES)
@example(HOSTILE)
@example("$${ %%{ %{ $%{ $$$$${{")
def test_hcl_gives_the_text_back(text: str) -> None:
    assert _hcl(quoting.hcl(text)) == text


@given(VALUES)
@example(HOSTILE)
def test_ruby_gives_the_text_back(text: str) -> None:
    written = quoting.ruby(text)

    assert re.fullmatch(r"'(?:[^'\\]|\\['\\])*'", written, re.DOTALL)
    assert re.sub(r"\\(['\\])", r"\1", written[1:-1]) == text


@given(VALUES)
@example(HOSTILE)
@example(" #!=: \\")
def test_java_properties_give_the_text_back(text: str) -> None:
    written = quoting.properties(text)

    assert written.isascii()
    assert _java(written) == text


@given(VALUES)
@example(HOSTILE)
@example("${a}$${b}${")
def test_spring_fills_in_nothing_but_the_dollar_sign(text: str) -> None:
    read = _java(quoting.spring(text))

    assert read.count("${") == text.count("${")
    assert read.replace("${dollar:$}", "$") == text.replace("${dollar:$}", "$")


@given(VALUES)
@example(HOSTILE)
def test_xml_gives_the_text_back(text: str) -> None:
    if all(c.isprintable() for c in text):
        assert ET.fromstring(f"<x a={quoting.xml_attribute(text)}/>").get("a") == text  # noqa: S314  our own


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("bitbucket@example.com", "bitbucket@example.com"),
        ("a#b;c", "`a#b;c`"),
        (' "a" ', '` "a" `'),
        ("a`b", '"""a`b"""'),
    ],
)
def test_gitea_reads_what_is_between_the_quotes(text: str, written: str) -> None:
    assert quoting.ini(text) == written
    assert not quoting.ini_cannot_say(text)


@pytest.mark.parametrize("text", ['a`"', 'a`"""b', "%(PASSWD)s"])
def test_what_gitea_would_read_otherwise_is_known(text: str) -> None:
    assert quoting.ini_cannot_say(text)


def test_no_comment_is_left_by_a_line_end() -> None:
    written = quoting.comment("one\ntwo", "", "word " * 60)

    assert all(line.startswith("#") for line in written.splitlines())
    assert len(written.splitlines()) > 4


def _hcl(written: str) -> str:
    """A quoted template without expressions (HCL native syntax specification), read from left to right."""
    signs = r"(?P<sign>[$%])(?P=sign)\{|\\u([0-9a-f]{4})|\\U([0-9a-f]{8})|\\([\"\\])|([^\"\\$%]|[$%](?![$%]?\{))"
    found, body = "", written[1:-1]
    while body:
        match = re.match(signs, body, re.DOTALL)
        assert match, f"an expression or an open end: {body}"
        sign, short, long, escaped, plain = match.groups()
        found += f"{sign}{{" if sign else chr(int(short or long, 16)) if short or long else escaped or plain
        body = body[match.end() :]
    return found


def _java(written: str) -> str:
    """java.util.Properties.load, of a value: UTF-16 units, so that halves of a pair come together."""
    units, rest = bytearray(), written.lstrip(" \t\f")
    while rest:
        match = re.match(r"\\u([0-9a-f]{4})|\\?(.)", rest, re.DOTALL)
        assert match
        units += bytes.fromhex(match[1]) if match[1] else match[2].encode("utf-16-be")
        rest = rest[match.end() :]
    return units.decode("utf-16-be")
