"""Embed: within the page of another site it is read, tells how tall it is, and asks nobody."""

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from playwright.sync_api import expect

PAGE = """<!doctype html><title>Library</title><script>
addEventListener("message", (event) => { window.told = event.data; });
</script><iframe src="SRC" width="600" height="300"></iframe>"""


@contextmanager
def library(src):
    """Run the site of a library, whose page has a frame of `src`; yield its address."""

    class Site(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(PAGE.replace("SRC", src).encode())

        def log_message(self, *_):
            pass

    site = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=site.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{site.server_address[1]}/"
    finally:
        site.shutdown()
        site.server_close()


def test_a_library_shows_the_list_in_a_page_of_its_own(visit, app, outside):
    page = visit("/robots.txt", raw=True)
    with library(f"{app.url}/embed?county=san_joaquin&kinds=food&lang=en") as address:
        page.goto(address)
        inside = page.frame_locator("iframe")
        expect(inside.get_by_role("heading", name="Places that can help")).to_be_visible()
        expect(inside.get_by_role("link", name="911", exact=True)).to_be_visible()
        page.wait_for_function("() => window.told && window.told.height > 300")
        assert page.evaluate("() => Object.keys(window.told)") == ["height"]
    with library(f"{app.url}/text/en") as address:
        page.goto(address)
        assert "Help near you" not in page.frames[-1].content()
    assert outside == []


COVERED = """() => [...document.querySelectorAll("svg")].flatMap((map) => {
  const edge = map.getBoundingClientRect();
  const boxes = [...map.querySelectorAll("text")].map((one) => one.getBoundingClientRect());
  const meet = (a, b) => a.left < b.right && a.right > b.left
    && a.top < b.bottom && a.bottom > b.top;
  return boxes.filter((one, k) => one.left < edge.left || one.right > edge.right
    || boxes.slice(0, k).some((other) => meet(one, other)));
})"""


def test_no_name_on_its_maps_covers_another_and_each_can_be_read(visit):
    for phone in (True, False):
        page = visit("/embed", phone=phone, raw=True)
        page.wait_for_load_state()
        assert page.evaluate(COVERED) == []
        assert {"Stockton", "El Centro", "Tracy"} <= {*page.locator("svg text").all_text_contents()}
        heights = page.locator("svg text").evaluate_all(
            "(all) => all.map((one) => one.getBoundingClientRect().height)"
        )
        assert 11 < min(heights) <= max(heights) < 22
