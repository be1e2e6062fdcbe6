"""Decisions: what a keeper says of an entry goes into the catalogue and its log, both or neither.

Whoever decides has seen an entry (`seen`); if it was changed since in what is decided, nothing is
written and both are told. The rules of the catalogue speak before anything is written.
"""

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import pandas as pd

from geo import areas, settings
from geo.catalogue import (
    allowed_text,
    csv_file,
    disclosure,
    do_not_list,
    history,
    imported,
    never,
    places,
    row_change,
    sources,
)
from geo.catalogue.history import Act, History
from geo.catalogue.issue import Issue
from geo.errors import CatalogueError
from geo.files import whole

Cells = Mapping[str, str]
# Told what the log holds from then on, before anything is written; left when all is, or nothing.
Noted = Callable[[bytes], AbstractContextManager[object]]
EVERYTHING = "all"  # in place of the fields that were confirmed: one stood before the door
OURS = ("verified_on", "verified_by_role")
OPEN_VALUES = ("status", *OURS)  # told in the log of any entry: words of ours and days
FACTS = (*sources.FACTS, *sources.TWINS)


class ConflictError(CatalogueError):
    """Somebody else changed meanwhile what was decided on."""


@dataclass(frozen=True)
class Decision:
    """What somebody in a role wants to be so; see `history.ACTS` for `what`."""

    what: str
    entry: str
    role: str
    how: str = ""
    fields: tuple[str, ...] = ()  # confirmed
    new: Cells = field(default_factory=dict)  # corrected
    seen: Cells = field(default_factory=dict)  # what they saw, of what they decide on
    reason: str = ""  # why it is not to be listed
    again: str = ""  # ISO date
    of: int = 0  # what is taken back
    waited: tuple[int, ...] = ()


@dataclass(frozen=True)
class Kept:
    """A catalogue and all that goes with it, as it is read before a decision."""

    path: Path
    table: csv_file.Table
    lines: csv_file.Table  # of the sources of single facts
    log: History

    def row(self, entry: str) -> dict[str, str] | None:
        """Return the cells of an entry of the catalogue's own; None if it has none of that id."""
        found = self.table.frame[self.table.frame["id"] == entry]
        return {str(k): v for k, v in found.iloc[0].items()} if len(found) else None

    def is_public(self, entry: str) -> bool:
        """Say whether what is said of an entry may stand in the log."""
        own = self.table.frame[self.table.frame["id"] == entry]
        return bool(places.is_public(own).all()) and len(own) == 1


def read(path: Path) -> Kept:
    """Return a catalogue with its sources and its log.

    Raises
    ------
    CatalogueError : one of them cannot be read
    """
    most = settings.read().most_bytes
    whole.finish(path)
    table, lines = csv_file.read(path, most), sources.read(sources.beside(path), most)
    if issues := [*table.issues, *lines.issues]:
        raise CatalogueError("\n".join(map(str, issues)))
    return Kept(path, table, lines, history.read(history.beside(path)))


def decide(path: Path, wanted: Decision, today: date, noted: Noted = nullcontext) -> Act:
    """Write a decision down and return its line of the log.

    Raises
    ------
    ConflictError : somebody else changed it meanwhile; both are told
    CatalogueError : it is against a rule, or a file is damaged; nothing is written
    OSError : the file system, or whoever is told too, does not take it; nothing is written
    """
    log_path = history.beside(path)
    _look_at(wanted)
    with whole.lock(log_path):
        kept = read(path)
        act, changes = _worked_out(kept, wanted, today)
        row = kept.row(act.entry)
        if row is not None:
            _compare(kept, wanted, row, changes)
            old, new = _told(kept, row, changes)
            act = replace(act, old=old, new=new)
        content = history.with_act(log_path, act)
        others = {log_path: content, history.seal_of(log_path): history.seal(content)}
        after = kept.table.frame
        if row is not None and (changes or wanted.what in ("never", "undo")):
            others |= _besides(kept, wanted, row, changes)
            after = _after(kept.table.frame, act.entry, changes)
            if wanted.what != "undo":  # what stood there before was passed then
                _refuse(list(_new_faults(kept, after, act.entry, today)))
        with noted(content):
            csv_file.amend(kept.table, after, path, settings.read().most_bytes, others)
    return act


