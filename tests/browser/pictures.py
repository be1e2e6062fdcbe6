"""Pictures: what the README shows, taken of the real app: `python -m tests.browser.pictures`."""

import os
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.browser import chromium, planning, reading, servers

FOLDER = servers.PROJECT / "docs" / "pictures"
DESKTOP = {"width": 1280, "height": 1120}
PHONE = {"width": 390, "height": 844}


def find(page: Page) -> None:
    """Ask for food in Tracy."""
    with reading.anew(page):
        page.get_by_role("button", name="Food", exact=True).click()
    with reading.anew(page):
        reading.start_from(page, "Tracy")
    page.evaluate("document.activeElement.blur()")
    page.mouse.move(0, 0)


def place(page: Page) -> None:
    """Take the page of one place, as its link opens it."""
    page.locator(".st-key-place h1").wait_for()


def county(page: Page) -> None:
    """Show the places of one county."""
    with reading.anew(page):
        reading.start_from(page, "San Joaquin County")


def gaps(page: Page) -> None:
    """Ask who lives far from food that is open on a Sunday."""
    for label, option in (
        ("County", "Imperial County"),
        ("Service", "Food"),
        ("Open when?", "Sunday"),
    ):
        reading.choose(page, label, option)
        reading.whole(page)
    page.locator(".st-key-headline", has_text="Sunday").wait_for()
    reading.view(page)
    page.mouse.move(0, 0)


def outreach(page: Page) -> None:
    """Plan a round through Tracy."""
    planning.add_tracy(page)
    planning.step(page, "2 Day and teams")
    planning.start_from(page, "95376")
    planning.plan(page)
    page.mouse.move(0, 0)


def wait(page: Page) -> None:
    """Take the page as it comes."""


# name of the file, address, language, size, what to do first, what to take (all if blank)
PICTURES = (
    ("find", "/", "en-US", DESKTOP, find, ""),
    ("find-phone-es", "/", "es-MX", PHONE, wait, ""),
    ("place-phone", "/place?id=q3x4bt", "en-US", PHONE, place, ""),
    ("map", "/", "en-US", DESKTOP, county, reading.MAP),
    ("gaps", "/gaps", "en-US", DESKTOP, gaps, ""),
    ("outreach", "/outreach", "en-US", DESKTOP, outreach, ""),
    ("text-phone", "/text", "en-US", PHONE, wait, ""),
)


def take() -> None:
    """Write all pictures."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    with servers.app() as app, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=root)
        for name, path, language, size, act, part in PICTURES:
            page = browser.new_page(viewport=size, locale=language)
            page.goto(f"{app.url}{path}")
            if path != "/text":
                reading.whole(page)
            act(page)
            file = FOLDER / f"{name}.png"
            shown = page.locator(part) if part else page
            shown.screenshot(path=file, animations="disabled")
            print(f"{file.relative_to(Path.cwd())}: {file.stat().st_size // 1000} kB")
            page.close()
        browser.close()


if __name__ == "__main__":
    take()
