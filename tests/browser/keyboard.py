"""Keyboard: the main jobs of a reader, a planner and a team, done with keys alone."""

import re

from playwright.sync_api import Page, expect

from tests.browser import reading

MOST_TABS = 150
HERE = """() => {
  let part = document.activeElement;
  while (part && part.shadowRoot?.activeElement) part = part.shadowRoot.activeElement;
  const label = part.labels?.[0]?.textContent ?? "";
  return `${part.getAttribute("aria-label") || label || part.textContent}`.trim();
}"""


def go_to(page: Page, name: str) -> str:
    """Press Tab until what has the focus is called so (a regular expression); return its name."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        here = page.evaluate(HERE)
        if re.match(name, here):
            return here
    raise AssertionError(f"{MOST_TABS} times Tab did not reach {name!r}")


def choose(page: Page, name: str, option: str) -> None:
    """Go to a box of choices, type, and take the option."""
    go_to(page, name)
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type(option)
    page.get_by_role("option", name=re.compile(re.escape(option))).first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    reading.whole(page)


def write(page: Page, name: str, text: str) -> None:
    """Go to a box, write, and go on."""
    go_to(page, name)
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type(text)
    page.keyboard.press("Tab")
    reading.whole(page)


def find_and_call(page: Page) -> None:
    """Find food near Tracy and come to the link that calls the first place."""
    go_to(page, r"Where\?")
    page.keyboard.type("Tracy")
    page.keyboard.press("Tab")
    if not re.match("What do you need", page.evaluate(HERE)):
        go_to(page, "What do you need")
    with reading.anew(page):
        page.keyboard.type("food")
    name = go_to(page, "Call ").removeprefix("Call ")
    link = page.get_by_role("link", name=f"Call {name}").first
    expect(link).to_be_focused()
    expect(link).to_have_attribute("href", re.compile("^tel:"))


def see_a_gap(page: Page) -> None:
    """Ask who in Imperial County is out of reach, and read the answer."""
    choose(page, "County", "Imperial County")
    headline = page.locator(".st-key-headline .headline")
    expect(headline).to_contain_text("Imperial County")


def plan_a_round(page: Page) -> None:
    """Take the places of Tracy, start there, and have the round planned."""
    write(page, "County, city or ZIP", "Tracy")
    go_to(page, r"Add all \d+ places that fit")
    page.keyboard.press("Enter")
    page.locator(".st-key-out_list li.card").first.wait_for()
    step(page, "2 Day and teams")
    write(page, "Start from", "95376")
    step(page, "3 Plan")
    go_to(page, "Plan the round")
    page.keyboard.press("Enter")
    page.locator(".st-key-out_rounds li.card").first.wait_for(timeout=60_000)


def step(page: Page, name: str) -> None:
    """Go to a step: its radio buttons are one stop of Tab, and arrows go between them."""
    page.evaluate("() => document.getElementById('stMain').focus({ preventScroll: true })")
    go_to(page, r"\d ")
    for _ in range(3):
        if page.evaluate(HERE).startswith(name):
            break
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    reading.whole(page)


JOBS = (("/", find_and_call), ("/gaps", see_a_gap), ("/outreach", plan_a_round))
