"""Packing: what is handed out again and again, made small for its way: gzip at once, Brotli soon.

Brotli makes a sixth less of it than gzip, and takes ten times as long: one file after another is
packed beside the answers, and until that is done gzip goes out.
"""

import gzip
from queue import SimpleQueue
from threading import Condition, Event, Thread

import brotli
from cachetools import LRUCache, cached

GZIP, BROTLI = "gzip", "br"
QUALITY = 10  # 11 takes three times as long, for a fiftieth less
MOST_BYTES = 2_000_000  # a longer one would hold up the others for seconds

_waiting: "SimpleQueue[Packed]" = SimpleQueue()


class Packed:
    """A body, and what it is packed into for those who can read that."""

    def __init__(self, body: bytes) -> None:
        self.body = body
        self.gzip = gzip.compress(body, 9, mtime=0)
        self._brotli: bytes | None = None
        self._done = Event()
        if len(body) > MOST_BYTES:
            self._done.set()
        else:
            _waiting.put(self)
            _worker()

    def best(self, accepted: str) -> tuple[bytes, str]:
        """Return the smallest that who accepts these codings can read, and its coding.

        "" is the coding of what is not packed.
        """
        codings = {part.partition(";")[0].strip() for part in accepted.lower().split(",")}
        if self._brotli is not None and BROTLI in codings:
            return self._brotli, BROTLI
        return (self.gzip, GZIP) if GZIP in codings else (self.body, "")

    def wait(self, seconds: float) -> bool:
        """Wait until all is packed; return whether it is."""
        return self._done.wait(seconds)

    def pack(self) -> None:
        """Pack it as small as it gets."""
        self._brotli = brotli.compress(self.body, quality=QUALITY)
        self._done.set()


@cached(LRUCache[tuple[()], Thread](1), condition=Condition())
def _worker() -> Thread:
    """Return the one thread that packs; the end of the server does not wait for it."""
    worker = Thread(target=_work, name="packing", daemon=True)
    worker.start()
    return worker


def _work() -> None:
    while True:
        _waiting.get().pack()
