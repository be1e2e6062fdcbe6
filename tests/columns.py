"""Columns: a new column of the record is put, blank, into every file that has to have it.

`python -m tests.columns` brings `data/services.csv` and the fixtures up to `records.COLUMNS`; all
else in them stays byte for byte.
"""

import codecs
import csv
import io
from pathlib import Path

from geo.catalogue import records
from geo.settings import DATA, ROOT

FILES = (DATA / "services.csv", *sorted((ROOT / "tests" / "fixtures").glob("*.csv")))


def widen(text: str) -> str:
    """Return the text of a catalogue with each column that it lacks, in its place and blank.

    >>> widen("id,organization\\nk3v9qa,Palm Health\\n").splitlines()[0][:24]
    'id,name,organization,ser'
    """
    rows = list(csv.reader(io.StringIO(text, newline="")))
    for place, column in enumerate(records.COLUMNS):
        if column not in rows[0]:
            for row in filter(None, rows):
                row.insert(place, column if row is rows[0] else "")
    end = "\r\n" if text.partition("\n")[0].endswith("\r") else "\n"
    written = io.StringIO(newline="")
    csv.writer(written, lineterminator=end).writerows(rows)
    return written.getvalue()


def bring_up_to_date(path: Path) -> None:
    """Rewrite a file in place; a byte order mark stays."""
    content = path.read_bytes()
    mark = codecs.BOM_UTF8 if content.startswith(codecs.BOM_UTF8) else b""
    path.write_bytes(mark + widen(content.decode("utf-8-sig")).encode("utf-8"))


if __name__ == "__main__":
    for file in FILES:
        bring_up_to_date(file)
