"""Block groups are those of the census, and who lives in them adds up to what the survey found."""

import numpy as np
import pandas as pd
import pytest
import shapely

from geo import areas
from geo.gaps import demand

FRAME = demand.load()
COUNTIES = {"imperial": 179_702, "san_joaquin": 779_233}  # census of 2020
LINES = {  # county line in metres: an independent projection
    "imperial": "EPSG:26911",
    "san_joaquin": "EPSG:26910",
}


def test_there_are_615_block_groups_and_they_sum_to_the_census():
    assert len(FRAME) == FRAME["geoid"].nunique() == 615
    assert FRAME.groupby("county").size().to_dict() == {"imperial": 114, "san_joaquin": 501}
    assert FRAME.groupby("county")["people"].sum().to_dict() == COUNTIES
    assert FRAME["geoid"].str.fullmatch(r"060(25|77)\d{7}").all()
    assert (FRAME["geoid"].str[2:5].map({"025": "imperial", "077": "san_joaquin"})).equals(
        FRAME["county"]
    )


def test_every_centre_is_in_its_county():
    for feature in areas.features("counties"):
        rows = FRAME[FRAME["county"] == feature["properties"]["key"]]
        inside = shapely.contains_xy(
            shapely.geometry.shape(feature["geometry"]), rows["lon"], rows["lat"]
        )
        assert inside.all()


def test_the_index_counts_from_0_and_a_caller_may_change_what_it_got():
    mine = demand.load()
    mine["people"] = 0
    assert list(FRAME.index) == list(range(615))
    assert demand.load().equals(FRAME)


def test_every_zip_and_city_is_one_we_know_in_the_same_county():
    for column, kind in (("zip", "zip"), ("city", "city")):
        for county, name in FRAME[["county", column]].drop_duplicates().itertuples(index=False):
            if name or kind == "zip":
                assert areas.load()[f"{kind}:{name}"].county == county


def test_each_zip_code_holds_about_as_many_as_the_survey_counts_there():
    counted = {row["zip"]: int(row["people"]) for row in areas.rows("zip_people")}
    held = FRAME.groupby("zip")["people"].sum()
    off = sum(abs(held.get(code, 0) - people) for code, people in counted.items())
    assert off / 2 < 0.03 * FRAME["people"].sum()


def test_towns_that_have_one_zip_code_are_in_it():
    for town, code in [("Brawley", "92227"), ("Holtville", "92250"), ("Ripon", "95366")]:
        there = FRAME[FRAME["city"] == town]
        assert there.loc[there["zip"] == code, "people"].sum() > 0.9 * there["people"].sum()


@pytest.mark.parametrize("group", demand.GROUPS)
def test_a_group_is_the_share_of_its_zip_code_and_nan_where_that_has_none(group):
    shares = {row["zip"]: row[group] for row in areas.rows("zip_people")}
    by_hand = [
        people * float(shares[code]) if shares[code] else np.nan
        for people, code in zip(FRAME["people"], FRAME["zip"], strict=True)
    ]
    assert np.allclose(FRAME[group], by_hand, equal_nan=True)


@pytest.mark.parametrize(
    ("county", "group", "survey"),
    [("imperial", "poverty", 0.2131), ("san_joaquin", "poverty", 0.1291)],
)
def test_the_share_of_a_county_is_about_that_of_the_survey(county, group, survey):
    rows = FRAME[FRAME["county"] == county]
    assert rows[group].sum() / rows["people"].sum() == pytest.approx(survey, abs=0.005)


def test_the_survey_counts_only_shares_and_people():
    table = pd.DataFrame(areas.rows("zip_people"))
    shares = table[[*demand.GROUPS]].replace("", np.nan).astype(float)
    assert ((shares >= 0) & (shares <= 1) | shares.isna()).all().all()
    assert (table["people"].astype(int) > 0).all()
    assert table["zip"].is_unique


def test_the_county_line_is_as_far_as_another_projection_measures():
    import geopandas as gpd

    for feature in areas.features("counties"):
        county = feature["properties"]["key"]
        rows = FRAME[FRAME["county"] == county].iloc[::7]
        points = gpd.GeoSeries(gpd.points_from_xy(rows["lon"], rows["lat"]), crs="EPSG:4326")
        line = gpd.GeoSeries([shapely.geometry.shape(feature["geometry"])], crs="EPSG:4326")
        metric = points.to_crs(LINES[county]), line.to_crs(LINES[county]).boundary.iloc[0]
        assert rows["edge_m"].to_numpy() == pytest.approx(
            metric[0].distance(metric[1]).to_numpy(), rel=0.01
        )


def test_cells_fill_each_county_without_gaps_or_overlaps_and_hold_their_centres():
    cells = demand.cells()
    assert list(cells["geoid"]) == list(FRAME["geoid"])
    assert cells.geometry.is_valid.all()
    assert shapely.contains_xy(cells.geometry.to_numpy(), FRAME["lon"], FRAME["lat"]).all()
    for feature in areas.features("counties"):
        whole = shapely.geometry.shape(feature["geometry"])
        rows = (FRAME["county"] == feature["properties"]["key"]).to_numpy()
        parts = cells.geometry.to_numpy()[rows]
        assert shapely.area(parts).sum() == pytest.approx(whole.area, rel=1e-6)
        assert shapely.union_all(parts).symmetric_difference(whole).area < 1e-6 * whole.area


def test_a_cell_is_all_that_is_nearest_to_its_centre():
    cells, dice = demand.cells(), np.random.default_rng(4)
    rows = FRAME[FRAME["county"] == "imperial"]
    across = np.array([np.cos(np.radians(33.04)), 1])
    centres = rows[["lon", "lat"]].to_numpy() * across
    for lon, lat in dice.uniform((-116, 32.7), (-114.8, 33.4), (40, 2)):
        away = np.linalg.norm(centres - np.array([lon, lat]) * across, axis=1)
        if np.diff(np.sort(away)[:2])[0] > 0.001:
            holding = shapely.contains_xy(cells.geometry.to_numpy()[rows.index], lon, lat)
            assert np.flatnonzero(holding).tolist() in ([int(np.argmin(away))], [])
