"""Light reader: asks and hears what a browser would, without drawing it: hundreds fit on a machine.

It does what the page does when it loses its server: it asks whether one is there, connects again
under the name of its session, and says again what was typed.
"""

import asyncio
import gzip
import ssl
import time
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake
from websockets.typing import Subprotocol

COOKIE = "_streamlit_xsrf"
FINISHED = {ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY}
LOST = (ConnectionClosed, InvalidHandshake, OSError, EOFError, asyncio.IncompleteReadError)
AGAIN_S = 0.25
PATIENCE_S = 60.0


@dataclass(frozen=True)
class Answer:
    """An answer over HTTP: its status, its headers by their names in small letters, its body."""

    status: int
    headers: dict[str, str]
    body: bytes

    def read(self) -> bytes:
        """Return the body, unpacked if it came packed."""
        packed = self.headers.get("content-encoding") == "gzip"
        return gzip.decompress(self.body) if packed else self.body


@dataclass
class LightReader:
    """One reader at `url` ("https://127.0.0.1:8443"), who comes from `address`."""

    url: str
    page: str = ""  # "gaps"; "" is the first
    address: str = "127.0.0.1"
    cookie: str = ""
    session: str = ""
    widgets: dict[str, WidgetState] = field(default_factory=dict)  # by label, what was typed
    ids: dict[str, str] = field(default_factory=dict)  # of the widgets, by label
    heard: bytearray = field(default_factory=bytearray)  # all that the last run said
    known: dict[str, bytes] = field(default_factory=dict)  # what the server need not say again
    socket: ClientConnection | None = None
    losses: int = 0

    async def get(self, path: str) -> Answer:
        """Ask something over HTTP, on a connection of its own."""
        return await self.ask("GET", path)

    async def ask(self, method: str, path: str, body: bytes = b"", **headers: str) -> Answer:
        """Ask with a body, and with headers by their names with lines below."""
        parts = urlsplit(self.url)
        here, there = await asyncio.open_connection(
            parts.hostname, parts.port, ssl=self._tls(), local_addr=(self.address, 0)
        )
        cookie = f"Cookie: {COOKIE}={self.cookie}\r\n" if self.cookie else ""
        more = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
        asked = (
            f"{method} {path} HTTP/1.1\r\nHost: {parts.netloc}\r\nAccept-Encoding: gzip\r\n{cookie}"
            f"{more}Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
        )
        try:
            there.write(asked.encode() + body)
            return self._read(await asyncio.wait_for(here.read(), PATIENCE_S))
        finally:
            there.close()
            with suppress(OSError):  # it may be gone already
                await there.wait_closed()

    async def come(self) -> None:
        """Open the page and wait until it is there."""
        shell = await self.get(f"/{self.page}")
        assert shell.status == 200, shell
        await self._connect()
        await self._run()

    async def type(self, label: str, value: float) -> None:
        """Type a number into a box and wait for the page; after a loss of the server, again."""
        state = WidgetState(id=self.ids[label], double_value=value)
        self.widgets[label] = state
        try:
            await self._run()
        except LOST:
            await self.come_again()

    async def come_again(self) -> None:
        """Connect again, as the page does when its connection is lost, and say what was typed."""
        self.losses += 1
        await self.go()
        end = time.monotonic() + PATIENCE_S
        while True:
            try:
                await self._connect()
                return await self._run()
            except LOST:
                assert time.monotonic() < end, "No server came back."
                await asyncio.sleep(AGAIN_S)

    async def is_lost(self) -> bool:
        """Return whether the connection is gone."""
        assert self.socket
        try:
            await asyncio.wait_for(self.socket.ping(), 5)
        except (*LOST, TimeoutError):
            return True
        return False

    async def go(self) -> None:
        """Leave."""
        if self.socket:
            await self.socket.close()
        self.socket = None

    async def _connect(self) -> None:
        well = await self.get("/_stcore/health")
        if well.status != 200:
            raise ConnectionRefusedError(well.status)
        self.cookie = well.headers["set-cookie"].partition("=")[2].partition(";")[0]
        named = ["streamlit", self.cookie, *([self.session] if self.session else [])]
        self.socket = await connect(
            f"{self.url.replace('http', 'ws', 1)}/_stcore/stream",
            subprotocols=[Subprotocol(one) for one in named],
            additional_headers={"Cookie": f"{COOKIE}={self.cookie}"},
            origin=self.url,  # type: ignore[arg-type]
            ssl=self._tls(),
            compression=None,
            proxy=None,
            max_size=None,
            open_timeout=PATIENCE_S,
            ping_interval=None,
            local_addr=(self.address, 0),
        )

    async def _run(self) -> None:
        """Have the page run with what was typed; read all that it says."""
        assert self.socket
        asked = ClientState(page_name=self.page)
        asked.widget_states.widgets.extend(self.widgets.values())
        asked.cached_message_hashes.extend(self.known)
        self.heard.clear()
        await self.socket.send(BackMsg(rerun_script=asked).SerializeToString())
        while not self._is_last(await asyncio.wait_for(self.socket.recv(decode=False), PATIENCE_S)):
            pass

    def _is_last(self, raw: bytes) -> bool:
        message = ForwardMsg.FromString(raw)
        kind = message.WhichOneof("type")
        self.heard += self.known[message.ref_hash] if kind == "ref_hash" else raw
        if message.metadata.cacheable:
            self.known[message.hash] = raw
        if kind == "new_session":
            self.session = message.new_session.initialize.session_id
        elif kind == "delta":
            self._learn(message.delta.new_element)
        return kind == "script_finished" and message.script_finished in FINISHED

    def _learn(self, element: Element) -> None:
        if element.WhichOneof("type") == "exception":
            raise RuntimeError(f"The page failed: {element.exception.message}")
        if element.WhichOneof("type") == "number_input":
            self.ids[element.number_input.label] = element.number_input.id

    def _read(self, raw: bytes) -> Answer:
        head, _, body = raw.partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        if not first:
            raise EOFError("No answer came.")
        named = [line.partition(":") for line in lines]
        headers = {name.lower(): value.strip() for name, _, value in named}
        return Answer(int(first.split()[1]), headers, body)

    def _tls(self) -> ssl.SSLContext | None:
        return _terms() if self.url.startswith("https") else None


@cache
def _terms() -> ssl.SSLContext:
    """Return the terms of a connection: the certificate of a test is nobody's."""
    terms = ssl.create_default_context()
    terms.check_hostname, terms.verify_mode = False, ssl.CERT_NONE
    return terms
