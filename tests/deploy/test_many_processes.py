"""Three processes behind nginx, as docs/deploy has them: one dies, a new version comes, nobody is
lost, nobody sees what is another's, and nothing is written down of anybody.

Real processes, real nginx with the shipped rules, TLS; the readers are light ones. Only systemd is
not there: `tests/deploy/systemctl.py` does what is asked of it.
"""

import asyncio
import json
import os
import re
import shutil
import sqlite3
import sys
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import pytest

from geo.settings import ROOT
from geo.web.plain import address
from tests.deploy import containerfile, fleet, nginx, systemctl
from tests.support.light_reader import LightReader

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(nginx.find() is None, reason=nginx.MISSING),
    pytest.mark.skipif(shutil.which("curl") is None, reason="There is no curl: `make nginx`."),
]
READERS = 9
LIMIT = "Limit"
ASKED = "canary-4711"  # what a reader may have asked for, in an address or a header
DRAIN_S = 4


@dataclass(frozen=True)
class Site:
    """What readers come to, and what stands behind it."""

    proxy: nginx.Proxy
    fleet: fleet.Fleet
    ports: list[int]  # the last one is free

    def reader(self, number: int, page: str = "gaps") -> LightReader:
        """Return a reader with an address and a second of the first visit of their own."""
        first = f"2|00000000|{number:032x}|{1_700_000_000 + 977 * number}"
        return LightReader(self.proxy.url, page, f"127.66.0.{number + 1}", first)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Run three processes and nginx before them; there is a port for a fourth."""
    folder = tmp_path_factory.mktemp("fleet")
    ports = [nginx.free_port() for _ in range(4)]
    with nginx.running(tmp_path_factory.mktemp("nginx"), ports) as proxy:
        given = {
            "PROXIES": "1",
            "ORIGINS": proxy.url,
            "REPORTS": str(folder / "reports"),
            "STREETS": "streets that were never imported",
        }
        started = fleet.Fleet(folder, given)
        try:
            started.start(*ports[:3])
            yield Site(proxy, started, ports)
        finally:
            started.end()
            for file in folder.glob("*.pid"):
                if systemctl.is_there(int(file.read_text())):
                    systemctl.stop(int(file.stem), folder)


def canary(number):
    """Return what a reader types, which nobody else does: 20.0107 and such."""
    return round(20 + (100 * number + 7) / 10_000, 4)


async def typed(readers, numbers):
    """Have each of some readers type what is theirs; each has to see it, and nothing else's."""
    await asyncio.gather(*(readers[n].type(LIMIT, canary(n)) for n in numbers))
    for n in numbers:
        seen = {
            other for other in range(READERS) if str(canary(other)).encode() in readers[n].heard
        }
        assert seen == {n}


async def gathered(site, numbers):
    readers = {n: site.reader(n) for n in numbers}
    await asyncio.gather(*(one.come() for one in readers.values()))
    await typed(readers, numbers)
    return readers


async def gone(readers):
    for one in readers.values():
        await one.go()


def test_a_reader_whose_connection_broke_comes_back_to_their_own_session_from_any_network(site):
    async def walk():
        readers = await gathered(site, range(6))
        for n, one in readers.items():
            session = one.session
            one.address = f"127.67.0.{n + 1}"
            await one.come_again()
            assert one.session == session
        await gone(readers)

    asyncio.run(walk())


def test_reports_sent_to_three_processes_at_once_are_all_kept_in_the_one_file(site):
    async def send(number):
        one = site.reader(number, "")
        form = await one.get(address.report("en"))
        token = re.search(rb'name="token" value="(\w+)"', form.read())[1].decode()
        told = urlencode({"token": token, "text": f"A pantry in Tracy, number {number}."})
        kind = {"Content_Type": "application/x-www-form-urlencoded", "Origin": site.proxy.url}
        return (await one.ask("POST", address.report("en"), told.encode(), **kind)).status

    async def all_of_them():
        return await asyncio.gather(*map(send, range(READERS)))

    assert asyncio.run(all_of_them()) == [200] * READERS
    with closing(sqlite3.connect(site.fleet.folder / "reports")) as kept:
        assert kept.execute("SELECT count(*) FROM reports").fetchone() == (READERS,)


def files_open(site):
    """Return the files that nginx has open below its folder, deleted ones too, but for its logs."""
    main = site.proxy.process.pid
    workers = Path(f"/proc/{main}/task/{main}/children").read_text().split()
    links = [link for pid in workers for link in Path(f"/proc/{pid}/fd").iterdir()]
    named = [str(link.readlink()) for link in links if link.is_symlink()]
    return [name for name in named if str(site.proxy.folder) in name and "/logs/" not in name]


@pytest.mark.parametrize(
    "method, path", [("PUT", "/_stcore/upload_file/a/b"), ("POST", "/report/en")]
)
def test_what_a_reader_sends_is_not_written_to_the_disk_of_nginx(site, method, path):
    async def send():
        here, there = await asyncio.open_connection(
            "127.0.0.1", site.proxy.port, ssl=nginx.of_nobody()
        )
        head = f"{method} {path} HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n"
        there.write(head.encode() + b"x" * 900_000)
        await there.drain()
        await asyncio.sleep(0.3)
        seen = files_open(site)
        there.write(b"x" * 100_000)
        await here.read(20)
        there.close()
        with suppress(OSError):
            await there.wait_closed()
        return seen

    assert asyncio.run(send()) == []
    assert [*(site.proxy.folder / "body").iterdir(), *(site.proxy.folder / "temp").iterdir()] == []


