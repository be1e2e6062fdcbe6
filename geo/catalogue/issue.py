"""Issue: one fault of a file, said as where, what was found, what was wanted, how to mend it."""

from dataclasses import dataclass


class Said(str):
    """Our own words about what was found: they stand without quotes in a message."""

    __slots__ = ()

    def __repr__(self) -> str:
        """Return the words themselves."""
        return str(self)


NOTHING = Said("nothing")
WITHHELD = Said("text that is not shown here")
SHOWN_LENGTH = 60


@dataclass(frozen=True)
class Issue:
    """One fault; `str(issue)` is the whole message."""

    where: str  # file and line: "services.csv:4"
    column: str  # empty if it is about the whole line or file
    found: object
    wanted: str
    fix: str
    rule: str = ""

    def __str__(self) -> str:
        """Say where, what was found, what was wanted and how to mend it."""
        where = f"{self.where} {self.column}".rstrip()
        return f"{where}: found {self.found!r}, wanted {self.wanted}. {self.fix}"


def shortened(text: str) -> str:
    """Return a text, or the beginning of one that is too long to be shown."""
    return text if len(text) <= SHOWN_LENGTH else f"{text[: SHOWN_LENGTH - 1]}…"
