"""A memo is one page that says all it was given, in both languages, and reads in grey."""

import gettext
import io
import re
from dataclasses import replace
from datetime import date
from itertools import pairwise

import geopandas as gpd
import numpy as np
import pytest
import shapely
from pypdf import PdfReader

from geo import i18n
from geo.files import clean_text
from geo.gaps import classes
from geo.gaps.memo import drawing, layout
from geo.gaps.memo.layout import MemoError
from tests.support import paper
from tests.support.luminance import luminance

EN, ES = i18n.words("en"), i18n.words("es")
SQUARES = shapely.box([-121.5, -121.4, -121.3, -121.2], 37.8, [-121.4, -121.3, -121.2, -121.1], 38)

MARGIN = 15 * 72 / 25.4  # points


@pytest.fixture
def given():
    """Return a memo of four square cells, one of them not known, with two services and a site."""
    return layout.Memo(
        title="Service gaps: clinics",
        finding="38,212 people (4.9 %) live more than 30 minutes from the nearest clinic.",
        header=["Group", "People", "Beyond"],
        rows=[["Everybody", "779,233", "38,212"], ["Under 18", "210,000", "9,000"]],
        assumptions=["Travel times are estimates.", "The limit is the planner's own."],
        cells=gpd.GeoDataFrame(
            {"class": [0, 2, np.nan, np.nan], "undecided": [False, False, True, False]},
            geometry=SQUARES,
            crs="EPSG:4326",
        ),
        classes=["up to 10", "10 to 30", "more than 30"],
        legend="Minutes to the nearest clinic",
        data_date=date(2026, 11, 20),
        made_on=date(2026, 11, 22),
        points=[(37.9, -121.45), (37.95, -121.25)],
        points_label="Clinic",
        sites=[(37.85, -121.15)],
        sites_label="New site",
    )


class Marked(gettext.NullTranslations):
    """Puts each sentence in angle brackets, so that one which is not translated stands out."""

    def gettext(self, message):
        return f"<{message}>"

    def ngettext(self, one, more, n):
        return f"<{one if n == 1 else more}>"


def read(pdf):
    return PdfReader(io.BytesIO(pdf), strict=True)


def text(pdf):
    (page,) = read(pdf).pages
    return " ".join(page.extract_text().split())


def drawn(pdf):
    return read(pdf).pages[0].get_contents().get_data().decode("latin-1")


def fills(pdf):
    """Return the colours that anything is filled with, from 0 to 255."""
    found = re.findall(r"([\d.]+) ([\d.]+) ([\d.]+) rg", drawn(pdf))
    return {tuple(round(float(part) * 255) for part in colour) for colour in found}


def lightness(colour):
    """Return L* of a colour of sRGB, 0 to 100."""
    return 116 * luminance(colour) ** (1 / 3) - 16


def test_all_that_was_given_stands_on_one_page(given):
    told = text(layout.write(given, EN))
    parts = [given.title, given.finding, *given.header, *np.ravel(given.rows), *given.assumptions]
    parts += [*given.classes, given.legend, given.points_label, given.sites_label]
    parts += ["not known: it may be within the limit or not", "none to reach"]
    assert [part for part in parts if part not in told] == []
    assert "Data of November 20, 2026. Made on November 22, 2026." in told


def test_spanish_is_whole(given):
    finding = "¿Quién queda lejos? Niñas, niños y mayores: ¡según la última cuenta, güeros!"
    pdf = layout.write(replace(given, title="Falta de servicios: clínicas", finding=finding), ES)
    assert finding in text(pdf)
    assert read(pdf).root_object["/Lang"] == "es"
    assert read(pdf).metadata.title == "Falta de servicios: clínicas"
    assert "20 de noviembre de 2026" in text(pdf)


def test_every_word_of_its_own_is_translated(given):
    many = replace(given, rows=given.rows * 100)
    told = text(layout.write(many, i18n.Words("es", Marked())))
    for own in (
        "Assumptions",
        "not known: ",
        "none to reach",
        "miles",
        "more rows are in the CSV file.",
        "Data of",
    ):
        assert re.search(f"<[^<>]*{own}[^<>]*>", told), own


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("“Casa” – l’été…", '"Casa" - l\'été...'),
        ("8\u202fAM\u00a0to\u20099", "8 AM\u00a0to 9"),
        ("≤ 10 → ≥ 30", "<= 10 -> >= 30"),
        ("Ōtsuka Nguyễn", "Otsuka Nguyen"),
        ("ਪੰਜਾਬੀ 🏥", None),
        ("a\x00b\x1bc\u200bd\ne", "abcd e"),
    ],
)
def test_what_the_fonts_lack_is_written_with_what_they_have(given, written, shown):
    if shown is not None:
        assert clean_text.latin(written) == shown
    title, row = f"A {written} Z", [written, written, written]
    assert "Under 18" in text(
        layout.write(replace(given, title=title, rows=[*given.rows, row]), EN)
    )


def test_a_text_that_looks_like_markup_stays_as_it_is(given):
    sly = "**{{7*191}}** <b>__x__</b> (\\) %d $${x}"
    told = text(layout.write(replace(given, title=sly, assumptions=[sly]), EN))
    assert told.count(sly) == 2


