"""A small plain page as a browser has it: its data run nowhere, its exit works, it prints."""

from urllib.parse import urljoin

from tests.browser import reading

BROKEN = """() => {
  window.broken = [];
  addEventListener("securitypolicyviolation", (event) => broken.push(event.blockedURI));
}"""
BLOCK = 'script[type="application/ld+json"]'


def test_the_data_of_a_page_break_no_rule_of_it_and_the_exit_leaves(visit, app, target):
    def watch(page):
        page.add_init_script(f"({BROKEN})()")

    page = visit("/text/en/place/hck7q3", raw=True, phone=True, prepare=watch)
    page.locator("h1").wait_for()
    data = page.evaluate(f"() => JSON.parse(document.querySelector('{BLOCK}').textContent)")
    assert data["name"] == page.locator("h1").inner_text()
    assert page.evaluate("() => window.broken") == []
    assert reading.sideways(page) == []
    page.emulate_media(media="print")
    assert not page.locator("#leave-bar").is_visible()
    assert page.locator("h1").is_visible()
    page.emulate_media(media="screen")
    page.get_by_role("link", name="Imperial County").click()
    page.wait_for_url(urljoin(app.url, "/text/en/imperial"))
    page.locator("#leave").click()
    page.wait_for_url(target.url)
