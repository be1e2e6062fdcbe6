"""Content: an answer about gaps -> the memo to take to a meeting, in one language."""

from datetime import date

import numpy as np
import pandas as pd

from geo.catalogue import records
from geo.catalogue.dates import PartialDate
from geo.catalogue.keeper import Edition
from geo.gaps import demand, sentences
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
) -> Memo:
    """Return the memo: the headline, the map as it is shaded, a table, and what was assumed."""
    asked = answer.question
    counted = answer.services.index[answer.services["counted"]]
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
        assumptions=[
            *sentences.notes(answer, say),
            sentences.standard(answer, say),
            *sentences.doubts(answer, say),
            *sentences.method(answer, say),
        ],
        cells=_cells(answer, shading, say),
        classes=shading.labels,
        legend=shading.title,
        data_date=PartialDate.parse(edition.data_date).first_day,
        made_on=made_on,
        points=edition.places.loc[counted, ["lat", "lon"]].to_numpy(float),
        points_label=say(records.TYPES[asked.type]),
        sites=sites or [],
        sites_label=say("Possible new sites") if sites else "",
    )


def _rows(answer: Answer, say: Words) -> list[tuple[str, "pd.Series[float]"]]:
    groups, counties = answer.tables["group"], answer.tables["county"]
    everyone, others = groups.loc["everyone"], groups.drop(index="everyone")
    rows = [(sentences.group("everyone", say), everyone)]
    if len(counties) > 1:
        rows += [(say(records.COUNTIES[str(name)]), row) for name, row in counties.iterrows()]
    return rows + [(say(GROUPS[str(name)]), row) for name, row in others.iterrows()]


def _told(row: "pd.Series[float]", say: Words) -> list[str]:
    far = [
        say.number(row[name], 1) if np.isfinite(row[name]) else "-" for name in ("median", "p90")
    ]
    counts = [say.number(row[name]) for name in ("people", "people_beyond")]
    return [*counts, sentences.share(row["share_beyond"], say), *far]


def _cells(answer: Answer, shading: Shading, say: Words) -> "pd.DataFrame":
    cells = demand.cells().set_index("geoid").loc[answer.areas["geoid"]]
    panel = [say(records.COUNTIES[county]) for county in answer.areas["county"]]
    return cells.assign(panel=panel, **{"class": shading.kinds})
