"""Wrappers: functions around a provider: it is asked once, not too often, and again if need be."""

import json
import logging
import time
from collections.abc import Callable
from dataclasses import asdict
from functools import cache
from os import SEEK_END
from pathlib import Path
from typing import IO

import shapely
from filelock import FileLock
from geopy.exc import (
    GeocoderQueryError,
    GeocoderRateLimited,
    GeocoderServiceError,
    GeocoderTimedOut,
    GeocoderUnavailable,
)
from geopy.extra.rate_limiter import RateLimiter
from shapely.geometry import Point, shape

from geo import areas
from geo.addresses.reading import Address, Answer, Provider
from geo.errors import GeocoderError

log = logging.getLogger(__name__)
MARGIN_DEG = 0.02  # about 2 km: outlines are simplified
MOST_WAIT_S = 120.0  # for a server that says when to come back


class Cache:
    """Answers kept in a file, a line of JSON each, so that nobody is asked twice.

    Each answer is written as it comes: a run that is cut off goes on where it stopped. A last line
    that was cut off is taken out by the next answer; any other line that cannot be read is passed
    over with a warning. Two runs may write to one file.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known: dict[tuple[str, str], Answer | None] = {}
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        whole, _, cut_off = text.rpartition("\n")
        for number, line in enumerate(whole.split("\n") if whole else (), start=1):
            if not self._take(line):
                log.warning("%s:%d: a line that cannot be read is passed over.", path, number)
        self._take(cut_off)

    def __contains__(self, asked: tuple[str, str]) -> bool:
        return asked in self._known

    def __getitem__(self, asked: tuple[str, str]) -> Answer | None:
        return self._known[asked]

    def keep(self, provider: str, address: Address, answer: Answer | None) -> None:
        """Keep what a provider said, also that it has no answer."""
        kept = answer and asdict(answer)
        line = json.dumps({"provider": provider, "asked": str(address), "answer": kept})
        self._path.parent.mkdir(parents=True, exist_ok=True)
        lock = self._path.with_name(f".{self._path.name}.lock")
        with FileLock(lock), self._path.open("a+b") as file:
            _end_last_line(file)
            file.write(f"{line}\n".encode())
        self._known[provider, str(address)] = answer

    def _take(self, line: str) -> bool:
        """Know the answer on a line; return whether there is one."""
        try:
            kept = json.loads(line)
            answer = Answer(**kept["answer"]) if kept["answer"] else None
            self._known[kept["provider"], kept["asked"]] = answer
        except (ValueError, TypeError, KeyError):
            return False
        return True


def _end_last_line(file: IO[bytes]) -> None:
    """End the last line of a file of JSON lines, or take it out if it was cut off."""
    size = file.seek(0, SEEK_END)
    file.seek(max(size - 1, 0))
    if file.read(1) in (b"", b"\n"):
        return
    file.seek(0)
    begins = file.read().rfind(b"\n") + 1
    file.seek(begins)
    try:
        json.loads(file.read())
    except ValueError:
        file.truncate(begins)
    else:
        file.write(b"\n")


def cached(provider: Provider, name: str, cache: Cache) -> Provider:
    """Ask `provider` only what it was never asked, and only about houses; errors are not kept."""

    def ask(address: Address) -> Answer | None:
        if address.street is None:
            return None
        if (name, str(address)) not in cache:
            cache.keep(name, address, provider(address))
        return cache[name, str(address)]

    return ask


def limited(provider: Provider, apart_s: float) -> Provider:
    """Ask `provider` at most once in so many seconds."""
    ask: Provider = RateLimiter(
        provider,
        min_delay_seconds=apart_s,
        max_retries=0,
        error_wait_seconds=apart_s,
        swallow_exceptions=False,
    )
    return ask


def patient(
    provider: Provider,
    tries: int = 4,
    wait_s: float = 2.0,
    sleep: Callable[[float], None] = time.sleep,
) -> Provider:
    """Ask again a server that is busy or late: after `wait_s`, twice that, and so on.

    If it says when to come back (Retry-After), then. A question that it calls bad has no answer.

    Raises
    ------
    GeocoderError : it did not answer for good, or not in a way that is understood
    """

    def ask(address: Address) -> Answer | None:
        for turn in range(1, tries + 1):
            try:
                return provider(address)
            except GeocoderQueryError:
                return None
            except GeocoderServiceError as error:
                if turn == tries or not _may_pass(error):
                    raise GeocoderError(f"It did not answer as it should: {error}") from error
                told = error.retry_after if isinstance(error, GeocoderRateLimited) else None
                pause_s = told if told is not None else wait_s * 2 ** (turn - 1)
                if pause_s > MOST_WAIT_S:
                    raise GeocoderError(f"It wants to be asked in {pause_s:.0f} s.") from error
                sleep(pause_s)
        raise AssertionError("unreachable: the last turn returns or raises")

    return ask


def forgiving(provider: Provider, notice: Callable[[GeocoderError], None]) -> Provider:
    """Ask `provider` until it fails; tell that once, and from then on it has no answer."""
    failed = False

    def ask(address: Address) -> Answer | None:
        nonlocal failed
        if failed:
            return None
        try:
            return provider(address)
        except GeocoderError as error:
            failed = True
            notice(error)
            return None

    return ask


def at_home(provider: Provider) -> Provider:
    """Refuse an answer that lies outside the county of the address, or outside California."""

    def ask(address: Address) -> Answer | None:
        answer = provider(address)
        return answer if answer and is_in(address.county, answer.lat, answer.lon) else None

    return ask


def is_in(county: str, lat: float, lon: float) -> bool:
    """Say whether a point lies in a county, give or take 2 km; of any other, in California.

    >>> is_in("imperial", 32.79, -115.56), is_in("imperial", 37.95, -121.29)
    (True, False)
    """
    outline = _outlines().get(county) or _outlines()["state"]
    return bool(outline.contains(Point(lon, lat)))


@cache
def _outlines() -> dict[str, shapely.Geometry]:
    """Return the outline of each county, and of the state, a little wider than they are."""
    found = {}
    for feature in (*areas.features("counties"), *areas.features("outline")):
        about, outline = feature["properties"], shape(feature["geometry"]).buffer(MARGIN_DEG)
        shapely.prepare(outline)
        found[about.get("key", about["kind"])] = outline
    return found


def _may_pass(error: GeocoderServiceError) -> bool:
    busy = isinstance(error, (GeocoderRateLimited, GeocoderTimedOut, GeocoderUnavailable))
    status = getattr(error.__cause__, "status_code", 500)
    return busy or (type(error) is GeocoderServiceError and status >= 500)
