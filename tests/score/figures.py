"""Figures: what planners and teams are told, worked out once more without anything clever."""

import csv
import math
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import combinations
from unittest.mock import patch

import numpy as np

from geo.catalogue.keeper import load_catalogue
from geo.gaps import answer, demand, measures
from geo.gaps.question import Question
from geo.gaps.sites import candidates, site_search
from geo.settings import DATA
from tests.rounds.test_planner import closure, plan, worth
from tests.score.row import Reached, Trial, faultless
from tests.support import naive_rounds
from tests.support.outings import random_one, travel

FIGURE = "people within, E2SFCA, Gini, best sites and rounds against naive second versions"
TARGET = "0 differences"
NOT_COVERED = (
    "ways along real streets (crow flies x 1.3); where a ZIP's middle is; three sites or more; "
    "rounds of more than 6 stops"
)
ASKED = (
    ("clinic", "imperial", 10.0),
    ("food", "imperial", 2.0),
    ("clinic", "san_joaquin", 5.0),
    ("food", "san_joaquin", 2.0),
    ("legal_aid", "san_joaquin", 15.0),
    ("shelter", "imperial", 20.0),
)
EARTH_M, MILE_M = 6_371_008.8, 1_609.344
Point = tuple[float, float]


def measure(trial: Trial) -> Reached:
    """Compare each figure of each question, then rounds with the best of all orders."""
    places = load_catalogue(DATA / "services.csv", date(2026, 11, 26))
    homes = _homes()
    faults: list[str] = []
    asked, seeds = ASKED[: trial.count(len(ASKED), 1)], range(trial.count(40, 4))
    spoilt = patch.object(answer, "e2sfca", _unweighted) if trial.is_broken else None
    if spoilt:
        spoilt.start()
    for kind, county, miles in asked:
        question = Question(kind, county, "miles", miles)
        found = answer.work_out(places, demand.load(), question)
        here = [home for home in homes if home[0] == county]
        services = _services(places, kind, county)
        told = f"{kind}, {county}: "
        faults += [told + wrong for wrong in _differing(found, here, services, homes, miles)]
        faults += [told + wrong for wrong in _sites_differing(found, here, services, miles)]
    if spoilt:
        spoilt.stop()
    faults += [f"round {trial.seed + n}" for n in seeds if _round_differs(trial.seed + n)]
    return faultless(len(asked) * 5 + len(seeds), faults, "differences")


Home = tuple[str, Point, int]  # county, point, people


def _homes() -> list[Home]:
    """Return each block group as its file has it."""
    with (DATA / "areas/blockgroups.csv").open(encoding="utf-8", newline="") as file:
        return [
            (
                row["county"],
                (float(row["latitude"]), float(row["longitude"])),
                int(row["population_2020"]),
            )
            for row in csv.DictReader(file)
        ]


def _services(places: object, kind: str, county: str) -> list[Point]:
    """Return where the places of a kind are that serve a county, by the catalogue's own cells."""
    with (DATA / "services.csv").open(encoding="utf-8", newline="") as file:
        rows = [*csv.DictReader(file)]
    ours = {
        row["id"]
        for row in rows
        if kind in [one.strip() for one in row["service_types"].split(";")]
        and "hotline" not in row["service_types"]
        and row["status"] == "open"
        and row["location_policy"] == "public"
        and county in (row["county"] + row["counties_served"]).replace("both", county)
    }
    told = places[["id", "lat", "lon"]].itertuples(index=False)  # type: ignore[index]
    return [(lat, lon) for own, lat, lon in told if own in ours and lat == lat]


def _metres(one: Point, other: Point) -> float:
    """Return the way between two points: by the law of haversines, and three tenths more."""
    a, b, c, d = map(math.radians, (*one, *other))
    h = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 1.3 * 2 * EARTH_M * math.asin(math.sqrt(h))


def _pace(point: Point, homes: Sequence[Home]) -> float:
    """Return minutes a metre near a point, by how many people live within 2 km of it."""
    around = sum(people for _, home, people in homes if _metres(point, home) / 1.3 <= 2_000)
    density = around / (math.pi * (2_000 / MILE_M) ** 2)
    mph = 22 if density >= 3_000 else 28 if density >= 1_000 else 45
    return 60 / (mph * MILE_M)


