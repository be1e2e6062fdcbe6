"""Planning: what an outreach team does on its page, up to the plan."""

import re

from playwright.sync_api import Page, expect

from tests.browser import reading

LIST, PLAN = ".st-key-out_list", ".st-key-out_rounds"
PATIENCE_MS = 60_000


def step(page: Page, name: str) -> None:
    """Go to a step."""
    page.locator(".st-key-out_step").get_by_role("radio", name=name).click()
    expect(page.locator(".st-key-out_step").get_by_role("radio", name=name)).to_be_checked()
    reading.whole(page)


def add_tracy(page: Page) -> None:
    """Choose all that can be stops in Tracy."""
    button = page.get_by_role("button", name=re.compile(r"^Add all \d+ places that fit$"))
    everywhere = button.inner_text()
    box = page.locator(".st-key-out_where input")
    box.fill("Tracy")
    box.press("Tab")
    expect(button).not_to_have_text(everywhere)
    button.click()
    page.locator(f"{LIST} li.card").first.wait_for()


def add_place(page: Page, name: str, point: str) -> None:
    """Add a place that is on no list, by its point."""
    more = page.get_by_text("Add a place that is not on the list")
    if not page.get_by_label("What to call it").is_visible():
        more.click()
    page.get_by_label("What to call it").fill(name)
    page.get_by_label("Where it is:").fill(point)
    page.get_by_role("button", name="Add this place").click()
    expect(page.locator(f"{LIST} li.card").filter(has_text=name)).to_be_visible()


def start_from(page: Page, place: str) -> None:
    """Say where to start: a city, a ZIP code or a point."""
    box = page.locator(".st-key-out_start input")
    box.fill(place)
    box.press("Tab")
    reading.whole(page)


def plan(page: Page) -> None:
    """Have the round planned, and wait for it."""
    step(page, "3 Plan")
    page.get_by_role("button", name="Plan the round").click()
    page.locator(f"{PLAN} li.card").first.wait_for(timeout=PATIENCE_MS)
    reading.whole(page)
