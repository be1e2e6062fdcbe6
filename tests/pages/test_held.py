"""What a page gives back of a round is taken for what it is: typed by anyone."""

import json
from copy import deepcopy
from dataclasses import replace
from datetime import date, datetime, time

import pytest
import streamlit as st

from geo import clock
from geo.catalogue.keeper import keeper_of
from geo.clock import TIMEZONE
from geo.errors import QuestionError
from geo.i18n import words
from geo.rounds import by_hand, plan_file, planner, stops
from geo.rounds.choice import Choice
from geo.rounds.plan import Question
from geo.settings import DATA
from pages.parts.outreach import (
    choose_stops,
    chosen,
    day_and_teams,
    held,
    plan_files,
    search,
    steps,
)

TUESDAY = date(2026, 11, 24)
SAY = words("en")


@pytest.fixture
def edition(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 22, 12, tzinfo=TIMEZONE))
    return keeper_of(DATA / "services.csv").current()


@pytest.fixture
def forget(monkeypatch):
    """Return a function that begins another session."""

    def begin():
        monkeypatch.setattr(st, "session_state", {})

    begin()
    return begin


@pytest.fixture
def told(edition, forget):
    """Return a round with a plan changed by hand, as a page holds it, and the plan."""
    listed = [one for one in edition.entries if stops.can_be_one(one) and one["city"] == "Tracy"]
    chosen.add([Choice(one["id"]) for one in listed[:5]])
    chosen.put(Choice(listed[0]["id"], minutes=35, must=True, priority=2, needs=("nurse",)))
    chosen.type_in("North park", (37.751, -121.425))
    st.session_state.update(
        {"out_day": TUESDAY, "out_start": "95376", "out_teams": 2, "out_from_1": time(8, 15)}
        | {"out_skills_0": ["nurse"], "out_leg": 90}
    )
    (found, _), teams = choose_stops.as_stops(edition, SAY), day_and_teams.teams(edition)
    plan = planner.plan(Question(TUESDAY, found, teams, planner.matrix(found, teams)), 0.2)
    plan = by_hand.drop(plan, found[1].key)
    plan = by_hand.pin(plan, found[2].key, by_hand.LAST)
    st.session_state[search.PLAN] = plan
    st.session_state.update({steps.KEY: steps.PLAN, "out_questions": True})
    st.session_state[search.ASKED] = list(chosen.choices().values()), day_and_teams.answers()
    chosen.type_in("South park", (37.705, -121.455))  # after the plan was made
    return json.loads(json.dumps(held.packed())), plan


def test_a_session_without_a_round_has_nothing_to_be_held(edition, forget):
    assert held.packed() is None


def test_what_is_given_back_is_what_was_there(told, edition, forget):
    round_, plan = told
    choices, answers = chosen.choices(), day_and_teams.answers()
    forget()
    lines = held.take_back(round_, edition, SAY)
    assert any("made again in the same order" in line for line in lines)
    again = search.plan()
    assert again.rounds == plan.rounds
    assert again.pins == plan.pins
    assert [(one.stop, one.kind) for one in again.left_out] == [
        (one.stop, one.kind) for one in plan.left_out
    ]
    assert chosen.choices() == choices
    assert day_and_teams.answers() == answers
    assert json.loads(json.dumps(held.packed())) == round_
    assert (st.session_state[steps.KEY], st.session_state["out_questions"]) == (steps.PLAN, True)
    assert len(st.session_state[search.ASKED][0]) == len(choices) - 1


def test_a_day_that_is_over_is_today_and_a_lost_search_is_told(told, edition, forget, monkeypatch):
    round_, _ = told
    forget()
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 27, 12, tzinfo=TIMEZONE))
    lines = held.take_back({**round_, "searching": True}, edition, SAY)
    assert day_and_teams.day() == date(2026, 11, 27)
    assert any("search that was going on is lost" in line for line in lines)


