"""Catalogues: a catalogue as a file, for tests and the bench."""

from pathlib import Path

import pandas as pd


def write(frame: pd.DataFrame, path: Path) -> None:
    """Write the rows of a frame into a file, as a spreadsheet would."""
    frame.to_csv(path, index=False, lineterminator="\n", encoding="utf-8")
