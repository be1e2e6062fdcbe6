"""The file to keep answers as Find does, with no server anywhere, and the exit works from it."""

import pytest
from playwright.sync_api import expect

from geo.__main__ import main


@pytest.fixture(scope="module")
def kept(tmp_path_factory, target):
    out = tmp_path_factory.mktemp("kept") / "list.html"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EXIT_TO", target.url)
        assert main(["export", "html", str(out)]) == 0
    return out.as_uri()


@pytest.fixture
def opened(browser, kept):
    """Return a function that opens the file in a browser of its own, and what that asked for."""
    contexts = []

    def open_file(**options):
        context = browser.new_context(**{"locale": "en-US", **options})
        contexts.append(context)
        page, asked = context.new_page(), []
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: asked.append(str(error)))
        page.goto(kept)
        return page, asked

    yield open_file
    for context in contexts:
        context.close()


def test_it_is_asked_like_find_and_asks_nobody(opened, kept):
    page, asked = opened()
    everything = page.locator("#count").inner_text()
    page.get_by_role("combobox").first.fill("Tracy")
    page.get_by_role("combobox").first.press("Tab")
    page.locator("#words").fill("dentist")
    expect(page.locator("#count")).to_contain_text("near Tracy")
    page.locator(".places .name").first.click()
    expect(page.locator(".places .more dl").first).to_be_visible()
    expect(page.locator("svg[data-county=imperial]")).to_be_hidden()
    assert page.locator("svg[data-county=san_joaquin] .mark").count() > 0
    page.get_by_role("link", name="Español").click()
    expect(page.locator("#count")).to_contain_text("cerca de Tracy")
    assert page.locator("#count").inner_text() != everything
    assert asked == [kept]


def test_without_a_script_both_lists_are_there(opened, kept):
    page, asked = opened(java_script_enabled=False)
    expect(page.get_by_role("heading", name="Help near you")).to_be_visible()
    expect(page.get_by_role("heading", name="Ayuda cerca de usted")).to_be_visible()
    assert asked == [kept]


def test_the_exit_leads_away_from_a_file_too(opened, target):
    page, _ = opened()
    page.locator("#count").wait_for()
    page.get_by_role("link", name="Leave now").click()
    page.wait_for_url(target.url)
