"""A pasted text -> its single errors: log prefixes and arrows off, lines that belong together, secrets struck."""

import re
from collections.abc import Callable
from typing import NamedTuple

LONGEST_TEXT = 2_000_000
"""Characters; of a longer text its end is looked at, where a log has its newest error."""
MOST_LINES = 40_000
LONGEST_LINE = 4_000
_STRUCK = "****"

_PREFIX = re.compile(
    r"""
    [^\S\n]+
    | \[?\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d:\d\d(?:[.,:]\d{1,9})?(?:Z|\ ?[+-]\d\d:?\d\d)?\]?(?P<t1>)
    | \[?\d{1,2}[-/]\w{3}[-/]\d{4}[ :]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:\ [+-]\d{4})?\]?(?P<t2>)
    | \w{3}\ {1,2}\d{1,2}(?:,\ \d{4})?\ \d{1,2}:\d\d:\d\d(?:\.\d{1,9})?(?:\ [AP]M)?
      (?:\ [\w.-]{1,64}\ [\w./-]{1,64}(?:\[\d{1,8}\])?:)?(?P<t3>)
    | \d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?=\s)(?P<t4>)
    | \d{1,6}\.\d{3}\ (?=clear\ |TLS\ )(?P<t5>)
    | (?:clear|TLS)\ {1,4}(?=<-|->|==|\*\*)
    | (?:TRACE|DEBUG|INFO|WARN(?:ING)?|ERROR|SEVERE|FATAL|FINEST|FINER|FINE)\b:?(?=\s|$)
    | \[(?!EOF\]|SSL|Errno|WinError|X509|TRUNCATED)[^\]\n]{1,120}\](?=[\s:]|$):?
    | [\w.-]{1,64}\ {0,10}\|\ | \|\ | \|$
    | [\w.-]{1,64}\ [\w./-]{1,64}\[\d{1,8}\]:[ ]
    | (?:<\*\*|<~\*|<~|<<<|<-|->|~>|>>>|===|\*\*|[<>*])(?=\s|$) | >+(?=\s|$)
    | (?:[SC]|server|client)\ ?:[ ]
    | DEBUG\ SMTPS?:[ ]
    """,
    re.VERBOSE | re.IGNORECASE,
)
_FRAME = re.compile(r"at\s+[\w.$/@<>~-]+\(|\.\.\. \d+ (?:more|common)|File \"")
_CHAINED = re.compile(r"caused by:|nested exception is|suppressed:|failed messages?\b|;|\[wrapped\]", re.IGNORECASE)
_OPENS = re.compile(
    r"(?:nested exception is:?|are:|failed message \d+:|exception occurred:|following exception:)$", re.IGNORECASE
)
_HEAD = re.compile(
    r"(?:exception in thread \"[^\"]{0,200}\" )?(?:[\w$]+\.)*[A-Za-z][\w$]*"
    r"(?:Exception|Error|SMTP[A-Z]\w+|gaierror|timeout)(?::|$)"
)
_REPLY = re.compile(r"([45]\d\d)([ -]|$)")
_BASE64 = re.compile(r"[A-Za-z0-9+/]{4,}={0,2}(?=(?:\\r\\n|\\n)?['\"]?\s*$)")
_SECRETS = (
    re.compile(
        r"(\bAUTH[ ](?:PLAIN|LOGIN|XOAUTH2|OAUTHBEARER|CRAM-MD5|NTLM)[ ]+)(?!command|failed|succe)[A-Za-z0-9+/=]{3,}"
    ),
    re.compile(
        r"(\bpass(?:word|wd|phrase)?['\"]?\s{0,3}[=:]\s{0,3}['\"]?)(?!\s|wrong)[^\s'\",;&]{1,200}", re.IGNORECASE
    ),
    re.compile(r"(\bpasswordx?=)[^\s,;&]{1,200}|(trustStorePassword=)\S{1,200}", re.IGNORECASE),
)


class Line(NamedTuple):
    """`raw` as it was pasted, without its secret; `text` without prefixes; `stamped`: it had a time."""

    raw: str
    text: str
    stamped: bool = False
    indented: bool = False

    @property
    def is_frame(self) -> bool:
        return _FRAME.match(self.text) is not None


