"""The report over all services says of each what its own answer says, on paper and as a book."""

import io
from datetime import date

import openpyxl
import pytest
from pypdf import PdfReader

from geo import i18n
from geo.catalogue import records
from geo.gaps import demand, export, report
from geo.gaps.answer import work_out
from geo.gaps.question import Question
from tests.gaps.test_answer import PLACES

EN, ES = i18n.words("en"), i18n.words("es")
ASKED = Question("clinic", threshold=15)


@pytest.fixture(scope="module")
def lines():
    return report.work(PLACES, demand.load(), ASKED)


def test_there_is_a_line_for_each_service_in_each_county(lines):
    found = [(line.question.county, line.question.type) for line in lines]
    assert found == [(county, kind) for county in records.COUNTIES for kind in records.PLACE_TYPES]
    assert all(bool(line.answer) != bool(line.problem) for line in lines)
    assert any(line.problem for line in lines)


def test_the_workbook_has_both_ends_as_numbers_and_groups(lines):
    book = openpyxl.load_workbook(io.BytesIO(report.as_xlsx(lines, EN)))
    header, *rows = book["services"].iter_rows(values_only=True)
    assert header == (*export.OVERVIEW, "problem")
    told = {(row[1], row[0]): dict(zip(header, row, strict=True)) for row in rows}
    food = work_out(PLACES, demand.load(), Question("food", "imperial", threshold=15))
    row = told["imperial", "food"]
    assert row["people_beyond_least"] == food.best.people_beyond
    assert row["people_beyond_most"] == food.worst.people_beyond
    none = told["imperial", "harm_reduction"]
    assert none["people"] is None and "No entry of this type" in none["problem"]
    groups = [*book["groups"].iter_rows(values_only=True)]
    poor = [one for one in groups if one[:3] == ("food", "imperial", "poverty")]
    assert poor[0][3] == pytest.approx(food.tables["group"].loc["poverty", "people"])


@pytest.mark.parametrize("say", [EN, ES], ids=["en", "es"])
def test_the_paper_names_every_service_twice_and_the_limit(lines, say):
    pages = PdfReader(io.BytesIO(report.as_pdf(lines, say, date(2026, 9, 9), date(2026, 11, 26))))
    told = " ".join(" ".join(page.extract_text() for page in pages.pages).split())
    for kind in records.PLACE_TYPES:
        assert told.count(say(records.TYPES[kind])) >= 2, kind
    assert {"en": "15 minutes by car", "es": "15 minutos en auto"}[say.language] in told
    food = next(one.answer for one in lines if one.answer and one.question.type == "food")
    assert f"{food.worst.people_beyond:,.0f}" in told


def test_the_same_report_is_the_same_file(lines):
    assert report.as_xlsx(lines, EN) == report.as_xlsx(lines, EN)
    days = date(2026, 9, 9), date(2026, 11, 26)
    assert report.as_pdf(lines, EN, *days) == report.as_pdf(lines, EN, *days)
