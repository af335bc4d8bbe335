"""SMTP replies that a text quotes: bare, in a transcript, in an exception, in a bounce; and the step they belong to."""

import re
from itertools import islice
from typing import NamedTuple

from mailsetup_gui.diagnosis.excerpt import Line
from mailsetup_gui.smtp.events import Step
from mailsetup_gui.smtp.reply import Reply

_CODE = re.compile(r"(?<![\w.,/\[-])#?([45]\d\d)(?=[ -]|[.;:,')]|$)")
_ENHANCED = re.compile(r"[ -]{1,2}#?([245]\.\d{1,3}\.\d{1,3})\b")
_BEFORE = re.compile(
    r"(?:^|(?:Exception|Error|Refused|Failed|Disconnected):\ |response:\ ?|said:\ ?|\b(?:smtp|x-[\w-]+|dns|lmtp)\ ?;\ ?"
    r"|returned:?\ ?['\"\[]?|reason:\ ?|reply:\ ?b?['\"]?|answered:?\ [“\"']?|message\ ['\"]|error:\ |failed:?\ "
    r"|>:\ |denied:\ |command:\ |data:\ ?|responded\ with:?\ |was:\ |status(?:\ code)?[ :=]{1,2}"
    r"|(?:<<<|>>>)\ |refused:\ |smtp\ (?:error|code|reply|response):?\ (?:code:?\ )?)$",
    re.IGNORECASE,
)
_TUPLE = re.compile(r"\(([45]\d\d), b?(?:'([^']*)'|\"([^\"]*)\")")
_RETCODE = re.compile(r"retcode \(([45]\d\d)\); Msg: b?['\"](.*?)['\"]?$")
_END = re.compile(
    r";?\s{0,9}nested exception is\b|\. Failed messages:|; message exception|\\r\\n"
    r"|\s\((?:in reply|\w{3,4} reply|state )"
    r"|['\"]\s*$|>\s#SMTP#|\s##|;\sfrom=<"
)
_COMMAND = re.compile(r"(?:send: ['\"])?(ehlo|helo|starttls|auth|mail from:|rcpt to:|data)\b", re.IGNORECASE)
_ABOUT = re.compile(
    r"(?:in reply to|after|during|command|from|state \d{1,2}\)?:?|to)\s(?:end of |the )?"
    r"(ehlo|helo|starttls|auth|mail from|rcpt to|rcpt|data|mail)\b",
    re.IGNORECASE,
)
_STEPS = {
    "ehlo": Step.EHLO,
    "helo": Step.EHLO,
    "starttls": Step.STARTTLS,
    "auth": Step.AUTH,
    "mail": Step.MAIL,
    "rcpt": Step.RCPT,
    "data": Step.DATA,
}
_CLASSES = (
    ("AuthenticationFailedException", Step.AUTH),
    ("MailAuthenticationException", Step.AUTH),
    ("SMTPAuthenticationError", Step.AUTH),
    ("SMTPSenderFailedException", Step.MAIL),
    ("SMTPSenderRefused", Step.MAIL),
    ("SMTPAddressFailedException", Step.RCPT),
    ("SMTPRecipientsRefused", Step.RCPT),
    ("SMTPDataError", Step.DATA),
    ("SMTPHeloError", Step.EHLO),
    ("SMTPConnectError", Step.GREETING),
    ("bad greeting", Step.GREETING),
    ("Could not connect to SMTP host", Step.GREETING),
    ("Invalid Addresses", Step.RCPT),
)


_LONGEST = 1_000
"""Characters of a line of a reply; RFC 5321 4.5.3.1.5 allows 512."""
_MOST_CODES = 20
"""Numbers in one line that are looked at; what has more of them quotes no reply."""


class Quoted(NamedTuple):
    """`at`: the first of its lines; `step` None where nothing but the reply itself tells it."""

    reply: Reply
    step: Step | None
    at: int
    raw: tuple[str, ...]

    @property
    def follows_another(self) -> bool:
        """It complains only that an earlier command had been refused (bad sequence, no valid recipients)."""
        return self.reply.code == 503 or self.reply.enhanced == "5.5.1"


def replies(lines: tuple[Line, ...]) -> list[Quoted]:
    """Every refusal that these lines quote, in their order."""
    found: list[Quoted] = []
    command: Step | None = None
    until = 0
    for at, line in enumerate(lines):
        if at < until or not line.text or line.is_frame:
            continue
        if said := _COMMAND.match(line.text):
            command = _STEPS[said[1].lower()[:8].split(" ")[0]]
        if (reply := in_line(line.text)) is None:
            continue
        rest = _following(lines, at + 1, reply.code) if _goes_on(line.text, reply.code) else []
        until = at + 1 + len(rest)
        whole = Reply(reply.code, (*reply.lines, *(one.text[4:].strip() for one in rest)))
        raw = tuple(one.raw for one in (line, *rest))
        found.append(Quoted(whole, _step(lines, at) or command, at, raw))
    return found


