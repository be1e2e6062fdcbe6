"""The answer to a planner's question is what counting by hand gives, and says how sure it is."""

import csv
import io
import json
import math
import re
from dataclasses import replace
from datetime import date, datetime

import pandas as pd
import pytest

from geo import i18n, sphere
from geo.catalogue import records
from geo.catalogue.keeper import load_catalogue
from geo.catalogue.places import locate
from geo.clock import TIMEZONE
from geo.errors import CoordinateError, GeoError, HoursError, QuestionError
from geo.gaps import demand, export, standards
from geo.gaps.answer import vary, work_out
from geo.gaps.question import TRUSTS, Question
from geo.settings import DATA
from geo.travel import engines

TUESDAY = datetime(2026, 11, 24, 10, tzinfo=TIMEZONE)
SUNDAY = datetime(2026, 11, 22, 3, tzinfo=TIMEZONE)
PLACES = load_catalogue(DATA / "services.csv", date(2026, 11, 22))
AREAS = demand.load()
BLANK = dict.fromkeys(records.COLUMNS, "")


def place(identity, lat, lon, **cells):
    """Return a row of a catalogue: a clinic of Imperial County, unless `cells` say otherwise."""
    return BLANK | {
        "id": identity,
        "name": "A clinic",
        "service_types": "clinic",
        "county": "imperial",
        "counties_served": "imperial",
        "latitude": str(lat),
        "longitude": str(lon),
        "location_precision": "exact",
        "location_policy": "public",
        "status": "open",
        "confidence": "high",
        **cells,
    }


def located(*rows):
    return locate(pd.DataFrame(rows, columns=list(records.COLUMNS), dtype=str))


# Four block groups on one parallel, 0.1 degrees (about 9.35 km, 7.55 miles of way) apart.
FOUR = AREAS[AREAS["county"] == "imperial"].head(4).reset_index(drop=True)
FOUR = FOUR.assign(
    lat=33.0,
    lon=[-115.5, -115.4, -115.3, -115.2],
    people=[1000, 200, 30, 4],
    edge_m=[1e6, 1e6, 1e6, 100.0],
    city=["Brawley", "Brawley", "", ""],
    zip="92227",
    poverty=[100.0, 50.0, math.nan, math.nan],
)
STEP = 1.3 * sphere.great_circle_m((33.0, -115.5), [(33.0, -115.4)])[0] / sphere.METRES_A_MILE
WEST, EAST = place("westaa", 33.0, -115.5), place("eastaa", 33.0, -115.3)


def miles(threshold, **more):
    return Question("clinic", "imperial", "miles", threshold, **more)


def test_a_case_worked_by_hand():
    found = work_out(located(WEST, EAST), FOUR, miles(5))
    assert (found.people, found.people_within) == (1234, 1030)
    assert found.share_beyond == pytest.approx(204 / 1234)
    assert found.areas["miles_1"].to_numpy() == pytest.approx([0, STEP, 0, STEP], abs=1e-6)
    assert found.areas["miles_2"].to_numpy() == pytest.approx([2 * STEP, STEP, 2 * STEP, 3 * STEP])
    assert found.areas["miles_3"].isna().all()
    assert found.areas["within"].tolist() == [True, False, True, False]
    assert found.areas["place"].iloc[[0, 2, 3]].tolist() == [0, 1, 1]
    assert found.areas["edge"].tolist() == [False, False, False, True]
    assert found.services["people_nearest"].tolist() == [1000, 30]
    assert found.services["people_alone"].tolist() == [1000, 30]
    for end in ("", "_best", "_worst"):
        assert found.steps[end].loc[10].tolist() == [1234, 200, 0]
        assert found.steps[end].loc[5].tolist() == [1030, 0, 0]
    assert found.spread.mean == pytest.approx((200 + 4) * STEP / 1234)
    assert (found.engine, found.estimate) == ("crow", True)