def unquoted(text: str) -> str:
    """Without the `> ` that a mail program puts before every line of what it quotes."""
    every = text.split("\n")
    filled = [line for line in every if line.strip()]
    if not filled or not all(line.startswith(">") for line in filled):
        return text
    return "\n".join(line[1:].removeprefix(" ") for line in every)


def lines(text: str) -> tuple[tuple[Line, ...], bool]:
    """Secrets struck, bounded; whether something was cut off at the beginning."""
    cut = len(text) > LONGEST_TEXT
    raw = _unescaped(text[-LONGEST_TEXT:]).split("\n")
    cut = cut or len(raw) > MOST_LINES
    return tuple(_line(one) for one in _answers_struck(raw[-MOST_LINES:])), cut


def errors(every: tuple[Line, ...], tells: Callable[[str], bool]) -> list[tuple[Line, ...]]:
    """One tuple for each error, in the order of the text; `tells`: whether a line speaks of one."""
    found: list[tuple[Line, ...]] = []
    at = _Place()
    for line in every:
        if at.lines and at.ends_before(line):
            found.append(tuple(at.lines))
            at = _Place()
        at.take(line, tells)
    return [*found, tuple(at.lines)] if at.lines else found


class _Place:
    """What has been read of one error."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self._head = self._told = self._python = False
        self._last = ""
        self._after_frame = False

    def ends_before(self, line: Line) -> bool:
        text = line.text
        if not text or line.is_frame or _CHAINED.match(text):
            return False
        opened = _OPENS.search(self._last) is not None
        if text.startswith("Traceback (most recent"):
            return self._head and not opened
        if _HEAD.match(text):
            return self._head and not opened
        if line.stamped:
            return self._head or self._told
        if self._after_frame and not self._python:
            return not line.indented
        return self._is_next_reply(text)

    def take(self, line: Line, tells: Callable[[str], bool]) -> None:
        self.lines.append(line)
        text = line.text
        if not text:
            return
        if text.startswith("Traceback (most recent"):
            self._python, self._head = True, False
        elif line.is_frame:
            self._after_frame = True
            return
        elif not (self._python and line.indented):
            self._head = self._head or _HEAD.match(text) is not None
            self._told = self._told or tells(text)
        self._last, self._after_frame = text, False

    def _is_next_reply(self, text: str) -> bool:
        """A reply of its own where one has already been told, not the next line of that one."""
        now, before = _REPLY.match(text), _REPLY.match(self._last)
        if now is None or self._head or not self._told:
            return False
        return before is None or before[1] != now[1] or before[2] != "-"


def _line(raw: str) -> Line:
    raw = raw[:LONGEST_LINE].rstrip()
    at, stamped = 0, False
    while at < len(raw) and (found := _PREFIX.match(raw, at)) and found.end() > at:
        stamped = stamped or bool(found.lastgroup)
        at = found.end()
    return Line(raw.strip(), raw[at:], stamped, raw[:1] in (" ", "\t"))


def _unescaped(text: str) -> str:
    r"""A log in JSON has its line ends written out: \n\tat is no text that anything else would have."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\\n\\tat " not in text and "\\n  nested" not in text and "\\nCaused by" not in text:
        return text
    return text.replace("\\r\\n", "\n").replace("\\n", "\n").replace("\\t", "\t").replace('\\"', '"')


def _answers_struck(raw: list[str]) -> list[str]:
    """The answer to a 334 is a user name or a password (RFC 4954 4); it stands on one of the next lines."""
    waiting = 0
    found = []
    for line in raw:
        if "334 " in line or "(334)" in line:
            waiting = 3
        elif waiting:
            waiting -= 1
            struck = _BASE64.sub(_STRUCK, line) if len(line) < LONGEST_LINE else line
            waiting = 0 if struck != line or re.search(r"\b[2345]\d\d[ -]", line[:80]) else waiting
            line = struck if "Exception" not in line else line  # noqa: PLW2901
        found.append(_struck(line))
    return found


def _struck(line: str) -> str:
    lowered = line.lower()
    if "auth " not in lowered and "pass" not in lowered:
        return line
    for secret in _SECRETS:
        line = secret.sub(lambda found: "".join(one or "" for one in found.groups()) + _STRUCK, line)
    return line
