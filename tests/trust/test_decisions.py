"""A decision changes what it names and nothing else, is written down, and can be taken back."""

import csv
import hashlib
import io
import threading
from dataclasses import replace
from datetime import date, timedelta

import pytest

from app import app as server
from geo.catalogue import do_not_list, history, keeper, sources
from geo.errors import CatalogueError
from geo.trust import decisions
from geo.trust.decisions import ConflictError, Decision
from tests.support.asking import ask

DAY = date(2026, 11, 26)
ROLE = "catalogue editor"
OPEN = "hck7q3"  # a public place of the shipped catalogue, without hours


def cells(path):
    return {row["id"]: row for row in csv.DictReader(io.StringIO(path.read_text("utf-8")))}


def changed(before, after):
    """Return each cell that differs: id, column, new."""
    return {
        (own, name, after[own][name])
        for own in before
        for name in before[own]
        if before[own][name] != after[own][name]
    }


def decide(path, what, day=DAY, entry=OPEN, **more):
    return decisions.decide(path, Decision(what, entry, ROLE, **more), day)


def log(path):
    return history.read(history.beside(path))


@pytest.fixture
def served(served):
    """Return a short catalogue: every eighth row of the shipped one, and those that are private."""
    with served.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    kept = [row for n, row in enumerate(rows) if n % 8 == 0 or "area_only" in row.values()]
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, kept[0], lineterminator="\n")
    writer.writeheader()
    writer.writerows(kept)
    served.write_bytes(text.getvalue().encode())
    return served


@pytest.fixture
def private(served):
    """Return the id of a place that is kept private."""
    entries = keeper.keeper_of(served).current().entries
    return next(one["id"] for one in entries if one["is_private"])


def test_to_confirm_a_fact_leaves_the_catalogue_byte_for_byte_and_gives_the_fact_a_day(served):
    before = served.read_bytes()
    decide(served, "confirm", fields=("website", "status"), how="called, spoke to desk")
    assert served.read_bytes() == before
    assert log(served).checks == {
        OPEN: {name: history.Check("2026-11-26", ROLE) for name in ("website", "status")}
    }
    entry = next(e for e in keeper.Keeper(served).current().entries if e["id"] == OPEN)
    assert entry["checks"]["website"].day == "2026-11-26"


def test_to_confirm_everything_dates_the_row(served):
    before = cells(served)
    decide(served, "confirm", fields=("all",))
    assert changed(before, cells(served)) == {
        (OPEN, "verified_on", "2026-11-26"),
        (OPEN, "verified_by_role", ROLE),
    }


def test_what_is_blank_cannot_be_confirmed(served):
    with pytest.raises(CatalogueError, match="hours: blank"):
        decide(served, "confirm", fields=("hours",))


def test_a_correction_changes_one_line_of_the_file_and_drops_the_source_of_the_old_fact(served):
    sources.beside(served).write_text(
        "id,field,source_name,source_ref,source_date,confidence\n"
        f"{OPEN},website,Old paper,page 3,2019,medium\n"
        f"{OPEN},city,Old paper,page 3,2019,medium\n"
    )
    lines = served.read_bytes().split(b"\n")
    act = decide(served, "correct", new={"website": "https://www.example.org"})
    after = served.read_bytes().split(b"\n")
    assert sum(a != b for a, b in zip(lines, after, strict=True)) == 1
    assert (act.old, act.new) == (
        {"website": "https://www.ivworkforce.com"},
        {"website": "https://www.example.org"},
    )
    left = sources.beside(served).read_text()
    assert "website" not in left
    assert "city" in left
    assert keeper.read_both(served, DAY)[2] == []


def test_the_checker_speaks_before_anything_is_written(served):
    before = served.read_bytes()
    with pytest.raises(CatalogueError, match="Did you mean Mo-Fr 08:00-17:00"):
        decide(served, "correct", new={"hours": "M-F 8-5"})
    assert served.read_bytes() == before
    assert not history.beside(served).exists()


def test_of_a_private_place_no_value_is_in_the_log_or_a_message(served, private):
    with pytest.raises(CatalogueError) as caught:
        decide(served, "correct", entry=private, new={"street": "4711 Zanzibar Road"})
    assert "Zanzibar" not in str(caught.value)
    decide(served, "correct", entry=private, new={"phone": "209-555-0134", "fees": "free"})
    told = history.beside(served).read_text("utf-8")
    assert "0134" not in told
    assert '"phone"' in told
    with pytest.raises(CatalogueError, match="restore the row from git"):
        decisions.decide(served, Decision("undo", "", ROLE, of=1), DAY)


