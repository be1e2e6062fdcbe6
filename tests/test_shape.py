"""Each module says what it is for, and the text of a record meets nothing that takes it for markup.

That a wing uses the ground, never another wing, is held by `make check` (pyproject.toml).
"""

import ast
import re
import subprocess
import sys

import pytest

from geo.settings import ROOT

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


MEDIA = {"download_button", "image", "audio", "video", "logo", "pyplot", "pdf", "graphviz_chart"}


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_no_page_hands_a_file_to_streamlit_which_would_give_it_an_address(path):
    """`pages/parts/handed_out.py` is how it is done."""
    used = {name for whose, name, _ in calls(path) if whose.startswith("st")}
    assert used.isdisjoint(MEDIA)


@pytest.mark.parametrize("path", [*LIBRARY.values(), *PACKAGES], ids=name_of)
def test_the_library_never_imports_streamlit_or_the_pages(path):
    assert roots(path).isdisjoint({"streamlit", "streamlit_folium", "pages", "app", "tests"})


def test_a_folder_has_no_code_of_its_own():
    for path in PACKAGES:
        statements = tree(path).body
        assert [type(one) for one in statements] == [ast.Expr], name_of(path)


def test_the_architecture_tells_every_folder_and_module():
    told = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    for module in LIBRARY.keys() - {"__main__"}:
        name = module.rpartition(".")[2]
        assert re.search(rf"\b{name}\b", told), f"docs/architecture.md does not tell {module}"


@pytest.mark.parametrize("path", [*LIBRARY.values(), *PACKAGES, *PAGES], ids=name_of)
def test_a_module_begins_with_its_name_and_what_it_is_for(path):
    first = ast.get_docstring(tree(path)).splitlines()[0]
    name = path.parent.name if path.stem == "__init__" else path.stem
    name = {"__main__": "command line"}.get(name, name).replace("_", " ")
    assert re.match(rf"{name.capitalize()}: \S", first)


def test_only_the_base_map_and_the_map_of_a_page_know_folium():
    with_folium = {
        name_of(path)
        for path in [*LIBRARY.values(), *PAGES]
        if roots(path) & {"folium", "branca", "streamlit_folium"}
    }
    assert with_folium == {"geo/web/base_map.py", "pages/parts/service_map.py"}


def test_no_map_component_is_known_before_the_server_runs():
    """Streamlit serves the files of a component only if it is declared while the server runs."""
    code = "import sys; import pages.parts.server; sys.exit('streamlit_folium' in sys.modules)"
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


def test_what_may_be_shown_of_a_place_is_decided_where_places_are_located():
    """Records and rules name the policy, `places` decides; all others read what it decided.

    Rows that are taken in from a feed are none yet: there the policy is written and checked.
    """
    reading = {
        name_of(path)
        for path in [*LIBRARY.values(), *PAGES]
        if "location_policy" in path.read_text(encoding="utf-8")
    }
    taking_in = {f"geo/exchange/incoming/{name}.py" for name in ("rows", "columns")}
    naming = ("records", "rows", "rules/privacy", "places", "imported")
    own = {f"geo/catalogue/{name}.py" for name in naming}
    assert reading == own | taking_in


def test_html_is_given_to_the_page_only_where_it_is_escaped():
    with_html = {
        name_of(path)
        for path in PAGES
        for owner, method, _ in calls(path)
        if (owner, method) == ("st", "html")
    }
    assert with_html == {"pages/about.py", "pages/data.py"}


# Data and no script: a browser does not run it, and the filter escapes what could end it.
DATA_BLOCK = '<script type="application/ld+json">{{ data|tojson }}</script>'


@pytest.mark.parametrize("path", sorted((ROOT / "geo").rglob("*.html")), ids=name_of)
def test_no_template_switches_escaping_off(path):
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\|\s*safe\b|autoescape|Markup", text)
    assert "<script" not in text.replace(DATA_BLOCK, "")


@pytest.mark.parametrize("path", sorted((ROOT / "geo").rglob("*.js")), ids=name_of)
def test_no_script_writes_markup(path):
    assert SINKS.findall(path.read_text(encoding="utf-8")) == []