def difference(row: Cells, changes: Cells) -> Iterator[tuple[str, str, str]]:
    """Yield column, old and new of each cell that a decision changes."""
    for name, value in changes.items():
        if row[name] != value:
            yield name, row[name], value


def preview(kept: Kept, wanted: Decision, today: date) -> list[tuple[str, str, str]]:
    """Return what a decision would change: column, old, new.

    Raises
    ------
    ConflictError : somebody else changed it meanwhile; both are told
    CatalogueError : it is against a rule
    """
    _look_at(wanted)
    act, changes = _worked_out(kept, wanted, today)
    row = kept.row(act.entry)
    if row is None:
        return []
    _compare(kept, wanted, row, changes)
    if wanted.what != "undo":
        after = _after(kept.table.frame, act.entry, changes)
        _refuse(list(_new_faults(kept, after, act.entry, today)))
    return list(difference(row, changes))


def _look_at(wanted: Decision) -> None:
    """Refuse a decision that is none; what it says in words goes into a public file."""
    if wanted.what not in history.ACTS:
        raise CatalogueError(f"Unknown: {wanted.what}. Wanted one of {', '.join(history.ACTS)}.")
    if wanted.role not in history.ROLES:
        roles = ", ".join(history.ROLES)
        raise CatalogueError(f"role: wanted one of {roles}. A role, never a name.")
    for text in (wanted.how, wanted.reason):
        if why := text and allowed_text.refusal(text):
            fix = "Say it in everyday words, without names, streets or numbers."
            raise CatalogueError(f"how and reason: found {why}, wanted plain words. {fix}")
        if text and (disclosure.clue(text) or never.refuses([text])):
            raise CatalogueError("how and reason: found what may tell a place. Leave it out.")
    if unknown := {*wanted.fields, *wanted.new} - {*FACTS, EVERYTHING}:
        raise CatalogueError(f"fields: {len(unknown)} of them are no facts of the catalogue.")


Changes = tuple[Act, dict[str, str]]


def _worked_out(kept: Kept, wanted: Decision, today: date) -> Changes:
    """Return the line of the log, without values, and what changes in the row."""
    number = history.next_number(kept.log.acts)
    act = Act(
        number,
        today.isoformat(),
        wanted.what,
        wanted.entry,
        wanted.role,
        wanted.how,
        again=wanted.again,
        waited=wanted.waited,
    )
    return ACTS[wanted.what](kept, wanted, act)


def _confirm(kept: Kept, wanted: Decision, act: Act) -> Changes:
    if not wanted.fields:
        raise CatalogueError("fields: found none, wanted what was confirmed, such as phone,hours.")
    row = kept.row(wanted.entry)
    if row is None:
        if EVERYTHING in wanted.fields or not _is_of_a_feed(kept, wanted.entry):
            raise _no_entry(kept, "Of an entry of a feed name the fields one by one.")
        return replace(act, fields=wanted.fields), {}
    if EVERYTHING not in wanted.fields:
        if empty := [name for name in wanted.fields if not row[name]]:
            raise CatalogueError(f"{', '.join(empty)}: blank. Fill it in (correct), not confirm.")
        return replace(act, fields=wanted.fields), {}
    filled = tuple(name for name in sources.FACTS if row[name])
    return replace(act, fields=filled), {"verified_on": act.day, "verified_by_role": act.role}