@pytest.mark.parametrize("text", ["Maria said so", "at 12 Oak Street", "see www.example.org"])
def test_words_of_a_decision_hold_no_name_and_no_place(served, text):
    with pytest.raises(CatalogueError, match="how and reason") as caught:
        decide(served, "retire", how=text)
    assert text not in str(caught.value)


def test_a_name_is_no_role_and_an_unknown_column_no_fact(served):
    for wanted in (
        Decision("retire", OPEN, "Maria"),
        Decision("correct", OPEN, ROLE, new={"id": "zzzzzz"}),
        Decision("burn", OPEN, ROLE),
        Decision("retire", "zzzzzz", ROLE),
    ):
        with pytest.raises(CatalogueError):
            decisions.decide(served, wanted, DAY)
    assert not history.beside(served).exists()


def test_closed_for_a_while_comes_back_on_its_day_and_can_be_opened(served):
    with pytest.raises(CatalogueError, match="to come"):
        decide(served, "pause", again="2026-11-26")
    decide(served, "pause", again="2027-01-10")
    assert cells(served)[OPEN]["status"] == "paused"
    assert log(served).to_look_again == {OPEN: "2027-01-10"}
    decide(served, "reopen")
    assert cells(served)[OPEN]["status"] == "open"
    assert log(served).to_look_again == {}


def test_two_days_without_an_answer_take_an_entry_off_and_a_confirmation_between_does_not(served):
    decide(served, "fail")
    decide(served, "fail")  # on the same day: one try
    assert cells(served)[OPEN]["status"] == "open"
    decide(served, "confirm", DAY + timedelta(days=1), fields=("website",))
    decide(served, "fail", DAY + timedelta(days=2))
    assert cells(served)[OPEN]["status"] == "open"
    decide(served, "fail", DAY + timedelta(days=9))
    assert cells(served)[OPEN]["status"] == "closed"
    edition = keeper.Keeper(served).current()
    assert OPEN in edition.closed
    assert edition.unconfirmed == {OPEN}


def test_what_is_not_to_be_listed_is_refused_when_it_comes_back_by_name_phone_or_place(served):
    row = next(
        r for r in cells(served).values() if r["street"] and r["phone"] and r["status"] == "open"
    )
    decide(served, "never", entry=row["id"], reason="they asked for it")
    listed = do_not_list.read(do_not_list.beside(served))
    assert listed.has(row["name"], "", "")
    assert keeper.read_both(served, DAY)[2] == []
    with pytest.raises(CatalogueError, match="reason: they asked for it"):
        decide(served, "reopen", entry=row["id"])
    again = {**row, "id": "zz9z9z", "phone": "", "status": "open"}
    for told in ({}, {"name": "A new name", "organization": ""}):
        text = io.StringIO()
        csv.DictWriter(text, row, lineterminator="\n").writerow({**again, **told})
        before = served.read_bytes()
        served.write_bytes(before + text.getvalue().encode())
        faults = [one for one in keeper.read_both(served, DAY)[2] if one.rule == "do_not_list"]
        assert [one.column for one in faults] == ["street" if told else "name"]
        assert "they asked for it" in str(faults[0])
        served.write_bytes(before)
    decisions.decide(served, Decision("undo", "", ROLE, of=1), DAY)
    assert cells(served)[row["id"]]["status"] == "open"
    assert not do_not_list.read(do_not_list.beside(served)).has(row["name"], "", "")


@pytest.mark.parametrize(
    "wanted",
    [
        Decision("correct", OPEN, ROLE, new={"hours": "Mo-Fr 08:00-17:00", "fees": ""}),
        Decision("confirm", OPEN, ROLE, fields=("all",)),
        Decision("retire", OPEN, ROLE),
        Decision("never", OPEN, ROLE, reason="they asked for it"),
        Decision("pause", OPEN, ROLE, again="2027-01-10"),
    ],
    ids=lambda wanted: wanted.what,
)
def test_what_is_taken_back_leaves_the_file_as_it_was(served, wanted):
    before = served.read_bytes()
    decisions.decide(served, wanted, DAY)
    assert served.read_bytes() != before
    decisions.decide(served, Decision("undo", "", ROLE, of=1), DAY)
    assert served.read_bytes() == before
    assert log(served).checks == {}
    with pytest.raises(CatalogueError, match="no act that can be taken back"):
        decisions.decide(served, Decision("undo", "", ROLE, of=1), DAY)


def test_to_take_back_what_was_changed_again_is_refused(served):
    for hours in ("24/7", "Mo-Fr 08:00-17:00"):
        decide(served, "correct", new={"hours": hours})
    with pytest.raises(ConflictError, match="changed again"):
        decisions.decide(served, Decision("undo", "", ROLE, of=1), DAY)


