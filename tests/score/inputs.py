"""Inputs: bad rows, cells and files are refused where they are bad, and none is taken wrongly."""

import multiprocessing
import random
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from unittest.mock import patch

import pandas as pd

from geo import areas
from geo.catalogue import checks, csv_file, records
from geo.catalogue.issue import Issue
from geo.commands import prove
from geo.errors import GeoError, HoursError
from geo.hours import rules
from geo.settings import DATA, ROOT
from tests.catalogue.test_checks import FAULTS
from tests.hours.test_state import REFUSED
from tests.score.row import Reached, Trial, faultless
from tests.support import catalogues

FIGURE = "bad inputs of 200 kinds and 20,000 mutated files: crashes, shifts, wrong lines"
TARGET = "0 of all"
NOT_COVERED = "a wrong value of the right form, such as another's phone number"
TODAY = date(2026, 11, 26)
BAD = {
    "a control sign": "Oak\x07 Pantry",
    "a formula": "=HYPERLINK(1)",
    "a template": "{{7*191}}",
    "too long": "word " * 1_000,
}
LEAST = 4  # letters of a cell that is looked for in other columns
ROWS = 4


def measure(trial: Trial) -> Reached:
    """Try every kind, then files with bytes changed, lost, doubled and swapped by chance."""
    mutations = trial.count(20_000, 200)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        if trial.is_broken:
            stack.enter_context(patch.object(checks, "check", lambda *_, **__: []))
        tried = [*fixtures(), *hours(), *cells(folder, trial.count(len(BAD), 2))]
        faults = [name for name, is_refused in tried if not is_refused]
        sound = _sound(folder)
        batches = [(trial.seed + n, sound, mutations // 20) for n in range(20)]
        with multiprocessing.get_context("fork").Pool() as pool:
            for found in pool.starmap(mutated, batches):
                faults += found
    return faultless(len(tried) + mutations, faults, "faults")


def _sound(folder: Path) -> bytes:
    path = prove.short(DATA / "services.csv", folder / "sound.csv")
    catalogues.write(csv_file.read(path).frame.head(ROWS), path)
    return path.read_bytes()


def _issues(path: Path) -> tuple[csv_file.Table, list[Issue]]:
    table = csv_file.read(path)
    found = [*table.issues]
    found += checks.check(table.frame, table.lines, TODAY, areas.zip_counties(), path.name)
    return table, found


def fixtures() -> Iterator[tuple[str, bool]]:
    """Yield each fault of the files that are kept for it: told at its line, in its words."""
    for name, expected in FAULTS.items():
        _, issues = _issues(ROOT / f"tests/fixtures/invalid_{name}.csv")
        told = "\n".join(map(str, issues))
        for message in expected:
            yield f"{name}: {message[:60]}", f"invalid_{name}.csv:{message}" in told


def hours() -> Iterator[tuple[str, bool]]:
    """Yield each text of hours that is refused: at its character."""
    for text, character, _ in REFUSED:
        try:
            rules.read(text)
            yield text, False
        except HoursError as error:
            yield text, error.character == (character or len(text) + 1)


def cells(folder: Path, kinds: int) -> Iterator[tuple[str, bool]]:
    """Yield for each column each kind of bad cell: told at line 3, under its name."""
    rows = csv_file.read(prove.short(DATA / "services.csv", folder / "cells.csv")).frame.head(2)
    path = folder / "bad.csv"
    for column in records.COLUMNS:
        for kind in [*BAD][:kinds]:
            bad = rows.copy()
            bad.loc[1, column] = BAD[kind]
            catalogues.write(bad, path)
            _, issues = _issues(path)
            told = {(one.where, one.column) for one in issues}
            yield f"{column}: {kind}", ("bad.csv:3", column) in told


def mutated(seed: int, sound: bytes, count: int) -> list[str]:
    """Return what went wrong with so many files that were changed by chance."""
    dice, faults = random.Random(seed), []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "services.csv"
        path.write_bytes(sound)
        whole = csv_file.read(path).frame
        for number in range(count):
            path.write_bytes(changed(sound, dice))
            try:
                table, issues = _issues(path)
            except GeoError:
                continue  # refused as a whole, in words
            except Exception as error:  # noqa: BLE001 - that is what is looked for
                faults.append(f"{seed}/{number}: {type(error).__name__}: {error}")
                continue
            if not issues and (where := shifted(whole, table.frame)):
                faults.append(f"{seed}/{number}: {where} came from another column")
    return faults


def changed(content: bytes, dice: random.Random) -> bytes:
    """Return a file with one to three changes."""
    for _ in range(dice.choice([1, 1, 2, 3])):
        at, to = sorted(dice.randrange(len(content)) for _ in range(2))
        to = min(to, at + dice.choice([1, 1, 1, 8, 60]))
        part = content[at:to]
        content = dice.choice(
            [
                content[:at] + dice.randbytes(1) + content[at + 1 :],
                content[:at] + content[to:],
                content[:to] + part + content[to:],
                content[:at]
                + dice.choice([b",", b'"', b"\n", b"\r", b"\0", b"\xff", b";"])
                + content[at:],
                content[:at] + part[::-1] + content[to:],
            ]
        )
    return content


def shifted(before: pd.DataFrame, after: pd.DataFrame) -> str:
    """Return a cell that stood in another column before, and is no part of one of its own."""
    own = {column: {*before[column]} for column in before}
    for column in after:
        others = {text for name, texts in own.items() if name != column for text in texts}
        for text in {*after[column]} - own[column]:
            is_rest = any(text in cell for cell in own[column])
            if len(text) >= LEAST and text in others and not is_rest:
                return f"{column} {text!r}"
    return ""
