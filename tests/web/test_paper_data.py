"""Paper data: no private point in it, codes that a reader of codes dials, hours as rules."""

import base64
import json
import math
from datetime import date, datetime

import numpy as np
import pytest
import zxingcpp
from dateutil.rrule import rrulestr

from geo import clock
from geo.catalogue.keeper import Edition, load_catalogue
from geo.hours.state import state_at
from geo.settings import DATA
from geo.web import paper_data

TODAY = date(2026, 11, 26)
NOON = 12 * 60


@pytest.fixture(scope="module")
def edition():
    return Edition(1, load_catalogue(DATA / "services.csv", clock.today()))


@pytest.fixture(scope="module")
def told(edition):
    return json.loads(paper_data.of(edition, TODAY))


def read_code(code):
    """Return what a code says to a reader of codes that is not ours."""
    bits = np.unpackbits(np.frombuffer(base64.b64decode(code), np.uint8))
    side = math.isqrt(len(bits))
    square = bits[: side * side].reshape(side, side)
    picture = np.kron(1 - square, np.ones((8, 8))).astype(np.uint8) * 255
    found = zxingcpp.read_barcodes(np.pad(picture, 40, constant_values=255))
    return [one.text for one in found]


def test_each_code_dials_the_phone_of_its_entries(edition, told):
    for entry, row in zip(edition.entries, told["entries"], strict=True):
        assert row["id"] == entry["id"]
        assert (row["code"] >= 0) == bool(entry["phone"])
    for number in {row["code"] for row in told["entries"] if row["code"] >= 0}:
        (said,) = read_code(told["codes"][number])
        phones = {
            "".join(filter(str.isdigit, entry["phone"]))
            for entry, row in zip(edition.entries, told["entries"], strict=True)
            if row["code"] == number
        }
        assert {said.removeprefix("tel:").removeprefix("+1")} == phones


def test_only_public_points_known_to_the_street_are_in_it(edition, told):
    for entry, row in zip(edition.entries, told["entries"], strict=True):
        if row["point"]:
            assert entry["location_precision"] not in ("city", "zip", "")
            assert row["point"] == [float(f"{entry[k]:.6f}") for k in ("lat", "lon")]
        if entry["location_policy"] != "public":
            assert row["point"] is None


def test_rules_say_what_the_hours_say(edition, told):
    """By another reader of rules: each weekday of three weeks without a holiday, at noon."""
    days = [datetime(2027, 3, day, 12) for day in range(1, 22)]
    ruled = [row for row in told["entries"] if row["hours"]]
    assert len(ruled) > 60
    for entry, row in zip(edition.entries, told["entries"], strict=True):
        if not row["hours"]:
            continue
        for day in days:
            at = day.replace(tzinfo=clock.TIMEZONE)
            assert is_open(row["hours"], day) == (state_at(entry["hours"], at).kind == "open")


def is_open(rules, at):
    """Return whether rules of RFC 5545 hold at noon of a day."""
    midnight = at.replace(hour=0)
    for freq, byday, opens, closes in rules:
        told = f"FREQ={freq};BYDAY={byday}"
        rule = rrulestr(told, dtstart=datetime(2027, 2, 1), ignoretz=True)
        starts, ends = (int(clock[:2]) * 60 + int(clock[3:]) for clock in (opens, closes))
        is_at_noon = starts <= NOON and (ends > NOON or ends <= starts)
        if is_at_noon and rule.between(midnight, midnight, inc=True):
            return True
    return False


def test_holidays_are_those_of_the_next_year(told):
    # Thanksgiving, the day after it, which is one of the State of California, and Christmas.
    assert told["holidays"][:3] == ["2026-11-26", "2026-11-27", "2026-12-25"]
    assert "2027-11-25" in told["holidays"]


def test_odd_hours_of_one_place_do_not_take_the_papers_of_all_others(edition, told):
    """No file of a catalogue may hold them; what is shown stands behind the checks all the same."""
    odd = edition.places.copy()
    odd.loc[odd.index[0], "hours"] = "{{7*191}}"
    entries = json.loads(paper_data.of(Edition(2, odd), TODAY))["entries"]
    assert entries[0] == {**told["entries"][0], "hours": None}
    assert entries[1:] == told["entries"][1:]
