"""The planners' page says what the command says, and has a sentence for all it is asked."""

import csv
import io
import json
from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from geo import clock, jobs
from geo.__main__ import main
from geo.catalogue import records
from geo.catalogue.keeper import keeper_of
from geo.gaps import demand, export
from geo.gaps.answer import work_out
from geo.gaps.question import Question, next_usual
from geo.gaps.sites import candidates, site_search
from geo.settings import ROOT

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("quick_pages")]
PATIENCE_S = 30
TABS = {
    "en": ["Where", "Who", "How sure", "Where next", "What if?", "Method"],
    "es": ["Dónde", "Quién", "Qué tan seguro", "Dónde más", "¿Y si…?", "Método"],
}


@pytest.fixture
def page():
    """Return a function that opens the page in a language."""

    def run(language="en"):
        app = AppTest.from_file(str(ROOT / "pages/menu.py"), default_timeout=PATIENCE_S)
        app.session_state["language"] = language
        app = app.run().switch_page("gaps.py").run()
        assert not app.exception
        return app

    return run


def panels(app):
    """Return what every panel on the page is told."""
    parts = [part.proto for part in app.get("bidi_component")]
    return [json.loads(p.json) for p in parts if p.component_name == "service_map_panel"]


def one(app, part):
    """Return this part of the one panel that has it."""
    (found,) = [told for told in panels(app) if part in told]
    return found[part]


def headline(app):
    return one(app, "headline")


def text(app):
    return " ".join(element.value for element in app.text)


def choose(app, **answers):
    """Give answers to the questions; each draws the page anew."""
    for key, answer in answers.items():
        kind = "number_input" if key in ("limit", "k") else "selectbox"
        getattr(app, kind)(key=f"gaps_{key}").set_value(answer).run()
        assert not app.exception
    return app


def open_tab(app, name):
    app.session_state["gaps_tab"] = name
    app.run()
    assert not app.exception
    return app