async def home(site, reader):
    """Return the port of the process that has the session of a reader, as the log tells it."""
    await reader.get("/_stcore/health")
    asked = [line for line in site.proxy.log().splitlines() if " streamlit GET 200 " in line]
    return int(re.search(r" 127\.0\.0\.1:(\d+) ", asked[-1])[1])


def test_one_of_three_is_killed_and_its_readers_are_back_by_themselves_with_what_they_typed(site):
    async def walk():
        readers = await gathered(site, range(READERS))
        before = {n: one.session for n, one in readers.items()}
        homes = {n: await home(site, one) for n, one in readers.items()}
        at_work = asyncio.gather(*(again(readers, n) for n in range(READERS)))
        await asyncio.sleep(1)
        site.fleet.kill(homes[0])
        await at_work
        lost = {n for n, one in readers.items() if one.losses}
        assert lost == {n for n in readers if homes[n] == homes[0]}
        assert lost == {n for n in readers if readers[n].session != before[n]}
        await gone(readers)
        return homes[0]

    async def again(readers, n):
        for _ in range(5):
            await typed(readers, [n])
            await asyncio.sleep(0.5)

    site.fleet.start(asyncio.run(walk()))  # as systemd does


def another(folder):
    """Write a version in which a script of the pages is another, from what a container has."""
    containerfile.copy(folder)
    script = folder / "geo/web/static/dom.js"
    script.write_text(f"// version 2\n{script.read_text()}", encoding="utf-8")


async def mark(one):
    """Return the mark of the scripts that the page names, all of which have to be there."""
    shell = await one.ask("GET", "/", User_Agent=ASKED, Referer=f"https://x/{ASKED}")
    body = shell.read().decode()
    found = {*re.findall(r"/assets/([0-9a-f]{12})/", body)}
    assert len(found) == 1, body
    script = await one.get(f"/assets/{next(iter(found))}/dom.js?q={ASKED}")
    assert script.status == 200
    return next(iter(found))


def test_a_new_version_comes_up_under_readers_who_go_on(site, tmp_path):
    another(tmp_path / "2")
    folder = site.fleet.folder
    (folder / "version").write_text(str(tmp_path / "2"), encoding="utf-8")
    (folder / "settings").write_text(json.dumps(site.fleet.settings), encoding="utf-8")
    shutil.copy(site.proxy.folder / "nginx.pid", folder / "nginx")
    double = tmp_path / "systemctl"
    double.write_text(f'#!/bin/sh\nexec {sys.executable} -m tests.deploy.systemctl "$@"\n')
    double.chmod(0o755)
    environment = {
        **os.environ,
        "PATH": f"{tmp_path}:{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "FLEET": str(folder),
        "SERVERS": str(site.proxy.servers),
        "DRAIN_S": str(DRAIN_S),
    }

    async def walk():
        readers = await gathered(site, range(READERS))
        before = await mark(site.reader(50, ""))
        rolling = await asyncio.create_subprocess_exec(
            ROOT / "docs/deploy/roll-over",
            env=environment,
            stdout=asyncio.subprocess.PIPE,
        )
        seen, turn = {before}, 0
        while rolling.returncode is None:
            await typed(readers, range(READERS))
            seen.add(await mark(site.reader(51 + turn % 40, "")))
            turn += 1
            try:
                await asyncio.wait_for(asyncio.shield(rolling.wait()), 0.5)
            except TimeoutError:
                continue
        told = (await rolling.stdout.read()).decode()
        assert rolling.returncode == 0, told
        await asyncio.sleep(1)
        await typed(readers, range(READERS))
        after = {await mark(site.reader(n, "")) for n in range(8)}
        assert len(after) == 1
        assert seen == {before, *after}
        assert {one.losses for one in readers.values()} <= {1, 2, 3}  # once for each old process
        await gone(readers)
        return told

    assert f"port {site.ports[2]} is free for the next version" in asyncio.run(walk())
    lines = site.proxy.servers.read_text(encoding="utf-8").splitlines()
    free = f":{site.ports[2]} "
    assert [free in line for line in lines] == [" down;" in line for line in lines]


def test_no_log_holds_an_address_nor_what_was_asked(site):
    async def ask():
        one = site.reader(70, "")
        one.cookie = f"2|00000000|{ASKED}|1700000070"
        for path in (f"/place?id={ASKED}", f"/text/en/{ASKED}", f"/{ASKED}"):
            await one.ask("GET", path, Referer=f"https://x/{ASKED}", User_Agent=ASKED)

    asyncio.run(ask())
    logs = site.proxy.log() + site.fleet.log()
    assert len(site.proxy.log().splitlines()) > 100
    assert not re.search(r"127\.6[67]\.|\b1700\d{6}\b", logs)
    assert ASKED not in logs
    kept = b"".join(
        path.read_bytes() for path in (site.proxy.folder / "cache").rglob("*") if path.is_file()
    )
    assert kept
    assert b"127.66." not in kept
    assert ASKED.encode() not in kept


def test_with_no_process_left_readers_have_the_list(site):
    """Last in this file: nothing is up afterwards."""

    async def ask(path):
        return await site.reader(80, "").get(path)

    whole = asyncio.run(ask("/text/en"))
    site.fleet.end()
    for file in site.fleet.folder.glob("*.pid"):
        if systemctl.is_there(int(file.read_text())):
            systemctl.stop(int(file.stem), site.fleet.folder)
    for path in ("/", "/gaps", "/text/en"):
        answer = asyncio.run(ask(path))
        assert answer.body == whole.body
        assert answer.status == (200 if path == "/text/en" else 503)
