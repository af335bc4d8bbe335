"""The card for a pasted text, and the line that scripts read of it."""

from __future__ import annotations

import json
import re

from mailsetup_gui.diagnosis.causes import Cause
from mailsetup_gui.diagnosis.explaining import Explained
from mailsetup_gui.diagnosis.rules import Diagnosis
from mailsetup_gui.wording import circumstances
from mailsetup_gui.wording.catalogue import CATALOGUE
from mailsetup_gui.wording.harmless import shown
from mailsetup_gui.wording.jsonlines import outcome_table
from mailsetup_gui.wording.language import _
from mailsetup_gui.wording.pasted import PASTED, READ
from mailsetup_gui.wording.reaching import Words
from mailsetup_gui.wording.text import step_name
from mailsetup_gui.wording.verdict import Card, spoken_protocol

PLACEHOLDER = _(
    "A stack trace or some lines of Bitbucket's log, a mail server's reply such as “535 5.7.8 ...”, "
    "or a mail that came back."
)
NOTHING_YET = _("Paste an error: what it means appears here.")
FAILED = _("This text could not be read ({kind}). That is an error of mailsetup: please report it.")
READS_ONLY = _("Nothing is connected to and nothing is looked up: only the text is read, and it is not kept.")
WAITING = _("mailsetup explain waits for a text: paste it, then end it with {keys}.")
_ONE_OTHER = _("One other error stands before it in the text: this is the last one.")
_OTHERS = _("{count} other errors stand before it in the text: this is the last one.")
_CUT = _("The text is long: only its end was looked at (2 MB, 40,000 lines).")
_STAND_INS = (_("the mail server"), _("the sender"), _("the recipient"), _("the port"), _("the user"), _("the start"))
_NOBODY = re.compile(rf"(^|[.:] )({'|'.join(map(re.escape, _STAND_INS))})(?!\w)")
_LEAD = re.compile(
    r"(?:caused by: |nested exception is:? |failed messages?(?: \d{1,3})?: )?(?:(?:[a-z_]\w{0,60}\.){1,12}[A-Z][\w$]{0,80}: )?(?:\([a-z_]{3,30}\) )?",
    re.IGNORECASE,
)


def card(found: Explained) -> Card:
    """Plain text; the evidence is what was pasted, a line each."""
    values = _values(found)
    title, why, fixes = _words(found)
    sentences = [_filled(why, values)]
    if found.others:
        sentences.append(_ONE_OTHER if found.others == 1 else _OTHERS.format(count=found.others))
    if found.cut:
        sentences.append(_CUT)
    return Card(
        "warn" if found.cause is Cause.UNKNOWN else "fail",
        _filled(title, values),
        " ".join(sentences),
        tuple(_filled(fix, values) for fix in fixes),
        evidence=tuple(shown(line) for line in found.evidence),
    )


def json_line(found: Explained) -> str:
    """The shape of every outcome (cli.md), with the lines that it rests on."""
    table = outcome_table(found.outcome, Diagnosis(found.cause), card(found))
    if found.status and table["reply"] is None:
        table["reply"] = {"code": None, "enhanced": found.status, "text": shown(found.outcome.evidence)}
    elif found.status and not table["reply"]["enhanced"]:
        table["reply"]["enhanced"] = found.status
    server = found.server
    told = {
        "hostname": shown(server.hostname) or None,
        "port": server.port,
        "from": shown(server.sender) or None,
        "to": shown(found.recipient) or None,
    }
    table |= {"evidence": [shown(line) for line in found.evidence], "others": found.others, "told": told}
    return json.dumps(table, ensure_ascii=False)


def _words(found: Explained) -> Words:
    if found.reading is not None and found.reading in READ:
        return READ[found.reading]
    return PASTED[found.cause] if found.cause in PASTED else CATALOGUE[found.cause]


def _values(found: Explained) -> dict[str, str]:
    """What the text does not tell has a word of its own: no sentence has a hole."""
    outcome, server, reply = found.outcome, found.server, found.outcome.reply
    host = shown(server.hostname) or _("the mail server")
    said = shown(_LEAD.sub("", outcome.evidence, count=1).strip(" ;")) or (outcome.evidence and shown(outcome.evidence))
    quoted = shown(f"{reply.code} {reply.text}".strip()) if reply else shown(f"{found.status} {said}".strip())
    return circumstances.PASTED | {
        "host": host,
        "port": str(server.port) if server.port else _("that port"),
        "place": _("{host} port {port}").format(host=host, port=server.port) if server.port else host,
        "at_port": _("port {port}").format(port=server.port) if server.port else _("the port"),
        "user": shown(server.username) or _("the user who signs in"),
        "sender": shown(server.sender) or _("the sender"),
        "recipient": shown(found.recipient) or _("the recipient"),
        "step": step_name(outcome.step) if outcome.step else _("a step that it does not name"),
        "said": said or quoted or _("no further word"),
        "reply": quoted or _("no further word"),
        "evidence": said or _("no further word"),
        "protocol": spoken_protocol(outcome.evidence.partition("response: ")[2] or outcome.evidence),
    }


def _filled(sentence: str, values: dict[str, str]) -> str:
    """A stand-in at the beginning of a sentence gets its capital letter."""
    return _NOBODY.sub(lambda m: f"{m[1]}{m[2][:1].upper()}{m[2][1:]}", sentence.format_map(values))
