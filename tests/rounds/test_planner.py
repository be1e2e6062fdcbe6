"""A plan is the best of all orders, keeps every rule, and is the same for the same seed."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import jobs
from geo.errors import PlanError, QuestionError
from geo.i18n import words
from geo.rounds import audit, limits, planner, timing, vrp
from geo.rounds.plan import Break, Question, Stop, Team
from geo.travel import engines
from tests.support import naive_rounds, towns
from tests.support.outings import DAY, HOME, line, outing, random_one, stop, team, travel

PATIENT = 60.0  # seconds: the steps end the search, not the clock
LOS_ANGELES = (34.05, -118.24)


def plan(stops, teams, ways, **more):
    return planner.plan(Question(DAY, stops, teams, ways), **{"seconds": PATIENT, **more})


def keys(found):
    return [[visit.stop.key for visit in round_.visits] for round_ in found.rounds]


def worth(found):
    weights = dict(zip(found.stops, vrp.weights(found.stops), strict=True))
    lost = sum(weights[left.stop] for left in found.left_out)
    return lost, sum(round_.cost for round_ in found.rounds)


@pytest.mark.parametrize("seed", range(25))
def test_a_plan_is_as_good_as_the_best_of_all_orders_tried_minute_by_minute(seed):
    stops, teams, ways = random_one(seed)
    for number in range(len(teams)):  # a shift in which nothing can be reached is refused
        ways.minutes[len(stops) + 2 * number, 0] = 1.0
        ways.minutes[0, len(stops) + 2 * number + 1] = 1.0
    ways = travel(closure(ways.minutes))
    found = plan(stops, teams, ways)
    assert worth(found) == naive_rounds.best(stops, teams, ways.minutes.tolist())


def closure(minutes):
    """Return the shortest ways over all places: no detour is shorter than the way itself."""
    for through in range(len(minutes)):
        minutes = np.minimum(minutes, minutes[:, [through]] + minutes[[through], :])
    return minutes


def test_eight_stops_with_two_shifts_of_hours_each_and_lunch_are_the_best_of_all_orders():
    places = [0, 12, 25, 31, 44, 58, 66, 79, 5, 5]
    stops = [
        stop(f"s{n}", (480 + 10 * n, 640 - 5 * n), (780, 900 + 10 * n), minutes=15)
        for n in range(8)
    ]
    teams = [team(break_=Break(690, 780, 30))]
    ways = line(*places)
    assert worth(plan(stops, teams, ways)) == naive_rounds.best(stops, teams, ways.minutes)


def test_the_same_seed_gives_the_same_plan():
    stops, teams, ways = random_one(7)
    first, again = plan(stops, teams, ways, seed=5), plan(stops, teams, ways, seed=5)
    assert (first.rounds, first.left_out) == (again.rounds, again.left_out)


def test_a_round_is_timed_as_by_hand():
    stops = [stop("bank", (600, 660)), stop("clinic", (540, 720), (780, 900), minutes=30)]
    (round_,) = plan(stops, [team()], line(10, 30, 0, 0)).rounds
    bank, clinic = round_.visits
    assert round_.leave_start == 590  # ten minutes before the bank opens
    assert (bank.arrive, bank.wait, bank.start, bank.leave, bank.slack) == (600, 0, 600, 620, 40)
    assert (clinic.arrive, clinic.start, clinic.leave, clinic.slack) == (640, 640, 670, 50)
    assert (round_.back_minutes, round_.back_at, round_.drive_minutes) == (30, 700, 60)
    assert (round_.on_site_minutes, round_.waiting_minutes, round_.miles) == (50, 0, 30.0)


def test_a_team_leaves_for_the_afternoon_when_that_saves_it_the_wait_over_noon():
    stops = [stop("a", (540, 720), (840, 900)), stop("b", (865, 960))]
    (round_,) = plan(stops, [team()], line(5, 10, 0, 0)).rounds
    assert (round_.leave_start, round_.waiting_minutes) == (835, 0)


def test_the_end_may_be_elsewhere_than_the_start():
    stops = [stop("far"), stop("near")]
    found = plan(stops, [team()], line(40, 10, 0, 50))
    assert keys(found) == [["near", "far"]]
    assert found.rounds[0].back_minutes == 10


def test_two_teams_share_what_one_cannot_do_and_only_the_nurse_goes_where_one_is_needed():
    nurse = team(name="Nurse", skills=frozenset({"nurse"}))
    both = [stop("wound", (600, 630), needs=frozenset({"nurse"})), stop("other", (600, 630))]
    found = plan(both, [team(), nurse], line(30, -30, 0, 0, 0, 0))
    assert keys(found) == [["other"], ["wound"]]


def test_one_that_must_be_visited_comes_before_any_number_of_others():
    stops = [stop("x", (600, 620), priority=3), stop("y", (620, 640)), stop("z", (600, 640))]
    stops[2] = replace(stops[2], must=True, minutes=40)
    assert keys(plan(stops, [team()], line(0, 0, 0, 0, 0))) == [["z"]]


def test_a_break_is_begun_in_its_time_and_neither_driving_nor_serving():
    stops = [stop("a", (540, 700)), stop("b", (700, 1000))]
    (round_,) = plan(stops, [team(break_=Break(690, 720, 30))], line(60, 90, 0, 0)).rounds
    a, b = round_.visits
    assert 690 <= round_.break_at <= 720
    assert a.done <= round_.break_at <= a.leave - 30 or b.arrive <= round_.break_at <= b.start - 30


def test_no_break_is_needed_on_the_way_by_a_team_that_is_back_before_its_last_minute():
    (round_,) = plan([stop("a")], [team(break_=Break(720, 780, 30))], line(20, 0, 0)).rounds
    assert round_.break_at is None
    assert round_.back_at <= 780


def test_unknown_hours_are_allowed_and_marked():
    (round_,) = plan([stop("a")], [team()], line(20, 0, 0)).rounds
    assert round_.visits[0].stop.hours_unknown
    assert round_.visits[0].slack is None


def test_a_plan_is_made_in_a_process_of_its_own_and_tells_on_the_way():
    stops, teams, ways = random_one(3)
    job = planner.start(Question(DAY, stops, teams, ways), seconds=PATIENT)
    found = job.wait(60)
    assert found.rounds == plan(stops, teams, ways).rounds
    assert job.told.status == "so_far"
    assert audit.check(planner.explained(job.told))


@given(st.integers(0, 40), st.data())
def test_the_inspection_sees_any_time_that_is_changed(seed, data):
    stops, teams, ways = random_one(seed)
    parts = outing(stops, teams, ways)
    order = data.draw(st.permutations([n for n, s in enumerate(stops) if s.windows != ()]))
    order = next((order[:n] for n in range(len(order), 0, -1) if parts.fits(0, order[:n])), None)
    if not order:
        return
    found = whole(stops, teams, ways, order)
    assert audit.faults(found) == []
    which = data.draw(st.integers(0, len(order) - 1))
    field = data.draw(st.sampled_from(["arrive", "start", "leave", "leg_minutes", "wait"]))
    by = data.draw(st.integers(-40, 40).filter(bool))
    round_ = found.rounds[0]
    visits = list(round_.visits)
    visits[which] = replace(visits[which], **{field: getattr(visits[which], field) + by})
    wrong = replace(round_, visits=tuple(visits))
    assert audit.faults(replace(found, rounds=(wrong, *found.rounds[1:])))


def whole(stops, teams, ways, order):
    """Return a plan with one round and the rest left out."""
    parts = outing(stops, teams, ways)
    empty = planner.Plan(DAY, tuple(stops), tuple(teams), ways, (), ())
    rounds = [timing.schedule(parts, 0, order)]
    rounds += [timing.schedule(parts, n, []) for n in range(1, len(teams))]
    left = [stop for n, stop in enumerate(stops) if n not in order]
    out = tuple(planner.LeftOut(stop, "room", planner.Sentence("-")) for stop in left)
    return replace(empty, rounds=tuple(rounds), left_out=out)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda p: replace(p, left_out=p.left_out * 2), "times left out"),
        (lambda p: with_stop(p, windows=((0, 10),)), "not within"),
        (lambda p: with_stop(p, needs=frozenset({"nurse"})), "needs"),
        (lambda p: with_team(p, shift=(540, 560)), "the shift is"),
        (lambda p: with_team(p, longest_leg_minutes=5), "a drive of"),
        (lambda p: with_team(p, longest_drive_minutes=5), "of driving"),
        (lambda p: with_team(p, break_=Break(545, 550, 30)), "no break"),
        (lambda p: with_round(p, break_at=700), "a break that nobody asked for"),
        (lambda p: with_break(p, 560, 700), "the break begins at 560"),
        (lambda p: with_break(p, 580), "is during a drive or a visit"),
        (lambda p: with_break(p, 550), "is during a drive or a visit"),
        (lambda p: with_break(p, 650), "is after the last stop"),
        (lambda p: with_visit(p, slack=5), "5 minutes to closing"),
        (lambda p: with_visit(p, leg_miles=16.0), "metres, not 16.0 miles"),
        (lambda p: with_visit(p, leg_minutes=29), "minutes, not 29"),
        (lambda p: with_round(p, back_at=700), "is back at 700"),
        (lambda p: with_round(p, drive_minutes=1), "the drives or the visits do not add up"),
        (lambda p: with_round(p, miles=1.0), "the waits or the miles do not add up"),
        (lambda p: replace(p, rounds=()), "are not those of the teams"),
        (
            lambda p: replace(p, rounds=(replace(p.rounds[0], visits=()),)),
            "stays at home, yet has a way",
        ),
    ],
)
def test_the_inspection_names_what_is_not_kept_and_the_plan_is_not_shown(change, fault):
    stops = [stop("a", (540, 700)), stop("b", ())]
    stops[1] = replace(stops[1], windows=())
    found = plan(stops, [team()], line(30, 40, 0, 0))
    assert audit.faults(found) == []
    wrong = change(found)
    assert any(fault in one.text for one in audit.faults(wrong))
    with pytest.raises(PlanError, match="did not pass its own check"):
        audit.check(wrong)


def with_stop(found, **changes):
    old = found.stops[0]
    new = replace(old, **changes)
    round_ = found.rounds[0]
    visits = tuple(replace(v, stop=new) if v.stop == old else v for v in round_.visits)
    return replace(found, stops=(new, *found.stops[1:]), rounds=(replace(round_, visits=visits),))


def with_team(found, **changes):
    new = replace(found.teams[0], **changes)
    return replace(found, teams=(new,), rounds=(replace(found.rounds[0], team=new),))


def with_round(found, **changes):
    return replace(found, rounds=(replace(found.rounds[0], **changes),))


def with_break(found, begins, earliest=540):
    return with_round(with_team(found, break_=Break(earliest, 720, 15)), break_at=begins)


def with_visit(found, **changes):
    visits = (replace(found.rounds[0].visits[0], **changes),)
    return with_round(found, visits=visits)


def test_a_break_is_kept_among_more_stops_than_it_is_tried_at():
    stops = [stop(f"s{n}", minutes=5) for n in range(vrp.MOST_REST_PLACES + 5)]
    pause = Break(600, 630, 30)
    found = plan(stops, [team(540, 900, break_=pause)], line(*range(len(stops)), 0, 0))
    (round_,) = found.rounds
    assert len(round_.visits) == len(stops)
    assert pause.earliest <= round_.break_at <= pause.latest


def test_only_so_many_plans_are_made_at_once(monkeypatch):
    start = jobs.start
    monkeypatch.setattr(jobs, "start", lambda *_: start("tests.support.outings:silent", 60))
    question = Question(DAY, [stop("a")], [team()], line(20, 0, 0))
    searches = [planner.start(question) for _ in range(planner.SLOTS.most)]
    with pytest.raises(QuestionError, match="Other plans are being made"):
        planner.start(question)
    for job in searches:
        job.cancel()
    planner.start(question).cancel()


@pytest.mark.parametrize(
    ("stops", "teams", "told"),
    [
        ([], [team()], "There is no stop"),
        ([stop("a")], [], "There is no team"),
        ([stop("a")], [team()] * (limits.MOST_TEAMS + 1), "teams. Plan for at most"),
        ([stop(f"s{n}") for n in range(5000)], [team()], "Found 5,000 stops. Plan at most 250"),
        ([stop("a"), stop("a")], [team()], "A is in the list 2 times"),
        ([stop("a", minutes=0)], [team()], "Found 0 minutes at A"),
        ([stop("a", priority=7)], [team()], "Found 7 as the priority"),
        ([stop("a")], [team(600, 600)], "must end after it starts"),
        ([stop("a")], [team(540, 580)], "has 40 minutes. The way to the nearest stop and back"),
        ([stop("a")], [Team("One", LOS_ANGELES, HOME, (540, 900))], "miles from Imperial"),
        ([stop("a")], [team(break_=Break(700, 600, 30))], "The break of One"),
        ([stop("a")], [team(longest_leg_minutes=0)], "Found 0 minutes for the longest drive"),
    ],
)
def test_what_cannot_be_asked_is_said_in_a_sentence(stops, teams, told):
    size = len(stops) + 2 * len(teams)
    ways = travel([[60 * (a != b) for a in range(min(size, 9))] for b in range(min(size, 9))])
    with pytest.raises(QuestionError, match=told) as raised:
        plan(stops, teams, ways)
    assert raised.value.told(words("en"))


def test_the_table_of_ways_has_to_fit_and_points_and_traffic_have_to_make_sense():
    with pytest.raises(QuestionError, match="table of ways"):
        plan([stop("a")], [team()], line(0, 1))
    with pytest.raises(QuestionError, match="No way was found from the start of One"):
        plan([stop("a")], [team()], line(float("nan"), 0, 0))
    with pytest.raises(QuestionError, match="for the traffic"):
        planner.matrix([stop("a")], [team()], traffic=9)
    with pytest.raises(QuestionError, match="Are the two swapped"):
        planner.matrix([Stop("a", "A", -121.4, 37.7)], [team()])


def test_traffic_makes_the_ways_longer():
    far = Stop("a", "A", 37.96, -121.29)
    usual, slow = (planner.matrix([far], [team()], traffic=traffic) for traffic in (1.0, 1.25))
    assert slow.minutes == pytest.approx(1.25 * usual.minutes)
    assert (slow.metres == usual.metres).all()


def test_no_time_at_all_is_not_the_usual_time():
    stops, teams, ways = random_one(3)
    assert plan(stops, teams, ways, seconds=0.0).status == "time_limit"


def test_a_plan_that_fails_its_check_is_logged_with_keys_and_never_a_name(caplog):
    stops = [replace(stop("typed-1"), name="Marias secret place", needs=frozenset())]
    found = plan(stops, [team(name="Secret team")], line(30, 0, 0))
    wrong = with_stop(with_team(found, shift=(540, 560)), needs=frozenset({"nurse"}))
    with pytest.raises(PlanError) as raised:
        audit.check(wrong)
    told = "; ".join(raised.value.faults)
    assert "not kept: team 1: typed-1: needs ['nurse']" in raised.value.faults
    assert [record.levelname for record in caplog.records] == ["ERROR"]
    assert told in caplog.text
    assert "ecret" not in caplog.text


def test_a_plan_made_by_hand_need_not_keep_the_rules_but_has_to_add_up():
    found = plan([stop("a")], [team()], line(30, 0, 0))
    by_hand = replace(with_stop(found, needs=frozenset({"nurse"})), status="by_hand")
    assert [fault.kind for fault in audit.faults(by_hand)] == ["rule"]
    assert audit.check(by_hand) is by_hand
    wrong = replace(by_hand, rounds=(replace(by_hand.rounds[0], back_at=1000),))
    with pytest.raises(PlanError) as raised:
        audit.check(wrong)
    assert raised.value.faults == ("team 1: is back at 1000, left at 590",)


@pytest.mark.parametrize("engine", ["crow", "streets"])
def test_the_ways_of_one_more_stop_are_those_of_asking_for_all(engine, tmp_path, monkeypatch):
    monkeypatch.setenv("STREETS", str(tmp_path / "streets"))
    towns.lay(tmp_path)
    stops = [Stop("a", "A", 37.751, -121.425), Stop("b", "B", 37.705, -121.455)]
    new, crew = Stop("c", "C", 37.74, -121.44), [team(), team(name="Two")]
    before = planner.matrix(stops, crew, engine, traffic=1.25)
    known = planner.Plan(DAY, tuple(stops), tuple(crew), before, (), ())
    asked = []
    minutes = engines.minutes
    monkeypatch.setattr(engines, "minutes", lambda *a, **b: asked.append(a) or minutes(*a, **b))
    wider = planner.widened(known, new, traffic=1.25)
    cells = sum(len(origins) * len(destinations) for origins, destinations, *_ in asked)
    assert cells == 6 + 7
    whole = planner.matrix([*stops, new], crew, engine, traffic=1.25)
    np.testing.assert_allclose(wider.minutes, whole.minutes)
    np.testing.assert_allclose(wider.metres, whole.metres)
    assert (wider.engine, wider.estimate, wider.notice) == (engine, whole.estimate, whole.notice)


def test_if_the_engine_of_a_plan_is_gone_all_ways_come_from_another(tmp_path, monkeypatch):
    monkeypatch.setenv("STREETS", str(tmp_path / "streets"))
    towns.lay(tmp_path)
    stops, crew = [Stop("a", "A", 37.751, -121.425)], [team()]
    known = planner.Plan(DAY, tuple(stops), tuple(crew), planner.matrix(stops, crew), (), ())
    gone = replace(known, travel=replace(known.travel, engine="osrm"))
    new = Stop("c", "C", 37.74, -121.44)
    wider = planner.widened(gone, new)
    whole = planner.matrix([*stops, new], crew, wider.engine)
    np.testing.assert_allclose(wider.minutes, whole.minutes)
    assert wider.notice
