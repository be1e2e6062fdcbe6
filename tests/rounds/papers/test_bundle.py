"""What a team takes along says what the plan says, and other programs read it."""

import csv
import io
import re
from dataclasses import replace
from datetime import datetime
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

import gpxpy
import pytest
from pypdf import PdfReader

from geo import i18n
from geo.catalogue import wording
from geo.rounds import itinerary
from geo.rounds.papers import bundle
from geo.rounds.papers.run_sheet import RunSheetError
from geo.travel import engines
from tests.support import briefings, paper

EN, ES = i18n.words("en"), i18n.words("es")
GPX = "{http://www.topografix.com/GPX/1/1}"
HOSTILE = (
    "=cmd|' /C calc'!A0, \"x\"; </name><script>&\r\nEND:VEVENT\r\nATTENDEE:mailto:x@example.org"
    "\x00\x1b\u202e{{7*191}} **__" + "W" * 600
)


def pages(pdf):
    return PdfReader(io.BytesIO(pdf), strict=True).pages


def read(page):
    return " ".join(page.extract_text().replace("\xa0", " ").split())


def sizes(page):
    """Return the sizes of all letters on a page, in points."""
    found = set()
    page.extract_text(
        visitor_text=lambda words, _, matrix, __, size: (
            found.add(round(size * matrix[3], 2)) if words.strip() else None
        )
    )
    return found


def heights(page):
    """Return how high above the lower edge of the page all letters stand, in points."""
    found = set()
    page.extract_text(
        visitor_text=lambda words, _, matrix, __, ___: (
            found.add(matrix[5]) if words.strip() else None
        )
    )
    return found


def events(ics):
    """Return the events of a calendar, read line by line as RFC 5545 tells, without a library."""
    lines = re.sub(r"\r\n[ \t]", "", ics.decode()).split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]
    found, current = [], None
    for line in lines:
        if line == "BEGIN:VEVENT":
            current = {}
        elif line == "END:VEVENT":
            found.append(current)
            current = None
        elif current is not None:
            name, _, value = line.partition(":")
            current[name] = value
    return found


def table(content):
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize(("stops", "teams"), [(1, 1), (12, 1), (30, 1), (7, 2)])
@pytest.mark.parametrize("verifying", [False, True], ids=["", "verifying"])
def test_the_sheet_has_every_stop_whole_on_one_page_of_its_team(stops, teams, verifying):
    briefing = briefings.make(stops, teams, verifying)
    told = [read(page) for page in pages(bundle.pdf(briefing, EN))]
    for number, round_ in enumerate(briefing.plan.rounds, 1):
        own = [page for page in told if f"Team {number} · Tuesday, November 24, 2026" in page]
        first = own[0].replace("\u202f", " ")
        assert all(f"8:50 AM {visit.stop.name}" in first for visit in round_.visits[:1])
        assert all(visit.stop.name in first for visit in round_.visits)
        assert all(words in first for words in ("Set out", "until 12:10 PM", "Back", "Crew"))
        own = own[1:]
        for visit in round_.visits:
            (page,) = [page for page in own if re.search(rf"{visit.stop.name}\b(?!:)", page)]
            stop = page.partition(visit.stop.name)[2].partition("Pantry")[0]
            assert "10 min, 4.2 miles from" in stop
            assert ("Hours not known: call first." in stop) == (visit.stop.windows is None)
            assert ("Who told you?" in stop) == verifying
        assert any("Way back: 12 min, 5.5 miles ·" in page for page in own)
        assert any(f"Pantry {stops * teams}: It closes too early." in page for page in own)


@pytest.mark.parametrize("say", [EN, ES], ids=["en", "es"])
def test_nothing_on_the_sheet_is_small_or_coloured(say):
    for page in pages(bundle.pdf(briefings.make(4, 2, verifying=True), say)):
        assert min(sizes(page)) >= 12
        drawn = page.get_contents().get_data().decode("latin-1")
        colours = re.findall(r"([\d.]+) ([\d.]+) ([\d.]+) (?:rg|RG)\b", drawn)
        assert {*colours} <= {("0", "0", "0")}
        assert not re.search(r"\b(?:k|K|sc|scn|SC|SCN)\n", drawn)
        assert (float(page.mediabox.width), float(page.mediabox.height)) == (612.0, 792.0)


