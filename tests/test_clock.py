"""There is one clock, and one place that knows how many minutes a day has."""

import ast
from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import clock
from geo.settings import ROOT

DAY = date(2026, 11, 24)
FILES = [
    path
    for path in sorted([*(ROOT / "geo").rglob("*.py"), *(ROOT / "pages").rglob("*.py")])
    if path != ROOT / "geo/clock.py"
]


@given(st.integers(0, 4 * 1440 - 1))
def test_a_minute_is_the_same_by_all_clocks(minute):
    moment = clock.at_minute(DAY, minute)
    assert clock.minute_on(DAY, moment) == minute
    assert clock.minute_of(moment.time()) == minute % 1440
    assert clock.clock_at(minute) == f"{moment:%H:%M}"


def test_the_clock_on_the_wall_counts_also_in_the_night_that_has_an_hour_more():
    assert clock.at_minute(date(2026, 11, 1), 180).time() == time(3)
    assert (
        clock.minute_on(date(2026, 11, 1), datetime(2026, 11, 1, 3, tzinfo=clock.TIMEZONE)) == 180
    )


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_nobody_else_says_how_many_minutes_a_day_has(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    numbers = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    assert 1440 not in [number for number in numbers if isinstance(number, int)]
    products = [ast.unparse(node) for node in ast.walk(tree) if isinstance(node, ast.BinOp)]
    assert not {"24 * 60", "60 * 24"} & set(products)