def _differing(
    found: answer.Answer,
    here: Sequence[Home],
    services: Sequence[Point],
    homes: Sequence[Home],
    limit: float,
) -> Iterator[str]:
    """Yield which figures of one answer are otherwise."""
    metres = [[_metres(point, one) for one in services] for _, point, _ in here]
    people = [count for _, _, count in here]
    within = sum(
        count
        for count, row in zip(people, metres, strict=True)
        if min(row, default=math.inf) / MILE_M <= limit
    )
    if within != found.people_within:
        yield f"people within: {found.people_within}, counted {within}"
    slow = [_pace(point, homes) for _, point, _ in here]
    there = [_pace(one, homes) for one in services]
    minutes = [
        [_minutes(way, slow[i], there[j]) for j, way in enumerate(row)]
        for i, row in enumerate(metres)
    ]
    score = _e2sfca(minutes, people)
    if not np.allclose(score, found.access, rtol=1e-9, atol=0):
        yield f"E2SFCA: up to {np.abs(found.access - score).max():.2g} apart"
    ours = measures.gini(found.access, np.array(people))
    if abs(ours - (gini := _gini(score, people))) > 1e-9:
        yield f"Gini: {ours}, counted {gini}"


def _minutes(metres: float, here: float, there: float) -> float:
    local = min(metres / 2, 3_000)
    return local * (here + there) + (metres - 2 * local) * 60 / (60 * MILE_M)


def _weight(minutes: float) -> float:
    return 1 if minutes <= 10 else 0.68 if minutes <= 20 else 0.22 if minutes <= 30 else 0


def _e2sfca(minutes: Sequence[Sequence[float]], people: Sequence[int]) -> list[float]:
    scores = [0.0] * len(people)
    for j in range(len(minutes[0])):
        asking = sum(count * _weight(row[j]) for count, row in zip(people, minutes, strict=True))
        for i, row in enumerate(minutes):
            scores[i] += _weight(row[j]) / asking if asking else 0
    return scores


def _gini(scores: Sequence[float], people: Sequence[int]) -> float:
    """Return the mean difference between any two people, over twice the mean."""
    apart = sum(
        p * q * abs(a - b)
        for a, p in zip(scores, people, strict=True)
        for b, q in zip(scores, people, strict=True)
    )
    total = sum(people)
    return apart / (2 * total * sum(a * p for a, p in zip(scores, people, strict=True)))


def _sites_differing(
    found: answer.Answer, here: Sequence[Home], services: Sequence[Point], limit: float
) -> Iterator[str]:
    """Yield where one or two more sites in the towns would do more good than those chosen."""
    towns = candidates.towns(found.question.county)
    costs = candidates.costs(found, [(one.lat, one.lon) for one in towns], public=True)
    near = [min(_metres(point, one) for one in services) / MILE_M <= limit for _, point, _ in here]
    reach = [
        [_metres(point, (one.lat, one.lon)) / MILE_M <= limit for one in towns]
        for _, point, _ in here
    ]
    for k in (1, 2):
        asked = site_search.Question(
            costs,
            found.areas["miles_1"].to_numpy(float),
            found.areas["people"].to_numpy(float),
            k,
            "mclp",
            limit,
        )
        best = max(
            sum(
                count
                for (_, _, count), has, row in zip(here, near, reach, strict=True)
                if has or any(row[site] for site in sites)
            )
            for sites in combinations(range(len(towns)), k)
        )
        siting = site_search.best(asked)
        if siting.objective != best:
            yield f"{k} sites: {siting.objective:,.0f}, the best of all {best:,}"


def _round_differs(seed: int) -> bool:
    """Tell whether a plan is not as good as the best of all orders, minute by minute."""
    stops, teams, ways = random_one(seed)
    for number in range(len(teams)):  # a shift in which nothing can be reached is refused
        ways.minutes[len(stops) + 2 * number, 0] = 1.0
        ways.minutes[0, len(stops) + 2 * number + 1] = 1.0
    ways = travel(closure(ways.minutes))
    return worth(plan(stops, teams, ways)) != naive_rounds.best(stops, teams, ways.minutes.tolist())


def _unweighted(minutes: object, people: object, supply: object) -> object:
    """Return access as if half an hour were as good as next door."""
    return measures.e2sfca(minutes, people, supply, (10, 20, 30), (1, 1, 1))  # type: ignore[arg-type]
