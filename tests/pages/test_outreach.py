"""The Outreach page plans a round in three steps, and says in a sentence what it cannot do."""

import json
import re
from dataclasses import replace
from datetime import date, datetime, time

import pytest
from streamlit.testing.v1 import AppTest

from geo import clock, jobs
from geo.addresses import typed
from geo.catalogue.keeper import keeper_of
from geo.catalogue.places import locate
from geo.clock import TIMEZONE
from geo.i18n import words
from geo.jobs import JobError
from geo.jobs import start as start_job
from geo.rounds import planner, stops
from geo.rounds.plan import Question, Stop, Team
from geo.settings import DATA, ROOT
from geo.travel import engines
from pages.parts.outreach import search, steps
from tests.browser import hostile
from tests.support import handing_out, towns

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("quick_pages", "at_once")]
PATIENCE_S = 60
TUESDAY = date(2026, 11, 24)


@pytest.fixture
def page(monkeypatch):
    """Return a function that runs the page, on the Sunday before `TUESDAY`."""
    monkeypatch.setattr(search, "SECONDS", 2.0)
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 22, 12, tzinfo=TIMEZONE))

    def run(language="en"):
        app = AppTest.from_file(str(ROOT / "pages/menu.py"), default_timeout=PATIENCE_S)
        app.session_state["language"] = language
        return ran(app.run().switch_page("outreach.py").run())

    return run


@pytest.fixture
def entries():
    return keeper_of(DATA / "services.csv").current().entries


def ran(app):
    assert not app.exception
    return app


def drawn(app):
    """Return what the lists of stops are told."""
    parts = [part.proto for part in app.get("bidi_component")]
    (found,) = [json.loads(p.json) for p in parts if p.component_name == "service_map_stops"]
    return found


def rows(app, part=0):
    return [row for row in drawn(app)["parts"][part]["rows"] if not row["pause"]]


def texts(app):
    return [text.value for text in app.text]


def go(app, step):
    app.session_state[steps.KEY] = step
    return ran(app.run())


def in_tracy(app):
    ran(app.text_input(key="out_where").input("Tracy").run())
    return ran(app.button(key="out_add").click().run())


def asked(app, start="95376", **answers):
    """Answer the questions about the day and the teams.

    They are put into the session, as the page does that holds a round.
    """
    app.session_state["out_day"] = TUESDAY
    app.session_state["out_start"] = start
    for key, answer in answers.items():
        app.session_state[f"out_{key}"] = answer
    return go(app, steps.PLAN)


def planned(app):
    """Press the button, and wait until there is a plan or a sentence that says why not."""
    ran(app.button(key="out_go").click().run())
    if search.JOB in app.session_state:
        app.session_state[search.JOB].wait(PATIENCE_S)
        ran(app.run())
    return app


def type_in(app, name, point, key=""):
    app.selectbox(key="out_typed_for").select(key)
    app.text_input(key="out_typed_name").input(name)
    app.text_input(key="out_typed_point").input(point)
    button = next(button for button in app.button if button.label == "Add this place")
    return ran(button.click().run())


def test_a_filter_adds_all_that_can_be_stops(page, entries):
    app = in_tracy(page())
    wanted = [one for one in entries if one["city"] == "Tracy" and stops.can_be_one(one)]
    assert [row["key"] for row in rows(app)] == [one["id"] for one in wanted]
    assert [row["name"] for row in rows(app)] == [one["name"] for one in wanted]
    assert drawn(app)["said"] == f"{len(wanted)} stops chosen"


def test_a_kind_narrows_the_filter(page, entries):
    app = page()
    ran(app.button_group(key="out_kinds").set_value(["Food and basics"]).run())
    ran(app.button(key="out_add").click().run())
    of_kind = [one for one in entries if {"food", "basic_needs"} & set(one["types"])]
    assert {row["key"] for row in rows(app)} == {
        one["id"] for one in of_kind if stops.can_be_one(one)
    }


def test_one_place_is_added_by_its_name_once(page, entries):
    app, place = page(), next(one for one in entries if stops.can_be_one(one))
    for _ in range(2):
        ran(app.selectbox(key="out_one").select(place["id"]).run())
    assert [row["key"] for row in rows(app)] == [place["id"]]
    assert app.selectbox(key="out_one").value is None


