"""No page has what axe-core finds, in both languages and sizes, with no rule left out."""

import re
import tomllib

import pytest
from playwright.sync_api import expect

from geo.settings import ROOT
from pages.parts import contents
from tests.browser import colours, conftest, keyboard, reading
from tests.browser.barriers import faults, openings, shut
from tests.support.luminance import contrast

OPEN_SOME = "(all) => all.slice(0, 2).forEach((one) => (one.open = true))"
COLOUR = """(name) => "#" + getComputedStyle(document.body)[name].match(/\\d+/g)
  .map((part) => Number(part).toString(16).padStart(2, "0")).join("")"""
COLOURS = """(part) => [part.querySelector("p"), part]
  .map((one, k) => getComputedStyle(one)[k ? "backgroundColor" : "color"])"""
NAMES = ".st-key-results h3 button"
PAGES = (
    *(f"/{page.address}" for page in contents.PAGES if page.at_foot),
    "PLACE",
    "/place?id=nowhere",
    "/text",
    "/text/imperial/food",
    "/text/place/hck7q3",
)


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(visit, a_place, path, language):
    plain = path.startswith("/text")
    path = a_place if path == "PLACE" else path
    page = visit(path, language=language, raw=plain)
    page.wait_for_load_state()
    page.locator("details").evaluate_all(OPEN_SOME)
    for name in page.locator(NAMES).all()[:3]:
        name.click()
    assert faults(page) == []
    page.set_viewport_size(conftest.PHONE)
    assert faults(page) == []
    assert reading.sideways(page) == []


def test_axe_finds_nothing_whatever_is_open_or_found(visit):
    page = visit(phone=True)
    reading.map_of(page).get_by_role("button", name="Streets", exact=True).click()
    page.get_by_text("More filters").click()
    with reading.anew(page):
        reading.when(page, "A day and time")
    page.get_by_role("combobox", name="Where?").press_sequentially("lo")
    expect(page.get_by_role("option").first).to_be_visible()
    assert faults(page) == []
    for words in ("zzqqxx", "i want to die"):
        with reading.anew(page):
            reading.search(page, words)
        assert faults(page) == []
    page.locator("#words").press("Enter")
    page.get_by_role("button", name="+ Add").first.click()
    page.get_by_role("button", name="My list (1)").click()
    page.get_by_role("button", name="Back to the list").wait_for()
    assert faults(page) == []


def test_axe_finds_nothing_in_the_dark(visit, a_place):
    for path in ("/", a_place):
        page = visit(path, color_scheme="dark")
        for name in page.locator(NAMES).all()[:3]:
            name.click()
        assert faults(page) == []


@pytest.mark.parametrize("path", ["/text/es", "/text/place/hck7q3", "/report/en", "/quality/en"])
def test_a_plain_page_has_the_colours_of_find_in_the_dark(visit, path):
    theme = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    seen = {}
    for scheme in ("light", "dark"):
        page = visit(path, raw=True, color_scheme=scheme)
        page.wait_for_load_state()
        assert faults(page) == []
        seen[scheme] = {"backgroundColor": page.evaluate(COLOUR, "backgroundColor")}
        seen[scheme]["textColor"] = page.evaluate(COLOUR, "color")
    assert seen == {
        scheme: {name: theme["theme"][scheme][name] for name in named}
        for scheme, named in seen.items()
    }


def test_axe_finds_nothing_in_what_streamlit_opens(visit):
    page = visit("/gaps", language="es")
    opened = openings(page)
    for _ in range(5):
        next(opened)
        assert faults(page) == []
    assert page.get_by_role("region", name="Condado").count() <= 1
    shut(page)
    page.get_by_role("button", name="Abrir una pregunta").click()
    page.get_by_role("button", name="Elija un archivo").last.wait_for()
    page.get_by_text("1 MB como máximo").wait_for()
    assert faults(page) == []


@pytest.mark.slow
@pytest.mark.parametrize(("path", "job"), keyboard.JOBS)
def test_the_main_jobs_are_done_with_keys_alone(visit, path, job):
    job(visit(path))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_sign_of_the_map_stands_out_from_every_ground(visit, scheme):
    frame = reading.map_of(visit(color_scheme=scheme))
    many, faint = colours.faint(frame)
    assert many == 4 * (3 * 8 + 6)
    assert faint == []
    assert len(colours.faint(frame, 21.5)[1]) == many


def test_axe_finds_nothing_while_a_page_opens(visit):
    def held_up(page):
        page.route("**/_stcore/**", lambda route: route.abort())

    page = visit("/about", raw=True, prepare=held_up)
    page.locator("#opening").wait_for()
    assert faults(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_words_of_a_button_that_leads_on_stand_out(visit, scheme):
    page = visit("/outreach", color_scheme=scheme)
    button = page.get_by_role("button", name="Next: day and teams")
    button.wait_for()
    words, ground = (
        [int(part) for part in re.findall(r"\d+", colour)] for colour in button.evaluate(COLOURS)
    )
    assert contrast(words, ground) >= 4.5
