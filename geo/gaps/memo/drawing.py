"""Drawing: a map of shaded cells, dots and numbers, drawn as vectors on a page of PDF.

Its shades keep apart on a grey printer and for the colour-blind: they differ in lightness alone.
What is not known is hatched, never one of the shades; what reaches nothing is hatched crosswise.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import shapely
from fpdf import FPDF
from fpdf.drawing import PaintedPath
from fpdf.drawing_primitives import rgb8
from fpdf.enums import Align, PathPaintRule
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geo.gaps.classes import Colour

Points = NDArray[np.float64]

INK, RULE, PAPER = (22, 32, 42), (107, 118, 128), (255, 255, 255)
LINE_MM, OUTLINE_MM, HATCH_MM, SEAM_MM = 0.1, 0.3, 1.0, 0.001
DOT_MM, SITE_MM = 0.8, 1.8  # radius of a service; half the side of a new site
DASH_MM = 0.63  # an eighth of the ring of a service
SWATCH_MM = 3.0  # height, and half the width
SITE_POINTS = 8.0
MILES_A_DEGREE = 69.09  # of latitude, on the mean sphere
BARS = (1, 2, 5, 10, 20, 50, 100, 200)  # miles


@dataclass(frozen=True)
class Box:
    """A place on the page, in millimetres from its top left corner."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True)
class View:
    """How degrees come to lie in a box: north is up, true to scale in the middle latitude."""

    west: float
    south: float
    east: float
    north: float
    box: Box

    @property
    def mm_a_degree(self) -> float:
        """Return how long a degree of latitude is on the page."""
        across, up = (self.east - self.west) * self._narrower, self.north - self.south
        return min(self.box.width / across, self.box.height / up)

    @property
    def height_mm(self) -> float:
        """Return how much of the height of its box it takes."""
        return (self.north - self.south) * self.mm_a_degree

    def place(self, lonlat: Points) -> Points:
        """Return millimetres on the page for rows of (lon, lat)."""
        lon, lat = lonlat.T
        across = (lon - self.west) * self._narrower * self.mm_a_degree
        down = (self.north - lat) * self.mm_a_degree
        return np.column_stack([self.box.left + across, self.box.top + down])

    def holds(self, lonlat: Points) -> NDArray[np.bool_]:
        """Return which rows of (lon, lat) are in view."""
        lon, lat = lonlat.T
        across: NDArray[np.bool_] = (lon >= self.west) & (lon <= self.east)
        up: NDArray[np.bool_] = (lat >= self.south) & (lat <= self.north)
        return np.logical_and(across, up)

    @property
    def _narrower(self) -> float:
        return float(np.cos(np.radians((self.south + self.north) / 2)))


def view(cells: gpd.GeoDataFrame, box: Box) -> View:
    """Return the view that shows all of `cells` (EPSG:4326) as large as `box` takes it."""
    west, south, east, north = map(float, cells.total_bounds)
    return View(west, south, east, north, box)


def draw(pdf: FPDF, cells: gpd.GeoDataFrame, colours: Sequence[Colour], seen: View) -> None:
    """Draw `cells` (EPSG:4326) by their `class`, the number of a colour; NaN is hatched."""
    placed = shapely.transform(cells.geometry.to_numpy(), seen.place)
    kind = cells["class"].to_numpy(dtype=np.float64, na_value=np.nan)
    for number, colour in enumerate(colours):
        _fill(pdf, placed[kind == number], colour)
    doubt = undecided(cells)
    _hatch(pdf, placed[np.isnan(kind) & doubt])
    _hatch(pdf, placed[np.isnan(kind) & ~doubt], crossed=True)
    whole = shapely.union_all(placed, grid_size=SEAM_MM)
    _stroke(pdf, _rings(shapely.get_parts([whole])), RULE, OUTLINE_MM)


def undecided(cells: gpd.GeoDataFrame) -> NDArray[np.bool_]:
    """Return for which of `cells` it is not known of which class they are."""
    known = cells.get("undecided", np.full(len(cells), False))
    return np.asarray(known, dtype=np.bool_)


