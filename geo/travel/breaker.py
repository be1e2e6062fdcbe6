"""Breaker: a server that did not answer is passed over for a while, not waited for each time."""

import math
import time
from collections.abc import Callable
from threading import Lock
from typing import TypeVar

from geo.errors import EngineError, SilentServerError

REST_S = 60.0
Reply = TypeVar("Reply")


class Breaker:
    """The servers that did not answer just now, by their address; any thread may use it.

    `clock` gives seconds that never go back.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock = clock
        self._rest_until: dict[str, float] = {}
        self._lock = Lock()

    def ask(self, url: str, question: Callable[[], Reply]) -> Reply:
        """Return the reply of a server to `question`, which asks it.

        Raises
        ------
        EngineError : as `question`; also, without asking, within `REST_S` of a silence
        """
        with self._lock:
            rest_until = self._rest_until.get(url, -math.inf)
        if self.clock() < rest_until:
            raise EngineError("it did not answer just now, and is not asked again for a while")
        try:
            return question()
        except SilentServerError:
            with self._lock:
                self._rest_until[url] = self.clock() + REST_S
            raise

    def forget(self) -> None:
        """Ask every server again."""
        with self._lock:
            self._rest_until.clear()
