"""Layout: a finding on one page of PDF, with its map, table and assumptions, to take to a meeting.

It is drawn from what it is given and computes nothing. The map is vectors in shades that a grey
printer keeps apart.
"""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial

import geopandas as gpd
import numpy as np
from fpdf import FPDF, FontFace
from fpdf.enums import Align, TableBordersLayout
from numpy.typing import ArrayLike

from geo.errors import GeoError
from geo.files.clean_text import latin
from geo.files.pdf import FONT, HEIGHT_MM, MARGIN_MM, line_mm, start, text
from geo.gaps import classes
from geo.gaps.memo import drawing
from geo.gaps.memo.drawing import Box, Points
from geo.i18n import Words

FOOT_MM = 8.0
SIZES = (10.0, 9.0, 8.0)  # points; the largest with which all fits
LEAST_MAP_MM = 75.0
LEGEND_MM, SWATCH_MM, GAP_MM = 44.0, 4.0, 4.0
TWO_LINES = 0.6  # of a heading, as they are rarely of the same length
MOST_CLASSES, MOST_COLUMNS = 7, 8
MOST_ROWS = 60  # more never fit on a page


class MemoError(GeoError, ValueError):
    """A memo cannot be made of what was given; the message says why."""


@dataclass(frozen=True)
class Memo:
    """What stands in a memo. Texts are in the language of the reader already."""

    title: str
    finding: str  # the sentence for those who read one
    header: Sequence[str]
    rows: Sequence[Sequence[str]]  # of the table: the first column words, the others numbers
    assumptions: Sequence[str]
    # EPSG:4326; `class`, from 0 (light), NaN: none to reach, or `undecided`; `panel` if several
    cells: gpd.GeoDataFrame
    classes: Sequence[str]  # what each class means, the lightest first
    legend: str  # what the shades tell, such as "Minutes to the nearest clinic"
    data_date: date
    made_on: date
    points: ArrayLike = field(default_factory=list)  # services, rows of (lat, lon)
    points_label: str = ""
    vague: ArrayLike = field(default_factory=list)  # of those known only by a city or ZIP code
    sites: ArrayLike = field(default_factory=list)  # new sites, drawn with their numbers from 1
    sites_label: str = ""
    change: Sequence[str] = ()  # what becomes of it if something changes


def write(memo: Memo, say: Words) -> bytes:
    """Return the memo as a PDF of one page, in the language of `say`.

    The text is made smaller to fit, down to the last of `SIZES`; then rows are left out from the
    end of the table, and the page says how many. `cells` with a column `panel` are drawn as one
    map for each of its words, side by side.

    Raises
    ------
    MemoError : it does not fit however small, or the table or the classes do not fit together
    """
    _check(memo)
    most = HEIGHT_MM - FOOT_MM - MARGIN_MM - (LEAST_MAP_MM if len(memo.cells) else 0)
    rows = min(len(memo.rows), MOST_ROWS)

    def used(size: float, rows: int) -> float:
        return float(_page(memo, say, size, rows, 0).get_y())

    size = next((size for size in SIZES if used(size, rows) <= most), SIZES[-1])
    rows = bisect_right(range(rows + 1), most, key=partial(used, size)) - 1
    if rows < 0:
        raise MemoError(
            "The memo does not fit on one page. Give it a shorter finding or fewer assumptions."
        )
    left = HEIGHT_MM - FOOT_MM - MARGIN_MM - used(size, rows)
    return bytes(_page(memo, say, size, rows, left).output())


def _check(memo: Memo) -> None:
    wrong = [len(row) for row in memo.rows if len(row) != len(memo.header)]
    if wrong:
        raise MemoError(f"A row of the table has {wrong[0]} cells, wanted {len(memo.header)}.")
    if len(memo.header) > MOST_COLUMNS:
        raise MemoError(f"The table has {len(memo.header)} columns, wanted at most {MOST_COLUMNS}.")
    if not 1 <= len(memo.classes) <= MOST_CLASSES:
        raise MemoError(f"Found {len(memo.classes)} classes, wanted 1 to {MOST_CLASSES}.")
    known = memo.cells["class"].dropna()
    if not known.isin(range(len(memo.classes))).all():
        raise MemoError(
            f"Found class {known.max():g} in the cells, wanted 0 to {len(memo.classes) - 1}."
        )