def in_line(text: str) -> Reply | None:
    """The first refusal in one line."""
    if found := _TUPLE.search(text) or _RETCODE.search(text):
        said = next((one for one in found.groups()[1:] if one is not None), "")
        return Reply(int(found[1]), tuple(said.replace("\\r\\n", "\\n").split("\\n")))
    for found in islice(_CODE.finditer(text), _MOST_CODES):
        enhanced = _ENHANCED.match(text, found.end())
        fits = enhanced is not None and enhanced[1][0] == found[1][0]
        if fits or _BEFORE.search(text, max(0, found.start() - 40), found.start()):
            end = _END.search(text, found.end())
            said = text[found.end() : end.start() if end else len(text)][:_LONGEST].lstrip(" -#.;:,)'").rstrip(" '\"")
            return Reply(int(found[1]), (said,))
    return None


def _goes_on(text: str, code: int) -> bool:
    return f"{code}-" in text


def _following(lines: tuple[Line, ...], at: int, code: int) -> list[Line]:
    """The other lines of a reply of several (RFC 5321 4.2.1)."""
    found: list[Line] = []
    for line in lines[at : at + 50]:
        if not line.text.startswith((f"{code}-", f"{code} ")):
            break
        found.append(line)
        if line.text[3:4] == " ":
            break
    return found


def _step(lines: tuple[Line, ...], at: int) -> Step | None:
    """By the class of the exception that quotes it, or by the words around it."""
    for line in (lines[at], *(lines[n] for n in range(at - 1, max(-1, at - 3), -1))):
        for name, step in _CLASSES:
            if name in line.text:
                return step
        if (named := about(line.text)) and (line is lines[at] or "error" in line.text.lower()):
            return named
    return None


def about(text: str) -> Step | None:
    """The command that a sentence around a reply names: `in reply to RCPT TO command`."""
    found = _ABOUT.search(text)
    return _STEPS[found[1].lower().split()[0]] if found else None


_AUTH = frozenset(("5.7.3", "5.7.8", "5.7.9", "5.7.14", "5.7.139", "4.7.12", "5.5.6", "5.7.30", "5.7.11"))
_BY_DETAIL = {
    **dict.fromkeys(("1.7", "1.8", "7.57", "3.1"), Step.MAIL),
    **dict.fromkeys(("1.0", "1.1", "1.2", "1.3", "1.6", "1.10", "2.1", "2.2", "4.1", "4.4", "7.54"), Step.RCPT),
    **dict.fromkeys(("3.4", "2.252", "7.60", "7.20", "7.23", "7.26", "7.27", "7.509"), Step.DATA),
    "7.66": Step.TLS,
    "5.4": Step.EHLO,
}
_BY_TEXT = (
    (re.compile(r"\btls (?:currently )?(?:not|un)\s?available", re.IGNORECASE), Step.STARTTLS),
    (re.compile(r"must issue a starttls|starttls first", re.IGNORECASE), Step.MAIL),
    (re.compile(r"\btls\b.{0,20}1\.[01]", re.IGNORECASE), Step.TLS),
    (re.compile(r"too many (?:messages|e?mails)", re.IGNORECASE), Step.MAIL),
    (
        re.compile(r"(?:allowed to|not) connect|no smtp service|connection (?:refused|rejected|denied)", re.IGNORECASE),
        Step.GREETING,
    ),
    (re.compile(r"\b(?:helo|ehlo)\b|invalid domain name|domain name required", re.IGNORECASE), Step.EHLO),
    (re.compile(r"relay|recipient|rcpt|user unknown|unknown user|mailbox|gr[ea]y-?list", re.IGNORECASE), Step.RCPT),
    (re.compile(r"\bsender\b|mail from|from address|return[- ]path", re.IGNORECASE), Step.MAIL),
    (re.compile(r"not authenticated|authentication (?:is )?required|authenticate first", re.IGNORECASE), Step.MAIL),
    (re.compile(r"authenticat|log ?in|password|credential|sasl|mechanism", re.IGNORECASE), Step.AUTH),
    (re.compile(r"\b(?:spam|dmarc|spf|dkim|content|virus|message size|too (?:large|big))\b", re.IGNORECASE), Step.DATA),
    (re.compile(r"blocked using|client host|listed|\bfrom this ip\b", re.IGNORECASE), Step.RCPT),
    (re.compile(r"too many|connections|service not available|busy|closing", re.IGNORECASE), Step.GREETING),
)
_BY_CODE = {
    **dict.fromkeys((432, 454, 504, 534, 535, 538), Step.AUTH),
    421: Step.GREETING,
    **dict.fromkeys((452, 530), Step.MAIL),
    **dict.fromkeys((450, 550, 551, 553), Step.RCPT),
    **dict.fromkeys((500, 501, 502), Step.EHLO),
}


def likely_step(reply: Reply) -> Step:
    """Where a server says this, by code and enhanced status code, and only then by its words."""
    if reply.enhanced in _AUTH or reply.code in (432, 534, 535, 538):
        return Step.AUTH
    if reply.code == 530 or "sender address rejected" in reply.text.lower():
        return Step.MAIL
    if found := _BY_DETAIL.get(reply.enhanced.partition(".")[2]):
        return found
    told = next((step for words, step in _BY_TEXT if words.search(reply.text)), None)
    if told is Step.GREETING and reply.code not in (421, 554):
        told = None
    return told or _BY_CODE.get(reply.code, Step.DATA)
