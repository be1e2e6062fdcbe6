"""No page has what axe-core finds, in both languages and sizes, with no rule left out."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from pages.parts import contents
from tests.browser import conftest, reading

AXE = Axe()
# What is Streamlit's own and out of our reach: (rule, how the element starts, why it stands).
STREAMLITS = (
    (
        "region",
        '<a href="#stMain" data-testid="stSkipToContent"',
        "the link that skips to the main part stands before all landmarks, as such links do",
    ),
)
OPEN_SOME = "(all) => all.slice(0, 2).forEach((one) => (one.open = true))"
PAGES = (
    *(f"/{page.address}" for page in contents.PAGES if page.in_menu),
    "PLACE",
    "/place?id=nowhere",
    "/text",
)


def faults(page):
    """Return what axe-core finds on a page and in its frames, one line an element."""
    for frame in page.frames:
        if not frame.evaluate("() => Boolean(window.axe)"):
            frame.evaluate(AXE.axe_script)
    found = page.evaluate("() => axe.run({ resultTypes: ['violations'] })")
    return [
        f"{rule['id']}: {node['html'][:160]} {node['target']}"
        for rule in found["violations"]
        for node in rule["nodes"]
        if not any(rule["id"] == i and node["html"].startswith(h) for i, h, _ in STREAMLITS)
    ]


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(visit, a_place, path, language):
    plain = path == "/text"
    path = {"PLACE": a_place, "/text": f"/text/{language}"}.get(path, path)
    page = visit(path, language=language, raw=plain)
    page.wait_for_load_state()
    page.locator("details").evaluate_all(OPEN_SOME)
    assert faults(page) == []
    page.set_viewport_size(conftest.PHONE)
    assert faults(page) == []
    assert reading.sideways(page) == []


def test_axe_finds_nothing_when_filters_and_questions_are_open(visit):
    page = visit()
    reading.map_of(page).get_by_role("button", name="Streets", exact=True).click()
    page.get_by_role("button", name="More filters").click()
    assert faults(page) == []
    page.keyboard.press("Escape")
    with reading.anew(page):
        reading.choose(page, "When?", "A day and time")
    with reading.anew(page):
        reading.search(page, "zzqqxx")
    assert faults(page) == []


def test_axe_finds_nothing_in_the_dark(visit, a_place):
    for path in ("/", a_place):
        assert faults(visit(path, color_scheme="dark")) == []
