"""Plan file: a round as a JSON file that a team keeps itself and opens again: docs/rounds.md.

It holds what was asked and in which order the stops are, not the times: they are worked out anew.
What is read was written by anyone: it is checked, and an error never repeats what the file says.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from typing import Any, NoReturn

from geo.clock import DAY_MIN, clock_at
from geo.errors import QuestionError
from geo.i18n import mark
from geo.rounds import duty
from geo.rounds.choice import TYPED, Choice
from geo.rounds.limits import LONGEST_VISIT, MOST_STOPS, MOST_TEAMS, TRAFFIC
from geo.rounds.plan import SHARES, SKILLS, Window

KIND, SCHEMA = "service-map-round", 1
MOST_BYTES = 1_000_000
MOST_LETTERS = 160  # of a name, or of where a team starts: a name on the list and its town
ENDS = ("first", "last")


@dataclass(frozen=True)
class Crew:
    """A team as it is asked for: from when to when, by the clock, and what it has."""

    begins: int
    ends: int  # not after `begins`: on the next day
    skills: tuple[str, ...] = ()


@dataclass(frozen=True)
class Draft:
    """All that a round is made of, as it was asked for, and the order of its stops."""

    day: date
    start: str
    end: str  # blank: back to the start
    teams: tuple[Crew, ...]
    choices: tuple[Choice, ...]
    checked: frozenset[str] = frozenset()  # keys of those chosen because they need a check
    minutes: int = 20
    assumed: Window | None = (540, 1020)
    traffic: float = 1.0
    share: str = "even"
    longest_leg: int | None = None
    longest_drive: int | None = None
    pause: tuple[int, int, int] | None = None  # from, begun by, minutes
    orders: tuple[tuple[str, ...], ...] = ()  # a list of keys a team; none: not planned so far
    pins: Mapping[str, str] = field(default_factory=dict)
    dropped: frozenset[str] = frozenset()


def write(draft: Draft) -> bytes:
    """Return a round as a file."""
    pause = draft.pause
    told = {
        "kind": KIND,
        "schema": SCHEMA,
        "day": draft.day.isoformat(),
        "start": draft.start,
        "end": draft.end,
        "minutes": draft.minutes,
        "unknown_hours": _window(draft.assumed),
        "traffic": draft.traffic,
        "share": draft.share,
        "longest_leg": draft.longest_leg,
        "longest_drive": draft.longest_drive,
        "break": [*map(clock_at, pause[:2]), pause[2]] if pause else None,
        "teams": [
            {"shift": _window((crew.begins, crew.ends)), "skills": list(crew.skills)}
            for crew in draft.teams
        ],
        "stops": [
            {
                "id": one.key,
                "name": one.name,
                "point": list(one.point) if one.point else None,
                "minutes": one.minutes,
                "must": one.must,
                "priority": one.priority,
                "needs": list(one.needs),
                "hours": _window(one.hours),
                "between": _window(one.between),
                "check": one.key in draft.checked,
            }
            for one in draft.choices
        ],
        "orders": [list(order) for order in draft.orders],
        "pins": dict(draft.pins),
        "left_out_by_hand": sorted(draft.dropped),
    }
    return (json.dumps(told, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()


def read(content: bytes) -> Draft:
    """Return the round of a file.

    Raises
    ------
    QuestionError : it is no such file, or of a newer kind; says where and what was wanted
    """
    if len(content) > MOST_BYTES:
        raise QuestionError(NO_FILE)
    try:
        told = json.loads(content)
    except (ValueError, RecursionError):
        raise QuestionError(NO_FILE) from None
    if not isinstance(told, dict) or told.get("kind") != KIND:
        raise QuestionError(NO_FILE)
    if told.get("schema") != SCHEMA:
        raise QuestionError(OTHER_SCHEMA, wanted=SCHEMA)
    return _draft(_Part(told, ""))


def _draft(told: "_Part") -> Draft:
    choices = [_choice(part) for part in told.parts("stops", MOST_STOPS)]
    keys = {choice.key for choice, _ in choices}
    if len(keys) < len(choices):
        told.refuse("stops", "each stop once")
    teams = tuple(
        Crew(*part.shift("shift"), part.words("skills", SKILLS))
        for part in told.parts("teams", MOST_TEAMS)
    )
    orders = tuple(tuple(order) for order in told.lists("orders", keys))
    placed = [*chain.from_iterable(orders)]
    if len(placed) > len(set(placed)) or len(orders) > len(teams):
        told.refuse("orders", "each stop once, and a list for each team")
    pins = told.mapping("pins", keys)
    return Draft(
        day=told.day("day"),
        start=told.text("start"),
        end=told.text("end"),
        teams=teams,
        choices=tuple(choice for choice, _ in choices),
        checked=frozenset(choice.key for choice, checked in choices if checked),
        minutes=told.whole("minutes", 1, LONGEST_VISIT),
        assumed=told.window("unknown_hours"),
        traffic=told.number("traffic", *TRAFFIC),
        share=told.word("share", SHARES),
        longest_leg=told.maybe("longest_leg", 1, 600),
        longest_drive=told.maybe("longest_drive", 1, DAY_MIN),
        pause=told.pause("break"),
        orders=orders,
        pins=pins,
        dropped=frozenset(told.words("left_out_by_hand", keys)),
    )


def _choice(told: "_Part") -> tuple[Choice, bool]:
    choice = Choice(
        key=told.text("id"),
        name=told.text("name"),
        point=told.point("point"),
        minutes=told.maybe("minutes", 1, LONGEST_VISIT),
        must=told.truth("must"),
        priority=told.whole("priority", 1, 3),
        needs=told.words("needs", SKILLS),
        hours=told.window("hours"),
        between=told.window("between"),
    )
    number = choice.key.removeprefix(TYPED)
    own = number != choice.key
    if own and not (number.isascii() and number.isdigit() and choice.name and choice.point):
        told.refuse("point", "a point and a name for a place that is on no list")
    return choice, told.truth("check")


class _Part:
    """A part of the file, by its path, whose values are taken only if they are as wanted."""

    def __init__(self, told: object, path: str) -> None:
        self._path = path
        if not isinstance(told, dict):
            self.refuse("", "named values in { }")
        self._told: dict[str, Any] = told

    def refuse(self, name: str, wanted: str) -> NoReturn:
        raise QuestionError(NOT_AS_WANTED, where=f"{self._path}{name}", wanted=wanted)

    def text(self, name: str) -> str:
        value = self._told.get(name)
        if not isinstance(value, str) or len(value) > MOST_LETTERS or not value.isprintable():
            self.refuse(name, f"a text of at most {MOST_LETTERS} letters")
        return value

    def truth(self, name: str) -> bool:
        value = self._told.get(name)
        if not isinstance(value, bool):
            self.refuse(name, "true or false")
        return value

    def number(self, name: str, least: float, most: float) -> float:
        return self._number(self._told.get(name), name, least, most)

    def whole(self, name: str, least: int, most: int) -> int:
        return _whole(self, self._told.get(name), name, least, most)

    def maybe(self, name: str, least: int, most: int) -> int | None:
        return None if self._told.get(name) is None else self.whole(name, least, most)

    def word(self, name: str, known: Mapping[str, str]) -> str:
        value = self.text(name)
        if value not in known:
            self.refuse(name, ", ".join(known))
        return value

    def words(self, name: str, known: Any) -> tuple[str, ...]:
        value = self._list(name, MOST_STOPS)
        if not all(isinstance(one, str) and one in known for one in value):
            self.refuse(name, "a list of keys that are known")
        return tuple(dict.fromkeys(value))

    def day(self, name: str) -> date:
        try:
            return date.fromisoformat(self.text(name))
        except ValueError:
            self.refuse(name, "a day such as 2026-11-24")

    def point(self, name: str) -> tuple[float, float] | None:
        if self._told.get(name) is None:
            return None
        pair = self._list(name, 2)
        if len(pair) != 2:
            self.refuse(name, "latitude and longitude")
        return self._number(pair[0], name, -90, 90), self._number(pair[1], name, -180, 180)

    def window(self, name: str) -> Window | None:
        return None if self._told.get(name) is None else self.shift(name)

    def shift(self, name: str) -> Window:
        pair = self._list(name, 2)
        if len(pair) != 2:
            self.refuse(name, "two times such as 09:00")
        return _clock(self, pair[0], name), _clock(self, pair[1], name)

    def pause(self, name: str) -> tuple[int, int, int] | None:
        if self._told.get(name) is None:
            return None
        told = self._list(name, 3)
        if len(told) != 3:
            self.refuse(name, "two times such as 09:00, and minutes")
        first, last, minutes = told
        return (
            _clock(self, first, name),
            _clock(self, last, name),
            _whole(self, minutes, name, 1, 180),
        )

    def parts(self, name: str, most: int) -> list["_Part"]:
        return [
            _Part(one, f"{self._path}{name} {number}: ")
            for number, one in enumerate(self._list(name, most), 1)
        ]

    def lists(self, name: str, known: set[str]) -> list[list[str]]:
        value = self._list(name, MOST_TEAMS)
        for one in value:
            if not isinstance(one, list) or not all(isinstance(key, str) for key in one):
                self.refuse(name, "lists of the ids of stops")
            if not known.issuperset(one):
                self.refuse(name, "ids of stops of this file")
        return value

    def mapping(self, name: str, known: set[str]) -> dict[str, str]:
        value = self._told.get(name)
        if not isinstance(value, dict) or not all(
            key in known and end in ENDS for key, end in value.items()
        ):
            self.refuse(name, "first or last, by the id of a stop")
        return value

    def _list(self, name: str, most: int) -> list[Any]:
        value = self._told.get(name)
        if not isinstance(value, list) or len(value) > most:
            self.refuse(name, f"a list of at most {most}")
        return value

    def _number(self, value: object, name: str, least: float, most: float) -> float:
        if (
            not isinstance(value, int | float)
            or isinstance(value, bool)
            or not least <= value <= most
        ):
            self.refuse(name, f"a number from {least} to {most}")
        return float(value)


def _whole(part: _Part, value: object, name: str, least: int, most: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        part.refuse(name, f"a whole number from {least} to {most}")
    return value


def _clock(part: _Part, value: object, name: str) -> int:
    minute = duty.clock(value) if isinstance(value, str) else None
    if minute is None:
        part.refuse(name, "a time such as 09:00")
    return minute


def _window(window: Window | None) -> list[str] | None:
    return None if window is None else [clock_at(minute) for minute in window]


NO_FILE = mark("This is not a plan that was saved here.")
OTHER_SCHEMA = mark(
    "This plan was saved by another version of this site. Wanted the number {wanted} as its schema."
)
NOT_AS_WANTED = mark("The plan cannot be used. {where}: wanted {wanted}.")
