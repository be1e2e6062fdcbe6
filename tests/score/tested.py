"""Tested: a row whose tries are tests that stand elsewhere, with a fault planted by a plugin."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from xml.etree import ElementTree

from geo.settings import ROOT
from tests.score.row import Reached, faultless

PATIENCE_S = 900


def run(*tests: str, plugin: str = "", only: str = "") -> Reached:
    """Return how many of some tests fail, without second tries.

    Parameters
    ----------
    tests : files or names of tests, as pytest takes them
    plugin : a module of `tests.score.planted` that plants a fault when pytest begins
    only : what the names have to match, as `pytest -k`
    """
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder) / "told.xml"
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist"]
        command += ["--reruns", "0", f"--junit-xml={told}", *(["-k", only] if only else [])]
        command += [*(["-p", f"tests.score.planted.{plugin}"] if plugin else []), *tests]
        own = {name: text for name, text in os.environ.items() if not name.startswith("PYTEST_")}
        subprocess.run(
            command, cwd=ROOT, env=own, stdout=subprocess.DEVNULL, timeout=PATIENCE_S, check=False
        )
        cases = [*ElementTree.parse(told).iter("testcase")]
    failed = [
        one for one in cases if one.find("failure") is not None or one.find("error") is not None
    ]
    skipped = [one for one in cases if one.find("skipped") is not None]
    names = [f"{one.get('name')}" for one in failed]
    return faultless(len(cases) - len(skipped), names, "failed")