def test_tables_count_by_county_city_zip_and_group():
    tables = work_out(located(WEST, EAST), FOUR, miles(5)).tables
    columns = ["people", "people_within", "people_beyond"]
    for table in tables.values():
        for figure in ("people_beyond", "share_beyond", "median", "p90"):
            assert table[f"{figure}_best"].equals(table[figure])
            assert table[f"{figure}_worst"].equals(table[figure])
    assert tables["county"][columns].to_dict("index") == {
        "imperial": {"people": 1234, "people_within": 1030, "people_beyond": 204}
    }
    assert tables["city"].loc["Brawley", columns].tolist() == [1200, 1000, 200]
    assert tables["city"].loc["", columns].tolist() == [34, 30, 4]
    assert tables["zip"].loc["92227", "share_beyond"] == pytest.approx(204 / 1234)
    group = tables["group"].loc["poverty"]
    assert group[columns].tolist() == [150, 100, 50]
    assert group["known"] == pytest.approx(1200 / 1234)
    assert tables["group"].loc["everyone", "people"] == 1234


@pytest.mark.parametrize(
    "cells",
    [
        {"status": "paused"},
        {"service_types": "clinic;hotline"},
        {"service_types": "food"},
        {"location_policy": "area_only"},
        {"location_policy": "none"},
        {"latitude": "", "longitude": "", "location_precision": "none"},
        {"county": "san_joaquin", "counties_served": "san_joaquin"},
    ],
    ids=str,
)
def test_what_is_paused_a_line_of_another_type_not_public_or_for_others_never_counts(cells):
    hidden = place("hidden", 33.0, -115.4, **cells)
    found = work_out(located(WEST, hidden, EAST), FOUR, miles(5))
    assert found.services["id"].tolist() == ["westaa", "eastaa"]
    assert found.people_within == 1030
    with pytest.raises(QuestionError, match="No entry of this type has a public place"):
        work_out(located(hidden), FOUR, miles(5))


def test_entries_without_a_public_place_are_told():
    hidden = place("hidden", "", "", location_precision="none")
    assert work_out(located(WEST, hidden), FOUR, miles(5)).left_out == 1


def test_a_service_elsewhere_that_serves_the_county_counts():
    there = place("tthere", 33.0, -115.4, county="outside", counties_served="san_joaquin;imperial")
    assert work_out(located(there), FOUR, miles(5)).people_within == 200


def test_a_disc_counts_by_its_middle_and_is_flagged():
    somewhere = place("somewh", "", "", location_precision="city", city="Brawley", zip="92227")
    found = work_out(located(WEST, somewhere), FOUR, miles(5))
    assert found.services["approximate"].tolist() == [False, True]
    middle = located(somewhere).loc[0, ["lat", "lon"]].tolist()
    away = 1.3 * sphere.great_circle_m((33.0, -115.5), [middle])[0] / sphere.METRES_A_MILE
    assert found.areas.loc[0, "miles_2"] == pytest.approx(away)
    assert found.areas["approximate"].tolist() == (found.areas["place"] == 1).tolist()
    exact = work_out(located(WEST, somewhere), FOUR, miles(5, trust=frozenset({"placed"})))
    assert exact.services["id"].tolist() == ["westaa"]


def test_at_an_hour_only_what_is_known_to_be_open_counts_and_the_rest_is_a_band():
    opened = place("openaa", 33.0, -115.5, hours="Mo-Fr 08:00-17:00")
    unknown = place("unknow", 33.0, -115.4)
    shut = place("shutaa", 33.0, -115.3, hours="Sa 08:00-17:00")
    asked = work_out(located(opened, unknown, shut), FOUR, miles(5, hour=TUESDAY))
    assert asked.services["opening"].tolist() == ["open", "unknown", "closed"]
    assert asked.services["counted"].tolist() == [True, False, False]
    assert asked.people_within == asked.worst.people_within == 1000
    assert asked.best.people_within == 1200
    assert asked.areas["within_best"].tolist() == [True, True, False, False]
    night = work_out(located(opened, unknown, shut), FOUR, miles(5, hour=SUNDAY))
    assert (night.people_within, night.best.people_within) == (0, 200)
    assert night.areas["miles_1"].isna().all() and night.areas["edge"].all()
    assert (night.areas["place"] == -1).all()
    assert night.spread.people_unreached == 1234


