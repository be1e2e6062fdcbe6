"""Half a catalogue never goes up for a whole one, and what is meant goes up with one command."""

import json
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import clock
from geo.__main__ import main
from geo.catalogue import csv_file, losses, records
from geo.catalogue.keeper import Keeper, load_catalogue
from geo.catalogue.losses import Counts, Ledger
from geo.errors import CatalogueError
from geo.settings import DATA
from tests.support import examples
from tests.support.catalogues import write

SHIPPED = csv_file.read(DATA / "services.csv")
ROWS = 40  # of the small catalogue, the first 13 in Imperial County


@pytest.fixture(scope="module")
def lines(tmp_path_factory):
    """Return the lines of a small catalogue without faults, the header first."""
    path = tmp_path_factory.mktemp("whole") / "services.csv"
    rows = [{"id": f"aaaa{n:02}", "name": f"Oak Pantry {n}"} for n in range(10, 10 + ROWS)]
    for row in rows[:13]:
        row |= {"county": "imperial", "counties_served": "imperial"}
    write(examples.frame(*rows), path)
    return path.read_bytes().splitlines(keepends=True)


def counts(shown, counties=(), kinds=()):
    return Counts(shown, dict(counties), dict(kinds))


# What is too much.


@pytest.mark.parametrize(
    ("had", "has", "held"),
    [
        (241, 217, False),  # 24 of 241 are less than a tenth
        (241, 216, True),
        (241, 119, True),
        (100, 90, False),
        (100, 89, True),
        (10, 9, False),
        (9, 8, True),
        (1, 0, True),
        (0, 0, False),
        (241, 400, False),
    ],
)
def test_more_than_a_tenth_of_the_rows_is_too_much(had, has, held):
    assert bool([*losses.lost(counts(had), counts(has))]) is held


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_a_tenth_is_a_tenth(had, has):
    held = had > 0 and has < had and Fraction(had - has, had) > Fraction(1, 10)
    assert bool([*losses.lost(counts(had), counts(has))]) is held


def test_a_whole_county_and_a_whole_kind_are_too_much_and_are_named():
    before = counts(100, {"imperial": 5, "san_joaquin": 95}, {"food": 99, "legal_aid": 1})
    now = counts(99, {"san_joaquin": 99}, {"food": 99, "clinic": 3})
    assert [*losses.lost(before, now)] == [
        "no row of the county imperial, which had 5 before",
        "no row of the type legal_aid, which had 1 before",
    ]
    assert [*losses.lost(before, before)] == []


def test_the_counts_of_a_catalogue_by_hand():
    rows = examples.frame(
        {"service_types": "food; clinic", "county": "imperial"},
        {"service_types": "food"},
        {"service_types": "shelter;shelter", "status": "closed"},
        {"service_types": "hotline", "county": "both", "status": "paused"},
    )
    assert losses.count(rows) == Counts(
        3,
        {"imperial": 1, "san_joaquin": 2},
        {"clinic": 1, "shelter": 1, "food": 2, "hotline": 1},
    )


# A file that was cut.


@pytest.fixture
def path(tmp_path, lines):
    path = tmp_path / "services.csv"
    path.write_bytes(b"".join(lines))
    return path


def put(path, content):
    beside = path.with_name("new")
    beside.write_bytes(content)
    beside.replace(path)


@pytest.fixture
def cut(lines):
    """Return a function: the catalogue cut after so many rows."""
    return lambda rows: b"".join(lines[: rows + 1])


def accept(path, capsys):
    code = main(["accept", str(path)])
    return code, capsys.readouterr().out.splitlines()


@pytest.mark.parametrize("kept", [1, 20, 35])
@pytest.mark.parametrize("is_accepted", [True, False])
def test_a_file_cut_at_the_end_of_a_row_is_held_back_with_the_last_good_one_up(
    path, cut, capsys, caplog, kept, is_accepted
):
    """Without any record the process itself still knows what was up."""
    if is_accepted:
        accept(path, capsys)
    keeper = Keeper(path)
    good = keeper.current()
    put(path, cut(kept))
    assert keeper.current() is good
    assert keeper.is_held_back
    assert "fewer than the" in str(keeper.faults[0].found)
    assert f"the last good {len(good.places)} places stay up" in caplog.text
    put(path, cut(ROWS))
    assert len(keeper.current().places) == ROWS
    assert keeper.faults == []


