"""Answer: who is out of reach of what, at what hour, by which standard, and how sure that is.

`work_out` puts a `Question` to the catalogue and the block groups. What counts as a service: an
entry of the type with a public place, exact or only "somewhere in this ZIP code or city" (then its
middle, flagged `approximate`), in the county of the area or serving it. Lines to call have no place
and paused entries are shut: neither counts, nor do entries without a public place; `left_out` tells
how many those are.

What is not known makes a range. At its low end ("best") every place whose hours are not known is
open, and every place known only by its ZIP code or city is as near to everybody as it can be; at
its high end ("worst") the former are closed and the latter as far as they can be (`ends`). What is
said of a finding is the range; the figures "as counted" take such a place at the middle of its area
and unknown hours as closed.
"""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo import sphere
from geo.catalogue import records
from geo.errors import QuestionError
from geo.gaps import own_frames, standards
from geo.gaps.demand import GROUPS
from geo.gaps.ends import ends
from geo.gaps.measures import Reach, Spread, beyond, e2sfca, nearest, spread, steps
from geo.gaps.own_data import NOTHING, Own
from geo.gaps.question import RANKS, STEPS, TRUSTS, Question
from geo.gaps.standards import Verdict
from geo.hours.rules import read
from geo.hours.state import state_at, state_by
from geo.i18n import mark
from geo.sphere import METRES_A_MILE, Floats
from geo.travel import crow, engines
from geo.travel.engines import Travel

Bools = NDArray[np.bool_]
STEPPED = {"cost": "", "least": "_best", "most": "_worst"}
ENDS = {"least_1": "_best", "most_1": "_worst"}  # columns of areas, and what they end in in a table
SLOWER, FASTER = 0.8, 1.2
DETOURS = {"straighter": 1.2, "winding": 1.4}
FIGURES = ["within", "within_best", "within_worst", *ENDS]
SAID_OF_A_SERVICE = (
    "id",
    "name",
    "opening",
    "counted",
    "approximate",
    "verified_on",
    "source_date",
    "lat",
    "lon",
    "capacity",
    "own",
)


class Costs(NamedTuple):
    """Minutes or miles from each area to each service; NaN to what is not open."""

    counted: Floats
    least: Floats
    most: Floats


