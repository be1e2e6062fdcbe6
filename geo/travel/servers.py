"""Servers: how a routing server that the operator runs is asked, and its answers are checked."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import requests
from numpy.typing import NDArray

from geo.errors import EngineError, SilentServerError

SECONDS = 10.0  # to connect, and without a byte of the answer
FARTHEST = 1e9  # seconds or metres; a larger number is no way on this earth

Floats = NDArray[np.float64]


def ask(method: str, url: str, **about: Any) -> dict[str, Any]:
    """Return the JSON object with which a server answers.

    Raises
    ------
    SilentServerError : no connection, or no answer in time
    EngineError : an answer of another form
    """
    try:
        answer = requests.request(method, url, timeout=SECONDS, allow_redirects=False, **about)
        answer.raise_for_status()
        told = answer.json()
    except requests.Timeout:
        raise SilentServerError(f"no answer in {SECONDS:g} seconds") from None
    except requests.ConnectionError as error:
        raise SilentServerError(type(error).__name__) from None
    except requests.HTTPError:
        raise EngineError(f"answer {answer.status_code}") from None
    except requests.exceptions.JSONDecodeError:
        raise EngineError("an answer that is no JSON") from None
    except requests.RequestException as error:
        raise EngineError(type(error).__name__) from None
    if answer.status_code != 200 or not isinstance(told, dict):
        raise EngineError("an answer of another form")
    return told


def numbers(rows: Any, shape: tuple[int, int]) -> Floats:
    """Return a table of numbers, NaN for a null.

    Raises
    ------
    EngineError : it has another shape, or a cell that is no number from 0
    """
    try:
        cells = np.array(rows, dtype=object)
        good = cells.shape == shape and all(
            cell is None or (type(cell) in (int, float) and 0 <= cell < FARTHEST)
            for cell in cells.flat
        )
    except ValueError:
        good = False
    if not good:
        raise EngineError("a table of another form")
    return cells.astype(np.float64)


def blocks(rows: int, columns: int, most: int) -> Iterator[tuple[slice, slice]]:
    """Yield the parts of a table, none larger than `most` by `most`.

    >>> list(blocks(3, 1, 2))
    [(slice(0, 2, None), slice(0, 1, None)), (slice(2, 3, None), slice(0, 1, None))]
    """
    for row in range(0, rows, most):
        for column in range(0, columns, most):
            yield slice(row, min(row + most, rows)), slice(column, min(column + most, columns))