def test_an_order_that_is_none_is_no_plan_and_the_stops_are_still_there(told, edition, forget):
    round_, _ = told
    for spoil in (
        lambda orders: orders[0].append(orders[0][0]),
        lambda orders: orders.extend([[]] * 9),
    ):
        forget()
        bad = deepcopy(round_)
        spoil(bad["plan"]["orders"])
        lines = held.take_back(bad, edition, SAY)
        assert "The plan is lost. Please plan again." in lines
        assert search.plan() is None
        assert len(chosen.choices()) == 7


def test_an_entry_that_keeps_its_place_private_is_no_stop_of_what_comes_back(told, edition, forget):
    round_, _ = told
    private = next(one for one in edition.entries if not one["is_public"] and not one["is_line"])
    bad = deepcopy(round_)
    stop = {**bad["now"]["choices"][0], "key": private["id"]}
    bad["plan"]["asked"]["choices"].append(stop)
    bad["plan"]["orders"][0].append(private["id"])
    forget()
    held.take_back(bad, edition, SAY)
    assert private["id"] not in [stop.key for stop in search.plan().stops]


SPOILT = {
    "nothing": {},
    "text": "x",
    "answers gone": {"plan": None, "searching": False, "now": {"choices": [], "answers": {}}},
    "no choices": {"plan": None, "searching": False, "now": {"choices": 5, "answers": {}}},
}


@pytest.mark.parametrize("round_", SPOILT.values(), ids=SPOILT)
def test_what_is_no_round_is_told_in_a_sentence(round_, edition, forget, monkeypatch):
    st.session_state[held.KEY] = {"back": round_}
    monkeypatch.setattr(held.server, "edition", lambda: edition)
    monkeypatch.setattr(held.session, "words", lambda: SAY)
    held.come_back()
    told = st.session_state.get(held.TOLD, [])
    assert not round_ or "Please begin again." in told[0]
    assert chosen.choices() == {}


@pytest.mark.parametrize(
    ("what", "value"),
    [("minutes", "long"), ("priority", 7), ("point", [1]), ("needs", 3), ("point", ["a", "b"])],
)
def test_a_choice_that_cannot_be_is_refused(what, value, told, edition, forget):
    round_, _ = told
    bad = deepcopy(round_)
    bad["now"]["choices"][0][what] = value
    forget()
    with pytest.raises(held.FAULTS):
        held.take_back(bad, edition, SAY)


def test_a_plan_that_is_saved_is_opened_in_another_session_as_it_was(told, edition, forget):
    plan = search.plan()
    choices, answers = chosen.choices(), day_and_teams.answers()
    saved = plan_file.write(plan_files.draft())
    forget()
    assert "The plan is open." in plan_files.open_draft(plan_file.read(saved), edition, SAY)
    again = search.plan()
    keys = [[visit.stop.key for visit in one.visits] for one in again.rounds]
    assert keys == [[visit.stop.key for visit in one.visits] for one in plan.rounds]
    assert again.pins == plan.pins
    assert {one.stop.key for one in again.left_out if one.kind == "dropped"} == {
        one.stop.key for one in plan.left_out if one.kind == "dropped"
    }
    assert {key: (one.minutes, one.needs) for key, one in chosen.choices().items()} == {
        key: (one.minutes, one.needs) for key, one in choices.items()
    }
    sure = {f"out_sure_{number}": True for number in range(2)}
    assert day_and_teams.answers() == answers | sure


def test_a_plan_for_more_teams_than_the_page_has_is_refused(told, edition, forget):
    draft = plan_files.draft()
    with pytest.raises(QuestionError, match="up to 4 teams"):
        plan_files.open_draft(replace(draft, teams=draft.teams * 4), edition, SAY)


def test_a_way_to_share_that_nobody_knows_is_no_round(told, edition, forget):
    round_, _ = told
    round_["now"]["answers"]["out_share"] = "fair"
    with pytest.raises(held.FAULTS):
        held.take_back(round_, edition, SAY)