def test_a_place_that_is_only_about_known_needs_a_place_to_meet(page, entries):
    app = page()
    about = next(
        one
        for one in entries
        if one["location_policy"] == "public" and one["radius_m"] and not one["is_line"]
    )
    ran(app.selectbox(key="out_one").select(about["id"]).run())
    assert rows(app) == []
    assert any("It is only about known where" in text for text in texts(app))
    app.session_state["out_chosen"] = {about["id"]: search.chosen.Choice(about["id"])}
    assert "It is only about known where" in rows(ran(app.run()))[0]["warnings"][0]
    type_in(app, "", "37.74, -121.43", about["id"])
    assert "only about known" not in str(rows(app)[0]["warnings"])
    planned(asked(app))
    plan = app.session_state[search.PLAN]
    assert [(stop.lat, stop.lon, stop.approximate) for stop in plan.stops] == [
        (37.74, -121.43, True)
    ]


def test_a_line_to_call_is_refused_with_the_reason_when_it_is_added(page, entries):
    app = page()
    box = app.selectbox(key="out_one")
    paused = next(
        (one for one in entries if one["status"] == "paused" and not one["is_line"]), None
    )
    if paused is None:
        pytest.skip("No entry is paused now.")
    ran(box.select(paused["id"]).run())
    assert rows(app) == []
    assert f"{paused['name']} is paused for now, so it is not a stop." in texts(app)


@pytest.mark.parametrize(
    ("typed_text", "city", "sentence"),
    [("Trcy", "Tracy", "We read “Trcy” as Tracy."), ("moon base", "", "We could not find that")],
)
def test_a_town_is_read_as_it_is_left_and_what_was_typed_stays(
    page, entries, typed_text, city, sentence
):
    app = page()
    ran(app.text_input(key="out_where").input(typed_text).run())
    assert app.text_input(key="out_where").value == typed_text
    wanted = [
        one for one in entries if stops.can_be_one(one) and one["city"] == (city or one["city"])
    ]
    assert app.button(key="out_add").label == f"Add all {len(wanted)} places that fit"
    assert any(text.startswith(sentence) for text in texts(app))


def test_a_round_starts_at_a_listed_place_by_its_name_or_its_street(page, entries):
    place = next(one for one in entries if one["is_exact"] and one["city"] == "Tracy")
    for typed_text in (f"{place['name']}, {place['city']}", f"{place['street']}, {place['city']}"):
        app = planned(asked(in_tracy(page()), start=typed_text.upper()))
        plan = app.session_state[search.PLAN]
        assert plan.teams[0].start == (place["lat"], place["lon"])
        assert plan.teams[0].start_name == typed_text.upper()


def test_a_start_that_is_no_place_is_told_at_once(page):
    app = go(page(), steps.TEAMS)
    ran(app.text_input(key="out_start").input("the moon").run())
    assert any("the moon is not known." in text for text in texts(app))


def test_a_skill_that_no_team_has_is_told_before_the_round_is_planned(page):
    app = in_tracy(page())
    held = app.session_state["out_chosen"]
    key = next(iter(held))
    held[key] = replace(held[key], needs=("nurse",))
    sentence = "1 stop needs a nurse, and no team has that: it would be left out."
    for step in (steps.TEAMS, steps.PLAN):
        assert sentence in texts(go(app, step))
    app.session_state["out_skills_0"] = ["nurse"]
    assert sentence not in texts(go(app, steps.TEAMS))


def test_a_place_of_ones_own_is_typed_in_and_a_bad_one_is_answered_with_a_sentence(page):
    app = page()
    type_in(app, "North park", "nowhere at all")
    assert any("nowhere at all is not known." in text for text in texts(app))
    assert rows(app) == []
    type_in(app, "", "Tracy")
    assert "Please say what to call the place." in texts(app)
    type_in(app, "North park", "37.751, -121.425")
    type_in(app, "South park", "95376")
    assert [row["name"] for row in rows(app)] == ["North park", "South park"]


def test_entries_that_need_a_visit_come_with_the_reason_and_questions(page, entries):
    app = page()
    ran(app.text_input(key="out_where").input("Stockton").run())
    ran(app.number_input(key="out_most").set_value(4).run())
    ran(app.button(key="out_check").click().run())
    assert len(rows(app)) == 4
    in_town = {one["id"] for one in entries if one["city"] == "Stockton"}
    assert {row["key"] for row in rows(app)} <= in_town
    assert all("No hours known." in " ".join(row["lines"]) for row in rows(app))
    assert app.session_state["out_questions"]


