"""Wording: places -> rows of words to read aloud, show, print or take away, in one language.

A row is plain data (str, int, bool, lists and dicts of them): nothing in it is markup.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

import numpy as np

from geo import sphere
from geo.areas import Area
from geo.catalogue import provenance, records
from geo.catalogue.places import Entry
from geo.hours import timetable
from geo.hours.state import State, state_at
from geo.i18n import Words, mark

SOON_MIN = 60
NO_WAY_MILES = 0.1  # nearer than this there is no telling in which direction

# 988, 888-373-7888 and 800-799-7233 stand in the catalogue too, with their sources.
DANGER = (
    (mark("In danger"), "911", "tel:911"),
    (mark("Crisis or suicide"), "988", "tel:988"),
    (mark("Trafficking"), "888-373-7888", "tel:+18883737888"),
    (mark("Violence at home"), "800-799-7233", "tel:+18007997233"),
)

DIRECTIONS = {
    "N": mark("north"),
    "NE": mark("north-east"),
    "E": mark("east"),
    "SE": mark("south-east"),
    "S": mark("south"),
    "SW": mark("south-west"),
    "W": mark("west"),
    "NW": mark("north-west"),
}

Row = dict[str, Any]


@dataclass(frozen=True)
class Moment:
    """The time a reader asks about; `chosen` when it is not simply now."""

    at: datetime
    chosen: bool = False


def rows(
    entries: Sequence[Entry],
    numbers: Sequence[int] | np.ndarray,
    say: Words,
    moment: Moment,
    distance_m: Sequence[float] | np.ndarray = (),
    bearing_deg: Sequence[float] | np.ndarray = (),
    start: Area | None = None,
) -> list[Row]:
    """Return the rows of the entries with these numbers, in that order.

    `entries` are those of an `Edition`. `distance_m` and `bearing_deg` from `start` stand beside
    `numbers`; NaN where none may be given.
    """
    found = []
    for spot, number in enumerate(map(int, numbers)):
        place = entries[number]
        row = describe(place, say, moment) | {"i": number}
        if len(distance_m) and start is not None:
            far = float(distance_m[spot]), float(bearing_deg[spot])
            row["distance"] = distance(place, start, *far, say)
        found.append(row)
    return found


def describe(place: Entry, say: Words, moment: Moment) -> Row:
    """Return everything known of one place, in words; what is unknown is said so."""
    state = state_at(place["hours"], moment.at)
    return {
        **unmoving(place, say, moment.at.date()),
        "distance": "",
        "state": state.kind,
        "open": opening(state, say, moment),
    }


def unmoving(place: Entry, say: Words, today: date) -> Row:
    """Return what is the same all day and wherever a reader is, in words."""
    doubt = say("Call first: this may have changed.")
    if not place["phone"]:
        doubt = say("This may have changed. Call 211 and ask first.")
    return {
        "id": place["id"],
        "name": place["name"],
        "organization": place["organization"] if place["organization"] != place["name"] else "",
        "group": int(place["group"]),
        "kinds": [say(records.TYPES[kind]) for kind in place["types"]],
        "about": in_language(place, "description", say),
        "about_lang": "en" if (foreign := is_only_english(place, "description", say)) else "",
        "about_note": say("In English:") if foreign else "",
        "where": where(place, say),
        "on_map": place["has_point"],
        "notice": notice(place, say),
        "phone": place["phone"],
        "call": dial(place["phone"]),
        "phone_note": told_in(place, "phone_note", say),
        "text": text_line(place, say),
        "age": provenance.age(place, say, today),
        "call_first": doubt if provenance.call_first(place, today) else "",
        "facts": facts(place, say),
        "directions": directions(place),
        "website": place["website"],
    }


def in_language(place: Entry, column: str, say: Words) -> str:
    """Return the cell of `column` in the reader's language; in English if it has none in that."""
    columns = (f"{column}_{say.language}", column, f"{column}_en")
    return next((str(cell) for cell in map(place.get, columns) if cell), "")


def is_only_english(place: Entry, column: str, say: Words) -> bool:
    """Say whether a text is there, but not in the reader's language: so it is in some feeds."""
    text = in_language(place, column, say)
    return bool(text) and say.language != "en" and not place.get(f"{column}_{say.language}")


