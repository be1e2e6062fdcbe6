"""The page of keepers: there only where they can log in; it does what the terminal does."""

import ast
import tomllib
from datetime import date, datetime, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from app import app as server
from geo import clock, i18n
from geo.catalogue import csv_file, history
from geo.clock import TIMEZONE
from geo.settings import ROOT
from geo.trust import decisions, keepers
from geo.trust.decisions import Decision
from geo.trust.report_file import ReportFile
from geo.trust.reports import Report
from pages.parts import contents, log_in
from pages.parts.review import who
from tests.support import catalogues
from tests.support.asking import ask
from tests.support.log_in import secrets_file

OPEN = "hck7q3"  # a public place of the shipped catalogue, without hours
NOW = datetime(2026, 11, 26, 10, tzinfo=TIMEZONE)
DAY = NOW.date()
ANA = {"email": "ana@help.example", "email_verified": True, "iat": NOW.timestamp() - 60}
PROVIDER, SITE = "https://login.example", "https://help.example"

pytestmark = pytest.mark.usefixtures("quick_pages")


@pytest.fixture
def kept(served, tmp_path, monkeypatch):
    """Serve a short catalogue with reports, which Ana may review as a volunteer."""
    frame = csv_file.read(served).frame
    private = frame["location_policy"].eq("area_only")
    catalogues.write(frame[frame["id"].eq(OPEN) | private | (frame.index % 40 == 0)], served)
    listed = tmp_path / "keepers.csv"
    listed.write_text("account,role\nANA@help.example,volunteer\n")
    monkeypatch.setenv("REVIEWERS", str(listed))
    monkeypatch.setenv("REPORTS", str(tmp_path / "reports"))
    monkeypatch.setattr(log_in, "is_set_up", lambda: True)
    monkeypatch.setattr(who, "claims", lambda: ANA)
    monkeypatch.setattr(clock, "now", lambda: NOW)
    monkeypatch.setattr(clock, "today", lambda: DAY)
    return tmp_path


def opened(entry="", language="en"):
    app = AppTest.from_file(str(ROOT / "pages/review.py"), default_timeout=120)
    app.session_state["language"] = language
    app.session_state["review_entry"] = entry
    return ran(app.run())


def ran(app):
    assert not app.exception
    return app


def text(app):
    return "\n".join(element.value for element in app.text)


def widget(app, kind, name):
    """Return the one whose key ends so."""
    (found,) = [one for one in getattr(app, kind) if one.key and one.key.endswith(f"_{name}")]
    return found


def press(app, label):
    (found,) = [one for one in app.button if one.label == label]
    return ran(found.click().run())


def log(served):
    return history.read(history.beside(served)).acts


def chosen(app, what):
    return ran(widget(app, "radio", "what").set_value(what).run())


def test_what_is_reported_comes_first_and_what_is_missing_is_told(kept, served):
    store = kept / "reports"
    ReportFile(store).save(Report(OPEN, "closed", "It is shut", DAY))
    ReportFile(store).save(Report("", "missing", "A pantry in Holtville", DAY - timedelta(days=2)))
    app = opened()
    shown = [element.value for element in app.text]
    first = next(n for n, line in enumerate(shown) if line.startswith("1. "))
    assert "1 report: It has closed" in shown[first + 1]
    assert "2026-11-24: A pantry in Holtville" in shown
    ReportFile(store).save(Report("", "missing", "Another one", DAY))  # while the keeper reads
    press(app, "I have looked at these")
    assert [one.text for one in ReportFile(store).waiting()] == ["It is shut", "Another one"]
    assert log(served)[0].waited == (2,)
    press(app, "Look at number 1")
    assert "2026-11-26: It has closed. It is shut" in text(app)


def test_a_fact_is_confirmed_by_itself(kept, served):
    app, before = opened(OPEN), served.read_bytes()
    widget(app, "checkbox", "so_website").check()
    widget(app, "text_input", "how").input("called, spoke to desk")
    press(ran(app.run()), "Save")
    (act,) = log(served)
    assert (act.what, act.fields, act.how) == ("confirm", ("website",), "called, spoke to desk")
    assert (act.role, served.read_bytes()) == ("volunteer", before)
    assert "Saved. Act 1, 2026-11-26, volunteer" in text(app)
    assert "confirmed on 2026-11-26 by volunteer" in text(app)


