"""The Find page: it answers in the browser, list and map alike, with or without the server."""

import os
import re
import signal

import pytest
from playwright.sync_api import expect

from tests.browser import reading, servers
from tests.support import blocks

CHOSEN = "() => serviceMap.inspect.chosen()"
SINGLE = """() => {
  const size = serviceMap.inspect.size();
  const isClear = ({ x, y }) => x > 20 && y > 20 && x < size.x - 200 && y < size.y - 40;
  return serviceMap.inspect.drawn().filter(isClear);
}"""
START = "() => serviceMap.inspect.start()"
TOP = "(one) => one.getBoundingClientRect().top"
HEIGHT = "(one) => one.getBoundingClientRect().height"


def press_food(page):
    page.get_by_role("button", name="Food", exact=True).click()


def check_free(page):
    page.get_by_text("More filters").click()
    page.get_by_role("checkbox", name="Free").check()
    page.get_by_text("More filters").click()


FILTERS = {
    "a kind": press_food,
    "a Spanish word": lambda page: reading.search(page, "comida"),
    "an everyday word": lambda page: reading.search(page, "abogado"),
    "where": lambda page: reading.start_from(page, "Tracy"),
    "open now": lambda page: reading.when(page, "Open now"),
    "free": check_free,
}


def marks_in_sight(page):
    """Return the marks on the map that can be clicked: where in the frame, and which places."""
    reading.view(page)
    return reading.map_of(page).evaluate(SINGLE)


def click_mark(page, mark):
    box = page.locator(reading.MAP).bounding_box()
    page.mouse.click(box["x"] + mark["x"], box["y"] + mark["y"])


def show_all(page):
    while (more := page.get_by_role("button", name=re.compile(r"^Show \d+ more$"))).count():
        with reading.anew(page):
            more.click()


def open_details(card):
    """Open what else is known of a place; return its card."""
    card.locator("h3 button").click()
    expect(card.locator("h3 button")).to_have_attribute("aria-expanded", "true")
    return card


def test_every_filter_changes_list_map_and_what_is_announced_alike(visit):
    page = visit()
    everything = reading.count(page)
    said = page.locator(".st-key-results .said")
    for name, ask in FILTERS.items():
        with reading.anew(page):
            ask(page)
        assert 0 <= reading.count(page) < everything, name
        expect(said).to_have_text(page.locator(reading.COUNT).inner_text())
        show_all(page)
        assert len(reading.listed(page)) == reading.cards(page).count() == reading.count(page), name
        assert reading.marked(page) == reading.listed(page, with_spot=True), name
        with reading.anew(page):
            page.get_by_role("button", name="Clear all filters").click()
        assert reading.count(page) == everything, name
    expect(said).to_have_text(page.locator(reading.COUNT).inner_text())


def test_the_map_is_never_loaded_anew_and_looks_where_one_asks(visit):
    page = visit()
    frame = reading.map_of(page)
    frame.evaluate("() => { window.__mark = 1; }")
    with reading.anew(page):
        press_food(page)
    with reading.anew(page):
        reading.start_from(page, "Tracy")
    zoom, there = reading.view(page)
    assert there["lat"] == pytest.approx(37.73, abs=0.15)
    assert there["lng"] == pytest.approx(-121.43, abs=0.15)
    with reading.anew(page):
        reading.search(page, "pantry")
    assert reading.view(page) == [zoom, there] or reading.view(page)[0] <= zoom
    assert frame.evaluate("() => window.__mark") == 1


def test_more_is_twenty_more_and_each_row_shows_itself_on_the_map(visit):
    page = visit()
    with reading.anew(page):
        press_food(page)
    assert reading.cards(page).count() == 20
    with reading.anew(page):
        page.get_by_role("button", name=re.compile("^Show 20 more$")).click()
    assert reading.cards(page).count() == 40
    card = open_details(page.locator(".st-key-results li.card[data-spot]").last)
    card.get_by_role("button", name="Show on map").click()
    frame = reading.map_of(page)
    number = int(card.get_attribute("data-n"))
    frame.wait_for_function(f"() => serviceMap.inspect.chosen() === {number}")
    assert reading.view(page)[0] >= 11


def test_a_mark_opens_its_row_or_puts_it_on_top_of_the_list(visit):
    page = visit()
    reading.map_of(page).evaluate("() => serviceMap.inspect.look([37.955, -121.29], 16)")
    alone = [mark for mark in marks_in_sight(page) if len(mark["ids"]) == 1]
    far = next(mark for mark in alone if mark["ids"][0] not in reading.listed(page))
    with reading.anew(page):
        click_mark(page, far)
    first = reading.cards(page).first
    expect(page.get_by_role("heading", name="Chosen on the map")).to_be_visible()
    assert first.get_attribute("data-n") == str(far["ids"][0])
    expect(first.locator("h3 button")).to_have_attribute("aria-expanded", "true")
    expect(first).to_be_in_viewport()
    with reading.anew(page):
        press_food(page)
    expect(page.get_by_text("Chosen on the map")).to_have_count(0)


