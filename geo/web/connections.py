"""Connections: half-open ones are closed, and when there is no room the oldest of them first.

A connection is half open until it has asked something to the end. That is looked at where uvicorn
takes connections, since what comes after it, our pages and Streamlit's, is not asked before.
"""

import asyncio
import errno
import logging
import socket
from collections.abc import Callable
from typing import Any

from uvicorn.protocols.http.auto import AutoHTTPProtocol

from geo.web import descriptors

TRIED = "0.54.0"
PATIENCE_S = 15.0  # to ask something to the end
TAKING_S = 60.0  # to take any part of an answer
TOLD_EACH_S = 60.0  # that there is no room
NO_ROOM = {errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM}
AT_ONCE = 64  # how many half-open ones are closed when there is no room

log = logging.getLogger(__name__)


class Waiting:
    """The half-open connections of a loop, the oldest first, each with the clock that runs."""

    def __init__(self) -> None:
        self._clocks: dict[Any, asyncio.TimerHandle] = {}
        self._told = float("-inf")

    def look(self, connection: Any) -> None:
        """Start the clock of a connection that is half open, stop it if it no longer is."""
        if connection.transport.is_closing() or not _is_half_open(connection):
            self.forget(connection)
        elif connection not in self._clocks:
            late = connection.loop.call_later(PATIENCE_S, self._close, connection)
            self._clocks[connection] = late

    def forget(self, connection: Any) -> None:
        """Stop the clock of a connection."""
        if clock := self._clocks.pop(connection, None):
            clock.cancel()

    def make_room(self) -> None:
        """Close some that have waited longest."""
        for connection in [*self._clocks][:AT_ONCE]:
            self._close(connection)

    def unheard(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """Handle what a loop could not: that no connection can be taken is told once a minute.

        asyncio tells it with a traceback for each one that waits, again and again.
        """
        if getattr(context.get("exception"), "errno", None) not in NO_ROOM:
            loop.default_exception_handler(context)
            return
        self.make_room()
        if loop.time() - self._told >= TOLD_EACH_S:
            self._told = loop.time()
            log.error("No descriptor is left, so no connection can be taken: see docs/settings.md.")

    def _close(self, connection: Any) -> None:
        self.forget(connection)
        protocol = connection.transport.get_protocol()
        if protocol is connection and _is_half_open(connection):
            connection.transport.abort()


def _is_half_open(connection: Any) -> bool:
    """Return whether nothing was asked to the end that is not yet answered.

    Between two requests uvicorn has a clock of its own, a shorter one.
    """
    cycle = connection.cycle
    if cycle is None:
        return True
    if cycle.response_complete:
        return connection.timeout_keep_alive_task is None
    return bool(cycle.more_body)


def mend(protocol: Any = AutoHTTPProtocol) -> None:
    """Have the connections of a class of uvicorn's watched, from now on, in all of its loops.

    uvicorn has made up its mind which class it takes before our app is read, so the class itself
    is mended. To do so twice does nothing.
    """
    if hasattr(protocol, "waiting"):
        return
    protocol.waiting = Waiting()
    protocol.connection_made = _made(protocol.connection_made)
    protocol.data_received = _received(protocol.data_received)
    protocol.connection_lost = _lost(protocol.connection_lost)
    protocol.pause_writing = _paused(protocol.pause_writing)
    protocol.resume_writing = _resumed(protocol.resume_writing)


Method = Callable[..., None]


def _made(made: Method) -> Method:
    def connection_made(self: Any, transport: asyncio.Transport) -> None:
        made(self, transport)
        self.taking = None
        self.app_state = {**self.app_state, "peer": self.client}
        self.loop.set_exception_handler(self.waiting.unheard)
        found = transport.get_extra_info("socket")
        # asyncio does so itself only where the socket was made with a protocol; without it, each
        # answer of more than one part waits 40 ms for the other side to say that it has the first.
        if found.family in (socket.AF_INET, socket.AF_INET6):
            found.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if found.fileno() >= descriptors.room():
            self.waiting.make_room()
        self.waiting.look(self)

    return connection_made


def _received(received: Method) -> Method:
    def data_received(self: Any, data: bytes) -> None:
        received(self, data)
        if self.transport.get_protocol() is self:
            self.waiting.look(self)
        else:  # it has become a websocket, which is another object
            self.waiting.forget(self)

    return data_received


def _lost(lost: Method) -> Method:
    def connection_lost(self: Any, error: Exception | None) -> None:
        self.waiting.forget(self)
        _stop(self)
        lost(self, error)

    return connection_lost


def _paused(paused: Method) -> Method:
    def pause_writing(self: Any) -> None:
        paused(self)
        _stop(self)
        self.taking = self.loop.call_later(TAKING_S, self.transport.abort)

    return pause_writing


def _resumed(resumed: Method) -> Method:
    def resume_writing(self: Any) -> None:
        _stop(self)
        resumed(self)

    return resume_writing


def _stop(connection: Any) -> None:
    if connection.taking:
        connection.taking.cancel()
        connection.taking = None
