"""A report is kept before it is said to be, once, for 90 days: in a file and in the store alike."""

import sqlite3
import threading
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import psycopg
import pytest

from geo.store.report_table import ReportTable
from geo.trust import gate, reports
from geo.trust.report_file import ReportFile
from geo.trust.reports import Box, FloodError, Report, ReportsError

DAY = date(2026, 11, 26)


@dataclass(frozen=True)
class Kept:
    """A box as who serves readers has it, and as keepers have it."""

    box: Box
    keepers: Box
    owner: str = ""  # of the store: its clock is set by a function

    def on(self, day):
        """Have both clocks stand at a day."""
        if self.owner:
            clock(self.owner, f"SELECT date '{day.isoformat()}'")

    def save(self, entry, kind, text, day=DAY):
        self.on(day)
        self.box.save(Report(entry, kind, text, day))

    def fill(self, told):
        """Put reports of `DAY` there past the box: each is a wait for the disk."""
        rows = [(DAY.isoformat(), *one) for one in told]
        if self.owner:
            with psycopg.connect(self.owner) as found, found.cursor() as cursor:
                add = "INSERT INTO map_kept.reports (day, entry, kind, words)"
                cursor.executemany(f"{add} VALUES (%s, %s, %s, %s)", rows)
        else:
            self.box.secret()  # makes the file
            with closing(sqlite3.connect(self.box.path)) as found, found:
                add = "INSERT INTO reports (day, entry, kind, text) VALUES (?, ?, ?, ?)"
                found.executemany(add, rows)

    @property
    def told(self):
        return [(one.entry, one.kind, one.text, one.day) for one in self.keepers.waiting()]


def clock(owner, query):
    made = "CREATE OR REPLACE FUNCTION map_kept.today() RETURNS date LANGUAGE sql"
    with psycopg.connect(owner, autocommit=True) as found:
        found.execute(f"{made} AS $${query}$$")


@pytest.fixture
def table(store, reader, keeper):
    """Return an empty box of the store."""
    with psycopg.connect(store, autocommit=True) as found:
        found.execute("DELETE FROM map_kept.reports")
    return Kept(ReportTable(reader), ReportTable(keeper), store)


@pytest.fixture(params=["file", "table"])
def kept(request, tmp_path):
    if request.param == "table":
        return request.getfixturevalue("table")
    file = ReportFile(tmp_path / "reports.sqlite")
    return Kept(file, file)


def test_what_is_saved_waits_with_its_day(kept):
    kept.save("hck7q3", "hours", "Closed on Fridays")
    kept.save("", "missing", "Ñandú 食 \U0001f35e " + "\U0001f35e" * 480)
    assert kept.told == [
        ("hck7q3", "hours", "Closed on Fridays", DAY),
        ("", "missing", "Ñandú 食 \U0001f35e " + "\U0001f35e" * 480, DAY),
    ]
    assert kept.box.count() == 2


@pytest.mark.parametrize(
    "text",
    ["'; DROP TABLE reports; --", "%s %(a)s {} \\", "$$ 0x00 \\000", "<script>", "=1+1", "\u202e"],
)
def test_hostile_words_are_words(kept, text):
    kept.save("hck7q3", "other", text)
    assert kept.told == [("hck7q3", "other", text, DAY)]


def test_as_many_letters_are_kept_as_the_form_takes(kept):
    kept.save("hck7q3", "other", "\U0001f35e" * gate.MOST_LETTERS)
    assert kept.box.count() == 1


def test_the_same_report_of_a_day_is_kept_once(kept):
    for _ in range(3):
        kept.save("hck7q3", "closed", "")
    assert len(kept.told) == 1


def test_what_is_older_than_90_days_goes_at_the_next_save(kept):
    kept.save("hck7q3", "other", "zzyzx")
    kept.save("hck7q3", "phone", "", DAY + timedelta(days=90))
    assert len(kept.told) == 2
    kept.save("hck7q3", "phone", "", DAY + timedelta(days=91))
    assert [text for _, _, text, _ in kept.told] == ["", ""]