def test_without_an_hour_best_and_worst_are_the_same():
    found = work_out(located(WEST, EAST), FOUR, miles(5))
    assert found.best == found.worst


@pytest.mark.parametrize(
    ("trust", "kept"),
    [(["official"], ["high"]), (["verified"], ["checkd"])],
    ids=str,
)
def test_trust_leaves_entries_out(trust, kept):
    high = place("high", 33.0, -115.5)
    checked = place("checkd", 33.0, -115.4, confidence="medium", verified_on="2026-10-01")
    found = work_out(located(high, checked), FOUR, miles(5, trust=frozenset(trust)))
    assert found.services["id"].tolist() == kept
    assert found.people_within == {"high": 1000, "checkd": 200}["".join(kept)]


def test_of_no_entry_at_all_nothing_is_said():
    with pytest.raises(QuestionError, match="No entry of this type is of the kind you chose"):
        work_out(located(WEST), FOUR, miles(5, trust=frozenset({"verified"})))


def test_it_hangs_on_the_record_that_most_people_have_alone():
    twin = place("twinaa", 33.0, -115.5)
    far = place("faraaa", 33.0, -115.3, source_date="2019")
    found = work_out(located(WEST, twin, far), FOUR, miles(5))
    assert found.hangs_on["id"].tolist() == ["faraaa"]
    assert found.hangs_on["people_alone"].tolist() == [30]
    assert found.hangs_on["source_date"].tolist() == ["2019"]


def test_slower_is_never_nearer_and_minutes_grow_by_a_quarter():
    usual = work_out(PLACES, AREAS, Question("hospital"))
    slow = work_out(PLACES, AREAS, Question("hospital", speed=0.8))
    assert slow.areas["minutes_1"].to_numpy() == pytest.approx(
        usual.areas["minutes_1"].to_numpy() * 1.25
    )
    assert slow.areas["miles_1"].equals(usual.areas["miles_1"])


def test_vary_tells_what_changes():
    asked = Question("hospital", "imperial", threshold=10)
    table = vary(PLACES, AREAS, work_out(PLACES, AREAS, asked))
    assert list(table.index) == ["asked", "placed", "official", "slower", "faster"]  # none verified
    assert table.loc["asked", "change"] == 0
    assert table.loc["slower", "change"] <= 0 <= table.loc["faster", "change"]
    slower = work_out(PLACES, AREAS, Question("hospital", "imperial", threshold=10, speed=0.8))
    assert table.loc["slower", "people_within"] == slower.people_within


@pytest.mark.parametrize("trust", [frozenset(), frozenset({"placed"})], ids=["any", "placed"])
def test_to_vary_an_answer_asks_no_engine_again_and_tells_what_asking_would(trust, monkeypatch):
    asked = Question("clinic", threshold=12, trust=trust)
    answer = work_out(PLACES, AREAS, asked)
    afresh = {
        **{name: replace(asked, trust=trust | {name}) for name in TRUSTS if name not in trust},
        "slower": replace(asked, speed=0.8),
        "faster": replace(asked, speed=1.2),
    }
    del afresh["verified"]  # there is none
    answers = {name: work_out(PLACES, AREAS, other) for name, other in afresh.items()}
    monkeypatch.setattr(engines, "minutes", lambda *_, **__: pytest.fail("an engine was asked"))
    table = vary(PLACES, AREAS, answer)
    assert [*table.index] == ["asked", *answers]
    for name, other in answers.items():
        assert table.loc[name, "people_within"] == other.people_within
        assert table.loc[name, "services"] == other.services["counted"].sum()
        assert table.loc[name, "people_beyond_worst"] == other.worst.people_beyond
        assert table.loc[name, "people_beyond_best"] == other.best.people_beyond


