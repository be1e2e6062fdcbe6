"""Scanner: walks through a text of opening hours, and refuses it at the character that is wrong."""

import re
from typing import NoReturn

from geo.errors import HoursError

BLANKS = re.compile(r"\s*")


class Scanner:
    """A text and how far it is read; `at` counts characters from 0."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.take(BLANKS)

    @property
    def rest(self) -> str:
        """Return what is not read yet, '' at the end."""
        return self.text[self.at :]

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Return what stands here if it fits, and go past it; None if it does not."""
        match = pattern.match(self.text, self.at)
        if match:
            self.at = match.end()
        return match

    def refuse(self, why: str, at: int | None = None) -> NoReturn:
        """Raise the HoursError that says from where on the text cannot be read, and why."""
        position = self.at if at is None else at
        rest = self.text[position:].rstrip()
        place = f"from {rest!r} (character {position + 1}) on" if rest else "at the end"
        raise HoursError(
            f"The opening hours {self.text.strip()!r} cannot be read {place}: {why}. Write them as"
            " OpenStreetMap does, such as 'Mo-Fr 08:00-12:00,13:00-17:00; Sa 09:00-12:00; PH off'.",
            position + 1,
            why,
        )
