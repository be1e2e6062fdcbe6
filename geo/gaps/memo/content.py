"""Content: an answer about gaps -> the memo to take to a meeting, in one language."""

from collections.abc import Sequence
from datetime import date

import pandas as pd

from geo.catalogue import records
from geo.catalogue.dates import PartialDate
from geo.catalogue.keeper import Edition
from geo.gaps import demand, export, sentences
from geo.gaps.answer import Answer
from geo.gaps.classes import Shading
from geo.gaps.demand import GROUPS
from geo.gaps.memo.layout import Memo
from geo.i18n import Words


def memo(
    answer: Answer,
    shading: Shading,
    edition: Edition,
    made_on: date,
    say: Words,
    sites: list[tuple[float, float]] | None = None,
    change: Sequence[str] = (),
) -> Memo:
    """Return the memo: the headline, the map as it is shaded, a table, and what was assumed.

    `change` says what was found of a change that was tried; see `sentences.changed`.
    """
    asked = answer.question
    services = answer.services[answer.services["opening"] != "closed"]
    vague = services.index[services["approximate"]]
    exact = services.index.difference(vague)
    return Memo(
        title=say("Service gaps: {type}", type=say(records.TYPES[asked.type])),
        finding=sentences.headline(answer, say),
        header=[
            say("Who"),
            say("People"),
            say("Farther than {limit}", limit=sentences.limit(asked, say)),
            say("Share"),
            say("Half are within"),
            say("9 of 10 are within"),
        ],
        rows=[[name, *_told(row, say)] for name, row in _rows(answer, say)],
        change=change,
        assumptions=[
            *sentences.notes(answer, say),
            *sentences.laws(answer, say),
            *sentences.doubts(answer, say),
            *sentences.method(answer, say),
        ],
        cells=_cells(answer, shading, say),
        classes=shading.labels,
        legend=shading.title,
        data_date=data_day(edition),
        made_on=made_on,
        points=services.loc[exact, ["lat", "lon"]].to_numpy(float),
        points_label=say(records.TYPES[asked.type]),
        vague=services.loc[vague, ["lat", "lon"]].to_numpy(float),
        sites=sites or [],
        sites_label=say("Possible new sites") if sites else "",
    )


def data_day(edition: Edition) -> date:
    """Return the day of the newest fact of an edition; the first day of a month or year."""
    return PartialDate.parse(edition.data_date).first_day


def _rows(answer: Answer, say: Words) -> list[tuple[str, "pd.Series[float]"]]:
    groups, counties = answer.tables["group"], answer.tables["county"]
    everyone, others = groups.loc["everyone"], groups.drop(index="everyone")
    rows = [(sentences.group("everyone", say), everyone)]
    if len(counties) > 1:
        rows += [(say(records.COUNTIES[str(name)]), row) for name, row in counties.iterrows()]
    return rows + [(say(GROUPS[str(name)]), row) for name, row in others.iterrows()]


def _told(row: "pd.Series[float]", say: Words) -> list[str]:
    kinds = ("count", "count", "share", "one", "one")
    cells = zip(export.told(row), kinds, strict=True)
    return [str(sentences.cell(value, kind, say)[1]) for value, kind in cells]


def _cells(answer: Answer, shading: Shading, say: Words) -> "pd.DataFrame":
    cells = demand.cells().set_index("geoid").loc[answer.areas["geoid"]]
    panel = [say(records.COUNTIES[county]) for county in answer.areas["county"]]
    return cells.assign(panel=panel, undecided=shading.undecided, **{"class": shading.kinds})
