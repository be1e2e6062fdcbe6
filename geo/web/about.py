"""About: what this list is, where it is from, what it keeps of a reader, as HTML."""

from collections import Counter

from geo import lists, named, records
from geo.catalogue import Edition
from geo.i18n import words
from geo.web import plain


def page(edition: Edition, language: str) -> str:
    """Return the body of the page in `language`."""
    say = words(language)
    note = f"note_{language}"
    answers = [
        (say(label), [{**one, "note": one[note]} for one in named.load() if one["answer"] == key])
        for key, label in named.ANSWERS.items()
    ]
    entries = edition.entries
    dated = edition.data_date
    return plain.PAGES.get_template("about.html").render(
        say=say,
        places=len(entries),
        checked=sum(1 for entry in entries if entry["verified_on"]),
        data_date=lists.when_dated(dated, say) if dated else say("Not known"),
        answers=answers,
        sources=_sources(entries),
    )


def _sources(entries: tuple[dict[str, str], ...]) -> list[tuple[str, int]]:
    named_by = (source for entry in entries for source in records.split(entry["source_name"]))
    return sorted(Counter(named_by).items(), key=lambda pair: (-pair[1], pair[0].casefold()))
