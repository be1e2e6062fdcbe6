"""A report is sent without a script or a cookie, from our own page only, and is told as it is."""

import logging
import re
import sqlite3
from contextlib import closing
from urllib.parse import urlencode

import pytest

from app import app as server
from geo import clock, i18n
from geo.trust import report_file, reports
from geo.trust.report_file import ReportFile
from tests.support.asking import ask
from tests.support.markup import Page

OWN, PLACE = "http://127.0.0.1", "hck7q3"
FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def kept(tmp_path, monkeypatch, served):
    path = tmp_path / "reports.sqlite"
    monkeypatch.setenv("REPORTS", str(path))
    return path


def token():
    return re.search('name="token" value="(\\w+)"', ask(server, "/report/en").text)[1]


def send(language="en", headers=None, **cells):
    cells = {"id": PLACE, "kind": "hours", "text": "", **cells}
    if "token" not in cells:
        cells["token"] = token()
    given = {"origin": OWN, "content_type": FORM, **(headers or {})}
    return ask(server, f"/report/{language}", "POST", urlencode(cells).encode(), **given)


def waiting(kept):
    return [(one.entry, one.kind, one.text) for one in ReportFile(kept).waiting()]


@pytest.mark.parametrize("language", i18n.LANGUAGES)
@pytest.mark.parametrize("query", ["", f"?id={PLACE}"])
def test_the_form_is_whole_and_neutral_and_hides_nothing_from_us_only(kept, language, query):
    answer = ask(server, f"/report/{language}{query}")
    page = Page(answer.text)
    assert (answer.status, page.open, page.badly_closed) == (200, [], [])
    assert page.all("html", "lang") == [language]
    assert "<title>Home</title>" in answer.text
    assert 'id="leave"' in answer.text
    assert answer.headers["referrer-policy"] == "same-origin"
    assert '<meta name="referrer" content="same-origin">' in answer.text
    assert answer.headers["x-robots-tag"] == "noindex"
    assert "set-cookie" not in answer.headers
    assert page.all("form", "method") == ["post"]
    assert page.all("form", "action") == [f"/report/{language}"]
    labelled = {*page.all("label", "for")}
    assert {*page.all("textarea", "id")} == labelled
    kinds = [attrs["value"] for tag, attrs in page.tags if attrs.get("type") == "radio"]
    assert kinds == ([*reports.KINDS] if query else [])


def test_an_address_without_a_language_leads_to_the_one_of_the_reader(kept):
    asked = {"accept_language": "es-MX"}
    assert ask(server, "/report?id=hck7q3", **asked).headers["location"] == "/report/es?id=hck7q3"
    assert ask(server, "/report", **asked).headers["location"] == "/report/es"
    for odd in ("//evil.example", "%0d%0aSet-Cookie:a=b", "hck7q3&x"):
        found = ask(server, f"/report?id={odd}", **asked).headers["location"]
        assert found in ("/report/es", "/report/es?id=hck7q3")


def test_what_is_sent_is_kept_before_thanks_are_said(kept):
    answer = send(text="Cerrado los viernes", language="es")
    assert answer.status == 200
    assert "Gracias" in answer.text
    assert waiting(kept) == [(PLACE, "hours", "Cerrado los viernes")]
    assert "set-cookie" not in answer.headers


def test_what_is_missing_needs_a_few_words_and_a_place_a_kind(kept):
    assert send(id="", text="").status == 422
    assert send(kind="").status == 422
    assert send(kind="'; DROP TABLE reports").status == 422
    assert waiting(kept) == []
    assert send(id="", text="A food pantry in Holtville").status == 200
    assert waiting(kept) == [("", "missing", "A food pantry in Holtville")]


def test_an_id_that_is_none_is_told(kept):
    assert ask(server, "/report/en?id=zzzzzz").status == 404
    assert send(id="zzzzzz").status == 404
    assert waiting(kept) == []


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "same-site"},
    ],
)
def test_a_page_of_another_site_keeps_nothing_here(kept, headers):
    assert send(headers=headers).status == 403
    assert waiting(kept) == []


def test_a_form_without_its_token_or_of_an_earlier_day_is_given_back_filled_in(kept):
    old = reports.token(ReportFile(kept), clock.today().replace(year=2020))
    for given in ("", old):
        answer = send(token=given, text="Closed on Fridays", kind="closed")
        assert answer.status == 403
        assert "Closed on Fridays</textarea>" in answer.text
        assert 'value="closed" checked' in answer.text
    assert waiting(kept) == []


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"a" * 1_000_000, FORM, 413),
        (b"a" * 8_001, FORM, 413),
        (b'{"kind":"closed"}', "application/json", 415),
        (b"\xff\xfe%ff%00", FORM, 403),
    ],
)
def test_what_is_none_of_our_forms_is_refused(kept, body, kind, status):
    answer = ask(server, "/report/en", "POST", body, origin=OWN, content_type=kind)
    assert answer.status == status
    assert waiting(kept) == []


def test_signs_that_control_are_not_kept_and_markup_is_only_text(kept):
    assert send(text="a\0b\u202ec\r\nd <img src=x onerror=alert(1)> {{7*191}}").status == 200
    assert waiting(kept) == [(PLACE, "hours", "abc d <img src=x onerror=alert(1)> {{7*191}}")]
    shown = send(kind="", text="<script>alert(1)</script>").text
    assert "<script>alert" not in shown
    assert "&lt;script&gt;alert(1)" in shown


def test_an_address_of_what_may_be_hidden_is_not_given_back_either(kept):
    answer = send(id="", text="A safe house, 4711 Zanzibar Road")
    assert answer.status == 422
    assert "Zanzibar" not in answer.text
    assert waiting(kept) == []


def test_what_cannot_be_kept_is_told_with_whom_to_call_and_the_words_stay(
    kept, caplog, monkeypatch
):
    monkeypatch.setattr(report_file, "WAIT_S", 0.05)
    given = token()
    with closing(sqlite3.connect(kept, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        answer = send(token=given, text="Closed on Fridays")
        other.execute("ROLLBACK")
    assert answer.status == 503
    assert "call 211" in answer.text
    assert "Closed on Fridays</textarea>" in answer.text
    said = [one.getMessage() for one in caplog.records if one.levelno == logging.ERROR]
    assert said and not any("Fridays" in one for one in said)


def test_a_flood_is_told(kept, monkeypatch):
    monkeypatch.setattr(reports, "A_DAY_OF_ONE", 1)
    assert send(text="one").status == 200
    assert send(text="two").status == 429


def test_where_reports_are_off_nobody_is_asked(served, monkeypatch):
    monkeypatch.setenv("REPORTS", "off")
    assert ask(server, "/report/en").status == 404


def test_every_place_and_line_and_the_list_itself_lead_to_the_form(kept):
    linked = Page(ask(server, "/text/es").text).all("a", "href")
    rows = len([one for one in linked if one.startswith("/report/es?id=")])
    from geo.catalogue.keeper import keeper_of

    ids = {f"/report/es?id={one['id']}" for one in keeper_of(served_path()).current().entries}
    assert {one for one in linked if one.startswith("/report/es?id=")} == ids
    assert rows >= len(ids)
    assert "/report/es" in linked
    assert f"/report/en?id={PLACE}" in ask(server, f"/text/en/place/{PLACE}").text


def served_path():
    from geo import settings

    return settings.read().catalogue
