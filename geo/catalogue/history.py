"""History: the log of what keepers decided, a line an act, to which lines are only ever added.

It lies beside the catalogue (`services.history.jsonl`) and goes into git with it. From it come the
days on which single facts were confirmed. It names roles, never people, and holds no value of a
place that is not public.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from geo.catalogue.approvals import ROLES as OFFICES
from geo.errors import CatalogueError
from geo.files import regular
from geo.i18n import mark

ROLES = (*OFFICES, mark("outreach worker"), mark("volunteer"))
ACTS: Mapping[str, str] = {
    "confirm": mark("confirmed"),
    "correct": mark("corrected"),
    "pause": mark("closed for a while"),
    "reopen": mark("open again"),
    "fail": mark("could not be confirmed"),
    "retire": mark("closed for good"),
    "never": mark("not to be listed"),
    "reports": mark("reports looked at"),
    "undo": mark("taken back"),
}
TRIES = 2  # on so many days in a row it could not be confirmed: then it is not shown
MOST_BYTES = 200_000_000
RESTORE = "Restore it and its .seal from git; if it is right as it is, delete the .seal."


@dataclass(frozen=True)
class Check:
    """That a fact was confirmed: the ISO date, and the role of who did."""

    day: str
    role: str


Checks = Mapping[str, Mapping[str, Check]]  # by id of the entry, then by field


@dataclass(frozen=True)
class Act:
    """One line of the log."""

    number: int  # from 1, in their order
    day: str  # ISO date
    what: str  # one of `ACTS`
    entry: str = ""  # its id
    role: str = ""  # one of `ROLES`
    how: str = ""
    fields: tuple[str, ...] = ()
    old: Mapping[str, str] = field(default_factory=dict)  # of what changed, if it may be told
    new: Mapping[str, str] = field(default_factory=dict)
    of: int = 0  # the act that is taken back
    again: str = ""  # ISO date on which to look again
    waited: tuple[int, ...] = ()  # days, of each report that was looked at


@dataclass(frozen=True)
class History:
    """What the log holds, and what is wrong with it, '' if nothing is."""

    acts: tuple[Act, ...] = ()
    fault: str = ""

    @property
    def standing(self) -> list[Act]:
        """Return the acts that nobody took back."""
        undone = {act.of for act in self.acts if act.what == "undo"}
        return [act for act in self.acts if act.what != "undo" and act.number not in undone]

    def of(self, entry: str) -> list[Act]:
        """Return all acts on an entry, the oldest first."""
        return [act for act in self.acts if act.entry == entry]

    @property
    def checks(self) -> Checks:
        """Return when each fact was last confirmed or corrected by one of us."""
        found: dict[str, dict[str, Check]] = defaultdict(dict)
        for act in self.standing:
            if act.what in ("confirm", "correct"):
                for name in act.fields:
                    found[act.entry][name] = Check(act.day, act.role)
        return found

    @property
    def tries(self) -> Mapping[str, frozenset[str]]:
        """Return on which days each entry could not be confirmed, since it last was."""
        found: dict[str, frozenset[str]] = {}
        for act in self.standing:
            if act.what == "fail":
                found[act.entry] = found.get(act.entry, frozenset()) | {act.day}
            elif act.what in ("confirm", "correct", "reopen"):
                found.pop(act.entry, None)
        return found

    @property
    def unconfirmed(self) -> frozenset[str]:
        """Return the entries that could not be confirmed so often that they are not shown."""
        return frozenset(entry for entry, days in self.tries.items() if len(days) >= TRIES)

    @property
    def to_look_again(self) -> Mapping[str, str]:
        """Return of each entry that is closed for a while the day on which to look again."""
        found: dict[str, str] = {}
        for act in self.standing:
            if act.what == "pause":
                found[act.entry] = act.again
            elif act.what in ("reopen", "retire", "never"):
                found.pop(act.entry, None)
        return found


def beside(catalogue: Path) -> Path:
    """Return where the log of a catalogue is kept, whether the file is there or not.

    >>> beside(Path("data/services.csv")).as_posix()
    'data/services.history.jsonl'
    """
    return catalogue.with_name(f"{catalogue.stem}.history.jsonl")


def seal_of(path: Path) -> Path:
    """Return where it is kept how many lines a log had, and the hash of them.

    >>> seal_of(Path("data/services.history.jsonl")).name
    'services.history.seal'
    """
    return path.with_suffix(".seal")


def read(path: Path) -> History:
    """Return the log as far as it can be read; its `fault` says where it cannot, and what to do."""
    sealed = _sealed(path)  # before the log, which is written first
    try:
        with regular.open_file(path) as file:
            content = file.read(MOST_BYTES)
    except FileNotFoundError:
        return History((), f"{path.name}: is gone. {RESTORE}" if sealed else "")
    except OSError as error:
        return History((), f"{path.name}: cannot be read ({error.strerror}). Restore it from git.")
    lines = content.split(b"\n")
    acts: list[Act] = []
    fix = "Restore it from git; what is above that line holds, and nothing is written till then."
    for number, line in enumerate(lines[:-1], 1):
        act = _read(line)
        if act is None or act.number != number:
            return History(
                tuple(acts), f"{path.name}:{number}: a line is missing or damaged. {fix}"
            )
        acts.append(act)
    if lines[-1]:
        return History(tuple(acts), f"{path.name}:{len(lines)}: it ends within a line. {fix}")
    return History(tuple(acts), _broken(path.name, content, sealed) if sealed else "")


def _broken(name: str, content: bytes, sealed: tuple[int, bytes]) -> str:
    """Return how a log is not what was sealed, '' if it only has more lines."""
    count, known = sealed
    lines = content.splitlines(keepends=True)
    if len(lines) < count:
        return f"{name}: lines {len(lines) + 1} to {count} are gone. {RESTORE}"
    is_same = seal(b"".join(lines[:count])).split()[1] == known
    return "" if is_same else f"{name}: a line was changed. {RESTORE}"


def seal(content: bytes) -> bytes:
    """Return what is kept of a log beside it: how many lines it has, and the SHA-256 of them."""
    count = content.count(b"\n")
    return f"{count} {hashlib.sha256(content).hexdigest()}\n".encode()


def _sealed(path: Path) -> tuple[int, bytes] | None:
    """Return how many lines a log had, and their hash; None if nothing is known of it."""
    try:
        with regular.open_file(seal_of(path)) as file:
            count, known = file.read(MOST_BYTES).split()
        return int(count), known
    except (OSError, ValueError):
        return None


def with_act(path: Path, act: Act) -> bytes:
    """Return what the log holds with one more line; all above stays byte for byte.

    Raises
    ------
    CatalogueError : the log is damaged
    """
    if fault := read(path).fault:
        raise CatalogueError(fault)
    before = path.read_bytes() if path.exists() else b""
    return before + line(act)


def line(act: Act) -> bytes:
    """Return an act as its line; what is blank is left out."""
    told = {name: value for name, value in vars(act).items() if value not in ("", (), {}, 0)}
    return json.dumps(told, ensure_ascii=False).encode() + b"\n"


def next_number(acts: Iterable[Act]) -> int:
    """Return the number of the act that comes next."""
    return max((act.number for act in acts), default=0) + 1


def _read(line: bytes) -> Act | None:
    try:
        told: dict[str, Any] = json.loads(line)
        told |= {name: tuple(told.get(name, ())) for name in ("fields", "waited")}
        act = Act(**told)
    except (ValueError, TypeError, AttributeError):
        return None
    return act if act.what in ACTS else None