def test_nothing_found_says_why_and_leads_on(visit):
    page = visit()
    with reading.anew(page):
        reading.start_from(page, "Tracy")
    in_tracy = reading.count(page)
    with reading.anew(page):
        reading.search(page, "zzqqxx")
    expect(reading.cards(page)).to_have_count(0)
    assert reading.marked(page) == set()
    expect(page.locator(reading.COUNT)).to_have_text("Nothing on this list fits “zzqqxx”.")
    expect(page.get_by_text("Call 211: they know places that are not")).to_be_visible()
    with reading.anew(page):
        page.get_by_role("button", name="Leave my words out").click()
    assert reading.count(page) == in_tracy
    assert reading.marked(page)
    expect(page.locator("#words")).to_have_value("")


@pytest.mark.parametrize(
    ("words", "told", "number"),
    [
        ("me quiero morir", "You are not alone.", "988"),
        ("my husband hits me", "If you are in danger, call 911.", "800-799-7233"),
        ("overdose", "An overdose? Call 911 now.", "911"),
        ("they took my passport trafficking", "You can get out.", "888-373-7888"),
    ],
)
def test_words_of_danger_draw_the_right_line_above_everything(visit, words, told, number):
    page = visit(phone=True)
    with reading.anew(page):
        reading.search(page, words)
    panel = page.locator(".crisis")
    expect(panel).to_contain_text(told)
    expect(panel.get_by_role("link", name=f"Call {number}")).to_be_in_viewport()
    assert panel.evaluate(TOP) < page.locator(reading.COUNT).evaluate(TOP)


def test_a_line_about_abused_children_is_no_answer_to_a_deportation(visit):
    page = visit()
    with reading.anew(page):
        reading.search(page, "abogado de inmigración")
    first = page.locator(".st-key-results section li.line").all_inner_texts()
    assert first
    assert not any("Abuse" in text for text in first)


