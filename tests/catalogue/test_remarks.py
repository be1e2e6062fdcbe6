"""What may be wrong is told beside the faults, and what is well left alone gets no remark."""

import re
from datetime import date

import pandas as pd
import pytest

from geo.catalogue import csv_file, records, remarks, sources
from geo.catalogue.csv_file import Table
from geo.catalogue.issue import Issue
from geo.catalogue.rules.privacy import PLACE
from geo.settings import ROOT

FIXTURES = ROOT / "tests/fixtures"
TODAY = date(2026, 11, 22)
CLINIC = csv_file.read(FIXTURES / "valid_phones.csv").frame.iloc[0].to_dict() | {
    "phone_note": "",
    "phone_note_es": "",
}
LINE = csv_file.read(FIXTURES / "valid_phones.csv").frame.iloc[1].to_dict()
HOME = csv_file.read(FIXTURES / "valid_confidential.csv").frame.iloc[0].to_dict()
NO_SOURCES = Table(pd.DataFrame(columns=[*sources.COLUMNS], dtype=str), (), ())
ELSEWHERE = {"street": "7 Elm Road", "latitude": "32.7800", "longitude": "-115.5500"}


def find(*rows, lines=NO_SOURCES, faults=()):
    cells = [row | {"id": f"abcde{number}"} for number, row in enumerate(rows)]
    frame = pd.DataFrame(cells, columns=[*records.COLUMNS], dtype=str)
    table = Table(frame, tuple(range(2, len(rows) + 2)), ())
    return remarks.find(table, lines, faults, TODAY, ("services.csv", "sources.csv"))


def told(*rows):
    return [str(remark).removeprefix("services.csv:") for remark in find(*rows)]


def test_the_rows_to_start_from_have_no_remark():
    assert told(CLINIC, LINE, HOME) == []


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            {"phone": "209-555-0117"},
            "2 phone: found '209-555-0117', wanted a number of Imperial County: 442 or 760. "
            "Is it the desk of this place? If it is another, say so in phone_note.",
        ),
        (
            {"source_date": "2020"},
            "2 source_date: found '2020', wanted a source of the last five years. "
            "Ask there, or find a newer one.",
        ),
        (
            {"hours": "Mo-Fr 09:00-05:00"},
            "2 hours: found 'Mo-Fr 09:00-05:00', wanted hours that end on the same day, or a "
            "night. Look at character 1. It lasts 20 hours, into the next morning. If 5 in the "
            "afternoon is meant, write 09:00-17:00.",
        ),
        (
            {"hours": "Mo-Fr 09:00-12:00; Mo-Fr 13:00-17:00"},
            "2 hours: found 'Mo-Fr 09:00-12:00', wanted parts of which each holds on some day. "
            "Look at character 1. It never holds: the part at character 20 takes its place on all "
            "its days. If both hold, write their times as one part: 09:00-12:00,13:00-17:00. If "
            "not, take it out.",
        ),
        (
            {"hours": "Su 09:00-12:00"},
            "2 hours: found 'Su 09:00-12:00', wanted hours on weekdays. Look at character 1. "
            "It is open on Sundays only. Are the weekdays missing?",
        ),
        (
            {"hours": "Mo-Su 06:00-23:00"},
            "2 hours: found 'Mo-Su 06:00-23:00', wanted less than 16 hours a day, or 24/7. "
            "Look at character 1. It is open 17 hours a day. Is that so? The whole day is "
            "00:00-24:00.",
        ),
        (
            {"latitude": "32.8474", "longitude": "-115.5694"},
            "2 city: found 'El Centro', wanted the town that the point is in, or near El Centro. "
            "It is nearer to the middle of Imperial: is the city right?",
        ),
        (
            {"city": "Holtville", "zip": "92250", "latitude": "32.81", "longitude": "-115.2"},
            "2 latitude: found 32.81, -115.2, wanted a point in or near Holtville. "
            "It is 10 miles from the middle. Is it right?",
        ),
    ],
)
def test_a_doubt_says_where_what_why_and_how_to_mend_it(change, message):
    assert told(CLINIC | change) == [message]


@pytest.mark.parametrize(
    "change",
    [
        {"phone": "442-555-0117"},
        {"phone": "800-555-0117"},
        {"phone": "833-555-0117"},
        {"phone": "209-555-0117", "phone_note": "Main office", "phone_note_es": "Oficina"},
        {"phone": "209-555-0117", "service_types": "hotline; clinic"},
        {"phone": "211"},
        {"phone": ""},
        {"phone": "916-555-0117", "county": "statewide"},
        {"source_date": "2021-11-22"},
        {"source_date": "2021"},  # it may be of December
        {"source_date": ""},
        {"source_date": "2012", "verified_on": "2026-01-02", "verified_by_role": "nurse"},
        {"source_date": "2012", "status": "closed"},
        {"hours": "24/7"},
        {"hours": "Mo-Su 22:00-06:00"},
        {"hours": "Su 09:00-12:00", "service_types": "food"},
        {"hours": "Mo-Fr 08:00-17:00; Tu 10:00-12:00; PH off"},
        {"hours": "Nov-Mar 17:00-08:00"},
    ],
    ids=str,
)
def test_what_may_well_be_so_gets_no_remark(change):
    assert told(CLINIC | change) == []