def test_wherever_the_file_is_cut_more_than_a_tenth_is_missed():
    ledger = Ledger(DATA / "none.csv")
    ledger.note(SHIPPED)
    states = SHIPPED.frame["status"].tolist()
    all_shown = sum(state != "closed" for state in states)
    for kept in range(1, len(states)):
        table = csv_file.Table(SHIPPED.frame[:kept], (), (), "another")
        missing = all_shown - sum(state != "closed" for state in states[:kept])
        if missing * 10 > all_shown:
            assert ledger.judge(table) != [], kept


def test_after_a_restart_half_a_file_does_not_go_up_and_processes_agree(path, cut, capsys):
    accept(path, capsys)
    running = Keeper(path)
    put(path, cut(20))
    started = [Keeper(path), Keeper(path)]
    assert [one.current().number for one in started] == [0, 0]
    assert running.current().number == 1
    assert {tuple(map(str, one.faults)) for one in (running, *started)} == {
        tuple(map(str, running.faults))
    }
    assert accept(path, capsys)[0] == 0
    found = [len(one.current().places) for one in (running, *started, Keeper(path))]
    assert len({*found}) == 1
    assert all(one.faults == [] for one in (running, *started))


def test_a_catalogue_that_was_never_accepted_goes_up_and_says_so(path, caplog):
    assert Keeper(path).current().number == 1
    assert "services.csv was never accepted" in caplog.text


def test_a_command_does_not_reckon_with_half_a_catalogue(path, cut, capsys):
    accept(path, capsys)
    put(path, cut(20))
    with pytest.raises(CatalogueError, match=r"fewer than .* run `python -m geo accept`"):
        load_catalogue(path, clock.today())


# What is meant.


def test_a_few_rows_are_taken_off_without_a_word(path, lines, capsys):
    accept(path, capsys)
    keeper = Keeper(path)
    put(path, b"".join(lines[:20] + lines[24:]))
    assert len(keeper.current().places) == ROWS - 4
    assert keeper.faults == []


def closed(frame, rows):
    changed = frame.copy()
    changed.loc[rows, "status"] = "closed"
    return csv_file.Table(changed, (), (), "another")


def test_the_last_of_a_kind_is_taken_off_at_once_by_closing_it(tmp_path):
    rows = [{"id": f"{n:06}", "service_types": "food"} for n in range(19)]
    frame = examples.frame(*rows, {"id": "zzzzzz", "service_types": "trafficking"})
    ledger = Ledger(tmp_path / "services.csv")
    ledger.note(csv_file.Table(frame, (), (), "first"))
    assert ledger.judge(csv_file.Table(frame[:19], (), (), "another")) != []
    assert ledger.judge(closed(frame, [19])) == []


def test_to_close_more_than_a_tenth_is_a_loss_too():
    ledger = Ledger(DATA / "none.csv")
    ledger.note(SHIPPED)
    is_open = SHIPPED.frame.index[SHIPPED.frame["status"] != "closed"]
    tenth = len(is_open) // 10
    assert ledger.judge(closed(SHIPPED.frame, is_open[:tenth])) == []
    assert ledger.judge(closed(SHIPPED.frame, is_open[: tenth + 1])) != []


def test_small_losses_one_after_the_other_are_counted_from_what_was_accepted(path, lines, capsys):
    accept(path, capsys)
    keeper = Keeper(path)
    put(path, b"".join(lines[:1] + lines[4:]))
    assert keeper.current().number == 2
    put(path, b"".join(lines[:1] + lines[7:]))  # 3 of 37, but 6 of 40
    assert keeper.current().number == 2
    assert keeper.is_held_back


def test_only_the_very_file_that_was_accepted_is(path, cut, capsys):
    accept(path, capsys)
    put(path, cut(20))
    accept(path, capsys)
    keeper = Keeper(path)
    assert keeper.faults == []
    put(path, cut(10))
    keeper.current()
    assert keeper.is_held_back


