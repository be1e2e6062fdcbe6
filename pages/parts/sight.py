"""Sight: what the map is told to show, by the list or the legend beside it."""

from collections.abc import Sequence
from typing import Any

from geo import maps
from geo.catalogue import Edition
from geo.i18n import Words
from geo.rounds import Plan

View = list[list[float]]


def told(
    edition: Edition, numbers: Sequence[int], say: Words, view: View | None = None
) -> dict[str, Any]:
    """Return what the map is told: which places to show, and where to look.

    Without a `view` it looks at the places that have a point, or at both counties.
    """
    entries = [edition.entries[number] for number in numbers]
    points = [(one["lat"], one["lon"]) for one in entries if one["lat"] == one["lat"]]
    return {
        "bits": maps.bits(numbers, len(edition.entries)),
        "view": view or (maps.around(points) if points else maps.view(None)),
        "all": maps.view(None),
        "lang": say.language,
        "words": words(say),
        "rounds": [],
    }


def planned(edition: Edition, plan: Plan, say: Words) -> dict[str, Any]:
    """Return what the map is told of a plan: each team's way, and the stops left out."""
    courses = maps.courses(plan)
    left = {one.stop.key for one in plan.left_out}
    numbers = [n for n, entry in enumerate(edition.entries) if entry["id"] in left]
    points = [[stop.lat, stop.lon] for stop in plan.stops]
    points += [point for team in plan.teams for point in (team.start, team.end)]
    drawn = [
        {"name": team.name, "points": way, "courses": legs}
        for team, way, legs in zip(plan.teams, maps.rounds(plan), courses, strict=True)
    ]
    shown = told(edition, numbers, say, maps.around(points))
    return shown | {"rounds": drawn, "words": words(say) | {"lines": _lines(courses, say)}}


def _lines(courses: Sequence[Sequence[Sequence[Any]]], say: Words) -> str:
    """Return which of the two the lines between stops are: streets, or straight."""
    known = {bool(leg) for team in courses for leg in team}
    if known == {True}:
        return say("The lines follow the streets.")
    if True in known:
        return say("Solid lines follow the streets. Dashed lines are straight, not the streets.")
    return say("Straight lines from stop to stop, not the streets.")


def only(shown: dict[str, Any]) -> dict[str, Any]:
    """Return a list without a stop that but tells the map what to show."""
    return {"parts": [], "said": "", "map": shown}


def words(say: Words) -> dict[str, str]:
    """Return the words on the map."""
    return {
        "map": say("Map of the places in the list"),
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
        "broken": say(
            "The map could not be loaded. What it shows is also said in words on this page. Load "
            "the page again to try once more."
        ),
    }
