"""How many files a process may have open is raised, and known when it runs out."""

import resource
import subprocess
import sys
from pathlib import Path

import pytest

from geo.settings import ROOT
from geo.web import descriptors

INFINITE = resource.RLIM_INFINITY


def alone(code):
    """Return what a program says that has the descriptors of a process to itself."""
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert run.stderr == ""
    return run.stdout.split()


def test_the_soft_limit_becomes_the_hard_one():
    code = """
import resource
from geo.web import descriptors
resource.setrlimit(resource.RLIMIT_NOFILE, (64, 200))
print(descriptors.raise_limit(), *resource.getrlimit(resource.RLIMIT_NOFILE))
print(descriptors.raise_limit())
"""
    assert alone(code) == ["200", "200", "200", "200"]


@pytest.mark.parametrize(
    ("soft", "hard", "most"),
    [
        (1024, INFINITE, 1_048_576),
        (1024, 2_000_000, 1_048_576),
        (2_000_000, 2_000_000, 2_000_000),
        (INFINITE, INFINITE, 1_048_576),
        (1024, 4096, 4096),
    ],
)
def test_a_limit_is_raised_as_far_as_makes_sense_and_never_lowered(monkeypatch, soft, hard, most):
    limits = [(soft, hard)]
    monkeypatch.setattr(resource, "getrlimit", lambda _: limits[-1])
    monkeypatch.setattr(resource, "setrlimit", lambda _, wanted: limits.append(wanted))
    assert descriptors.raise_limit() == most
    assert limits[-1][1] == hard


def test_where_the_system_refuses_the_limit_stays(monkeypatch):
    def refuse(*_):
        raise ValueError("not allowed to raise maximum limit")

    monkeypatch.setattr(resource, "getrlimit", lambda _: (256, INFINITE))
    monkeypatch.setattr(resource, "setrlimit", refuse)
    assert descriptors.raise_limit() == 256


@pytest.mark.parametrize(("most", "room"), [(64, 48), (1024, 768), (65536, 65280)])
def test_a_quarter_is_held_back_but_no_more_than_is_of_use(monkeypatch, most, room):
    monkeypatch.setattr(resource, "getrlimit", lambda _: (most, most))
    assert descriptors.room() == room


def test_it_is_full_when_what_is_held_back_is_touched_and_when_nothing_is_left():
    code = """
import os, resource
from geo.web import descriptors
resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
taken, seen = [], []
while True:
    seen.append(descriptors.is_full())
    try:
        taken.append(os.dup(1))
    except OSError:
        break
first = seen.index(True)
print(taken[first], all(seen[first:]), taken[-1], descriptors.lowest_free())
for one in taken[first:]:
    os.close(one)
os.close(taken[0])
print(descriptors.is_full(), descriptors.lowest_free() == taken[0])
"""
    assert alone(code) == ["48", "True", "63", "64", "False", "True"]


def test_to_look_leaves_nothing_open():
    before = {*Path("/dev/fd").iterdir()}
    descriptors.is_full()
    assert {*Path("/dev/fd").iterdir()} == before
