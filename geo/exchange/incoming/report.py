"""Report: what an import did, in lines that a person can act on; never a text of a refused row."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from geo.exchange.incoming import rows
from geo.exchange.incoming.alike import Likeness
from geo.exchange.incoming.tables import Term

SHOWN = 20  # ids a line; --report writes them all


@dataclass
class Report:
    """What became of a feed; ids are those of the feed."""

    source: str
    read: int = 0
    came: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    same: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    private: list[str] = field(default_factory=list)
    alike: Sequence[Likeness] = ()
    refused: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    lost: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    unknown: Counter[Term] = field(default_factory=Counter)
    unread: list[str] = field(default_factory=list)  # rows of files that could not be split

    @property
    def taken(self) -> int:
        """Return how many rows of the feed are kept."""
        return len(self.came) + len(self.changed) + len(self.same)

    def listed(self) -> Iterator[tuple[str, str, str]]:
        """Yield what, which id and why of all that happened, for a table."""
        for what in ("came", "changed", "gone", "removed", "private"):
            yield from ((what, rows.shown_id(own), "") for own in getattr(self, what))
        yield from (("looks like ours", one.external_id, f"{one.id}: {one.by}")
                    for one in self.alike)  # fmt: skip
        for what, found in (("refused", self.refused), ("left out", self.lost)):
            for why, ids in sorted(found.items()):
                yield from ((what, rows.shown_id(own), why) for own in ids)

    def lines(self) -> Iterator[str]:
        """Yield the report in words."""
        yield f"{self.source}: {self.read} services at places in the feed, {self.taken} taken."
        yield from _group("New", self.came)
        yield from _group("Changed", self.changed)
        if self.same:
            yield f"The same as before: {len(self.same)}."
        yield from _group("Gone from the feed, now closed and not shown", self.gone)
        yield from _group("Taken out, for they may not be kept any more", self.removed)
        yield from _group("Kept without a place, for it is private", self.private)
        if self.alike:
            yield f"Look like an entry of ours: {len(self.alike)}. Keep one of the two."
            yield from _cut([f"{one.external_id} = {one.id} ({one.by})" for one in self.alike])
        for why, ids in sorted(self.refused.items(), key=lambda one: (-len(one[1]), one[0])):
            yield from _group(f"Not taken, {why}", ids)
        for what, ids in sorted(self.lost.items()):
            yield from _group(f"Taken without {what}", ids)
        if self.unread:
            yield f"Rows that cannot be split into cells: {len(self.unread)}."
            yield from _cut(self.unread)
        if self.unknown:
            yield "Terms that the map does not have, and how many services have them:"
            yield from _cut([one.strip() for one in rows.unknown_terms(self.unknown)])


def _group(what: str, ids: Sequence[str]) -> Iterator[str]:
    if ids:
        yield f"{what}: {len(ids)}."
        shown = [rows.shown_id(own) or "(no id)" for own in ids[:SHOWN]]
        yield from _cut(shown, len(ids))


def _cut(texts: Sequence[str], number: int = 0) -> Iterator[str]:
    yield from (f"  {one}" for one in texts[:SHOWN])
    if max(len(texts), number) > SHOWN:
        yield f"  and {max(len(texts), number) - SHOWN} more (--report FILE writes all)"
