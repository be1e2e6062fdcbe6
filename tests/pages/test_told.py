"""What a page says a routing server is told is what it is told, in both languages."""

import json
import re
from datetime import date, datetime

import pytest
from streamlit.testing.v1 import AppTest

from geo import clock, i18n
from geo.catalogue.keeper import keeper_of
from geo.clock import TIMEZONE
from geo.gaps import demand
from geo.settings import ROOT, read
from geo.travel import engines
from geo.web import about
from pages.parts.outreach import chosen, search, steps
from tests.support import blocks

pytestmark = pytest.mark.usefixtures("served")
PATIENCE_S = 60
START, PARK, MEETING, CLICK = (
    (37.7391, -121.4252),
    (37.751, -121.425),
    (37.7, -121.4),
    (33.01, -115.5),
)
PRIVATE = {START, PARK, MEETING, CLICK}
OUTREACH = {
    True: "To find travel times, this site sends your start, your stops and your meeting places "
    "to a routing server. It does not send names.",
    False: "This site does not send where you start, stop or meet to any other server.",
}
MAP = {
    True: "To find travel times, this site sends these points to a routing server.",
    False: "These points are not sent to the routing server. What is there now and what would be "
    "are both worked out here, without it.",
}
ABOUT = {
    True: "When a team plans a round, or a planner chooses a point on the map, this server sends "
    "those places to a routing server to find travel times. It does not send names. It sends "
    "nothing from the page “Find help”.",
    False: "This server does not send on where you are, where you start or where you go.",
}

allowed = pytest.mark.parametrize("allowed", [False, True], ids=["off", "on"])
language = pytest.mark.parametrize("language", i18n.LANGUAGES)


@pytest.fixture
def allow(monkeypatch):
    """Return a function that turns the setting on or off; today is the Sunday before a round."""
    monkeypatch.setattr(search, "SECONDS", 2.0)
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 22, 12, tzinfo=TIMEZONE))

    def turn(on):
        monkeypatch.setenv("ROUTING_FOR_ROUNDS", "on" if on else "off")

    return turn


def opened(page, language="en", **state):
    app = AppTest.from_file(str(ROOT / "pages/menu.py"), default_timeout=PATIENCE_S)
    app.session_state["language"] = language
    app.run().switch_page(page)
    for key, value in state.items():
        app.session_state[key] = value
    return ran(app.run())


def ran(app):
    assert not app.exception
    return app


def text(app):
    return " ".join(element.value for element in app.text)


def says(app, sentences, language, on):
    """Return whether a page says the one sentence, and not the other."""
    say, shown = i18n.words(language), app if isinstance(app, str) else text(app)
    return say(sentences[on]) in shown and say(sentences[not on]) not in shown


@allowed
@language
def test_the_outreach_page_says_before_planning_whether_a_server_is_told(
    allowed, language, allow, router
):
    allow(allowed)
    entry = next(
        one
        for one in keeper_of(read().catalogue).current().entries
        if one["location_policy"] == "public" and one["radius_m"] and not one["is_line"]
    )
    stops = {
        "typed-1": chosen.Choice("typed-1", "North park", PARK),
        entry["id"]: chosen.Choice(entry["id"], point=MEETING),
    }
    app = opened("outreach.py", language, out_chosen=stops, out_day=date(2026, 11, 24))
    for step in (steps.TEAMS, steps.STOPS, steps.PLAN):
        app.session_state[steps.KEY] = step
        if step == steps.PLAN:
            app.session_state["out_start"] = ", ".join(map(str, START))
        assert says(ran(app.run()), OUTREACH, language, allowed)
    assert router.points == set()
    ran(app.button(key="out_go").click().run())
    if search.JOB in app.session_state:
        app.session_state[search.JOB].wait(PATIENCE_S)
        ran(app.run())
    plan = app.session_state[search.PLAN]
    assert len(plan.stops) == 2
    assert (plan.engine == "osrm") == allowed
    assert router.points == ({START, PARK, MEETING} if allowed else set())


@allowed
def test_a_point_on_the_map_is_told_to_a_server_only_if_the_page_says_so(allowed, allow, router):
    allow(allowed)
    app = opened(
        "gaps.py",
        gaps_tab="What if?",
        gaps_county="imperial",
        gaps_type="food",
        gaps_where="spot",
        gaps_spots=[CLICK],
    )
    assert says(app, MAP, "en", allowed)
    homes = {*demand.load()[["lat", "lon"]].round(6).itertuples(index=False, name=None)}
    assert homes & router.points  # the question itself goes to the server
    assert (CLICK in router.points) == allowed


def test_points_on_the_map_are_compared_with_what_the_same_engine_finds(allow, router, monkeypatch):
    allow(False)
    seen = []
    real = engines.minutes
    monkeypatch.setattr(
        engines, "minutes", lambda *given, **more: seen.append(real(*given, **more)) or seen[-1]
    )
    opened(
        "gaps.py", gaps_tab="What if?", gaps_county="imperial", gaps_type="food",
        gaps_where="spot", gaps_spots=[CLICK],
    )  # fmt: skip
    assert [ways.engine for ways in seen[-3:]] == ["osrm", "crow", "crow"]


@allowed
def test_an_address_typed_on_the_find_page_is_never_told(
    allowed, allow, router, monkeypatch, tmp_path
):
    allow(allowed)
    homes = blocks.lay(tmp_path / "streets")
    monkeypatch.setenv("STREETS", str(tmp_path / "streets"))
    home = next(home for home in homes if home.town == "Stockton" and home.city)
    app = opened("find.py", find={"address": f"{home.line}, Stockton"})
    parts = [part.proto for part in app.get("bidi_component")]
    told = [json.loads(part.json) for part in parts if part.component_name == "service_map_find"]
    assert "What you typed stays on this server. It is dropped after" in told[0]["spot"]["told"]
    assert router.points == set()


@allowed
@language
def test_the_about_page_says_what_is_told(allowed, language, allow, router):
    allow(allowed)
    edition = keeper_of(read().catalogue).current()
    said = about.page(edition, language)
    assert says(re.sub(r"\s+", " ", said), ABOUT, language, allowed)


@language
def test_without_a_routing_server_nothing_is_said_to_be_sent_whatever_the_setting(language, allow):
    allow(True)
    assert says(opened("outreach.py", language), OUTREACH, language, False)
    edition = keeper_of(read().catalogue).current()
    assert says(about.page(edition, language), ABOUT, language, False)


def test_the_settings_say_what_the_pages_do():
    for path in (ROOT / "docs/settings.md", ROOT / "geo" / "settings.py"):
        told = path.read_text(encoding="utf-8")
        assert "`on`: these servers are told starts, stops, and points on the map" in told
