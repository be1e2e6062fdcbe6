"""English and Spanish: every page speaks the language a reader chose, and keeps what was found."""

import pytest
from playwright.sync_api import expect

from tests.browser import reading

HEADINGS = {
    "/outreach": ("Plan an outreach round", "Planear un recorrido de visitas"),
    "/about": ("About this list", "Acerca de esta lista"),
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
    expect(page.locator(".danger")).to_contain_text("En peligro")


def test_a_change_of_language_keeps_what_was_found(visit):
    page = visit()
    with reading.anew(page):
        reading.choose(page, "Where?", "Tracy")
    before = reading.count(page), reading.listed(page), reading.marked(page), reading.view(page)
    with reading.anew(page):
        reading.speak(page, "Español")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ayuda cerca de usted")
    assert before == (
        reading.count(page),
        reading.listed(page),
        reading.marked(page),
        reading.view(page),
    )
    expect(page.get_by_role("combobox", name="¿Dónde?")).to_have_value("Tracy")
    expect(page.get_by_role("combobox", name="¿Cuándo?")).to_have_value("Cualquier hora")
    frame = reading.map_of(page)
    expect(frame.locator("html")).to_have_attribute("lang", "es")
    expect(frame.get_by_role("button", name="Ambos condados")).to_be_visible()
    reading.cards(page).first.get_by_role("link").first.click()
    expect(page.get_by_text("Volver a la lista")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "es")


def test_a_change_of_language_keeps_what_is_asked(visit):
    page = visit()
    with reading.anew(page):
        reading.choose(page, "Where?", "San Joaquin County")
    with reading.anew(page):
        page.get_by_role("button", name="Food and basics").click()
    food = reading.count(page)
    with reading.anew(page):
        page.get_by_role("button", name="Health care").click()
    both = reading.count(page)
    with reading.anew(page):
        reading.speak(page, "Español")
    assert reading.count(page) == both
    with reading.anew(page):
        page.get_by_role("button", name="✚ Salud").click()
    assert reading.count(page) == food
    with reading.anew(page):
        reading.speak(page, "English")
    assert reading.count(page) == food
    page.get_by_role("link", name="About").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("About this list")
    reading.speak(page, "Español")
    expect(page.get_by_role("heading", level=1)).to_have_text("Acerca de esta lista")
    page.get_by_role("link", name="Buscar ayuda").click()
    page.locator(reading.COUNT).wait_for()
    reading.whole(page)
    assert reading.count(page) == food
    with reading.anew(page):
        page.get_by_role("button", name="✚ Salud").click()
    assert reading.count(page) == both
    expect(page.get_by_role("combobox", name="¿Dónde?")).to_have_value("Condado de San Joaquin")


def test_a_browser_is_answered_in_its_own_language(visit):
    for language, heading in zip(("en", "es"), HEADINGS["/about"], strict=True):
        page = visit("/about", language=language)
        expect(page.locator("html")).to_have_attribute("lang", language)
        expect(page.get_by_role("heading", level=1)).to_have_text(heading)
        page.goto(page.url.replace("/about", "/text"))
        expect(page.locator("html")).to_have_attribute("lang", language)
