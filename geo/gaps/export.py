"""Export: an answer about gaps as JSON, as a table and as a few lines, all with the same numbers.

Nothing is rounded but in the lines; what is not known, or not there, is null or blank.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.catalogue import records
from geo.gaps import demand
from geo.gaps.answer import Answer
from geo.gaps.measures import Reach
from geo.gaps.question import RANKS
from geo.travel.engines import HOW

Json = dict[str, Any]


def as_json(answer: Answer) -> Json:
    """Return all of `answer` as what `json.dumps` takes; each of `areas` is a block group."""
    asked = answer.question
    return {
        "question": {
            "type": asked.type,
            "county": asked.county or None,
            "measure": asked.measure,
            "threshold": asked.threshold,
            "at": asked.hour.isoformat() if asked.hour else None,
            "only": sorted(asked.trust),
            "speed": asked.speed,
            "mode": asked.mode,
        },
        "people": answer.people,
        "people_within": answer.people_within,
        "share_beyond": answer.share_beyond,
        "engine": answer.engine,
        "estimate": answer.estimate,
        "best": _band(answer.best),
        "worst": _band(answer.worst),
        "spread": {name: plain(value) for name, value in answer.spread._asdict().items()},
        "standard": _standard(answer),
        "left_out": answer.left_out,
        "steps": _rows(answer.steps),
        "by": {name: _rows(table) for name, table in answer.tables.items()},
        "services": _rows(answer.services.reset_index(drop=True).set_index("id")),
        "areas": [_area(row) for row in answer.areas.to_dict("records")],
    }


def as_table(answer: Answer) -> pd.DataFrame:
    """Return one row a block group, to be written as CSV."""
    ranked = [f"{name}_{rank}" for name in ("minutes", "miles") for rank in RANKS]
    marks = ["within", "edge", "approximate"]
    return answer.areas[["geoid", "county", "city", "zip", "people", *ranked, *marks]]


def as_geojson(answer: Answer) -> str:
    """Return the cell of each block group (EPSG:4326) with the row of `as_table`, as GeoJSON."""
    rows = as_table(answer)
    drawn = demand.cells().set_index("geoid").loc[rows["geoid"], "geometry"]
    features = gpd.GeoDataFrame(rows, geometry=drawn.to_numpy(), crs=drawn.crs)
    told: str = features.to_json(na="null", drop_id=True)
    return told


def plain(value: Any) -> Any:
    """Return a value as plain Python, None for NaN."""
    if isinstance(value, np.generic):
        value = value.item()
    return None if isinstance(value, float) and np.isnan(value) else value


def as_csv(answer: Answer) -> str:
    """Return `as_table` as CSV."""
    text: str = as_table(answer).to_csv(index=False, lineterminator="\n")
    return text


def as_rows(answer: Answer, names: Sequence[str], at_edge: str) -> list[list[Any]]:
    """Return a row a block group: number, town, people, minutes, miles, nearest place, edge.

    `names` are those of all entries of the catalogue, by index number; `at_edge` is said of those
    nearer to the county line than to the nearest place.
    """
    areas = answer.areas
    town = [" ".join(filter(None, pair)) for pair in zip(areas["city"], areas["zip"], strict=True)]
    told = zip(
        areas["geoid"],
        town,
        areas["people"].tolist(),
        map(plain, areas["minutes_1"]),
        map(plain, areas["miles_1"]),
        (names[place] if place >= 0 else None for place in areas["place"]),
        (at_edge if edge else "" for edge in areas["edge"]),
        strict=True,
    )
    return [list(row) for row in told]


def as_lines(answer: Answer) -> Iterator[str]:
    """Yield the finding, and what to know of it, in plain English for a terminal."""
    asked = answer.question
    where = records.COUNTIES.get(asked.county, "both counties")
    yield (
        f"{_beyond(answer.worst)} of {answer.people:,} people in {where} live more than "
        f"{asked.threshold:g} {asked.measure} from the nearest entry of type {asked.type}."
    )
    if asked.hour:
        yield (
            f"Counted is what is known to be open at {asked.hour:%Y-%m-%d %H:%M}. If all whose "
            f"hours are not known are open then, it is {_beyond(answer.best)}."
        )
    for county, row in answer.tables["county"].iterrows():
        yield f"  {county!s:<12} {row['people_beyond']:>9,.0f} ({row['share_beyond']:.1%})"
    for number, (_, row) in enumerate(answer.hangs_on.head(3).iterrows()):
        said = row["verified_on"] or row["source_date"] or "not dated"
        start = "Hangs on one entry:" if not number else "                   "
        yield f"{start} {row['people_alone']:>9,.0f} people have only {row['id']} ({said})."
    if answer.standard:
        law = answer.standard
        yield (
            f"{law.whose}, {law.what}: {law.miles:g} miles or {law.minutes:g} minutes: met for "
            f"{answer.share_met:.1%} of people. {law.source}."
        )
    if answer.left_out:
        yield f"Entries of the type without a public place, not counted: {answer.left_out}."
    edge = int(answer.areas.loc[answer.areas["edge"], "people"].sum())
    yield f"{edge:,} people live nearer to the county line than to the nearest service."
    if answer.ways.notice:
        yield answer.ways.notice
    yield HOW[answer.engine]


def _beyond(reach: Reach) -> str:
    return f"{reach.people_beyond:,.0f} ({reach.share_beyond:.1%})"


def _area(row: Json) -> Json:
    ranked = {
        name: [plain(row[f"{name}_{rank}"]) for rank in RANKS] for name in ("minutes", "miles")
    }
    told = ("geoid", "county", "city", "zip", "people", "within", "edge", "approximate")
    return {name: row[name] for name in told} | ranked


def _standard(answer: Answer) -> Json | None:
    if not answer.standard:
        return None
    law = answer.standard
    return {
        "whose": law.whose,
        "what": law.what,
        "miles": law.miles,
        "minutes": law.minutes,
        "source": law.source,
        "share_met": answer.share_met,
    }


def _band(reach: Reach) -> Json:
    return {"people_within": int(reach.people_within), "share_beyond": reach.share_beyond}


def _rows(table: pd.DataFrame) -> list[Json]:
    """Return the rows of a table, with its index as the first column."""
    rows = table.reset_index().rename(columns=str).to_dict("records")
    return [{name: plain(value) for name, value in row.items()} for row in rows]
