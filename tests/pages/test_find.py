"""Every page runs in both languages, and its list and its map are told the same."""

import base64
import json

import numpy as np
import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.testing.v1 import AppTest, element_tree

from geo import sphere
from geo.catalogue.keeper import keeper_of
from geo.catalogue.places import locate
from geo.settings import DATA, ROOT
from tests.browser import hostile
from tests.support import blocks

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("quick_pages")]
PATIENCE_S = 30
HEADINGS = {
    "find.py": ("Find help near you", "Ayuda cerca de usted"),
    "outreach.py": ("Plan an outreach round", "Planear un recorrido de visitas"),
    "about.py": ("About this list", "Acerca de esta lista"),
}


def box_state(box):
    """Return what a browser sends of a select box, also of what was typed: AppTest lacks that."""
    sent = None if box.value is None else box.format_func(box.value)
    return WidgetState(id=box.id, string_value=sent)


@pytest.fixture
def menu(monkeypatch):
    """Return a function that runs the first page in a language."""
    monkeypatch.setattr(element_tree.Selectbox, "_widget_state", property(box_state))

    def run(language="en"):
        app = AppTest.from_file(str(ROOT / "pages/menu.py"), default_timeout=PATIENCE_S)
        app.session_state["language"] = language
        return app.run()

    return run


@pytest.fixture
def entries():
    return keeper_of(DATA / "services.csv").current().entries


def drawn(app, name="cards"):
    """Return what a component of ours is told."""
    parts = [part.proto for part in app.get("bidi_component")]
    return next(json.loads(p.json) for p in parts if p.component_name == f"service_map_{name}")


def marked(app):
    """Return the numbers of the places that the map is told to show."""
    packed = np.frombuffer(base64.b64decode(drawn(app)["map"]["bits"]), dtype=np.uint8)
    return set(np.flatnonzero(np.unpackbits(packed)).tolist())


def ask(app, widget):
    """Let a widget's change draw the answer, then the whole page."""
    assert not widget.run().exception
    assert not app.run().exception
    return app


def choose_kind(app, label):
    pills = app.button_group(key="find_groups")
    return ask(app, pills.set_value([next(one for one in pills.options if label in one)]))


def texts(app):
    """Yield the kind and the bytes of every element on a page but the components of ours."""
    for part in (app.main, app.sidebar):
        for node in part:
            proto = getattr(node, "proto", None)
            if hasattr(proto, "SerializeToString") and node.type != "bidi_component":
                yield node.type, proto.SerializeToString()


@pytest.mark.parametrize("page", HEADINGS)
@pytest.mark.parametrize("language", ["en", "es"])
def test_a_page_runs_in_a_language(menu, page, language):
    app = menu(language).switch_page(page).run()
    assert not app.exception
    assert [title.value for title in app.title] == [HEADINGS[page][language == "es"]]
    assert drawn(app, "frame")["lang"] == language


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_place_has_a_page_with_everything_known_of_it(menu, entries, language):
    app = menu(language).switch_page("place.py")
    for entry in entries[::24]:
        app.query_params["id"] = entry["id"]
        assert not app.run().exception
        (row,) = drawn(app)["rows"]
        told = json.dumps(row, ensure_ascii=False)
        for column in ("id", "name", f"description_{language}", "phone", "website", "source_name"):
            assert json.dumps(entry[column], ensure_ascii=False)[1:-1] in told
        assert len(row["facts"]) == 7


def test_a_place_that_is_not_listed_says_so(menu):
    app = menu().switch_page("place.py")
    app.query_params["id"] = "zzzzzz"
    assert not app.run().exception
    assert [title.value for title in app.title] == ["This place is not on the list"]
    assert not [part for part in app.get("bidi_component") if "cards" in part.proto.component_name]


FILTERS = {
    "nothing": (lambda app: app, bool),
    "a kind": (
        lambda app: choose_kind(app, "Food and basics"),
        lambda entry: {"food", "basic_needs"} & set(entry["types"]),
    ),
    "where": (
        lambda app: ask(app, app.selectbox(key="find_where").select("san_joaquin")),
        lambda entry: "san_joaquin" in entry["serves"],
    ),
    "words": (
        lambda app: ask(app, app.text_input(key="find_words").input("abogado")),
        lambda entry: "legal" in json.dumps([*entry["types"], entry["description_en"]]).casefold(),
    ),
    "open now": (
        lambda app: ask(app, app.selectbox(key="find_when").select("now")),
        lambda entry: entry["hours"] != "",
    ),
    "free": (
        lambda app: ask(app, app.checkbox(key="find_free").check()),
        lambda entry: entry["fees"] == "free",
    ),
}


@pytest.mark.parametrize(("act", "fits"), FILTERS.values(), ids=FILTERS)
def test_list_map_and_count_agree(menu, entries, act, fits):
    app = act(menu())
    told, shown = drawn(app), marked(app)
    assert int(told["count"].split()[0]) == len(shown)
    assert len(told["rows"]) == min(20, len(shown))
    assert {row["i"] for row in told["rows"]} <= shown
    assert all(row["spot"] == f"{n} of {len(shown)}" for n, row in enumerate(told["rows"], 1))
    assert all(fits(entries[number]) for number in shown)
    assert all(entries[line["i"]]["is_line"] for line in told["lines"])


def test_the_base_map_is_told_the_same_whatever_is_asked(menu):
    app = menu()
    first = app.get("component_instance")[0].proto.json_args
    choose_kind(app, "Food and basics")
    ask(app, app.selectbox(key="find_where").select("city:Tracy"))
    ask(app, app.text_input(key="find_words").input("pantry"))
    assert app.get("component_instance")[0].proto.json_args == first
    app.session_state["language"] = "es"
    assert app.run().get("component_instance")[0].proto.json_args == first


