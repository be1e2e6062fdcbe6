"""Approvals: texts and hosts that people read and found to tell nothing of a place.

`texts.csv` of the folder `APPROVED` has a line for each time that a text was approved: its mark, in
which row and column it stood, the day, the role. A text passes once two roles approved it. The mark
is a plain SHA-256: what is approved is shown to everybody, so there is nothing to hide, and a text
that is changed by one letter is another one. `hosts.txt` has the hosts of websites and sources.
"""

import csv
import hashlib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from geo.errors import CatalogueError
from geo.files import whole
from geo.i18n import mark

COLUMNS = ("sha256", "id", "column", "approved_on", "role")
ROLES = (
    mark("catalogue editor"),
    mark("safety reviewer"),
    mark("shelter advocate"),
    mark("director"),
    mark("county officer"),
)
ROLES_NEEDED = 2
MARK = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True)
class Approvals:
    """What was approved: by which roles each text, and which hosts."""

    roles: Mapping[str, frozenset[str]]  # of the mark of a text
    hosts: frozenset[str]

    def passes(self, text: str) -> bool:
        """Say whether enough roles approved a text."""
        return len(self.roles_of(text)) >= ROLES_NEEDED

    def roles_of(self, text: str) -> frozenset[str]:
        """Return the roles that approved a text."""
        return self.roles.get(mark_of(text), frozenset())

    def is_host(self, address: str) -> bool:
        """Say whether a web address is nothing but an approved host.

        >>> known = Approvals({}, frozenset({"example.org"}))
        >>> known.is_host("https://example.org/"), known.is_host("https://example.org/12-oak")
        (True, False)
        """
        found = re.fullmatch(r"https?://([a-z0-9.-]+)/?", address)
        return bool(found and urlsplit(address).hostname in self.hosts)


NOTHING = Approvals({}, frozenset())


def mark_of(text: str) -> str:
    """Return the mark of a text: the same however its blanks and accents are written."""
    plain = " ".join(unicodedata.normalize("NFC", text).split())
    return hashlib.sha256(plain.encode()).hexdigest()


def read(folder: Path) -> Approvals:
    """Return what is approved; a line that is not well formed approves nothing."""
    roles: dict[str, set[str]] = defaultdict(set)
    for line in _lines(folder / "texts.csv"):
        if MARK.fullmatch(line["sha256"]) and line["role"] in ROLES and line["approved_on"]:
            roles[line["sha256"]].add(line["role"])
    return Approvals(
        {text: frozenset(by) for text, by in roles.items()},
        frozenset(_text(folder / "hosts.txt").split()),
    )


def add(folder: Path, text: str, where: tuple[str, str], role: str, today: date) -> None:
    """Write down that a role approved a text; `where` is the id of the row and the column.

    Raises
    ------
    CatalogueError : the role is none of `ROLES`
    """
    if role not in ROLES:
        raise CatalogueError(f"role: found {role!r}, wanted one of {', '.join(ROLES)}.")
    path = folder / "texts.csv"
    folder.mkdir(parents=True, exist_ok=True)
    with whole.swap(path) as beside, beside.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(line.values() for line in _lines(path))
        writer.writerow((mark_of(text), *where, today.isoformat(), role))


def _lines(path: Path) -> Iterator[dict[str, str]]:
    rows = list(csv.reader(_text(path).splitlines()))
    whole_rows = (row for row in rows[1:] if len(row) == len(COLUMNS))
    return (dict(zip(COLUMNS, row, strict=True)) for row in whole_rows)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""