@dataclass(frozen=True, eq=False)
class Answer:
    """What was found. People are those of the census of 2020; shares go from 0 to 1.

    `areas`, one row a block group: the columns of `demand.load`, and `minutes_1` to `minutes_3`,
    `miles_1` to `miles_3` (to the nearest three by each; NaN where there is none), `place` (the
    index number of the nearest by the measure asked; -1), `within`, `within_best`, `within_worst`
    (bool), `cost_1` to `cost_3`, `least_1` to `least_3`, `most_1` to `most_3` (of the measure
    asked, as counted and at both ends; NaN where there is none), `approximate` (the nearest stands
    somewhere in a ZIP code or city), `edge` (the county line is nearer, in a straight line, than
    the nearest service: a nearer one may lie beyond it), `met` (whether the standard is met: 'yes',
    'no', 'undecided'; '' without one).

    `services`, one row an entry, by its index number in the catalogue: `id`, `name`, `opening`
    ('open', 'closed', 'unknown'; without an hour '' for all), `counted`, `approximate`,
    `people_nearest` (within the threshold, and no other is nearer), `people_alone` (within the
    threshold of this one and no other), `verified_on`, `source_date`, `lat`, `lon`, and of the
    planner's own data `capacity` (NaN: not known) and `own` (bool: no entry of the list).

    `tables`: by 'county', 'city', 'zip' and 'group' the figures of `_row`. By 'group' people are
    floats, and `known` is the share of all people whose ZIP code has a figure.
    """

    question: Question
    people: int
    people_within: int
    share_beyond: float
    best: Reach  # the low end of who is beyond
    worst: Reach  # the high end
    areas: pd.DataFrame
    services: pd.DataFrame
    steps: Mapping[str, pd.DataFrame]  # '', '_best', '_worst': people within each threshold (the
    # index) of 1, 2 and 3 services (the columns)
    spread: Spread  # of the measure asked
    tables: Mapping[str, pd.DataFrame]
    verdicts: tuple[Verdict, ...]  # of each standard there is for this
    left_out: int  # entries of the type without a public place
    ways: Travel  # one column a service, in the order of `services`; NaN to what does not serve
    engine: str
    estimate: bool
    own: Own = NOTHING

    @property
    def told(self) -> str:
        """Return what was asked in one line of plain English, the planner's own data with it."""
        return ", ".join(filter(None, (self.question.told, self.own.told)))

    @property
    def file_name(self) -> str:
        """Return the start of the name of a file about it."""
        return self.question.file_name + ("-own-data" if self.own else "")

    @property
    def by_capacity(self) -> bool:
        """Say whether access counts capacity, of the places where that is known."""
        return bool(self.services["capacity"].notna().any())

    @property
    def is_range(self) -> bool:
        """Say whether what is not known can decide for anybody."""
        return self.best.people_within != self.worst.people_within

    def undecided_for(self, rank: int) -> Bools:
        """Return the same of the nearest (1), the second nearest or the third."""
        least, most = (self.areas[f"{end}_{rank}"].to_numpy(float) for end in ("least", "most"))
        limit = self.question.threshold
        undecided: Bools = (least <= limit) & ~(most <= limit)
        return undecided

    @property
    def undecided(self) -> Bools:
        """Return the areas for which what is not known decides whether they are within."""
        return self.undecided_for(1)

    @property
    def approximate(self) -> int:
        """Return how many of the services not known to be closed have no exact place."""
        return int((self.services["approximate"] & self.services["opening"].ne("closed")).sum())

    @property
    def hours_unknown(self) -> int:
        """Return how many services have no known hours, if they matter."""
        return int((self.services["opening"] == "unknown").sum())

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
        """Return the E2SFCA score of each area: services for one person; by car, 10 to 30 min.

        Where a planner told capacities it is those, and a place without one does not count.
        """
        return self._access(self.services["counted"].to_numpy(bool))

    @cached_property
    def access_best(self) -> Floats:
        """Return the same if all whose hours are not known are open."""
        if not self.hours_unknown:
            return self.access
        return self._access(self.services["opening"].ne("closed").to_numpy(bool))

    def _access(self, which: Bools) -> Floats:
        supply = np.ones(len(self.services))
        if self.by_capacity:
            supply = self.services["capacity"].to_numpy(float)
            which = which & ~np.isnan(supply)
        return e2sfca(self.ways.minutes[:, which], self.areas["people"], supply[which])


def work_out(
    places: pd.DataFrame,
    areas: pd.DataFrame,
    question: Question,
    like: Answer | None = None,
    own: Own = NOTHING,
) -> Answer:
    """Return the answer to `question`.

    Parameters
    ----------
    places : the frame of `catalogue.load`
    areas : the frame of `demand.load`
    like : the answer to the same question but for its speed and for a trust in more entries; its
        ways and its verdicts are taken, so that no engine is asked again
    own : what a planner brought. With points of theirs no law is judged: it is about everybody, and
        about the list. Nobody else is told of them, and no table of ways to them is kept

    Raises
    ------
    QuestionError : no entry of the type has a public place, or none of those is to be trusted, or
        nobody lives in the areas
    CoordinateError : an area is not on the earth
    """
    if own.sites:
        places = own_frames.places(places, own, question.type)
    areas = own_frames.areas(areas, own)
    if question.county:
        areas = areas[areas["county"] == question.county]
    candidates, left_out = _candidates(places, question)
    services = _opened(_trusted(candidates, question.trust), question.hour)
    ways = (
        _ways_of(like, services, question)
        if like
        else _ways(areas, services, question, public=not own.has_points)
    )
    costs = _costs(areas, services, ways, question)
    met, verdicts = (
        (like.areas["met"].to_numpy(), like.verdicts)
        if like
        else _judged(areas, candidates, question, own)
    )
    known = _known(areas, services, ways, costs, question.threshold).assign(met=met)

    people, limit = known["people"].to_numpy(), question.threshold
    near = known["cost_1"].to_numpy()
    counted = beyond(near, people, limit)
    return Answer(
        question=question,
        people=int(people.sum()),
        people_within=int(counted.people_within),
        share_beyond=counted.share_beyond,
        best=beyond(known["least_1"], people, limit),
        worst=beyond(known["most_1"], people, limit),
        areas=known,
        services=services[[*SAID_OF_A_SERVICE]].assign(**_hanging(costs.counted, people, limit)),
        steps={end: _steps(known, column, question) for column, end in STEPPED.items()},
        spread=spread(near, people),
        tables={name: _table(known, name, near) for name in _levels(known)}
        | {"group": _group_table(known, near)},
        verdicts=verdicts,
        left_out=left_out,
        ways=ways,
        engine=ways.engine,
        estimate=ways.estimate,
        own=own,
    )