def test_a_round_is_planned_and_handed_out(page, entries):
    app = planned(asked(in_tracy(page()), teams=2))
    plan = app.session_state[search.PLAN]
    chosen = [one for one in entries if one["city"] == "Tracy" and stops.can_be_one(one)]
    visits = [visit for day in plan.rounds for visit in day.visits]
    assert len(visits) + len(plan.left_out) == len(chosen)
    assert plan.day == TUESDAY
    assert not app.query_params
    told = [row["name"] for part in range(2) for row in rows(app, part)]
    assert told == [visit.stop.name for visit in visits]
    assert drawn(app)["map"]["rounds"] == [
        {
            "name": day.team.called(words("en")),
            "points": [[round(lat, 5), round(lon, 5)] for lat, lon in way],
            "courses": [[]] * (len(way) - 1),
        }
        for day, way in zip(plan.rounds, ways(plan), strict=True)
    ]
    assert any(engines.HOW["crow"] in text for text in texts(app))
    assert handing_out.labels(app) == [
        "Sheets to print (PDF)",
        "Page for the phone, works without signal (HTML)",
        "Route for a GPS or app (GPX)",
        "Calendar (ICS)",
        "Table (CSV)",
        "Plan, to open here again (JSON)",
    ]


def test_over_imported_streets_the_lines_follow_them_and_say_so(page, tmp_path, monkeypatch):
    monkeypatch.setenv("STREETS", str(tmp_path / "streets"))
    towns.lay(tmp_path)
    app = page()
    type_in(app, "North park", "37.751, -121.425")
    type_in(app, "South park", "37.705, -121.455")
    planned(asked(app))
    plan, shown = app.session_state[search.PLAN], drawn(app)["map"]
    assert plan.engine == "streets"
    assert any(engines.HOW["streets"] in text for text in texts(app))
    (round_,) = shown["rounds"]
    assert all(len(leg) > 2 for leg in round_["courses"])
    assert [leg[0] for leg in round_["courses"]] == round_["points"][:-1]
    assert [leg[-1] for leg in round_["courses"]] == round_["points"][1:]
    assert shown["words"]["lines"] == "The lines follow the streets."

    type_in(go(app, steps.STOPS), "Far park", "32.79, -115.55")
    go(app, steps.PLAN)
    ran(app.button(key="out_bring").click().run())
    shown = drawn(app)["map"]
    assert [] in shown["rounds"][0]["courses"]
    assert shown["words"]["lines"].startswith("Solid lines follow the streets. Dashed lines")
    app.button_group(key="language").set_value("es").run()
    assert drawn(ran(app))["map"]["words"]["lines"].startswith("Las líneas continuas siguen")


def ways(plan):
    """Return where each team comes by, as the map has it: none for a team that stays."""
    return [
        [day.team.start, *((v.stop.lat, v.stop.lon) for v in day.visits), day.team.end]
        if day.visits
        else []
        for day in plan.rounds
    ]


def test_a_plan_that_is_older_than_what_is_asked_says_so_and_takes_the_new_stop_in(page):
    app = planned(asked(in_tracy(page())))
    before = len(app.session_state[search.PLAN].stops)
    assert not any("have changed since" in text for text in texts(app))
    type_in(go(app, steps.STOPS), "North park", "37.751, -121.425")
    go(app, steps.PLAN)
    assert any("have changed since" in text for text in texts(app))
    ran(app.button(key="out_bring").click().run())
    plan = app.session_state[search.PLAN]
    assert len(plan.stops) == before + 1
    assert "North park" in [visit.stop.name for day in plan.rounds for visit in day.visits]
    assert not any("have changed since" in text for text in texts(app))
    asked(app, minutes=45)
    assert any("have changed since" in text for text in texts(app))


def test_a_search_that_is_stopped_shows_its_best_so_far(page, monkeypatch):
    monkeypatch.setattr(jobs, "start", start_job)
    monkeypatch.setattr(search, "SECONDS", 60.0)
    app = page()
    ran(app.text_input(key="out_where").input("Stockton").run())
    ran(app.button(key="out_add").click().run())
    many = len(rows(app))
    ran(asked(app, to_0=time(23)).button(key="out_go").click().run())
    job = app.session_state[search.JOB]
    while job.told is None:
        assert job.wait(0.05) is None
    ran(app.run())
    assert any(re.match(rf"Best so far: \d+ of {many} stops, ", text) for text in texts(app))
    ran(app.button(key="out_stop").click().run())
    assert search.JOB not in app.session_state
    assert not job.running
    with pytest.raises(jobs.JobError, match="stopped before"):
        job.found()
    plan = app.session_state[search.PLAN]
    assert plan.status == "stopped"
    assert plan.rounds == job.told.rounds
    assert len(plan.rounds[0].visits) + len(plan.left_out) == many
    assert not [left for left in plan.left_out if left.kind == "not_yet"]
    assert any("You stopped the search." in text for text in texts(app))


