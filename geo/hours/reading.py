"""Reading: hours as people write them -> the text of the field, and what must be asked back.

Never a guess: what can be read in two ways is asked back with both, what is not understood is told
with its place, and only a text that is understood to the last word is complete. The rule about AM
and PM stands in `clocks`, the words that are known in `lexicon`.

What else is settled by rule: days named twice with times that overlap are an exception to the
earlier ("M-F 8-5, Wed 9-12"), with times apart are asked back; a break cuts the hours of its own
part of the text, or, alone, all before it that it fits into; times without days are asked back,
only 24 hours are every day's.
"""

from dataclasses import dataclass

from geo.errors import HoursError
from geo.hours import parts
from geo.hours.pieces import Piece
from geo.hours.reader import Reader
from geo.hours.rules import read

LONGEST_TEXT = 1000


@dataclass(frozen=True)
class Reading:
    """What a text of hours means."""

    hours: str  # the text of the field, '' if nothing was understood
    asked: tuple[Piece, ...] = ()
    not_understood: tuple[Piece, ...] = ()

    @property
    def is_complete(self) -> bool:
        """Tell whether all was understood, in one way only."""
        return bool(self.hours) and not self.asked and not self.not_understood


def understand(text: str) -> Reading:
    """Return what `text` means; what already is the text of the field comes back as it is.

    >>> understand("M-F 8-5, closed noon-1; 2nd Sat 9-12").hours
    'Mo-Fr 08:00-12:00,13:00-17:00; Sa[2] 09:00-12:00'
    >>> understand("Tue 6-8").asked[0].readings
    ('06:00-08:00', '06:00-20:00', '18:00-20:00')
    """
    if len(text) > LONGEST_TEXT:
        return Reading("", (), (Piece(f"{text[:40]}…", 1, f"it is over {LONGEST_TEXT} signs"),))
    if _is_field(text):
        return Reading(text.strip())
    reader = Reader(text)
    reader.go()
    parts.settle(reader.parts, reader.breaks, reader.pieces)
    hours = parts.written(reader.parts)
    if not _is_field(hours):
        if hours:
            reader.pieces.unknown((0, len(text)), "the field cannot say this")
        hours = ""
    return Reading(hours, reader.pieces.asked, reader.pieces.not_understood)


def _is_field(text: str) -> bool:
    """Tell whether a text is one of the field as it is, and no blank."""
    try:
        return bool(read(text))
    except HoursError:
        return False