def _page(memo: Memo, say: Words, size: float, rows: int, map_mm: float) -> FPDF:
    """Return the page with a map up to so high; with 0 its `get_y` tells what the rest takes."""
    pdf = start(memo.title, say.language, memo.made_on)
    pdf.set_text_color(drawing.INK)
    pdf.add_page()
    _foot(pdf, memo, say)
    text(pdf, memo.title, size)
    pdf.ln(GAP_MM / 4)
    text(pdf, memo.finding, size + 4, "B")
    pdf.ln(GAP_MM / 2)
    if map_mm and len(memo.cells):
        box = Box(MARGIN_MM, pdf.get_y(), pdf.epw, map_mm - GAP_MM)
        pdf.set_y(_map(pdf, memo, say, size, box) + GAP_MM)
    _table(pdf, memo, say, size, rows)
    if memo.change:
        text(pdf, say("What if?"), size, "B")
        for line in memo.change:
            text(pdf, line, size)
        pdf.ln(GAP_MM / 2)
    text(pdf, say("Assumptions"), size, "B")
    for assumption in memo.assumptions:
        text(pdf, f"· {assumption}", size)
    return pdf


def _foot(pdf: FPDF, memo: Memo, say: Words) -> None:
    pdf.set_y(HEIGHT_MM - MARGIN_MM - FOOT_MM / 2)
    data, made = say.date(memo.data_date), say.date(memo.made_on)
    text(pdf, say("Data of {data}. Made on {made}.", data=data, made=made), SIZES[-1])
    pdf.set_y(MARGIN_MM)


def _table(pdf: FPDF, memo: Memo, say: Words, size: float, rows: int) -> None:
    if not memo.header:
        return
    pdf.set_font(FONT, "B", size)
    columns = list(zip(memo.header, *memo.rows, strict=True))
    needed = [
        max(_heading(pdf, head), *(_width(pdf, cell) for cell in cells)) + 4
        for head, *cells in columns
    ]
    pdf.set_font(FONT, "", size)
    pdf.set_draw_color(drawing.RULE)
    pdf.set_line_width(drawing.LINE_MM)
    with pdf.table(
        width=round(pdf.epw, 3),
        col_widths=_widths(needed, pdf.epw),
        text_align=(Align.L, *[Align.R] * (len(columns) - 1)),
        headings_style=FontFace(emphasis="BOLD"),
        borders_layout=TableBordersLayout.HORIZONTAL_LINES,
        line_height=line_mm(size),
        padding=(0.4, 1),
    ) as table:
        for cells in (memo.header, *memo.rows[:rows]):
            table.row([latin(cell) for cell in cells])
    if more := len(memo.rows) - rows:
        left_out = say.many(
            "{n} more row is in the CSV file.", "{n} more rows are in the CSV file.", more
        )
        text(pdf, left_out, size)
    pdf.ln(GAP_MM / 2)


def _heading(pdf: FPDF, text: str) -> float:
    """Return the width in which a heading takes two lines and no word is broken."""
    return max(_width(pdf, text) * TWO_LINES, *(_width(pdf, word) for word in text.split()), 0)


def _width(pdf: FPDF, text: str) -> float:
    return float(pdf.get_string_width(latin(text)))


def _widths(needed: Sequence[float], whole: float) -> tuple[float, ...]:
    """Return widths that fill the page: the words have what the numbers leave, or a third."""
    numbers = sum(needed[1:])
    words = max(whole - numbers, whole / 3)
    return words, *(width * (whole - words) / numbers for width in needed[1:])