@pytest.fixture
def silent_search(monkeypatch):
    """Have searches say nothing, each in a process of its own."""
    monkeypatch.setattr(jobs, "start", lambda *_: start_job("tests.support.outings:silent", 60))


def test_a_search_that_is_stopped_before_it_had_a_plan_says_so(page, silent_search):
    app = ran(asked(in_tracy(page())).button(key="out_go").click().run())
    job = app.session_state[search.JOB]
    assert job.running
    ran(app.button(key="out_stop").click().run())
    assert not job.running
    assert "The search was stopped before it had a plan." in texts(app)
    assert search.PLAN not in app.session_state


def test_a_search_whose_process_is_gone_says_so_and_can_be_started_again(page, silent_search):
    app = ran(asked(in_tracy(page())).button(key="out_go").click().run())
    app.session_state[search.JOB].cancel()
    assert "The search broke off. Please try again." in texts(ran(app.run()))
    assert app.button(key="out_go").label == "Plan the round"


class Job:
    """A search that goes on until it is stopped, or breaks off."""

    running, broken, seconds = True, False, 1.0

    def __init__(self, told=None):
        self.told = told

    def cancel(self):
        self.running = False

    def break_off(self):
        self.running, self.broken = False, True

    def wait(self, _seconds):
        raise JobError("gone")


def test_a_search_that_breaks_off_shows_its_best_and_says_what_to_do(page):
    app = asked(in_tracy(page()))
    best = planner.plan(
        Question(TUESDAY, *(found := app_asked(app)), planner.matrix(*found)), seconds=1
    )
    app.session_state[search.JOB] = job = Job(replace(best, status="so_far"))
    job.break_off()
    ran(app.run())
    assert search.JOB not in app.session_state
    assert any("The search broke off. This is the best plan it had." in text for text in texts(app))
    app.session_state[search.JOB] = job = Job()
    job.break_off()
    ran(app.run())
    assert "The search broke off. Please try again." in texts(app)


def test_a_new_stop_that_needs_the_nurse_goes_in_after_a_change_of_language(page):
    app = planned(asked(in_tracy(page()), skills_0=["nurse"]))
    app.button_group(key="language").set_value("es").run()
    go(ran(app), steps.STOPS)
    app.session_state["out_chosen"] |= {
        "typed-1": search.chosen.Choice("typed-1", "Parque", (37.751, -121.425), needs=("nurse",))
    }
    ran(app.run())
    say = words("es")
    assert say("needs {skill}", skill=say("a nurse")) in str(rows(app))
    go(app, steps.PLAN)
    ran(app.button(key="out_bring").click().run())
    plan = app.session_state[search.PLAN]
    assert "typed-1" in [visit.stop.key for visit in plan.rounds[0].visits]
    assert not [breach for visit in plan.rounds[0].visits for breach in visit.breaches]
    assert drawn(app)["parts"][0]["title"] == "Equipo 1"
    assert "enfermer" not in str(drawn(app))
    app.button_group(key="language").set_value("en").run()
    assert drawn(ran(app))["parts"][0]["title"] == "Team 1"


def app_asked(app):
    """Return the stops and teams of the search that is under way."""
    point = typed.point("95376", None)
    return (
        [Stop(f"s{n}", f"Stop {n}", point[0] + n / 100, point[1]) for n in range(8)],
        [Team("Team 1", point, point, (540, 1020))],
    )


TROUBLES = {
    "no stop": (lambda app: asked(app), "There is no stop."),
    "no start": (lambda app: asked(in_tracy(app), start=""), "Say where: "),
    "start far away": (
        lambda app: asked(in_tracy(app), start="34.05, -118.24"),
        "miles from Imperial and San Joaquin counties",
    ),
    "start not on the earth": (
        lambda app: asked(in_tracy(app), start="137.9, -121.3"),
        "degrees, -90 to 90",
    ),
    "a shift that ends before it starts": (
        lambda app: asked(in_tracy(app), from_0=time(17), to_0=time(9)),
        "hours long, through the night",
    ),
    "a shift shorter than a leg": (
        lambda app: asked(in_tracy(app), start="Lodi", from_0=time(9), to_0=time(9, 15)),
        "shift",
    ),
}