def test_miles_do_not_hang_on_speed_but_on_the_detour():
    found = work_out(located(WEST), FOUR, miles(7.3))
    table = vary(located(WEST), FOUR, found)
    assert list(table.index) == ["asked", "placed", "official", "straighter", "winding"]
    # One step is 1.3 x 5.81 = 7.55 miles, so 6.97 at 1.2 and 8.13 at 1.4.
    assert table.loc[["asked", "straighter", "winding"], "people_within"].tolist() == [
        1000,
        1200,
        1000,
    ]
    wide = vary(located(WEST), FOUR, work_out(located(WEST), FOUR, miles(7.8)))
    assert wide["people_within"].tolist()[-3:] == [1200, 1200, 1000]


def naive(question):
    """Return for each block group the sorted minutes and miles to the services, loop by loop."""
    usable = [
        row
        for row in PLACES.itertuples()
        if question.type in row.types
        and "hotline" not in row.types
        and row.status == "open"
        and row.location_policy == "public"
        and not math.isnan(row.lat)
    ]
    rows = {}
    for area in AREAS.itertuples():
        if question.county in ("", area.county):
            near = [
                engines.minutes([(area.lat, area.lon)], [(row.lat, row.lon)])
                for row in usable
                if area.county in (row.county, *row.serves)
            ]
            rows[area.geoid] = (
                area.people,
                sorted(way.minutes[0, 0] for way in near),
                sorted(way.metres[0, 0] / 1609.344 for way in near),
            )
    return rows


@pytest.mark.parametrize(
    "question",
    [
        Question("hospital", "imperial", "miles", 15),
        Question("clinic", "imperial", threshold=10),
        Question("immigration", threshold=20),
    ],
    ids=lambda question: question.type,
)
def test_the_real_catalogue_gives_what_a_loop_gives(question):
    found, wanted = work_out(PLACES, AREAS, question), naive(question)
    assert found.areas["geoid"].tolist() == list(wanted)
    for row in found.areas.itertuples():
        people, minutes, far = wanted[row.geoid]
        padded = [(each + [math.nan] * 3)[:3] for each in (minutes, far)]
        assert row.people == people
        assert [row.minutes_1, row.minutes_2, row.minutes_3] == pytest.approx(
            padded[0], nan_ok=True
        )
        assert [row.miles_1, row.miles_2, row.miles_3] == pytest.approx(padded[1], nan_ok=True)
    within = sum(
        people
        for people, *near in wanted.values()
        if min(near[question.measure == "miles"]) <= question.threshold
    )
    everyone = sum(people for people, *_ in wanted.values())
    assert (found.people, found.people_within) == (everyone, within)
    assert found.share_beyond == pytest.approx(1 - within / everyone)


@pytest.mark.parametrize(
    "more",
    [{}, {"hour": SUNDAY}, {"speed": 0.5}, {"mode": "walking"}, {"trust": frozenset({"placed"})}],
    ids=str,
)
def test_a_law_is_worked_out_on_all_entries_at_any_hour_and_usual_speed(more):
    (law,) = standards.about("hospital", ["imperial"])
    usual = work_out(PLACES, AREAS, Question("hospital", "imperial"))
    met = (usual.areas["miles_1"] <= law.miles) | (usual.areas["minutes_1"] <= law.minutes)
    people = usual.areas.loc[met, "people"].sum()
    assert 0 < people < usual.people
    found = work_out(PLACES, AREAS, Question("hospital", "imperial", **more))
    (verdict,) = found.verdicts
    assert (verdict.people, verdict.people_met_least, verdict.people_met_most) == (
        usual.people,
        people,
        people,
    )
    assert found.areas["met"].tolist() == met.map({True: "yes", False: "no"}).tolist()


def test_a_law_of_one_county_is_judged_there_alone():
    (verdict,) = work_out(PLACES, AREAS, Question("mental_health")).verdicts
    assert verdict.people == 779_233
    assert not work_out(PLACES, AREAS, Question("mental_health", "imperial")).verdicts


def test_without_a_standard_none_is_met_and_none_missed():
    found = work_out(PLACES, AREAS, Question("food"))
    assert found.verdicts == () and set(found.areas["met"]) == {""}


