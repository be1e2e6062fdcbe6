"""A plan that is saved comes back as it was; any other file is refused without repeating it."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import QuestionError
from geo.rounds import plan_file
from geo.rounds.choice import Choice
from geo.rounds.plan import SHARES, SKILLS
from geo.rounds.plan_file import Crew, Draft

CLOCKS = st.integers(0, 1439)
WINDOWS = st.none() | st.tuples(CLOCKS, CLOCKS)
TEXTS = st.text(st.characters(categories=("L", "N", "P", "Zs")), max_size=30).filter(
    str.isprintable
)
NEEDS = st.lists(st.sampled_from(sorted(SKILLS)), unique=True).map(tuple)


@st.composite
def choices(draw):
    keys = draw(st.lists(st.sampled_from(["365g99", "psnwrq", "typed-1", "typed-2"]), unique=True))
    return tuple(
        Choice(
            key,
            "A park",
            (draw(st.floats(-90, 90)), draw(st.floats(-180, 180))),
            draw(st.none() | st.integers(1, 480)),
            draw(st.booleans()),
            draw(st.integers(1, 3)),
            draw(NEEDS),
            hours=draw(WINDOWS),
            between=draw(WINDOWS),
        )
        for key in keys
    )


@st.composite
def drafts(draw):
    chosen = draw(choices())
    keys = [one.key for one in chosen]
    some = st.sets(st.sampled_from(keys)) if keys else st.just(set())
    return Draft(
        day=draw(st.dates(date(2026, 1, 1), date(2030, 12, 31))),
        start=draw(TEXTS),
        end=draw(TEXTS),
        teams=tuple(draw(st.lists(st.builds(Crew, CLOCKS, CLOCKS, NEEDS), min_size=1, max_size=4))),
        choices=chosen,
        checked=frozenset(draw(some)),
        minutes=draw(st.integers(1, 480)),
        assumed=draw(WINDOWS),
        traffic=draw(st.floats(0.5, 3.0)),
        share=draw(st.sampled_from(sorted(SHARES))),
        longest_leg=draw(st.none() | st.integers(1, 600)),
        longest_drive=draw(st.none() | st.integers(1, 1440)),
        pause=draw(st.none() | st.tuples(CLOCKS, CLOCKS, st.integers(1, 180))),
        orders=draw(st.just(()) | st.permutations(keys).map(lambda order: (tuple(order),))),
        pins={key: draw(st.sampled_from(["first", "last"])) for key in draw(some)},
        dropped=frozenset(draw(some)),
    )


@given(drafts())
def test_a_plan_comes_back_as_it_was(draft):
    assert plan_file.read(plan_file.write(draft)) == draft


GOOD = json.loads(
    plan_file.write(Draft(date(2026, 11, 24), "Tracy", "", (Crew(540, 1020),), (Choice("365g99"),)))
)
SECRET = "zufluchtshaus"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"kind": SECRET}, "not a plan that was saved here"),
        ({"schema": 2}, "by another version of this site"),
        ({"day": SECRET}, "day: wanted a day such as"),
        ({"start": SECRET * 20}, "start: wanted a text"),
        ({"minutes": 0}, "minutes: wanted a whole number from 1 to 480"),
        ({"minutes": True}, "minutes: wanted a whole number"),
        ({"traffic": float("nan")}, "traffic: wanted a number"),
        ({"share": SECRET}, "share: wanted even, miles, teams"),
        ({"teams": [{"shift": ["9", "17:00"], "skills": []}]}, "teams 1: shift: wanted a time"),
        ({"teams": [{"shift": ["09:00"], "skills": []}]}, "teams 1: shift: wanted two times"),
        ({"teams": [{"shift": ["09:00", "17:00"], "skills": [SECRET]}]}, "a list of keys"),
        ({"teams": [SECRET]}, "teams 1: : wanted named values"),
        ({"stops": GOOD["stops"] * 2}, "stops: wanted each stop once"),
        ({"stops": [{**GOOD["stops"][0], "point": [91, 0]}]}, "stops 1: point: wanted a number"),
        ({"stops": [{**GOOD["stops"][0], "id": "typed-1"}]}, "a point and a name"),
        (
            {"stops": [{**GOOD["stops"][0], "id": "typed-x", "name": "P", "point": [37, -121]}]},
            "a point and a name",
        ),
        ({"stops": {}}, "stops: wanted a list"),
        ({"orders": [["365g99"], ["365g99"]]}, "orders: wanted each stop once"),
        ({"orders": [[SECRET]]}, "orders: wanted ids of stops"),
        ({"pins": {"365g99": SECRET}}, "pins: wanted first or last"),
        ({"break": ["11:30", "13:00"]}, "break: wanted two times"),
        ({"left_out_by_hand": [[]]}, "left_out_by_hand: wanted a list of keys"),
    ],
)
def test_a_file_that_was_changed_is_refused_with_where_and_never_what(change, told):
    with pytest.raises(QuestionError, match=told) as raised:
        plan_file.read(json.dumps({**GOOD, **change}).encode())
    assert SECRET not in str(raised.value)


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe", b"[]", b"1", b"[" * 100_000, b'{"kind": 1}', b" " * 1_000_001]
)
def test_anything_else_is_no_plan(content):
    with pytest.raises(QuestionError, match="not a plan that was saved here"):
        plan_file.read(content)


@given(st.recursive(st.none() | st.booleans() | st.floats() | st.text(), st.lists))
def test_whatever_stands_in_a_place_is_taken_or_refused_in_a_sentence(odd):
    for name in GOOD:
        try:
            plan_file.read(json.dumps({**GOOD, name: odd}).encode())
        except QuestionError as error:
            assert str(error)
