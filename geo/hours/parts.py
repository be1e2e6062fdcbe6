"""Parts: what is said of some days, with times still to be settled -> the text of the field."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise

from geo.clock import DAY_MIN, clock_at
from geo.hours import clocks
from geo.hours.clocks import Raw, Window
from geo.hours.lexicon import PH, Pick
from geo.hours.pieces import Pieces, Place

WEEK = tuple(Pick(day) for day in range(7))
DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su", "PH")
ALL_DAY: Window = (0, DAY_MIN)


@dataclass
class Part:
    """What is said of some days: one rule of the field."""

    days: tuple[Pick, ...] = ()
    season: str = ""
    spans: list[Raw] = field(default_factory=list)
    windows: list[Window] | None = None
    state: str = ""  # "off", "open", "unknown" or nothing
    note: str = ""
    join: str = "; "
    clause: int = 0
    prefixed: bool = False  # whether its season stood in front of it
    at: Place = (0, 0)  # where its times stand in the text


@dataclass
class Break:
    """Times to be cut out of hours."""

    spans: list[Raw]
    clause: int
    at: Place


def settle(parts: list[Part], breaks: list[Break], pieces: Pieces) -> None:
    """Find the times of each part and cut the breaks out of them; what is not sure is asked."""
    _resolve(parts, breaks, pieces)
    _cut_breaks(parts, breaks, pieces)
    _check_shared_days(parts, pieces)
    _check_days_without_times(parts, pieces)


def _resolve(parts: list[Part], breaks: list[Break], pieces: Pieces) -> None:
    """Find the one reading of the times of each part, or ask."""
    plain = [clock for part in parts for span in part.spans for clock in span if clock]
    plain += [clock for one in breaks for span in one.spans for clock in span if clock]
    day24 = any(12 < clock.hour < 24 for clock in plain) and all(not clock.half for clock in plain)
    if day24:
        for part in parts:
            part.spans = clocks.of_24_hours(part.spans)
        for one in breaks:
            one.spans = clocks.of_24_hours(one.spans)
    for part in parts:
        if part.spans:
            ways = clocks.readings(part.spans)
            if len(ways) == 1:
                part.windows = ways[0]
            else:
                asked = ways or clocks.all_readings(part.spans)
                pieces.ask(part.at, "AM or PM", map(_times, asked))


def _cut_breaks(parts: list[Part], breaks: list[Break], pieces: Pieces) -> None:
    """Cut the breaks out of the hours into which they fit."""
    for one in breaks:
        opened = [part for part in parts if part.windows and part.state != "off"]
        own = [part for part in opened if part.clause == one.clause]
        fitting = {}
        for part in own or [part for part in opened if part.clause < one.clause]:
            ways = [way for way in _ways(one.spans) if _within(way, part.windows or [])]
            if len(ways) > 1:
                pieces.ask(one.at, "AM or PM", map(_times, ways))
            if ways:
                fitting[id(part)] = part, ways[0]
        if own and len(fitting) > 1:
            pieces.ask(one.at, "for which of the hours before it")
        if not fitting:
            pieces.unknown(one.at, "these hours lie within no others from which to take them")
        for part, way in fitting.values():
            part.windows = _without(part.windows or [], way)


def _check_shared_days(parts: list[Part], pieces: Pieces) -> None:
    """Ask about days named twice whose times are apart: besides, or instead?"""
    for number, part in enumerate(parts):
        if part.join == ", " and not any(_share(one.days, part.days) for one in parts[:number]):
            part.join = "; "
    opened = [p for p in parts if p.windows and p.join == "; " and p.state in ("", "open")]
    merged: list[Part] = []
    for before, part in pairwise(opened):
        seasonal = before.prefixed and ("-" in before.season or before.season.isalpha())
        if seasonal and not part.season and before.clause != part.clause:
            pieces.ask(part.at, f"in {before.season} only, or all year")
    for part in opened:
        twin = next((o for o in merged if (o.days, o.season) == (part.days, part.season)), None)
        others = [o for o in merged if o.season == part.season and _share(o.days, part.days)]
        apart = [o for o in others if not _overlap(o.windows or [], part.windows or [])]
        if twin and twin in apart:
            twin.windows = sorted([*(twin.windows or []), *(part.windows or [])])
            parts.remove(part)
            continue
        if twin or apart:
            other = twin or apart[0]
            ways = tuple(join.join(map(_rule, (other, part))) for join in ("; ", ", "))
            why = "instead of the earlier hours of these days, or besides them"
            pieces.ask(part.at, why, ways if not twin else ())
        merged.append(part)


def _check_days_without_times(parts: list[Part], pieces: Pieces) -> None:
    """Ask at which times the days are meant that have none, while others have."""
    if any(part.spans for part in parts):
        for part in parts:
            if part.state == "days":
                pieces.ask(part.at, "it is not said at which times")


def written(parts: list[Part]) -> str:
    """Return the text of the field: the ordinary hours first, then the exceptions."""
    text = ""
    for part in sorted(_split(parts), key=_rank):
        rule = _rule(part)
        if rule:
            text += (part.join if text else "") + rule
    return text


def _split(parts: Iterable[Part]) -> Iterator[Part]:
    """Yield the parts, closed holidays apart from closed weekdays."""
    for part in parts:
        holidays = tuple(day for day in part.days if day.day == PH)
        others = tuple(day for day in part.days if day.day != PH)
        if part.state == "off" and holidays and others:
            yield replace(part, days=others)
            yield replace(part, days=holidays)
        else:
            yield part


def _rank(part: Part) -> int:
    """Return how late a part comes: a later rule takes the place of an earlier one."""
    if part.join == " || ":
        return 9
    if part.days == (Pick(PH),):
        return 5
    if part.season:
        return 6 if any(sign in part.season for sign in "0123456789[") or not part.days else 4
    return 2 * (part.state == "off") + any(day.nth for day in part.days)


def _rule(part: Part) -> str:
    """Return a part as a rule of the field; '' if its times are not settled."""
    if part.spans and not part.windows:
        return ""
    days, windows = written_days(part.days), part.windows or []
    if windows == [ALL_DAY] and part.days == WEEK and not (part.season or part.note):
        return "24/7"
    words = [part.season, days, _times(windows) if windows else ""]
    words.append("" if part.state == "days" else part.state)
    words.append(f'"{part.note}"' if part.note else "")
    return " ".join(filter(None, words))


def written_days(days: tuple[Pick, ...]) -> str:
    """Return days as the field has them, three or more in a row as a span.

    >>> written_days((Pick(0), Pick(1), Pick(2), Pick(5), Pick(1, 2), Pick(1, 4)))
    'Mo-We,Sa,Tu[2,4]'
    """
    every = sorted({pick.day for pick in days if not pick.nth})
    runs: list[list[int]] = []
    for day in every:
        if runs and runs[-1][-1] == day - 1 and day != PH:
            runs[-1].append(day)
        else:
            runs.append([day])
    names = []
    for run in runs:
        first, last = DAYS[run[0]], DAYS[run[-1]]
        names += [f"{first}-{last}"] if len(run) > 2 else [DAYS[day] for day in run]
    for day in dict.fromkeys(pick.day for pick in days if pick.nth):
        which = ",".join(str(pick.nth) for pick in days if pick.nth and pick.day == day)
        names.append(f"{DAYS[day]}[{which}]")
    return ",".join(names)


def _times(windows: list[Window]) -> str:
    """Return times as the field has them."""
    return ",".join(
        f"{clock_at(start)}+" if end is None else f"{clock_at(start)}-{_end(end)}"
        for start, end in windows
    )


def _end(minute: int) -> str:
    """Return an end as the field has it: midnight is 24:00."""
    return clock_at(minute) if minute % DAY_MIN else "24:00"


def _ways(spans: list[Raw]) -> Iterator[list[Window]]:
    """Yield each way in which the times of a break can go forward within a day."""
    for ways in clocks.all_readings(spans):
        if all(end is not None and end <= DAY_MIN for _, end in ways):
            yield ways


def _within(inner: list[Window], outer: list[Window]) -> bool:
    """Tell whether each of the inner times is inside one of the outer, and does not fill it."""
    return all(
        any(a <= start and end is not None and b is not None and end <= b and (a, b) != (start, end)
            for a, b in outer)
        for start, end in inner
    )  # fmt: skip


def _without(outer: list[Window], inner: list[Window]) -> list[Window]:
    """Return the outer times without the inner."""
    left = list(outer)
    for start, end in inner:
        for window in list(left):
            a, b = window
            if b is not None and end is not None and a <= start and end <= b:
                left.remove(window)
                left += [(x, y) for x, y in ((a, start), (end, b)) if x < y]
    return sorted(left)


def _overlap(one: list[Window], other: list[Window]) -> bool:
    """Tell whether some time is in both."""
    return any(
        a < (d if d is not None else DAY_MIN) and c < (b if b is not None else DAY_MIN)
        for a, b in one
        for c, d in other
    )


def _share(one: tuple[Pick, ...], other: tuple[Pick, ...]) -> bool:
    """Tell whether some day is in both; days of the month are among the weekday of their name."""
    return any(
        a.day == b.day and (not a.nth or not b.nth or a.nth == b.nth) for a in one for b in other
    )
