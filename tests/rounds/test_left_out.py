"""The reason for each stop left out is the one that binds, and each way out works when taken."""

import re
from dataclasses import replace

import pytest

from geo.errors import QuestionError
from geo.i18n import words
from geo.rounds import by_hand, left_out, planner
from geo.rounds.plan import Break, Clock, Question
from tests.support.outings import DAY, line, random_one, stop, team

SAY = words("en")


def plan(stops, teams, ways):
    return planner.plan(Question(DAY, stops, teams, ways), seconds=60.0)


def told(found, key):
    """Return kind, reason and ways out of a stop that was left out, with plain spaces."""
    left = next(left for left in found.left_out if left.stop.key == key)
    sentences = [left.reason.told(SAY), *(remedy.told(SAY) for remedy in left.remedies)]
    return left.kind, *(sentence.replace("\u202f", " ") for sentence in sentences)


CASES = {
    "closed": (
        stop("a"),
        team(),
        20,
        ("closed", "Closed all day.", "Choose a day when it is open."),
    ),
    "late": (
        stop("a", (540, 550), minutes=10),
        team(),
        20,
        (
            "hours",
            "Closes at 9:10 AM. The earliest arrival is 9:20 AM.",
            "It fits if the shift of One starts at 8:40 AM.",
        ),
    ),
    "too little": (
        stop("a", (540, 570)),
        team(),
        20,
        (
            "hours",
            "Closes at 9:30 AM. The earliest arrival is 9:20 AM, and the visit takes 20 minutes.",
            "It fits if the shift of One starts at 8:50 AM.",
        ),
    ),
    "never long enough": (
        stop("a", (600, 610), (700, 710)),
        team(),
        20,
        ("hours", "It is never open for 20 minutes at a time that day."),
    ),
    "opens late": (
        stop("a", (1080, 1200)),
        team(),
        20,
        ("hours", "Opens at 6:00 PM. The shift ends at 5:00 PM."),
    ),
    "shift": (
        stop("a", (960, 1080)),
        team(540, 985),
        20,
        (
            "shift",
            "The shift ends at 4:25 PM. The team would be back at 4:40 PM.",
            "It fits if the shift of One is 15 minutes longer, to 4:40 PM.",
        ),
    ),
    "skill": (
        stop("a", needs=frozenset({"nurse"})),
        team(),
        20,
        ("skill", "Needs a nurse. No team has that.", "It fits if a team has a nurse."),
    ),
    "leg": (
        stop("a"),
        team(longest_leg_minutes=30),
        50,
        (
            "leg",
            "A drive of 50 minutes is needed. The longest allowed is 30.",
            "It fits if one drive may take 50 minutes.",
        ),
    ),
    "drive": (
        stop("a"),
        team(longest_drive_minutes=60),
        50,
        (
            "drive",
            "All drives would take 100 minutes. The most allowed is 60.",
            "It fits if all drives may take 100 minutes.",
        ),
    ),
    "no way": (stop("a"), team(), float("nan"), ("no_way", "No way there was found.")),
    "break": (
        stop("a", (700, 735), minutes=35),
        team(break_=Break(690, 730, 30)),
        10,
        (
            "break",
            "With this stop there is no time for the break between 11:30 AM and 12:10 PM.",
        ),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_the_reason_is_the_true_one(name):
    one, crew, away, wanted = CASES[name]
    if name == "closed":
        one = replace(one, windows=())
    found = plan([one, stop("near")], [crew], line(away, 0, 0, 0))
    assert told(found, "a") == wanted


NEXT_DAY = {
    "en": "The shift ends at 1:00 AM the next day. The team would be back at 5:02 AM the next day.",
    "es": (
        "El turno termina a las 1:00 a.m. del día siguiente. "
        "El equipo regresaría a las 5:02 a.m. del día siguiente."
    ),
}


@pytest.mark.parametrize("language", NEXT_DAY)
def test_a_time_after_midnight_is_told_to_be_on_the_next_day(language):
    found = plan([stop("a"), stop("near")], [team(1080, 1500)], line(321, 0, 0, 0))
    (left,) = found.left_out
    told = left.reason.told(words(language)).replace("\u202f", " ")
    assert told == NEXT_DAY[language]
    assert Clock(1440).told(SAY).replace("\u202f", " ") == "12:00 AM"  # the end of that day itself


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_sentence_ends_in_one_point_also_after_p_m(language):
    say, told = words(language), []
    for one, crew, away, _ in CASES.values():
        found = plan([one, stop("near")], [crew], line(away, 0, 0, 0))
        told += [part for left in found.left_out for part in (left.reason, *left.remedies)]
        late = by_hand.move(by_hand.add(found, "a"), "a", -1) if found.left_out else found
        told += [part for round_ in late.rounds for part in round_.breaches]
        told += [part for round_ in late.rounds for v in round_.visits for part in v.breaches]
    sentences = [one.told(say) for one in told]
    assert any(isinstance(value, Clock) for one in told for value in one.values.values())
    assert all(re.fullmatch(r"[^.].*[^.]\.", sentence) for sentence in sentences), sentences
    if language == "es":
        assert any(sentence.endswith("p.m.") for sentence in sentences)


def test_a_full_round_names_who_it_would_fit_in_the_place_of_and_how_much_longer_it_would_be():
    stops = [stop(key, (540, 620), minutes=40) for key in "abc"]
    found = plan(stops, [team(540, 640)], line(0, 0, 0, 0, 0))
    (left,) = found.left_out
    inside = [visit.stop.name for visit in found.rounds[0].visits]
    kind, reason, *ways_out = told(found, left.stop.key)
    assert kind in ("hours", "other_stop")
    assert "at 10:20 AM" in reason
    assert f"It fits in the place of {inside[0]}." in ways_out
    assert "One more team could go there." in ways_out


def test_what_is_told_to_give_works_when_it_gives():
    tried = 0
    for seed in range(40):
        stops, teams, ways = random_one(seed)
        try:
            found = plan(stops, teams, ways)
        except QuestionError:
            continue
        for left in found.left_out:
            for remedy in left.remedies:
                if "ends" in remedy.values and "minutes" in remedy.values:
                    longer = [
                        replace(one, shift=(one.shift[0], int(remedy.values["ends"])))
                        if one.name == remedy.values["team"]
                        else one
                        for one in teams
                    ]
                    assert fits(found, longer, left)
                    tried += 1
                if "begins" in remedy.values:
                    assert fits(found, earlier(teams, remedy), left)
                    tried += 1
                if "other" in remedy.values:
                    dropped = by_hand.drop(found, key_of(found, remedy.values["other"]))
                    again = by_hand.add(dropped, left.stop.key)
                    assert not any(r.breaches for r in again.rounds)
                    tried += 1
    assert tried > 5


def earlier(teams, remedy):
    extra = next(t for t in teams if t.name == remedy.values["team"]).shift[0] - int(
        remedy.values["begins"]
    )
    return [replace(one, shift=(one.shift[0] - extra, one.shift[1])) for one in teams]


def fits(found, teams, left):
    """Return whether the stop can be added by hand when the teams are as told."""
    changed = by_hand.add(replace(found, teams=tuple(teams), status="by_hand"), left.stop.key)
    kept = not any(r.breaches or any(v.breaches for v in r.visits) for r in changed.rounds)
    return kept and any(v.stop == left.stop for r in changed.rounds for v in r.visits)


def key_of(found, name):
    return next(stop.key for stop in found.stops if stop.name == name)


def test_the_reason_and_its_mend_are_one_reckoning():
    """The place in which a stop misses the shift by least is not that in which it ends soonest."""
    pause = Break(690, 700, 30)
    for seed in range(30):
        stops, teams, ways = random_one(seed)
        found = planner.plan(
            Question(DAY, stops, [replace(one, break_=pause) for one in teams], ways), seconds=60.0
        )
        for left in found.left_out:
            longer = [one for one in left.remedies if one.message == left_out.LONGER_SHIFT]
            if longer and "back" in left.reason.values:
                assert longer[0].values["ends"] == left.reason.values["back"]
