"""Trust: how long a report, the queue of keepers and one of their decisions take.

`python -m tests.bench.trust` sends 200 reports to the app while 20 others read it, then opens the
queue of 10,000 made-up services and decides on one of them. It ends with 1 if a limit is passed.
"""

import http.client
import re
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import numpy as np

from geo import clock, settings
from geo.catalogue import csv_file
from geo.settings import DATA
from geo.trust import decisions, desk
from geo.trust.decisions import Decision
from geo.trust.desk import Keeping
from tests.bench import places
from tests.browser import servers
from tests.support import catalogues

MOST_SAVE_MS = 50.0  # at the 95th percentile, with the disk waited for
MOST_QUEUE_S = MOST_DECISION_S = 1.0
REPORTS, READERS, ROWS, SHOWN, TURNS = 200, 20, 10_000, 20, 5
READ = ("/text/en", "/text/es", "/health", "/quality", "/text/en/place/hck7q3")


def main() -> int:
    """Measure, print, and return 1 if a limit was passed."""
    save_ms = saves()
    print(f"a report saved, {READERS} reading: p95 {save_ms:.0f} ms (limit {MOST_SAVE_MS:.0f})")
    queue_s, decision_s = keeping()
    print(f"the queue of {ROWS:,}: median {queue_s:.2f} s (limit {MOST_QUEUE_S:.0f})")
    print(f"a decision in {ROWS:,}: median {decision_s:.2f} s (limit {MOST_DECISION_S:.0f})")
    good = save_ms <= MOST_SAVE_MS and queue_s <= MOST_QUEUE_S and decision_s <= MOST_DECISION_S
    return int(not good)


def saves() -> float:
    """Return the milliseconds from a form that is sent to its thanks, at the 95th percentile."""
    rows = csv_file.read(DATA / "services.csv").frame
    ids = rows["id"][rows["service_types"].eq("food")].tolist()
    with tempfile.TemporaryDirectory() as folder, servers.app(REPORTS=f"{folder}/kept") as app:
        host = urlsplit(app.url).netloc
        form = ask(host, "GET", f"/report/en?id={ids[0]}")
        (token,) = re.findall(r'name="token" value="(\w+)"', form)
        taken = []
        with readers(host):
            for number in range(REPORTS):
                own = ids[number % len(ids)]
                told = {"id": own, "kind": "closed", "text": f"Shut {number}", "token": token}
                begun = time.perf_counter()
                thanks = ask(host, "POST", "/report/en", urlencode(told))
                taken.append(1_000 * (time.perf_counter() - begun))
                if "It is saved." not in thanks:
                    raise RuntimeError(f"The report of {own} was not taken: {thanks[:200]}")
    return float(np.percentile(taken, 95))


@contextmanager
def readers(host: str) -> Iterator[None]:
    """Have pages read all the time, by as many at once as there are readers."""
    is_over = threading.Event()

    def read(turn: int) -> None:
        while not is_over.wait(0.2):  # a fast reader: five pages a second
            ask(host, "GET", READ[turn % len(READ)])
            turn += 1

    reading = [threading.Thread(target=read, args=(number,)) for number in range(READERS)]
    for one in reading:
        one.start()
    try:
        yield
    finally:
        is_over.set()
        for one in reading:
            one.join()


def ask(host: str, method: str, path: str, body: str = "") -> str:
    """Return what the server answers."""
    line = http.client.HTTPConnection(host, timeout=60)
    kind = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
    line.request(method, path, body or None, kind)
    found = line.getresponse().read().decode()
    line.close()
    return found


def keeping() -> tuple[float, float]:
    """Return the median seconds until a large queue is there, and for one decision in it."""
    with tempfile.TemporaryDirectory() as folder:
        path, today = Path(folder) / "services.csv", clock.today()
        catalogues.write(places.make(ROWS), path)
        with_room = settings.read({"CATALOGUE_MOST_BYTES": "40000000"})
        settings.read = lambda *_: with_room
        own = csv_file.read(path, with_room.most_bytes).frame["id"].iloc[ROWS // 2]
        queue_s = timed(lambda _: desk.lay(Keeping(path)).needs(today, SHOWN))

        def decide(turn: int) -> object:
            new = {"phone": f"209-555-01{turn:02}"}
            return decisions.decide(path, Decision("correct", own, "volunteer", new=new), today)

        return queue_s, timed(decide)


def timed(do: Callable[[int], object]) -> float:
    """Return the median of the seconds that a thing takes, done some times over."""
    taken = []
    for turn in range(TURNS):
        begun = time.perf_counter()
        do(turn)
        taken.append(time.perf_counter() - begun)
    return float(np.median(taken))


if __name__ == "__main__":
    sys.exit(main())
