"""Shared list: the entries that a link names by their ids, as a plain page."""

import re
from dataclasses import dataclass
from datetime import datetime

from geo import i18n
from geo.catalogue import wording
from geo.catalogue.keeper import Edition
from geo.web import plain_page
from geo.web.plain import drawing
from geo.web.plain.address import Address

PATH = "/list"
MOST = 60  # entries of one list; a link with more would not pass through every program
_ID = re.compile(r"[a-z0-9]{6}")


@dataclass(frozen=True)
class Named:
    """What a link names: ids, each once; how many parts are none, and how many are too many."""

    ids: tuple[str, ...]
    unread: int
    beyond: int


def read(text: str) -> Named:
    """Return the ids that the part of a link after "ids=" names.

    >>> read("abc123,x,abc123, 9pbd7r")
    Named(ids=('abc123', '9pbd7r'), unread=1, beyond=0)
    """
    parts = [part for part in (piece.strip().lower() for piece in text.split(",")) if part]
    named = dict.fromkeys(part for part in parts if _ID.fullmatch(part))
    unread = sum(not _ID.fullmatch(part) for part in parts)
    ids = tuple(named)
    return Named(ids[:MOST], unread, max(0, len(ids) - MOST))


def path(ids: tuple[str, ...], language: str) -> str:
    """Return the address of a list in a language."""
    return f"{PATH}?ids={','.join(ids)}&lang={language}"


def page(edition: Edition, named: Named, language: str, at: datetime) -> str:
    """Return the page of the entries that `named` names, in their order, as of `at`."""
    say = i18n.words(language)
    numbers = {entry["id"]: number for number, entry in enumerate(edition.entries)}
    there = [numbers[one] for one in named.ids if one in numbers]
    rows = wording.rows(edition.entries, there, say, wording.Moment(at, chosen=True))
    for row in rows:
        row["href"] = Address(language, entry=row["id"]).path
    return plain_page.draw(
        "plain/shared.html",
        say,
        rows=rows,
        as_of=drawing.as_of(at, say),
        told=_told(edition, named, say),
        versions={code: path(named.ids, code) for code in i18n.LANGUAGES},
        whole=Address(language).path,
    )


def _told(edition: Edition, named: Named, say: i18n.Words) -> list[str]:
    """Return what is said of what the link names and this page does not show."""
    known = {entry["id"] for entry in edition.entries}
    gone = [one for one in named.ids if one not in known]
    closed = sum(one in edition.closed for one in gone)
    unknown = len(gone) - closed + named.unread
    told = []
    if closed:
        told.append(say.many("{n} place has closed.", "{n} places have closed.", closed))
    if unknown:
        told.append(
            say.many(
                "{n} place of this list is not known here.",
                "{n} places of this list are not known here.",
                unknown,
            )
        )
    if named.beyond:
        told.append(
            say(
                "A list has at most {most} places. {n} more are left out.",
                most=MOST,
                n=named.beyond,
            )
        )
    if told:
        told.append(say("Look for others, or call 211."))
    return told
