"""Geocoding: how long the provider `streets` takes, with streets as many as two counties have.

`python -m tests.bench.geocoding` makes an index of the made-up streets of `tests.blocks`, repeated
under other names until there are 110,000 edges, and sets 1,000 addresses on them; then it reads as
many as a reader would type them. All seconds are of processor time, so that other work on the
machine does not count. It ends with 1 if the limit is passed.
"""

import sys
import time
from statistics import median

import pandas as pd

from geo.addresses import house_numbers, reading, typed
from geo.streets.store import Streets
from tests.support import blocks

EDGES, ADDRESSES = 110_000, 1_000
MOST_S = 5.0  # for all addresses, the index made and all


def main() -> int:
    """Measure, print, and return 1 if the limit was passed."""
    few, homes = blocks.make(ADDRESSES)
    known = _many(few)
    begun = time.process_time()
    house_numbers.index(known)
    index_s = time.process_time() - begun
    ask = house_numbers.provider(known)
    asked = [reading.parse(home.line, home.city, home.zip, home.county) for home in homes]
    begun = time.process_time()
    found = [ask(address) for address in asked]
    answers_s = time.process_time() - begun
    taken_ms = []
    for home in homes:
        begun = time.process_time()
        typed.find(f"{home.line}, {home.city} {home.zip}", known)
        taken_ms.append((time.process_time() - begun) * 1_000)
    total_s = index_s + answers_s
    print(f"index of {len(known.frame):,} edges: {index_s:.2f} s")
    print(f"{ADDRESSES:,} addresses: {answers_s:.2f} s, {sum(map(bool, found)):,} answered")
    print(f"together: {total_s:.2f} s (limit {MOST_S:.0f})")
    print(f"one address as a reader types it: median {median(taken_ms):.2f} ms")
    return int(total_s > MOST_S)


def _many(few: Streets) -> Streets:
    """Return `few` streets and copies of them: half with names of their own, half with the same.

    The copies have house numbers and ZIP codes that no address has.
    """
    copies = [few.frame]
    zips = {"left_zip": "00000", "right_zip": "00000"}
    for number in range(EDGES // len(few.frame)):
        name = few.frame["name"] if number % 2 else few.frame["name"] + f" {number} Ln"
        copies.append(few.frame.assign(name=name, **zips))
    return Streets(pd.concat(copies, ignore_index=True), few.years, "made up")


if __name__ == "__main__":
    sys.exit(main())
