"""Export: an answer about gaps as JSON, as a table and as a few lines, all with the same numbers.

Only the JSON has them as they were computed; what is not known, or not there, is null or blank.
docs/gaps.md tells each field. Every file holds the question that it answers.
"""

import io
import json
from collections.abc import Iterator
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio

from geo.catalogue import records
from geo.files import table
from geo.gaps import demand
from geo.gaps.answer import Answer
from geo.gaps.measures import Reach
from geo.gaps.question import RANKS, Question
from geo.gaps.standards import Verdict
from geo.i18n import mark
from geo.travel.engines import HOW

Json = dict[str, Any]

FOR_PEOPLE = 100_000  # access is told for so many
SCHEMA = 1  # of the JSON; another number once a field goes or means something else
MADE = "2000-01-01T00:00:00.000Z"  # what stands in a GeoPackage for when it was made
DECIMALS = 2  # of minutes and miles
SHARE_DECIMALS = 6
ACCESS_DECIMALS = 3  # places for 100,000 people
OUTLINES = mark(
    "Areas are drawn around the middles of block groups. They are not the true outlines."
)
OVERVIEW = (  # columns of a table over several questions
    *("type", "county", "measure", "threshold", "at", "only", "speed", "mode"),
    *("people", "places", "hours_unknown", "approximate", "people_beyond_least"),
    *("people_beyond_most", "share_beyond_least", "share_beyond_most", "law_met_least"),
    "law_met_most",
)
TOLD = ("people", "people_beyond", "share_beyond", "median", "p90")
TRACT, TRACT_DIGITS = "1400000US", 11  # the same for a tract: the first digits of a block group
BLOCK_GROUP = "1500000US"  # in front of the number of any block group, in tables of the Census


def as_json(answer: Answer) -> Json:
    """Return all of `answer` as what `json.dumps` takes; each of `areas` is a block group."""
    return {
        "schema": SCHEMA,
        "question": answer.question.as_json(),
        "own": answer.own.told or None,
        "people": answer.people,
        "people_within": answer.people_within,
        "share_beyond": answer.share_beyond,
        "engine": answer.engine,
        "estimate": answer.estimate,
        "range": answer.is_range,
        "best": _band(answer.best),
        "worst": _band(answer.worst),
        "hours_unknown": answer.hours_unknown,
        "approximate": answer.approximate,
        "spread": {name: plain(value) for name, value in answer.spread._asdict().items()},
        "standards": [_verdict(verdict) for verdict in answer.verdicts],
        "left_out": answer.left_out,
        "steps": _steps(answer),
        "by": {name: _rows(rows) for name, rows in answer.tables.items()},
        "services": _rows(answer.services.reset_index(drop=True).set_index("id")),
        "areas": _areas(answer),
    }


def as_table(answer: Answer) -> pd.DataFrame:
    """Return one row a block group, to be written as CSV."""
    rows = answer.areas
    ranked = [f"{name}_{rank}" for name in ("minutes", "miles") for rank in RANKS]
    return pd.DataFrame(
        {
            "geoid": rows["geoid"],
            "tract": TRACT + rows["geoid"].str[:TRACT_DIGITS],
            **{name: rows[name] for name in _named(rows)},
            **{group: rows[group].round(1) for group in demand.GROUPS},
            **{name: rows[name].round(DECIMALS) for name in ranked},
            **{f"{name}_1": rows[f"{name}_1"].round(DECIMALS) for name in ("least", "most")},
            **_nearest(answer),
            "within": _within(answer),
            "standard_met": rows["met"],
            "access": (answer.access * FOR_PEOPLE).round(ACCESS_DECIMALS),
            "edge": rows["edge"],
            "approximate": rows["approximate"],
            "question": answer.told,
        }
    )


def _named(rows: pd.DataFrame) -> list[str]:
    """Return the columns that say which area it is, and its people."""
    return ["county", "city", "zip", *(["district"] if "district" in rows else []), "people"]


def as_geojson(answer: Answer) -> str:
    """Return the cell of each block group (EPSG:4326) with the row of `as_table`, as GeoJSON.

    It says itself that its outlines are not those of the block groups.
    """
    features = json.loads(cells(answer).to_json(na="null", drop_id=True))
    told = {"type": features.pop("type"), "note": OUTLINES, "question": answer.question.as_json()}
    return json.dumps(told | features, allow_nan=False)


def cells(answer: Answer) -> gpd.GeoDataFrame:
    """Return the cell of each block group (EPSG:4326) with the row of `as_table`."""
    rows = as_table(answer).assign(outline="not the true outline")
    drawn = demand.cells().set_index("geoid").loc[rows["geoid"], "geometry"]
    return gpd.GeoDataFrame(rows, geometry=drawn.to_numpy(), crs=drawn.crs)


