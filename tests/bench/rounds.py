"""Rounds: how good and how fast plans are: `python -m tests.bench.rounds`.

Stops are crossings of the street graph of San Joaquin beside the project; their hours are patterns
that entries of the catalogue really have. Each plan is compared with a plain round to the nearest
open door, and with what the solver finds in a minute; those of up to 8 stops with the best of all
orders. It ends with 1 if a limit is passed.
"""

import argparse
import resource
import sys
import time
from dataclasses import replace
from datetime import date

import numpy as np

from geo.catalogue import csv_file
from geo.rounds import planner, solver, stops, timing, vrp
from geo.rounds.plan import Break, Plan, Question, Stop, Team
from geo.rounds.timing import Outing
from geo.settings import DATA
from geo.travel.engines import Travel
from tests.bench import streets
from tests.support import naive_rounds

DAY = date(2026, 11, 24)
SIZES = {6: 1, 8: 1, 10: 1, 25: 2, 50: 4, 100: 7, 200: 14}  # stops, teams
MOST_S = {25: 2.0, 50: 5.0, 200: 20.0}
MOST_OVER, MOST_MB, MINUTE = 0.02, 400.0, 60.0
SEED = 20_261_124
SHIFT, LUNCH = (8 * 60, 17 * 60), Break(11 * 60 + 30, 13 * 60, 30)


def main() -> int:
    """Measure, print, and return 1 if a limit was passed."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.rounds", description=__doc__)
    parser.add_argument("--sizes", nargs="+", type=int, choices=SIZES, default=[*SIZES])
    parser.add_argument("--minute", type=float, default=MINUTE, help="seconds to compare with")
    asked = parser.parse_args()
    if not streets.are_here():
        print("The street graph is not beside the project: nothing to measure.")
        return 0
    passed = [measured(size, SIZES[size], asked.minute) for size in asked.sizes]
    return int(not all(passed))


def measured(size: int, teams: int, minute: float) -> bool:
    """Print what a size takes and how good its plan is; return whether it is good enough."""
    places, crews, ways = instance(size, teams)
    begin = time.perf_counter()
    job = planner.start(Question(DAY, places, crews, ways))
    plan = job.wait(600)
    seconds = time.perf_counter() - begin
    assert plan
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    ours, outing = worth(plan), timing.outing(places, crews, ways)
    near = nearest(outing)
    line = f"{size} stops, {teams} teams: {seconds:.2f} s, {memory:.0f} MB; {told(ours)}; "
    line += f"nearest door first {told(near)}; "
    good = seconds <= MOST_S.get(size, 60.0) and memory <= MOST_MB and ours <= near
    if size <= 8:
        best = naive_rounds.best(places, crews, ways.minutes.tolist())
        good &= ours == best
        line += f"all orders {told(best)}"
    else:
        best = after(outing, minute)
        good &= over(ours, best) <= MOST_OVER
        line += f"{minute:.0f} s of the solver {told(best)}, over by {over(ours, best):.2%}"
    print(f"{line} {'ok' if good else 'NOT GOOD ENOUGH'}", flush=True)
    return good


def instance(size: int, teams: int) -> tuple[list[Stop], list[Team], Travel]:
    """Return stops at crossings with hours of real entries, and teams that start at others."""
    dice = np.random.default_rng(SEED + size)
    table = streets.nodes()
    chosen = dice.choice(len(table), size + teams, replace=False)
    points = list(zip(table["lat"].iloc[chosen], table["lon"].iloc[chosen], strict=True))
    patterns = sorted(set(csv_file.read(DATA / "services.csv").frame["hours"]))
    hours = [stops.windows(str(text), DAY) for text in patterns]
    open_some = [windows for windows in hours if windows != ()]
    places = [
        Stop(f"s{n}", f"Stop {n}", *points[n], open_some[dice.integers(len(open_some))])
        for n in range(size)
    ]
    places = [replace(stop, minutes=int(dice.choice([10, 15, 20, 30]))) for stop in places]
    homes = points[size:]
    crews = [Team(f"Team {n + 1}", home, home, SHIFT, break_=LUNCH) for n, home in enumerate(homes)]
    doubled = [*range(size), *(size + n for n in range(teams) for _ in range(2))]
    ways = streets.ways(chosen)
    every = np.ix_(doubled, doubled)
    return places, crews, replace(ways, minutes=ways.minutes[every], metres=ways.metres[every])


def worth(plan: Plan) -> tuple[int, int]:
    """Return what the stops left out count, and the cost of the rounds."""
    weights = dict(zip(plan.stops, vrp.weights(plan.stops), strict=True))
    lost = sum(weights[left.stop] for left in plan.left_out)
    return lost, sum(round_.cost for round_ in plan.rounds)


def nearest(outing: Outing) -> tuple[int, int]:
    """Return the same for going from each stop to the nearest one that can still be visited."""
    left = set(range(len(outing.stops)))
    total = 0
    for team in range(len(outing.teams)):
        order: list[int] = []
        while True:
            here = order[-1] if order else len(outing.stops) + 2 * team
            near = sorted(left, key=lambda stop, here=here: outing.minutes[here][stop])
            following = next((s for s in near if outing.fits(team, [*order, s])), None)
            if following is None:
                break
            order.append(following)
            left.remove(following)
        total += timing.schedule(outing, team, order).cost
    return sum(vrp.weights(outing.stops)[stop] for stop in left), total


def after(outing: Outing, seconds: float) -> tuple[int, int]:
    """Return the same for what the solver finds in so many seconds."""
    budget = solver.Budget(10**9, 10**9, seconds)
    solved = solver.solve(vrp.build(outing), budget, seed=2)
    orders = vrp.orders(solved, outing)
    inside = {stop for order in orders for stop in order}
    weights = vrp.weights(outing.stops)
    lost = sum(weight for stop, weight in enumerate(weights) if stop not in inside)
    return lost, sum(timing.schedule(outing, n, order).cost for n, order in enumerate(orders))


def over(ours: tuple[int, int], best: tuple[int, int]) -> float:
    """Return by what share ours is worse: by stops first, and if they are as many by cost."""
    if ours[0] != best[0]:
        return (ours[0] - best[0]) / max(best[0], 1)
    return ours[1] / best[1] - 1


def told(worth: tuple[int, int]) -> str:
    """Return a worth in words."""
    return f"{worth[1]} min" + (f", {worth[0]} left out" if worth[0] else "")


if __name__ == "__main__":
    sys.exit(main())
