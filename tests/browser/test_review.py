"""Keepers log in with a provider in a real browser; who is not one of them sees nothing."""

import json
import shutil
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from joserfc.jwk import RSAKey
from playwright.sync_api import expect

from geo import clock
from geo.catalogue import history
from geo.settings import DATA
from geo.trust.report_file import ReportFile
from geo.trust.reports import Report
from tests.browser import hostile, servers
from tests.support import log_in

ENTRY = "hck7q3"
ANA = {"sub": "1", "email": "ana@help.example", "email_verified": True, "name": "Ana Zyzzyva"}
SAYS = ("=1+1", "'; DROP TABLE reports; --", "\u202eright to left", "a\x00b", "{% if 1 %}", "$x^2$")
ENOUGH = 500


@pytest.fixture(scope="module")
def provider():
    with log_in.provider() as run:
        yield run


@pytest.fixture(scope="module")
def kept(tmp_path_factory, fetched):
    """Return a folder with a catalogue, who may review it, and as many hostile reports."""
    folder = tmp_path_factory.mktemp("kept")
    shutil.copy(DATA / "services.csv", folder)
    (folder / "keepers.csv").write_text("account,role\nana@help.example,volunteer\n")
    attacks = [attack.replace("{fetched}", fetched.url) for attack in hostile.ATTACKS] + [*SAYS]
    today = clock.today()
    for number in range(ENOUGH):
        text = f"{attacks[number % len(attacks)]} {number}"
        is_missing = number < ENOUGH // 2
        entry, kind = ("", "missing") if is_missing else (ENTRY, "other")
        day = today - timedelta(days=0 if is_missing else number % 20)
        ReportFile(folder / "reports").save(Report(entry, kind, text, day))
    assert len(ReportFile(folder / "reports").waiting()) == ENOUGH
    return folder


@pytest.fixture(scope="module")
def reviewing(provider, kept, target):
    """Run an app that has a page for keepers."""
    port = servers.free_port()
    own = log_in.secrets_file(kept / "secrets.toml", provider.url, f"http://127.0.0.1:{port}")
    settings = {
        "CATALOGUE": str(kept / "services.csv"),
        "REPORTS": str(kept / "reports"),
        "REVIEWERS": str(kept / "keepers.csv"),
        "STREAMLIT_SECRETS_FILES": str(own),
        "EXIT_TO": target.url,
    }
    with servers.app(port=port, **settings) as started:
        yield started


@pytest.fixture
def come(browser, reviewing, provider):
    """Return a function that opens the page in a fresh browser and logs somebody in.

    No other host may be asked meanwhile but this machine, which is the provider too.
    """
    contexts, asked = [], []

    def open_page(person, **otherwise):
        provider.person, provider.age_s, provider.signs_with = person, 0, None
        vars(provider).update(otherwise)
        contexts.append(browser.new_context(locale="en-US"))
        page = contexts[-1].new_page()
        page.on("request", lambda request: asked.append(urlsplit(request.url)))
        page.goto(f"{reviewing.url}/review")
        page.get_by_role("button", name="Log in", exact=True).click()
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert {one.hostname for one in asked if one.scheme not in ("data", "blob")} == {"127.0.0.1"}


def words(page):
    return page.locator(".stMain").inner_text()


def test_a_keeper_logs_in_saves_and_leaves_a_line_without_a_name(come, kept):
    page = come(ANA)
    expect(page.get_by_text("You are here as: volunteer")).to_be_visible()
    assert page.url.endswith("/review")
    page.get_by_label("Another entry, by its id").fill(ENTRY)
    page.keyboard.press("Enter")
    page.get_by_text("Website (website)", exact=True).click()
    page.get_by_label("How do you know?").fill("called, spoke to desk")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved. Act 1")).to_be_visible()
    (line,) = history.beside(kept / "services.csv").read_text().splitlines()
    told = json.loads(line)
    assert (told["what"], told["fields"], told["role"]) == ("confirm", ["website"], "volunteer")
    assert told["how"] == "called, spoke to desk"
    assert not any(word in line.casefold() for word in ("ana", "help.example", "zyzzyva"))
    with page.expect_response("**/auth/logout"):
        page.get_by_role("button", name="Log out").click()
    expect(page.get_by_role("button", name="Log in", exact=True)).to_be_visible()
    assert {one["name"] for one in page.context.cookies()} <= {"_streamlit_xsrf"}
    assert "reports wait" not in words(page)


@pytest.mark.parametrize(
    "person",
    [
        ANA | {"email": "eve@help.example"},
        ANA | {"email_verified": False},
        {"sub": "ana@help.example"},
    ],
    ids=["another", "not verified", "an id like an address"],
)
def test_who_is_not_on_the_list_sees_a_refusal_and_nothing_else(come, person):
    page = come(person)
    expect(page.get_by_text("This account is not on the list")).to_be_visible()
    for text in ("reports wait", "What needs somebody", "Look at number", "missing"):
        assert text not in words(page)


@pytest.mark.parametrize(
    "otherwise",
    [{"age_s": 13 * 3600}, {"signs_with": RSAKey.generate_key(2048, {"kid": "one"})}],
    ids=["old", "forged"],
)
def test_a_log_in_that_is_old_or_forged_counts_for_nothing(come, otherwise):
    page = come(ANA, **otherwise)
    expect(page.get_by_role("button", name="Log in", exact=True)).to_be_visible()
    assert "reports wait" not in words(page)


def test_nothing_of_500_hostile_reports_runs(come, fetched):
    page = come(ANA)
    dialogs = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page.get_by_role("button", name="Look at number 20").wait_for()
    assert words(page).count("{{7*191}}") >= ENOUGH // 2 // (len(hostile.ATTACKS) + len(SAYS))
    hostile.look(page)
    page.get_by_role("button", name="Look at number 1", exact=True).click()
    expect(page.get_by_text("What readers report")).to_be_visible()
    expect(page.get_by_text("What did you find?").first).to_be_visible()
    assert "</script><script>window.__p=1</script>" in words(page)
    hostile.look(page)
    assert (dialogs, fetched.asked) == ([], [])