@pytest.mark.parametrize("kind", records.PLACE_TYPES)
@pytest.mark.parametrize("county", ["", *records.COUNTIES])
def test_every_type_in_every_county_is_answered_or_told_to_be_missing(kind, county):
    try:
        found = work_out(PLACES, AREAS, Question(kind, county))
    except QuestionError as error:
        assert "No entry of this type has a public place" in str(error)
        return
    assert 0 <= found.people_within <= found.people
    for table in found.tables.values():
        assert (table["people_within"] <= table["people"] + 1e-6).all()
        assert ((table["share_beyond"] > -1e-9) & (table["share_beyond"] <= 1)).all()
    for name in ("county", "city", "zip"):
        assert found.tables[name]["people"].sum() == found.people
        assert found.tables[name]["people_within"].sum() == found.people_within


def test_access_shares_out_every_service_that_anyone_reaches():
    found = work_out(PLACES, AREAS, Question("clinic"))
    reached = (found.ways.minutes <= 30).any(axis=0)
    assert found.access @ found.areas["people"] == pytest.approx(reached.sum())


def test_what_is_asked_changes_neither_the_places_nor_the_areas():
    places, areas = PLACES.copy(), AREAS.copy()
    work_out(PLACES, AREAS, Question("clinic", hour=TUESDAY))
    assert PLACES.equals(places) and AREAS.equals(areas)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"type": "spa"}, "type: found 'spa', wanted one of clinic, hospital"),
        ({"type": "hotline"}, "Lines to call have no place to go to"),
        ({"county": "kern"}, "county: found 'kern', wanted one of imperial, san_joaquin"),
        ({"measure": "furlongs"}, "measure: found 'furlongs', wanted one of minutes, miles"),
        ({"threshold": 0}, "Found 0"),
        ({"threshold": -5}, "Found -5"),
        ({"threshold": math.nan}, "Found nan"),
        ({"trust": frozenset({"hope"})}, "only: found 'hope', wanted one of placed"),
        ({"hour": datetime(1600, 1, 1, tzinfo=TIMEZONE)}, "Found the year 1600"),
    ],
    ids=str,
)
def test_what_cannot_be_asked_is_refused_with_what_can(asked, told):
    with pytest.raises(QuestionError, match=told):
        Question(**{"type": "clinic"} | asked)


@pytest.mark.parametrize(
    ("areas", "error", "told"),
    [
        (FOUR.assign(people=-1), QuestionError, "Area 1 of 4: found -1.0 people"),
        (FOUR.assign(people=0), QuestionError, "Nobody lives"),
        (FOUR.head(0), QuestionError, "Nobody lives"),
        (FOUR.assign(lat=math.nan), CoordinateError, "Point 1 of 4"),
    ],
    ids=["no such number", "nobody", "no areas", "no point"],
)
def test_areas_without_people_or_a_point_are_refused(areas, error, told):
    with pytest.raises(error, match=told):
        work_out(located(WEST), areas, miles(5))


def test_what_cannot_be_asked_is_told_in_the_language_of_the_reader():
    with pytest.raises(QuestionError) as caught:
        Question("clinic", threshold=-5)
    assert caught.value.told(i18n.words("en")) == str(caught.value)
    assert caught.value.told("{found} is too little, not: {0}".format).startswith("-5 is too")


def test_what_is_asked_in_braces_is_said_back_as_it_is():
    with pytest.raises(QuestionError, match=r"type: found '\{x\}', wanted"):
        Question("{x}")


def test_an_hour_without_its_time_zone_is_refused():
    with pytest.raises(HoursError, match="has no time zone"):
        work_out(located(WEST), FOUR, miles(5, hour=TUESDAY.replace(tzinfo=None)))


def test_an_unknown_engine_or_mode_is_refused():
    for wrong in ({"engine": "x"}, {"mode": "x"}, {"speed": 0.0}):
        with pytest.raises(GeoError, match=f"{next(iter(wrong))}: found"):
            work_out(located(WEST), FOUR, miles(5, **wrong))


