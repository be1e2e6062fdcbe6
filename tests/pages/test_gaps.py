"""The planners' page says what the command says, and has a sentence for all it is asked."""

import csv
import io
import json
from dataclasses import replace

import pytest
from pypdf import PdfReader
from streamlit.testing.v1 import AppTest

from geo import clock, i18n, jobs
from geo.__main__ import main
from geo.catalogue import records
from geo.catalogue.keeper import keeper_of
from geo.gaps import demand, export, own_data, question_file, sentences
from geo.gaps.answer import work_out
from geo.gaps.own_data import Own
from geo.gaps.question import Question, next_usual
from geo.gaps.sites import candidates, site_search
from geo.settings import ROOT
from pages.parts import handed_out, server
from tests.gaps.test_answer import TUESDAY
from tests.support import handing_out

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("quick_pages")]
PATIENCE_S = 30
TABS = {
    "en": ["Where", "Who", "How sure", "Where next", "What if?", "Compare", "Method"],
    "es": ["Dónde", "Quién", "Qué tan seguro", "Dónde más", "¿Y si…?", "Comparar", "Método"],
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


def assert_headline(app, told):
    """Hold the headline against both ends of what the command tells."""
    low, high = (told["people"] - told[end]["people_within"] for end in ("best", "worst"))
    if told["range"]:
        assert headline(app).startswith(f"Between {low:,} and {high:,} people, ")
    else:
        assert headline(app).startswith(f"{high:,} people, " if high else "Everybody in ")


@pytest.mark.parametrize(("answers", "arguments"), QUESTIONS.values(), ids=QUESTIONS)
def test_the_page_has_the_numbers_of_the_command(page, capsys, answers, arguments):
    told = commanded(capsys, *arguments)
    app = choose(page(), **answers)
    assert_headline(app, told)
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
    app = choose(page(), type="food", day=1, limit=10.0)
    hour = next_usual(1, app.time_input(key="gaps_hour").value, clock.now().date())
    told = commanded(
        capsys,
        "--type",
        "food",
        "--county",
        "san_joaquin",
        "--minutes",
        "10",
        "--at",
        hour.isoformat(),
    )
    assert told["range"]
    assert_headline(app, told)
    assert "open on Tuesday at 10:00" in headline(app)
    unknown = [row for row in told["services"] if row["opening"] == "unknown"]
    assert len(unknown) == told["hours_unknown"] > 0
    (line,) = [line for line in one(app, "lines") if line.startswith("Hours not known: ")]
    assert line == f"Hours not known: {len(unknown)} of {len(told['services'])} places."


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("number", range(7))
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
    table = next(told["table"] for told in panels(app) if "table" in told)
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
    rows = list(csv.DictReader(io.StringIO(export.as_csv(found).decode("utf-8-sig"))))
    assert [int(row["people"]) for row in rows] == [area["people"] for area in told["areas"]]
    features = json.loads(export.as_geojson(found))["features"]
    numbers = [f"1500000US{feature['properties']['geoid']}" for feature in features]
    assert numbers == [row["geo_id"] for row in rows]
    assert {f["geometry"]["type"] for f in features} <= {"Polygon", "MultiPolygon"}
    assert handing_out.labels(app) == [
        "Memo of one page (PDF)",
        "Table (CSV)",
        "Map (GeoJSON)",
        "Map (GeoPackage)",
        "All services (PDF)",
        "All services (XLSX)",
        "This question (JSON)",
    ]


def test_a_saved_question_is_opened_again(page):
    saved = Question("food", "imperial", "miles", 7.5, hour=TUESDAY, trust=frozenset({"placed"}))
    app = page()
    upload(app, question_file.write([saved]))
    assert app.selectbox(key="gaps_type").value == "food"
    assert app.number_input(key="gaps_limit").value == 7.5
    assert "7.5 miles" in headline(app) and "on Tuesday at 10:00" in headline(app)
    assert "among the entries chosen" in headline(app)
    upload(app, b"not a question")
    assert "This file cannot be read as a file of questions" in text(app)
    assert app.selectbox(key="gaps_type").value == "food"
    upload(app, question_file.write([replace(saved, speed=0.5)]))
    assert "can be answered by the command" in text(app)


def test_sites_are_sought_among_own_points_and_for_a_group(page):
    app = open_tab(choose(page(), county="imperial", type="food", limit=20.0), "Where next")
    choose(app, set="spots", k=1, **{"for": "poverty"})
    file = app.file_uploader(key="gaps_own_file")
    file.upload("own.csv", b"name,lat,lon\nSalton,33.3,-115.95\nGlamis,33.0,-115.07\n", "text/csv")
    app.run()
    assert "Salton, Glamis" in text(app)
    app.button(key="gaps_search_start").click().run()
    search = app.session_state["gaps_search"]
    best = search.job.wait(site_search.SECONDS + jobs.GRACE_SECONDS)
    app.run()
    (row,) = one(app, "table")["rows"]
    assert row[1] == "Salton"
    poor = work_out(
        keeper_of(ROOT / "data" / "services.csv").current().places,
        demand.load(),
        Question("food", "imperial", threshold=20),
    ).areas["poverty"]
    assert 0 < best.people_gained[0] < poor.sum()
    assert any("Counted are only: People below the poverty line" in str(p) for p in panels(app))
    app.file_uploader(key="gaps_own_file").upload("x.csv", b"lat,lon\n1,2\n", "text/csv")
    app.run()
    assert "Point 1: wanted degrees" in text(app)


OWN_SITES = b"name,lat,lon,capacity\nSalton,33.3,-115.95,40\nYuma,32.69,-114.62,\n"


def bring(app, name, content):
    app.file_uploader(key=f"gaps_own_read_{name}").upload(f"{name}.csv", content, "text/csv")
    app.run()
    assert not app.exception
    return app


@pytest.mark.parametrize("language", ["en", "es"])
def test_own_places_and_people_are_counted_in_the_session_alone(page, language):
    app = choose(page(language), county="imperial", type="food", limit=20.0)
    before = headline(app)
    shared = dict(server._answers)
    bring(app, "sites", OWN_SITES)
    places, people = keeper_of(ROOT / "data" / "services.csv").current().places, demand.load()
    question = Question("food", "imperial", threshold=20)
    own = Own(**own_data.sites(OWN_SITES))
    expected = work_out(places, people, question, own=own)
    say = i18n.words(language)
    assert headline(app) == sentences.headline(expected, say) != before
    assert one(app, "map")["own"] == [[33.3, -115.95], [32.69, -114.62]]
    rows = one(app, "table")["rows"]
    assert len(rows[0]) == len(one(app, "table")["columns"]) == 7
    app.checkbox(key="gaps_own_only").check().run()
    alone = work_out(places, people, question, own=replace(own, only=True))
    assert headline(app) == sentences.headline(alone, say)
    for number in range(7):
        open_tab(app, TABS[language][number])
    assert not any(found.own for found in server._answers.values())
    assert dict(server._answers).keys() >= shared.keys()
    labels = handing_out.labels(app)
    assert len(labels) == 5 and not any("XLSX" in label for label in labels)
    bring(app, "people", b"lat,lon\n1,2\n")
    assert {"en": "Point 1: wanted degrees", "es": "Punto 1: se esperaban"}[language] in text(app)
    assert headline(app) == sentences.headline(alone, say)


def test_districts_of_a_planner_are_a_table(page):
    app = choose(page(), county="imperial", type="food", limit=20.0)
    assert "Your districts" not in app.segmented_control(key="gaps_level").options
    ring = [[-116, 32.7], [-115.5, 32.7], [-115.5, 33.4], [-116, 33.4], [-116, 32.7]]
    shape = {"type": "Polygon", "coordinates": [ring]}
    told = {"features": [{"geometry": shape, "properties": {"name": "West"}}]}
    bring(app, "districts", json.dumps(told).encode())
    app.segmented_control(key="gaps_level").set_value("district").run()
    rows = {row[0]: row[1][0] for row in one(app, "table")["rows"]}
    assert set(rows) == {"West", "Outside your districts"}
    assert sum(rows.values()) == 179_702


def test_by_car_and_on_foot_stand_side_by_side(page):
    app = open_tab(choose(page(), county="imperial", type="hospital", limit=45.0), "Who")
    tables = [panel["table"] for panel in panels(app) if "table" in panel]
    (table,) = [one for one in tables if one["caption"] == "By car and on foot"]
    places, people = keeper_of(ROOT / "data" / "services.csv").current().places, demand.load()
    for column, mode in enumerate(("driving", "walking"), 1):
        found = work_out(places, people, Question("hospital", "imperial", threshold=45, mode=mode))
        assert table["rows"][0][column][0] == found.worst.people_beyond
    open_tab(choose(app, way=("miles", "driving")), "Who")
    assert "By car and on foot" not in json.dumps(panels(app))


def test_what_if_stands_on_the_memo(page, monkeypatch):
    offered = []
    monkeypatch.setattr(handed_out, "show", lambda files, _: offered.append(files))
    app = open_tab(choose(page(), county="imperial", type="food", limit=20.0), "What if?")
    choose(app, change="add", where="Salton City")
    (gained,) = [p for p in panels(app) if "Coming within" in str(p.get("lines"))]
    made = PdfReader(io.BytesIO(offered[-1][0].make()))
    told = " ".join(made.pages[0].extract_text().split())
    assert len(made.pages) == 1
    assert f"What if? A new place opens: Salton City {gained['lines'][0]}" in told
    open_tab(app, "Where")
    assert "What if?" not in PdfReader(io.BytesIO(offered[-1][0].make())).pages[0].extract_text()


def test_comparing_speaks_spanish_too(page):
    app = open_tab(choose(page("es"), county="imperial", type="hospital", limit=30.0), "Comparar")
    app.button(key="gaps_compare").click().run()
    choose(app, speed=0.8)
    (told,) = [panel for panel in panels(app) if "Primera pregunta" in str(panel.get("lines"))]
    assert "30 minutos en auto, un hospital" in told["lines"][0]
    assert "0.8" in told["lines"][1]
    heads = [column["label"] for column in told["table"]["columns"]]
    assert heads == [
        "Quién",
        "Personas",
        "Más allá del límite al principio",
        "Más allá del límite ahora",
        "Diferencia",
    ]
    assert told["table"]["rows"][0][0] == "Todas las personas"
    legend = {row["label"] for row in one(app, "legend")["rows"]}
    assert "queda fuera del límite" in legend


def test_two_questions_are_set_side_by_side_by_group_and_on_the_map(page):
    app = open_tab(choose(page(), county="imperial", type="hospital", limit=30.0), "Compare")
    assert "First question" not in text(app)
    app.button(key="gaps_compare").click().run()
    choose(app, speed=0.8)
    usual, slow = (
        work_out(
            keeper_of(ROOT / "data" / "services.csv").current().places,
            demand.load(),
            Question("hospital", "imperial", threshold=30, speed=speed),
        )
        for speed in (1.0, 0.8)
    )
    table = one(app, "table")
    assert table["rows"][0][2:4] == [
        [end.people_beyond, f"{end.people_beyond:,.0f}"] for end in (usual.worst, slow.worst)
    ]
    lost = slow.worst.people_beyond - usual.worst.people_beyond
    assert table["rows"][0][4][0] == lost > 0
    rows = {row["label"]: row["people"] for row in one(app, "legend")["rows"]}
    assert rows["falls out of the limit"] == f"{lost:,.0f} people"
    choose(app, county="san_joaquin")
    assert "ask both about the same county" in text(app)
    open_tab(app, "Where")
    assert "up to 5 minutes" in json.dumps(one(app, "legend"))


def upload(app, content):
    app.file_uploader(key="gaps_opened").upload("question.json", content, "application/json")
    app.run()
    assert not app.exception


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
