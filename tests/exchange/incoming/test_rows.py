"""What a feed tells is read tolerantly and kept strictly, and nothing is guessed."""

import pytest

from geo.exchange.incoming import cells, rows
from tests.support import feeds

TABLES = feeds.TABLES


def other(table, **cells_of_it):
    """Return the tables of the usual feed, with other cells in the one row of one of them."""
    return {**TABLES, table: [{**TABLES[table][0], **cells_of_it}]}


@pytest.mark.parametrize(
    ("tables", "reason"),
    [
        (other("services", name=" "), rows.NO_NAME),
        (other("services", name="<b></b>"), rows.NO_NAME),
        (other("services", id=""), rows.NO_ID),
        (other("taxonomy_terms", name="Meals"), rows.NO_TYPE),
        ({**TABLES, "attributes": []}, rows.NO_TERM),
        (other("taxonomy_terms", name="skip"), rows.NO_TYPE),
        (other("addresses", postal_code="94105", city="San Francisco"), rows.UNSURE),
        (other("addresses", state_province="NV", postal_code="89101", city="Reno"), rows.OUTSIDE),
        (other("addresses", state_province="NJ"), rows.UNSURE),
        (
            other("locations", latitude="", longitude="")
            | {"addresses": [{**feeds.ADDRESS, "postal_code": "", "city": ""}]},
            rows.NO_COUNTY,
        ),
        ({**TABLES, "service_at_location": [], "addresses": []}, rows.NO_COUNTY),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_shown_is_told_with_its_reason(tmp_path, tables, reason):
    assert [*feeds.refused(tmp_path, tables)] == [reason]


@pytest.mark.parametrize(
    ("table", "said", "kept"),
    [
        (
            "services",
            {"description": r"<p>Hot &amp; <b>cold</b></p>\nFree&nbsp;tea<script>x</script>"},
            {"description_en": "Hot & cold Free tea"},
        ),
        ("services", {"description": ""}, {"description_en": "Food."}),
        ("services", {"description": "=1+1 `x`"}, {"description_en": "1+1 'x'"}),
        ("services", {"url": "www.example.org"}, {"website": "http://www.example.org"}),
        ("services", {"url": "n/a"}, {"website": ""}),
        ("services", {"url": "http://user@example.org"}, {"website": ""}),
        ("services", {"assured_date": "2026-02-03"},
         {"source_name": "Assured by Valley 211", "source_date": "2026-02-03",
          "confidence": "medium", "verified_on": ""}),
        ("services", {"assured_date": "0001-01-01", "last_modified": "2025-03-01T10:00:00Z"},
         {"source_name": "Valley 211", "source_date": "2025-03-01", "confidence": "low"}),
        ("services", {"last_modified": "2031-01-01"}, {"source_date": ""}),
        ("services", {"status": "temporarily closed"}, {"status": "paused"}),
        ("services", {"status": "defunct"}, {"status": "closed"}),
        ("services", {"fees_description": "No cost."}, {"fees": "free", "fees_note": ""}),
        ("services", {"fees_description": "Ask us"}, {"fees": "", "fees_note": "Ask us"}),
        ("phones", {"number": "no phone"}, {"phone": "", "phone_note": ""}),
        ("phones", {"number": "209-555-01"}, {"phone": "", "phone_note": ""}),
        ("phones", {"number": "+1 (209) 836.5424", "extension": "12"},
         {"phone": "209-836-5424", "phone_note": "Extension 12"}),
        ("phones", {"type": "fax"}, {"phone": ""}),
        ("phones", {"number": "211", "type": "Hotline"}, {"phone": "211"}),
        ("locations", {"latitude": "-121.4252", "longitude": "37.7397"},
         {"latitude": "37.7397", "longitude": "-121.4252"}),
        ("locations", {"latitude": "0", "longitude": "0.0"},
         {"latitude": "", "location_precision": "zip"}),
        ("locations", {"latitude": "32.9787", "longitude": "-115.5303"},
         {"latitude": "", "county": "san_joaquin", "location_precision": "zip"}),
        ("addresses", {"state_province": "CA ", "country": "USA", "postal_code": "95376-1234"},
         {"zip": "95376", "county": "san_joaquin"}),
        ("addresses", {"postal_code": ""}, {"zip": "", "county": "san_joaquin"}),
        ("addresses", {"city": "TRACY", "address_2": "Room 3"},
         {"city": "Tracy", "street": "10 Example Street, Room 3"}),
        ("schedules", {"opens_at": "9:00am", "closes_at": "5:30 p.m."},
         {"hours": "Mo-Tu 09:00-17:30"}),
        ("schedules", {"freq": "MONTHLY", "byday": "2TU, 4TU"}, {"hours": "Tu[2,4] 08:00-12:00"}),
        ("schedules", {"freq": "", "byday": "", "opens_at": "", "closes_at": "",
                       "description": "By chance"},
         {"hours": "", "hours_note": "By chance"}),
        ("schedules", {"interval": "2", "dtstart": "2026-01-05"}, {"hours": ""}),
        ("schedules", {"valid_to": "2020-01-01"}, {"hours": ""}),
        ("schedules", {"valid_to": "2030-01-01"}, {"hours": ""}),
        ("schedules", {"closes_at": "08:00"}, {"hours": ""}),
        ("schedules", {"closes_at": ""}, {"hours": ""}),
    ],
)  # fmt: skip
def test_a_cell_is_read_tolerantly(tmp_path, table, said, kept):
    row = feeds.one(tmp_path, other(table, **said))
    assert {name: row[name] for name in kept} == kept


@pytest.mark.parametrize(
    ("names", "counties", "wide"),
    [
        (["Imperial County"], ["imperial"], ""),
        (["San Joaquin County, CA", "imperial county"], ["imperial", "san_joaquin"], ""),
        (["Lodi"], [], ""),  # there is one in New Jersey
        (["Lodi, CA"], ["san_joaquin"], ""),
        (["Statewide"], ["imperial", "san_joaquin"], "statewide"),
        (["California", "United States"], ["imperial", "san_joaquin"], "national"),
        (["Imperial", "Fresno County", "Imperial Beach, CA"], [], ""),
    ],
)  # fmt: skip
def test_an_area_is_known_by_its_whole_name_only(names, counties, wide):
    assert rows.served(names) == (counties, wide)


def test_a_line_has_no_place_and_serves_whom_its_area_names(tmp_path):
    tables = {**TABLES, "service_at_location": [], "locations": [], "addresses": []}
    tables["service_areas"] = [{"id": "1", "service_id": "12", "name": "California"}]
    row = feeds.one(tmp_path, tables)
    assert (row["county"], row["counties_served"]) == ("statewide", "imperial; san_joaquin")
    assert (row["location_policy"], row["location_precision"]) == ("none", "none")


def test_a_place_outside_that_serves_a_county_is_kept_as_outside(tmp_path):
    far = {**feeds.ADDRESS, "city": "Modesto", "postal_code": "95354"}
    area = [{"id": "1", "service_id": "12", "name": "San Joaquin County"}]
    tables = other("locations", latitude="37.6391", longitude="-120.9969")
    row = feeds.one(tmp_path, {**tables, "addresses": [far], "service_areas": area})
    assert (row["county"], row["counties_served"]) == ("outside", "san_joaquin")


def test_each_place_of_a_service_is_a_row_and_keeps_its_id(tmp_path):
    second = {**feeds.LOCATION, "id": "13", "latitude": "37.7401"}
    at = [*TABLES["service_at_location"], {"id": "b", "service_id": "12", "location_id": "13"}]
    address = [feeds.ADDRESS, {**feeds.ADDRESS, "location_id": "13", "address_1": "2 Elm Way"}]
    tables = {**TABLES, "locations": [feeds.LOCATION, second], "addresses": address}
    beside = feeds.catalogue(tmp_path / "data")
    feeds.take(feeds.folder(tmp_path / "feed", {**tables, "service_at_location": at}), beside)
    told = {row["external_id"]: row["street"] for row in feeds.kept(beside)}
    assert told == {
        "service/12/location/12": "10 Example Street",
        "service/12/location/13": "2 Elm Way",
    }


def test_papers_are_taken_whole_or_not_at_all(tmp_path):
    papers = [{"id": "1", "service_id": "12", "document": "Photo ID"}]
    assert (
        feeds.one(tmp_path / "a", {**TABLES, "required_documents": papers})["required_documents"]
        == "photo_id"
    )
    papers.append({"id": "2", "service_id": "12", "document": "Birth certificate"})
    row = feeds.one(tmp_path / "b", {**TABLES, "required_documents": papers})
    assert row["required_documents"] == ""


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("&lt;p&gt;Beds&lt;/p&gt;", "Beds"),
        ("a < b and c > d", "a < b and c > d"),
        ("• Beds\u200b\n- Meals", "Beds - Meals"),
        ("<style>p{}</style><br/>Beds<br>Meals", "Beds Meals"),
    ],
)
def test_markup_becomes_words(told, kept):
    assert cells.text(told) == kept
