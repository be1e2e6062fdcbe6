"""Visitors: readers without a browser, who speak to Streamlit's websocket as its page does.

They send what the page would send and read every answer, but draw nothing: many of them fit on
one machine. They share it with the server, so what they find is rather too slow than too fast.
"""

import asyncio
import random
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

from tests.bench.browsing import KINDS
from tests.bench.servers import Server

THINK_S = 4.0
WINDOW_S = 14.0
FINISHED = {ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY}


@dataclass(frozen=True)
class Filter:
    """A widget that narrows the list to one kind of help."""

    widget: str
    fragment: str
    option: str  # what pills send when it is chosen; a checkbox has none


@dataclass
class Visitor:
    """One open session."""

    socket: ClientConnection
    filters: dict[str, Filter] = field(default_factory=dict)
    known: set[str] = field(default_factory=set)
    clicks: int = 0

    async def open(self) -> float:
        """Ask for the first page; return the seconds until the server has finished it."""
        return await self._run(ClientState())

    async def click(self) -> float:
        """Choose a kind of help, or let go of it; return the seconds until that is finished."""
        found = self.filters[KINDS[self.clicks // 2 % len(KINDS)]]
        chosen = self.clicks % 2 == 0
        asked = ClientState(fragment_id=found.fragment)
        state = asked.widget_states.widgets.add(id=found.widget)
        if found.option:
            state.string_array_value.data.extend([found.option] if chosen else [])
        else:
            state.bool_value = chosen
        self.clicks += 1
        return await self._run(asked)

    async def _run(self, asked: ClientState) -> float:
        asked.cached_message_hashes.extend(self.known)
        start = time.perf_counter()
        await self.socket.send(BackMsg(rerun_script=asked).SerializeToString())
        while not self._is_last(ForwardMsg.FromString(await self.socket.recv(decode=False))):
            pass
        return time.perf_counter() - start

    def _is_last(self, message: ForwardMsg) -> bool:
        if message.metadata.cacheable:
            self.known.add(message.hash)
        if message.WhichOneof("type") == "delta":
            self._learn(message.delta.new_element, message.delta.fragment_id)
        finished = message.WhichOneof("type") == "script_finished"
        return finished and message.script_finished in FINISHED

    def _learn(self, element: Element, fragment: str) -> None:
        if element.WhichOneof("type") == "exception":
            raise RuntimeError(f"The page failed: {element.exception.message}")
        for kind in KINDS:
            if element.checkbox.label == kind:
                self.filters[kind] = Filter(element.checkbox.id, fragment, "")
            for option in element.button_group.options:
                if kind in option.content:
                    self.filters[kind] = Filter(element.button_group.id, fragment, option.content)


@asynccontextmanager
async def gathered(server: Server) -> AsyncIterator["Crowd"]:
    """Give an empty crowd at a server; all of it leaves at the end."""
    async with AsyncExitStack() as stack:
        yield Crowd(server, stack, [])


@dataclass
class Crowd:
    """The visitors who are there now."""

    server: Server
    stack: AsyncExitStack
    visitors: list[Visitor]

    async def grow(self, size: int) -> None:
        """Let visitors come in, one after the other, until `size` are there."""
        address = f"ws://127.0.0.1:{self.server.port}/_stcore/stream"
        while len(self.visitors) < size:
            socket = await self.stack.enter_async_context(
                connect(
                    address,
                    subprotocols=[Subprotocol("streamlit")],
                    compression=None,
                    proxy=None,
                    max_size=None,
                    ping_interval=None,
                )
            )
            self.visitors.append(Visitor(socket))
            await self.visitors[-1].open()

    async def use(self) -> Sequence[float]:
        """Let each click a filter about every four seconds for a while; return the seconds."""
        dice = random.Random(len(self.visitors))
        end = time.perf_counter() + WINDOW_S
        taken: list[float] = []

        async def one(visitor: Visitor) -> None:
            await asyncio.sleep(dice.uniform(0, THINK_S))
            while time.perf_counter() < end:
                taken.append(await visitor.click())
                await asyncio.sleep(dice.uniform(0.5, 1.5) * THINK_S)

        await asyncio.gather(*map(one, self.visitors))
        return taken