def _map(pdf: FPDF, memo: Memo, say: Words, size: float, box: Box) -> float:
    """Draw the panels side by side and the legend to their right; return where all that ends."""
    cells = memo.cells[memo.cells.geometry.notna() & ~memo.cells.geometry.is_empty]
    names = list(dict.fromkeys(cells["panel"])) if "panel" in cells else [""]
    width = (box.width - LEGEND_MM) / len(names) - GAP_MM
    colours, line = classes.shades(len(memo.classes)), line_mm(size)
    below = []
    for number, name in enumerate(names):
        left = box.left + number * (width + GAP_MM)
        shown = cells[cells["panel"] == name] if name else cells
        pdf.set_xy(left, box.top)
        text(pdf, name, size, "B", width)
        seen = drawing.view(shown, Box(left, box.top + line, width, box.height - 2.5 * line))
        drawing.draw(pdf, shown, colours, seen)
        _marks(pdf, memo, seen)
        below.append(seen.box.top + seen.height_mm + 1.5 * line)
        pdf.set_font(FONT, "", SIZES[-1])
        long = drawing.bar(pdf, seen, left, below[-1])
        pdf.cell(0, 4, say.many("{n} mile", "{n} miles", long))
    _legend(pdf, memo, say, Box(box.left + box.width - LEGEND_MM, box.top + line, LEGEND_MM, 0))
    return max(*below, pdf.get_y())


def _marks(pdf: FPDF, memo: Memo, seen: drawing.View) -> None:
    """Draw the services and the new sites that are in view."""
    sites = _lonlat(memo.sites)
    for points, whole in ((_lonlat(memo.points), True), (_lonlat(memo.vague), False)):
        for x, y in seen.place(points[seen.holds(points)]).tolist():
            drawing.dot(pdf, x, y, whole)
    for number in np.flatnonzero(seen.holds(sites)).tolist():
        x, y = seen.place(sites[[number]])[0].tolist()
        drawing.site(pdf, x, y, str(number + 1))


def _legend(pdf: FPDF, memo: Memo, say: Words, box: Box) -> None:
    """Say what the shades and marks mean, from the top of the box down."""
    size = SIZES[-1]
    pdf.set_xy(box.left, box.top)
    text(pdf, memo.legend, size, "B", box.width)
    colours = classes.shades(len(memo.classes))
    for label, colour in zip(memo.classes, colours, strict=True):
        _key(pdf, label, box, partial(drawing.swatch, pdf, colour=colour))
    hatched, undecided = memo.cells["class"].isna(), drawing.undecided(memo.cells)
    if undecided.any():
        label = say("not known: it may be within the limit or not")
        _key(pdf, label, box, partial(drawing.swatch, pdf, colour=None))
    if (hatched & ~undecided).any():
        _key(
            pdf, say("none to reach"), box, partial(drawing.swatch, pdf, colour=None, crossed=True)
        )
    if memo.points_label and len(_lonlat(memo.points)):
        _key(pdf, memo.points_label, box, partial(drawing.dot, pdf))
    if len(_lonlat(memo.vague)):
        _key(pdf, say("only its city or ZIP is known"), box, partial(drawing.dot, pdf, whole=False))
    if memo.sites_label:
        _key(pdf, memo.sites_label, box, partial(drawing.site, pdf, number="1"))


def _key(pdf: FPDF, label: str, box: Box, draw: Callable[[float, float], None]) -> None:
    """Draw a mark around a point, its label to the right, and go down a line."""
    top = pdf.get_y() + 1
    pdf.set_xy(box.left + 2 * SWATCH_MM, top)
    text(pdf, label, SIZES[-1], "", box.width - 2 * SWATCH_MM)
    below = pdf.get_y()
    draw(box.left + SWATCH_MM, top + line_mm(SIZES[-1]) / 2)
    pdf.set_xy(box.left, below)


def _lonlat(latlon: ArrayLike) -> Points:
    return np.asarray(latlon, dtype=np.float64).reshape(-1, 2)[:, ::-1]
