"""Provenance: who says what of a place, how old that is, and so whether to call first; in words."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from geo.catalogue import ageing, records
from geo.catalogue.dates import PartialDate
from geo.catalogue.places import Entry
from geo.catalogue.sources import FACTS, Source
from geo.i18n import Words

OLD = timedelta(days=365)
_COPY = re.compile(r"public list on GitHub, file (\d+)")


def of_row(place: Entry) -> Source:
    """Return who says that the service is there, and each fact that has no source of its own."""
    return Source(
        place["source_name"], place["source_ref"], place["source_date"], place["confidence"]
    )


def perishable(place: Entry) -> list[Source]:
    """Return who says each fact that is there and that sends a reader on a lost way once old."""
    facts = [field for field in ("hours", "phone") if place[field]]
    return [of_fact(place, field) for field in facts]


def of_fact(place: Entry, field: str) -> Source:
    """Return who says a fact, and since when: the day on which one of us confirmed it, if any."""
    said = place["sources"].get(field) or of_row(place)
    check = place["checks"].get(field)
    if check and check.day >= said.date:
        return replace(said, date=check.day, confidence="high")
    return said


def dates(place: Entry) -> list[str]:
    """Return the date of the newest source, then that of each perishable fact; '' if undated."""
    said = [source.date for source in (of_row(place), *place["sources"].values())]
    newest = max((*said, *(check.day for check in place["checks"].values())))
    return [newest, *(source.date for source in perishable(place))]


def call_first(place: Entry, today: date) -> bool:
    """Return whether what is said is too old or too far from its source to be relied on.

    Each fact has its own age: hours of ten years ago are no younger for a new address.
    """
    if place["verified_on"]:
        return _is_old(place["verified_on"], today)
    row = [] if place["checks"] else [of_row(place)]  # who confirms a fact has found it there
    weak = any(source.confidence != "high" for source in (*row, *perishable(place)))
    return weak or any(_is_old(day, today) for day in dates(place))


def _is_old(day: str, today: date) -> bool:
    return not day or today - PartialDate.parse(day).first_day > OLD


def age(place: Entry, say: Words, today: date | None = None) -> str:
    """Return when and by whom it was last confirmed; a source's date is not a check.

    With `today` a check is told as so many days ago, else by its date.
    """
    if confirmed := _confirmed(place, say, today):
        return confirmed
    if place["verified_on"]:
        day = say.date(date.fromisoformat(place["verified_on"]))
        return say("Checked on {day} by: {role}", day=day, role=say.raw(place["verified_by_role"]))
    hours, rest = place["sources"].get("hours"), place["source_date"]
    if place["feed"]:
        return say(
            "From the list of {name}, {date}. Not yet checked by a person.",
            name=place["feed"],
            date=_when(rest, say),
        )
    if hours and hours.date != rest:
        return say(
            "Dates of the sources: hours {hours}, the rest {date}. Not yet checked by a person.",
            hours=_when(hours.date, say),
            date=_when(rest, say),
        )
    if not rest:
        return say("Source without a date. Not yet checked by a person.")
    return say("Source of {date}. Not yet checked by a person.", date=when_dated(rest, say))


def _confirmed(place: Entry, say: Words, today: date | None) -> str:
    """Return which facts one of us confirmed last, when, and of when the rest is; '' if none."""
    newest = max((check.day for check in place["checks"].values()), default="")
    if not newest or newest <= place["verified_on"]:
        return ""
    fields = [name for name, check in place["checks"].items() if check.day == newest]
    day = date.fromisoformat(newest)
    told = say(
        "Confirmed {when} by {role}: {facts}.",
        when=ageing.ago(day, today, say) if today else say.date(day),
        role=say.raw(place["checks"][fields[0]].role),
        facts=_called(fields, say),
    )
    rest = place["verified_on"] or place["source_date"]
    return f"{told} {say('The rest is of {date}.', date=_when(rest, say))}"


def _called(fields: Sequence[str], say: Words) -> str:
    """Return facts by what a reader calls them, each once."""
    return ", ".join(dict.fromkeys(say(FACTS[name]) for name in fields if name in FACTS))


def ages(place: Entry, say: Words, today: date) -> list[dict[str, object]]:
    """Return for the facts that matter most how old each is, and how good it is so."""
    found = []
    for field in ("hours", "phone", "street"):
        if not place[field]:
            continue
        check, source = place["checks"].get(field), of_fact(place, field)
        own = check.day if check else ""
        checked = max(own, place["verified_on"])
        if checked and checked >= source.date:
            when = say("confirmed {when}", when=ageing.ago(date.fromisoformat(checked), today, say))
        else:
            when = say("from {name}, {date}", name=source.name, date=_when(source.date, say))
        good = say(ageing.STATES[ageing.state(field, max(checked, source.date), today)])
        text = say("{when} ({state})", when=when, state=good)
        found.append(
            {"label": say("{fact}: how old", fact=say(FACTS[field])), "text": text, "known": True}
        )
    return found


def when_dated(source_date: str, say: Words) -> str:
    """Return a date of a source as exactly as it is known.

    >>> from geo.i18n import words
    >>> [when_dated(day, words("en")) for day in ("2026-09-09", "2026-09", "2020")]
    ['September 9, 2026', 'September 2026', '2020']
    """
    known = PartialDate.parse(source_date)
    if known.known_to == "year":
        return source_date
    return say.month(known.first_day) if known.known_to == "month" else say.date(known.first_day)


def told(place: Entry, say: Words) -> str:
    """Return in one line who says what, as "Hours: own site, 2026. The rest: state list, 2025"."""
    groups = [(", ".join(facts), source) for facts, source in _apart(place, say)]
    groups.append((say("The rest") if groups else say("Source"), of_row(place)))
    return ". ".join(
        say("{facts}: {name}, {date}", facts=facts, name=source.name, date=_when(source.date, say))
        for facts, source in groups
    )


def listed(place: Entry, say: Words, today: date | None = None) -> list[dict[str, object]]:
    """Return who says what is shown, how good that is, and how sure the place on the map is.

    With `today`, how old its most important facts are as well.
    """
    own = of_row(place)
    pairs = [
        (say("Source"), own.name),
        (say("Where it says so"), _readable(own.ref, say)),
        (say("Kind of source"), say(records.CONFIDENCES[own.confidence])),
        (say("Last confirmed"), age(place, say, today)),
    ]
    for facts, source in _apart(place, say):
        kind = say(records.CONFIDENCES[source.confidence])
        said = say(
            "{name}, {date}. {kind}.", name=source.name, date=_when(source.date, say), kind=kind
        )
        pairs.append((", ".join(facts), f"{said} {_readable(source.ref, say)}"))
    if place["is_public"]:
        pairs += [
            (say("On the map"), say(records.PRECISIONS[place["location_precision"]])),
            (say("Point from"), place["location_source"]),
        ]
    told = [{"label": label, "text": text, "known": True} for label, text in pairs if text]
    return [*told, *(ages(place, say, today) if today else ())]


def _readable(reference: str, say: Words) -> str:
    """Return where something is said, with a copy in a list of others called just that."""
    return _COPY.sub(
        lambda file: say("a copy in a public list, number {file}", file=file[1]), reference
    )


def _apart(place: Entry, say: Words) -> list[tuple[list[str], Source]]:
    """Return each source that says some facts only, and what a reader calls them, once each."""
    found: dict[Source, dict[str, None]] = {}
    for field, label in FACTS.items():
        if source := place["sources"].get(field):
            found.setdefault(source, {})[say(label)] = None
    return [([*facts], source) for source, facts in found.items()]


def _when(source_date: str, say: Words) -> str:
    return when_dated(source_date, say) if source_date else say("date not known")
