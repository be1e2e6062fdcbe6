"""Errors: what can go wrong in this library, each also a builtin exception."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any


class GeoError(Exception):
    """Any error of this library."""


class CatalogueError(GeoError, ValueError):
    """The catalogue cannot be read or has faults; the message says where and how to mend it."""


class CoordinateError(GeoError, ValueError):
    """A point is not on the earth."""


class HoursError(GeoError, ValueError):
    """Opening hours cannot be read; the message points at the place.

    `character` is where, counted from 1; `why` says what is wrong and how to mend it.
    """

    def __init__(self, message: str, character: int = 0, why: str = "") -> None:
        super().__init__(message)
        self.character = character
        self.why = why


class StreetsError(GeoError, ValueError):
    """Streets cannot be fetched, read or kept; the message says where and how to mend it."""


class StoreError(GeoError, OSError):
    """The store did not do what it was asked; the message says what, and never how to get in."""


class GeocoderError(GeoError, ConnectionError):
    """A geocoder on another host did not answer; the message says why."""


class EngineError(GeoError, RuntimeError):
    """An engine of travel time has no answer; the next one is asked."""


class SilentServerError(EngineError):
    """A routing server cannot be reached, or did not answer in time."""


class QuestionError(GeoError, ValueError):
    """A question cannot be answered as it is asked; the message says what to ask instead.

    `message` is a sentence of `i18n`, so that `told` can say it in a reader's language.
    """

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message.format(**values))
        self._message, self._values = message, values

    def __reduce__(self) -> tuple[Any, ...]:
        """Return how it is made anew in another process: from the sentence, not from its text."""
        return partial(type(self), self._message, **self._values), (), self.__dict__

    def told(self, say: Callable[..., str]) -> str:
        """Return the sentence in the language of `say`, an `i18n.Words`."""
        return say(self._message, **self._values)


class PlanError(QuestionError):
    """A plan does not keep its own rules and is not shown; `faults` says to the operator why."""

    def __init__(self, message: str, faults: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.faults = tuple(faults)