def test_what_is_accepted_elsewhere_makes_a_running_server_forget_what_it_saw(path, cut, capsys):
    accept(path, capsys)
    running = Keeper(path)
    put(path, cut(20))
    accept(path, capsys)
    put(path, cut(19))  # before the server looked at the one that was accepted
    assert running.current().number == 2
    assert running.faults == []


# The record and the two commands.


def test_the_record_holds_numbers_and_words_of_ours_and_no_text_of_a_row(path, capsys):
    accept(path, capsys)
    told = json.loads(losses.record_of(path).read_text(encoding="utf-8"))
    assert {*told} == {"mark", "day", "counts"}
    assert {*told["counts"]} == {"shown", "by_county", "by_kind"}
    assert {*told["counts"]["by_county"]} <= {*records.COUNTIES}
    assert {*told["counts"]["by_kind"]} <= {*records.TYPES}
    assert all(type(rows) is int for rows in told["counts"]["by_kind"].values())


def test_accept_says_what_was_lost_and_check_shows_it_beside_its_counts(path, cut, capsys):
    accept(path, capsys)
    put(path, cut(20))
    assert main(["check", str(path)]) == 1
    out, day = capsys.readouterr().out.splitlines(), clock.today().isoformat()
    assert out[0].startswith("services.csv: found 20 rows that are shown, 20 fewer than the 40 ")
    assert out[-3:] == [
        f"rows shown since it was accepted on {day}: 40 -> 20",
        "  san_joaquin                 27 -> 7",
        "  food                        40 -> 20",
    ]
    assert accept(path, capsys) == (
        0,
        [
            f"Before, of {day}: 40 rows shown.",
            "Lost, and accepted: 20 rows that are shown, 20 fewer than the 40 before.",
            "services.csv: accepted with 20 rows shown (services.accepted.json).",
        ],
    )
    assert main(["check", str(path)]) == 0


def test_check_says_when_there_is_more_than_was_accepted(path, cut, capsys):
    put(path, cut(38))
    accept(path, capsys)
    put(path, cut(ROWS))
    assert main(["check", str(path)]) == 0
    assert "`python -m geo accept` has the new ones missed as well" in capsys.readouterr().out


def test_a_file_with_faults_is_not_accepted(path, cut, capsys):
    put(path, cut(ROWS)[:-60])
    assert accept(path, capsys)[0] == 1
    assert not losses.record_of(path).exists()


def test_where_nothing_can_be_written_accept_says_so(path, monkeypatch, capsys):
    def refuse(_):
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr("geo.catalogue.losses.whole.swap", refuse)
    assert main(["accept", str(path)]) == 1
    said = capsys.readouterr().err
    assert "services.accepted.json: cannot be written (Read-only file system)." in said


@pytest.mark.parametrize("damage", ["", "[]", "{}", "<<<<<<< ours", '{"mark": 1, "counts": 2}'])
def test_a_damaged_record_holds_back_and_says_how_to_mend_it(path, cut, capsys, damage):
    accept(path, capsys)
    keeper = Keeper(path)
    losses.record_of(path).write_text(damage, encoding="utf-8")
    put(path, cut(39))
    keeper.current()
    assert keeper.is_held_back
    assert "services.accepted.json: found nothing that can be read" in str(keeper.faults[0])
    accept(path, capsys)
    assert keeper.current().number == 2


def test_the_record_of_the_shipped_catalogue_is_that_of_the_shipped_catalogue():
    """After a change of `data/services.csv` run `python -m geo accept`."""
    accepted = losses.load(DATA / "services.csv")
    assert accepted.mark == SHIPPED.mark
    assert accepted.counts == losses.count(SHIPPED.frame)


def test_a_catalogue_written_anew_by_our_own_hand_keeps_its_counts(tmp_path):
    write(examples.frame({"id": "aaaaaa"}), tmp_path / "a.csv")
    ledger, table = Ledger(tmp_path / "a.csv"), csv_file.read(tmp_path / "a.csv")
    ledger.note(table)
    after = table.frame.assign(phone="209-555-0110")
    csv_file.amend(table, after, tmp_path / "a.csv")
    changed = csv_file.read(tmp_path / "a.csv")
    assert changed.mark != table.mark
    assert ledger.judge(changed) == []
