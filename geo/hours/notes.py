"""Notes: what people add to hours in quotes, in words that can be told in each language."""

from geo.i18n import Words, mark

# As it stands in the field, in small letters; anything else is shown in quotes as it is written.
KNOWN = {
    "by appointment": mark("by appointment"),
    "by appointment only": mark("by appointment only"),
    "call first": mark("call first"),
    "walk-in": mark("without an appointment"),
    "while supplies last": mark("while supplies last"),
    "first come, first served": mark("first come, first served"),
}


def told(note: str, say: Words) -> str:
    """Return a note in words.

    >>> from geo.i18n import words
    >>> told("By appointment", words("es")), told("ring twice", words("es"))
    ('con cita', '«ring twice»')
    """
    known = KNOWN.get(" ".join(note.casefold().split()).rstrip("."))
    return say(known) if known else say("“{note}”", note=note)
