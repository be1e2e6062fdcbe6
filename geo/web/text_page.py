"""Text page: the whole list as one page without need of a script, for any phone and for paper."""

from collections.abc import Hashable
from datetime import date, datetime, time
from html import escape
from threading import Condition

from cachetools import LRUCache, cached

from geo.catalogue import provenance, records, wording
from geo.catalogue.keeper import Edition
from geo.clock import TIMEZONE
from geo.i18n import Words, words
from geo.web import plain_page
from geo.web.plain.address import Address, report
from geo.web.plain_page import Bytes

_pages: "LRUCache[Hashable, Bytes]" = LRUCache(8)


@cached(_pages, key=Edition.key, condition=Condition())
def made(edition: Edition, language: str, day: date, is_instead: bool) -> Bytes:
    """Return the page of one day, made once: nothing on it changes before the next.

    `is_instead`: it goes out in place of another page, and a sentence on top says so.
    """
    html = page(edition, language, datetime.combine(day, time(12), TIMEZONE))
    if is_instead:
        html = html.replace("<main>", f"<main>\n{_instead(words(language))}", 1)
    return plain_page.pack(html)


def is_made(edition: Edition, language: str, day: date, is_instead: bool) -> bool:
    """Return whether `made` has that page ready."""
    return edition.key(language, day, is_instead) in _pages


def _instead(say: Words) -> str:
    told = say("The map and search page is full right now. Here is the same list as a plain page.")
    again = say("Try the map again in a minute.")
    return f'<p role="status">{escape(told)} <a href="/">{escape(again)}</a></p>'


def page(edition: Edition, language: str, now: datetime) -> str:
    """Return the page in `language`: lines first, then each county by type of help."""
    say = words(language)
    rows = [
        row
        | {"serves": entry["serves"], "is_line": entry["is_line"] and _reached(row)}
        | {"sources": provenance.told(entry, say), "report": report(language, entry["id"])}
        for row, entry in zip(_rows(edition, say, now), edition.entries, strict=True)
    ]
    rows.sort(key=lambda row: row["name"].casefold())
    dated = edition.data_date
    return plain_page.draw(
        "text.html",
        say,
        printed=say.date(now.date()),
        missing=report(language),
        data_date=provenance.when_dated(dated, say) if dated else say("Not known"),
        lines=[row for row in rows if row["is_line"]],
        counties=[
            (
                say(name),
                Address(language, county).path,
                _groups([row for row in rows if county in row["serves"]], say),
            )
            for county, name in records.COUNTIES.items()
        ],
    )


def _rows(edition: Edition, say: Words, now: datetime) -> list[wording.Row]:
    return wording.rows(edition.entries, range(len(edition.entries)), say, wording.Moment(now))


def _reached(row: wording.Row) -> bool:
    return bool(row["phone"] or row["text"])


def _groups(rows: list[wording.Row], say: Words) -> list[tuple[str, list[wording.Row]]]:
    places = [row for row in rows if not row["is_line"]]
    labels = [*(say(group.label) for group in records.GROUPS), say("Other help")]
    sorted_in = [[row for row in places if row["group"] == n] for n in range(len(records.GROUPS))]
    sorted_in.append([row for row in places if row["group"] < 0])
    return [(label, found) for label, found in zip(labels, sorted_in, strict=True) if found]