def told_in(place: Entry, column: str, say: Words) -> str:
    """Return a text as `in_language` does; one that is there in English alone says so."""
    text = in_language(place, column, say)
    return say("{text} (in English)", text=text) if is_only_english(place, column, say) else text


def where(place: Entry, say: Words) -> str:
    """Return where it is, as sure as it is known and as far as it may be told."""
    if not (place["is_public"] or place["is_private"]):
        serves = [say(records.COUNTIES[county]) for county in place["serves"]]
        return say("By phone or online. Serves {counties}.", counties=", ".join(serves))
    if place["is_private"]:
        county = say(records.PLACES[place["county"]])
        return say("{county}. The address is kept private for safety: call.", county=county)
    town = " ".join(filter(None, (place["city"], place["zip"])))
    if place["street"]:
        return ", ".join(filter(None, (place["street"], town)))
    if town:
        return say("Somewhere in {town}. No street is listed.", town=town)
    return say(records.PLACES[place["county"]])


def opening(state: State, say: Words, moment: Moment) -> str:
    """Return open, closed or unknown, with until when or why."""
    text = _opening(state, say, moment)
    if state.holiday and state.kind != "unknown":
        text = " · ".join((text, _holiday(state, say, moment)))
    return text


def _holiday(state: State, say: Words, moment: Moment) -> str:
    """Return that the day asked about is a holiday; by its date if another day was just named."""
    day = moment.at.date()
    if state.until is None or state.until.date() == day:
        if moment.chosen:
            return say("That day is a holiday: hours may differ.")
        return say("Today is a holiday: hours may differ.")
    return say("{day} is a holiday: hours may differ.", day=say.day(day))


def _opening(state: State, say: Words, moment: Moment) -> str:
    if state.kind == "unknown":
        return {
            "days_only": say("Open that day, but the hours are not known."),
            "open_end": say("Opened earlier that day. The closing time is not known."),
        }.get(state.reason, say("Hours not known."))
    if state.kind == "open":
        if state.until is None:
            return say("Open 24 hours, every day")
        left = state.minutes_left(moment.at) or 0
        if not moment.chosen and left <= SOON_MIN:
            return say.many(
                "Open, closes in {n} minute, at {time}",
                "Open, closes in {n} minutes, at {time}",
                max(1, left),
                time=_end(state.until, say, moment.at),
            )
        return say("Open until {time}", time=_end(state.until, say, moment.at))
    if state.until is None:
        return say("Closed")
    return say("Closed, opens {time}", time=_start(state.until, say, moment.at))


def _end(until: datetime, say: Words, at: datetime) -> str:
    """Return a closing time, as it stands after "until" or "at"."""
    days = (until.date() - at.date()).days
    if days == 1 and until.time() == time():
        return say("midnight")
    if days == 1 and until.hour < 5:
        return say("{time} at night", time=_hour(until, say))
    return _later(until, say, at) if days else _hour(until, say)


def _start(until: datetime, say: Words, at: datetime) -> str:
    """Return an opening time, as it stands after "opens"."""
    if until.date() == at.date():
        return say("at {time}", time=_hour(until, say))
    return _later(until, say, at)


def _later(until: datetime, say: Words, at: datetime) -> str:
    days = (until.date() - at.date()).days
    if days == 1:
        return say("the next day at {time}", time=_hour(until, say))
    day = say.weekday(until.weekday()) if days < 7 else say.date(until.date())
    return say("{day} at {time}", day=day, time=_hour(until, say))


def _hour(moment: datetime, say: Words) -> str:
    """Return a time of day within a sentence; Spanish has one article for 1:00, one for others."""
    return say.many("{time}", "{time}", moment.hour % 12, time=say.time(moment))


def distance(place: Entry, start: Area, distance_m: float, bearing_deg: float, say: Words) -> str:
    """Return how far a place is from where a reader starts; blank if that may not be told.

    Of a place in the reader's own town only the town and the miles are told: what lies south of the
    middle of a town on the border is not south of the town.
    """
    if not np.isfinite(distance_m):
        return ""
    away = way(distance_m, bearing_deg, place["radius_m"], say)
    own = {"city": place["city"], "zip": place["zip"]}
    if start.name == own.get(start.kind):
        miles = distance_m / sphere.METRES_A_MILE
        if place["radius_m"] or not away:
            return say("In {place}", place=start.name)
        if miles < NO_WAY_MILES:
            return say("In {place}, close to its middle", place=start.name)
        shown = say.number(miles, 0 if miles >= 10 else 1)
        return say("In {place}, {miles} miles from its middle", place=start.name, miles=shown)
    if not away:
        return ""
    told = say("{way} of {place}", way=away, place=start.name)
    if place["city"] and place["city"] != start.name:
        return say("{way}, in {town}", way=told, town=place["city"])
    return told


