"""Solomon: `python tests/bench/solomon.py FILE --seconds N` solves an instance in Solomon's format.

Distances are truncated to one decimal and the total distance is made least, as in the published
optima. It goes through the same solver code as a day out, and prints JSON: `vehicles`, `distance`,
`routes` (lists of customer numbers).
"""

import argparse
import json
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[2]))

from geo.rounds import solver

STEPS, IDLE_STEPS = 10_000_000, 1_000_000  # the clock ends it sooner
TENTHS = 10


def read(text: str, most: int | None = None) -> solver.Problem:
    """Return the instance that `text` holds, its first `most` customers if that is given."""
    rows = [line.split() for line in text.splitlines()]
    numbers = [[float(cell) for cell in row] for row in rows if row and _is_number(row[0])]
    (count, capacity), *table = numbers
    places = np.array(table[: most and most + 1])
    x, y = places[:, 1], places[:, 2]
    distance = np.hypot(x[:, None] - x, y[:, None] - y)
    tenths = np.floor(distance * TENTHS + 1e-9).astype(np.int64)
    times = (places[:, 3:] * (1, TENTHS, TENTHS, TENTHS)).astype(np.int64)
    jobs = [
        solver.Job((solver.Choice(place, early, late, lasts, (load,)),), required=True)
        for place, (load, early, late, lasts) in enumerate(times.tolist())
        if place
    ]
    _, early, late, _ = times[0].tolist()
    van = solver.Vehicle(0, 0, early, late, (int(capacity),), count=int(count))
    return solver.Problem(jobs, [van], [tenths], [tenths], 0, 1)


def solve(problem: solver.Problem, budget: solver.Budget, seed: int = 1) -> dict[str, object]:
    """Return the vehicles used, the distance, and the customers of each in order."""
    found = solver.solve(problem, budget, seed)
    if not found.feasible:
        return {"vehicles": None, "distance": None, "routes": []}
    routes = [[job + 1 for job in jobs] for _, jobs in found.routes]
    return {"vehicles": len(routes), "distance": found.distance / TENTHS, "routes": routes}


def main() -> int:
    """Solve the instance that is named, print the answer, and return 1 if there is none."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    budget = solver.Budget(STEPS, IDLE_STEPS, asked.seconds)
    answer = solve(read(asked.file.read_text(encoding="utf-8")), budget, asked.seed)
    print(json.dumps(answer))
    return int(answer["vehicles"] is None)


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).isdigit()


if __name__ == "__main__":
    sys.exit(main())
