"""My list: made on the device, sent to nobody, gone with the page; other programs open it."""

import io
import re
from pathlib import Path

import icalendar
import vobject
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.browser import reading
from tests.browser.test_privacy import STORED

LETTERS = "áéíóúüñ ÁÉÍÓÚÜÑ ¿¡ &<b>"
PAPERS = ("Sheet", "Large print", "Card to fold", "Booklet")
OVER = """() => [...document.querySelectorAll(".body, .panel")]
  .filter((room) => room.scrollHeight > room.clientHeight + 1
    || room.scrollWidth > room.clientWidth + 1).map((room) => room.textContent.slice(0, 80))"""


def add_food(page, many=3):
    """Add the first few places with food; return their names."""
    with reading.anew(page):
        reading.search(page, "food")
    cards = reading.cards(page)
    names = []
    for number in range(many):
        cards.nth(number).get_by_role("button", name=re.compile("Add")).click()
        names.append(cards.nth(number).locator("h3 button").inner_text())
    page.get_by_role("button", name=f"My list ({many})").click()
    expect(page.get_by_role("heading", name=f"My list: {many} places")).to_be_visible()
    return names


def taken(page):
    return page.locator(".taken li > span:first-child").all_inner_texts()


def test_a_list_is_put_in_order_and_emptied_and_is_gone_with_the_page(visit):
    page = visit(fresh=True)
    first, second, third = add_food(page)
    assert taken(page) == [first, second, third]
    page.get_by_role("button", name=f"Down: {first}").click()
    assert taken(page) == [second, first, third]
    page.get_by_role("button", name=f"Remove: {third}").click()
    assert taken(page) == [second, first]
    page.get_by_role("button", name="Back to the list").click()
    expect(page.locator(reading.COUNT)).to_be_visible()
    assert page.evaluate(STORED) == []
    page.reload()
    reading.whole(page)
    expect(page.get_by_role("button", name="My list (0)")).to_be_visible()


def test_each_paper_holds_everything_and_every_letter_and_nothing_is_sent(visit, app):
    page = visit(fresh=True)
    names = add_food(page)
    sent = []
    page.on("request", lambda request: sent.append(request.url))
    page.on("websocket", lambda _: sent.append("websocket"))
    page.get_by_label("Words of your own to print with it").fill(LETTERS)
    for paper in PAPERS:
        page.get_by_role("button", name=paper, exact=True).click()
        frame = page.locator(".print iframe").element_handle().content_frame()
        frame.locator(".sheet").first.wait_for()
        assert frame.evaluate(OVER) == [], paper
        alone = page.context.new_page()
        alone.set_content(frame.content())
        printed = PdfReader(io.BytesIO(alone.pdf(prefer_css_page_size=True)))
        alone.close()
        text = " ".join(" ".join(sheet.extract_text() for sheet in printed.pages).split())
        for words in (*names, "911", "988", "800-799-7233", *LETTERS.split()):
            assert words in text, (paper, words)
        assert "call first" in text.casefold()
        size = {(float(one.mediabox.width), float(one.mediabox.height)) for one in printed.pages}
        assert size == {(792.0, 612.0) if paper == "Card to fold" else (612.0, 792.0)}
        if paper != "Card to fold":
            assert f"Page 1 of {len(printed.pages)}" in text
        page.get_by_role("button", name="Close").click()
    assert [url for url in sent if not url.startswith("about:")] == []
    assert not any(name in app.log.read_text(encoding="utf-8") for name in names)


def test_contacts_and_hours_are_read_by_other_programs(visit, tmp_path):
    page = visit()
    with reading.anew(page):
        reading.when(page, "Open now")
    with reading.anew(page):
        reading.when(page, "Any time")
    add_food(page, 4)
    for label in ("Contacts (.vcf)", "Opening hours (.ics)"):
        button = page.get_by_role("button", name=label)
        if not button.count():
            continue
        with page.expect_download() as coming:
            button.click()
        body = Path(coming.value.path()).read_text(encoding="utf-8")
        if label.startswith("Contacts"):
            cards = list(vobject.readComponents(body))
            assert [card.fn.value for card in cards] == taken(page)
        else:
            events = icalendar.Calendar.from_ical(body).walk("VEVENT")
            assert events
            assert all(event["RRULE"]["UNTIL"] for event in events)


def test_a_link_warns_where_it_may_tell_a_watcher_something(visit):
    page = visit()
    add_food(page, 2)
    page.get_by_role("button", name="Make a link").click()
    expect(page.locator("code")).to_contain_text("/list?ids=")
    link = page.locator("code").inner_text()
    shown = visit(link[link.index("/list") :], raw=True)
    for name in taken(page):
        expect(shown.get_by_role("heading", name=name)).to_be_visible()
    page.get_by_role("button", name="Clear the list").click()
    page.get_by_role("button", name="A bed tonight").click()
    page.get_by_role("button", name="Make a link").click()
    expect(page.locator("code")).to_have_count(0)
    expect(page.get_by_text("Some of these places are for people in danger")).to_be_visible()
    page.get_by_role("button", name="Make the link all the same").click()
    expect(page.locator("code")).to_contain_text("/list?ids=")


def test_a_worker_has_a_sheet_for_somebody_in_three_clicks(visit):
    page = visit()
    page.get_by_role("button", name="My list (0)").click()
    page.get_by_role("button", name="Food this week").click()
    page.get_by_role("button", name="Sheet", exact=True).click()
    expect(page.get_by_role("button", name=re.compile(r"^Print \d+ sheet"))).to_be_focused()
    assert len(taken(page)) == 5
