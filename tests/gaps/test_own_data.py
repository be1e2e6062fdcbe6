"""A planner's own places, people and districts count as counting by hand says, or are refused."""

import json
import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo import i18n
from geo.catalogue import records
from geo.errors import GeoError, QuestionError
from geo.gaps import compare, demand, export, on_map, own_data, sentences
from geo.gaps.answer import vary, work_out
from geo.gaps.classes import shade
from geo.gaps.own_data import Own
from geo.gaps.question import Question
from geo.hours import rules
from geo.travel import engines
from tests.gaps.test_answer import AREAS, PLACES, TUESDAY, located, place

EN = i18n.words("en")
FOOD = Question("food", "imperial", "miles", 5)
YUMA = (32.69, -114.62)  # beyond the line of Imperial County
BOX = [[-116, 32.7], [-115.5, 32.7], [-115.5, 33.4], [-116, 33.4], [-116, 32.7]]


def own(**files):
    """Return what is read of files by their name, each as text."""
    fields = {}
    for name, text in files.items():
        fields |= own_data.READ[name](text.encode())
    return Own(**fields)


def districts(*features):
    return json.dumps({"type": "FeatureCollection", "features": features})


def district(rings, kind="Polygon", **properties):
    shape = {"type": kind, "coordinates": rings}
    return {"type": "Feature", "geometry": shape, "properties": properties}


def miles(lat, lon, spot):
    """Return 1.3 times the straight line in miles, by the law of cosines."""
    (a, b), (c, d) = ((math.radians(x) for x in pair) for pair in ((lat, lon), spot))
    cosine = math.sin(a) * math.sin(c) + math.cos(a) * math.cos(c) * math.cos(b - d)
    return 1.3 * 6_371_008.8 * math.acos(min(1, cosine)) / 1609.344


def test_own_sites_count_beside_the_list_or_alone_also_beyond_the_line():
    mine = own(sites="name,lat,lon\nYuma,32.69,-114.62\n")
    listed, both = work_out(PLACES, AREAS, FOOD), work_out(PLACES, AREAS, FOOD, own=mine)
    alone = work_out(PLACES, AREAS, FOOD, own=replace(mine, only=True))
    people = both.areas["people"].to_numpy()
    to_yuma = np.array([miles(*at, YUMA) for at in both.areas[["lat", "lon"]].to_numpy()])
    nearest = np.fmin(listed.areas["miles_1"], to_yuma)
    assert both.areas["miles_1"].to_numpy() == pytest.approx(nearest.to_numpy(), abs=1e-6)
    assert both.people_within == people[nearest <= 5].sum() > listed.people_within
    assert alone.people_within == people[to_yuma <= 5].sum() > 0
    assert len(alone.services) == 1 and len(both.services) == len(listed.services) + 1
    assert any("Places of your own file, counted too: 1." in note for note in notes(both))


def notes(answer):
    return [*sentences.notes(answer, EN)]


def test_own_sites_stand_in_every_county_they_are_asked_about():
    mine = own(sites="lat,lon\n32.69,-114.62\n")
    for county in ("", *records.COUNTIES):
        answer = work_out(PLACES, AREAS, replace(FOOD, county=county), own=mine)
        assert answer.areas["miles_3"].notna().all()
        assert answer.services["own"].sum() == 1


def test_a_capacity_shares_out_what_there_is_and_what_has_none_is_left_out():
    """E2SFCA by two loops: 40 beds at one place, 10 at another, none known of the list's third."""
    places = located(
        place("aaaaaa", 33.0, -115.5), place("bbbbbb", 32.8, -115.5), place("cccccc", 32.7, -115.4)
    )
    mine = own(sites="id,name,lat,lon,capacity\naaaaaa,,,,40\n,Mine,32.9,-115.5,10\n")
    answer = work_out(places, AREAS, Question("clinic", "imperial"), own=mine)
    spots, supply = [(33.0, -115.5), (32.9, -115.5)], [40, 10]
    points = answer.areas[["lat", "lon"]].to_numpy()
    minutes = engines.minutes(points, spots).minutes
    people = answer.areas["people"].tolist()

    def weight(far):
        return 1 if far <= 10 else 0.68 if far <= 20 else 0.22 if far <= 30 else 0

    expected = [0.0] * len(people)
    for service, beds in enumerate(supply):
        near = [weight(far) for far in minutes[:, service]]
        shared = sum(n * w for n, w in zip(people, near, strict=True))
        expected = [e + beds / shared * w for e, w in zip(expected, near, strict=True)]
    assert answer.access == pytest.approx(expected)
    assert answer.access @ answer.areas["people"] == pytest.approx(50)
    assert "of 2 of 4 places" in " ".join(notes(answer))
    assert "average: capacity of" in shade(answer, "access", EN).title


