"""Answer: who is out of reach of what, at what hour, by which standard, and how sure that is.

`work_out` puts a `Question` to the catalogue and the block groups. What counts as a service: an
entry of the type with a public place, exact or only "somewhere in this ZIP code or city" (then its
middle, flagged `approximate`), in the county of the area or serving it. Lines to call have no place
and paused entries are shut: neither counts, nor do entries without a public place; `left_out` tells
how many those are.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo import sphere
from geo.catalogue import records
from geo.errors import QuestionError
from geo.gaps import standards
from geo.gaps.demand import GROUPS
from geo.gaps.measures import Reach, Spread, beyond, e2sfca, nearest, spread, steps
from geo.gaps.question import RANKS, STEPS, TRUSTS, Question
from geo.gaps.standards import Standard
from geo.hours.state import state_at
from geo.i18n import mark
from geo.sphere import METRES_A_MILE, Floats
from geo.travel import engines
from geo.travel.engines import Travel

Bools = NDArray[np.bool_]
SLOWER, FASTER = 0.8, 1.2
SAID_OF_A_SERVICE = ("id", "opening", "counted", "approximate", "verified_on", "source_date")


@dataclass(frozen=True, eq=False)
class Answer:
    """What was found. People are those of the census of 2020; shares go from 0 to 1.

    `areas`, one row a block group: the columns of `demand.load`, and `minutes_1` to `minutes_3`,
    `miles_1` to `miles_3` (to the nearest three by each; NaN where there is none), `place` (the
    index number of the nearest by the measure asked; -1), `within`, `within_best` (bool),
    `approximate` (the nearest stands somewhere in a ZIP code or city), `edge` (the county line is
    nearer, in a straight line, than the nearest service: a nearer one may lie beyond it), `met`
    (the standard is met; NaN without one).

    `services`, one row an entry, by its index number in the catalogue: `id`, `opening` ('open',
    'closed', 'unknown'; without an hour '' for all), `counted`, `approximate`, `people_nearest`
    (within the threshold, and no other is nearer), `people_alone` (within the threshold of this
    one and no other), `verified_on`, `source_date`.

    `tables`: by 'county', 'city', 'zip' and 'group' the figures of `_row`. By 'group' people are
    floats, and `known` is the share of all people whose ZIP code has a figure.
    """

    question: Question
    people: int
    people_within: int
    share_beyond: float
    best: Reach  # all entries whose hours are not known are open
    worst: Reach  # all of them are closed: the figures above
    areas: pd.DataFrame
    services: pd.DataFrame
    steps: pd.DataFrame  # index: thresholds; columns 1, 2, 3: people within that of so many
    spread: Spread  # of the measure asked
    tables: Mapping[str, pd.DataFrame]
    standard: Standard | None
    share_met: float  # of people, by the standard; NaN without one
    left_out: int  # entries of the type without a public place
    ways: Travel  # one column a service, in the order of `services`; NaN to what does not serve
    engine: str
    estimate: bool

    @property
    def hangs_on(self) -> pd.DataFrame:
        """Return the services on which anyone hangs: for whom it alone is near; most first."""
        alone = self.services[self.services["people_alone"] > 0]
        return alone.sort_values("people_alone", ascending=False, kind="stable")

    @property
    def cost_of_all(self) -> Floats:
        """Return minutes or miles, as asked, from each area to each service, counted or not."""
        minutes = self.question.measure == "minutes"
        return self.ways.minutes if minutes else self.ways.metres / METRES_A_MILE

    @property
    def cost(self) -> Floats:
        """Return the same, NaN to the services that are not counted."""
        return np.where(self.services["counted"], self.cost_of_all, np.nan)

    @cached_property
    def access(self) -> Floats:
        """Return the E2SFCA score of each area: services for one person; by car, 10 to 30 min."""
        counted = self.services["counted"].to_numpy()
        return e2sfca(self.ways.minutes[:, counted], self.areas["people"], np.ones(counted.sum()))


def work_out(
    places: pd.DataFrame, areas: pd.DataFrame, question: Question, like: Answer | None = None
) -> Answer:
    """Return the answer to `question`.

    Parameters
    ----------
    places : the frame of `catalogue.load`
    areas : the frame of `demand.load`
    like : the answer to the same question but for its speed and for a trust in more entries; its
        ways are taken, so that no engine is asked again

    Raises
    ------
    QuestionError : no entry of the type has a public place, or nobody lives in the areas
    CoordinateError : an area is not on the earth
    """
    if question.county:
        areas = areas[areas["county"] == question.county]
    candidates, left_out = _candidates(places, question)
    services = _opened(_trusted(candidates, question.trust), question.hour)
    ways = _ways_of(like, services, question) if like else _ways(areas, services, question)
    cost = ways.minutes if question.measure == "minutes" else ways.metres / METRES_A_MILE
    open_then = np.where(services["counted"], cost, np.nan)
    perhaps = np.where(services["opening"] != "closed", cost, np.nan)
    known = _known(areas, services, ways, open_then, perhaps, question)

    people, limit = known["people"].to_numpy(), question.threshold
    near = nearest(open_then, len(RANKS))
    worst = beyond(near[:, 0], people, limit)
    limits = sorted({*STEPS, limit})
    return Answer(
        question=question,
        people=int(people.sum()),
        people_within=int(worst.people_within),
        share_beyond=worst.share_beyond,
        best=beyond(nearest(perhaps, 1)[:, 0], people, limit),
        worst=worst,
        areas=known,
        services=services[[*SAID_OF_A_SERVICE]].assign(**_hanging(open_then, people, limit)),
        steps=pd.DataFrame(
            steps(near, people, limits),
            index=pd.Index(limits, name=question.measure, dtype=float),
            columns=list(RANKS),
        ),
        spread=spread(near[:, 0], people),
        tables={name: _table(known, name, near[:, 0]) for name in ("county", "city", "zip")}
        | {"group": _group_table(known, near[:, 0])},
        standard=standards.load().get(question.type),
        share_met=float(people @ known["met"] / people.sum()),
        left_out=left_out,
        ways=ways,
        engine=ways.engine,
        estimate=ways.estimate,
    )


def vary(places: pd.DataFrame, areas: pd.DataFrame, answer: Answer) -> pd.DataFrame:
    """Return what becomes of a finding if the entries or the speed are other than taken.

    Index: 'asked', each of `TRUSTS` not asked yet, 'slower', 'faster' (by a fifth). Columns:
    `services` counted, `people_within`, `share_beyond`, `change` (in people within).
    """
    found = {"asked": answer} | {
        name: work_out(places, areas, other, answer) for name, other in _variants(answer.question)
    }
    table = pd.DataFrame(
        {
            "services": {name: int(a.services["counted"].sum()) for name, a in found.items()},
            "people_within": {name: a.people_within for name, a in found.items()},
            "share_beyond": {name: a.share_beyond for name, a in found.items()},
        }
    )
    return table.assign(change=table["people_within"] - found["asked"].people_within)


def _variants(question: Question) -> Iterator[tuple[str, Question]]:
    for trust in TRUSTS:
        if trust not in question.trust:
            yield trust, replace(question, trust=question.trust | {trust})
    yield "slower", replace(question, speed=question.speed * SLOWER)
    yield "faster", replace(question, speed=question.speed * FASTER)


def _candidates(places: pd.DataFrame, question: Question) -> tuple[pd.DataFrame, int]:
    """Return the entries of the type that have a public place, and how many have none."""
    of_type = np.array([question.type in kinds for kinds in places["types"]], dtype=bool)
    counties = [question.county] if question.county else list(records.COUNTIES)
    for_these = _serving(pd.Series(counties, dtype=object), places).any(axis=0)
    there = places["status"].ne("paused") & ~places["is_line"].astype(bool)
    open_to_all = places["has_point"]
    asked = of_type & for_these & there.to_numpy()
    found = places[asked & open_to_all.to_numpy()]
    if found.empty:
        raise QuestionError(
            mark("No entry of this type has a public place here. Choose another type or county.")
        )
    return found, int(asked.sum()) - len(found)


def _trusted(services: pd.DataFrame, trust: frozenset[str]) -> pd.DataFrame:
    """Return the services that every one of `trust` lets stand; it may be none."""
    stands = {
        "placed": services["radius_m"] == 0,
        "official": services["confidence"] == "high",
        "verified": services["verified_on"] != "",
    }
    kept = np.ones(len(services), dtype=bool)
    for name in trust:
        kept &= stands[name].to_numpy()
    return services[kept]


def _serving(counties: "pd.Series[str]", places: pd.DataFrame) -> NDArray[np.bool_]:
    """Return for each of n counties and m places whether the place is in it or serves it."""
    codes, which = np.unique(counties.to_numpy(object), return_inverse=True)
    there = zip(places["serves"], places["county"], strict=True)
    sets = [{*serves, county} for serves, county in there]
    serving = np.array([[code in served for served in sets] for code in codes], dtype=bool)
    return serving.reshape(len(codes), len(places))[which]


def _opened(services: pd.DataFrame, hour: datetime | None) -> pd.DataFrame:
    """Return `services` with `opening` at that hour, `counted` and `approximate`."""
    opening = np.full(len(services), "", dtype="U7")
    if hour is not None:
        opening[:] = [state_at(text, hour).kind for text in services["hours"]]
    return services.assign(
        opening=opening,
        counted=np.isin(opening, ("", "open")),
        approximate=services["radius_m"] > 0,
    )


def _ways(areas: pd.DataFrame, services: pd.DataFrame, question: Question) -> Travel:
    """Return the ways from areas to services; there is none to what does not serve the county."""
    ways = engines.minutes(
        areas[["lat", "lon"]].to_numpy(float),
        services[["lat", "lon"]].to_numpy(float),
        question.engine,
        question.mode,
        question.speed,
        public=True,
    )
    serving = _serving(areas["county"], services)
    minutes, metres = (np.where(serving, table, np.nan) for table in (ways.minutes, ways.metres))
    return replace(ways, minutes=minutes, metres=metres)


def _ways_of(answer: Answer, services: pd.DataFrame, question: Question) -> Travel:
    """Return the ways of an answer to some of its services, at the speed of another question."""
    columns = answer.services.index.get_indexer(services.index)
    minutes = answer.ways.minutes[:, columns] * (answer.question.speed / question.speed)
    return replace(answer.ways, minutes=minutes, metres=answer.ways.metres[:, columns])


def _known(
    areas: pd.DataFrame,
    services: pd.DataFrame,
    ways: Travel,
    open_then: Floats,
    perhaps: Floats,
    question: Question,
) -> pd.DataFrame:
    """Return `areas` with what is told of each of them: see `Answer`."""
    there = ~np.isnan(open_then)
    minutes = nearest(np.where(there, ways.minutes, np.nan), len(RANKS))
    miles = nearest(np.where(there, ways.metres / METRES_A_MILE, np.nan), len(RANKS))
    points = areas[["lat", "lon"]], services[["lat", "lon"]]
    straight = nearest(np.where(there, sphere.apart_m(*points), np.nan), 1)[:, 0]
    first = _first(open_then)
    standard = standards.load().get(question.type)
    return areas.reset_index(drop=True).assign(
        **{f"minutes_{rank}": minutes[:, rank - 1] for rank in RANKS},
        **{f"miles_{rank}": miles[:, rank - 1] for rank in RANKS},
        place=np.append(services.index.to_numpy(), -1)[first],
        within=nearest(open_then, 1)[:, 0] <= question.threshold,
        within_best=nearest(perhaps, 1)[:, 0] <= question.threshold,
        approximate=np.append(services["approximate"].to_numpy(bool), False)[first],
        edge=~(areas["edge_m"].to_numpy() >= straight),  # also where there is no service at all
        met=standards.met(standard, miles[:, 0], minutes[:, 0]) if standard else np.nan,
    )


def _first(cost: Floats) -> NDArray[np.intp]:
    """Return the number of the least cost of each row; that of the last column + 1 if none is."""
    padded = np.column_stack([np.where(np.isnan(cost), np.inf, cost), np.full(len(cost), np.inf)])
    first: NDArray[np.intp] = np.argmin(padded, axis=1)
    first[np.isinf(padded.min(axis=1))] = cost.shape[1]
    return first


def _hanging(cost: Floats, people: NDArray[np.int64], limit: float) -> dict[str, Floats]:
    """Return for each service the people it is nearest to, and the people who have it alone."""
    near = cost <= limit
    first = _first(np.where(near, cost, np.nan))
    alone = near & (near.sum(axis=1) == 1)[:, None]
    nearest_to = np.bincount(first, weights=people, minlength=cost.shape[1] + 1)[: cost.shape[1]]
    return {"people_nearest": nearest_to.astype(int), "people_alone": people @ alone}


def _table(known: pd.DataFrame, column: str, cost: Floats) -> pd.DataFrame:
    """Return the figures for each county, city or ZIP code; those where nobody lives are left out.

    A city '' is all that is in no city.
    """
    people = known["people"].to_numpy(float)
    within, best = known["within"].to_numpy(), known["within_best"].to_numpy()
    rows = {
        name: _row(people[rows], within[rows], best[rows], cost[rows])
        for name, rows in known.groupby(column).indices.items()
        if people[rows].sum() > 0
    }
    table = pd.DataFrame.from_dict(rows, orient="index").rename_axis(column)
    counts = ["people", "people_within", "people_within_best", "people_beyond"]
    return table.astype(dict.fromkeys(counts, int))


def _group_table(known: pd.DataFrame, cost: Floats) -> pd.DataFrame:
    """Return the figures for each of `demand.GROUPS`, and first for 'everyone'."""
    everyone = known["people"].to_numpy(float)
    within, best = known["within"].to_numpy(), known["within_best"].to_numpy()
    rows = {"everyone": _row(everyone, within, best, cost) | {"known": 1.0}}
    for group in GROUPS:
        people = known[group].to_numpy(float)
        told = ~np.isnan(people)
        if people[told].sum() > 0:
            share = everyone[told].sum() / everyone.sum()
            rows[group] = _row(people[told], within[told], best[told], cost[told])
            rows[group]["known"] = share
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("group")


def _row(people: Floats, within: Bools, within_best: Bools, cost: Floats) -> dict[str, float]:
    """Return how many people live in some areas, how many are within, and how far they are."""
    everyone, beyond_it, how_far = (
        float(people.sum()),
        float(people @ ~within),
        spread(cost, people),
    )
    return {
        "people": everyone,
        "people_within": float(people @ within),
        "people_within_best": float(people @ within_best),
        "people_beyond": beyond_it,
        "share_beyond": beyond_it / everyone,
        "mean": how_far.mean,
        "median": how_far.median,
        "p90": how_far.p90,
    }