def test_what_if_stands_above_the_assumptions_if_there_is_any(given):
    told = " ".join(
        text(layout.write(replace(given, change=["It closes.", "All lose."]), ES)).split()
    )
    assert "¿Y si…? It closes. All lose. Supuestos" in told.replace("...", "…")
    assert "What if?" not in text(layout.write(given, EN))


def test_a_long_table_is_cut_and_says_so(given):
    rows = [[f"Area {number}", "1", "2"] for number in range(1, 301)]
    told = text(layout.write(replace(given, rows=rows), EN))
    shown = [number for number in range(1, 301) if f"Area {number} 1 2" in told]
    assert shown == list(range(1, len(shown) + 1))
    assert len(shown) > 20
    assert f"{300 - len(shown)} more rows are in the CSV file." in told
    assert given.assumptions[-1] in told


def test_a_long_text_is_made_smaller_before_rows_are_cut(given):
    pages = [layout.write(replace(given, rows=given.rows * n), EN) for n in (1, 14)]
    sizes = [set(re.findall(r"/F\d+ ([\d.]+) Tf", drawn(page))) for page in pages]
    assert "10.00" in sizes[0]
    assert "10.00" not in sizes[1]
    assert "more row" not in text(pages[1])


def test_each_class_has_its_shade_and_the_unknown_has_none(given):
    assert set(classes.shades(3)) <= fills(layout.write(given, EN))
    only = replace(given, cells=given.cells[given.cells["class"].isna()], classes=["all"])
    unknown = fills(layout.write(replace(only, points=[], sites=[], sites_label=""), EN))
    assert unknown <= {drawing.PAPER, drawing.INK, *classes.shades(1)}


@pytest.mark.parametrize("number", range(2, layout.MOST_CLASSES + 1))
def test_shades_go_from_light_to_dark_in_steps_that_grey_keeps(number):
    light = [lightness(colour) for colour in classes.shades(number)]
    assert all(one - next_one > 10 for one, next_one in pairwise(light))


def test_the_map_is_true_to_scale_and_fills_its_box(given):
    seen = drawing.view(given.cells, drawing.Box(20, 50, 120, 90))
    corners = seen.place(np.array([(-121.5, 38.0), (-121.1, 37.8)]))
    (left, top), (right, bottom) = corners.tolist()
    assert (left, top) == (20, 50)
    assert right == pytest.approx(140) or bottom == pytest.approx(140)
    assert bottom - top == pytest.approx(seen.height_mm)
    # 0.4 degrees east is 35.1 km here and 0.2 north is 22.2 km (WGS 84).
    assert (right - left) / (bottom - top) == pytest.approx(35.1 / 22.2, rel=0.01)


def test_what_is_out_of_view_is_not_drawn(given):
    circles = [
        drawn(layout.write(replace(given, points=points), EN)).count(" c\n")
        for points in ([(32.7, -115.6)], [(32.8, -115.5)], [(37.9, -121.3)])
    ]
    assert circles[0] == circles[1] < circles[2]
    vague = drawn(layout.write(replace(given, points=[], vague=[(37.9, -121.3)]), EN))
    assert vague.count(" d\n") > drawn(layout.write(replace(given, points=[]), EN)).count(" d\n")


def test_two_counties_are_two_maps_side_by_side(given):
    cells = given.cells.assign(panel=["Imperial", "Imperial", "San Joaquín", "San Joaquín"])
    told = text(layout.write(replace(given, cells=cells), ES))
    assert "Imperial" in told
    assert "San Joaquín" in told
    assert len(re.findall("mil(?:es|las?)", told)) == 2


def test_cells_without_a_shape_are_passed_over_and_without_any_there_is_no_map(given):
    cells = given.cells.copy()
    cells.loc[0, "geometry"] = None
    assert given.legend in text(layout.write(replace(given, cells=cells), EN))
    told = text(layout.write(replace(given, cells=given.cells[:0]), EN))
    assert given.legend not in told
    assert "Everybody" in told


def test_the_same_memo_is_the_same_file(given):
    assert layout.write(given, EN) == layout.write(given, EN)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"rows": [["Everybody", "1"]]}, "has 2 cells, wanted 3"),
        ({"header": ["x"] * 9, "rows": []}, "9 columns, wanted at most 8"),
        ({"classes": []}, "Found 0 classes"),
        ({"classes": ["a", "b"]}, "Found class 2 in the cells, wanted 0 to 1"),
        ({"assumptions": ["It is so."] * 200}, "does not fit on one page"),
    ],
)
def test_what_makes_no_memo_is_refused_in_a_sentence(given, change, sentence):
    with pytest.raises(MemoError, match=sentence):
        layout.write(replace(given, **change), EN)


def test_a_word_too_long_for_the_page_is_broken_within_its_margins(given):
    long = replace(
        given,
        title=paper.LONG[:300],
        finding=paper.LONG[:300],
        header=["Group", paper.LONG[:40], "Beyond"],
        rows=[[paper.LONG[:200], "779,233", "38,212"]],
        assumptions=[paper.LONG],
        legend=paper.LONG[:100],
        points_label=paper.LONG[:100],
        classes=[paper.LONG[:60], "10 to 30", "more than 30"],
    )
    (page,) = read(layout.write(long, EN)).pages
    ends = paper.right_ends(page)
    assert len(ends) > 20
    assert max(ends) <= float(page.mediabox.width) - MARGIN + 0.1