def test_two_who_change_one_fact_are_told_both_and_two_facts_are_both_kept(served):
    seen = cells(served)[OPEN]
    decide(served, "correct", new={"hours": "24/7"}, seen=seen)
    with pytest.raises(ConflictError, match="now '24/7', was '' when you looked"):
        decide(served, "correct", new={"hours": "Mo-Fr 08:00-17:00"}, seen=seen)
    decide(served, "correct", new={"fees": "paid"}, seen=seen)
    assert (cells(served)[OPEN]["hours"], cells(served)[OPEN]["fees"]) == ("24/7", "paid")


def test_many_at_once_lose_no_line_of_the_log_and_no_change(served):
    ids = [own for own, row in cells(served).items() if row["status"] == "open"][:4]
    threads = [
        threading.Thread(target=decide, args=(served, "retire"), kwargs={"entry": own})
        for own in ids
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {act.entry for act in log(served).acts} == {*ids}
    assert {cells(served)[own]["status"] for own in ids} == {"closed"}


def test_lines_are_only_ever_added_to_the_log(served):
    told = b""
    for what in ("retire", "reopen", "fail"):
        decide(served, what)
        now = history.beside(served).read_bytes()
        assert now.startswith(told)
        assert len(now) > len(told)
        told = now


def test_a_damaged_log_stops_what_would_be_written_and_nothing_that_is_read(served, caplog):
    decide(served, "confirm", fields=("website",))
    decide(served, "fail")
    path = history.beside(served)
    sound = path.read_bytes()
    for broken, where in (
        (sound[:-5], ":2: it ends within a line"),
        (sound[1:], ":1: a line is missing or damaged"),
        (sound.split(b"\n", 1)[1], ":1: a line is missing or damaged"),
    ):
        path.write_bytes(broken)
        before = served.read_bytes()
        with pytest.raises(CatalogueError, match=where):
            decide(served, "retire")
        assert served.read_bytes() == before
        assert path.read_bytes() == broken
        assert len(keeper.Keeper(served).current().entries) == len(cells(served))


def test_an_act_is_read_back_as_it_was_written():
    act = history.Act(3, "2026-11-26", "undo", "aaaaaa", ROLE, "called", ("hours",), {"hours": ""})
    for one in (act, replace(act, how="", new={"hours": "é\u2028"}, of=2, waited=(0, 4))):
        assert history._read(history.line(one).rstrip(b"\n")) == one
        assert history.line(one).count(b"\n") == 1


def test_who_opens_a_place_that_could_not_be_confirmed_learns_that(served):
    for days in (0, 1):
        decide(served, "fail", DAY - timedelta(days=days))
    answer = ask(server, f"/text/en/place/{OPEN}")
    assert answer.status == 410
    assert "We could not confirm that this place is still there" in answer.text
    assert "Ya cerr" not in ask(server, f"/text/es/place/{OPEN}").text


def lost(content):
    return content[: content.index(b"\n") + 1]


@pytest.mark.parametrize(
    ("harm", "told"),
    [
        (lost, "lines 2 to 3 are gone"),
        (lambda _: b"", "lines 1 to 3 are gone"),
        (lambda content: content.replace(b"editor", b"editer", 1), "a line was changed"),
        (None, "is gone"),
    ],
    ids=["end", "all", "changed", "file"],
)
def test_a_log_that_lost_whole_lines_is_told_and_nothing_is_written(served, harm, told):
    for _ in range(3):
        decide(served, "fail")
    kept = history.beside(served)
    whole = kept.read_bytes()
    kept.write_bytes(harm(whole)) if harm else kept.unlink()
    before = served.read_bytes()
    with pytest.raises(CatalogueError, match=told):
        decide(served, "retire")
    assert served.read_bytes() == before
    kept.write_bytes(whole)
    assert log(served).fault == ""
    kept.write_bytes(lost(whole))
    history.seal_of(kept).unlink()  # somebody looked, and it is right as it is
    assert decide(served, "fail").number == 2


def test_lines_that_git_brought_are_more_than_was_sealed_and_no_fault(served):
    decide(served, "fail")
    kept = history.beside(served)
    sealed = history.seal_of(kept).read_bytes()
    decide(served, "fail")
    history.seal_of(kept).write_bytes(sealed)
    assert log(served).fault == ""
    assert decide(served, "fail").number == 3
    count, told = history.seal_of(kept).read_text().split()
    assert count == "3"
    assert told == hashlib.sha256(kept.read_bytes()).hexdigest()
