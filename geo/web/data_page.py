"""Data page: what can be taken of the list, in which formats, of which date and licence."""

from geo.catalogue import provenance
from geo.catalogue.keeper import Edition
from geo.i18n import words
from geo.web import api, files, render


def page(edition: Edition, language: str) -> str:
    """Return the page as HTML in `language`."""
    say, dated = words(language), edition.data_date
    return render.PAGES.get_template("data.html").render(
        say=say,
        entries=len(edition.entries),
        data_date=provenance.when_dated(dated, say) if dated else say("Not known"),
        files=[
            (kind.name, say(kind.about), say.number(len(files.of(edition, kind.name).body) / 1_000))
            for kind in files.KINDS.values()
        ],
        api=api.ROOT,
    )
