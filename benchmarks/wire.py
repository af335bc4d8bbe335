"""Round trips of one test mail, ours beside JavaMail's own, counted by a relay that makes the way long."""

from __future__ import annotations

import asyncio
import itertools
import os
import shutil
from collections.abc import Callable, Iterator
from enum import Enum
from pathlib import Path

from benchmarks import peers
from benchmarks.figures import Compared, Skipped
from benchmarks.peers import RECIPIENT, SENDER, Server

_ONE_WAY = 0.04
"""Seconds. What a client says without waiting stays within this time, and so counts as one flight."""
_LIBRARIES = [Path("/usr/share/java", name) for name in ("javax.mail.jar", "javax.activation.jar")]
_SOURCE = Path(__file__).parent / "java" / "SendOne.java"


class Side(Enum):
    CLIENT = "client"
    SERVER = "server"


Command = Callable[[Server], list[str]]


def compared(rounds: int) -> Iterator[Compared | Skipped]:
    what = "against JavaMail"
    if missing := _missing():
        yield Skipped(what, missing)
        return
    with peers.sandbox() as server:
        ours, other = [], []
        for _ in range(rounds):
            ours.append(asyncio.run(_round_trips(peers.test_command, server)))
            other.append(asyncio.run(_round_trips(_java_command, server)))
    yield Compared(what, tuple(ours), tuple(other), unit="")


def _missing() -> str:
    """What keeps JavaMail from running here; '' when nothing does."""
    if shutil.which("java") is None:
        return "java is not installed"
    if absent := [path for path in _LIBRARIES if not path.exists()]:
        return f"{absent[0]} is not there (Debian: libmail-java)"
    if "jdk.compiler" not in peers.tried(["java", "--list-modules"], peers.environment()):
        return "this Java cannot run a source file: it comes without its compiler"
    return ""


def _java_command(server: Server) -> list[str]:
    facts = [server.host, str(server.port), server.ca_file, server.username, server.password_file]
    return ["java", "-cp", os.pathsep.join(map(str, _LIBRARIES)), str(_SOURCE), *facts, SENDER, RECIPIENT]


async def _round_trips(command: Command, server: Server) -> int:
    """The client's command, run through a relay of its own."""
    relay = Relay(server)
    listener = await asyncio.start_server(relay.carry, "127.0.0.1", 0)
    async with listener:
        port = listener.sockets[0].getsockname()[1]
        words = command(server._replace(host="127.0.0.1", port=port))
        process = await asyncio.create_subprocess_exec(
            *words, env=peers.environment(), stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
        )
        said, _ = await asyncio.wait_for(process.communicate(), peers.PATIENCE)
        await asyncio.wait_for(relay.over.wait(), peers.PATIENCE)
    if process.returncode != 0:
        raise RuntimeError(f"{words[0]} ended with {process.returncode}\n{said.decode(errors='replace')}")
    return round_trips(relay.flights)


def round_trips(flights: list[Side]) -> int:
    """Each flight of the client that the server answered, the TCP set-up and the wait for the greeting after it."""
    answered = sum(pair == (Side.CLIENT, Side.SERVER) for pair in itertools.pairwise(flights))
    return 1 + (flights[:1] == [Side.SERVER]) + answered


class Relay:
    """Carries octets to the server and back, each way late; `flights` is who spoke in turn, seen at the client."""

    def __init__(self, server: Server) -> None:
        self.flights: list[Side] = []
        self.over = asyncio.Event()
        self._server = server
        self._hung_up = False

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        back, onward = await asyncio.open_connection(self._server.host, self._server.port)
        to_server = self._pass_on(reader, onward, Side.CLIENT)
        to_client = self._pass_on(back, writer, Side.SERVER)
        await asyncio.gather(to_server, to_client)
        self.over.set()

    async def _pass_on(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter, side: Side) -> None:
        """What the client hears counts when it reaches the client, and no more once the client has hung up."""
        loop = asyncio.get_running_loop()
        try:
            while octets := await source.read(65536):
                if side is Side.CLIENT:
                    self._spoke(side)
                loop.call_later(_ONE_WAY, self._deliver, sink, octets, side)
        except ConnectionError:
            pass  # an end that hangs up is the end of the dialogue, and here no news
        self._hung_up = self._hung_up or side is Side.CLIENT
        await asyncio.sleep(_ONE_WAY)
        sink.close()

    def _deliver(self, sink: asyncio.StreamWriter, octets: bytes, side: Side) -> None:
        if side is Side.SERVER:
            self._spoke(side)
        sink.write(octets)

    def _spoke(self, side: Side) -> None:
        if not self._hung_up and self.flights[-1:] != [side]:
            self.flights.append(side)
