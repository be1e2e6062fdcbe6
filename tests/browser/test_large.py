"""A catalogue too large for a browser: the server answers and says so, the map comes in tiles."""

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pandas as pd
import psycopg
import pytest
from playwright.sync_api import expect

from geo import clock
from geo.catalogue.places import locate
from geo.search.index import build_index
from geo.search.query import Query, search
from geo.store import connection, load, migrations
from tests.bench import places as made_up
from tests.browser import barriers, hostile, reading, servers
from tests.support import postgres

pytestmark = pytest.mark.slow
WORDS = "food quokka"
FILTERS = {"edition", "kinds", "languages", "only", "open", "unknown"}
DONE = "() => !serviceMap.inspect.isLoading() && serviceMap.inspect.drawn().length > 0"
MANY = "() => serviceMap.inspect.drawn().reduce((sum, mark) => sum + mark.many, 0)"


@dataclass(frozen=True)
class Large:
    """The app, and the server of its store."""

    app: servers.App
    store: postgres.Server


@pytest.fixture(scope="module")
def located(fetched):
    """Return made-up places, and some whose every text tries to do something."""
    attacks = hostile.rows(fetched.url).iloc[:-1].assign(hours="")  # the last one has no place
    return locate(pd.concat([made_up.make(800), attacks], ignore_index=True))


@pytest.fixture(scope="module")
def large(located):
    """Run the app over a store whose places are more than go to a browser."""
    if postgres.find() is None:
        pytest.skip(postgres.MISSING)
    folder = Path(tempfile.mkdtemp(prefix="large-"))
    folder.chmod(0o711)
    try:
        with postgres.running(folder / "server") as server:
            url = server.url()
            migrations.migrate(url)
            with connection.writing(url) as found:
                load.put(found, located, {}, "services.csv", clock.today(), lambda *_: None)
            with psycopg.connect(url, autocommit=True) as found:
                found.execute("CREATE ROLE visitor LOGIN IN ROLE service_map_reader")
            given = {"STORE_URL": server.url("visitor"), "PLACES_IN_BROWSER": "100"}
            with servers.app(**given) as app:
                yield Large(app, server)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def whole_map(page):
    """Return the frame of the map once all its tiles are there."""
    page.wait_for_function(
        "() => document.querySelector('.st-key-map iframe')?.contentWindow?.serviceMap?.inspect"
    )
    frame = reading.map_of(page)
    frame.wait_for_function(DONE)
    return frame


def send(page):
    """Press the button, and wait until the list is drawn anew."""
    before = page.locator("#count").element_handle()
    page.get_by_role("button", name="Ask our server").click()
    page.wait_for_function(reading.DRAWN, arg=before)


def on_map(located, numbers):
    """Return those of some places that have a spot."""
    return [number for number in numbers if located["has_point"][number]]


def test_the_server_answers_once_it_is_asked_and_no_word_is_in_an_address(visit, large, located):
    asked, sent = [], []

    def listen(page):
        page.on("request", lambda request: asked.append(request.url))
        page.on(
            "websocket", lambda line: line.on("framesent", lambda frame: sent.append(str(frame)))
        )

    page = visit(at=large.app.url, raw=True, prepare=listen)
    whole_map(page)
    expect(page.get_by_text("goes to our server when you press the button")).to_be_visible()
    page.get_by_label("What do you need?").fill(WORDS)
    assert not [frame for frame in sent if "quokka" in frame]
    send(page)
    assert [frame for frame in sent if "quokka" in frame]
    found = search(build_index(located), Query(words=WORDS), clock.now())
    assert len(found.places) > 50
    names = located["name"][found.places[:50]].tolist()
    expect(page.locator("ol.places h3")).to_have_text(names)
    expect(page.locator("#count")).to_contain_text(f"{len(found.places)} places")
    expect(page.get_by_text("Here are the first 50")).to_be_visible()
    whole_map(page)
    tiles = [urlsplit(url) for url in asked if "/tiles/" in url]
    assert tiles
    assert all({*parse_qs(tile.query)} <= FILTERS for tile in tiles)
    assert not [url for url in asked if "quokka" in url or "/find/" in url]
    assert "quokka" not in page.url
    assert "quokka" not in large.app.log.read_text(encoding="utf-8")
    assert "quokka" not in (large.store.folder / "log").read_text(encoding="utf-8")