def as_overview(question: Question, answer: Answer | None) -> list[Any]:
    """Return the row of `OVERVIEW` of a question; blank where there is no answer."""
    asked = question.as_json()
    asked["only"] = " ".join(asked["only"])
    if answer is None:
        return [*asked.values(), *[None] * (len(OVERVIEW) - len(asked))]
    judged = sum(verdict.people for verdict in answer.verdicts)
    laws = [
        sum(getattr(verdict, name) for verdict in answer.verdicts) / judged if judged else None
        for name in ("people_met_least", "people_met_most")
    ]
    low, high = answer.best, answer.worst
    return [
        *asked.values(),
        *(answer.people, len(answer.services), answer.hours_unknown, answer.approximate),
        *(int(low.people_beyond), int(high.people_beyond)),
        *(round(share, SHARE_DECIMALS) for share in (low.share_beyond, high.share_beyond)),
        *(None if share is None else round(share, SHARE_DECIMALS) for share in laws),
    ]


def as_geopackage(answer: Answer) -> bytes:
    """Return the same as a GeoPackage with one layer, 'block_groups'.

    It bears no time of its making, so that the same answer is the same file.
    """
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": MADE})
    content = io.BytesIO()
    cells(answer).to_file(content, driver="GPKG", layer="block_groups", engine="pyogrio")
    return content.getvalue()


def access_by(answer: Answer, level: str) -> "pd.Series[float]":
    """Return the access of the people of each county, city, ZIP code or district, on average.

    For 100,000 people, as in `as_table`.
    """
    living = answer.areas["people"].to_numpy(float)
    summed = pd.DataFrame({"had": living * answer.access * FOR_PEOPLE, "people": living})
    by = summed.groupby(answer.areas[level].to_numpy()).sum()
    found: pd.Series[float] = by["had"] / by["people"].where(by["people"] > 0)
    return found


def told(row: "pd.Series[float]") -> list[Any]:
    """Return the `TOLD` figures of a row of `Answer.tables`, each but the first as a range.

    A range is the figure at its low and at its high end; see `sentences.cell`.
    """
    people, *others = TOLD
    return [plain(row[people]), *(_range(row, name) for name in others)]


def varied(row: "pd.Series[Any]") -> list[Any]:
    """Return the services counted of a row of `answer.vary`, and who is beyond, as ranges."""
    return [plain(row["services"]), _range(row, "people_beyond"), _range(row, "share_beyond")]


def _range(row: "pd.Series[Any]", name: str) -> tuple[Any, Any]:
    return plain(row[f"{name}_best"]), plain(row[f"{name}_worst"])


def plain(value: Any) -> Any:
    """Return a value as plain Python, None for NaN."""
    if isinstance(value, np.generic):
        value = value.item()
    return None if isinstance(value, float) and np.isnan(value) else value


def as_csv(answer: Answer) -> bytes:
    """Return `as_table` as CSV, which a spreadsheet opens without losing a zero.

    So a block group has the longer number by which data.census.gov knows it.
    """
    rows = as_table(answer).rename(columns={"geoid": "geo_id"})
    rows["geo_id"] = BLOCK_GROUP + rows["geo_id"]
    cells = rows.to_numpy(dtype=object).tolist()
    return table.write([*rows.columns], ([plain(cell) for cell in row] for row in cells))


def as_rows(answer: Answer, at_edge: str) -> list[list[Any]]:
    """Return a row a block group: number, town, people, minutes, miles, nearest place, edge.

    `at_edge` is said of those nearer to the county line than to the nearest place.
    """
    areas = answer.areas
    town = [" ".join(filter(None, pair)) for pair in zip(areas["city"], areas["zip"], strict=True)]
    told = zip(
        areas["geoid"],
        town,
        areas["people"].tolist(),
        map(plain, areas["minutes_1"]),
        map(plain, areas["miles_1"]),
        _nearest(answer)["nearest_name"],
        (at_edge if edge else "" for edge in areas["edge"]),
        strict=True,
    )
    return [list(row) for row in told]


def as_lines(answer: Answer) -> Iterator[str]:
    """Yield the finding, and what to know of it, in plain English for a terminal."""
    asked = answer.question
    where = records.COUNTIES.get(asked.county, "both counties")
    at = f" open at {asked.hour:%Y-%m-%d %H:%M}" if asked.hour else ""
    yield (
        f"{_beyond(answer.best, answer.worst)} of {answer.people:,} people in {where} live more "
        f"than {_limit(asked)} from the nearest entry of type {asked.type}{at}{_among(asked)}."
    )
    for number, what in (
        (answer.hours_unknown, "have no known hours"),
        (answer.approximate, "are known only by their city or ZIP code"),
    ):
        if number:
            yield f"{number} of {len(answer.services)} entries {what}."
    if answer.own:
        yield f"With data of your own: {answer.own.told}."
    if answer.own.outside:
        yield f"Points of people in neither county, not counted: {answer.own.outside}."
    if answer.is_range:
        yield (
            "At the low end they are open and as near as they can be, at the high end closed and "
            f"as far. Middles of areas and unknown hours as closed: {answer.share_beyond:.1%}."
        )
    for county, row in answer.tables["county"].iterrows():
        ends = (
            Reach(0, row[f"people_beyond{end}"], row[f"share_beyond{end}"])
            for end in ("_best", "_worst")
        )
        yield f"  {county!s:<12} {_beyond(*ends)}"
    for number, (_, row) in enumerate(answer.hangs_on.head(3).iterrows()):
        said = row["verified_on"] or row["source_date"] or "not dated"
        start = "Hangs on one entry:" if not number else "                   "
        yield (
            f"{start} {row['people_alone']:>9,.0f} people have only {row['id']} {row['name']} "
            f"({said})."
        )
    yield from _laws(answer)
    if answer.left_out:
        yield f"Entries of the type without a public place, not counted: {answer.left_out}."
    edge = int(answer.areas.loc[answer.areas["edge"], "people"].sum())
    if (answer.areas["place"] >= 0).any():
        yield f"{edge:,} people live nearer to the county line than to the nearest service."
    if answer.ways.notice:
        yield answer.ways.notice
    yield HOW[answer.engine]