def test_on_a_phone_the_first_title_is_in_sight_and_cards_are_low(visit):
    page = visit(phone=True)
    assert page.get_by_role("link", name=re.compile("^Call")).first.evaluate(TOP) < 1_000
    with reading.anew(page):
        reading.start_from(page, "Calexico")
    with reading.anew(page):
        reading.search(page, "a place to sleep")
    page.locator("#words").press("Enter")
    expect(page.get_by_role("button", name=re.compile("^Change what you asked"))).to_be_visible()
    first = page.locator(".st-key-results li.card h3").first
    assert first.evaluate(TOP) <= 310
    heights = reading.cards(page).evaluate_all(f"(all) => all.map({HEIGHT})")
    assert sorted(heights)[len(heights) // 2] <= 215
    page.get_by_role("button", name=re.compile("^Change what you asked")).click()
    expect(page.locator("#words")).to_be_focused()


def test_the_box_for_a_place_offers_towns_to_the_keyboard(visit):
    page = visit()
    box = page.get_by_role("combobox", name="Where?")
    box.press_sequentially("calex")
    offered = page.get_by_role("listbox").get_by_role("option")
    expect(offered.first).to_have_text("Calexico")
    expect(box).to_have_attribute("aria-expanded", "true")
    box.press("ArrowDown")
    expect(offered.first).to_have_attribute("aria-selected", "true")
    active = box.get_attribute("aria-activedescendant")
    assert active == offered.first.get_attribute("id")
    with reading.anew(page):
        box.press("Enter")
    expect(box).to_have_value("Calexico")
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(page.locator(reading.COUNT)).to_contain_text("near Calexico")


@pytest.mark.parametrize(
    ("typed", "told", "near"),
    [
        ("Stocton", "We read “Stocton” as Stockton.", "near Stockton"),
        ("95378", "95378 is a ZIP code of post office boxes in Tracy.", "near Tracy"),
        ("San Joaquin", "", "for San Joaquin County"),
    ],
)
def test_what_is_typed_for_a_place_is_read_as_people_mean_it(visit, typed, told, near):
    page = visit()
    with reading.anew(page):
        reading.start_from(page, typed)
    expect(page.locator(".told-place")).to_contain_text(told)
    expect(page.locator(reading.COUNT)).to_contain_text(near)
    expect(page.get_by_role("combobox", name="Where?")).to_have_value(typed)


def test_a_place_that_is_none_is_said_so(visit):
    page = visit()
    reading.start_from(page, "the moon")
    expect(page.get_by_text("We could not find that place.")).to_be_visible()


def test_a_place_has_a_page_of_its_own_on_asking_and_the_question_is_kept(visit):
    page = visit()
    with reading.anew(page):
        press_food(page)
    with reading.anew(page):
        reading.start_from(page, "Tracy")
    before = reading.count(page), reading.listed(page), reading.marked(page)
    card = open_details(reading.cards(page).first)
    card.get_by_role("button", name="Link to this place").click()
    with page.expect_popup() as opened:
        card.locator("a[href*='/place']").click()
    alone = reading.whole(opened.value)
    expect(alone.locator("h1")).to_have_text(card.locator("h3 button").inner_text())
    expect(alone.locator(".st-key-place")).to_contain_text("Hours")
    alone.close()
    page.get_by_role("link", name="About").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("About this list")
    page.get_by_role("link", name="Find help", exact=True).first.click()
    page.locator(reading.COUNT).wait_for()
    reading.whole(page)
    assert (reading.count(page), reading.listed(page), reading.marked(page)) == before
    expect(page.get_by_role("combobox", name="Where?")).to_have_value("Tracy")
    expect(page).to_have_url(re.compile(r"/$"))


def test_a_link_to_a_place_works_by_itself_and_one_to_nowhere_says_so(visit, a_place):
    page = visit(a_place)
    expect(page.locator(".st-key-place a[href^='tel:']").first).to_be_visible()
    expect(page.get_by_role("link", name="Directions")).to_have_attribute(
        "rel", "noopener noreferrer"
    )
    page = visit("/place?id=zzzzzz")
    expect(page.get_by_role("heading", level=1)).to_have_text("This place is not on the list")
    expect(page.get_by_text("call 211")).to_be_visible()
    expect(page.get_by_role("link", name="Back to the list")).to_be_visible()


def test_an_address_is_sent_only_by_its_button_solved_here_and_marked(visit, app, ground):
    homes = blocks.lay(ground / "streets")
    home = next(home for home in homes if home.city == "Stockton")
    sent = []
    page = visit(prepare=lambda page: page.on("websocket", lambda one: listen(one, sent)))
    reading.start_from(page, f"{home.line}, Stockton")
    ask = page.get_by_role("button", name="Look for this address")
    expect(ask).to_be_visible()
    assert not any(home.line.encode() in frame for frame in sent)
    with reading.anew(page):
        ask.click()
    lat, lon, name = reading.map_of(page).evaluate(START)
    assert home.distance_m(lat, lon) < 1
    assert any(home.line.encode() in frame for frame in sent)
    expect(page.locator(reading.COUNT)).to_contain_text(f"near {name}")
    expect(page).to_have_url(re.compile(r"/$"))
    assert home.line not in app.log.read_text(encoding="utf-8")


def listen(websocket, sent):
    """Note every frame that goes to the server, as bytes."""
    websocket.on(
        "framesent",
        lambda frame: sent.append(frame if isinstance(frame, bytes) else frame.encode()),
    )


def answers_alone(page):
    """Ask several things, and open what was found, of a page whose server is silent."""
    with reading.anew(page):
        reading.search(page, "comida")
    with reading.anew(page):
        reading.start_from(page, "Tracy")
    expect(page.locator(reading.COUNT)).to_contain_text("near Tracy")
    card = open_details(reading.cards(page).first)
    expect(card.locator("dt").first).to_be_visible()
    with reading.anew(page):
        reading.when(page, "Open now")
    assert reading.marked(page) is not None
    with reading.anew(page):
        page.get_by_role("button", name="Clear all filters").click()
    assert reading.count(page) > 200


def test_everything_goes_on_while_the_server_is_frozen(visit):
    with servers.app() as frozen:
        page = visit(at=frozen.url, fresh=True)
        os.kill(frozen.process.pid, signal.SIGSTOP)
        try:
            answers_alone(page)
        finally:
            os.kill(frozen.process.pid, signal.SIGCONT)


def test_everything_goes_on_offline_and_nothing_is_lost_when_the_server_is_back(visit):
    with servers.app() as first:
        page = visit(at=first.url, fresh=True)
        with reading.anew(page):
            reading.start_from(page, "Lodi")
        page.context.set_offline(True)
        with reading.anew(page):
            reading.search(page, "doctor")
        page.context.set_offline(False)
        with servers.again(first):
            page.locator("[data-test-connection-state=CONNECTED]").wait_for()
            expect(page.get_by_role("combobox", name="Where?")).to_have_value("Lodi")
            expect(page.locator("#words")).to_have_value("doctor")
            with reading.anew(page):
                reading.search(page, "dentist")
            expect(page.locator(reading.COUNT)).to_contain_text("near Lodi")