def test_the_json_holds_the_numbers_of_the_answer_and_null_for_none():
    found = work_out(located(WEST, EAST), FOUR, miles(5))
    told = json.loads(json.dumps(export.as_json(found), allow_nan=False))
    assert told["people"] == 1234 and told["people_within"] == 1030
    assert told["share_beyond"] == found.share_beyond
    assert (told["engine"], told["estimate"]) == ("crow", True)
    assert [area["geoid"] for area in told["areas"]] == FOUR["geoid"].tolist()
    assert told["areas"][1]["people"] == 200
    assert told["areas"][1]["miles"] == [*found.areas.loc[1, ["miles_1", "miles_2"]], None]
    assert told["areas"][1]["minutes"][2] is None
    assert (told["schema"], told["range"]) == (1, False)
    assert told["services"][0]["id"] == "westaa" and told["services"][0]["name"] == "A clinic"
    assert [area["nearest_id"] for area in told["areas"]][2:] == ["eastaa", "eastaa"]
    assert told["steps"][0] == {
        "limit": 5.0,
        "at_least": [1030.0, 0.0, 0.0],
        "at_most": [1030.0, 0.0, 0.0],
    }
    assert told["by"]["city"][1]["people_beyond"] == 200


def test_the_table_has_a_row_a_block_group():
    table = export.as_table(work_out(located(WEST, EAST), FOUR, miles(5)))
    assert table["geoid"].tolist() == FOUR["geoid"].tolist()
    assert not table.columns.duplicated().any()


def test_the_csv_has_numbers_that_a_spreadsheet_leaves_as_they_are_and_rounded_figures():
    found = work_out(located(WEST, EAST), FOUR, miles(5))
    content = export.as_csv(found)
    assert content.startswith(b"\xef\xbb\xbfgeo_id,tract,county,")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert [row["geo_id"] for row in rows] == [f"1500000US{geoid}" for geoid in FOUR["geoid"]]
    assert not any(re.fullmatch(r"[0-9.]+", row["geo_id"]) for row in rows)
    for row, miles_1 in zip(rows, found.areas["miles_1"], strict=True):
        assert row["miles_1"] == str(round(miles_1, 2))
        assert row["miles_3"] == ""


def test_the_lines_tell_the_terms_of_their_own_answer():
    places = located(place("clinic", 33.0, -115.5, verified_on="2026-10-01"))
    usual = "\n".join(export.as_lines(work_out(places, FOUR, miles(5))))
    assert "more than 5 miles from the nearest entry of type clinic.\n" in usual
    law = "Medi-Cal, primary care: 10 miles or 30 minutes: by all entries, at any hour, by car"
    assert law in usual and "lapses on 2029-01-01" in usual
    only = work_out(places, FOUR, miles(5, trust=frozenset({"verified", "placed"})))
    told = "\n".join(export.as_lines(only))
    assert "the nearest entry of type clinic among those that are placed and verified." in told
    assert law in told
    slow = Question("clinic", "imperial", "minutes", 30, mode="walking", speed=0.5)
    told = "\n".join(export.as_lines(work_out(places, FOUR, slow)))
    assert "more than 30 minutes on foot, at 0.5 of the usual speed, from the nearest" in told
    car = Question("clinic", "imperial", "minutes", 30)
    told = "\n".join(export.as_lines(work_out(places, FOUR, car)))
    assert "more than 30 minutes by car from the nearest" in told


def test_the_lines_tell_the_range_and_what_it_hangs_on():
    opened = place("openaa", 33.0, -115.5, hours="24/7", source_date="2019", name="Open clinic")
    places = located(opened, place("unknow", 33.0, -115.4), place("nnnone", "", ""))
    lines = "\n".join(export.as_lines(work_out(places, FOUR, miles(5, hour=TUESDAY))))
    assert (
        "Between 34 (2.8%) and 234 (19.0%) of 1,234 people in Imperial County live more than 5 "
        "miles from the nearest entry of type clinic open at 2026-11-24 10:00."
    ) in lines
    assert "1 of 2 entries have no known hours" in lines
    assert "1,000 people have only openaa Open clinic (2019)" in lines
    assert "Medi-Cal, primary care: 10 miles or 30 minutes: by all entries" in lines
    assert "without a public place, not counted: 1" in lines
    assert "an estimate from straight lines, not from streets" in lines
