"""Jobs: a long computation in a process of its own, so that it stands in nobody's way.

`start` returns at once. The child is a fresh Python that imports only the module it is asked for
(not `multiprocessing`: that would run the page again that started it), with a lower priority and
an end of its own, should the parent be gone. What it tells on the way and what it finds are
pickled; so must be its arguments.
"""

import faulthandler
import importlib
import os
import pickle
import subprocess
import sys
import threading
import time
import traceback
import weakref
from typing import Any, BinaryIO, Generic, TypeVar

from geo.errors import GeoError
from geo.settings import ROOT

FOUND = TypeVar("FOUND")
TOLD = TypeVar("TOLD")

CHILD = (sys.executable, "-m", "geo.jobs")
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
KINDER = 10  # added to the niceness: pages come first


class JobError(GeoError, RuntimeError):
    """The process of a job is gone without an answer."""


class Job(Generic[FOUND, TOLD]):
    """One computation under way: ask it, or cancel it; when nobody holds it any more it ends."""

    def __init__(self, process: "subprocess.Popen[bytes]", work: bytes) -> None:
        self._process = process
        self._news: dict[str, Any] = {}  # the last of each kind: "told", "found", "raised"
        self._started = time.monotonic()
        self._reader = threading.Thread(target=_talk, args=(process, work, self._news), daemon=True)
        self._reader.start()
        self._end = weakref.finalize(self, _kill, process)

    @property
    def running(self) -> bool:
        """Return whether it is still at work."""
        return self._reader.is_alive()

    @property
    def seconds(self) -> float:
        """Return how long ago it was started."""
        return time.monotonic() - self._started

    @property
    def told(self) -> TOLD | None:
        """Return what it told last on its way; None so far."""
        return self._news.get("told")

    def found(self) -> FOUND | None:
        """Return what it found, or None while it is at work.

        Raises
        ------
        JobError : it was cancelled, or its process died
        whatever the function raised there
        """
        if self.running:
            return None
        if "raised" in self._news:
            raise self._news["raised"]
        if "found" not in self._news:
            raise JobError("The computation was stopped before it had an answer. Start it again.")
        found: FOUND = self._news["found"]
        return found

    def wait(self, seconds: float) -> FOUND | None:
        """Return what it found, waiting for it up to `seconds`; see `found`."""
        self._reader.join(seconds)
        return self.found()

    def cancel(self) -> None:
        """End it at once; once it has ended this does nothing."""
        self._end()
        self._reader.join()


def start(function: str, most_seconds: float, /, *arguments: Any, **named: Any) -> Job[Any, Any]:
    """Start `function`, such as "geo.gaps.sites.site_search:best", and return the job.

    The function is given `tell`, to be called with what there is to say on the way. Its process
    ends after `most_seconds` whatever it does.
    """
    process = subprocess.Popen(
        CHILD,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
        env={**os.environ, **ONE_THREAD},
    )
    return Job(process, pickle.dumps((function, most_seconds, arguments, named)))


def serve() -> None:
    """Do the work that stands on standard input and say how it goes; the child's side."""
    with os.fdopen(os.dup(1), "wb") as out:
        os.dup2(2, 1)  # whatever a library prints goes elsewhere
        function, most_seconds, arguments, named = pickle.load(sys.stdin.buffer)
        faulthandler.dump_traceback_later(most_seconds, exit=True)
        if hasattr(os, "nice"):
            os.nice(KINDER)
        module, _, name = function.partition(":")
        try:
            verb = getattr(importlib.import_module(module), name)
            found = verb(*arguments, **named, tell=lambda news: _say(out, "told", news))
            _say(out, "found", found)
        except GeoError as error:
            _say(out, "raised", error)
        except Exception as error:
            error.add_note("In the process of the job:\n" + traceback.format_exc())
            _say(out, "raised", error)


def _say(out: BinaryIO, kind: str, news: object) -> None:
    out.write(pickle.dumps((kind, news)))
    out.flush()


def _talk(process: "subprocess.Popen[bytes]", work: bytes, news: dict[str, Any]) -> None:
    """Hand the child its work and note what it says until it has ended; runs in a thread."""
    assert process.stdin and process.stdout
    try:
        with process.stdin as into:
            into.write(work)
        while True:
            kind, said = pickle.load(process.stdout)
            news[kind] = said
    except (EOFError, OSError, pickle.UnpicklingError):
        pass  # it has said all, or was ended
    finally:
        process.stdout.close()
        process.wait()


def _kill(process: "subprocess.Popen[bytes]") -> None:
    process.kill()


if __name__ == "__main__":
    serve()
