"""One session as JSON Lines (cli.md): what scripts read, and what a report keeps."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, assert_never

from mailsetup_gui.diagnosis.mending import Action
from mailsetup_gui.diagnosis.rules import Diagnosis
from mailsetup_gui.diagnosis.trusting import JavaSays
from mailsetup_gui.settings.server import Encryption
from mailsetup_gui.smtp.events import Event, Line, Outcome, State, StepChanged, TlsStarted
from mailsetup_gui.smtp.message import Mail
from mailsetup_gui.wording import mending
from mailsetup_gui.wording.harmless import shown
from mailsetup_gui.wording.verdict import Card

if TYPE_CHECKING:
    from mailsetup_gui.wording.providers import Provider


def event_line(event: Event) -> str:
    return json.dumps(event_table(event), ensure_ascii=False)


def outcome_line(
    outcome: Outcome,
    found: Diagnosis,
    card: Card,
    mail: Mail | None,
    java: JavaSays,
    provider: Provider | None = None,
) -> str:
    return json.dumps(outcome_table(outcome, found, card, mail, java, provider), ensure_ascii=False)


def java_table(java: JavaSays) -> dict[str, Any]:
    """What cli.md promises of Java; unknown words are null."""
    return {
        "verdict": "not-asked" if java.accepted is None else "accepted" if java.accepted else "refused",
        "by": "proved" if java.proved else "predicted",
        "version": java.version or None,
        "message": shown(java.message) or None,
    }


def event_table(event: Event) -> dict[str, Any]:
    """Nothing for an Outcome: its table is outcome_table's."""
    match event:
        case StepChanged():
            table = {"event": "step", "step": event.step.value, "state": event.state.value, "ms": round(event.at, 1)}
            finished = event.state in (State.DONE, State.FAILED)
            return {**table, "took": round(event.took, 1), "summary": shown(event.summary)} if finished else table
        case Line():
            return {
                "event": "line",
                "direction": event.direction.value,
                "encrypted": event.encrypted,
                "text": shown(event.text),
                "ms": round(event.at, 1),
            }
        case TlsStarted():
            import hashlib

            chain = [hashlib.sha256(der).hexdigest() for der in event.chain]
            words = {"version": event.version, "cipher": event.cipher, "chain": chain, "trusted": event.trusted}
            return {"event": "tls", **words, "ms": round(event.at, 1)}
        case Outcome():
            return {}
        case _:
            assert_never(event)


def _action_table(action: Action) -> dict[str, Any]:
    """What a button of the window would do, and the options that do it here."""
    table: dict[str, Any] = {"do": action.mend.value, "label": mending.label(action)}
    if action.server is not None:
        smtps = action.server.encryption is Encryption.IMPLICIT_TLS
        table |= {"port": action.server.effective_port, "protocol": "smtps" if smtps else "smtp"}
    if action.field is not None:
        table["field"] = action.field.value
    return {**table, "options": mending.options(action) or None}


_NOT_ASKED = JavaSays()


def outcome_table(
    outcome: Outcome,
    found: Diagnosis,
    card: Card,
    mail: Mail | None = None,
    java: JavaSays = _NOT_ASKED,
    provider: Provider | None = None,
) -> dict[str, Any]:
    """The last object of every command that speaks with a server (cli.md)."""
    reply = outcome.reply
    return {
        "event": "outcome",
        "outcome": outcome.result.value,
        "step": outcome.step.value if outcome.step else None,
        "cause": found.cause.value if found.cause else None,
        "encrypted": outcome.encrypted,
        "authenticated": outcome.authenticated,
        "reply": reply and {"code": reply.code, "enhanced": reply.enhanced or None, "text": shown(reply.text)},
        "title": card.title,
        "why": card.why,
        "fixes": list(card.fixes),
        "changes": list(card.changes),
        "last_worked": card.last_worked or None,
        "actions": [_action_table(action) for action in found.actions],
        "evidence": list(card.evidence),
        "ruled_out": [cause.value for cause in found.ruled_out],
        "warnings": [cause.value for cause in found.warnings],
        "java": java_table(java),
        "provider": provider and {key: value or None for key, value in provider._asdict().items()},
        "ms": round(outcome.at, 1),
        **({"until": outcome.until.value} if outcome.until else {}),
        **({"message_id": mail.message_id, "subject": mail.subject} if mail else {}),
    }