def test_the_list_alone_counts_each_place_as_one():
    answer = work_out(PLACES, AREAS, Question("food", "imperial"))
    assert not answer.by_capacity
    assert "places for 100,000 people" in shade(answer, "access", EN).title


def test_only_own_sites_keeps_the_listed_ones_that_the_file_names():
    listed = work_out(PLACES, AREAS, FOOD).services
    mine = own(sites=f"id,capacity\n{listed['id'].iloc[2]},7\n")
    answer = work_out(PLACES, AREAS, FOOD, own=replace(mine, only=True))
    assert answer.services["id"].tolist() == [listed["id"].iloc[2]]
    assert answer.services["capacity"].tolist() == [7.0]


def test_own_people_are_counted_where_they_are_and_no_law_is_judged():
    one, two = AREAS[AREAS["county"] == "imperial"].iloc[[0, 50]].to_dict("records")
    rows = [(one["lat"], one["lon"], 3), (one["lat"], one["lon"] + 0.002, 1), (34.05, -118.24, 9)]
    rows.append((two["lat"], two["lon"], 5))
    text = "lat,lon,people\n" + "\n".join(",".join(map(str, row)) for row in rows)
    answer = work_out(PLACES, AREAS, Question("clinic", "imperial"), own=own(people=text))
    here = answer.areas[answer.areas["people"] > 0].set_index("geoid")
    assert here["people"].to_dict() == {one["geoid"]: 4, two["geoid"]: 5}
    assert here.at[one["geoid"], "lon"] == pytest.approx(one["lon"] + 0.0005)
    assert (answer.people, answer.own.outside, answer.verdicts) == (9, 1, ())
    assert answer.tables["group"].index.tolist() == ["everyone"]
    assert {"Points of your file in neither county, not counted: 1."} <= {*notes(answer)}
    assert "no law is judged" in next(sentences.laws(answer, EN))
    assert "People: your own file." in next(sentences.method(answer, EN))


def test_a_point_without_a_number_is_one_person():
    mine = own(people="lat,lon\n32.79,-115.56\n32.79,-115.56\n")
    assert work_out(PLACES, AREAS, FOOD, own=mine).people == 2


def test_districts_sum_the_block_groups_whose_centers_they_hold():
    box = district([BOX], name="West")
    answer = work_out(PLACES, AREAS, FOOD, own=own(districts=districts(box)))
    inside = answer.areas["lon"].between(-116, -115.5) & answer.areas["lat"].between(32.7, 33.4)
    table = answer.tables["district"]
    assert table["people"].to_dict() == {
        "": answer.areas.loc[~inside, "people"].sum(),
        "West": answer.areas.loc[inside, "people"].sum(),
    }
    beyond = answer.areas[inside & ~answer.areas["within"]]
    assert table.at["West", "people_beyond"] == beyond["people"].sum() > 0
    assert answer.tables["city"].equals(work_out(PLACES, AREAS, FOOD).tables["city"])
    assert set(export.as_table(answer)["district"]) == {"", "West"}
    assert "district" not in export.as_table(work_out(PLACES, AREAS, FOOD))


def test_the_first_of_two_districts_has_what_both_hold_and_a_hole_is_not_inside():
    hole = [[-115.9, 32.75], [-115.55, 32.75], [-115.55, 33.3], [-115.9, 33.3], [-115.9, 32.75]]
    ring, whole = district([BOX, hole], name="Ring"), district([[BOX]], "MultiPolygon")
    answer = work_out(PLACES, AREAS, FOOD, own=own(districts=districts(ring, whole)))
    areas = answer.areas
    in_hole = areas["lon"].between(-115.9, -115.55) & areas["lat"].between(32.75, 33.3)
    assert set(areas.loc[in_hole, "district"]) == {"2"}
    assert "Ring" in set(areas["district"])


