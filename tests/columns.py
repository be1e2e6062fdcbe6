"""Columns: a new column of the record, blank, in each file that holds records.

`python -m tests.columns` sets it where `records.COLUMNS` has it, into the catalogue and the
fixtures. Nothing else in them changes.
"""

import csv
import io

from geo.catalogue.csv_file import CELL
from geo.catalogue.records import COLUMNS
from geo.settings import DATA, ROOT

CATALOGUE = DATA / "services.csv"
FIXTURES = ROOT / "tests/fixtures"


def widen(text: str, at: int, name: str) -> str:
    r"""Return the text of a CSV file with one column more, `at` columns from the left.

    A row too short to reach there, a fault that a fixture shows, stays as it is.

    >>> widen('id,zip,hours\r\na,"9,\r\n2",\r\nb\r\n', 2, "name")
    'id,zip,name,hours\r\na,"9,\r\n2",,\r\nb\r\n'
    """
    lines, records, start = list(io.StringIO(text, newline="")), [], 0
    reader = csv.reader(io.StringIO(text, newline=""))
    for cells in reader:
        record = "".join(lines[start : reader.line_num])
        if len(cells) >= at:
            end = list(CELL.finditer(record))[at - 1].end(1)
            record = f"{record[:end]},{'' if start else name}{record[end:]}"
        records.append(record)
        start = reader.line_num
    return "".join(records)


if __name__ == "__main__":
    known = CATALOGUE.read_text(encoding="utf-8-sig").partition("\n")[0].strip().split(",")
    for at, name in enumerate(COLUMNS):
        for path in [CATALOGUE, *FIXTURES.glob("*.csv")] if name not in known else []:
            text = path.read_bytes().decode()
            path.write_bytes(widen(text, at, name).encode())
