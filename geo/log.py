"""Log: what a server and a command tell their operator: our news, and warnings of the libraries.

Libraries tell at INFO and below what they are asked, such as the address of each question to a
routing server: that is not to be told.
"""

import logging
import time
from collections import Counter
from collections.abc import Callable

MOST = 10  # of one sentence
WINDOW_S = 60.0


class Seldom(logging.Filter):
    """Lets a sentence through ten times a minute: whoever sends nonsense does not fill the disk."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clock, self._ends = clock, float("-inf")
        self._told: Counter[object] = Counter()

    def filter(self, record: logging.LogRecord) -> bool:
        """Return whether a record is told."""
        if self._clock() >= self._ends:
            self._told, self._ends = Counter(), self._clock() + WINDOW_S
        self._told[record.msg] += 1
        return self._told[record.msg] <= MOST


def set_up() -> None:
    """Send the log to the standard error, from INFO on for this library, else from WARNING on.

    uvicorn tells at INFO who opens a websocket, and at WARNING each request it cannot read.
    """
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s: %(message)s")
    logging.getLogger("geo").setLevel(logging.INFO)
    server = logging.getLogger("uvicorn.error")
    server.setLevel(logging.WARNING)
    server.addFilter(Seldom())