def _levels(known: pd.DataFrame) -> Iterator[str]:
    """Yield the columns that figures are told by."""
    yield from ("county", "city", "zip")
    if "district" in known:
        yield "district"


def _steps(known: pd.DataFrame, column: str, question: Question) -> pd.DataFrame:
    limits = sorted({*STEPS, question.threshold})
    near = known[[f"{column}_{rank}" for rank in RANKS]]
    return pd.DataFrame(
        steps(near, known["people"], limits),
        index=pd.Index(limits, name=question.measure, dtype=float),
        columns=list(RANKS),
    )


def vary(places: pd.DataFrame, areas: pd.DataFrame, answer: Answer) -> pd.DataFrame:
    """Return what becomes of a finding if the entries or the ways are other than taken.

    Index: 'asked', each of `TRUSTS` not asked yet that leaves any entry, and what the measure hangs
    on: for minutes 'slower' and 'faster' (by a fifth), for miles of the straight line 'straighter'
    and 'winding' (a detour of 1.2 and 1.4). Columns: `services` counted; `people_within`,
    `people_beyond`, `share_beyond`, as counted and with `_best` and `_worst` at both ends; and
    `change`, in people within, as counted.
    """
    found = {"asked": answer}
    for name, other in _variants(answer.question):
        with suppress(QuestionError):  # none is left
            found[name] = work_out(places, areas, other, answer, answer.own)
    rows = {
        name: _varied(one.areas, int(one.services["counted"].sum()), one.question.threshold)
        for name, one in found.items()
    }
    if answer.question.measure == "miles" and answer.engine == "crow":
        counted, limit = rows["asked"]["services"], answer.question.threshold
        for name, detour in DETOURS.items():  # a longer way within a limit, or a shorter limit
            rows[name] = _varied(answer.areas, counted, limit * crow.DETOUR / detour)
    table = pd.DataFrame.from_dict(rows, orient="index")
    return table.assign(change=table["people_within"] - answer.people_within)


def _varied(areas: pd.DataFrame, services: int, limit: float) -> dict[str, Any]:
    row: dict[str, Any] = {"services": services}
    for column, end in {"cost_1": "", **ENDS}.items():
        reach = beyond(areas[column], areas["people"], limit)
        row[f"people_within{end}"] = int(reach.people_within)
        row[f"people_beyond{end}"] = int(reach.people_beyond)
        row[f"share_beyond{end}"] = reach.share_beyond
    return row


def _variants(question: Question) -> Iterator[tuple[str, Question]]:
    for trust in TRUSTS:
        if trust not in question.trust:
            yield trust, replace(question, trust=question.trust | {trust})
    if question.measure == "minutes":
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
    """Return the services that every one of `trust` lets stand.

    Raises QuestionError if that is none: of nothing nothing can be said.
    """
    stands = {
        "placed": services["radius_m"] == 0,
        "official": services["confidence"] == "high",
        "verified": services["verified_on"] != "",
    }
    kept = np.ones(len(services), dtype=bool)
    for name in trust:
        kept &= stands[name].to_numpy()
    if "own" in services:
        kept |= services["own"].to_numpy(bool)
    if not kept.any():
        raise QuestionError(
            mark("No entry of this type is of the kind you chose. Count other entries too.")
        )
    return services[kept]


