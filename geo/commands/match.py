"""Match: set anew which ZIP code and city each block group is in."""

import argparse

import pandas as pd

from geo import areas
from geo.files import whole
from geo.gaps import demand, matching


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    matched = commands.add_parser("match", help="match block groups to ZIP codes and cities")
    matched.add_argument("--write", action="store_true", help="write them into the file")
    matched.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print how many people come to lie elsewhere; with `--write`, put it into the file."""
    before = demand.load()
    after = matching.match(before)
    for column in ("zip", "city"):
        moved = before[column] != after[column]
        print(f"{column}: {moved.sum()} block groups, {before.loc[moved, 'people'].sum():,} people")
    if options.write:
        path = areas.FOLDER / "blockgroups.csv"
        rows = pd.DataFrame(areas.rows("blockgroups")).assign(**after)
        with whole.swap(path) as beside:
            rows.to_csv(beside, index=False, lineterminator="\n", encoding="utf-8")
        print(f"{path} is written.")
    return 0