SAME = "wanted a place that is not listed yet. services.csv:2 has such a name and this"


@pytest.mark.parametrize(
    ("copy", "shared"),
    [
        ({}, "point"),
        ({"name": "PALM HEALTH CLÍNIC", "street": "100 EXAMPLE ST."}, "point"),
        ({"latitude": "", "longitude": "", "street": "100 EXAMPLE ST."}, "address"),
        ({"latitude": "", "longitude": "", "street": ""}, "phone"),
        ({"latitude": "", "longitude": "", "street": "", "phone": ""}, "town"),
        ({"name": "The Palm Health Clinic"}, "point"),
        ({"name": "Palm Healthh Clinic"}, "point"),
        ({"latitude": "32.7925"}, "point"),
    ],
    ids=str,
)
def test_the_same_place_twice_is_told_with_both_lines(copy, shared):
    found = CLINIC | copy
    assert told(CLINIC, LINE, found) == [
        f"4 name: found {found['name']!r}, {SAME} {shared}: if they are one, keep one."
    ]


@pytest.mark.parametrize(
    "copy",
    [
        {"name": "Palm Dental Clinic"},  # another service of one organization at one address
        {"service_types": "food"},
        ELSEWHERE,
        ELSEWHERE | {"latitude": "", "longitude": ""},
        {"name": "Palm Health Clinic 2"},
        {"status": "closed"},
        {"city": "Brawley", "zip": "92227", "latitude": "", "longitude": "", "street": ""},
    ],
    ids=str,
)
def test_two_places_are_two(copy):
    assert told(CLINIC, LINE, CLINIC | copy) == []


def test_a_line_to_call_that_is_listed_twice_is_told():
    again = CLINIC | {"service_types": "hotline", "county": "both"} | dict.fromkeys(PLACE, "")
    assert told(again, CLINIC, again) == [
        f"4 name: found 'Palm Health Clinic', {SAME} phone: if they are one, keep one."
    ]


def test_saint_and_st_are_one_word():
    saint = CLINIC | {"name": "Saint Joseph’s Center"}
    assert len(told(saint, CLINIC | {"name": "St. Joseph's Centre"})) == 1


def test_a_row_with_a_fault_gets_no_remark():
    old = CLINIC | {"source_date": "2012", "phone": "1"}
    fault = Issue("services.csv:2", "phone", "1", "", "")
    assert find(old, faults=[fault]) == []


def test_the_source_of_a_single_fact_has_its_own_age():
    frame = pd.DataFrame(
        [
            ("abcde0", "hours", "A paper", "News", "2012", "medium"),
            ("abcde0", "phone", "A paper", "News", "2025", "medium"),
            ("abcde0", "latitude", "A list", "List", "2012", "medium"),  # a point does not age
            ("abcde9", "phone", "A paper", "News", "2012", "medium"),
        ],
        columns=[*sources.COLUMNS],
        dtype=str,
    )
    fault = Issue("sources.csv:9", "id", "an id", "", "")
    found = find(CLINIC, lines=Table(frame, (4, 7, 8, 9), ()), faults=[fault])
    assert [str(remark) for remark in found] == [
        "sources.csv:4 source_date: found '2012', wanted a source of the last five years. "
        "Ask there, or find a newer one."
    ]


def test_a_row_that_is_not_public_is_repeated_in_no_remark():
    canary = "Mo-Fr 09:00-05:07"
    odd = HOME | {"hours": canary, "phone": "916-555-0117", "source_date": "2012", "city": ""}
    found = find(odd, odd)
    assert {remark.rule for remark in found} >= {"odd_hours", "area_codes", "listed_twice"}
    said = " ".join(map(str, found))
    assert not re.search(r"916-555|05:07|17:07|2012", said)
    assert HOME["name"] not in said


def test_each_remark_carries_the_name_of_its_rule_in_the_order_of_rows():
    odd = CLINIC | {"phone": "209-555-0117", "source_date": "2012", "hours": "Su 09:00-12:00"}
    found = find(odd, LINE, odd)
    assert [(remark.where[-1], remark.rule) for remark in found] == [
        ("2", "area_codes"),
        ("2", "odd_hours"),
        ("2", "old_sources"),
        ("4", "listed_twice"),
        ("4", "area_codes"),
        ("4", "odd_hours"),
        ("4", "old_sources"),
    ]


def test_the_rules_take_made_up_rows_by_the_thousand():
    """Each row is only held against those that share its name, house or phone."""
    bare = CLINIC | {"latitude": "", "longitude": "", "location_precision": "zip"}
    many = [
        bare
        | {"name": f"Clinic {n}", "phone": f"760-555-{n:04}", "street": f"{n % 100} Oak Street"}
        for n in range(1000)
    ]
    assert told(*many) == []