def _correct(kept: Kept, wanted: Decision, act: Act) -> Changes:
    row = _own(kept, wanted.entry)
    changes = {name: value.strip() for name, value in wanted.new.items()}
    changed = tuple(name for name, _, _ in difference(row, changes))
    if not changed:
        raise CatalogueError("Nothing is otherwise than it stands there. Confirm it instead.")
    return replace(act, fields=changed), {name: changes[name] for name in changed}


def _pause(kept: Kept, wanted: Decision, act: Act) -> Changes:
    try:
        is_later = date.fromisoformat(wanted.again) > date.fromisoformat(act.day)
    except ValueError:
        is_later = False
    if not is_later:
        raise CatalogueError("again: wanted the day on which to look again, YYYY-MM-DD, to come.")
    return _status(kept, wanted, act, "paused")


def _reopen(kept: Kept, wanted: Decision, act: Act) -> Changes:
    return _status(kept, wanted, act, "open")


def _retire(kept: Kept, wanted: Decision, act: Act) -> Changes:
    return _status(kept, wanted, act, "closed")


def _never(kept: Kept, wanted: Decision, act: Act) -> Changes:
    if not wanted.reason:
        raise CatalogueError("reason: wanted why it is not to be listed, in a few plain words.")
    _own(kept, wanted.entry)
    return replace(act, fields=("status",)), {"status": "closed"}


def _fail(kept: Kept, wanted: Decision, act: Act) -> Changes:
    row = kept.row(wanted.entry)
    if row is None and not _is_of_a_feed(kept, wanted.entry):
        raise _no_entry(kept)
    days = kept.log.tries.get(wanted.entry, frozenset()) | {act.day}
    if row is None or len(days) < history.TRIES or row["status"] == "closed":
        return act, {}
    return replace(act, fields=("status",)), {"status": "closed"}


def _reports(_: Kept, __: Decision, act: Act) -> Changes:
    return act, {}


def _undo(kept: Kept, wanted: Decision, act: Act) -> Changes:
    done = next((one for one in kept.log.standing if one.number == wanted.of), None)
    if done is None or done.what == "reports":
        raise CatalogueError(f"{wanted.of}: no act that can be taken back. See `history`.")
    act = replace(act, entry=done.entry, of=done.number, fields=done.fields)
    row = kept.row(done.entry)
    if row is None:
        return act, {}
    withheld = [name for name in done.fields if done.what == "correct" and name not in done.old]
    if withheld:
        fix = "The log keeps no values of this place: restore the row from git."
        raise CatalogueError(f"{', '.join(withheld)}: cannot be taken back. {fix}")
    for name, value in done.new.items():
        if row[name] != value:
            raise ConflictError(f"{name}: was changed again since then. Correct it instead.")
    return act, dict(done.old)


ACTS: Mapping[str, Callable[[Kept, Decision, Act], Changes]] = {
    "confirm": _confirm,
    "correct": _correct,
    "pause": _pause,
    "reopen": _reopen,
    "fail": _fail,
    "retire": _retire,
    "never": _never,
    "reports": _reports,
    "undo": _undo,
}


def _status(kept: Kept, wanted: Decision, act: Act, status: str) -> Changes:
    if _own(kept, wanted.entry)["status"] == status:
        raise CatalogueError(f"status: is {status} already.")
    return replace(act, fields=("status",)), {"status": status}


def _own(kept: Kept, entry: str) -> dict[str, str]:
    row = kept.row(entry)
    if row is None:
        raise _no_entry(kept, "What a feed tells is changed where the feed is made.")
    return row


def _no_entry(kept: Kept, more: str = "") -> CatalogueError:
    return CatalogueError(f"{kept.path.name} has no entry of this id. {more}".rstrip())


def _is_of_a_feed(kept: Kept, entry: str) -> bool:
    feeds = map(imported.read, imported.files(kept.path))
    return any(entry in set(feed.frame["id"]) for feed in feeds)