def commanded(capsys, *arguments):
    """Return what the command says of a question, as JSON."""
    assert main(["gaps", *arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


QUESTIONS = {
    "as it opens": ({}, ["--type", "clinic", "--county", "san_joaquin", "--minutes", "30"]),
    "miles": (
        {"type": "food", "county": "imperial", "way": ("miles", "driving"), "limit": 7.5},
        ["--type", "food", "--county", "imperial", "--miles", "7.5"],
    ),
    "on foot, both counties": (
        {"type": "hospital", "county": "", "way": ("minutes", "walking"), "limit": 45.0},
        ["--type", "hospital", "--county", "both", "--minutes", "45", "--mode", "walking"],
    ),
    "slower": (
        {"type": "shelter", "limit": 10.0, "speed": 0.8},
        ["--type", "shelter", "--county", "san_joaquin", "--minutes", "10", "--speed", "0.8"],
    ),
}


@pytest.mark.parametrize(("answers", "arguments"), QUESTIONS.values(), ids=QUESTIONS)
def test_the_page_has_the_numbers_of_the_command(page, capsys, answers, arguments):
    told = commanded(capsys, *arguments)
    app = choose(page(), **answers)
    beyond = told["people"] - told["people_within"]
    assert f"{beyond:,} people, " in headline(app) or (beyond == 0 and "Everybody" in headline(app))
    shown = one(app, "map")["cells"]
    nearest = [area[told["question"]["measure"]][0] for area in told["areas"]]
    assert [far for far in shown["far"] if far is not None] == [round(far, 1) for far in nearest]
    app.segmented_control(key="gaps_level").set_value("area").run()
    rows = {row[0]: row for row in one(app, "table")["rows"]}
    assert len(rows) == len(told["areas"])
    for area in told["areas"]:
        numbers = [value for value, _ in rows[area["geoid"]][2:5]]
        assert numbers == [area["people"], area["minutes"][0], area["miles"][0]]


def test_the_page_at_an_hour_has_the_numbers_of_the_command(page, capsys):
    app = choose(page(), type="food", day=1)
    hour = next_usual(1, app.time_input(key="gaps_hour").value, clock.now().date())
    told = commanded(capsys, "--type", "food", "--county", "san_joaquin", "--at", hour.isoformat())
    assert headline(app).startswith(f"{told['people'] - told['people_within']:,} people")
    assert "known to be open on Tuesday at 10:00" in headline(app)
    unknown = [row for row in told["services"] if row["opening"] == "unknown"]
    assert f"For {len(unknown)} places the hours are not known" in one(app, "lines")[0]


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("number", range(6))
def test_every_part_is_drawn_in_both_languages(page, language, number):
    app = open_tab(choose(page(language), county="imperial", type="food"), TABS[language][number])
    assert [tab.label for tab in app.tabs] == TABS[language]
    assert panels(app)
    words = " ".join([text(app), json.dumps(panels(app), ensure_ascii=False)])
    assert ("personas" in words) == (language == "es")


def test_the_legend_counts_every_person_once(page):
    app = choose(page(), county="")
    people = [int(row["people"].split()[0].replace(",", "")) for row in one(app, "legend")["rows"]]
    assert sum(people) == 179_702 + 779_233


def test_the_map_shows_the_places_that_count_and_no_private_one(page):
    import base64

    import numpy as np

    entries = keeper_of(ROOT / "data" / "services.csv").current().entries
    app = choose(page(), type="shelter", county="")
    packed = np.frombuffer(base64.b64decode(one(app, "map")["bits"]), dtype=np.uint8)
    shown = [entries[number] for number in np.flatnonzero(np.unpackbits(packed))]
    assert shown
    assert all("shelter" in entry["types"] for entry in shown)
    assert all(entry["location_policy"] == "public" for entry in shown)


def leaves_few(served):
    """Return a type and a limit beyond which less than a thousandth of both counties lives."""
    places, people = keeper_of(served).current().places, demand.load()
    for kind in ("clinic", "food", "shelter", "legal_aid", "mental_health"):
        areas = work_out(places, people, Question(kind)).areas
        far = areas.sort_values("minutes_1", ascending=False).head(2)
        (last, before), few = far["minutes_1"], far["people"].iloc[0]
        if before < last and 0 < few < areas["people"].sum() / 1000:
            return kind, float(before + last) / 2
    raise AssertionError("No type leaves so few.")


def test_table_and_headline_write_a_number_alike(page, served):
    kind, limit = leaves_few(served)
    app = open_tab(choose(page(), type=kind, county="", limit=limit), "Who")
    assert "less than 0.1% of both counties" in headline(app)
    table = one(app, "table")
    share = [column["label"] for column in table["columns"]].index("Share")
    value, told = next(row for row in table["rows"] if row[0] == "Everybody")[share]
    assert 0 < value < 0.001
    assert told == "less than 0.1%"


BAD = {
    "a limit of 0": ({"limit": 0.0}, "wanted minutes or miles above 0"),
    "no place of the type": ({"county": "imperial", "type": "harm_reduction"}, "public place here"),
}


@pytest.mark.parametrize(("answers", "told"), BAD.values(), ids=BAD)
def test_what_cannot_be_answered_gets_a_sentence(page, answers, told):
    app = choose(page(), **answers)
    assert told in headline(app)
    assert one(app, "map")["cells"] is None
    choose(app, limit=30.0, type="clinic")
    assert one(app, "map")["cells"]


def test_sites_are_searched_apart_and_the_best_are_told(page):
    app = choose(page(), county="imperial", type="food", limit=20.0)
    open_tab(app, "Where next")
    choose(app, k=2)
    app.button(key="gaps_search_start").click().run()
    search = app.session_state["gaps_search"]
    best = search.job.wait(site_search.SECONDS + jobs.GRACE_SECONDS)
    app.run()
    rows = one(app, "table")["rows"]
    assert [row[2][0] for row in rows] == list(best.people_gained)
    names = [town.name for town in candidates.towns("imperial")]
    assert [row[1] for row in rows] == [names[n] for n in best.chosen]
    assert len(one(app, "map")["sites"]) == len(rows)
    choose(app, limit=25.0)
    assert one(app, "map")["sites"] == []


def test_a_search_that_is_stopped_before_it_had_an_answer_says_so(page, monkeypatch):
    start = jobs.start
    monkeypatch.setattr(jobs, "start", lambda *_: start("tests.support.outings:silent", 60))
    app = open_tab(choose(page(), county="imperial", type="food", limit=20.0), "Where next")
    app.button(key="gaps_search_start").click().run()
    job = app.session_state["gaps_search"].job
    assert job.running
    assert app.run().button(key="gaps_search_start").disabled
    (stop,) = [one for one in app.button if one.label == "Stop, and keep the best so far"]
    stop.click().run()
    assert not job.running
    assert "The search was stopped before it had an answer. Start it again." in text(app.run())
    assert one(app, "map")["sites"] == []


class Job:
    """A search that has ended without an answer of its own."""

    running, seconds = False, 1.0

    def __init__(self, told, broken):
        self.told, self.broken = told, broken

    def found(self):
        raise jobs.JobError("gone")

    def cancel(self):
        pass


ENDED = {
    "broke off": (True, "The search broke off. ", "The search broke off before it had an answer."),
    "stopped": (False, "You stopped the search. ", "The search was stopped before it had an"),
}


@pytest.mark.parametrize(("broken", "with_best", "without"), ENDED.values(), ids=ENDED)
def test_a_search_that_ended_without_an_answer_says_so_and_never_that_it_goes_on(
    page, broken, with_best, without
):
    app = open_tab(choose(page(), county="imperial", type="food", limit=20.0), "Where next")
    app.button(key="gaps_search_start").click().run()
    search = app.session_state["gaps_search"]
    best = replace(search.job.wait(60), status="quick", gap=0.1)
    for told, sentence in ((best, with_best), (None, without)):
        app.session_state["gaps_search"] = replace(search, job=Job(told, broken))
        app.run()
        assert not app.exception
        words = " ".join([text(app), json.dumps(panels(app))])
        assert sentence in words
        assert "being worked out" not in words


def test_more_sites_than_candidates_gets_a_sentence(page):
    app = open_tab(choose(page(), county="imperial", type="food", limit=20.0), "Where next")
    choose(app, set="spots")
    app.button(key="gaps_search_start").click().run()
    assert "no candidate site" in text(app)
    app.session_state["gaps_spots"] = [(33.0, -115.5)]
    app.run()
    app.button(key="gaps_search_start").click().run()
    assert "fewer candidate sites (1) than sites to choose (3)" in text(app)


def test_what_if_a_place_closes(page):
    app = open_tab(choose(page(), county="imperial", type="food", limit=20.0), "What if?")
    choose(app, change="close")
    (told,) = [panel for panel in panels(app) if "Coming within" in str(panel.get("lines"))]
    everybody = told["table"]["rows"][0]
    before, after, _, lost = (value for value, _ in everybody[1:5])
    assert before - after == lost
    choose(app, change="hours")
    app.text_input(key="gaps_new_hours").set_value("24/7").run()
    assert "Choose a day and time first" in text(app)


def test_what_is_taken_away_has_the_same_numbers(page, capsys):

    app = choose(page(), county="imperial", type="food", limit=20.0)
    told = commanded(capsys, "--type", "food", "--county", "imperial", "--minutes", "20")
    question = Question("food", "imperial", threshold=20)
    entries = keeper_of(ROOT / "data" / "services.csv").current()
    found = work_out(entries.places, demand.load(), question)
    rows = list(csv.DictReader(io.StringIO(export.as_csv(found))))
    assert [int(row["people"]) for row in rows] == [area["people"] for area in told["areas"]]
    features = json.loads(export.as_geojson(found))["features"]
    assert [f["properties"]["geoid"] for f in features] == [row["geoid"] for row in rows]
    assert {f["geometry"]["type"] for f in features} <= {"Polygon", "MultiPolygon"}
    assert [button.proto.label for button in app.get("download_button")] == [
        "Memo of one page (PDF)",
        "Table (CSV)",
        "Map (GeoJSON)",
    ]


def test_every_type_but_lines_can_be_asked_about(page):
    app = page()
    kinds = [kind for kind in records.TYPES if kind != "hotline"]
    assert app.selectbox(key="gaps_type").options == [records.TYPES[kind] for kind in kinds]


def test_answers_stay_when_another_page_was_seen_and_the_language_changed(page):
    app = choose(page(), county="imperial", type="food", limit=25.0)
    before = one(app, "map")["cells"]
    app.switch_page("about.py").run()
    app.switch_page("gaps.py").run()
    assert one(app, "map")["cells"] == before
    app.button_group(key="language").set_value("es").run()
    assert app.selectbox(key="gaps_type").value == "food"
    assert "25 minutos en auto" in headline(app)
