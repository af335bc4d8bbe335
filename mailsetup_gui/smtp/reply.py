"""Reply lines -> Reply, and an EHLO reply -> extensions (RFC 5321 4.2, RFC 3463). Bounded; no input or output."""

import re
from typing import NamedTuple

LONGEST_LINE = 4096
"""Octets with the line end; RFC 5321 4.5.3.1.5 asks for 512, real servers exceed it in EHLO."""
MOST_LINES = 256
_ENHANCED = r"([245]\.[0-9]{1,3}\.[0-9]{1,3})(?= |$)"


class Malformed(Exception):
    """A line that is no reply line; `breach` names the reason (smtp.events.Breach values)."""

    def __init__(self, breach: str, evidence: str = "") -> None:
        super().__init__(breach)
        self.breach = breach
        self.evidence = evidence


class Reply(NamedTuple):
    """`lines` without codes and line ends; `enhanced` is '' when the server sends none (RFC 2034)."""

    code: int
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        return " ".join(self.lines)

    @property
    def enhanced(self) -> str:
        """The enhanced status code of the last line that has one; its class must be the reply's own."""
        found = [m[1] for m in (re.match(_ENHANCED, line) for line in self.lines) if m and m[1][0] == str(self.code)[0]]
        return found[-1] if found else ""

    @property
    def temporary(self) -> bool:
        return 400 <= self.code < 500


class Extensions(NamedTuple):
    """EHLO keywords in upper case with their parameters. As in JavaMail a keyword said twice counts as said last."""

    keywords: tuple[tuple[str, str], ...] = ()

    def offers(self, keyword: str) -> bool:
        return any(name == keyword for name, _ in self.keywords)

    def parameters(self, keyword: str) -> str:
        return next((text for name, text in reversed(self.keywords) if name == keyword), "")


class ReplyLines:
    """Collects the lines of one reply; `add` answers the Reply when the last line came."""

    def __init__(self) -> None:
        self._code = 0
        self._lines: list[str] = []

    def add(self, line: bytes) -> Reply | None:
        """One line with its line end. Raises Malformed for what RFC 5321 4.2 does not allow."""
        if len(line) > LONGEST_LINE:
            raise Malformed("line too long")
        body = line.removesuffix(b"\n").removesuffix(b"\r")
        code, sign = body[:3], body[3:4]
        if len(code) < 3 or not code.isdigit() or not b"2" <= code < b"6" or sign not in (b"", b" ", b"-"):
            raise Malformed("no code", decoded(body))
        if b"\r" in body:
            raise Malformed("bare carriage return", decoded(body))
        return self._take(int(code), sign == b"-", decoded(body[4:]))

    def _take(self, code: int, more: bool, text: str) -> Reply | None:
        if self._lines and code != self._code:
            raise Malformed("codes differ", f"{self._code}, then {code}")
        if len(self._lines) >= MOST_LINES:
            raise Malformed("reply too long")
        self._code = code
        self._lines.append(text)
        return None if more else Reply(code, tuple(self._lines))


def decoded(octets: bytes) -> str:
    """UTF-8, and U+FFFD for what is not: a reply is evidence, never a reason to fail."""
    return octets.decode("utf-8", "replace")


def is_foreign(greeting: str) -> bool:
    """Whether a first line cannot be the greeting of a mail server, whatever is right or wrong with it.

    NNTP (200, 201: RFC 3977 5.1) and FTP (220) greet with codes too; `ftp.` in a host name says nothing.
    """
    code = greeting[:3]
    if not (code.isascii() and code.isdigit() and "2" <= code[0] < "6" and greeting[3:4] in ("", " ", "-")):
        return True
    names_ftp = re.search(r"(?i)ftp(?![\w.-]*\.)|filezilla", greeting) and "smtp" not in greeting.lower()
    return code in ("200", "201") or bool(names_ftp)


def extensions(ehlo: Reply) -> Extensions:
    """The keywords of an EHLO reply (RFC 5321 4.1.1.1); the first line is the server's own greeting."""
    pairs = (line.partition(" ") for line in ehlo.lines[1:])
    return Extensions(tuple((keyword.upper(), text.strip()) for keyword, _, text in pairs if keyword))
