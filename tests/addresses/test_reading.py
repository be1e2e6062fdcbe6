"""Addresses written in many ways mean the same, and what differs is never taken for the same."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import areas
from geo.addresses import reading
from geo.addresses.reading import MOST_LETTERS, Address, Street
from geo.catalogue import csv_file
from geo.settings import DATA

SAME = [
    ("N 1st St", "North First Street", "n. first st.", "N. FIRST STR", "N 1 St"),
    ("22nd Ave", "Twenty-Second Avenue", "twenty second av"),
    ("El Dorado St", "el  dorado street", "El Dorado St."),
    ("Muñoz Way", "Munoz Way", "MUNOZ WY"),
    ("St Marks Blvd", "Saint Mark's Boulevard", "St. Mark’s Blvd."),
    ("State Hwy 111", "State Highway 111", "CA-111", "SR 111", "State Rte 111", "CA Hwy 111"),
    ("Co Rd S31", "County Road S31", "County Rd S31", "CR S31"),
    ("US Hwy 80", "U.S. Highway 80", "US-80", "US Route 80"),
    ("W Main St", "West Main Street", "Main St W", "Main Street West"),
    ("E Dr Martin Luther King Jr Blvd", "East Martin Luther King Boulevard"),
    ("West Ln", "West Lane"),
    ("E North St", "East North Street"),
    ("Avenue E", "Ave E"),
]
OTHERS = [
    ("Main St", "Main Ave"),
    ("N Main St", "S Main St"),
    ("1st St", "21st St"),
    ("State Hwy 111", "State Hwy 11"),
    ("State Hwy 111", "Imperial Ave"),
    ("State Hwy 8", "Interstate 8"),
    ("West Ln", "W Lane St"),
    ("E St", "East Ln"),
    ("St Johns St", "Johns St"),
    ("State St", "State Hwy 99"),
    ("Avenue E", "Avenue F"),
]


@pytest.mark.parametrize("names", SAME, ids=lambda names: names[0])
def test_one_street_in_many_spellings_is_one(names):
    forms = {reading.street(name) for name in names}
    assert len(forms) == 1 and None not in forms
    (form,) = forms
    assert reading.likeness(form, form) == 1


@pytest.mark.parametrize(("one", "other"), OTHERS)
def test_two_streets_are_never_one(one, other):
    forms = reading.street(one), reading.street(other)
    assert reading.likeness(*forms) == reading.likeness(*reversed(forms)) == 0


@pytest.mark.parametrize(
    ("asked", "found"),
    [("Main", "Main St"), ("Main St", "N Main St"), ("Hwy 111", "State Hwy 111")],
)
def test_what_only_one_of_them_says_is_a_doubt(asked, found):
    assert 0.8 < reading.likeness(reading.street(asked), reading.street(found)) < 1


@pytest.mark.parametrize(
    ("line", "number", "street"),
    [
        ("860 Main Street", 860, Street("main", "st")),
        ("1105-1111 North El Dorado Street", 1105, Street("el dorado", "st", "n")),
        ("608 G Street, Suite 1A", 608, Street("g", "st")),
        ("1295 State Street, Suites 104 and 105", 1295, Street("state", "st")),
        ("2695 S 4th Street, 2nd Floor", 2695, Street("4", "st", "s")),
        ("2895 S 4th Street, Bldg C", 2895, Street("4", "st", "s")),
        ("1801 E March Lane Ste D-470", 1801, Street("march", "ln", "e")),
        ("7912 West Lane #221", 7912, Street("west", "ln")),
        ("8027 Highway 111", 8027, Street("route 111")),
        ("12 1/2 A St", 12, Street("a", "st")),
        ("12B A St", 12, Street("a", "st")),
        ("100 Suite St", 100, Street("suite", "st")),
        ("100 Rock and Roll", 0, None),
        ("PO Box 12", 0, None),
        ("P.O. Box 12, 860 Main St", 0, None),
        ("860 Main St, PO Box 12", 0, None),
        ("Main St & 5th St", 0, None),
        ("100 Main St at 5th St", 0, None),
        ("Main Street", 0, None),
        ("0 Main St", 0, None),
        ("5th Street", 0, None),
        ("860", 0, None),
        ("", 0, None),
        ("1234567 Main St", 0, None),
        ("860 Main St " + "x" * MOST_LETTERS, 0, None),
    ],
)
def test_a_house_and_street_are_read_or_there_is_none(line, number, street):
    found = reading.parse(line)
    assert (found.number, found.street) == (number, street)


@pytest.mark.parametrize(
    ("text", "number", "city", "zip_code", "county"),
    [
        ("860 Main St, Brawley, CA 92227", 860, "Brawley", "92227", "imperial"),
        ("860 main st brawley", 860, "Brawley", "", "imperial"),
        (
            "860 Main St Apt 4 El Centro California 92243-1234 USA",
            860,
            "El Centro",
            "92243",
            "imperial",
        ),
        ("860 Main St 92227", 860, "", "92227", "imperial"),
        ("860 Main St", 860, "", "", ""),
        ("1441 N Tracy Blvd", 1441, "", "", ""),
        ("1441 N Tracy Blvd, tracy, calif.", 1441, "Tracy", "", "san_joaquin"),
        ("12345 Lodi", 0, "Lodi", "", "san_joaquin"),
        ("10 Clements Rd, Clements", 10, "Clements", "", "san_joaquin"),
        ("860 Main St, Fresno", 860, "Fresno", "", ""),
        ("860 Main St, Fresno, CA 93650", 860, "Fresno", "93650", ""),
        ("Salton Sea Beach", 0, "Salton Sea Beach", "", "imperial"),
        ("92227", 0, "", "92227", "imperial"),
        ("Stockton, CA", 0, "Stockton", "", "san_joaquin"),
        ("x" * (MOST_LETTERS + 1), 0, "", "", ""),
    ],
)
def test_a_whole_line_ends_with_its_town_and_zip_code(text, number, city, zip_code, county):
    found = reading.read(text)
    assert (found.number, found.city, found.zip, found.county) == (number, city, zip_code, county)


def test_every_street_of_the_catalogue_is_read_with_its_number():
    rows = csv_file.read(DATA / "services.csv").frame
    rows = rows[rows["street"].ne("")]
    for street, city, zip_code in rows[["street", "city", "zip"]].itertuples(index=False):
        found = reading.parse(street, city, zip_code)
        assert str(found.number) == street.split()[0].split("-")[0]
        whole = reading.read(f"{street}, {city}, CA {zip_code}")
        assert (whole.number, whole.street, whole.city, whole.zip) == (
            found.number,
            found.street,
            city,
            zip_code,
        )


@given(
    st.text(max_size=60) | st.from_regex(r"\d{1,5} [NSEW]? ?\w{1,9}[ ,&#]+\w{1,9}", fullmatch=True)
)
def test_whatever_is_typed_is_read_without_complaint(text):
    found = reading.read(text)
    assert bool(found.number) == (found.street is not None)
    if found.street:
        assert found.street.name
        assert reading.street(found.street.name) is not None


@pytest.mark.parametrize("letter", ["1 ", ",", "#", "a ", " ", "-", "n ", "st "])
def test_no_text_takes_long_to_read(letter):
    begun = time.perf_counter()
    reading.read((letter * MOST_LETTERS)[:MOST_LETTERS])
    reading.read((letter * 5_000)[:5_000])
    assert time.perf_counter() - begun < 1


@pytest.mark.parametrize(
    ("city", "zip_code", "found", "least", "most"),
    [
        ("Brawley", "92227", "92227", 1, 1),
        ("", "92227", "92227", 1, 1),
        ("Lodi", "", "95242", 0.8, 1),
        ("", "", "95242", 0.8, 1),
        ("Brawley", "92231", "92231", 0.5, 0.79),
        ("Lodi", "95240", "95242", 0.5, 0.79),
        ("Brawley", "92227", "92231", 0, 0),
        ("Fresno", "", "95242", 0, 0),
        ("", "92227", "", 0, 0),
    ],
)
def test_the_town_or_the_zip_code_must_agree(city, zip_code, found, least, most):
    assert least <= reading.agreement(Address("", city=city, zip=zip_code), found) <= most


def test_towns_have_zip_codes_and_each_zip_code_has_a_town():
    alone = [town for town in areas.towns() if not areas.zips_of(town)]
    assert alone == ["Salton Sea Beach", "Peters", "Terminous"]
    assert all(areas.post_office(code) for code in areas.zip_counties())
