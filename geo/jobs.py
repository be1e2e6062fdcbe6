"""Jobs: a long computation in a process of its own, so that it stands in nobody's way.

`start` returns at once. The child is a fresh Python that imports only the module it is asked for
(not `multiprocessing`: that would run the page again that started it), with a lower priority and
an end of its own, should the parent be gone. What it tells on the way and what it finds are
pickled; so must be its arguments. One that breaks off is logged, once.
"""

import faulthandler
import importlib
import logging
import os
import pickle
import subprocess
import sys
import threading
import time
import traceback
import weakref
from collections.abc import Mapping
from contextlib import suppress
from typing import IO, Any, BinaryIO, Generic, TypeVar

from geo.errors import GeoError, QuestionError
from geo.settings import ROOT

log = logging.getLogger(__name__)
FOUND = TypeVar("FOUND")
TOLD = TypeVar("TOLD")

CHILD = (sys.executable, "-m", "geo.jobs")
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
KINDER = 10  # added to the niceness: pages come first
GRACE_SECONDS = 60.0  # for a process to start, import and answer, on a busy machine
HEAD = 8  # bytes before each message, which say how long it is


class JobError(GeoError, RuntimeError):
    """The process of a job is gone without an answer: it was cancelled, or it broke off."""


class Job(Generic[FOUND, TOLD]):
    """One computation under way: ask it, or cancel it; when nobody holds it any more it ends."""

    def __init__(self, function: str, process: "subprocess.Popen[bytes]", work: bytes) -> None:
        self._process = process
        self._news: dict[str, Any] = {}  # the last of each kind: "told", "found", "raised"
        self._cancelled = threading.Event()
        self._started = time.monotonic()
        self._reader = threading.Thread(
            target=_talk, args=(function, process, work, self._news, self._cancelled), daemon=True
        )
        self._reader.start()
        self._end = weakref.finalize(self, _kill, process, self._cancelled)

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

    @property
    def broken(self) -> bool:
        """Return whether it broke off: it ended by itself without an answer, right or wrong."""
        return not (self.running or self._cancelled.is_set() or _answered(self._news))

    def found(self) -> FOUND | None:
        """Return what it found, or None while it is at work.

        Raises
        ------
        JobError : it was cancelled or broke off; what broke it, if known, is the cause
        GeoError : the function raised it there
        """
        if self.running:
            return None
        if "found" in self._news:
            answer: FOUND = self._news["found"]
            return answer
        if self.broken:
            raise JobError(BROKE_OFF) from self._news.get("raised")
        raised = self._news.get("raised")
        raise raised if isinstance(raised, GeoError) else JobError(CANCELLED)

    def wait(self, seconds: float) -> FOUND | None:
        """Return what it found, waiting for it up to `seconds`; see `found`."""
        self._reader.join(seconds)
        return self.found()

    def cancel(self) -> None:
        """End it at once; once it has ended this does nothing."""
        if self.running:
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
    return Job(function, process, pickle.dumps((function, most_seconds, arguments, named)))


class Slots:
    """Room for so many jobs of a kind at a time; one more is refused with the sentence `busy`."""

    def __init__(self, most: int, busy: str) -> None:
        self.most, self._busy = most, busy
        self._jobs: weakref.WeakSet[Job[Any, Any]] = weakref.WeakSet()
        self._one_at_a_time = threading.Lock()

    def start(self, function: str, seconds: float, /, *arguments: Any) -> Job[Any, Any]:
        """Start a job as `start` does, which may take so many seconds and `GRACE_SECONDS` more.

        Raises
        ------
        QuestionError : so many jobs are at work that there is no room
        """
        with self._one_at_a_time:
            if sum(job.running for job in self._jobs) >= self.most:
                raise QuestionError(self._busy)
            job = start(function, seconds + GRACE_SECONDS, *arguments)
            self._jobs.add(job)
        return job


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
            answer = verb(*arguments, **named, tell=lambda news: _say(out, "told", news))
            _say(out, "found", answer)
        except GeoError as error:
            _say(out, "raised", error)
        except Exception as error:  # noqa: BLE001 - it is passed on
            error.add_note("In the process of the job:\n" + traceback.format_exc())
            _say(out, "raised", error)


def _say(out: BinaryIO, kind: str, news: object) -> None:
    message = pickle.dumps((kind, news))
    out.write(len(message).to_bytes(HEAD, "big") + message)
    out.flush()


def _heard(stream: IO[bytes]) -> bytes | None:
    """Return the next message; None if there is none, or not the whole of it."""
    size = int.from_bytes(stream.read(HEAD), "big")
    message = stream.read(size)
    return message if size and len(message) == size else None


def _talk(
    function: str,
    process: "subprocess.Popen[bytes]",
    work: bytes,
    news: dict[str, Any],
    cancelled: threading.Event,
) -> None:
    """Hand the child its work and note what it says until it has ended; runs in a thread."""
    assert process.stdin and process.stdout
    with suppress(OSError), process.stdin as into:  # it may have ended at once
        into.write(work)
    try:
        while message := _heard(process.stdout):
            kind, said = pickle.loads(message)
            news[kind] = said
    except Exception as error:  # noqa: BLE001 - whatever was said, it cannot be read
        news["raised"] = error
        process.kill()
    finally:
        process.stdout.close()
        process.wait()
    if not (cancelled.is_set() or _answered(news)):
        why = f"its process ended with {process.returncode}"
        log.error("The job %s broke off: %s.", function, why, exc_info=news.get("raised"))


def _answered(news: Mapping[str, Any]) -> bool:
    """Return whether there is an answer, or a sentence that says why there is none."""
    return "found" in news or isinstance(news.get("raised"), GeoError)


def _kill(process: "subprocess.Popen[bytes]", cancelled: threading.Event) -> None:
    cancelled.set()
    process.kill()


CANCELLED = "The computation was stopped before it had an answer. Start it again."
BROKE_OFF = "The computation broke off before it had an answer. Start it again."

if __name__ == "__main__":
    serve()
