"""A connection that asks nothing to the end is closed after 15 s, whatever it trickles."""

import errno
import socket

import pytest
import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

from geo.web import connections, descriptors


class Timer:
    def __init__(self, at, call, arguments):
        self.at, self.call, self.arguments, self.over = at, call, arguments, False

    def cancel(self):
        self.over = True


class Task:
    """An answer that is being worked out."""

    def add_done_callback(self, _):
        """Never be done."""


class Loop:
    """A clock that is set by hand."""

    def __init__(self):
        self.now, self.timers, self.handler, self.lost = 0.0, [], None, []

    def time(self):
        return self.now

    def call_later(self, delay, call, *arguments):
        self.timers.append(Timer(self.now + delay, call, arguments))
        return self.timers[-1]

    def create_task(self, coroutine):
        coroutine.close()
        return Task()

    def set_exception_handler(self, handler):
        self.handler = handler

    def default_exception_handler(self, context):
        self.lost.append(context)

    def pass_time(self, seconds):
        end = self.now + seconds
        while due := [one for one in self.timers if not one.over and one.at <= end]:
            first = min(due, key=lambda one: one.at)
            self.now, first.over = first.at, True
            first.call(*first.arguments)
        self.now = end


class Transport:
    """The other end of a connection."""

    def __init__(self, number=10):
        self.number, self.closed, self.options, self.sent = number, False, [], b""
        self.family, self.protocol = socket.AF_INET, None

    def fileno(self):
        return self.number

    def setsockopt(self, *option):
        self.options.append(option)

    def get_extra_info(self, name):
        return self if name == "socket" else None

    def getpeername(self):
        return ("203.0.113.77", 50000)

    def getsockname(self):
        return ("127.0.0.1", 80)

    def is_closing(self):
        return self.closed

    def abort(self):
        self.closed = True

    close = abort

    def write(self, data):
        self.sent += data

    def get_protocol(self):
        return self.protocol

    def set_protocol(self, protocol):
        self.protocol = protocol

    def pause_reading(self):
        """Go on all the same."""

    resume_reading = pause_reading


class Websocket:
    """What uvicorn makes of a connection that asks to become one."""

    def __init__(self, **_):
        self.came = b""

    def connection_made(self, transport):
        self.transport = transport

    def data_received(self, data):
        self.came += data


@pytest.fixture
def loop():
    return Loop()


@pytest.fixture
def connect(loop):
    class Watched(H11Protocol):
        pass

    connections.mend(Watched)
    connections.mend(Watched)  # to do so twice does nothing
    Watched.waiting = connections.Waiting()
    config = uvicorn.Config(lambda *_: None, http=Watched, ws=Websocket, log_config=None)
    config.load()
    state = ServerState()

    def come(number=10):
        transport = Transport(number)
        protocol = Watched(config, state, {}, loop)
        transport.protocol = protocol
        protocol.connection_made(transport)
        return protocol, transport

    return come


HALF = {
    "nothing": b"",
    "half_a_line": b"GET /te",
    "no_end_of_headers": b"GET /text HTTP/1.1\r\nHost: a\r\n",
    "half_a_body": b"POST /text HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nhalf",
    "half_a_chunk": b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nhalf",
    "half_a_websocket": b"GET /_stcore/stream HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConn",
}
WHOLE = {
    "get": b"GET /text HTTP/1.1\r\nHost: a\r\n\r\n",
    "post": b"POST /text HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nbody",
}
UPGRADE = (
    b"GET /_stcore/stream HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
)


@pytest.mark.parametrize("sent", HALF.values(), ids=HALF)
def test_what_is_not_asked_to_the_end_within_15_seconds_is_closed(loop, connect, sent):
    protocol, transport = connect()
    if sent:
        protocol.data_received(sent)
    loop.pass_time(14.9)
    assert not transport.closed
    loop.pass_time(0.2)
    assert transport.closed


