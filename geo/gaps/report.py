"""Report: one question asked of every service in each county, as a workbook and on paper."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

import pandas as pd
import xlsxwriter
from fpdf import FontFace
from fpdf.enums import Align, TableBordersLayout

from geo.catalogue import records
from geo.errors import QuestionError
from geo.files.clean_text import latin
from geo.files.pdf import FONT, MARGIN_MM, line_mm, start, text
from geo.gaps import export, sentences
from geo.gaps.answer import Answer, work_out
from geo.gaps.question import Question
from geo.i18n import Words

MADE = datetime(2000, 1, 1, tzinfo=UTC)  # of the workbook: the same report is the same file
WIDE = 16  # letters of a column
SMALL, USUAL, LARGE = 8.0, 9.0, 13.0  # points
WIDTHS = (52, 14, 14, 40, 32, 33)  # of the columns on paper, one to the other


@dataclass(frozen=True, eq=False)
class Line:
    """The answer for one service in one county; None where no entry can be counted, with why."""

    question: Question
    answer: Answer | None
    problem: QuestionError | None = None


def work(places: pd.DataFrame, areas: pd.DataFrame, asked: Question) -> list[Line]:
    """Return a line for each service in each county, all else as in the question asked."""
    lines = []
    for county in records.COUNTIES:
        for kind in records.PLACE_TYPES:
            question = replace(asked, type=kind, county=county)
            try:
                lines.append(Line(question, work_out(places, areas, question)))
            except QuestionError as error:
                lines.append(Line(question, None, error))
    return lines


def as_xlsx(lines: Sequence[Line], say: Words) -> bytes:
    """Return a workbook of two sheets: `export.OVERVIEW` of all services, and groups of people."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(
        content,
        {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
    )
    book.set_properties({"created": MADE})
    overview = [
        [*export.as_overview(line.question, line.answer), _why(line, say)] for line in lines
    ]
    _sheet(book, "services", [*export.OVERVIEW, "problem"], overview)
    names = ("people", "people_beyond", "share_beyond")
    ends = [f"{name}{end}" for name in names[1:] for end in ("_best", "_worst")]
    groups = [
        [line.question.type, line.question.county, group, *(row[n] for n in ("people", *ends))]
        for line in lines
        if line.answer
        for group, row in line.answer.tables["group"].iterrows()
    ]
    _sheet(book, "groups", ["type", "county", "group", "people", *ends], groups)
    book.close()
    return content.getvalue()


def as_pdf(lines: Sequence[Line], say: Words, data_date: date, made_on: date) -> bytes:
    """Return the report on paper, a county after the other."""
    asked = lines[0].question
    limit = sentences.limit(asked, say)
    pdf = start(say("All services, both counties"), say.language, made_on)
    pdf.set_auto_page_break(True, MARGIN_MM)
    pdf.add_page()
    text(
        pdf,
        say("All services: who lives more than {limit} from the nearest", limit=limit),
        LARGE,
        "B",
    )
    for told in _told(asked, say):
        text(pdf, told, USUAL)
    heads = (
        say("Service"),
        say("Places"),
        say("Only by area"),
        say("People beyond the limit"),
        say("Share beyond"),
        say("Law met for"),
    )
    for county, name in records.COUNTIES.items():
        pdf.ln(line_mm(USUAL) / 2)
        text(pdf, say(name), USUAL + 2, "B")
        rows = [_row(line, say) for line in lines if line.question.county == county]
        _table(pdf, [heads, *rows])
    pdf.ln(line_mm(USUAL) / 2)
    data, made = say.date(data_date), say.date(made_on)
    text(pdf, say("Data of {data}. Made on {made}.", data=data, made=made), SMALL)
    return bytes(pdf.output())


def _told(asked: Question, say: Words) -> list[str]:
    told = [
        say(
            "Two figures are the two ends of what is not known: hours, and places known only by "
            "their city or ZIP code."
        ),
        say("A law is judged by all places on this list, at any hour, by car as usual."),
    ]
    if asked.hour:
        told.append(say("Asked is who is open {when}.", when=sentences.hour(asked.hour, say)))
    if asked.trust:
        told.append(say("Only some entries are counted."))
    return told


def _row(line: Line, say: Words) -> list[str]:
    kind, answer = say(records.TYPES[line.question.type]), line.answer
    if answer is None:
        return [kind, "0", "-", say("no public place on this list"), "-", "-"]
    low, high = answer.best, answer.worst
    people = sentences.cell((low.people_beyond, high.people_beyond), "count", say)[1]
    share = sentences.cell((low.share_beyond, high.share_beyond), "share", say)[1]
    met = "-"
    for verdict in answer.verdicts:
        ends = (verdict.people_met_least, verdict.people_met_most)
        met = str(sentences.cell(tuple(n / verdict.people for n in ends), "share", say)[1])
    counts = [say.number(len(answer.services)), say.number(answer.approximate)]
    return [kind, *counts, str(people), str(share), met]


def _table(pdf: Any, rows: Sequence[Sequence[str]]) -> None:
    pdf.set_font(FONT, "", SMALL)
    with pdf.table(
        width=round(pdf.epw, 3),
        col_widths=WIDTHS,
        text_align=(Align.L, *[Align.R] * (len(WIDTHS) - 1)),
        headings_style=FontFace(emphasis="BOLD"),
        borders_layout=TableBordersLayout.HORIZONTAL_LINES,
        line_height=line_mm(SMALL),
        padding=(0.5, 1),
    ) as table:
        for row in rows:
            table.row([latin(cell) for cell in row])


def _sheet(book: Any, name: str, header: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 2)
    sheet.set_column(0, len(header) - 1, WIDE)
    sheet.write_row(0, 0, header, book.add_format({"bold": True}))
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(map(export.plain, row)):
            if isinstance(value, str):
                sheet.write_string(number, column, value)
            elif value is not None:
                sheet.write_number(number, column, value)


def _why(line: Line, say: Words) -> str:
    return line.problem.told(say) if line.problem else ""