def test_pages_are_counted_for_each_team_and_in_all():
    told = [read(page) for page in pages(bundle.pdf(briefings.make(9, 2), EN))]
    counts = [
        tuple(
            map(int, re.search(r"Page (\d+) of (\d+) of this team · (\d+) of (\d+)", one).groups())
        )
        for one in told
    ]
    assert [count[2:] for count in counts] == [(n, len(told)) for n in range(1, len(told) + 1)]
    for team in ("Team 1 ·", "Team 2 ·"):
        own = [count[:2] for count, one in zip(counts, told, strict=True) if team in one]
        assert own == [(n, len(own)) for n in range(1, len(own) + 1)]
        assert len(own) > 1


def test_the_sheet_says_how_sure_it_is_whom_to_call_and_of_when_it_is():
    _, first, *_ = map(read, pages(bundle.pdf(briefings.make(), EN)))
    assert "an estimate from straight lines, not from streets. It may take longer" in first
    assert "Write down no names of people." in first
    assert "Printed on November 22, 2026. Data of November 20, 2026." in first
    for what, number, _ in wording.DANGER:
        assert f"{what}: {number}" in first
    briefing = briefings.make()
    for engine, how in engines.HOW.items():
        ways = replace(briefing.plan.travel, engine=engine, notice=engines.SILENT)
        measured = replace(briefing, plan=replace(briefing.plan, travel=ways))
        assert f"{engines.SILENT} {how}" in read(pages(bundle.pdf(measured, EN))[1])


def test_a_stop_tells_how_to_get_in_and_what_nobody_knows():
    told = " ".join(map(read, [*pages(bundle.pdf(briefings.make(), EN))][1:]))
    stops = re.split(r"Pantry \d", told)
    for words in (
        "10 Example Street, Tracy 95376",
        "9:00 AM to 12:00 PM · 1:00 PM to 5:00 PM",
        "209-555-0142 · ask for the front desk",
        "Photo ID, Proof of address",
        "People who live in Tracy",
        "You can walk in · Some wheelchair access",
        "Open Closed Moved away Nobody there Not visited",
        "Arrive 8:50 AM Wait 10 min Begin 9:00 AM Leave 9:20 AM",
    ):
        assert words in (stops[0] + stops[1]).replace("\u202f", " "), words
    assert "Not known Phone, Papers to bring, Who may come, Entrance" in stops[3]
    assert "Break from 11:40 AM to 12:10 PM" in stops[3]


def test_the_break_stands_between_the_stops_it_is_between():
    round_ = briefings.make(8).plan.rounds[0]
    fourth = round_.visits[3]
    for at, stop in ((fourth.start - 1, 3), (fourth.leave, 4), (round_.leave_start, 0)):
        assert itinerary.before(replace(round_, break_at=at)) == stop
    assert itinerary.before(replace(round_, break_at=1200)) == 8


def test_the_sheet_is_the_same_each_time():
    assert bundle.pdf(briefings.make(), EN) == bundle.pdf(briefings.make(), EN)


def test_a_plan_without_a_stop_makes_no_sheet():
    briefing = briefings.make()
    empty = replace(briefing.plan.rounds[0], visits=())
    with pytest.raises(RunSheetError, match="no team with a stop"):
        bundle.pdf(replace(briefing, plan=replace(briefing.plan, rounds=(empty,))), EN)


def test_questions_are_about_what_is_not_known_and_never_who_a_person_is():
    full, _, bare = (
        briefings.make().entries.values() if False else [*briefings.make().entries.values()][:3]
    )
    told = [itinerary.questions(entry, EN) for entry in (full, bare)]
    assert "Which days and hours are you open? On holidays?" not in told[0]
    assert told[0][:1] == ["What does it cost?"]
    assert told[1][0] == "Which days and hours are you open? On holidays?"
    assert all("not a name" in asked[-1] for asked in told)
    assert max(map(len, told)) <= itinerary.MOST_QUESTIONS + 2


