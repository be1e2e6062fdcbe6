"""Which tests there are does not hang on the machine, the hour or luck."""

import os
import subprocess
import sys

import pytest

from geo.settings import ROOT

COLLECT = ["-m", "pytest", "--collect-only", "--assert=plain", "-p", "no:randomly"]
TWO_MACHINES = [
    {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LANG": "C", "LC_ALL": "C"},
    {"PYTHONHASHSEED": "2", "TZ": "Pacific/Pago_Pago", "LANG": "es_MX.UTF-8", "LC_ALL": ""},
]


def start(machine):
    own = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    return subprocess.Popen(
        [sys.executable, *COLLECT, "-p", "no:cacheprovider"],
        cwd=ROOT,
        env=own | machine,
        stdout=subprocess.PIPE,
        text=True,
    )


# Tests on several cores are refused by pytest-xdist when the cores do not find the same names:
# so it was with names made from sets. It is never the same day on those two islands.
@pytest.mark.slow
def test_the_names_of_the_tests_are_the_same_whatever_the_hash_seed_the_zone_and_the_language():
    one, other = [
        [line for line in running.communicate()[0].splitlines() if "::" in line]
        for running in list(map(start, TWO_MACHINES))
    ]
    assert len(one) > 1000
    assert one == other