def way(distance_m: float, bearing_deg: float, radius_m: float, say: Words) -> str:
    """Return how far and in which direction, in words; blank if neither can be given.

    Of a place somewhere in a circle that holds the reader's spot neither is known.
    """
    if not np.isfinite(distance_m) or distance_m < radius_m:
        return ""
    miles = distance_m / sphere.METRES_A_MILE
    if miles < NO_WAY_MILES:
        return say("close to the middle")
    direction = say(DIRECTIONS[sphere.compass(bearing_deg)])
    shown = say.number(miles, 0 if miles >= 10 else 1)
    if radius_m:
        return say("about {miles} miles {direction}", miles=shown, direction=direction)
    return say("{miles} miles {direction}", miles=shown, direction=direction)


def dial(phone: str) -> str:
    """Return the address that makes a phone call `phone`; blank for none.

    >>> dial("209-836-5424"), dial("988"), dial("")
    ('tel:+12098365424', 'tel:988', '')
    """
    digits = "".join(filter(str.isdigit, phone))
    return f"tel:{'+1' if len(digits) == 10 else ''}{digits}" if digits else ""


def text_line(place: Entry, say: Words) -> Row | None:
    """Return the words and the address for a text message; None if it takes none."""
    number, word = place["text_line"], in_language(place, "text_word", say)
    if not number:
        return None
    digits = "".join(filter(str.isdigit, number))
    href = f"sms:{'+1' if len(digits) == 10 else ''}{digits}"
    if word == "ZIP":
        return {"label": say("Text your ZIP code to {number}", number=number), "href": href}
    if word:
        label = say("Text {word} to {number}", word=word, number=number)
        return {"label": label, "href": f"{href}?body={word}"}
    return {"label": say("Text {number}", number=number), "href": href}


def directions(place: Entry) -> str:
    """Return a link that shows the way to a public, known point; blank for any other."""
    if not place["is_exact"]:
        return ""
    return f"https://www.openstreetmap.org/directions?to={place['lat']:.5f}%2C{place['lon']:.5f}"


def facts(place: Entry, say: Words) -> list[Row]:
    """Return the labelled facts of one place; `known` tells those that are only "not known"."""
    unknown = say("Not known")
    documents = [
        say(records.DOCUMENTS[paper]) for paper in records.split(place["required_documents"])
    ]
    cost = [say(records.FEES[place["fees"]]) if place["fees"] else ""]
    cost.append(told_in(place, "fees_note", say))
    hours = [*timetable.describe(place["hours"], say.language)]
    hours.append(told_in(place, "hours_note", say))
    who = [told_in(place, "eligibility", say)]
    who.append(say(records.FOR_SURVIVORS.get(place["for_survivors"], "")))
    listed = (
        (say("Hours"), " · ".join(filter(None, hours))),
        (say("Who may come"), ". ".join(filter(None, who))),
        (say("Cost"), ". ".join(filter(None, cost))),
        (say("Papers to bring"), ", ".join(documents)),
        (say("Without an appointment"), say(records.WALK_IN.get(place["walk_in"], ""))),
        (say("Languages"), spoken(place["spoken"], say)),
        (say("Wheelchair"), say(records.WHEELCHAIR.get(place["wheelchair"], ""))),
    )
    return [
        {"label": label, "text": text or unknown, "known": bool(text)} for label, text in listed
    ]


def notice(place: Entry, say: Words) -> str:
    """Return what a reader has to know before going: a pause, a move, a change; mostly blank."""
    paused = say("Paused for now: call first.") if place["status"] == "paused" else ""
    return " ".join(filter(None, (paused, told_in(place, "status_note", say))))


def spoken(codes: Sequence[str], say: Words) -> str:
    """Return the names of spoken languages.

    >>> from geo.i18n import words
    >>> spoken(["en", "es"], words("en"))
    'English, Spanish'
    """
    names = [
        say("Other languages with an interpreter")
        if code == records.INTERPRETER
        else say.locale.languages[code].capitalize()
        for code in codes
    ]
    return ", ".join(names)
