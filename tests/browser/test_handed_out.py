"""A file that is taken along is on no disk but where it is saved, and at no address."""

import base64
import hashlib
import os
import re
import signal
import struct
import zlib
from pathlib import Path

import brotli
import pytest
from playwright.sync_api import expect

from tests.browser import chromium, conftest, planning, reading, servers
from tests.browser.planning import PLAN
from tests.browser.test_outreach import START, names, press

CANARY = "kanarienvogel park"
KINDS = ("Sheets to print (PDF)", "Route for a GPS", "Calendar", "Table (CSV)")
OURS = b"function $default(component) {"  # the browser keeps our scripts, packed
ENTRY = bytes.fromhex("305c72a71b6dfbfc")  # how an entry of Chromium's cache begins
TOLD = ".st-key-files .told"
FOCUSED = "() => document.activeElement.shadowRoot?.activeElement?.textContent"


def copies(folder, wanted):
    """Return each (file, what) of a folder that has one of these bytes, plain, wide or packed."""
    wide = {bytes(two for one in word for two in (one, 0)) for word in wanted}
    coded = {base64.b64encode(word[shift:])[:-4] for word in wanted for shift in range(3)}
    found = []
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            body = path.read_bytes()
            unpacked = [body, kept(body), *map(inflated, starts(body))]
            words = {*wanted, *wide, *coded}
            found += [(path.name, word) for word in words if any(word in one for one in unpacked)]
    return found


def kept(body):
    """Return what an entry of Chromium's cache holds that came in Brotli, which has no mark."""
    told, unpacker = b"", brotli.Decompressor()
    if body.startswith(ENTRY):
        (key_bytes,) = struct.unpack_from("<I", body, 12)
        try:
            for start in range(24 + key_bytes, len(body), 256):
                told += unpacker.process(body[start : start + 256])
        except brotli.error:
            pass
    return told


def starts(body):
    return [
        body[found.start() :] for found in re.finditer(rb"\x1f\x8b\x08|\x78[\x01\x9c\xda]", body)
    ]


def inflated(body):
    unpacker, told = zlib.decompressobj(zlib.MAX_WBITS | 32), b""
    try:
        for start in range(0, len(body), 256):
            told += unpacker.decompress(body[start : start + 256])
    except zlib.error:
        pass
    return told


def started(browser, folder):
    """Run a browser that keeps its profile in this folder, as a reader's own does."""
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    context = browser.browser_type.launch_persistent_context(
        str(folder / "profile"),
        executable_path=chromium.find(),
        downloads_path=str(folder / "downloads"),
        args=[*conftest.ARGUMENTS, *root],
    )
    context.set_default_timeout(conftest.PATIENCE_MS)
    return context


@pytest.fixture(scope="module")
def own(tmp_path_factory, target):
    """Run an app whose every file is in one folder, and return both."""
    folder = tmp_path_factory.mktemp("server")
    with servers.app(TMPDIR=str(folder), HOME=str(folder), EXIT_TO=target.url) as app:
        yield app, folder


PARKS = (
    ("Oak park", "37.745, -121.43"),
    ("Elm park", "37.739, -121.44"),
    ("Ash park", "37.735, -121.41"),
)


def plan_with_canary(page):
    for name, point in PARKS:
        planning.add_place(page, name, point)
    planning.add_place(page, CANARY, "37.751, -121.425")
    planning.step(page, "2 Day and teams")
    planning.start_from(page, START)
    planning.plan(page)


def save(page, label):
    with page.expect_download() as coming:
        page.get_by_role("button", name=label).click()
    expect(page.locator(TOLD)).to_contain_text(coming.value.suggested_filename)
    return Path(coming.value.path())


def test_files_are_on_no_disk_but_where_they_are_saved(browser, own, tmp_path, target):
    app, folder = own
    context = started(browser, tmp_path)
    page = context.new_page()
    page.goto(f"{app.url}/outreach")
    plan_with_canary(reading.whole(page))
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    saved = [save(page, label).read_bytes() for label in KINDS]
    assert sum(CANARY.encode() in body for body in saved) == 3  # the PDF packs its words
    assert [url for url in asked if not url.startswith("blob:")] == []
    for body in saved:
        for name in (hashlib.sha224(body).hexdigest(), hashlib.sha256(body).hexdigest()):
            assert page.request.get(f"{app.url}/media/{name}.pdf").status == 404
    page.get_by_role("link", name="Leave now").click()
    page.wait_for_url(target.url)
    wanted = [CANARY.encode(), *(body[200:232] for body in saved)]
    while_running = copies(tmp_path / "profile", wanted)
    context.close()
    assert while_running == copies(tmp_path / "profile", wanted) == []
    assert copies(tmp_path / "profile", [OURS]), "the search would find what is kept"
    assert copies(folder, wanted) == []
    assert CANARY not in app.log.read_text(encoding="utf-8")


def test_one_press_is_one_file_the_focus_stays_and_who_leaves_gets_none(visit, app):
    page = visit("/gaps", fresh=True)
    button = page.get_by_role("button", name="Table (CSV)")
    button.wait_for()
    saved = []
    page.on("download", lambda one: saved.append(one.suggested_filename))
    button.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page.locator(TOLD)).to_contain_text("Ready: service-gaps-")
    expect(page.locator(".st-key-files [role=status]")).to_contain_text("Ready: service-gaps-")
    assert page.evaluate(FOCUSED) == "Table (CSV)"
    with page.expect_download():
        page.get_by_role("button", name="Map (GeoJSON)").click()
    assert [name.rpartition(".")[2] for name in saved] == ["csv", "geojson"]

    app.process.send_signal(signal.SIGSTOP)
    try:
        button.click()
        expect(page.locator(TOLD)).to_have_text("Making the file…")
        page.get_by_role("link", name="Leave now").click()
        page.wait_for_url(lambda url: not url.startswith(app.url))
    finally:
        app.process.send_signal(signal.SIGCONT)
    assert len(saved) == 2


def test_a_page_gives_its_round_back_to_a_server_that_was_started_again(browser, own):
    app, _ = own
    context = browser.new_context(viewport=conftest.DESKTOP, locale="en-US")
    context.set_default_timeout(conftest.PATIENCE_MS)
    page = context.new_page()
    page.goto(f"{app.url}/outreach")
    plan_with_canary(reading.whole(page))
    press(page, "Leave out", next(n for n, name in enumerate(names(page)) if name != CANARY))
    press(page, "Later", 0)
    before, told = names(page), page.locator(f"{PLAN} .distance").all_text_contents()
    with servers.again(app):
        expect(page.locator("[data-testid=stStatusWidget]")).to_have_count(0)
        page.locator(f"{PLAN} li.card").first.get_by_role("button", name="Later").click()
        notice = page.locator(".st-key-out_given_back")
        expect(notice).to_contain_text("This server has lost your round")
        expect(notice).to_contain_text("What you pressed last was not done.")
        expect(notice).to_contain_text("The plan was made again in the same order.")
        expect(page.locator(f"{PLAN} li.card")).to_have_count(len(before))
        assert CANARY in before
        assert names(page) == before
        assert page.locator(f"{PLAN} .distance").all_text_contents() == told
        expect(page.get_by_text("You took it out.")).to_be_visible()
        save(page, "Table (CSV)")
        expect(notice).to_have_count(0)
        planning.step(page, "2 Day and teams")
        expect(page.locator(".st-key-out_start input")).to_have_value(START)
    context.close()