def _serving(counties: "pd.Series[str]", places: pd.DataFrame) -> NDArray[np.bool_]:
    """Return for each of n counties and m places whether the place is in it or serves it."""
    codes, which = np.unique(counties.to_numpy(object), return_inverse=True)
    there = zip(places["serves"], places["county"], strict=True)
    sets = [{*serves, county} for serves, county in there]
    serving = np.array([[code in served for served in sets] for code in codes], dtype=bool)
    return serving.reshape(len(codes), len(places))[which]


def _opened(services: pd.DataFrame, hour: datetime | None) -> pd.DataFrame:
    """Return `services` with `opening` at that hour, `counted` and `approximate`.

    Hours of a planner's own are read without the cache of those in the list.
    """
    services = services.assign(
        capacity=services.get("capacity", np.nan), own=services.get("own", False)
    )
    opening = np.full(len(services), "", dtype="U7")
    if hour is not None:
        opening[:] = [
            state_by(read(text), hour).kind if is_own else state_at(text, hour).kind
            for text, is_own in zip(services["hours"], services["own"], strict=True)
        ]
    return services.assign(
        opening=opening,
        counted=np.isin(opening, ("", "open")),
        approximate=services["radius_m"] > 0,
    )


def _ways(
    areas: pd.DataFrame, services: pd.DataFrame, question: Question, public: bool = True
) -> Travel:
    """Return the ways from areas to services; there is none to what does not serve the county."""
    ways = engines.minutes(
        areas[["lat", "lon"]].to_numpy(float),
        services[["lat", "lon"]].to_numpy(float),
        question.engine,
        question.mode,
        question.speed,
        public=public,
    )
    serving = _serving(areas["county"], services)
    minutes, metres = (np.where(serving, table, np.nan) for table in (ways.minutes, ways.metres))
    return replace(ways, minutes=minutes, metres=metres)


def _ways_of(answer: Answer, services: pd.DataFrame, question: Question) -> Travel:
    """Return the ways of an answer to some of its services, at the speed of another question."""
    columns = answer.services.index.get_indexer(services.index)
    minutes = answer.ways.minutes[:, columns] * (answer.question.speed / question.speed)
    return replace(answer.ways, minutes=minutes, metres=answer.ways.metres[:, columns])


def _costs(areas: pd.DataFrame, services: pd.DataFrame, ways: Travel, question: Question) -> Costs:
    """Return the tables of cost, in the measure asked, NaN to what is not open."""

    def asked(ways: Travel, open_then: Bools) -> Floats:
        minutes = question.measure == "minutes"
        return np.where(open_then, ways.minutes if minutes else ways.metres / METRES_A_MILE, np.nan)

    least, most = ends(areas, services, ways, question.mode, question.speed)
    counted = services["counted"].to_numpy(bool)
    perhaps = services["opening"].ne("closed").to_numpy(bool)
    return Costs(asked(ways, counted), asked(least, perhaps), asked(most, counted))


def _known(
    areas: pd.DataFrame, services: pd.DataFrame, ways: Travel, costs: Costs, limit: float
) -> pd.DataFrame:
    """Return `areas` with what is told of each of them: see `Answer`."""
    there = ~np.isnan(costs.counted)
    minutes = nearest(np.where(there, ways.minutes, np.nan), len(RANKS))
    miles = nearest(np.where(there, ways.metres / METRES_A_MILE, np.nan), len(RANKS))
    points = areas[["lat", "lon"]], services[["lat", "lon"]]
    straight = nearest(np.where(there, sphere.apart_m(*points), np.nan), 1)[:, 0]
    first = _first(costs.counted)
    counted, least, most = (nearest(table, len(RANKS)) for table in costs)
    return areas.reset_index(drop=True).assign(
        **{f"minutes_{rank}": minutes[:, rank - 1] for rank in RANKS},
        **{f"miles_{rank}": miles[:, rank - 1] for rank in RANKS},
        place=np.append(services.index.to_numpy(), -1)[first],
        **{f"cost_{rank}": counted[:, rank - 1] for rank in RANKS},
        **{f"least_{rank}": least[:, rank - 1] for rank in RANKS},
        **{f"most_{rank}": most[:, rank - 1] for rank in RANKS},
        within=counted[:, 0] <= limit,
        within_best=least[:, 0] <= limit,
        within_worst=most[:, 0] <= limit,
        approximate=np.append(services["approximate"].to_numpy(bool), False)[first],
        edge=~(areas["edge_m"].to_numpy() >= straight),  # also where there is no service at all
    )


