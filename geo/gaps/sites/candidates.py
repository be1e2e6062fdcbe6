"""Candidates: where a new site could be, and how far everybody is from there."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo import areas, jobs, sphere
from geo.catalogue import records
from geo.errors import QuestionError
from geo.gaps.answer import Answer
from geo.gaps.sites import site_search
from geo.gaps.sites.models import Model
from geo.gaps.sites.site_search import Siting
from geo.i18n import mark
from geo.travel import engines

Table = NDArray[np.float64]

EVERYBODY = "everyone"
SETS = {
    "towns": mark("Middles of cities and ZIP codes"),
    "others": mark("Places of other services on this list"),
    "spots": mark("Points that I choose on the map"),
}


class Candidate(NamedTuple):
    """A spot where a site could be; `lat`, `lon` in degrees."""

    name: str
    lat: float
    lon: float


def towns(county: str) -> list[Candidate]:
    """Return the middles of the cities and ZIP codes of a county; '' is both.

    >>> [one.name for one in towns("imperial")][:2]
    ['Bombay Beach', 'Brawley']
    """
    wanted = [county] if county else list(records.COUNTIES)
    inside = [
        area
        for area in areas.load().values()
        if area.kind != "county" and area.county in wanted and area.area_m2
    ]
    return [Candidate(area.name, area.lat, area.lon) for area in inside]


def others(places: pd.DataFrame, service_type: str, county: str) -> list[Candidate]:
    """Return the public, exact places of a county whose services are all of other types.

    Several services at one point are one candidate, by the name of the first.
    """
    wanted = [county] if county else list(records.COUNTIES)
    of_type = np.array([service_type in kinds for kinds in places["types"]], dtype=bool)
    fit = (
        ~of_type
        & places["county"].isin(wanted)
        & places["is_exact"]
        & places["status"].ne("paused")
    )
    points = places[fit].drop_duplicates(["lat", "lon"])
    return [Candidate(*row) for row in points[["name", "lat", "lon"]].itertuples(index=False)]


def costs(answer: Answer, spots: Iterable[tuple[float, float]], public: bool = False) -> Table:
    """Return what it costs to get from each area to each spot, in the measure of the question.

    By the same engine, mode and speed as the answer; shape (n, m), NaN where there is no way.
    `public` spots, such as towns, are nobody's own: a routing server may be told of them.
    """
    question = answer.question
    ways = engines.minutes(
        answer.areas[["lat", "lon"]].to_numpy(float),
        np.array([*spots], dtype=float).reshape(-1, 2),
        question.engine,
        question.mode,
        question.speed,
        public,
    )
    return ways.minutes if question.measure == "minutes" else ways.metres / sphere.METRES_A_MILE


def search(
    answer: Answer,
    candidates: Sequence[Candidate],
    k: int,
    model: Model,
    public: bool = False,
    group: str = EVERYBODY,
) -> jobs.Job[Siting, Siting]:
    """Start the search for the best `k` of the candidates, beside what is there, and return it.

    `public` as in `costs`. The people who count are all, or one of `demand.GROUPS`; where its
    figure is not known, nobody of it is counted.

    Raises
    ------
    QuestionError : the question has no answer; says why
    """
    if not candidates:
        raise QuestionError(mark("There is no candidate site. Choose where a new one could be."))
    question = answer.question
    return site_search.start(
        site_search.Question(
            costs(answer, [(one.lat, one.lon) for one in candidates], public),
            answer.areas[f"{question.measure}_1"].to_numpy(float),
            answer.areas["people" if group == EVERYBODY else group].fillna(0).to_numpy(float),
            k,
            model,
            question.threshold,
        )
    )
