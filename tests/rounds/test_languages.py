"""A plan is made of keys, not of words: it is whole in a language that is chosen later."""

import pickle
from dataclasses import replace

import pytest

from geo.i18n import words
from geo.rounds import by_hand, planner
from geo.rounds.papers import bundle
from geo.rounds.papers.bundle import Briefing
from geo.rounds.plan import SKILLS, Question, Sentence, Team, skill_names, team_name
from tests.support.briefings import MADE_AT
from tests.support.outings import DAY, HOME, line, stop

NURSE = frozenset({"nurse"})
TEAM = {"en": "Team 1", "es": "Equipo 1"}
LEFT = {
    "en": "Needs a case worker. No team has that.",
    "es": "Necesita una trabajadora o trabajador de casos. Ningún equipo lo tiene.",
}


@pytest.fixture
def plan():
    """Return a plan of a team with a nurse, and a stop that needs someone else."""
    stops = [stop("a", needs=NURSE), stop("b", needs=frozenset({"case_worker"}))]
    teams = [Team(team_name(1), HOME, HOME, (540, 1020), NURSE)]
    return planner.plan(Question(DAY, stops, teams, line(10, 20, 0, 0)), seconds=60.0)


def briefing(plan):
    plan = replace(plan, travel=replace(plan.travel, engine="crow"))
    return Briefing(plan, {}, "2026-11-20", MADE_AT)


@pytest.mark.parametrize("language", TEAM)
def test_a_plan_and_its_papers_are_told_in_the_language_that_is_asked_for(plan, language):
    say = words(language)
    (round_,), (left,) = plan.rounds, plan.left_out
    assert round_.team.called(say) == TEAM[language]
    assert left.reason.told(say) == LEFT[language]
    table = bundle.rows(briefing(plan), say).decode()
    assert TEAM[language] in table
    assert LEFT[language] in table
    assert TEAM[language] in bundle.route(briefing(plan), say).decode()
    assert TEAM[language] in bundle.calendar(briefing(plan), say).decode()
    assert bundle.pdf(briefing(plan), say).startswith(b"%PDF")


def test_a_new_stop_that_needs_what_the_team_has_goes_in_whatever_the_language(plan):
    more = by_hand.grown(plan, stop("c", needs=NURSE), line(10, 20, 30, 0, 0))
    added = by_hand.add(more, "c")
    assert [visit.stop.key for visit in added.rounds[0].visits] == ["a", "c"]
    assert [visit.breaches for visit in added.rounds[0].visits] == [(), ()]


@pytest.mark.parametrize("language", TEAM)
def test_skills_in_a_sentence_are_a_list_in_its_language(language):
    say = words(language)
    told = Sentence("Needs {skills}. No team has that.", {"skills": skill_names(SKILLS)}).told(say)
    assert all(say(label) in told for label in SKILLS.values())
    assert told.count(",") == len(SKILLS) - 1


def test_a_sentence_may_hold_sentences_and_is_the_same_after_a_journey():
    name = team_name(3)
    assert (str(name), hash(pickle.loads(pickle.dumps(name)))) == ("Team 3", hash(name))
    assert pickle.loads(pickle.dumps(name)) == name != team_name(4)