@pytest.mark.parametrize("say", [EN, ES], ids=["en", "es"])
def test_a_gpx_reader_finds_each_stop_and_the_route_in_order(say):
    briefing = briefings.make(5, 2)
    content = bundle.route(briefing, say)
    read = gpxpy.parse(content.decode())
    assert read.version == "1.1"
    visits = [visit for round_ in briefing.plan.rounds for visit in round_.visits]
    assert [(w.latitude, w.longitude) for w in read.waypoints] == [
        (visit.stop.lat, visit.stop.lon) for visit in visits
    ]
    assert [len(route.points) for route in read.routes] == [8, 8]
    told = [route.points[-2].description.replace("\u202f", " ") for route in read.routes]
    assert all("11:40" in one and "12:10" in one for one in told)
    for route, round_ in zip(read.routes, briefing.plan.rounds, strict=True):
        ends = [(p.latitude, p.longitude) for p in (route.points[0], route.points[-1])]
        assert ends == [briefings.STOCKTON, briefings.STOCKTON]
        assert [p.name.split(" ", 1) for p in route.points[1:-2]] == [
            [str(n), visit.stop.name] for n, visit in enumerate(round_.visits, 1)
        ]


def test_the_time_of_a_gpx_is_utc():
    """2026-11-22 17:30 in California is 1:30 of the next day in UTC."""
    told = ElementTree.fromstring(bundle.route(briefings.make(), EN)).find(f".//{GPX}time").text
    assert told == "2026-11-23T01:30:00Z"


@pytest.mark.parametrize("say", [EN, ES], ids=["en", "es"])
def test_a_typed_stop_ends_in_no_dangling_sign_and_has_six_digits(say):
    typed = {"key": "typed", "lat": 37.760000000000005, "lon": -121.40000000000001}
    briefing = briefings.with_stop(briefings.make(), **typed)
    point = gpxpy.parse(bundle.route(briefing, say).decode()).waypoints[0]
    assert point.description and not point.description.endswith(("·", " "))
    assert "·  ·" not in point.description
    calendar = bundle.calendar(briefing, say).decode()
    assert "GEO:37.76;-121.4" in calendar.splitlines()
    table = bundle.rows(briefing, say).decode("utf-8-sig")
    assert "37.76,-121.4," in table
    assert not re.search(r"\d\.\d{7}", calendar + table)


def test_the_gpx_has_the_form_of_gpx_1_1():
    """Which elements stand in which, in which order: as the schema at topografix.com tells."""
    root = ElementTree.fromstring(bundle.route(briefings.make(2, 2), EN))
    assert root.tag == f"{GPX}gpx"
    assert root.attrib["version"] == "1.1"
    assert root.attrib["creator"]
    parts = [part.tag.removeprefix(GPX) for part in root]
    assert parts == ["metadata", *["wpt"] * 4, *["rte"] * 2]
    allowed = {
        "wpt": ["name", "desc"],
        "rtept": ["name", "desc"],
        "rte": ["name", "number", "rtept"],
    }
    for kind, order in allowed.items():
        for part in root.iter(f"{GPX}{kind}"):
            inside = [child.tag.removeprefix(GPX) for child in part]
            assert [*dict.fromkeys(inside)] == [name for name in order if name in inside]
    for point in [*root.iter(f"{GPX}wpt"), *root.iter(f"{GPX}rtept")]:
        assert {*point.attrib} == {"lat", "lon"}
        assert -90 <= float(point.attrib["lat"]) <= 90
        assert -180 <= float(point.attrib["lon"]) < 180