@pytest.mark.parametrize(("act", "sentence"), TROUBLES.values(), ids=TROUBLES)
def test_what_cannot_be_planned_gets_a_sentence(page, act, sentence):
    app = planned(act(page()))
    assert any(sentence in text for text in texts(app)), texts(app)
    assert search.PLAN not in app.session_state


def test_too_many_stops_get_a_sentence(page):
    app = page()
    for number in range(251):
        app.session_state["out_chosen"] |= {
            f"typed-{number}": search.chosen.Choice(
                f"typed-{number}", f"Park {number}", (37.7, -121.3)
            )
        }
    ran(app.run())
    assert "at most 250 stops" in drawn(app)["parts"][0]["warnings"][0]
    assert any("Found 251 stops." in text for text in texts(planned(asked(app))))


def test_a_change_of_language_keeps_everything(page):
    app = planned(asked(in_tracy(page()), pause=True))
    before = [row["name"] for row in rows(app)]
    app.button_group(key="language").set_value("es").run()
    ran(app)
    assert [row["name"] for row in rows(app)] == before
    assert app.session_state["out_start"] == "95376"
    assert app.session_state["out_pause"]


def test_no_text_of_a_record_is_drawn_as_markdown_or_markup(page, served, monkeypatch):
    """A select box lists names as plain text; all else of a record is drawn by our own script."""
    places = locate(hostile.rows("http://127.0.0.1:1/"))
    monkeypatch.setattr("geo.catalogue.keeper.read_catalogue", lambda *_: (places, []))
    app = page()
    ran(app.button(key="out_add").click().run())
    assert len(rows(app)) == len(hostile.ATTACKS) + 1
    planned(asked(app))
    with_text = set()
    for step in (steps.STOPS, steps.TEAMS, steps.PLAN):
        go(app, step)
        for part in (app.main, app.sidebar):
            for node in part:
                proto = getattr(node, "proto", None)
                if hasattr(proto, "SerializeToString") and b"191}" in proto.SerializeToString():
                    with_text.add(node.type)
    assert with_text <= {"selectbox", "bidi_component", "text"}


def test_a_night_round_says_the_next_day_and_is_planned(page):
    app = page()
    type_in(app, "North park", "37.751, -121.425")
    asked(app, from_0=time(22), to_0=time(2))
    go(app, steps.TEAMS)
    assert any("2:00" in text and "the next day" in text for text in texts(app))
    plan = planned(go(app, steps.PLAN)).session_state[search.PLAN]
    assert plan.teams[0].shift == (1320, 1560)
    assert plan.rounds[0].visits


def test_a_shift_of_sixteen_hours_through_the_night_is_planned_once_it_is_meant(page):
    app = asked(in_tracy(page()), from_0=time(17), to_0=time(9))
    go(app, steps.TEAMS)
    ran(app.checkbox(key="out_sure_0").check().run())
    plan = planned(go(app, steps.PLAN)).session_state[search.PLAN]
    assert plan.teams[0].shift == (1020, 1980)


def test_two_teams_share_the_stops_evenly_unless_another_way_is_chosen(page):
    app = planned(asked(in_tracy(page()), teams=2))
    even = app.session_state[search.PLAN]
    assert even.share == "even"
    assert all(one.visits for one in even.rounds)
    assert any("with the least time and driving" in text for text in texts(app))


def test_stops_of_a_table_are_added_and_a_bad_one_is_told(page):
    app = page()
    app.session_state["out_chosen"] = {
        f"typed-{n}": search.chosen.Choice(f"typed-{n}", f"Own {n}", (37.74, -121.43))
        for n in (1, 2)
    }
    ran(app.run())
    file = app.file_uploader(key="out_opened")
    ran(file.upload("stops.csv", b"name,lat,lon\nNorth park,37.751,-121.425\n").run())
    assert [row["name"] for row in rows(app)] == ["Own 1", "Own 2", "North park"]
    assert "1 stop was added." in texts(app)


def test_hours_learnt_by_phone_stand_on_the_list(page, entries):
    app = in_tracy(page())
    number, first = next(
        (number, row["key"])
        for number, row in enumerate(rows(app))
        if "Planned as if open" in str(row["warnings"])
    )
    held = app.session_state["out_chosen"]
    held[first] = replace(held[first], hours=(600, 660), between=(610, 640))
    told = " ".join(rows(ran(app.run()))[number]["lines"]).replace("\u202f", " ")
    assert "10:00 AM to 11:00 AM · Be there between 10:10 AM and 10:40 AM." in told
