"""Pieces: the parts of a text of hours that are not settled, with why and where."""

from collections.abc import Iterable
from dataclasses import dataclass
from operator import attrgetter

Place = tuple[int, int]  # from one character of the text to another, counted from 0


@dataclass(frozen=True)
class Piece:
    """A part of the text that could not be settled."""

    found: str
    character: int  # counted from 1
    why: str  # in words for an operator
    readings: tuple[str, ...] = ()  # each way to read it, as the field has it


class Pieces:
    """What must be asked back, and what is not understood."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._asked: list[Piece] = []
        self._unknown: list[Piece] = []

    @property
    def asked(self) -> tuple[Piece, ...]:
        """Return what can be read in several ways, in the order of the text."""
        return tuple(sorted(self._asked, key=attrgetter("character")))

    @property
    def not_understood(self) -> tuple[Piece, ...]:
        """Return what means nothing that the field can say, in the order of the text."""
        return tuple(sorted(self._unknown, key=attrgetter("character")))

    def ask(self, at: Place, why: str, ways: Iterable[str] = ()) -> None:
        """Put down what must be asked back, with the ways to read it."""
        self._asked.append(Piece(self._text[slice(*at)], at[0] + 1, why, tuple(ways)))

    def unknown(self, at: Place, why: str = "") -> None:
        """Put down what is not understood."""
        self._unknown.append(Piece(self._text[slice(*at)], at[0] + 1, why))

    def unknown_word(self, at: Place, joined: bool) -> None:
        """Put down a word that is not known; as one with the word before it if they are joined."""
        if joined and self._unknown and not self._unknown[-1].why:
            start = self._unknown.pop().character - 1
            at = (start, at[1])
        self.unknown(at)
