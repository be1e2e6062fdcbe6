"""A table that is not as wanted is refused: which file and row, what was found, how to mend it."""

import geopandas as gpd
import numpy as np
import pyarrow
import pyarrow.parquet as pq
import pytest
import shapely

from geo.errors import QuestionError
from geo.gaps.nation.tables import AREAS, PIECE, SERVICES, pieces

GOOD = {
    "geoid": ["a", "b", "c"],
    "lat": [37.0, 38.0, 39.0],
    "lon": [-120.0, -121.0, -122.0],
    "people": [1, 2, 0],
}


def written(folder, form=AREAS, **columns):
    """Return the path of a table that is good but for some columns; None leaves one out."""
    path = folder / "areas.parquet"
    table = {name: column for name, column in (GOOD | columns).items() if column is not None}
    pq.write_table(pyarrow.table(table), path)
    return path


def refused(path, form=AREAS):
    with pytest.raises(QuestionError) as error:
        [*pieces(path, form)]
    return str(error.value)


def test_a_good_table_is_read_as_it_was_written(tmp_path):
    (piece,) = pieces(written(tmp_path), AREAS)
    assert piece.name.to_pylist() == ["a", "b", "c"]
    assert piece.points.tolist() == [[37.0, -120.0], [38.0, -121.0], [39.0, -122.0]]
    assert piece.number.tolist() == [1.0, 2.0, 0.0]


def test_numbers_serve_as_names_and_a_service_counts_once_if_nothing_else_is_told(tmp_path):
    (piece,) = pieces(written(tmp_path, geoid=None, people=None, id=[3, 2, 1]), SERVICES)
    assert piece.name.to_pylist() == ["3", "2", "1"]
    assert piece.number.tolist() == [1.0, 1.0, 1.0]


def test_points_of_geoparquet_are_read_the_right_way_round(tmp_path):
    points = gpd.points_from_xy(GOOD["lon"], GOOD["lat"])
    frame = gpd.GeoDataFrame({"geoid": GOOD["geoid"], "people": GOOD["people"]}, geometry=points)
    frame.set_crs(4326).to_parquet(tmp_path / "areas.parquet")
    (piece,) = pieces(tmp_path / "areas.parquet", AREAS)
    assert piece.points.tolist() == [[37.0, -120.0], [38.0, -121.0], [39.0, -122.0]]


def test_a_folder_is_read_in_the_order_of_names_and_a_long_table_in_pieces(tmp_path):
    for number, rows in (("2", 2), ("1", PIECE + 1)):
        names = [f"{number}-{row}" for row in range(rows)]
        table = {"geoid": names, **{name: np.ones(rows) for name in ("lat", "lon", "people")}}
        pq.write_table(pyarrow.table(table), tmp_path / f"{number}.parquet")
    read = [piece.name.to_pylist() for piece in pieces(tmp_path, AREAS)]
    assert [len(names) for names in read] == [PIECE, 1, 2]
    assert [names[0] for names in read] == ["1-0", f"1-{PIECE}", "2-0"]


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        ({"people": None}, "people: found no such column among geoid, lat, lon, wanted it"),
        ({"geoid": None}, "geoid: found no such column among lat, lon, people"),
        ({"lat": None}, "lat and lon: found no such columns among geoid, lon, people"),
        ({"people": [1, None, 2]}, ":2 people: found nothing, wanted a number. Fill it in"),
        ({"people": [1, 2, -3]}, ":3 people: found -3.0, wanted 0 or more. Correct it"),
        ({"people": [1, 2, np.inf]}, ":3 people: found inf, wanted 0 or more."),
        ({"people": ["1", "2", "3"]}, "people: found string, wanted numbers."),
        ({"lat": [None, 1.0, 2.0]}, ":1 lat: found nothing, wanted a number."),
        ({"lat": [1.0, np.nan, 2.0]}, ":2 lat: found nothing, wanted a number."),
        ({"lat": [-120.0, 1.0, 2.0]}, ":1 lat: found -120.0, wanted a latitude, -90 to 90"),
        ({"lon": [1.0, 4_000_000.0, 2.0]}, ":2 lon: found 4000000.0, wanted a longitude"),
        ({"geoid": ["a", None, "c"]}, ":2 geoid: found nothing, wanted a name or number"),
        ({"geoid": [1.0, 2.0, 3.0]}, "geoid: found double, wanted text or whole numbers"),
    ],
    ids=str,
)
def test_what_is_wrong_is_told_with_its_place_and_how_to_mend_it(tmp_path, columns, told):
    message = refused(written(tmp_path, **columns))
    assert message.startswith(str(tmp_path / "areas.parquet"))
    assert told in message and message.endswith((".", "?", "`.", ")."))


def test_the_row_is_that_of_the_file_also_beyond_the_first_piece(tmp_path):
    rows = PIECE + 10
    people = np.ones(rows)
    people[PIECE + 4] = -1
    table = {"geoid": np.arange(rows), "lat": np.ones(rows), "lon": np.ones(rows), "people": people}
    pq.write_table(pyarrow.table(table), tmp_path / "areas.parquet")
    assert f"areas.parquet:{PIECE + 5} people: found -1.0" in refused(tmp_path / "areas.parquet")


@pytest.mark.parametrize("crs", ["EPSG:3857", "EPSG:4269", None])
def test_another_frame_than_degrees_of_wgs_84_is_refused(tmp_path, crs):
    points = gpd.points_from_xy(GOOD["lon"], GOOD["lat"], crs=crs)
    frame = gpd.GeoDataFrame({"geoid": GOOD["geoid"], "people": GOOD["people"]}, geometry=points)
    frame.to_parquet(tmp_path / "areas.parquet")
    wanted = f"found the frame {crs or 'none'}, wanted degrees of WGS 84 (EPSG:4326). Turn it"
    assert wanted in refused(tmp_path / "areas.parquet")


@pytest.mark.parametrize("shape", [shapely.box(0, 0, 1, 1), shapely.Point(), None], ids=str)
def test_a_geometry_that_is_no_point_is_refused(tmp_path, shape):
    shapes = [shapely.Point(1, 1), shape]
    frame = gpd.GeoDataFrame({"geoid": ["a", "b"], "people": [1, 2]}, geometry=shapes, crs=4326)
    frame.to_parquet(tmp_path / "areas.parquet")
    message = refused(tmp_path / "areas.parquet")
    assert "areas.parquet:2 geometry: found" in message and "wanted a point" in message


def test_a_file_that_is_missing_empty_or_no_parquet_is_told(tmp_path):
    assert "areas.parquet cannot be read: No such file" in refused(tmp_path / "areas.parquet")
    assert "holds no file *.parquet" in refused(tmp_path)
    (tmp_path / "areas.parquet").write_text("geoid,lat")
    assert "cannot be read as Parquet" in refused(tmp_path / "areas.parquet")
