"""Rows: what a feed tells of a service -> a row of ours, or why there is none. Nothing is guessed.

Where a place is to be kept private, nothing of it goes into the row: not even its county, which is
then that of the people it serves, if the feed says so by name.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from geo import areas
from geo.addresses.wrappers import is_in
from geo.catalogue import records, survivors
from geo.catalogue.do_not_list import DoNotList
from geo.catalogue.imported import COLUMNS, tells_place
from geo.catalogue.rules.privacy import PLACE
from geo.catalogue.rules.texts import TWINS
from geo.exchange.incoming import cells
from geo.exchange.incoming.tables import Term
from geo.exchange.incoming.told import Told
from geo.exchange.incoming.types_map import TypesMap

Row = dict[str, str]

NO_ID = "it has no id: it could not be told apart the next time"
TWICE = "its id comes twice: the first one counts"
NO_NAME = "it has no name"
NO_TYPE = "the map has none of its terms"
NO_TERM = "it has no term"
OUTSIDE = "outside both counties"
NO_COUNTY = "no county by its point, its ZIP code or the name of its area"
UNSURE = "its state, its point and its ZIP code do not agree"
BANNED = "on the do-not-list"
NO_PLACE_ID = "several places, and this one has no id"

SECRET = re.compile(
    r"confidential|undisclosed|not disclosed|unlisted|withheld|\bprivate (?:location|address)"
    r"|confidencial|no divulgad|\b00000\b",
    re.IGNORECASE,
)
SECRET_PLACE = re.compile(
    r"(?:confidential|undisclosed|secret|private)\W+(?:\w+\W+){0,3}?"
    r"(?:location|address|site|shelter|place|house|facility)"
    r"|(?:location|address|site|place)\W+(?:\w+\W+){0,3}?(?:confidential|undisclosed|secret)"
    r"|(?:ubicación|dirección|lugar)\W+(?:\w+\W+){0,3}?(?:confidencial|secret)",
    re.IGNORECASE,
)
SECRET_WORDS = ("confiden", "undisclosed", "secret", "private")  # SECRET_PLACE needs one of them
HERE = {"", "ca", "calif", "california", "us-ca"}
US = {"", "us", "usa", "united states", "united states of america"}
NAMED = {
    "imperial county": ("imperial",),
    "san joaquin county": ("san_joaquin",),
    "county of imperial": ("imperial",),
    "county of san joaquin": ("san_joaquin",),
}
STATEWIDE = {"california", "statewide", "state of california", "all of california"}
NATIONAL = {"united states", "usa", "us", "national", "nationwide", "united states of america"}
BOTH = tuple(records.COUNTIES)
VOICE = {"", "voice", "phone", "telephone", "main", "office", "hotline", "toll free", "toll-free"}
VOICE |= {"cell", "cellphone", "mobile", "landline", "tollfree", "business", "crisis"}
TEXT = {"text", "sms"}
STATUS = {
    "temporarily closed": "paused",
    "inactive": "closed",
    "defunct": "closed",
    "closed": "closed",
    "permanently closed": "closed",
    "paused": "paused",
}
FREE = {"free", "no cost", "no fee", "no fees", "none", "no charge", "free of charge"}
YES, NO = records.WALK_IN["yes"], records.WALK_IN["no"]
PAPERS = {label.casefold(): code for code, label in records.DOCUMENTS.items()} | {
    "id": "photo_id",
    "picture id": "photo_id",
    "photo identification": "photo_id",
    "proof of residency": "proof_of_address",
    "proof of residence": "proof_of_address",
    "income verification": "proof_of_income",
    "none": "none",
    "no documents required": "none",
}
ACCESS = {label.casefold(): code for code, label in records.WHEELCHAIR.items()} | dict.fromkeys(
    ("wheelchair", "wheelchair accessible", "wheelchair access"), "yes"
)


@dataclass
class Verdict:
    """What became of a service at a place: a row without id, or the reason why there is none."""

    external_id: str
    service: str
    row: Row = field(default_factory=dict)
    reason: str = ""
    is_private: bool = False
    lost: list[str] = field(default_factory=list)
    unknown: list[Term] = field(default_factory=list)


@dataclass(frozen=True)
class Rules:
    """What decides besides the feed itself."""

    source: str
    types: TypesMap
    banned: DoNotList


def verdicts(told: Sequence[Told], rules: Rules) -> Iterator[Verdict]:
    """Yield what becomes of one service at each of its places.

    If one of the places is to be kept private, all are, and the service is one row without a place.
    """
    first = told[0]
    kinds, unknown = rules.types.types(first.terms)
    ours = records.split(first.kept.get("service_types", ""))
    kinds = list(dict.fromkeys([*ours, *kinds]))
    private = any(map(_is_secret, told)) or survivors.shelters_them(
        kinds, first.name, first.description, first.kept.get("for_survivors", "")
    )
    for one in told[:1] if private else told:
        outer = one.service if private else one.external_id
        verdict = Verdict(outer, one.service, is_private=private, lost=[*one.lost])
        verdict.unknown = unknown
        verdict.reason = _refusal(one, kinds, rules, outer, len(told) > 1 and not private)
        if not verdict.reason:
            place, verdict.reason = _place(one, private, rules.source, verdict.lost)
            if not verdict.reason and _was_banned_at(place, kinds, rules.banned):
                verdict.reason = BANNED
            verdict.row = {} if verdict.reason else _row(one, kinds, place, rules, outer)
        yield verdict


def _refusal(told: Told, kinds: Sequence[str], rules: Rules, outer: str, split: bool) -> str:
    name = cells.text(told.name)
    numbers = [cells.phone(one.number)[0] for one in told.phones] or [""]
    banned = any(rules.banned.has(name, number, outer) for number in numbers)
    return next(
        (
            reason
            for holds, reason in (
                (not told.service, NO_ID),
                (banned, BANNED),
                (split and not told.place.strip("\0"), NO_PLACE_ID),
                (not name, NO_NAME),
                (not kinds, NO_TYPE if told.terms else NO_TERM),
            )
            if holds
        ),
        "",
    )


def _was_banned_at(place: Row, kinds: Sequence[str], banned: DoNotList) -> bool:
    blank = dict.fromkeys(("street", "city", "latitude", "longitude"), "")
    return bool(banned.wanted_at({**blank, **place, "service_types": "; ".join(kinds)}))


def _is_secret(told: Told) -> bool:
    hints = " ".join((*told.hints, *told.address[2:]))
    about = f"{told.name}. {told.description}"
    said = any(word in about.casefold() for word in SECRET_WORDS) and SECRET_PLACE.search(about)
    return bool(said or SECRET.search(hints))


def served(names: Sequence[str]) -> tuple[list[str], str]:
    """Return the counties that areas name, and 'statewide' or 'national' if one is that wide.

    >>> served(["Imperial County, CA", "Fresno"]), served(["Lodi, California"]), served(["USA"])
    ((['imperial'], ''), (['san_joaquin'], ''), (['imperial', 'san_joaquin'], 'national'))
    """
    found: dict[str, None] = {}
    wide = ""
    for name in names:
        counties, reach = _served(name.strip()[:200])
        found |= dict.fromkeys(counties)
        wide = reach if reach == "national" or not wide else wide
    return sorted(found), wide


@lru_cache(maxsize=4096)
def _served(name: str) -> tuple[tuple[str, ...], str]:
    bare = re.sub(r"\s+", " ", name.casefold()).strip(" .")
    place = re.sub(r",? (?:ca|california)(?:,? (?:us|usa|united states))?$", "", bare)
    if bare in NATIONAL:
        return BOTH, "national"
    if bare in STATEWIDE:
        return BOTH, "statewide"
    if place in NAMED:
        return NAMED[place], ""
    towns = {town.casefold(): county for town, county in areas.towns().items()}
    return ((towns[place],), "") if place != bare and place in towns else ((), "")


def _place(told: Told, private: bool, source: str, lost: list[str]) -> tuple[Row, str]:
    """Return the cells that say where it is and whom it serves, or why nobody can tell."""
    serves, wide = served(told.areas)
    serves = records.split(told.kept.get("counties_served", "")) or serves
    if private or not (told.has_place or told.address.city or told.address.address_1):
        return _line(told.kept.get("county", "") if not private else "", serves, wide, told)
    county, reason = _county(told, serves)
    if reason:
        return {}, reason
    if county == "outside" and not serves:
        return {}, OUTSIDE
    street = ", ".join(filter(None, map(cells.text, told.address[3:5])))
    latitude, longitude = _point(told, county, lost)
    city, code = _city(told.address.city), cells.zip_code(told.address.postal_code)
    row = {
        "street": street,
        "city": city,
        "zip": code,
        "county": county,
        "counties_served": "; ".join(serves or [county]),
        "latitude": latitude,
        "longitude": longitude,
        "location_precision": _precision(city, code, county, latitude),
        "location_source": source if latitude else "",
        "location_policy": "public",
    }
    return row, ""


def _line(county: str, serves: list[str], wide: str, told: Told) -> tuple[Row, str]:
    """Return the cells of what has no place, or none that may be told."""
    if not county:
        county = wide or ("both" if len(serves) > 1 else next(iter(serves), ""))
    if not county or (county == "outside" and not serves):
        return {}, OUTSIDE if told.areas else NO_COUNTY
    serves = serves or ([county] if county in records.COUNTIES else [*BOTH])
    row = {"county": county, "counties_served": "; ".join(serves)}
    return row | {"location_precision": "none", "location_policy": "none"}, ""


def without_point(row: Mapping[str, str]) -> Row:
    """Return the cells that say where a place is, once its point is left out."""
    known = _precision(row["city"], row["zip"], row["county"], "")
    return {"latitude": "", "longitude": "", "location_source": "", "location_precision": known}


def _precision(city: str, code: str, county: str, latitude: str) -> str:
    if latitude:
        return "street"
    if county not in records.COUNTIES:
        return "none"
    return "zip" if code in areas.zip_counties() else "city" if city in areas.towns() else "none"


def _city(told: str) -> str:
    bare = cells.text(told)
    return bare.title() if bare.isupper() or bare.islower() else bare


def _county(told: Told, serves: Sequence[str]) -> tuple[str, str]:
    """Return the county of a place and '', or '' and why it is not known."""
    if given := told.kept.get("county"):
        return given, ""
    address = told.address
    code = cells.zip_code(address.postal_code)
    by_zip = areas.zip_counties().get(code, "outside" if code else "")
    state = address.state_province.casefold().strip(" .")
    abroad = state not in HERE or address.country.casefold().strip(" .") not in US
    latitude, longitude = cells.point(told.location.latitude, told.location.longitude)
    by_point = _at(latitude, longitude) if latitude else ""
    if abroad:
        return ("", UNSURE) if by_zip in records.COUNTIES else ("outside", "")
    if by_zip == "outside" and by_point in records.COUNTIES:
        return "", UNSURE
    if by_zip or by_point:
        return by_zip or by_point, ""
    town = areas.towns().get(_city(address.city)) if state else None
    if town or len(serves) == 1:
        return town or serves[0], ""
    return "", NO_COUNTY if not told.address.city else OUTSIDE


@lru_cache(maxsize=1024)
def _at(latitude: str, longitude: str) -> str:
    lat, lon = float(latitude), float(longitude)
    return next((county for county in records.COUNTIES if is_in(county, lat, lon)), "outside")


def _point(told: Told, county: str, lost: list[str]) -> tuple[str, str]:
    latitude, longitude = cells.point(told.location.latitude, told.location.longitude)
    if latitude and (_at(latitude, longitude) != county):
        lost.append("a point that is not in the county of its ZIP code")
        return "", ""
    if not latitude and (told.location.latitude or told.location.longitude):
        lost.append("a point that is none on earth")
    return latitude, longitude


def _row(told: Told, kinds: Sequence[str], place: Row, rules: Rules, outer: str) -> Row:
    assured, modified = cells.day(told.assured), cells.day(told.modified)
    row = dict.fromkeys(COLUMNS, "") | place | _numbers(told) | _costs(told.fees)
    row |= {
        "name": cells.text(told.name),
        "organization": cells.text(told.organization),
        "service_types": "; ".join(kinds),
        "description_en": _about(told, kinds),
        "website": cells.link(told.website),
        "hours": told.hours,
        "hours_note": cells.text(told.hours_note),
        "languages": _spoken(told),
        "eligibility": cells.text(told.eligibility),
        "required_documents": _papers(told.documents),
        "walk_in": {YES: "yes", NO: "no"}.get(told.how_to_apply, ""),
        "status": STATUS.get(told.status.casefold(), "open"),
        "status_note": cells.text(told.alert),
        "source_name": f"Assured by {rules.source}" if assured else rules.source,
        "source_ref": f"Feed of {rules.source}",
        "source_date": assured or modified,
        "confidence": "medium" if assured else "low",
        "external_id": outer,
    }
    if place["location_policy"] == "public":
        access = [ACCESS.get(one.casefold().strip(" ."), "") for one in told.accessibility]
        row["wheelchair"] = next(filter(None, access), "")
    decided = {*place, *PLACE, "service_types"}
    given = {name: cells.text(one) for name, one in told.kept.items() if name not in decided}
    row |= {name: cell for name, cell in given.items() if cell}
    return row | {spanish: "" for english, spanish in TWINS if not row[english]}


def _about(told: Told, kinds: Sequence[str]) -> str:
    """Return what it does; where the feed says nothing of it, which kinds of help it is."""
    about = cells.text(told.description)
    if not about:
        about = " ".join(f"{records.TYPES[kind]}." for kind in kinds)
    apply = cells.text(told.how_to_apply)
    if apply and apply not in (YES, NO):
        about = f"{about} How to apply: {apply}"
    return cells.text(about)


def _numbers(told: Told) -> Row:
    row: Row = {}
    for phone in told.phones:
        number, extension = cells.phone(phone.number)
        kind = phone.type.casefold().strip()
        if not number:
            continue
        if kind in TEXT and "text_line" not in row:
            row["text_line"] = number
            if word := re.fullmatch(r"Send (\w+)(?: or (\w+))?", phone.description):
                row |= {"text_word": word[1], "text_word_es": word[2] or word[1]}
        elif kind in VOICE and "phone" not in row:
            row |= {"phone": number, "phone_note": cells.text(phone.description)}
            inner = cells.text(phone.extension) or extension
            if inner and re.fullmatch(r"[0-9]{1,7}", inner):
                note = row["phone_note"]
                row["phone_note"] = f"{note} Extension {inner}".strip()
    return row


def _costs(told: str) -> Row:
    fees = cells.text(told)
    for code, label in records.FEES.items():
        if fees == label or fees.startswith(f"{label}. "):
            return {"fees": code, "fees_note": fees.removeprefix(label).removeprefix(". ")}
    if fees.casefold().strip(" .") in FREE:
        return {"fees": "free"}
    return {"fees_note": fees}


def _spoken(told: Told) -> str:
    codes = dict.fromkeys(filter(None, map(cells.language, told.languages)))
    with_help = told.interpreter == "Other languages with an interpreter"
    return "; ".join([*codes, *([records.INTERPRETER] if with_help else [])])


def _papers(told: Sequence[str]) -> str:
    """Return what is to be brought: all of it, or nothing if one paper is none of our words."""
    codes = [PAPERS.get(cells.text(one).casefold().strip(" ."), "") for one in told]
    known = dict.fromkeys(codes)
    return "; ".join(known) if all(codes) and ("none" not in known or len(known) == 1) else ""


def shown_id(external_id: str) -> str:
    """Return an id of a feed as a report may show it."""
    return "(an id that is not shown)" if tells_place(external_id) else external_id


def unknown_terms(found: Mapping[Term, int]) -> Iterator[str]:
    """Yield the lines of a map that is still to be filled in, the commonest term first."""
    for term, number in sorted(found.items(), key=lambda one: (-one[1], one[0])):
        name = f" ({cells.text(term.name, 60)})" if term.name else ""
        yield f"  {cells.text(term.code or term.id, 80)}{name}: {number}"
