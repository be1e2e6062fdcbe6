"""Engine answers: the search in the browser beside `geo.search`, field by field."""

import random
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
from playwright.sync_api import Page

from geo import areas
from geo.areas import Area
from geo.catalogue.keeper import load_catalogue
from geo.catalogue.places import locate
from geo.hours import intervals
from geo.hours.state import state_at
from geo.search import columns
from geo.search.index import Index, build_index
from geo.search.query import Found, Query, search
from geo.settings import DATA
from geo.sphere import Floats
from tests.bench import places
from tests.support import engine_page, questions

MADE_UP = 2_000
MOMENTS = 60
LONG = 4  # of the moments, so many are asked of four weeks of hours, the others of three days
SPOTS = (  # addresses, which are points: by a court, in the fields, far off
    Area("address", "address", "939 W Main St", "imperial", 32.7925, -115.5631, 0.0),
    Area("address", "address", "222 E Weber Ave", "san_joaquin", 37.9545, -121.2875, 0.0),
    Area("address", "address", "1 Nowhere Rd", "imperial", 33.4, -114.7, 0.0),
)
PLAIN = (
    "say_so",
    "fitting_lines",
    "open",
    "unknown",
    "where_said",
    "understood",
    "fitted",
    "partly",
)
ADDRESSES = 0.03  # of the questions are asked at one
NEAR_M = 1e-6  # of distances, and to the side of a direction


@dataclass(frozen=True)
class Asked:
    """Some questions of one moment, as the browser gets them."""

    now: datetime
    days: int  # of opening hours that the browser is given
    told: list[dict[str, Any]]


@dataclass
class Compared:
    """How many answers were compared, how many places stood in them, and where they differ."""

    answers: int = 0
    shown: int = 0
    wrong: list[str] = field(default_factory=list)


def indexes() -> dict[str, Index]:
    """Return the index of the catalogue that is shipped, and of one that is made up."""
    return {
        "real": build_index(load_catalogue(DATA / "services.csv", date(2026, 11, 26))),
        "made_up": build_index(locate(places.make(MADE_UP))),
    }


def compare(page: Page, counts: dict[str, int], dice: random.Random) -> Compared:
    """Return what came out of so many questions to each index, here and in the page."""
    found = Compared()
    for name, index in indexes().items():
        if not counts[name]:
            continue
        engine_page.put(page, name, index)
        for asked in asked_of(index, counts[name], dice):
            _compare_at(page, name, index, asked, found)
    return found


def _compare_at(page: Page, name: str, index: Index, asked: "Asked", compared: Compared) -> None:
    first = asked.now.date() - timedelta(days=1)
    hours = columns.openings(index, first, asked.days).decode()
    given = [for_browser(one, asked.now) for one in asked.told]
    engine_page.begin(page, name, hours, milliseconds(asked.now), given)
    ours = [search(index, for_python(one, asked.now), asked.now) for one in asked.told]
    told = engine_page.answers(page)
    compared.wrong += hours_differing(index, asked.now, told["texts"])
    for one, found, theirs in zip(asked.told, ours, told["answers"], strict=True):
        compared.answers += 1
        compared.shown += len(found.places)
        if fields := differing(found, theirs):
            compared.wrong.append(f"{name} {asked.now} {one}: {fields}")


def asked_of(index: Index, count: int, dice: random.Random) -> list[Asked]:
    """Return so many questions, spread over moments of two years."""
    moments = questions.moments(min(MOMENTS, max(LONG, count // 50)), dice)
    parts: list[list[dict[str, Any]]] = [[] for _ in moments]
    for number, one in enumerate(questions.queries(count, index, dice)):
        if dice.random() < ADDRESSES:
            one["where"] = dice.choice(SPOTS)
        parts[number % len(moments)].append(one)
    return [
        Asked(now, 28 if number % (len(moments) // LONG) == 0 else 3, part)
        for number, (now, part) in enumerate(zip(moments, parts, strict=True))
    ]


def milliseconds(when: datetime) -> int:
    return int(when.timestamp() * 1000)


def for_browser(one: dict[str, Any], now: datetime) -> dict[str, Any]:
    """Return a question as the page asks it."""
    told = dict(one)
    if "open_at" in told:
        told["open_at"] = milliseconds(now)
    if isinstance(told.get("where"), Area):
        spot = told["where"]
        told["where"] = [spot.key, spot.kind, spot.name, spot.county, spot.lat, spot.lon]
    return told


def for_python(one: dict[str, Any], now: datetime) -> Query:
    """Return a question as `Query` has it."""
    told = {**one, **{name: frozenset(one.get(name, ())) for name in ("types", "languages")}}
    if "open_at" in told:
        told["open_at"] = now
    if isinstance(told.get("where"), str):
        told["where"] = areas.load()[told["where"]]
    return Query(**told)


def differing(found: Found, told: dict[str, Any]) -> list[str]:
    """Return the names of the fields in which two answers differ."""
    wrong = [name for name in PLAIN if getattr(found, name) != told[name]]
    for name in ("places", "lines", "left_out", "unsaid"):
        if [*getattr(found, name)] != told[name]:
            wrong.append(name)
    if [list(pair) for pair in found.emptied_by] != told["emptied_by"]:
        wrong.append("emptied_by")
    if (found.where and found.where.key) != (told["where"] and told["where"][0]):
        wrong.append("where")
    if "places" not in wrong:
        metres, degrees = (np.array(told[name], float) for name in ("distance_m", "bearing_deg"))
        wrong += apart(found.distance_m, found.bearing_deg, metres, degrees)
    ours, theirs = found.beyond, told["beyond"]
    if (ours and ours.place) != (theirs and theirs["place"]):
        wrong.append("beyond")
    elif ours:
        spots = [[ours.distance_m], [ours.bearing_deg]]
        spots += [[theirs[name]] for name in ("distance_m", "bearing_deg")]
        wrong += [f"beyond {name}" for name in apart(*map(np.array, spots))]
    return wrong


def apart(metres: Floats, degrees: Floats, far: Floats, ways: Floats) -> list[str]:
    """Return which of distances and directions differ by more than a millionth of a metre."""
    wrong = [] if np.allclose(metres, far, rtol=0, atol=NEAR_M, equal_nan=True) else ["distance_m"]
    aside = metres * np.radians((degrees - ways + 180) % 360 - 180)
    same = np.isnan(degrees) & np.isnan(ways) | (abs(aside) <= NEAR_M)
    return wrong if same.all() else [*wrong, "bearing_deg"]


def hours_differing(index: Index, now: datetime, told: list[dict[str, Any]]) -> list[str]:
    """Return the texts of hours of which the browser says something else."""
    wrong = []
    for text, theirs in zip(index.hours, told, strict=True):
        state = state_at(text, now)
        until = milliseconds(state.until) if state.until else None
        ours = (intervals.KINDS.index(state.kind), until, state.reason, state.holiday)
        if ours != tuple(theirs[name] for name in ("kind", "until", "reason", "holiday")):
            wrong.append(f"{text!r} at {now}: {ours} {theirs}")
    return wrong
