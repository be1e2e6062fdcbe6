"""A report in a real browser without scripts: found, filled in and sent; no cookie is left."""

from urllib.parse import urljoin

import pytest
from playwright.sync_api import expect

from geo.trust.report_file import ReportFile
from tests.browser import servers


@pytest.fixture(scope="module")
def reporting(tmp_path_factory):
    """Run the app with reports that are kept."""
    kept = tmp_path_factory.mktemp("kept") / "reports"
    with servers.app(REPORTS=str(kept)) as started:
        yield started, kept


def test_a_report_is_sent_without_a_script(browser, reporting):
    app, kept = reporting
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(urljoin(app.url, "/text/en/place/hck7q3"))
    page.get_by_role("link", name="Is something wrong here?").click()
    page.get_by_label("The hours are wrong").check()
    page.get_by_label("In a few words").fill("<b>Closed</b> on Fridays")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you. It is saved.")
    assert page.title() == "Home"
    assert context.cookies() == []
    found = [(one.entry, one.kind, one.text) for one in ReportFile(kept).waiting()]
    assert found == [("hck7q3", "hours", "<b>Closed</b> on Fridays")]
    context.close()
