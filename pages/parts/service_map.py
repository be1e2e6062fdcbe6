"""Service map: the map on a page, drawn once and never loaded anew, and what it is told to show.

Only pages may import this: what imports `streamlit_folium` before the server runs has no map.
"""

from collections.abc import Sequence
from typing import Any, Required, TypedDict

import streamlit as st
from cachetools import LRUCache
from streamlit_folium import st_folium

from geo import areas
from geo.areas import Area
from geo.catalogue.keeper import Edition
from geo.i18n import Words
from geo.rounds import on_map
from geo.rounds.plan import Plan
from geo.search.query import Query
from geo.web import ahead, assets, base_map, map_tiles

View = list[list[float]]
NEAREST = 8  # places of a list that have to be in sight
COURSES, MOST_COURSES = "map_courses", 1_000  # they tell where a team goes: the session's own


def draw(edition: Edition, height: int, *more: str) -> None:
    """Draw the map; it is the same for every question, so that it is never loaded anew.

    `more` names further parts of it, such as 'cells'.
    """
    fixed = assets.fixed()
    data = {name: fixed[f"{name}.json"].address for name in ("ground", *more)}
    _draw(height, points=assets.points(edition).address, **data)


def draw_tiled(mark: str, height: int) -> None:
    """Draw the map of a catalogue whose places come in tiles, of the edition with this mark."""
    fixed = assets.fixed()
    _draw(
        height,
        points=fixed["no_points.json"].address,
        ground=fixed["ground.json"].address,
        tiles=map_tiles.address(mark),
    )


def _draw(height: int, **addresses: str) -> None:
    fixed = assets.fixed()
    drawn = base_map.build(
        tuple(fixed[name].address for name in ahead.MAP_SCRIPTS),
        tuple(fixed[name].address for name in ahead.MAP_SHEETS),
        **addresses,
    )
    is_there = {"returned_objects": [], "use_container_width": True, "render": False}
    with st.container(key="map"):
        st_folium(drawn, key="map", height=height, **is_there)


class MapMessage(TypedDict, total=False):
    """What the map is told to show, as `to_map.js` passes it on."""

    bits: Required[str]  # which places: see `base_map.bits`
    view: Required[View]
    all: Required[View]  # where the button "Both counties" leads
    lang: Required[str]
    words: Required[dict[str, str]]
    rounds: list[dict[str, Any]]  # of a plan: a name, points and courses a team
    start: list[object] | None  # the spot that a reader typed
    cells: dict[str, Any] | None  # of an answer about gaps: see map/cells.js
    own: list[tuple[float, float]]  # places of a planner's own file
    sites: list[tuple[float, float]]
    order: list[int]  # places that carry the number they have in the list
    frames: bool  # whether each county has a frame of its own
    tiles: str  # the filters that places in tiles pass: see web/map_tiles.py
    spots: list[tuple[int, float, float]]  # places of the list: number, lat, lon
    asks: bool  # whether a click on the map is a point to be chosen


def message(
    edition: Edition,
    numbers: Sequence[int],
    say: Words,
    view: View | None = None,
) -> MapMessage:
    """Return what tells the map which places to show, by number, and where to look.

    Without a `view` it looks at the places that have a point, or at both counties.
    """
    entries = [edition.entries[number] for number in numbers]
    points = [(one["lat"], one["lon"]) for one in entries if one["has_point"]]
    return {
        "bits": base_map.bits(numbers, len(edition.entries)),
        "view": view or (base_map.around(points) if points else base_map.view(None)),
        "all": base_map.view(None),
        "lang": say.language,
        "words": words(say),
        "rounds": [],
    }


def tiled_message(
    query: Query,
    numbers: Sequence[int],
    spots: Sequence[tuple[int, float, float]],
    where: Area | None,
    say: Words,
) -> MapMessage:
    """Return what tells a map of tiles which filters its places pass, and where to look.

    `numbers` are those of the list, `spots` where they are: number, lat and lon.
    """
    near = [(lat, lon) for _, lat, lon in spots[:NEAREST]]
    corners = base_map.view(where)
    return {
        "bits": "",
        "view": base_map.around([*corners, *near]) if where and near else corners,
        "all": base_map.view(None),
        "lang": say.language,
        "words": words(say),
        "order": list(numbers),
        "spots": list(spots),
        "tiles": map_tiles.written(query),
        "frames": where is None,
    }


def plan_message(edition: Edition, plan: Plan, say: Words) -> MapMessage:
    """Return what the map is told of a plan: each team's way, and the stops left out."""
    memory = st.session_state.setdefault(COURSES, LRUCache(MOST_COURSES))
    courses = on_map.courses(plan, memory)
    left = {one.stop.key for one in plan.left_out}
    numbers = [n for n, entry in enumerate(edition.entries) if entry["id"] in left]
    points = [(stop.lat, stop.lon) for stop in plan.stops]
    points += [point for team in plan.teams for point in (team.start, team.end)]
    drawn = [
        {"name": team.called(say), "points": way, "courses": legs}
        for team, way, legs in zip(plan.teams, on_map.points(plan), courses, strict=True)
    ]
    shown = message(edition, numbers, say, base_map.around(points))
    said = shown["words"] | {"lines": _lines(courses, say)}
    return {**shown, "rounds": drawn, "words": said}


def _lines(courses: Sequence[Sequence[Sequence[Any]]], say: Words) -> str:
    """Return which of the two the lines between stops are: streets, or straight."""
    known = {bool(leg) for team in courses for leg in team}
    if known == {True}:
        return say("The lines follow the streets.")
    if True in known:
        return say("Solid lines follow the streets. Dashed lines are straight, not the streets.")
    return say("Straight lines from stop to stop, not the streets.")


def only(shown: MapMessage) -> dict[str, Any]:
    """Return a list without a stop that but tells the map what to show."""
    return {"parts": [], "said": "", "map": shown}


def words(say: Words) -> dict[str, str]:
    """Return the words on the map."""
    return {
        "map": say("Map of the places in the list"),
        **{f"map_{key}": say(name) for key, name in areas.COUNTIES.items()},
        "back": say("Back to the list"),
        "closer": say("Closer"),
        "farther": say("Farther away"),
        "all": say("Both counties"),
        "streets": say("Streets"),
        "here": say("{n} places here", n="{n}"),
        "streets_ask": say(
            "Streets come from OpenStreetMap. Their servers then see your internet address, the "
            "part of the map you look at and the name of this site."
        ),
        "streets_yes": say("Show streets"),
        "streets_no": say("No, thanks"),
        "late": say("Some places are not on the map just now. Move the map to try again."),
        "broken": say(
            "The map could not be loaded. What it shows is also said in words on this page. Load "
            "the page again to try once more."
        ),
    }