def test_the_checker_speaks_before_anything_is_saved_and_the_difference_is_shown(kept, served):
    app, before = chosen(opened(OPEN), "correct"), served.read_bytes()
    ran(widget(app, "multiselect", "otherwise").set_value(["hours"]).run())
    ran(widget(app, "text_input", "new_hours").input("M-F 8-5").run())
    assert "Did you mean Mo-Fr 08:00-17:00" in text(app)
    assert widget(app, "button", "save").disabled
    ran(widget(app, "text_input", "new_hours").input("Mo-Fr 08:00-17:00").run())
    assert "hours: '' -> 'Mo-Fr 08:00-17:00'" in text(app)
    assert served.read_bytes() == before
    press(app, "Save")
    assert csv_file.read(served).frame.set_index("id")["hours"][OPEN] == "Mo-Fr 08:00-17:00"
    press(app, "Take act 1 back")
    assert served.read_bytes() == before
    assert [act.what for act in log(served)] == ["correct", "undo"]


@pytest.mark.parametrize("moment", ["before the difference", "at the last moment"])
def test_of_two_at_once_the_second_is_told_both_and_writes_over_nothing(kept, served, moment):
    app = chosen(opened(OPEN), "correct")
    ran(widget(app, "multiselect", "otherwise").set_value(["website"]).run())
    box = widget(app, "text_input", "new_website")
    other = Decision("correct", OPEN, "volunteer", new={"website": "https://other.example"})
    if moment == "at the last moment":
        ran(box.input("https://mine.example").run())
        decisions.decide(served, other, DAY)
        press(app, "Save")
    else:
        decisions.decide(served, other, DAY)
        ran(box.input("https://mine.example").run())
    for told in ("now 'https://other.example', was 'https://www.ivworkforce.com'", "mine.example"):
        assert told in text(app) + widget(app, "text_input", "new_website").value
    assert widget(app, "button", "save").disabled
    assert len(log(served)) == 1
    press(app, "Look at it again")
    assert "https://other.example" in text(app)


@pytest.mark.parametrize(
    ("what", "given", "status"),
    [
        ("pause", {"again": date(2027, 1, 10)}, "paused"),
        ("retire", {}, "closed"),
        ("never", {"reason": "they asked for it"}, "closed"),
        ("fail", {}, "open"),
    ],
)
def test_what_else_can_be_decided(kept, served, what, given, status):
    app = chosen(opened(OPEN), what)
    for name, value in given.items():
        kind = "date_input" if what == "pause" else "text_input"
        ran(widget(app, kind, name).set_value(value).run())
    press(app, "Save")
    (act,) = log(served)
    assert (act.what, act.again) == (what, "2027-01-10" if what == "pause" else "")
    assert csv_file.read(served).frame.set_index("id")["status"][OPEN] == status


def test_of_a_private_place_no_value_is_told_to_who_comes_second(kept, served):
    frame = csv_file.read(served).frame
    own = frame["id"][frame["location_policy"].eq("area_only")].iloc[0]
    app = chosen(opened(own), "correct")
    ran(widget(app, "multiselect", "otherwise").set_value(["phone"]).run())
    other = Decision("correct", own, "volunteer", new={"phone": "209-555-0134"})
    decisions.decide(served, other, DAY)
    ran(widget(app, "text_input", "new_phone").input("209-555-0135").run())
    assert "phone: changed meanwhile" in text(app)
    assert "0134" not in history.beside(served).read_text()


def test_who_is_taken_off_the_list_can_save_nothing_any_more(kept, served):
    app = chosen(opened(OPEN), "retire")
    (kept / "keepers.csv").write_text("account,role\neve@help.example,volunteer\n")
    press(app, "Save")
    assert log(served) == ()
    assert "This account is not on the list of those who may review." in text(app)