def test_the_map_counts_the_places_that_pass_the_filters(visit, large, located):
    page = visit(at=large.app.url, raw=True, phone=True)
    frame = whole_map(page)
    every = search(build_index(located), Query(), clock.now()).places
    assert frame.evaluate(MANY) == len(on_map(located, every))
    reading.choose(page, "Kinds of help", "Food")
    page.keyboard.press("Escape")
    send(page)
    food = search(build_index(located), Query(types=frozenset({"food"})), clock.now()).places
    passing = len(on_map(located, food))
    assert 0 < passing < len(on_map(located, every))
    frame.wait_for_function(f"() => ({DONE})() && ({MANY})() === {passing}")


def test_a_card_leads_to_its_place_and_a_mark_to_its_card(visit, large, located):
    page = visit(at=large.app.url, raw=True)
    whole_map(page)
    before = page.evaluate("history.length")
    page.get_by_label("What do you need?").fill("food in Stockton")
    send(page)
    frame = whole_map(page)
    card = page.locator("ol.places > li", has=page.get_by_role("button", name="Show on map")).first
    number = int(card.get_attribute("data-n"))
    card.get_by_role("button", name="Show on map").click()
    frame.wait_for_function(f"() => serviceMap.inspect.chosen() === {number}")
    assert frame.evaluate("serviceMap.inspect.view().zoom") == 17
    own = located.loc[number]
    spot = frame.evaluate("(at) => serviceMap.inspect.spot(at)", [own["lat"], own["lon"]])
    frame.locator(".leaflet-container").first.click(position=spot)
    expect(page.locator("ol.places > li.chosen")).to_have_attribute("data-n", str(number))
    listed = {*page.locator("ol.places > li").evaluate_all("(all) => all.map((o) => +o.dataset.n)")}
    exact = located.index[located["is_exact"] & ~located["is_line"]]
    other = next(one for one in exact if one not in listed)
    own = located.loc[other]
    frame.evaluate("(at) => serviceMap.inspect.look(at, 18)", [own["lat"], own["lon"]])
    frame.wait_for_function(DONE)
    spot = frame.evaluate("(at) => serviceMap.inspect.spot(at)", [own["lat"], own["lon"]])
    frame.locator(".leaflet-container").first.click(position=spot)
    expect(page.get_by_role("heading", name="Chosen on the map")).to_be_visible()
    expect(page.locator("li.chosen h3")).to_have_text(own["name"])
    assert page.evaluate("history.length") == before


def test_words_of_danger_come_first_and_a_store_that_is_gone_is_told(visit, large):
    page = visit(at=large.app.url, raw=True, language="es")
    whole_map(page)
    large.store.stop()
    try:
        page.get_by_label("¿Qué necesita?").fill("me quiero morir")
        page.get_by_role("button", name="Preguntar a nuestro servidor").click()
        crisis = page.get_by_role("region", name="Llame o mande un texto")
        expect(crisis.get_by_role("link").first).to_have_attribute("href", "tel:988")
        expect(page.locator("#count")).to_contain_text("Nuestro servidor no puede")
    finally:
        large.store.start()


def test_the_page_has_no_barriers_in_either_language_or_width(visit, large):
    for phone, language in ((False, "en"), (True, "es")):
        page = visit(at=large.app.url, raw=True, phone=phone, language=language)
        whole_map(page)
        page.locator("#count").wait_for()
        page.locator(".st-key-results input").first.fill("food")
        page.locator(".st-key-results input").first.press("Enter")
        page.locator("ol.places > li").first.wait_for()
        page.locator("details").evaluate_all(barriers.OPEN_ALL)
        assert barriers.faults(page) == []
        assert reading.sideways(page) == []


def test_nothing_of_a_hostile_record_happens(visit, large, fetched):
    page = visit(at=large.app.url, raw=True)
    whole_map(page)
    page.get_by_label("What do you need?").fill("pwned onerror javascript free food")
    send(page)
    whole_map(page)
    expect(page.locator("ol.places h3").filter(has_text="onerror").first).to_be_visible()
    page.locator("ol.places details").evaluate_all(barriers.OPEN_ALL)
    for button in page.get_by_role("button", name="Show on map").all()[:3]:
        button.click()
    whole_map(page)
    hostile.look(page)
    assert fetched.asked == []