@pytest.mark.parametrize("sent", HALF.values(), ids=HALF)
def test_to_trickle_gains_no_time(loop, connect, sent):
    protocol, transport = connect()
    for number in range(len(sent)):
        protocol.data_received(sent[number : number + 1])
        loop.pass_time(1)
        if number < 14:
            assert not transport.closed
    loop.pass_time(15.1 - min(len(sent), 15))
    assert transport.closed


@pytest.mark.parametrize("sent", WHOLE.values(), ids=WHOLE)
def test_who_has_asked_to_the_end_may_wait_for_the_answer(loop, connect, sent):
    protocol, transport = connect()
    loop.pass_time(14)
    protocol.data_received(sent)
    loop.pass_time(600)
    assert not transport.closed


def test_the_next_request_on_the_same_connection_has_15_seconds_of_its_own(loop, connect):
    protocol, transport = connect()
    protocol.data_received(WHOLE["get"])
    loop.pass_time(30)
    protocol.cycle.response_complete = True  # as when the answer has gone out
    protocol.data_received(b"GET /te")
    loop.pass_time(14.9)
    assert not transport.closed
    loop.pass_time(0.2)
    assert transport.closed


def test_a_websocket_stays_open_and_is_no_longer_looked_at(loop, connect):
    protocol, transport = connect()
    protocol.data_received(UPGRADE)
    assert transport.get_protocol().came.startswith(b"GET /_stcore/stream ")
    loop.pass_time(600)
    assert not transport.closed


def test_one_that_has_gone_leaves_no_clock_behind(loop, connect):
    protocol, transport = connect()
    transport.closed = True
    protocol.connection_lost(None)
    assert [one for one in loop.timers if not one.over] == []


def test_who_takes_nothing_of_an_answer_for_a_minute_is_let_go(loop, connect):
    protocol, transport = connect()
    protocol.data_received(WHOLE["get"])
    for _ in range(3):
        protocol.pause_writing()
        loop.pass_time(59)
        protocol.resume_writing()
    loop.pass_time(600)
    assert not transport.closed
    protocol.pause_writing()
    loop.pass_time(61)
    assert transport.closed


def test_an_answer_of_two_parts_does_not_wait_for_the_other_side(connect):
    _, transport = connect()
    assert (socket.IPPROTO_TCP, socket.TCP_NODELAY, 1) in transport.options


def test_when_there_is_no_room_the_oldest_half_open_ones_give_way(connect):
    half = [connect()[1] for _ in range(connections.AT_ONCE + 5)]
    protocol, asking = connect()
    protocol.data_received(WHOLE["get"])
    _, newest = connect(descriptors.room())
    closed = [one.closed for one in half]
    assert closed == [True] * connections.AT_ONCE + [False] * 5
    assert not asking.closed
    assert not newest.closed


def test_that_no_descriptor_is_left_is_told_once_a_minute_without_a_traceback(
    loop, connect, caplog
):
    _, waiting = connect()
    for second in range(3):
        for _ in range(2048):
            loop.handler(loop, {"message": "accept", "exception": OSError(errno.EMFILE, "many")})
        loop.pass_time(1 + second)
    assert waiting.closed
    assert [record.exc_info for record in caplog.records] == [None]
    assert "No descriptor is left" in caplog.text
    loop.pass_time(60)
    loop.handler(loop, {"message": "accept", "exception": OSError(errno.ENFILE, "many")})
    assert len(caplog.records) == 2


def test_any_other_trouble_of_a_loop_is_told_as_ever(loop, connect):
    connect()
    trouble = {"message": "other", "exception": OSError(errno.EPIPE, "broken")}
    loop.handler(loop, trouble)
    assert loop.lost == [trouble]


def test_the_address_of_the_other_side_is_known_whatever_a_proxy_says(connect):
    protocol, _ = connect()
    protocol.data_received(WHOLE["get"])
    assert protocol.scope["state"]["peer"] == ("203.0.113.77", 50000)


def test_it_was_looked_at_with_this_version_of_uvicorn():
    """After raising it: look at each method that is mended, then say so."""
    assert uvicorn.__version__ == connections.TRIED
