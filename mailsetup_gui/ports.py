"""Where a port failed: which of the usual ones would do, added to the end of that test."""

from __future__ import annotations

from mailsetup_gui.diagnosis.mending import Mend, on_port
from mailsetup_gui.settings.server import MailServer, wire_host
from mailsetup_gui.smtp.ports import USUAL, answering
from mailsetup_gui.smtp.waiting import Cancel
from mailsetup_gui.trial import Finished
from mailsetup_gui.wording.evidence import on_ports


def wanted(finished: Finished) -> bool:
    """Whether the usual ports are worth asking."""
    return any(action.mend is Mend.TRY_PORTS for action in finished.diagnosis.actions)


def tried(finished: Finished, server: MailServer, cancel: Cancel) -> Finished:
    """The same end of the test, with the ports that answer as actions and as evidence."""
    ports = tuple(port for port in USUAL if port != server.effective_port)
    found = answering(wire_host(server.hostname), cancel, ports)
    left = tuple(action for action in finished.diagnosis.actions if action.mend is not Mend.TRY_PORTS)
    offered = tuple(on_port(server, one.port, one.smtps) for one in found)
    diagnosis = finished.diagnosis._replace(actions=(*offered, *left))
    evidence = (*finished.card.evidence, *on_ports(ports, found))
    return finished._replace(diagnosis=diagnosis, card=finished.card._replace(evidence=evidence))
