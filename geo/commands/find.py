"""Find: what the Find page answers to a question, as a table or JSON."""

import argparse
import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from geo import clock, settings, sphere
from geo.addresses import typed
from geo.areas import Area
from geo.catalogue import records, wording
from geo.catalogue.keeper import Edition, load_catalogue
from geo.catalogue.wording import Moment
from geo.clock import TIMEZONE
from geo.errors import QuestionError
from geo.i18n import LANGUAGES, Words, words
from geo.search import sentences
from geo.search.index import build_index
from geo.search.query import Found, Query, search
from geo.streets import store

NAME_LETTERS = 52  # of a name in the table


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    asking = commands.add_parser("find", help="what the Find page answers to a question")
    asking.add_argument("words", nargs="*", help='in your own words: "food near tracy"')
    asking.add_argument("--where", default="", metavar="PLACE", help="a town, ZIP code or county")
    asking.add_argument(
        "--type", action="append", default=[], metavar="TYPE", help="only of this type, or types"
    )
    asking.add_argument("--open", metavar="WHEN", help='now, or "2026-12-01 18:00"')
    asking.add_argument("--within", type=float, metavar="MILES", help="of a town or ZIP code")
    asking.add_argument("--language", default="en", choices=[*LANGUAGES], help="of the answer")
    asking.add_argument("--most", type=int, metavar="N", help="so many places; default: all")
    asking.add_argument("--json", action="store_true", help="everything, to be read by a program")
    asking.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the answer as a table or JSON; return 0."""
    say, now = words(options.language), clock.now()
    edition = Edition(1, load_catalogue(settings.read().catalogue, now.date()))
    query = Query(
        types=frozenset(map(_type, options.type)),
        words=" ".join(options.words),
        where=_where(options.where),
        within_miles=options.within,
        open_at=_moment(options.open, now) if options.open else None,
    )
    found = search(build_index(edition.places), query, now)
    moment = Moment(query.open_at or now, chosen=options.open not in (None, "now"))
    answer = as_json(edition, found, say, moment, options.most)
    if options.json:
        print(json.dumps(answer, ensure_ascii=False, allow_nan=False))
    else:
        for line in as_lines(answer):
            print(line)
    return 0


def as_json(
    edition: Edition, found: Found, say: Words, moment: Moment, most: int | None = None
) -> dict[str, Any]:
    """Return the answer as plain data, of the places the first `most`.

    `distance_miles` is null where it may not be told. A place that `says_so` does what is asked,
    others are of the same kind; the first `fitting_lines` lines are for it.
    """
    miles = found.distance_m / sphere.METRES_A_MILE
    rows = wording.rows(
        edition.entries,
        found.places[:most],
        say,
        moment,
        found.distance_m,
        found.bearing_deg,
        found.where,
    )
    places = [
        _entry(edition, row)
        | {
            "distance_miles": None if miles[spot] != miles[spot] else round(float(miles[spot]), 2),
            "distance": row["distance"],
            "says_so": spot < found.say_so,
        }
        for spot, row in enumerate(rows)
    ]
    lines = wording.rows(edition.entries, found.lines, say, moment)
    return {
        "understood": {
            "words": found.understood,
            "where": found.where.key if found.where else "",
            "where_in_words": found.where_said,
            "left_out": list(found.left_out),
            "unsaid": list(found.unsaid),
        },
        "told": [sentences.headline(found, say, not moment.chosen), *sentences.notes(found, say)],
        "count": len(found.places),
        "open": found.open,
        "unknown": found.unknown,
        "places": places,
        "lines": [_entry(edition, row) for row in lines],
        "fitting_lines": found.fitting_lines,
        "emptied_by": dict(found.emptied_by),
        "beyond": _entry(edition, _beyond(edition, found, say, moment)) if found.beyond else None,
    }


def as_lines(answer: dict[str, Any]) -> Iterator[str]:
    """Yield the answer as lines to read."""
    yield from answer["told"]
    for line in answer["lines"][: max(1, min(2, answer["fitting_lines"]))]:
        yield f"  call {line['phone'] or line['text']:>14}  {line['name']}"
    for number, place in enumerate(answer["places"], 1):
        said = " " if place["says_so"] else "?"
        row = f"{number:4} {said} {place['id']} {place['name'][:NAME_LETTERS]:{NAME_LETTERS}} "
        yield f"{row}{place['city']:14} {place['phone']:14} {place['distance']}".rstrip()
    for name, count in answer["emptied_by"].items():
        yield f"  without {name}: {count}"
    if beyond := answer["beyond"]:
        yield f"  nearest elsewhere: {beyond['id']} {beyond['name']}, {beyond['city']}"


def _entry(edition: Edition, row: dict[str, Any]) -> dict[str, Any]:
    """Return what is told of a place or line; the rest is in its record."""
    place = edition.entries[row["i"]]
    return {
        "id": row["id"],
        "name": row["name"],
        "types": list(place["types"]),
        "city": place["city"] if place["is_public"] else "",
        "phone": row["phone"],
        "text": place["text_line"],
        "open": row["state"],
        "hours": row["open"],
    }


def _beyond(edition: Edition, found: Found, say: Words, moment: Moment) -> dict[str, Any]:
    number = found.beyond.place if found.beyond else 0
    return wording.rows(edition.entries, [number], say, moment)[0]


def _where(text: str) -> Area | None:
    if not text.strip():
        return None
    spot = typed.find(text, store.current())
    if spot.area is None:
        raise QuestionError(spot.told, place=spot.place, typed=spot.typed)
    return spot.area


def _type(kind: str) -> str:
    if kind not in records.TYPES:
        wanted = ", ".join(records.TYPES)
        raise QuestionError(
            "--type: found {found!r}, wanted one of {wanted}.", found=kind, wanted=wanted
        )
    return kind


def _moment(text: str, now: datetime) -> datetime:
    if text == "now":
        return now
    try:
        return datetime.fromisoformat(text).replace(tzinfo=TIMEZONE)
    except ValueError:
        wanted = "--open: found {found!r}, wanted now, or a time such as 2026-12-01 18:00."
        raise QuestionError(wanted, found=text) from None
