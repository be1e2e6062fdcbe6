"""About: what this list is, where it is from, what it keeps of a reader, as HTML."""

from collections import Counter
from collections.abc import Sequence

from geo import areas, settings
from geo.catalogue import articles, provenance, records
from geo.catalogue.keeper import Edition
from geo.catalogue.places import Entry
from geo.i18n import Words, words
from geo.store import served
from geo.streets import store
from geo.streets.store import Streets
from geo.travel import engines
from geo.web import embed, render


def page(edition: Edition, language: str) -> str:
    """Return the body of the page in `language`."""
    say = words(language)
    note = f"note_{say.language}"
    answers = [
        (
            say(label),
            [
                {**one, "note": one.get(note) or one["note_en"]}
                for one in articles.load()
                if one["answer"] == key
            ],
        )
        for key, label in articles.ANSWERS.items()
    ]
    entries, found = edition.entries, store.current()
    dated = edition.data_date
    return render.PAGES.get_template("about.html").render(
        say=say,
        places=len(entries),
        checked=sum(1 for entry in entries if entry["verified_on"]),
        data_date=provenance.when_dated(dated, say) if dated else say("Not known"),
        answers=answers,
        sources=_sources(entries),
        asks_server=bool(served.tiles_of(edition)),
        streets=found,
        sends_own_points=any(map(engines.sends_own_points, engines.MODES)),
        street_counties=", ".join(_counties(found, say)) if found else "",
        snippet=_snippet(say),
    )


def _snippet(say: Words) -> str:
    """Return what shows the list on another site."""
    origin = next(iter(settings.read().origins), "https://this.site.example")
    return embed.SNIPPET.format(
        origin=origin, county="imperial", language=say.language, title=say("Places that can help")
    ).replace("&amp;", "&")


def _counties(streets: Streets, say: Words) -> list[str]:
    """Return the counties whose streets are stored: by name, or by number if it is not ours."""
    ours = {
        part["properties"]["geoid"]: part["properties"]["key"]
        for part in areas.features("counties")
    }
    return [say(records.COUNTIES[ours[n]]) if n in ours else n for n in streets.counties]


def _sources(entries: Sequence[Entry]) -> list[tuple[str, int]]:
    named_by = (source for entry in entries for source in _named(entry))
    return sorted(Counter(named_by).items(), key=lambda pair: (-pair[1], pair[0].casefold()))


def _named(entry: Entry) -> set[str]:
    names = [entry["source_name"], *(source.name for source in entry["sources"].values())]
    return {name for cell in names for name in records.split(cell)}