def test_own_hours_decide_at_an_hour_and_are_in_no_cache_of_all_readers():
    told = "Mo-Fr 09:07-17:13"
    mine = own(sites=f"name,lat,lon,hours\nA,32.79,-115.56,{told}\nB,32.8,-115.5,\n")
    before = rules.parse.cache_info().misses
    for moment, opening in ((TUESDAY, "open"), (TUESDAY.replace(hour=20), "closed")):
        answer = work_out(PLACES, AREAS, replace(FOOD, hour=moment), own=replace(mine, only=True))
        assert answer.services["opening"].tolist() == [opening, "unknown"]
    assert rules.parse.cache_info().misses == before


def test_a_choice_of_entries_leaves_own_sites_in():
    mine = own(sites="lat,lon\n32.79,-115.56\n")
    question = replace(FOOD, trust=frozenset({"official", "placed"}))
    assert work_out(PLACES, AREAS, question, own=mine).services["own"].sum() == 1


def test_variations_and_comparisons_keep_the_own_data():
    mine = own(sites="lat,lon\n32.69,-114.62\n")
    answer = work_out(PLACES, AREAS, FOOD, own=mine)
    assert vary(PLACES, AREAS, answer).at["asked", "services"] == len(answer.services)
    without = work_out(PLACES, AREAS, FOOD)
    table = compare.by_group(without, answer)
    assert table.at["everyone", "change_most"] < 0
    people = work_out(PLACES, AREAS, FOOD, own=own(people="lat,lon\n32.79,-115.56\n"))
    with pytest.raises(QuestionError, match="about the same people"):
        compare.by_group(without, people)


def test_the_map_names_no_place_of_the_list_for_an_own_site():
    mine = own(sites="lat,lon\n32.69,-114.62\n")
    answer = work_out(PLACES, AREAS, FOOD, own=replace(mine, only=True))
    told = on_map.classes_and_shares(answer, shade(answer, "1", EN))
    asked = [to for to, kind in zip(told["to"], told["kinds"], strict=True) if kind != "-"]
    assert {*asked} == {on_map.OWN}


def test_every_file_says_what_of_the_own_data_it_holds():
    answer = work_out(PLACES, AREAS, FOOD, own=own(sites="lat,lon\n32.69,-114.62\n"))
    assert export.as_json(answer)["own"] == "1 own sites"
    assert set(export.as_table(answer)["question"]) == {f"{FOOD.told}, 1 own sites"}
    assert answer.file_name == f"{FOOD.file_name}-own-data"
    assert "With data of your own: 1 own sites." in [*export.as_lines(answer)]
    assert export.as_json(work_out(PLACES, AREAS, FOOD))["own"] is None


def test_access_of_a_town_is_that_of_its_people_on_average():
    answer = work_out(PLACES, AREAS, Question("food", "imperial"))
    table = export.as_table(answer)
    for city, found in export.access_by(answer, "city").items():
        rows = table[table["city"] == city]
        expected = np.average(rows["access"], weights=rows["people"])
        assert found == pytest.approx(expected, abs=0.001)


REFUSED = {
    "a capacity of words": ("sites", "lat,lon,capacity\n33,-115,secret\n", "Point 1, capacity"),
    "a capacity below 0": ("sites", "lat,lon,capacity\n33,-115,-4\n", "Point 1, capacity"),
    "hours": ("sites", "lat,lon,hours\n33,-115,secret\n", "Point 1, hours: wanted them as"),
    "long hours": ("sites", f"lat,lon,hours\n33,-115,{'Mo;' * 99}\n", "Point 1, hours"),
    "no point and no id": ("sites", "id,lat,lon\n,,\n", "Point 1: wanted degrees"),
    "half people": ("people", "lat,lon,people\n33,-115,1.5\n", "Point 1, people: wanted a whole"),
    "people elsewhere": ("people", "lat,lon\n34.05,-118.24\n", "None of these points"),
    "no people": ("people", "lat,lon\n", "Found 0 points"),
    "a list": ("districts", "[]", "cannot be read as districts"),
    "csv": ("districts", "name,lat,lon\n", "cannot be read as districts"),
    "deep": ("districts", '{"features":' + "[" * 100_000, "cannot be read as districts"),
    "none": ("districts", districts(), "Found 0 districts"),
    "many": ("districts", districts(*[1] * 201), "Found 201 districts"),
    "a point": ("districts", districts(district([-115, 33], "Point")), "District 1: wanted"),
    "swapped": ("districts", districts(district([[[33, -115]] * 4])), "District 1: wanted"),
    "two corners": ("districts", districts(district([BOX[:2]])), "District 1: wanted"),
    "flat": ("districts", districts(district([[BOX[0], BOX[1], BOX[0], BOX[0]]])), "District 1"),
    "words": ("districts", districts(district([[["secret", "a"]] * 4])), "District 1: wanted"),
    "endless": (
        "districts",
        districts(district([BOX])).replace("33.4", "1e999"),
        "District 1: wanted",
    ),
    "too large": ("districts", " " * 1_000_001, "wanted at most 1000000"),
}


