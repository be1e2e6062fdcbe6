"""Every page runs in both languages; Find is given addresses, and no question comes back."""

import json

import pytest
from streamlit.testing.v1 import AppTest

from geo.catalogue.keeper import keeper_of
from geo.catalogue.places import locate
from geo.settings import DATA, ROOT
from geo.web import find_files
from tests.browser import hostile

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("quick_pages")]
PATIENCE_S = 30
HEADINGS = {
    "outreach.py": ("Plan an outreach round", "Planear un recorrido de visitas"),
    "about.py": ("About this list", "Acerca de esta lista"),
}


@pytest.fixture
def menu():
    """Return a function that runs the first page in a language."""

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


@pytest.mark.parametrize("language", ["en", "es"])
def test_find_is_given_addresses_of_files_that_answer_and_no_place(menu, language):
    app = menu(language)
    assert not app.exception
    told = drawn(app, "find")
    files = told["files"]
    paths = [*files.pop("details"), *files.values()]
    spoken = [path for path in paths if f"-{language}" in path]
    assert len(spoken) == 3  # what the page says, the cards, the details
    for path in paths:
        root, mark, name = path.removeprefix("/").split("/")
        body = find_files.find(mark, name.removesuffix(".json")).body
        assert root == "find"
        assert json.loads(body)
    assert told["spot"] is None
    assert told["streets"] is False


def test_no_widget_of_the_server_asks_on_find(menu):
    app = menu()
    asking = (app.text_input, app.selectbox, app.checkbox, app.button, app.multiselect)
    assert [list(kind) for kind in asking] == [[]] * len(asking)
    assert [group.key for group in app.button_group] == ["language"]


def test_the_base_map_is_told_the_same_in_every_language(menu):
    first, other = (menu(one).get("component_instance")[0].proto.json_args for one in ("en", "es"))
    assert first == other


def test_a_bad_catalogue_says_so_and_whom_to_call(menu, served):
    served.write_text("id,name\n1,A\n", encoding="utf-8")
    app = menu()
    assert not app.exception
    assert "cannot be shown right now" in app.warning[0].value
    assert drawn(app, "frame")["danger"][0]["number"] == "911"
    assert drawn(app, "find")["sorry"].endswith("Please call 211.")


def test_a_bad_catalogue_never_replaces_a_good_one(menu, served):
    before = drawn(menu(), "find")["files"]
    served.write_text("id,name\n1,A\n", encoding="utf-8")
    app = menu()
    assert drawn(app, "find")["files"] == before
    assert not app.warning


@pytest.mark.parametrize("language", ["en", "es"])
def test_no_text_of_a_record_reaches_what_streamlit_or_folium_draws(
    menu, served, monkeypatch, language
):
    places = locate(hostile.rows("http://127.0.0.1:1/"))
    monkeypatch.setattr("geo.catalogue.keeper.read_catalogue", lambda *_: (places, []))
    app = menu(language)
    assert "191}" not in json.dumps(drawn(app, "find"))
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
