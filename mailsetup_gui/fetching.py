"""What a mail server shows: its chain over STARTTLS or SMTPS, fetched twice, trusting nobody, without a password."""

from collections.abc import Iterator
from typing import NamedTuple

from mailsetup_gui.diagnosis.chains import Chain, issued, linked
from mailsetup_gui.diagnosis.rules import Diagnosis, diagnose
from mailsetup_gui.settings.server import MailServer
from mailsetup_gui.smtp.events import Event, Outcome, State, StepChanged, TlsStarted
from mailsetup_gui.smtp.issuers import FetchError, fetch_issuer
from mailsetup_gui.smtp.session import fetch_chain
from mailsetup_gui.smtp.tcp import TcpTransport
from mailsetup_gui.smtp.waiting import Cancel
from mailsetup_gui.trust import extensions, truststore
from mailsetup_gui.trust.contents import StoreError
from mailsetup_gui.wording.certificates import did_not_issue, missed, no_certificate
from mailsetup_gui.wording.verdict import Card, Told, card

DEFAULT_TIMEOUT = 20.0
_MOST_FETCHED = 5


class Fetched(NamedTuple):
    """The last of every fetch. `chain`: DER as sent, empty where none came; `other`: that of the second fetch where it
    differs, as behind a load balancer."""

    outcome: Outcome
    diagnosis: Diagnosis
    card: Card
    chain: tuple[bytes, ...] = ()
    other: tuple[bytes, ...] = ()


def fetch(server: MailServer, timeout: float, cancel: Cancel) -> Iterator[Event | Fetched]:
    """Every event of the first fetch as it happens, and exactly one Fetched, last, in the place of its Outcome."""
    tls: TlsStarted | None = None
    steps: list[StepChanged] = []
    for event in fetch_chain(server, TcpTransport(timeout, cancel)):
        if isinstance(event, Outcome):
            found = diagnose(event, server, tls, tuple(steps))._replace(warnings=())
            took = next((s.took for s in reversed(steps) if s.state is State.FAILED), event.at)
            told = card(Told(event, server, tls=tls, took=took), found)
            chain = tls.chain if tls else ()
            yield Fetched(event, found, told, chain, _other(server, timeout, cancel, chain) if chain else ())
            return
        if isinstance(event, TlsStarted):
            tls = event._replace(trusted=None)
            yield tls
            continue
        if isinstance(event, StepChanged):
            steps.append(event)
        yield event


def _other(server: MailServer, timeout: float, cancel: Cancel, first: tuple[bytes, ...]) -> tuple[bytes, ...]:
    """The chain of a second fetch, if it came and is not the first one."""
    for event in fetch_chain(server, TcpTransport(timeout, cancel)):
        if isinstance(event, TlsStarted):
            return event.chain if event.chain != first else ()
    return ()


def complete(chain: tuple[bytes, ...], timeout: float, cancel: Cancel) -> tuple[tuple[bytes, ...], tuple[str, ...]]:
    """(issuers that were missing, what could not be had, as sentences), fetched by AIA; each signature is checked."""
    found: list[bytes] = []
    said: list[str] = []
    for _ in range(_MOST_FETCHED):
        known = linked(chain, found)
        if not known.linked or known.complete:
            break
        more = _issuer(known, timeout, cancel, said)
        if more is None:
            break
        found.append(more)
    return tuple(found), tuple(said)


def _issuer(known: Chain, timeout: float, cancel: Cancel, said: list[str]) -> bytes | None:
    addresses = [a for a in extensions.issuer_addresses(known.top) if a[:7].lower() == "http://"]
    for address in addresses[:3]:
        try:
            octets = fetch_issuer(address, TcpTransport(timeout, cancel))
            entries = truststore.read_octets(octets).entries
        except FetchError as error:
            said.append(missed(error))
            continue
        except StoreError as error:
            said.append(no_certificate(address, error.reason))
            continue
        for entry in entries:
            if any(issued(known.top, one) for one in linked((entry.der,)).linked):
                return entry.der
        said.append(did_not_issue(address, str(known.top.subject)))
    return None
