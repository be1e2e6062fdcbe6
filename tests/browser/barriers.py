"""Barriers: what axe-core finds on a page, and everything on a page that can be opened."""

from collections.abc import Iterator
from functools import cache

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser import reading

RUN = "() => axe.run({ resultTypes: ['violations'] })"
HAS_AXE = "() => Boolean(window.axe)"
OPEN_ALL = "(all) => all.forEach((one) => (one.open = true))"
TABS = "[role=tab]"
LISTS = "[role=combobox], [data-testid=stDateInput] input, [data-testid=stTimeInput] input"
DOORS = "button[aria-haspopup], [data-testid=stPopoverButton], [data-testid=stTooltipHoverTarget]"
TOOLTIP = "stTooltipHoverTarget"
MOST = 16  # of one kind in one state of a page
IS_OUT = "(part) => !part.isConnected || Boolean(part.closest('[inert]'))"
NOTHING_OVER = "() => !document.querySelector('[role=listbox], [role=dialog]')"


@cache
def script() -> str:
    """Return axe-core, to be run in a page."""
    return Axe().axe_script


def faults(page: Page) -> list[str]:
    """Return what axe-core finds on a page and in its frames, one line an element, no rule off."""
    for frame in page.frames:
        if not frame.evaluate(HAS_AXE):
            frame.evaluate(script())
    return [
        f"{rule['id']}: {node['html'][:160]} {node['target']}"
        for rule in page.evaluate(RUN)["violations"]
        for node in rule["nodes"]
    ]


def openings(page: Page) -> Iterator[str]:
    """Open what can be opened on a page, one after the other; yield the name of each when open.

    First the page as it comes, then with all that folds out; each tab, and within it each box of
    choices, each popover and each explanation.
    """
    yield "as it comes"
    tabs = [tab for tab in page.locator(TABS).all() if tab.is_visible()]
    for tab in tabs or [None]:
        name = ""
        if tab:
            tab.click()
            rest(page)
            name = tab.inner_text()
        page.locator("details").evaluate_all(OPEN_ALL)
        yield f"{name}, all folded out"
        for kind in (LISTS, DOORS):
            for box in page.query_selector_all(kind)[:MOST]:
                if not box.is_visible() or box.evaluate(IS_OUT):
                    continue
                told = box.get_attribute("aria-label") or box.inner_text() or kind
                if box.get_attribute("data-testid") == TOOLTIP:
                    box.hover()
                else:
                    box.click()
                rest(page)
                yield f"{name}, {told} open"
                shut(page)


def shut(page: Page) -> None:
    """Close what was opened last."""
    page.keyboard.press("Escape")
    page.evaluate("() => document.activeElement?.blur()")
    page.mouse.move(0, 0)
    page.wait_for_function(NOTHING_OVER)
    rest(page)


def rest(page: Page) -> None:
    """Wait until a page of Streamlit is whole again; a plain one is at once."""
    if page.locator("[data-testid=stApp]").count():
        reading.whole(page)