@pytest.mark.parametrize(
    ("claims", "told"),
    [
        ({}, "A log-in counts 12 hours."),
        (ANA | {"iat": NOW.timestamp() - 13 * 3600}, "A log-in counts 12 hours."),
        (ANA | {"email": "eve@help.example"}, "This account is not on the list"),
    ],
    ids=["nobody", "old", "another"],
)
def test_who_may_not_review_sees_nothing_of_it(kept, monkeypatch, claims, told):
    monkeypatch.setattr(who, "claims", lambda: claims)
    app = opened(OPEN)
    assert told in text(app)
    assert "America's Job Center" not in text(app)
    assert [*app.radio, *app.text_input, *app.checkbox] == []


def test_a_list_that_cannot_be_read_lets_nobody_in(kept):
    (kept / "keepers.csv").write_text("account,role\nana@help.example,boss\n")
    assert "This account is not on the list" in text(opened())


def test_a_damaged_log_is_told(kept, served):
    history.beside(served).write_bytes(b"{")
    assert "The log is damaged. Nothing can be saved until it is restored." in [
        one.value for one in opened().warning
    ]


def test_it_speaks_spanish(kept):
    app, say = opened(OPEN, "es"), i18n.words("es")
    assert say("What did you find?") in [one.value for one in app.subheader]
    assert "Dirección" in text(app)


def test_an_unknown_entry_is_told(kept):
    assert "There is no entry of this id." in text(opened("zzzzzz"))


# Whether there is such a page at all.


def test_without_a_list_of_keepers_there_is_no_page_and_no_way_to_log_in():
    assert contents.addresses() == {page.address for page in contents.PAGES}
    for address in ("/review", "/auth/login?provider=x", "/auth/logout", "/oauth2callback?code=x"):
        assert ask(server, address).status == 404


def test_only_the_page_of_keepers_leads_to_its_code():
    reaching = set()
    for path in [*(ROOT / "pages").rglob("*.py"), ROOT / "app.py"]:  # geo imports no page
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(
                "pages.parts.review"
            ):
                reaching.add(path.relative_to(ROOT).as_posix())
    inside = {path for path in reaching if path.startswith("pages/parts/review/")}
    assert reaching - inside == {"pages/review.py"}


@pytest.mark.parametrize(
    ("otherwise", "is_there"),
    [
        ({}, True),
        ({"client_id": ""}, False),
        ({"server_metadata_url": ""}, False),
        ({"cookie_secret": "short"}, False),
    ],
    ids=["all", "no client", "no provider", "a weak secret"],
)
def test_there_is_a_page_if_list_and_provider_are_there(
    tmp_path, monkeypatch, caplog, otherwise, is_there
):
    told = secrets_file(tmp_path / "secrets.toml", PROVIDER, SITE, **otherwise).read_text()

    class Secrets(dict):
        def load_if_toml_exists(self):
            return True

    monkeypatch.setattr(log_in.st, "secrets", Secrets(tomllib.loads(told)))
    assert not log_in.is_set_up()
    monkeypatch.setenv("REVIEWERS", str(tmp_path / "keepers.csv"))
    assert log_in.is_set_up() == is_there
    log_in.warn()
    assert ("there is no /review" in caplog.text) == (not is_there)


@pytest.mark.parametrize(
    "text",
    ["account,role\n,volunteer\n", "account,role\nana@help.example,\n", "name\nx\n", ""],
    ids=["nobody", "no role", "header", "empty"],
)
def test_a_list_of_keepers_with_a_fault_is_refused_whole(tmp_path, text):
    path = tmp_path / "keepers.csv"
    path.write_text(text)
    with pytest.raises(Exception, match=r"keepers\.csv") as caught:
        keepers.read(path)
    assert "ana@" not in str(caught.value)


def test_an_id_of_a_provider_counts_as_it_stands(tmp_path):
    path = tmp_path / "keepers.csv"
    path.write_text("account,role\nAbC-12,volunteer\n")
    listed = keepers.read(path)
    assert keepers.role(listed, {"sub": "AbC-12"}) == "volunteer"
    assert keepers.role(listed, {"sub": "abc-12"}) == ""
    assert keepers.role(listed, {"email": "AbC-12", "email_verified": True}) == ""
    assert keepers.role(listed, {}) == ""