def test_a_bad_catalogue_says_so_and_whom_to_call(menu, served):
    served.write_text("id,name\n1,A\n", encoding="utf-8")
    app = menu()
    assert not app.exception
    assert "cannot be shown right now" in app.warning[0].value
    assert "911" in app.get("html")[0].proto.body
    assert drawn(app)["rows"] == []


def test_a_bad_catalogue_never_replaces_a_good_one(menu, served):
    before = drawn(menu())["count"]
    served.write_text("id,name\n1,A\n", encoding="utf-8")
    app = menu()
    assert drawn(app)["count"] == before
    assert not app.warning


@pytest.mark.parametrize("language", ["en", "es"])
def test_no_text_of_a_record_reaches_what_streamlit_or_folium_draws(
    menu, served, monkeypatch, language
):
    places = locate(hostile.rows("http://127.0.0.1:1/"))
    monkeypatch.setattr("geo.catalogue.keeper.read_catalogue", lambda *_: (places, []))
    app = menu(language)
    assert len(drawn(app)["rows"]) == len(hostile.ATTACKS) + 1
    assert not any(b"191}" in told for _, told in texts(app))
    app.switch_page("place.py").query_params["id"] = places["id"][0]
    assert "{{7*191}}" in drawn(app.run())["rows"][0]["name"]
    assert not any(b"191}" in told for _, told in texts(app))


def test_what_the_about_page_tells_of_records_is_escaped(menu, served, monkeypatch):
    places = locate(hostile.rows("http://127.0.0.1:1/"))
    monkeypatch.setattr("geo.catalogue.keeper.read_catalogue", lambda *_: (places, []))
    app = menu().switch_page("about.py").run()
    told = b" ".join(told for _, told in texts(app))
    assert b"{{7*191}}" in told
    assert b"&lt;img src=x" in told
    assert b"<img src=x" not in told
    assert b"<script>window" not in told
    assert all(kind == "html" for kind, told in texts(app) if b"191}" in told)


@pytest.fixture
def homes(tmp_path, monkeypatch):
    """Import made-up streets; return addresses there."""
    monkeypatch.setenv("STREETS", str(tmp_path / "streets"))
    return blocks.lay(tmp_path / "streets")


def type_where(app, text):
    return ask(app, app.selectbox(key="find_where").set_value(text))


def test_an_address_may_be_typed_and_the_nearest_come_first(menu, entries, homes):
    home = next(home for home in homes if home.town == "Stockton" and home.city)
    app = type_where(menu(), f"{home.line}, Stockton")
    told = drawn(app)
    lat, lon, name = told["map"]["start"]
    assert home.distance_m(lat, lon) < 1
    assert f"Found: {name}, Stockton." in told["notes"][0]
    (south, west), (north, east) = told["map"]["view"]
    assert south < lat < north and west < lon < east
    shown = [entries[row["i"]] for row in told["rows"]]
    known = [entry for entry in shown if entry["lat"] == entry["lat"]]
    away = sphere.great_circle_m((lat, lon), [(one["lat"], one["lon"]) for one in known])
    sure = [metres for metres, one in zip(away, known, strict=True) if not one["radius_m"]]
    assert sure == sorted(sure)
    assert any(f"of {name}" in row["distance"] for row in told["rows"])
    hidden = [row for row in told["rows"] if entries[row["i"]]["location_policy"] != "public"]
    assert not any(row["distance"] for row in hidden)


@pytest.mark.parametrize(
    "text", ["zzqqxx", "<b>1</b> {{7*191}} ![x](http://x.example)", "x" * 5_000]
)
def test_whatever_is_typed_for_a_place_is_harmless(menu, text):
    everything = drawn(menu())
    app = type_where(menu(), text)
    told = drawn(app)
    assert told["count"] == everything["count"]
    assert told["notes"][0].startswith("We could not find that place.")
    assert told["map"]["start"] is None
    assert "1337" not in json.dumps(told)


@pytest.mark.parametrize(
    ("typed", "same"),
    [
        ("tracy", "city:Tracy"),
        ("95376", "zip:95376"),
        ("condado de imperial", "imperial"),
        ("Ambos condados", ""),
    ],
)
def test_a_choice_that_is_typed_is_that_choice(menu, typed, same):
    app = type_where(menu(), typed)
    chosen = ask(other := menu(), other.selectbox(key="find_where").select(same))
    assert drawn(app) == drawn(chosen)


def test_a_typed_address_survives_a_change_of_language_and_of_page(menu, homes):
    app = type_where(menu(), "150 E Main St, Lodi")
    before = marked(app), drawn(app)["map"]["start"]
    assert before[1]
    app.session_state["language"] = "es"
    assert not app.run().exception
    assert (marked(app), drawn(app)["map"]["start"]) == before
    app.switch_page("about.py").run()
    app.switch_page("find.py").run()
    assert (marked(app), drawn(app)["map"]["start"]) == before


def test_what_is_typed_for_a_place_is_in_no_address_log_or_file(menu, homes, tmp_path, caplog):
    caplog.set_level(0)
    files = {path: path.stat().st_mtime_ns for path in [*DATA.rglob("*"), *tmp_path.rglob("*")]}
    app = type_where(menu(), "150 E Main St, Lodi")
    assert drawn(app)["map"]["start"]
    assert "Main St" not in caplog.text
    assert app.query_params == {}
    now = {path: path.stat().st_mtime_ns for path in [*DATA.rglob("*"), *tmp_path.rglob("*")]}
    assert now == files
