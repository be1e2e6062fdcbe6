"""Imports go one way, and the text of a record meets nothing that takes it for markup."""

import ast
import re
import subprocess
import sys

import pytest

import geo
from geo.settings import ROOT

ORDER = [
    "errors",
    "settings",
    "i18n",
    "named",
    "records",
    "hours",
    "timetable",
    "disclosure",
    "checks",
    "formats.csv",
    "formats.download",
    "formats.tiger",
    "formats.parquet",
    "streets",
    "tiles",
    "areas",
    "catalogue",
    "engines.network",
    "engines.servers",
    "engines.osrm",
    "engines.valhalla",
    "travel",
    "addresses",
    "geocoders.wrappers",
    "geocoders.streets",
    "geocoders.census",
    "geocoders.nominatim",
    "geocoders.gazetteer",
    "geocoding",
    "spots",
    "rounds",
    "demand",
    "measures",
    "standards",
    "gaps",
    "what_if",
    "apart",
    "engines.quick",
    "engines.sites",
    "placing",
    "siting",
    "candidates",
    "trials",
    "limits",
    "breaches",
    "timing",
    "engines.rounds",
    "problem",
    "finish",
    "slack",
    "reasons",
    "inspection",
    "routes",
    "by_hand",
    "stops",
    "due",
    "figures",
    "shading",
    "letters",
    "pdf",
    "sketch",
    "formats.memo",
    "formats.run_sheet",
    "formats.gpx",
    "formats.ical",
    "formats.table",
    "formats.map_links",
    "vocabulary",
    "texts",
    "search",
    "maps",
    "lists",
    "findings",
    "charts",
    "briefs",
    "itinerary",
    "papers",
    "web.assets",
    "web.plain",
    "web.about",
    "web.routes",
    "web.shell",
    "commands.check",
    "commands.gaps",
    "commands.streets",
    "commands.geocode",
    "commands.route",
    "__main__",
]
LIBRARY = {
    ".".join(path.relative_to(ROOT / "geo").with_suffix("").parts): path
    for path in sorted((ROOT / "geo").rglob("*.py"))
    if path.stem != "__init__"
}
PACKAGES = sorted((ROOT / "geo").rglob("__init__.py"))
PAGES = [ROOT / "app.py", *sorted((ROOT / "pages").rglob("*.py"))]
MARKDOWN = {"markdown", "write", "write_stream", "echo", "latex", "metric", "chat_message", "table"}
HEADLINES = {"title", "header", "subheader", "caption", "info", "warning", "error", "success"}
SINKS = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function")


def tree(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(path):
    """Yield the dotted name of everything that a file imports, also inside functions."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}: write imports in full"
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def roots(path):
    return {name.partition(".")[0] for name in imported(path)}


def calls(path):
    """Yield each call of a method in a file: whose, which, and the call."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield ast.unparse(node.func.value), node.func.attr, node


def name_of(path):
    return path.relative_to(ROOT).as_posix()


def test_every_module_has_its_place_in_the_order():
    assert sorted(LIBRARY) == sorted(ORDER)


@pytest.mark.parametrize("module", ORDER)
def test_a_module_imports_only_those_before_it(module):
    own = {name.removeprefix("geo.") for name in imported(LIBRARY[module])}
    assert sorted(own & {*ORDER[ORDER.index(module) :]}) == []


@pytest.mark.parametrize("path", [*LIBRARY.values(), *PACKAGES], ids=name_of)
def test_the_library_never_imports_streamlit_or_the_pages(path):
    assert roots(path).isdisjoint({"streamlit", "streamlit_folium", "pages", "app", "tests"})


def test_no_format_imports_another():
    formats = {module for module in ORDER if module.startswith("formats.")}
    for module in formats:
        own = {name.removeprefix("geo.") for name in imported(LIBRARY[module])}
        assert own.isdisjoint(formats - {module})


def test_no_geocoder_imports_another():
    for module in (module for module in ORDER if module.startswith("geocoders.")):
        own = {name.removeprefix("geo.") for name in imported(LIBRARY[module])}
        assert not [name for name in own if name.startswith("geocoders.")]


def test_the_library_tells_all_its_modules():
    told = set(re.findall(r"`(\w+)`", geo.__doc__))
    assert told == {module.partition(".")[0] for module in ORDER} - {"__main__"}


@pytest.mark.parametrize("path", [*LIBRARY.values(), *PACKAGES, *PAGES], ids=name_of)
def test_a_module_begins_with_its_name_and_what_it_is_for(path):
    first = ast.get_docstring(tree(path)).splitlines()[0]
    assert re.match(r"[A-Z][\w -]*: \S", first)


def test_only_maps_and_the_chart_of_a_page_know_folium():
    with_folium = {
        name_of(path)
        for path in [*LIBRARY.values(), *PAGES]
        if roots(path) & {"folium", "branca", "streamlit_folium"}
    }
    assert with_folium == {"geo/maps.py", "pages/parts/chart.py"}


def test_no_map_component_is_known_before_the_server_runs():
    """Streamlit serves the files of a component only if it is declared while the server runs."""
    code = "import sys; import pages.parts.study; sys.exit('streamlit_folium' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT).returncode == 0


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_a_page_takes_its_data_from_the_library(path):
    others = {"pandas", "geopandas", "numpy", "folium", "csv", "sqlite3", "requests", "urllib"}
    assert roots(path).isdisjoint(others)


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_a_page_never_draws_text_as_markdown_or_markup(path):
    used = {method for owner, method, _ in calls(path) if owner.partition(".")[0] == "st"}
    assert used.isdisjoint(MARKDOWN)
    assert "unsafe_allow_html" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_headlines_and_notices_are_sentences_of_ours(path):
    for owner, method, call in calls(path):
        if owner == "st" and method in HEADLINES:
            assert ast.unparse(call.args[0]).startswith(("say(", "say.many("))


def test_html_is_given_to_the_page_only_where_it_is_escaped():
    with_html = {
        name_of(path)
        for path in PAGES
        for owner, method, _ in calls(path)
        if (owner, method) == ("st", "html")
    }
    assert with_html == {"pages/about.py", "pages/parts/frame.py"}


@pytest.mark.parametrize("path", sorted((ROOT / "geo").rglob("*.html")), ids=name_of)
def test_no_template_switches_escaping_off(path):
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\|\s*safe\b|autoescape|Markup", text)
    assert "<script" not in text


@pytest.mark.parametrize("path", sorted((ROOT / "geo").rglob("*.js")), ids=name_of)
def test_no_script_writes_markup(path):
    assert SINKS.findall(path.read_text(encoding="utf-8")) == []
