"""A running server keeps its manners: at the limit of its descriptors, and at its start."""

import asyncio
import json
import resource
import socket
import time
import urllib.error
import urllib.request

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from tests.browser import servers

pytestmark = pytest.mark.slow
FEW = 64


@pytest.fixture(scope="module")
def running():
    """Run the app with hardly any descriptors."""
    with servers.app() as started:
        yield started


def get(running, path):
    """Return status and text of an answer, whatever the status."""
    try:
        with urllib.request.urlopen(running.url + path, timeout=30) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def descriptors_of(running):
    return resource.prlimit(running.process.pid, resource.RLIMIT_NOFILE)


def test_the_limit_is_raised_at_the_start(running):
    soft, hard = descriptors_of(running)
    assert soft == min(hard, 1_048_576)


async def fill(url):
    """Open pages until no more are begun; return them."""
    pages = []
    while len(pages) < FEW:
        try:
            page = await connect(f"{url}/_stcore/stream", subprotocols=["streamlit"])
        except InvalidStatus as refused:
            assert refused.response.status_code == 403
            return pages
        pages.append(page)
        await page.send(BackMsg(rerun_script=ClientState()).SerializeToString())
        while ForwardMsg.FromString(await page.recv()).WhichOneof("type") != "script_finished":
            pass
    raise AssertionError("all were let in")


def flood(running, count):
    """Return connections that ask nothing; the server has not enough descriptors for them."""
    host, port = running.url.removeprefix("http://").split(":")
    silent = []
    for _ in range(count):
        silent.append(socket.socket())
        silent[-1].setblocking(False)
        silent[-1].connect_ex((host, int(port)))
    return silent


def test_at_the_limit_health_says_so_and_a_new_reader_has_the_plain_page(running):
    before = descriptors_of(running)
    resource.prlimit(running.process.pid, resource.RLIMIT_NOFILE, (FEW, before[1]))

    async def all_of_it():
        pages = await fill(running.url.replace("http", "ws"))
        try:
            assert len(pages) >= 3
            await asyncio.to_thread(at_the_limit)
        finally:
            for page in pages:
                await page.close()

    def at_the_limit():
        status, told = get(running, "/health")
        assert (status, json.loads(told)["status"]) == (503, "full")
        status, page = get(running, "/")
        assert (status, page.count("<h4>") > 100) == (503, True)
        assert get(running, "/text/en")[0] == 200
        silent = flood(running, 2 * FEW)
        try:
            assert get(running, "/text/en")[0] == 200
            assert get(running, "/health")[0] == 503
        finally:
            for one in silent:
                one.close()

    asyncio.run(all_of_it())
    resource.prlimit(running.process.pid, resource.RLIMIT_NOFILE, before)
    end = time.monotonic() + 30
    while get(running, "/health")[0] != 200:
        assert time.monotonic() < end
    log = running.log.read_text(encoding="utf-8")
    assert log.count("No descriptor is left") <= 1
    assert "Traceback" not in log, log
    assert "127.0.0.1" not in log.replace(running.url, "")
