"""Text page: the whole list as one page of HTML without a script, for any phone and for paper."""

from datetime import datetime

from geo.catalogue import records, wording
from geo.catalogue.keeper import Edition
from geo.i18n import LANGUAGES, Words, words
from geo.web.render import PAGES


def page(edition: Edition, language: str, now: datetime) -> str:
    """Return the page in `language`: lines first, then each county by type of help."""
    say = words(language)
    rows = [
        row | {"serves": entry["serves"], "is_line": entry["is_line"] and _reached(row)}
        for row, entry in zip(_rows(edition, say, now), edition.entries, strict=True)
    ]
    rows.sort(key=lambda row: row["name"].casefold())
    dated = edition.data_date
    return PAGES.get_template("text.html").render(
        say=say,
        languages=LANGUAGES,
        danger=wording.DANGER,
        printed=say.date(now.date()),
        data_date=wording.when_dated(dated, say) if dated else say("Not known"),
        lines=[row for row in rows if row["is_line"]],
        counties=[
            (say(name), _groups([row for row in rows if county in row["serves"]], say))
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
