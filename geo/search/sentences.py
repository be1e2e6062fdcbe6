"""Sentences: what was understood and found, in words, each thing said once."""

from geo import areas
from geo.i18n import Words
from geo.search.query import Found


def headline(found: Found, say: Words, with_open: bool = True) -> str:
    """Return how many places there are and where, or that there are none.

    `with_open` adds how many are known to be open at the time asked about, if any are.
    """
    count = len(found.places)
    if not count:
        return nothing(found, say)
    places = say.many("{n} place", "{n} places", count)
    if found.where:
        name = areas.name(found.where, say)
        if found.where.kind == "county":
            places = say("{places} for {place}", places=places, place=name)
        else:
            places = say("{places} near {place}", places=places, place=name)
    if with_open and found.open:
        return say(
            "{places}, {open} known to be open now", places=places, open=say.number(found.open)
        )
    return places


def nothing(found: Found, say: Words) -> str:
    """Return in one sentence that nothing was found."""
    if found.left_out and not found.fitted:
        return say("Nothing on this list fits “{words}”.", words=_listed(found.left_out))
    return say("Nothing fits all of this")


def notes(found: Found, say: Words) -> list[str]:
    """Return what else there is to know of how the words were taken, first what matters most."""
    told = []
    if found.understood:
        told.append(say("Searched for: {words}", words=found.understood))
    if found.left_out and found.fitted:
        told.append(
            say.many(
                "Nothing on this list fits “{words}”. We left it out.",
                "Nothing on this list fits “{words}”. We left them out.",
                len(found.left_out),
                words=_listed(found.left_out),
            )
        )
    if found.unsaid:
        told.append(
            say(
                "No place here says that it helps with “{words}”. Call 211 and ask. "
                "These places give the same kind of help.",
                words=_listed(found.unsaid),
            )
        )
    elif found.partly:
        told.append(say("No place fits all of it. Those that fit the most come first."))
    if found.unknown:
        told.append(
            say.many(
                "{n} more place may be open: its hours are not known.",
                "{n} more places may be open: their hours are not known.",
                found.unknown,
            )
        )
    return told


def _listed(words: tuple[str, ...]) -> str:
    return ", ".join(words)