@pytest.mark.parametrize(("kind", "text", "told"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_counted_is_refused_and_not_repeated(kind, text, told):
    with pytest.raises(QuestionError, match=told) as caught:
        own(**{kind: text})
    assert "secret" not in str(caught.value)


def test_an_id_that_is_not_on_the_list_is_refused():
    with pytest.raises(QuestionError, match="Point 2, id: no entry of the list") as caught:
        mine = own(sites="id,lat,lon\n,33,-115\nsecret,,\n")
        work_out(PLACES, AREAS, FOOD, own=mine)
    assert "secret" not in str(caught.value)


def test_a_private_place_gets_no_point_by_a_capacity():
    hidden = place("zzzzzz", "", "", location_policy="area_only", location_precision="none")
    places = located(place("aaaaaa", 33.0, -115.5), hidden)
    mine = own(sites="id,capacity\nzzzzzz,12\naaaaaa,3\n")
    answer = work_out(places, AREAS, Question("clinic", "imperial"), own=mine)
    assert answer.services["id"].tolist() == ["aaaaaa"]
    assert answer.left_out == 1


def test_a_polygon_that_crosses_itself_holds_what_its_two_halves_hold():
    bow = [[-116, 32.7], [-115, 33.4], [-115, 32.7], [-116, 33.4], [-116, 32.7]]
    answer = work_out(PLACES, AREAS, FOOD, own=own(districts=districts(district([bow], name="B"))))
    for area in answer.areas.to_dict("records"):
        x, y = (area["lon"] + 116) / 1.0, (area["lat"] - 32.7) / 0.7
        if 0 < x < 1 and 0 < y < 1 and abs(abs(y - 0.5) - abs(x - 0.5)) > 0.01:
            assert (area["district"] == "B") == (abs(y - 0.5) < abs(x - 0.5))


@settings(max_examples=60)
@given(
    st.sampled_from(["sites", "people", "districts"]),
    st.binary(max_size=60)
    | st.text(max_size=60).map(lambda x: ("lat,lon,capacity,hours,id\n" + x).encode())
    | st.recursive(
        st.none() | st.floats() | st.text(max_size=4),
        lambda x: st.lists(x, max_size=4) | st.dictionaries(st.text(max_size=4), x, max_size=3),
        max_leaves=8,
    ).map(lambda x: json.dumps({"features": [{"geometry": x}, x]}).encode()),
)
def test_no_bytes_at_all_raise_anything_but_a_sentence(kind, content):
    try:
        own_data.READ[kind](content)
    except GeoError as error:
        assert str(error)


def test_points_of_ones_own_are_told_to_no_server(monkeypatch):
    asked = []
    minutes = engines.minutes

    def watched(*arguments, **more):
        asked.append(more.get("public", arguments[5] if len(arguments) > 5 else False))
        return minutes(*arguments, **more)

    monkeypatch.setattr(engines, "minutes", watched)
    work_out(PLACES, AREAS, FOOD, own=own(sites="lat,lon\n32.69,-114.62\n"))
    work_out(PLACES, AREAS, FOOD, own=own(people="lat,lon\n32.79,-115.56\n"))
    assert asked == [False, False]
    work_out(PLACES, AREAS, FOOD)
    assert asked[2:] == [True]


def test_counties_of_points_are_those_of_the_block_groups():
    points = demand.load()[["lat", "lon"]].to_numpy()
    assert demand.county_of(points).tolist() == demand.load()["county"].tolist()