def test_at_the_start_too_what_is_old_goes(kept):
    kept.save("hck7q3", "other", "zzyzx")
    for days, left in ((90, 1), (91, 0)):
        kept.on(DAY + timedelta(days=days))
        kept.box.begin(DAY + timedelta(days=days))
        assert len(kept.told) == left


@pytest.mark.parametrize(
    ("days", "left"),
    [
        ([0, -400], "ab"),
        ([0, -3000, 0], "abc"),  # it was set back for a while
        ([0, -3000, 1, 2], "abcd"),
        ([-3000, 0], "b"),  # nothing came before: it may as well be old
        ([0, 5000, 0], "bc"),  # it was ahead: what was there seemed old
        ([0, 5000, 0, 91], "d"),  # and what came from the future goes with what came after it
        ([0, -1, 89], "abc"),
        ([0, -1, 91], "c"),
        ([0, 45, 91], "bc"),
    ],
    ids=str,
)
def test_what_came_while_the_clock_was_set_back_is_not_taken_for_old(kept, days, left):
    for name, day in zip("abcd", days, strict=False):
        kept.save(name, "closed", "", DAY + timedelta(days=day))
    assert "".join(entry for entry, *_ in kept.told) == left


@pytest.mark.parametrize(
    ("entry", "most"), [("aaaaaa", reports.A_DAY_OF_ONE), ("", reports.A_DAY_OF_MISSING)]
)
def test_a_flood_of_one_place_stops_there(kept, entry, most):
    kept.fill((entry, "other", str(number)) for number in range(most - 1))
    kept.save(entry, "other", "the last one")
    with pytest.raises(FloodError):
        kept.save(entry, "other", "one more")
    kept.save(entry, "other", "0")  # is there already
    kept.save("bbbbbb", "other", "of another")
    kept.save(entry, "other", "one more", DAY + timedelta(days=1))
    assert len(kept.told) == most + 2


def test_a_flood_of_all_stops_at_the_bound_of_a_day(kept):
    kept.fill((f"a{number:05}", "other", "") for number in range(reports.A_DAY - 1))
    kept.save("aaaaaa", "other", "the last one")
    with pytest.raises(FloodError):
        kept.save("bbbbbb", "other", "")
    kept.save("bbbbbb", "other", "", DAY + timedelta(days=1))
    assert kept.box.count() == reports.A_DAY + 1


def test_a_report_is_closed_once(kept):
    for text in ("a", "b", "c"):
        kept.save("hck7q3", "other", text)
    first, second, third = (one.number for one in kept.keepers.waiting())
    assert kept.keepers.close([first], DAY + timedelta(days=4)) == 1
    assert kept.keepers.close([first, second], DAY + timedelta(days=8)) == 1
    assert [one.number for one in kept.keepers.waiting()] == [third]
    assert kept.box.count() == 1


def four_write(kept, entry):
    """Return how many of 4 x 20 reports were refused that came at once; `entry` names theirs."""
    refused = []
    kept.on(DAY)

    def write(who):
        for number in range(20):
            try:
                kept.box.save(Report(entry(who), "other", f"{who}{number}", DAY))
            except ReportsError as error:
                refused.append(error)

    threads = [threading.Thread(target=write, args=(who,)) for who in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(refused)


def test_four_who_write_at_once_all_have_theirs_kept(kept):
    assert four_write(kept, lambda who: who) == 0
    assert len(kept.told) == 80


def test_a_flood_from_four_at_once_stops_at_the_same_bound(kept):
    assert four_write(kept, lambda _: "aaaaaa") == 80 - reports.A_DAY_OF_ONE
    assert len(kept.told) == reports.A_DAY_OF_ONE


def test_a_form_of_today_or_yesterday_is_known_and_no_other(kept, tmp_path):
    given = reports.token(kept.box, DAY)
    assert reports.token(kept.box, DAY) == given
    for days, is_known in ((0, True), (1, True), (2, False), (-1, False)):
        assert reports.is_token(kept.box, given, DAY + timedelta(days=days)) == is_known
    assert not reports.is_token(kept.box, "", DAY)
    assert not reports.is_token(kept.box, "ü" * 32, DAY)
    assert reports.token(ReportFile(Path(tmp_path / "other")), DAY) != given
