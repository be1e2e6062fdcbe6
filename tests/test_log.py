"""The log tells our news, and nothing of what libraries tell at INFO: that holds addresses."""

import ast
import logging
import subprocess
import sys

import pytest

from geo import log
from geo.settings import ROOT

TOLD = """
import logging
from geo import log
log.set_up()
logging.getLogger("geo.streets.store").info("Streets are up.")
logging.getLogger("geo.streets.store").debug("much more")
logging.getLogger("urllib3").info("GET /table/v1/driving/-121.4,37.7")
logging.getLogger("urllib3").warning("The pool is full.")
"""


def test_our_news_is_told_and_that_of_libraries_is_not():
    run = subprocess.run([sys.executable, "-c", TOLD], cwd=ROOT, capture_output=True, text=True)
    assert run.stderr.splitlines() == ["INFO: Streets are up.", "WARNING: The pool is full."]


NONSENSE = """
import logging
from geo import log
logging.getLogger("uvicorn").addHandler(logging.NullHandler())
log.set_up()
server = logging.getLogger("uvicorn.error")
server.info("%s - WebSocket %s [accepted]", "203.0.113.77:50000", "/")
for _ in range(10_000):
    server.warning("Invalid HTTP request received.")
server.warning("Something else.")
"""


def test_the_server_tells_no_address_and_the_same_nonsense_ten_times_a_minute():
    run = subprocess.run([sys.executable, "-c", NONSENSE], cwd=ROOT, capture_output=True, text=True)
    assert run.stderr.splitlines() == [
        *["WARNING: Invalid HTTP request received."] * 10,
        "WARNING: Something else.",
    ]


def test_after_a_minute_it_is_told_again():
    now = [0.0]
    seldom = log.Seldom(lambda: now[0])
    record = logging.makeLogRecord({"msg": "again"})
    assert [seldom.filter(record) for _ in range(12)] == [True] * 10 + [False] * 2
    now[0] = 60.0
    assert seldom.filter(record)


@pytest.mark.parametrize("name", ["app.py", "geo/__main__.py"])
def test_the_server_and_the_commands_set_it_up(name):
    calls = [
        ast.unparse(node)
        for node in ast.walk(ast.parse((ROOT / name).read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
    ]
    assert "log.set_up()" in calls


def test_it_is_set_up_in_one_place():
    files = [ROOT / "app.py", *(ROOT / "geo").rglob("*.py"), *(ROOT / "pages").rglob("*.py")]
    with_it = [path for path in files if "basicConfig" in path.read_text(encoding="utf-8")]
    assert with_it == [ROOT / "geo" / "log.py"]
