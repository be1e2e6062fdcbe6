"""Search: how long an answer to words takes, and the index it is asked of.

`python -m tests.bench.search` asks some questions, near and nowhere, of made-up places. Times are
of the processor, which other programs do not change much. It ends with 1 if a limit is passed.
"""

import sys
import time
from collections.abc import Iterator
from datetime import datetime

from geo import areas
from geo.areas import Area
from geo.catalogue.places import locate
from geo.clock import TIMEZONE
from geo.search.index import Index, build_index
from geo.search.query import Query, search
from tests.bench import places

NOON = datetime(2026, 11, 18, 12, tzinfo=TIMEZONE)
SIZES = (1_000, 10_000)
ROUNDS = 5
WORDS = (
    "",
    "food",
    "dentist",
    "donde puedo dormir esta noche",
    "i got evicted and have nowhere to go with my 2 kids",
    "free clinic near 95376",
    "abogdo en stocton",
    "a place that takes dogs",
    "food pantries tracy ca",
    "clinic open now",
)
WHERE = ("", "city:Tracy", "imperial", "zip:95202")
MOST_P95_MS = 10.0


def main() -> int:
    """Measure, print, and return 1 if a limit was passed."""
    over = False
    for size in SIZES:
        rows = locate(places.make(size))
        began = time.process_time()
        index = build_index(rows)
        built_s = time.process_time() - began
        times = sorted(taken(index))
        half, most = times[len(times) // 2], times[int(len(times) * 0.95)]
        print(f"{size:,} places: p50 {half:.1f} ms, p95 {most:.1f} ms; index in {built_s:.2f} s")
        over = over or most > MOST_P95_MS
    return int(over)


def taken(index: Index) -> Iterator[float]:
    """Yield the ms of the processor that each question takes."""
    spots: list[Area | None] = [areas.load().get(key) for key in WHERE]
    for number in range(ROUNDS):
        for words in WORDS:
            for where in spots:
                began = time.process_time()
                search(index, Query(words=words, where=where), NOON)
                if number:  # the first time the hours of that minute are read
                    yield (time.process_time() - began) * 1000


if __name__ == "__main__":
    sys.exit(main())
