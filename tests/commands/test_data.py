"""The data's own page says what the file holds, and the README and the About page say the same."""

import csv
import html
import re
from collections import Counter

import pytest

from geo.__main__ import main
from geo.catalogue import provenance, tally
from geo.catalogue.keeper import keeper_of
from geo.i18n import words
from geo.settings import DATA, ROOT
from geo.web import about
from tests.support import examples

PAGE = (ROOT / "docs/data.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
SHOWN = "open", "paused"


def shipped():
    with (DATA / "services.csv").open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["status"] in SHOWN]


def cells(first):
    """Return the cells of the row of the page that begins with a word."""
    (row,) = re.findall(rf"^\| {re.escape(first)} \| (.*) \|$", PAGE, flags=re.MULTILINE)
    return row.split(" | ")


def test_the_page_is_what_the_command_prints_today(capsys):
    assert main(["data"]) == 0
    assert capsys.readouterr().out == PAGE, "Run: .venv/bin/python -m geo data > docs/data.md"


def test_it_counts_as_one_counts_by_hand():
    rows = shipped()
    public = [
        row
        for row in rows
        if row["location_policy"] == "public" and "hotline" not in row["service_types"]
    ]
    assert f"\n{len(rows)} entries, {len(public)} of them public places." in PAGE
    county = Counter(row["county"] for row in rows)
    here = [county["imperial"], county["san_joaquin"]]
    assert [int(n) for n in cells("All entries")] == [len(rows), *here, len(rows) - sum(here)]
    food = sum("food" in re.split("; ?", row["service_types"]) for row in rows)
    assert int(cells("Food")[0]) == food
    timed = [sum(bool(row["hours"]) for row in some) for some in (rows, public)]
    assert [int(cell.split()[0]) for cell in cells("hours")[:2]] == timed
    with (DATA / "sources.csv").open(encoding="utf-8", newline="") as file:
        own = {(fact["id"], fact["field"]): fact["source_date"] for fact in csv.DictReader(file)}
    dates = [own.get((row["id"], "phone"), row["source_date"]) for row in rows if row["phone"]]
    assert int(cells("`phone`")[0]) == sum(date.startswith("2026") for date in dates)
    assert int(cells("`phone`")[-1]) == dates.count("")
    assert sum(map(int, cells("`phone`"))) == len(dates)


def test_the_readme_says_the_same():
    told = re.search(r"It holds (\d+) entries, (\d+) of them public places", README)
    assert told and f"\n{told[1]} entries, {told[2]} of them public places." in PAGE


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_about_page_says_the_same(language):
    edition, say = keeper_of(DATA / "services.csv").current(), words(language)
    found = html.unescape(about.page(edition, language))
    count, date = re.search(r"\n(\d+) entries, .* data is (\S+);", PAGE).groups()
    assert count in re.findall(r"\d+", found)
    assert provenance.when_dated(date, say) in found
    checked = cells("checked by a person of this project")[0].split()[0]
    assert (checked == "0") == (
        say("No entry has been checked by a person of this project yet.") in found
    )


def test_nothing_of_a_row_is_in_it_but_counts():
    for row in shipped():
        if row["location_policy"] != "public":
            assert row["name"] not in PAGE
            assert row["id"] not in PAGE


def test_a_fact_has_the_age_of_its_own_source_and_any_source_a_licence():
    (entry,) = examples.edition(
        {
            "phone": "209-555-0117",
            "hours": "24/7",
            "source_date": "2020-05",
            "source_name": "The News",
        }
    ).entries
    own = tally.provenance.of_row(entry)
    entry["sources"] = {"hours": type(own)("HRSA list; Oak Clinic (own site)", "x", "2026", "high")}
    assert tally.ages([entry], "phone") == {"2020": 1}
    assert tally.ages([entry], "hours") == {"2026": 1}
    assert tally.ages([entry], "fees") == Counter({"2020": bool(entry["fees"])})
    named = [source for (source, _), count in tally.licences([entry]).items() if count]
    assert named == [
        "Health center sites, HRSA",
        "Own sites of the bodies that give the help",
        "Newspapers, notices, directories and lists of others",
    ]
