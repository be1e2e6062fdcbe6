"""What if: one change to the places behind an answer -> who would gain and who would lose."""

import numpy as np
import pandas as pd

from geo.errors import HoursError, QuestionError
from geo.gaps import change
from geo.gaps.answer import Answer
from geo.gaps.change import Table
from geo.gaps.demand import GROUPS
from geo.gaps.sites import candidates
from geo.hours.rules import read
from geo.hours.state import state_by
from geo.i18n import mark

Spot = tuple[float, float]


def added(answer: Answer, spot: Spot, public: bool = False) -> pd.DataFrame:
    """Return before and after if a place opens at `spot` (lat, lon); see `change.compare`.

    A `public` spot, such as the middle of a town, may be told to a routing server.
    """
    return _compared(answer, change.add(answer.cost, _column(answer, spot, public)))


def moved(answer: Answer, service: int, spot: Spot, public: bool = False) -> pd.DataFrame:
    """Return before and after if a service, by its index number, moves to `spot`; see `added`."""
    column = _column(answer, spot, public)
    return _compared(answer, change.move(answer.cost, _at(answer, service), column))


def closed(answer: Answer, service: int) -> pd.DataFrame:
    """Return before and after if a service, by its index number, closes."""
    return _compared(answer, change.close(answer.cost, _at(answer, service)))


def reopened(answer: Answer, service: int, opening_hours: str) -> pd.DataFrame:
    """Return before and after if a service kept other hours, written as in the catalogue.

    Raises
    ------
    QuestionError : no hour was asked about, or the hours cannot be read
    """
    if answer.question.hour is None:
        raise QuestionError(mark("Choose a day and time first: without them, hours do not count."))
    try:
        rules = read(opening_hours)
    except HoursError:
        raise QuestionError(
            mark(
                "“{found}” cannot be read. Write hours as in the list, such as Mo-Fr 08:00-17:00."
            ),
            found=opening_hours,
        ) from None
    column = _at(answer, service)
    is_open = state_by(rules, answer.question.hour).kind == "open"
    then = answer.cost_of_all[:, column] if is_open else np.full(len(answer.areas), np.nan)
    return _compared(answer, change.move(answer.cost, column, then))


def _compared(answer: Answer, after: Table) -> pd.DataFrame:
    groups = {group: answer.areas[group] for group in GROUPS}
    people, limit = answer.areas["people"], answer.question.threshold
    return change.compare(answer.cost, after, people, limit, groups)


def _column(answer: Answer, spot: Spot, public: bool) -> Table:
    column: Table = candidates.costs(answer, [spot], public)[:, 0]
    return column


def _at(answer: Answer, service: int) -> int:
    """Return the column of a service in the tables of cost."""
    return int(answer.services.index.get_loc(service))
