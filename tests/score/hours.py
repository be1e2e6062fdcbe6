"""Hours: open now, against an oracle that was written from the meaning of the words."""

import multiprocessing
import random
from collections.abc import Iterator, Sequence
from contextlib import nullcontext, suppress
from datetime import UTC, date, datetime, timedelta
from functools import cache
from types import SimpleNamespace
from typing import cast
from unittest.mock import patch

import numpy as np
import pandas as pd
from playwright.sync_api import sync_playwright

from geo.errors import HoursError
from geo.hours import intervals, rules
from geo.hours.state import state_at
from geo.search import columns
from geo.search.index import Index
from geo.settings import DATA
from tests.score.row import Reached, Trial, faultless
from tests.support import engine_page, hours_oracle

FIGURE = "open now, every 5 minutes of two years, here and in the browser, against an oracle"
TARGET = "0 differences"
NOT_COVERED = "hours that are told wrongly; holidays after 2027"

FIRST = date(2026, 1, 1)
DAYS = 26 * 28  # two years
PART = 28  # days that a page is given at a time
STEP_MIN = hours_oracle.STEP_MIN
KINDS_OF_PAGE = """async ([told, moments]) => {
  const { Hours } = await import("./engine/opening.js");
  const hours = new Hours(JSON.parse(told));
  return hours.texts
    .map((_, text) => moments.map((minute) => hours.at(text, minute * 60000).kind).join(""))
    .join("\\n");
}"""

SELECTORS = (
    *("Mo-Fr", "Sa,Su", "Fr-Mo", "Tu[2,4]", "We[1-3]", "Th[-1]", "Mo-Fr,PH", "PH", "Su[5]"),
    *("Nov-Mar", "Sep-Jun Mo-Fr", "Dec 24-Jan 02", "Dec 24-26", "Jul 04,Dec 25", "Feb Mo-Sa"),
    *("2026 Nov-Dec Mo", "2027", "2027 Mo-Su", "2026 Dec 25", "Nov Th[4]", "week 10-20/2 Mo"),
    *("week 53", "easter", "easter -2 days", "easter +1 day", ""),
)
TIMES = (
    *("08:00-12:00", "08:00-12:00,13:00-17:00", "22:00-06:00", "01:30-02:30", "17:00-26:00"),
    *("00:00-24:00", "10:00+", "17:00+", "22:30+", "09:00-12:00+", "02:00-03:00", "23:57-00:03"),
)
STATES = ("", "", "", " open", " unknown", ' "call first"', ' open "ring twice"')


def measure(trial: Trial) -> Reached:
    """Compare each moment of each text as a page says it, and some as `state_at` says it."""
    texts = [*catalogue(), *odd(trial.count(200, 20), trial.dice())]
    firsts = [FIRST + timedelta(days=ahead) for ahead in range(0, trial.count(DAYS, PART), PART)]
    with patch("geo.hours.state.TIMEZONE", UTC) if trial.is_broken else nullcontext():
        told = [*openings(texts, firsts)]
        faults = [*asked_once(texts, firsts, trial.dice())]
    with sync_playwright() as playwright:
        browser = engine_page.launch(playwright.chromium)
        page = engine_page.visit(browser)
        tries = 0
        for first, part in zip(firsts, told, strict=True):
            moments = minutes(first)
            answered = page.evaluate(KINDS_OF_PAGE, [part, moments.tolist()]).split("\n")
            for text, kinds in zip(texts, answered, strict=True):
                tries += len(moments)
                wrong = of_letters(kinds) != hours_oracle.kinds_of(text, first, PART)
                faults += [f"{text!r} at {moment(at)}" for at in moments[wrong]]
        browser.close()
    return faultless(tries, faults, "differences")


def catalogue() -> list[str]:
    """Return every pattern of the catalogue, and none."""
    rows = pd.read_csv(DATA / "services.csv", dtype=str, keep_default_na=False)
    return sorted({*rows["hours"], ""})


def odd(count: int, dice: random.Random) -> list[str]:
    """Return so many texts that are joined by chance and can be read."""
    found: list[str] = []
    while len(found) < count:
        text = _rule(dice)
        for _ in range(dice.choice([0, 1, 1, 2])):
            text += dice.choice(["; ", "; ", ", ", " || "]) + _rule(dice)
        with suppress(HoursError):
            rules.read(text)
            found.append(text)
    return found


def _rule(dice: random.Random) -> str:
    when = dice.choice(SELECTORS)
    if dice.random() < 0.15:
        return f"{when or 'PH'} off"
    return f"{when} {dice.choice(TIMES)}{dice.choice(STATES)}".strip()


def openings(texts: Sequence[str], firsts: Sequence[date]) -> Iterator[str]:
    """Yield what a page is given of four weeks each, on all cores."""
    index = cast(Index, SimpleNamespace(hours=texts))
    given = [(index, first, PART) for first in firsts]
    if len(given) == 1:
        yield columns.openings(*given[0]).decode()
        return
    with multiprocessing.get_context("fork").Pool() as pool:
        yield from (told.decode() for told in pool.starmap(columns.openings, given, chunksize=1))


def asked_once(texts: Sequence[str], firsts: Sequence[date], dice: random.Random) -> Iterator[str]:
    """Yield where `state_at` says something else, at one moment of each text in four weeks."""
    for text in texts:
        for first in firsts:
            n = dice.randrange(len(minutes(first)))
            at = moment(minutes(first)[n])
            kind = intervals.KINDS.index(state_at(text, at).kind)
            if kind != hours_oracle.kinds_of(text, first, PART)[n]:
                yield f"{text!r} at {at}, asked once"


@cache
def minutes(first: date) -> np.ndarray:
    """Return the minutes since 1970 of each fifth minute of four weeks."""
    begin, end = (
        int(datetime(day.year, day.month, day.day, tzinfo=hours_oracle.LA).timestamp() // 60)
        for day in (first, first + timedelta(days=PART))
    )
    return np.arange(begin, end, STEP_MIN)


def moment(minute: int) -> datetime:
    """Return a minute since 1970 by California's clock."""
    return datetime.fromtimestamp(int(minute) * 60, hours_oracle.LA)


def of_letters(kinds: str) -> np.ndarray:
    """Return digits as numbers."""
    return np.frombuffer(kinds.encode(), dtype=np.uint8) - ord("0")