def swatch(pdf: FPDF, x: float, y: float, colour: Colour | None, crossed: bool = False) -> None:
    """Draw what a class looks like, for a legend; None is a hatch."""
    patch = shapely.box(x - SWATCH_MM, y - SWATCH_MM / 2, x + SWATCH_MM, y + SWATCH_MM / 2)
    if colour:
        _fill(pdf, [patch], colour)
    else:
        _hatch(pdf, [patch], crossed)
    _stroke(pdf, _rings([patch]), RULE, LINE_MM)


def dot(pdf: FPDF, x: float, y: float, whole: bool = True) -> None:
    """Draw a service: a white disc with a dark ring, to be seen on every shade.

    The ring is broken, not `whole`, where only the city or ZIP code is known.
    """
    with pdf.local_context(draw_color=INK, fill_color=PAPER, line_width=OUTLINE_MM):
        if not whole:
            pdf.set_dash_pattern(dash=DASH_MM, gap=DASH_MM)
        pdf.circle(x, y, DOT_MM, style="DF")
        pdf.set_dash_pattern()


def site(pdf: FPDF, x: float, y: float, number: str) -> None:
    """Draw a new site: a dark square with a white edge and its number."""
    left, top, side = x - SITE_MM, y - SITE_MM, 2 * SITE_MM
    with pdf.local_context(
        draw_color=PAPER,
        fill_color=INK,
        text_color=PAPER,
        line_width=OUTLINE_MM,
        font_style="B",
        font_size_pt=SITE_POINTS,
    ):
        pdf.rect(left, top, side, side, style="DF")
        pdf.set_xy(left, top)
        pdf.cell(side, side, number, align=Align.C)


def bar(pdf: FPDF, seen: View, x: float, y: float) -> int:
    """Draw how long some miles are, up to a third of the view; return how many, to write there."""
    mm_a_mile = seen.mm_a_degree / MILES_A_DEGREE
    long = max((bar for bar in BARS if bar * mm_a_mile <= seen.box.width / 3), default=BARS[0])
    end = x + long * mm_a_mile
    _stroke(pdf, [np.array([(x, y - 1), (x, y), (end, y), (end, y - 1)])], INK, OUTLINE_MM)
    pdf.set_xy(end + 1, y - 3)
    return long


def _fill(pdf: FPDF, shapes: Sequence[BaseGeometry], colour: Colour) -> None:
    """Fill shapes with a colour; its thin edge closes the hairlines between neighbours."""
    _path(pdf, _rings(shapes), PathPaintRule.STROKE_FILL_EVENODD, colour, LINE_MM)


def _stroke(pdf: FPDF, lines: Iterable[Points], colour: Colour, width: float) -> None:
    _path(pdf, lines, PathPaintRule.STROKE, colour, width)


def _hatch(pdf: FPDF, shapes: Sequence[BaseGeometry], crossed: bool = False) -> None:
    """Draw slanting lines over shapes, or lines that cross."""
    if not len(shapes):
        return
    whole = shapely.union_all(shapes, grid_size=SEAM_MM)
    left, top, right, bottom = whole.bounds
    height = bottom - top
    starts = np.arange(left - height, right, HATCH_MM)
    ways = [(bottom, top), *([(top, bottom)] if crossed else [])]
    slants = shapely.linestrings([((x, y), (x + height, end)) for y, end in ways for x in starts])
    lines = shapely.get_parts(shapely.intersection(slants, whole))
    _stroke(pdf, map(shapely.get_coordinates, lines), RULE, LINE_MM)


def _rings(shapes: Sequence[BaseGeometry]) -> Iterator[Points]:
    for polygon in shapely.get_parts(np.asarray(shapes, dtype=object)):
        yield from map(shapely.get_coordinates, shapely.get_rings(polygon))


def _path(
    pdf: FPDF, lines: Iterable[Points], rule: PathPaintRule, colour: Colour, width: float
) -> None:
    path = PaintedPath()
    path.style.paint_rule = rule
    path.style.auto_close = False
    path.style.stroke_width = width
    path.style.stroke_color = rgb8(*colour)
    path.style.fill_color = rgb8(*colour) if rule is not PathPaintRule.STROKE else None
    empty = True
    for line in lines:
        if len(line) > 1:
            empty = False
            path.move_to(*line[0].tolist())
            for x, y in line[1:].tolist():
                path.line_to(x, y)
    if not empty:
        with pdf.drawing_context() as context:
            context.add_item(path)