def _judged(
    areas: pd.DataFrame, candidates: pd.DataFrame, question: Question, own: Own
) -> tuple[NDArray[np.object_], tuple[Verdict, ...]]:
    """Return whether the standard is met in each area, and for how many people.

    By all entries, at any hour, by car as usual, whatever else was asked.
    """
    met = np.full(len(areas), "", dtype=object)
    laws = standards.about(question.type, areas["county"].unique())
    if not laws or own.has_points:
        return met, ()
    usual = replace(question, trust=frozenset(), hour=None, speed=1.0, mode="driving")
    ways = _ways(areas, candidates, usual)
    near, far = (
        (nearest(end.metres / METRES_A_MILE, 1)[:, 0], nearest(end.minutes, 1)[:, 0])
        for end in ends(areas, candidates, ways, usual.mode, usual.speed)
    )
    people, verdicts = areas["people"].to_numpy(), []
    for law in laws:
        here = np.full(len(areas), True) if not law.county else areas["county"].eq(law.county)
        least, most = standards.met(law, *far) & here, standards.met(law, *near) & here
        met[here] = np.where(least, "yes", np.where(most, "undecided", "no"))[here]
        counts = (int(people[some].sum()) for some in (here, least, most))
        verdicts.append(Verdict(law, *counts))
    return met, tuple(verdicts)


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
    people, figures = known["people"].to_numpy(float), _figures(known)
    rows = {
        name: _row(people[rows], figures[rows], cost[rows])
        for name, rows in known.groupby(column).indices.items()
        if people[rows].sum() > 0
    }
    table = pd.DataFrame.from_dict(rows, orient="index").rename_axis(column)
    counts = [name for name in table.columns if name.startswith("people")]
    return table.astype(dict.fromkeys(counts, int))


def _group_table(known: pd.DataFrame, cost: Floats) -> pd.DataFrame:
    """Return the figures for each of `demand.GROUPS`, and first for 'everyone'."""
    everyone, figures = known["people"].to_numpy(float), _figures(known)
    rows = {"everyone": _row(everyone, figures, cost) | {"known": 1.0}}
    for group in GROUPS:
        people = known[group].to_numpy(float)
        told = ~np.isnan(people)
        if people[told].sum() > 0:
            share = everyone[told].sum() / everyone.sum()
            rows[group] = _row(people[told], figures[told], cost[told]) | {"known": share}
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("group")


def _figures(known: pd.DataFrame) -> Floats:
    """Return what `_row` needs of each area, shape (n, 5); to pick rows of all else is slow."""
    figures: Floats = known[FIGURES].to_numpy(float)
    return figures


def _row(people: Floats, figures: Floats, cost: Floats) -> dict[str, float]:
    """Return how many people live in some areas, how many are within, and how far they are.

    Of the ends of the range the names end in `_best` and `_worst`.
    """
    column = dict(zip(FIGURES, figures.T, strict=True))
    within = {end: float(people @ column[f"within{end}"]) for end in ("", *ENDS.values())}
    everyone, how_far = float(people.sum()), spread(cost, people)
    row = {"people": everyone}
    for end, number in within.items():
        row |= {
            f"people_within{end}": number,
            f"people_beyond{end}": everyone - number,
            f"share_beyond{end}": (everyone - number) / everyone,
        }
    row |= {"mean": how_far.mean, "median": how_far.median, "p90": how_far.p90}
    for name, end in ENDS.items():
        then = spread(column[name], people)
        row |= {f"median{end}": then.median, f"p90{end}": then.p90}
    return row