def _laws(answer: Answer) -> Iterator[str]:
    if answer.own.has_points:
        yield "With own sites or people no law is judged: a law is about everybody and the list."
        return
    if not answer.verdicts:
        yield "We know of no limit that a law sets for this: the limit is your own."
    for verdict in answer.verdicts:
        law = verdict.standard
        ends = [n / verdict.people for n in (verdict.people_met_least, verdict.people_met_most)]
        shares = " to ".join(dict.fromkeys(f"{share:.1%}" for share in ends))
        where = records.COUNTIES.get(law.county) or records.COUNTIES.get(answer.question.county)
        yield (
            f"{law.whose}, {law.what}: {law.miles:g} miles or {law.minutes:g} minutes: by all "
            f"entries, at any hour, by car as usual, so for {shares} of people in "
            f"{where or 'both counties'}. {law.caveat} {law.source} (text of {law.text_date}, "
            f"lapses on {law.lapses_on})."
        ).replace("  ", " ")


def _limit(asked: Question) -> str:
    """Return how near is near, with whatever else the answer hangs on."""
    way = "on foot" if asked.mode == "walking" else "by car"
    speed = "" if asked.speed == 1 else f", at {asked.speed:g} of the usual speed,"
    told = f"{asked.threshold:g} {asked.measure}"
    return told if asked.measure == "miles" else f"{told} {way}{speed}"


def _among(asked: Question) -> str:
    """Return which entries alone are counted."""
    return f" among those that are {' and '.join(sorted(asked.trust))}" if asked.trust else ""


def _beyond(low: Reach, high: Reach) -> str:
    """Return how many people are beyond the limit, with both ends if they differ."""
    ends = [f"{reach.people_beyond:,.0f} ({reach.share_beyond:.1%})" for reach in (low, high)]
    return ends[0] if low == high else f"Between {ends[0]} and {ends[1]}"


def _nearest(answer: Answer) -> dict[str, list[str | None]]:
    """Return id and name of the nearest service of each area; None where there is none."""
    services, nearest = answer.services, answer.areas["place"]
    return {
        f"nearest_{name}": [services.at[place, name] if place >= 0 else None for place in nearest]
        for name in ("id", "name")
    }


def _within(answer: Answer) -> list[str]:
    best, worst = answer.areas["within_best"], answer.areas["within_worst"]
    return [
        "yes" if surely else "undecided" if perhaps else "no"
        for perhaps, surely in zip(best, worst, strict=True)
    ]


def _areas(answer: Answer) -> list[Json]:
    rows = _rows(as_table(answer).drop(columns="question").set_index("geoid"))
    for row, area in zip(rows, answer.areas.to_dict("records"), strict=True):
        for name in ("minutes", "miles"):
            row[name] = [plain(area[f"{name}_{rank}"]) for rank in RANKS]
            for rank in RANKS:
                del row[f"{name}_{rank}"]
        row["groups"] = {group: plain(row.pop(group)) for group in demand.GROUPS}
    return rows


def _steps(answer: Answer) -> list[Json]:
    """Return the people within each limit of one, two and three services, at both ends."""
    least, most = answer.steps["_worst"], answer.steps["_best"]
    return [
        {"limit": limit, "at_least": least.loc[limit].tolist(), "at_most": most.loc[limit].tolist()}
        for limit in least.index
    ]


def _verdict(verdict: Verdict) -> Json:
    law = verdict.standard
    return {
        "whose": law.whose,
        "county": law.county or None,
        "what": law.what,
        "miles": law.miles,
        "minutes": law.minutes,
        "text_date": law.text_date.isoformat(),
        "lapses_on": law.lapses_on.isoformat(),
        "source": law.source,
        "people": verdict.people,
        "people_met_least": verdict.people_met_least,
        "people_met_most": verdict.people_met_most,
    }


def _band(reach: Reach) -> Json:
    return {"people_within": int(reach.people_within), "share_beyond": reach.share_beyond}


def _rows(frame: pd.DataFrame) -> list[Json]:
    """Return the rows of a table, with its index as the first column."""
    rows = frame.reset_index().rename(columns=str).to_dict("records")
    return [{name: plain(value) for name, value in row.items()} for row in rows]
