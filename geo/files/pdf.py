"""Pdf: a document of US Letter pages and the text on them.

The fonts are those that every reader of PDF has: they know Latin-1, so English and Spanish are
whole, and what they lack is written with what they have. The same input is the same file.
"""

from datetime import UTC, date, datetime, time

from fpdf import FPDF, ViewerPreferences
from fpdf.enums import Align, XPos, YPos

from geo.files.clean_text import latin

WIDTH_MM, HEIGHT_MM, MARGIN_MM = 215.9, 279.4, 15.0
FONT = "helvetica"
MM_A_POINT = 0.3528
LEADING = 1.3  # of a line to its letters


def start(title: str, language: str, made_on: date) -> FPDF:
    """Return an empty document with a title that readers show, and a language."""
    pdf = FPDF(format=(WIDTH_MM, HEIGHT_MM))
    pdf.set_margin(MARGIN_MM)
    pdf.set_auto_page_break(False)
    pdf.c_margin = 0
    pdf.set_title(latin(title))
    pdf.set_lang(language)
    pdf.set_creation_date(datetime.combine(made_on, time(), UTC))
    pdf.viewer_preferences = ViewerPreferences(display_doc_title=True)
    return pdf


def text(pdf: FPDF, words: str, size: float, style: str = "", width: float = 0) -> None:
    """Write `words` from where the pen is, broken into lines of `width` mm (0: to the margin).

    The pen then stands under them, as far from the left as before.
    """
    pdf.set_font(FONT, style, size)
    left = pdf.get_x()
    pdf.multi_cell(
        width, line_mm(size), latin(words), align=Align.L, new_x=XPos.LEFT, new_y=YPos.NEXT
    )
    pdf.set_x(left)


def height_mm(pdf: FPDF, words: str, size: float, style: str = "", width: float = 0) -> float:
    """Return how high `text` would be."""
    pdf.set_font(FONT, style, size)
    high = pdf.multi_cell(width, line_mm(size), latin(words), dry_run=True, output="HEIGHT")
    assert isinstance(high, float)
    return high


def line_mm(size: float) -> float:
    """Return how high a line of letters of `size` points is.

    >>> round(line_mm(12), 1)
    5.5
    """
    return size * MM_A_POINT * LEADING