def test_the_calendar_has_an_event_for_each_stop_at_its_time_in_california():
    briefing = briefings.make(4, 2)
    found = events(bundle.calendar(briefing, EN))
    visits = [(r, v) for r in briefing.plan.rounds for v in r.visits]
    assert len(found) == len(visits) + 6  # and to set out, the break, the way back, of each team
    ends = {event["SUMMARY"].partition(" · ")[2]: event for event in found}
    zone = "TZID=America/Los_Angeles"
    for name, begins, end in (("Set out", "0840", "0850"), ("Break", "1140", "1210")):
        assert ends[name][f"DTSTART;{zone}"] == f"20261124T{begins}00"
        assert ends[name][f"DTEND;{zone}"] == f"20261124T{end}00"
    assert ends["Way back"][f"DTEND;{zone}"] == "20261124T110200"
    stops = [event for event in found if "Pantry" in event["SUMMARY"]]
    for event, (round_, visit) in zip(stops, visits, strict=True):
        zone = "TZID=America/Los_Angeles"
        start = datetime.strptime(event[f"DTSTART;{zone}"], "%Y%m%dT%H%M%S")
        end = datetime.strptime(event[f"DTEND;{zone}"], "%Y%m%dT%H%M%S")
        assert start.date() == briefing.plan.day
        assert (start.hour * 60 + start.minute, end.hour * 60 + end.minute) == (
            visit.arrive,
            visit.leave,
        )
        assert visit.stop.name in event["SUMMARY"]
        assert round_.team.name in event["SUMMARY"]
        assert event["LOCATION"] == "10 Example Street\\, Tracy 95376"
    assert len({event["UID"] for event in found}) == len(found)
    written = bundle.calendar(briefing, EN).decode()
    assert written.count("BEGIN:VTIMEZONE") == 1
    assert "TZID:America/Los_Angeles" in written
    assert not re.search("ORGANIZER|ATTENDEE|mailto", written, re.IGNORECASE)
    assert all(len(line.encode()) <= 75 for line in written.split("\r\n"))


def test_a_stop_keeps_its_event_when_the_plan_changes_but_not_on_another_day():
    briefing = briefings.make(2, 2)
    turned = replace(briefing.plan, rounds=briefing.plan.rounds[::-1])
    later = replace(briefing.plan, day=briefing.plan.day.replace(day=25))
    uids = [
        {event["UID"] for event in events(bundle.calendar(replace(briefing, plan=plan), EN))}
        for plan in (briefing.plan, turned, later)
    ]
    assert uids[0] == uids[1]
    assert uids[0].isdisjoint(uids[2])


def test_a_visit_past_midnight_is_on_the_next_day_and_a_clock_change_moves_nothing():
    briefing = briefings.make(1)
    night = replace(briefing.plan.rounds[0].visits[0], arrive=1430, leave=1460)
    rounds = (replace(briefing.plan.rounds[0], visits=(night,), break_at=None),)
    plan = replace(briefing.plan, rounds=rounds, day=briefing.plan.day.replace(month=10, day=31))
    found = events(bundle.calendar(replace(briefing, plan=plan), EN))
    (event,) = [event for event in found if "Pantry" in event["SUMMARY"]]
    assert event["DTSTART;TZID=America/Los_Angeles"] == "20261031T235000"
    assert event["DTEND;TZID=America/Los_Angeles"] == "20261101T002000"
    zone = ZoneInfo("America/Los_Angeles")
    assert datetime(2026, 11, 1, 0, 20, tzinfo=zone).utcoffset().total_seconds() == -7 * 3600


@pytest.mark.parametrize("say", [EN, ES], ids=["en", "es"])
def test_the_table_has_a_row_a_stop_and_those_left_out_with_the_reason(say):
    briefing = briefings.make(3, 2)
    read = table(bundle.rows(briefing, say))
    columns = list(read[0])
    assert len(columns) == len(set(columns)) == 17
    cells = [list(row.values()) for row in read]
    others = [row for row in cells if row[0] and not row[1]]
    cells = [row for row in cells if row not in others]
    assert [row[2] for row in others] == [say("Start"), say("Break"), say("End")] * 2
    assert [row[4:7] for row in others[:3]] == [
        ["", "", "08:40"],
        ["11:40", "", "12:10"],
        ["10:32", "", ""],
    ]
    assert [row[:3] for row in cells[:3]] == [
        ["Team 1", str(n), f"Pantry {n - 1}"] for n in (1, 2, 3)
    ]
    assert cells[0][4:10] == ["08:50", "09:00", "09:20", "20", "10", "0"]
    assert cells[0][10:12] == ["10", "4.2"]
    assert [float(cell) for cell in cells[0][14:16]] == [37.7397, -121.4252]
    assert len(cells) == 7
    assert cells[6][2] == "Pantry 6"
    assert cells[6][16] == "It closes too early."