def _compare(kept: Kept, wanted: Decision, row: Cells, changes: Cells) -> None:
    """Refuse to write over what somebody else wrote since this one looked."""
    told = []
    for name, was in wanted.seen.items():
        if row[name] != was and (name in changes or name in wanted.fields):
            now = f"now {row[name]!r}, was {was!r} when you looked"
            told.append(f"{name}: {now if kept.is_public(wanted.entry) else 'changed meanwhile'}")
    if told:
        fix = "Nothing was saved. Look at the entry again."
        raise ConflictError("\n".join([*told, fix]))


def _told(kept: Kept, row: Cells, changes: Cells) -> tuple[Cells, Cells]:
    """Return old and new of what changes, as far as the log may tell them."""
    may = [name for name in changes if name in OPEN_VALUES or kept.is_public(row["id"])]
    return {name: row[name] for name in may}, {name: changes[name] for name in may}


def _besides(kept: Kept, wanted: Decision, row: Cells, changes: Cells) -> dict[Path, bytes]:
    """Return what the files beside the catalogue hold from then on."""
    found = {}
    gone = kept.lines.frame
    for name in changes:
        gone = sources.without(gone, [row["id"]], sources.TWINS.get(name, name))
    if len(gone) < len(kept.lines.frame):
        found[sources.beside(kept.path)] = sources.content(gone)
    listed = do_not_list.beside(kept.path)
    if wanted.what == "never":
        alone = kept.table.frame["phone"].eq(row["phone"]).sum() == 1
        line = (row["name"], row["phone"] if alone else "", "", wanted.reason)
        found[listed] = _listed(listed, line)
    elif wanted.what == "undo" and _of(kept, wanted.of) == "never":
        found[listed] = _unlisted(listed, row["name"])
    return found


def _of(kept: Kept, number: int) -> str:
    return next(act.what for act in kept.log.acts if act.number == number)


def _listed(path: Path, line: tuple[str, ...]) -> bytes:
    """Return the do-not-list with one more line."""
    before = path.read_bytes() if path.exists() else b""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    if not before:
        writer.writerow(do_not_list.COLUMNS)
    elif not before.endswith(b"\n"):
        text.write("\n")
    writer.writerow(line)
    return before + text.getvalue().encode()


def _unlisted(path: Path, name: str) -> bytes:
    """Return the do-not-list without the lines of a name."""
    table = csv_file.read(path, columns=tuple(do_not_list.COLUMNS))
    left = table.frame[table.frame["name"].map(do_not_list.plain) != do_not_list.plain(name)]
    text: str = left.to_csv(index=False, lineterminator="\n")
    return text.encode()


def _after(frame: pd.DataFrame, entry: str, changes: Cells) -> pd.DataFrame:
    after = frame.copy()
    for name, value in changes.items():
        after.loc[after["id"] == entry, name] = value
    return after


def _new_faults(kept: Kept, after: pd.DataFrame, entry: str, today: date) -> Iterator[Issue]:
    """Yield the faults that a change brings."""
    before, lines, name = kept.table.frame, kept.table.lines, kept.path.name
    own = int(before["id"].eq(entry).to_numpy().argmax())
    zips = areas.zip_counties()
    yield from row_change.new_faults(before, after, own, lines, today, zips, name)
    yield from _banned(kept, after, own)


def _banned(kept: Kept, after: pd.DataFrame, own: int) -> Iterator[Issue]:
    """Yield why an entry that is shown from now on is not to be listed."""
    listed = do_not_list.read(do_not_list.beside(kept.path))
    asked = after["status"].eq("closed").to_numpy(copy=True)
    asked[own] = True
    lines = [line for line, is_asked in zip(kept.table.lines, asked, strict=True) if is_asked]
    part = replace(kept.table, frame=after[asked], lines=tuple(lines))
    yield from do_not_list.check(part, listed, kept.path.name)


def _refuse(issues: list[Issue]) -> None:
    if issues:
        raise CatalogueError("\n".join(map(str, issues)))
