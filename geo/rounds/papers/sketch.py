"""Sketch: the way of a round as a small map in black on white: straight lines, numbers, a scale.

It is drawn from the points alone: no streets, no request. North is up.
"""

from collections.abc import Sequence
from itertools import pairwise
from math import cos, floor, log10, radians

from fpdf import FPDF

from geo.files.pdf import FONT, MARGIN_MM, WIDTH_MM
from geo.sphere import METRES_A_MILE

SIZE = 12.0  # points, as the rest of the sheet
EDGE_MM, DOT_MM = 9.0, 2.6
METRES_A_DEGREE = 111_195.0  # of latitude, on a sphere of 6,371,009 m
LEAST_DEGREES = 0.004  # some quarter of a mile: one stop alone is drawn that large

Point = tuple[float, float]


def draw(pdf: FPDF, points: Sequence[Point], corner: Point, height: float) -> None:
    """Draw the way through `points` (lat, lon) into a frame as wide as the page, `height` mm high.

    The first point is the start and the last the end, drawn as squares; the others are numbered.
    """
    left, top = corner
    width = WIDTH_MM - 2 * MARGIN_MM
    placed, mm_a_mile = place(points, width, height)
    at = [(left + x, top + y) for x, y in placed]
    pdf.set_line_width(0.25)
    pdf.rect(left, top, width, height)
    pdf.set_line_width(0.4)
    for (x, y), (to_x, to_y) in pairwise(at):
        pdf.line(x, y, to_x, to_y)
    pdf.set_fill_color(255)
    for x, y in (at[0], at[-1]):
        pdf.rect(x - DOT_MM, y - DOT_MM, 2 * DOT_MM, 2 * DOT_MM, style="DF")
    pdf.set_font(FONT, "B", SIZE)
    for number, (x, y) in enumerate(at[1:-1], 1):
        pdf.circle(x=x, y=y, radius=DOT_MM, style="DF")
        words = str(number)
        pdf.text(x - pdf.get_string_width(words) / 2, y + 1.5, words)
    _scale(pdf, left + width - 3, top + height - 3, mm_a_mile)
    pdf.text(left + 3, top + 6, "N")
    pdf.line(left + 4.4, top + 7, left + 4.4, top + 12)


def place(points: Sequence[Point], width: float, height: float) -> tuple[list[Point], float]:
    """Return where points lie in a frame, in mm from its upper left corner, and mm a mile.

    East and north are as long as they are in the middle of the points.

    >>> place([(37.0, -121.0), (38.0, -121.0)], 100, 58)
    ([(50.0, 49.0), (50.0, 9.0)], 0.57...)
    """
    lats, lons = [lat for lat, _ in points], [lon for _, lon in points]
    middle, center = (min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2
    shrink = cos(radians(middle))
    tall = max(max(lats) - min(lats), LEAST_DEGREES)
    wide = max((max(lons) - min(lons)) * shrink, LEAST_DEGREES)
    mm = min((width - 2 * EDGE_MM) / wide, (height - 2 * EDGE_MM) / tall)
    placed = [
        (width / 2 + (lon - center) * shrink * mm, height / 2 - (lat - middle) * mm)
        for lat, lon in points
    ]
    return placed, mm / METRES_A_DEGREE * METRES_A_MILE


def _scale(pdf: FPDF, right: float, bottom: float, mm_a_mile: float) -> None:
    """Draw a bar of a round number of miles, at most 40 mm long."""
    most = 40 / mm_a_mile
    power = 10.0 ** floor(log10(most))
    miles = next(step * power for step in (5, 2, 1) if step * power <= most)
    pdf.line(right - miles * mm_a_mile, bottom, right, bottom)
    words = f"{miles:g} mi"
    pdf.text(right - pdf.get_string_width(words), bottom - 1.5, words)