def test_links_lead_through_all_points_nine_at_a_time_and_name_nobody():
    (round_,) = briefings.make(20).plan.rounds
    links = bundle.links(round_)
    assert [(link.first, link.last) for link in links] == [(0, 9), (9, 18), (18, 21)]
    assert all("Pantry" not in link.address for link in links)
    assert bundle.links(replace(round_, visits=())) == []


@pytest.mark.parametrize("text", [HOSTILE, "\x00", "‮", "‏" * 50], ids=range(4))
@pytest.mark.parametrize("verifying", [False, True], ids=["", "verifying"])
def test_no_text_of_a_record_breaks_what_is_taken_along(text, verifying):
    columns = ("name", "street", "phone", "phone_note", "eligibility")
    briefing = briefings.make(2, 1, verifying, **dict.fromkeys(columns, text))
    for page in pages(bundle.pdf(briefing, EN)):
        assert min(heights(page)) > 25
        assert max(heights(page)) < 760
    gpx = bundle.route(briefing, EN)
    assert len(gpxpy.parse(gpx.decode()).waypoints) == 2
    assert not [part for part in ElementTree.fromstring(gpx).iter() if "script" in part.tag]
    assert [sorted(event) for event in events(bundle.calendar(briefing, EN))] == [
        sorted(event) for event in events(bundle.calendar(briefings.make(2), EN))
    ]
    read = table(bundle.rows(briefing, EN))
    assert len(read) == 6
    for row in read:
        for name, cell in row.items():
            assert name in ("Latitude", "Longitude") or not cell.startswith(tuple("=+-@\t\r"))


@pytest.mark.parametrize(
    ("windows", "told"),
    [
        (None, "Hours not known: call first."),
        ((), "Closed"),
        (((540, 720), (780, 1020)), "9:00 AM to 12:00 PM · 1:00 PM to 5:00 PM"),
        (((0, 2880),), "Open 24 hours"),
        (((1200, 1560),), "8:00 PM to 2:00 AM the next day"),
        (((540, 1440),), "9:00 AM to 12:00 AM"),
        (((480, 720), (1920, 2160)), "8:00 AM to 12:00 PM"),
    ],
)
def test_the_hours_told_are_those_of_that_day(windows, told):
    stop = replace(briefings.make().plan.stops[0], windows=windows)
    assert itinerary.open_that_day(stop, EN).replace("\u202f", " ") == told
    holiday = itinerary.open_that_day(replace(stop, holiday=True), EN)
    assert holiday.endswith("hours may differ.") == (windows is not None)


def test_a_word_too_long_for_the_page_is_broken_within_its_margins():
    texts = ("phone_note", "eligibility", "hours_note", "street", "city", "status_note")
    briefing = briefings.make(stops=3, **dict.fromkeys(texts, paper.LONG))
    briefing = briefings.with_stop(briefing, name=paper.LONG)
    ends = [end for page in pages(bundle.pdf(briefing, EN)) for end in paper.right_ends(page)]
    assert len(ends) > 10
    assert max(ends) <= (215.9 - 15) * 72 / 25.4 + 0.1


@pytest.mark.parametrize("before", [True, False])
def test_the_break_at_a_stop_adds_up_in_table_and_calendar(before):
    briefing = briefings.make(1)
    round_ = briefing.plan.rounds[0]
    times = {"arrive": 700, "start": 735, "leave": 755, "wait": 5}
    if not before:
        times = {"arrive": 680, "start": 680, "leave": 730, "wait": 0}
    visit = replace(round_.visits[0], **times)
    day = replace(round_, visits=(visit,), break_at=700)
    told = replace(briefing, plan=replace(briefing.plan, rounds=(day,)))
    (row,) = [row for row in table(bundle.rows(told, EN)) if row["Stop"]]
    spent = [int(row[f"Minutes {part}"]) for part in ("there", "to wait", "of break")]
    assert spent == [20, times["wait"], 30]
    assert sum(spent) == times["leave"] - times["arrive"]
    clocks = [
        (
            event["SUMMARY"].split(" · ")[1].split()[0],
            event["DTSTART;TZID=America/Los_Angeles"][9:13],
        )
        for event in events(bundle.calendar(told, EN))
    ]
    wanted = [("Break", "1140"), ("1", "1210")] if before else [("1", "1120"), ("Break", "1140")]
    assert clocks[1:3] == wanted
