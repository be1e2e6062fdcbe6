"""The solver finds the published optima of Solomon's instances within one per cent.

Source of the optima (distances truncated to one decimal, total distance least): N. Kohl, J.
Desrosiers, O. Madsen, M. Solomon, F. Soumis, "2-Path cuts for the vehicle routing problem with time
windows", Transportation Science 33(1), 1999. An instance of 25 customers is the first 25.
"""

import json
import subprocess
import sys
from itertools import pairwise

import numpy as np
import pytest

from geo.engines.rounds import Budget
from geo.settings import ROOT
from tests.bench import solomon

FOLDER = ROOT / "tests" / "fixtures" / "solomon"
OPTIMA = {
    ("R101", 25): 617.1,
    ("R101", 50): 1044.0,
    ("C101", 25): 191.3,
    ("C101", 50): 362.4,
    ("RC101", 25): 461.1,
    ("RC101", 50): 944.0,
}
STEPS = {25: 2_000, 50: 8_000}


@pytest.mark.parametrize(("name", "customers"), OPTIMA)
def test_the_published_optimum_is_found_within_one_per_cent(name, customers):
    text = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    enough = Budget(STEPS[customers], STEPS[customers], seconds=60.0)
    found = solomon.solve(solomon.read(text, customers), enough)
    assert OPTIMA[name, customers] <= found["distance"] <= 1.01 * OPTIMA[name, customers]
    assert found["vehicles"] == len(found["routes"])
    assert kept(text, customers, found["routes"]) == pytest.approx(found["distance"])


def kept(text, customers, routes):
    """Return the distance of routes that keep load and hours, each customer visited once."""
    rows = [line.split() for line in text.splitlines()]
    table = np.array([row for row in rows if len(row) == 7 and row[0].isdigit()], dtype=float)
    assert sorted(n for route in routes for n in route) == list(range(1, customers + 1))
    total = 0.0
    for route in routes:
        clock = 0.0
        assert sum(table[n, 3] for n in route) <= 200
        for a, b in pairwise([0, *route, 0]):
            way = int(np.hypot(*(table[a, 1:3] - table[b, 1:3])) * 10 + 1e-9) / 10
            clock = max(clock + table[a, 6] + way, table[b, 4])
            assert clock <= table[b, 5] + 1e-9
            total += way
    return total


def test_the_command_reads_a_file_and_prints_json():
    command = [
        sys.executable,
        "tests/bench/solomon.py",
        str(FOLDER / "C101.txt"),
        "--seconds",
        "0.2",
    ]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert set(json.loads(ran.stdout)) == {"vehicles", "distance", "routes"}
