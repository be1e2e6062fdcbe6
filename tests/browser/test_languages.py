"""English and Spanish: every page speaks the language a reader chose, and keeps what was found."""

import pytest
from playwright.sync_api import expect

from tests.browser import reading

HEADINGS = {
    "/outreach": ("Plan an outreach round", "Planear un recorrido de visitas"),
    "/about": ("About this list", "Acerca de esta lista"),
    "/data": ("Take the data", "Llévese los datos"),
    "/place?id=nowhere": ("This place is not on the list", "Este lugar no está en la lista"),
}


@pytest.mark.parametrize("path", HEADINGS)
def test_a_page_changes_its_language(visit, path):
    english, spanish = HEADINGS[path]
    page = visit(path)
    heading, html = page.get_by_role("heading", level=1), page.locator("html")
    expect(heading).to_have_text(english)
    expect(html).to_have_attribute("lang", "en")
    reading.speak(page, "Español")
    expect(heading).to_have_text(spanish)
    expect(html).to_have_attribute("lang", "es")
    expect(page.get_by_role("link", name="Salir ya")).to_be_visible()
    expect(page.locator(".danger")).to_contain_text("Emergencia")


def asked(page):
    """Return what is asked and found on Find, without words of a language."""
    boxes = page.locator(".controls").locator("input, select")
    values = boxes.evaluate_all("(all) => all.map((one) => one.checked || one.value)")
    needs = page.locator(".need").evaluate_all("(all) => all.map((one) => one.ariaPressed)")
    return values, needs, reading.count(page), reading.listed(page), reading.marked(page)


def test_a_change_of_language_keeps_what_is_asked_and_found(visit):
    page = visit()
    with reading.anew(page):
        reading.start_from(page, "Tracy")
    with reading.anew(page):
        page.get_by_role("button", name="Doctor, dentist").click()
    with reading.anew(page):
        reading.when(page, "Tonight at 9")
    with reading.anew(page):
        page.get_by_role("button", name="Show them too").click()
    name = reading.cards(page).first.locator("h3 button")
    name.click()
    expect(name).to_have_attribute("aria-expanded", "true")
    before, view = asked(page), reading.view(page)
    with reading.anew(page):
        reading.speak(page, "Español")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ayuda cerca de usted")
    expect(page.get_by_role("combobox", name="¿Dónde?")).to_have_value("Tracy")
    assert asked(page) == before
    (zoom, middle), (was, there) = reading.view(page), view
    assert (zoom, middle["lat"]) == (was, pytest.approx(there["lat"], abs=0.001))
    frame = reading.map_of(page)
    expect(frame.locator("html")).to_have_attribute("lang", "es")
    expect(frame.get_by_role("button", name="Ambos condados")).to_be_visible()
    expect(reading.cards(page).first.locator(".more")).to_contain_text("De dónde viene esto")
    page.get_by_role("link", name="Acerca de").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Acerca de esta lista")
    reading.speak(page, "English")
    expect(page.get_by_role("heading", level=1)).to_have_text("About this list")
    page.get_by_role("link", name="Find help", exact=True).click()
    page.locator(reading.COUNT).wait_for()
    reading.whole(page)
    assert asked(page) == before


def test_a_browser_is_answered_in_its_own_language(visit):
    for language, heading in zip(("en", "es"), HEADINGS["/about"], strict=True):
        page = visit("/about", language=language)
        expect(page.locator("html")).to_have_attribute("lang", language)
        expect(page.get_by_role("heading", level=1)).to_have_text(heading)
        page.goto(page.url.replace("/about", "/text"))
        expect(page.locator("html")).to_have_attribute("lang", language)
