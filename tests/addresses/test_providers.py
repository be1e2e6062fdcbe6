"""Each provider says where an address is or that it does not know; the online ones never hang."""

import csv
import io
import json
import math

import geopandas as gpd
import pyproj
import pytest
import shapely
from geopy.exc import (
    GeocoderParseError,
    GeocoderQueryError,
    GeocoderRateLimited,
    GeocoderServiceError,
    GeocoderTimedOut,
    GeocoderUnavailable,
)
from hypothesis import given
from hypothesis import strategies as st
from werkzeug import Response

from geo.addresses import census, gazetteer, house_numbers, nominatim, reading, wrappers
from geo.addresses.reading import Address, Answer
from geo.addresses.wrappers import Cache
from geo.errors import GeocoderError
from geo.streets.store import Streets
from tests.support import blocks

GEOD = pyproj.Geod(ellps="WGS84")
EDGE = {
    "name": "Main St",
    "left_from": "",
    "left_to": "",
    "right_from": "",
    "right_to": "",
    "left_zip": "",
    "right_zip": "",
    "length_m": 500.0,
}
BRAWLEY = reading.parse("860 Main Street, Suite 4", "Brawley", "92227", "imperial")
HERE = Answer(32.978, -115.53, "street", "somebody", 0.9, "860 Main St")


def laid(*edges, line=((-115.54, 32.97), (-115.53, 32.97))):
    """Return the index of a few streets that run east along one parallel."""
    rows = [EDGE | {"geometry": shapely.LineString(line)} | edge for edge in edges]
    frame = gpd.GeoDataFrame(rows, geometry="geometry", crs="EPSG:4326")
    return house_numbers.index(Streets(frame, {"06025": 2025}, ""))


def asked(line, city="Brawley", zip_code="92227"):
    return reading.parse(line, city, zip_code, "imperial")


def right(first, last, zip_code="92227", **more):
    return {"right_from": first, "right_to": last, "right_zip": zip_code} | more


def found(known, line, **where):
    return house_numbers.find(known, asked(line, **where))


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize(("number", "share"), [(100, 0.0), (150, 50 / 98), (198, 1.0)])
def test_a_number_lies_in_proportion_on_its_side_whichever_way_the_line_runs(number, share, turned):
    line = [(-115.54, 32.97), (-115.53, 32.97)]
    ends = ("198", "100") if turned else ("100", "198")
    side = (
        {"left_from": ends[0], "left_to": ends[1], "left_zip": "92227"} if turned else right(*ends)
    )
    known = laid(side, line=line[::-1] if turned else line)
    (answer,) = found(known, f"{number} Main St")
    _, _, off = GEOD.inv(-115.54, 32.97, -115.53, 32.97)
    lon, _, _ = GEOD.fwd(-115.54, 32.97, 90, 6 + share * (off - 12))
    assert answer.lon == pytest.approx(lon, abs=1e-5)
    assert answer.lat == pytest.approx(32.97 - 8 / 110_900, abs=2e-6)  # south: the right of an east
    assert (answer.precision, answer.score, answer.county) == ("street", 1.0, "imperial")


bearings = st.floats(0, 360)


@given(bearings, st.floats(0.0005, 0.01), st.floats(0, 1), st.booleans())
def test_beside_a_line_is_beside_it_by_the_ellipsoid(bearing, length, share, left):
    length_m = length * 111_000
    lon, lat, _ = GEOD.fwd(-121.3, 37.9, bearing, length_m)
    spot = house_numbers.beside(shapely.LineString([(-121.3, 37.9), (lon, lat)]), share, left, 8)
    there, _, away = GEOD.inv(-121.3, 37.9, spot[1], spot[0])
    turn = (there - bearing + 180) % 360 - 180
    assert (turn < 0) == left
    assert away * abs(math.sin(math.radians(turn))) == pytest.approx(8, rel=0.02)
    along = away * math.cos(math.radians(turn))
    corner = min(6, length_m / 4)
    assert along == pytest.approx(corner + share * (length_m - 2 * corner), rel=0.01, abs=0.1)


@pytest.mark.parametrize(
    ("edge", "line", "where"),
    [
        (right("100", "198"), "151 Main St", {}),
        (right("100", "198"), "200 Main St", {}),
        (right("100", "198"), "98 Main St", {}),
        (right("100", "198"), "150 Main Ave", {}),
        (right("100", "198"), "150 Main St", {"city": "Calexico", "zip_code": "92231"}),
        (right("100", "198"), "150 Main St", {"city": "Fresno", "zip_code": ""}),
        (right("100", "198", ""), "150 Main St", {}),
        (right("100", "198", name="N Main St"), "150 S Main St", {}),
        (right("A100", "A198"), "150 Main St", {}),
        (right("100", ""), "100 Main St", {}),
        (right("100", "198", length_m=0.0), "150 Main St", {}),
        (right("100", "198", name=""), "150 Main St", {}),
        (right("100", "198", name="&"), "150 Main St", {}),
        (right("100", "198"), "PO Box 150", {}),
        (right("100", "198"), "Main St", {}),
    ],
)
def test_what_does_not_fit_has_no_answer(edge, line, where):
    assert found(laid(edge), line, **where) == []


@pytest.mark.parametrize(
    ("edge", "line", "where", "least", "most"),
    [
        (right("100", "100"), "100 Main St", {}, 1, 1),
        (right("100", "198"), "150 Main St", {"zip_code": ""}, 0.8, 0.99),
        (right("100", "198"), "150 Main St", {"city": ""}, 1, 1),
        (right("100", "198", name="N Main St"), "150 Main St", {}, 0.8, 0.99),
        (right("100", "198"), "150 N Main St", {}, 0.8, 0.99),
        (right("100", "199"), "151 Main St", {}, 0.8, 0.99),
        (right("100", "198", name="N Main St"), "150 Main", {}, 0.5, 0.79),
        (right("100", "198"), "150 Main St", {"city": "Calexico"}, 0.5, 0.79),
        (right("100", "198"), "150 Main St", {"zip_code": "92231"}, 0.5, 0.79),
    ],
)
def test_a_doubt_costs_score_and_two_fall_below_the_threshold(edge, line, where, least, most):
    (answer,) = found(laid(edge), line, **where)
    assert least <= answer.score <= most


def test_of_two_places_that_fit_alike_neither_is_sure_and_one_place_counts_once():
    far = {"geometry": shapely.LineString([(-115.60, 32.97), (-115.59, 32.97)])}
    east, west = right("100", "198", name="E Main St"), right("100", "198", name="W Main St") | far
    both = found(laid(east, west), "150 Main St")
    assert [answer.score for answer in both] == [0.425, 0.425]
    (sure, other) = found(laid(east, right("100", "198") | far), "150 E Main St")
    assert (sure.score, other.score) == (1.0, 0.85)
    (once,) = found(laid(east, east), "150 E Main St")
    assert once.score == 1.0


@pytest.mark.slow
def test_99_percent_of_2400_addresses_fall_on_their_block_face_and_none_in_another_town():
    known, homes = blocks.make(2_400)
    ask = house_numbers.provider(known)
    right_face = 0
    for home in homes:
        answer = ask(reading.parse(home.line, home.city, home.zip, home.county))
        if answer:
            assert blocks.town_of(answer.lat, answer.lon) == home.town, home
            right_face += answer.score >= 0.8 and home.distance_m(answer.lat, answer.lon) < 0.01
    assert right_face >= 0.99 * len(homes)


def test_addresses_that_are_wrong_or_fit_in_many_towns_are_never_sure():
    known, homes = blocks.make(600, seed=7)
    ask = house_numbers.provider(known)
    for home in homes:
        elsewhere = next(name for name, *_ in blocks.TOWNS if name != home.town)
        beyond = home.line.replace(str(home.number), str(home.number + 9_000), 1)
        assert ask(reading.parse(beyond, home.city, home.zip)) is None
        assert ask(reading.parse(home.line, "Fresno", "93650")) is None
        for city, zip_code in ((elsewhere, home.zip or "00000"), ("", "")):
            answer = ask(reading.parse(home.line, city, zip_code))
            assert answer is None or answer.score < 0.8


@pytest.mark.parametrize(
    ("city", "zip_code", "precision", "matched"),
    [
        ("Brawley", "92227", "city", "Brawley"),
        ("Stockton", "95202", "zip", "95202"),
        ("", "95202", "zip", "95202"),
        ("Clements", "", "zip", "95227"),
        ("Peters", "", "city", "Peters"),
    ],
)
def test_the_gazetteer_knows_an_area_and_is_never_sure_of_a_point(
    city, zip_code, precision, matched
):
    answer = gazetteer.answer(Address("1 A St", city=city, zip=zip_code))
    assert (answer.precision, answer.matched) == (precision, matched)
    assert answer.score < 0.5


def test_the_gazetteer_has_no_answer_where_it_knows_nothing():
    assert gazetteer.answer(Address("1 A St", city="Fresno", zip="93650")) is None


def match(matched="860 MAIN ST, BRAWLEY, CA, 92227", x=-115.53, y=32.978):
    """Return a match as the Census geocoder writes it."""
    state = matched.split(", ")[-2]
    return {
        "matchedAddress": matched,
        "coordinates": {"x": x, "y": y},
        "tigerLine": {"side": "R", "tigerLineId": "1"},
        "addressComponents": {"state": state, "zip": matched[-5:], "city": "BRAWLEY"},
    }


def one_line(httpserver, *matches):
    told = {"result": {"input": {}, "addressMatches": list(matches)}}
    httpserver.expect_request("/locations/onelineaddress").respond_with_json(told)
    return census.provider(httpserver.url_for("").rstrip("/"))


def test_census_gives_the_best_match_and_is_not_told_the_suite(httpserver):
    other = match("860 S MAIN ST, BRAWLEY, CA, 92227", y=32.9)
    answer = one_line(httpserver, other, match())(BRAWLEY)
    assert (answer.lat, answer.lon, answer.precision, answer.score) == (
        32.978,
        -115.53,
        "street",
        1,
    )
    (request, _) = httpserver.log[0]
    assert request.args["address"] == "860 Main Street, Brawley, CA 92227"


@pytest.mark.parametrize(
    "matches",
    [
        [],
        [match("860 MAIN ST, BRAWLEY, NV, 92227")],
        [match("860 MAIN ST, CALEXICO, CA, 92231")],
        [match("862 MAIN ST, BRAWLEY, CA, 92227")],
        [match("860 MAIN AVE, BRAWLEY, CA, 92227")],
        [match("MAIN ST, BRAWLEY, CA, 92227")],
    ],
)
def test_census_has_no_answer_for_another_place(httpserver, matches):
    assert one_line(httpserver, *matches)(BRAWLEY) is None


def test_census_asks_nothing_without_a_house(httpserver):
    assert one_line(httpserver)(Address("PO Box 4", city="Brawley")) is None
    assert httpserver.log == []


FAILURES = {
    "429": (Response("", 429, {"Retry-After": "7"}), GeocoderRateLimited),
    "429 without a time": (Response("", 429), GeocoderRateLimited),
    "400": (Response("", 400), GeocoderQueryError),
    "500": (Response("", 500), GeocoderServiceError),
    "503": (Response("", 503), GeocoderServiceError),
    "garbage": (Response("<html>login</html>"), GeocoderParseError),
    "other json": (Response("[1]", content_type="application/json"), GeocoderParseError),
}


@pytest.mark.parametrize(("told", "error"), FAILURES.values(), ids=FAILURES)
def test_census_says_why_there_is_no_answer(httpserver, told, error):
    httpserver.expect_request("/locations/onelineaddress").respond_with_response(told)
    with pytest.raises(error) as caught:
        census.provider(httpserver.url_for("").rstrip("/"))(BRAWLEY)
    if told.headers.get("Retry-After"):
        assert caught.value.retry_after == 7


def slow(request):
    """Answer after whoever asks has given up: the connection is held until the test ends."""
    request.environ["werkzeug.socket"].recv(1)
    return Response("")


@pytest.mark.parametrize("module", [census, nominatim])
def test_a_server_that_does_not_answer_is_not_waited_for(httpserver, module):
    httpserver.expect_request("/locations/onelineaddress").respond_with_handler(slow)
    httpserver.expect_request("/search").respond_with_handler(slow)
    with pytest.raises(GeocoderTimedOut):
        module.provider(httpserver.url_for("").rstrip("/"), timeout_s=0.1)(BRAWLEY)


@pytest.mark.parametrize("module", [census, nominatim])
def test_a_server_that_is_not_there_is_told_so(module):
    with pytest.raises(GeocoderUnavailable):
        module.provider("http://127.0.0.1:1", timeout_s=1)(BRAWLEY)


def test_a_census_batch_is_one_question_with_answers_in_any_order(httpserver):
    def answer(request):
        sent = list(csv.reader(io.StringIO(request.files["addressFile"].read().decode())))
        assert request.form["benchmark"] == "Public_AR_Current"
        assert sent[0] == ["0", "860 Main Street", "Brawley", "CA", "92227"]
        told = io.StringIO()
        where = "-115.53,32.978"
        matched = "860 MAIN ST, BRAWLEY, CA, 92227"
        rows = [
            ["2", "x", "Tie"],
            ["1", "x", "No_Match"],
            ["3", "x", "Match", "Non_Exact", "860 MAIN ST, RENO, NV, 89501", where, "1", "L"],
            ["0", "x", "Match", "Exact", matched, where, "1", "L"],
            ["9", "x", "Match", "Exact", matched, where, "1", "L"],
        ]
        csv.writer(told, quoting=csv.QUOTE_ALL).writerows(rows)
        return Response(told.getvalue(), content_type="text/plain")

    httpserver.expect_request("/locations/addressbatch", "POST").respond_with_handler(answer)
    answers = census.batch(httpserver.url_for("").rstrip("/"), [BRAWLEY] * 4)
    assert [one and (one.lat, one.score) for one in answers] == [(32.978, 1.0), None, None, None]
    assert len(httpserver.log) == 1


@pytest.mark.parametrize(
    "told", ["<html>", '"0","x","Match","Exact","a","here","1","L"', '"0","x"', '"x","a","Perhaps"']
)
def test_a_census_batch_that_is_none_is_told_so(httpserver, told):
    httpserver.expect_request("/locations/addressbatch").respond_with_data(told)
    with pytest.raises(GeocoderParseError):
        census.batch(httpserver.url_for("").rstrip("/"), [BRAWLEY])


def place(kind="yes", **about):
    """Return a place as Nominatim writes it."""
    home = {
        "house_number": "860",
        "road": "Main Street",
        "town": "Brawley",
        "county": "Imperial County",
        "state": "California",
        "postcode": "92227",
        "country_code": "us",
    }
    told = {key: value for key, value in (home | about).items() if value}
    where = {"lat": "32.978", "lon": "-115.53", "display_name": "860, Main Street"}
    return where | {"class": "building", "type": kind, "address": told}


def nominatim_says(httpserver, *places):
    httpserver.expect_request("/search").respond_with_json(list(places))
    return nominatim.provider(httpserver.url_for("").rstrip("/"))


def test_nominatim_tells_a_house_from_a_number_between_two(httpserver):
    answer = nominatim_says(httpserver, place(), place("houses"))(BRAWLEY)
    assert (answer.lat, answer.lon, answer.precision, answer.score) == (32.978, -115.53, "exact", 1)
    assert "OpenStreetMap" in answer.source
    (request, _) = httpserver.log[0]
    assert request.headers["User-Agent"] == nominatim.AGENT
    assert request.args["street"] == "860 Main Street"
    assert request.args["countrycodes"] == "us"


@pytest.mark.parametrize(
    ("about", "score"),
    [
        ({"house_number": ""}, None),
        ({"house_number": "862"}, None),
        ({"road": "Main Avenue"}, None),
        ({"state": "Nevada"}, None),
        ({"postcode": "92231", "town": "Calexico"}, None),
        ({"postcode": "", "town": "Calexico"}, None),
        ({"postcode": ""}, 0.95),
        ({"postcode": "92227-1234"}, 1.0),
    ],
)
def test_nominatim_is_believed_only_where_the_place_agrees(httpserver, about, score):
    answer = nominatim_says(httpserver, place(**about))(BRAWLEY)
    assert (answer and answer.score) == score


@pytest.mark.parametrize(
    ("told", "error"),
    [
        (Response("", 429, {"Retry-After": "7"}), GeocoderRateLimited),
        (Response("", 500), GeocoderServiceError),
        (Response("", 503), GeocoderTimedOut),
        (Response("<html>"), GeocoderParseError),
        (Response(json.dumps([{"lat": "1", "lon": "1", "display_name": ""}])), GeocoderParseError),
    ],
    ids=["429", "500", "503", "garbage", "no address"],
)
def test_nominatim_says_why_there_is_no_answer(httpserver, told, error):
    httpserver.expect_request("/search").respond_with_response(told)
    with pytest.raises(error):
        nominatim.provider(httpserver.url_for("").rstrip("/"))(BRAWLEY)


def says(*turns):
    """Return a provider that gives or raises one thing after another, and what it was asked."""
    left, heard = list(turns), []

    def ask(address):
        heard.append(address)
        turn = left.pop(0)
        if isinstance(turn, Exception):
            raise turn
        return turn

    return ask, heard


BUSY = GeocoderRateLimited("busy", retry_after=9)


@pytest.mark.parametrize(
    ("turns", "pauses"),
    [
        ([HERE], []),
        ([BUSY, HERE], [9]),
        ([GeocoderTimedOut("late"), GeocoderServiceError("500"), HERE], [2, 4]),
        ([GeocoderRateLimited("busy"), GeocoderUnavailable("gone"), BUSY, HERE], [2, 4, 9]),
        ([GeocoderQueryError("bad")], []),
        ([GeocoderServiceError("502"), GeocoderQueryError("bad")], [2]),
    ],
)
def test_a_busy_server_is_asked_again_after_the_pause_it_asks_for(turns, pauses):
    ask, _ = says(*turns)
    slept = []
    answer = wrappers.patient(ask, sleep=slept.append)(BRAWLEY)
    assert slept == pauses
    assert answer == (None if isinstance(turns[-1], GeocoderQueryError) else HERE)


@pytest.mark.parametrize(
    "turns",
    [
        [GeocoderTimedOut("late")] * 4,
        [GeocoderParseError("garbage")],
        [GeocoderRateLimited("tomorrow", retry_after=86_400)],
    ],
)
def test_a_server_that_stays_away_is_given_up(turns):
    ask, heard = says(*turns)
    with pytest.raises(GeocoderError):
        wrappers.patient(ask, sleep=lambda _: None)(BRAWLEY)
    assert len(heard) == len(turns)


def test_one_that_failed_is_told_once_and_asked_no_more():
    ask, heard = says(HERE, GeocoderError("gone"))
    told = []
    forgiving = wrappers.forgiving(ask, told.append)
    assert [forgiving(BRAWLEY) for _ in range(4)] == [HERE, None, None, None]
    assert (len(heard), [str(error) for error in told]) == (2, ["gone"])


def test_answers_are_kept_on_disk_and_errors_are_not(tmp_path):
    path = tmp_path / "cache" / "geocode.jsonl"
    lodi, third = (reading.parse(f"{number} A St", "Lodi") for number in (1, 2))
    ask, heard = says(HERE, None, GeocoderError("gone"))
    first = wrappers.cached(ask, "census", Cache(path))
    assert [first(BRAWLEY), first(lodi), first(BRAWLEY), first(lodi)] == [HERE, None, HERE, None]
    with pytest.raises(GeocoderError):
        first(third)
    ask, heard_later = says(HERE)
    later = wrappers.cached(ask, "census", Cache(path))
    assert [later(BRAWLEY), later(lodi), later(third)] == [HERE, None, HERE]
    assert later(reading.parse("PO Box 4", "Lodi")) is None
    assert (len(heard), len(heard_later)) == (3, 1)


def test_a_cache_that_was_cut_off_loses_one_answer_only(tmp_path):
    path = tmp_path / "geocode.jsonl"
    kept = Cache(path)
    for number in range(3):
        kept.keep("census", Address(f"{number} A St"), HERE)
    path.write_bytes(path.read_bytes()[:-20])
    again = Cache(path)
    assert [("census", f"{number} A St") in again for number in range(3)] == [True, True, False]
    again.keep("census", Address("2 A St"), None)
    assert ("census", "2 A St") in Cache(path)
    assert [json.loads(line)["asked"] for line in path.read_text().splitlines()] == [
        f"{number} A St" for number in range(3)
    ]


def test_a_last_line_that_only_lacks_its_end_is_kept(tmp_path):
    path = tmp_path / "geocode.jsonl"
    Cache(path).keep("census", Address("0 A St"), HERE)
    path.write_bytes(path.read_bytes()[:-1])
    again = Cache(path)
    assert ("census", "0 A St") in again
    again.keep("census", Address("1 A St"), None)
    assert [("census", f"{number} A St") in Cache(path) for number in range(2)] == [True, True]


def test_a_broken_line_of_a_cache_is_passed_over_with_a_warning_unless_it_is_cut_off(
    tmp_path, caplog
):
    path = tmp_path / "geocode.jsonl"
    Cache(path).keep("census", Address("0 A St"), HERE)
    path.write_text(f'nothing\n{path.read_text()}{{"provider": 1}}\n[]\n{{"provi')
    assert ("census", "0 A St") in Cache(path)
    assert [record.getMessage() for record in caplog.records] == [
        f"{path}:{line}: a line that cannot be read is passed over." for line in (1, 3, 4)
    ]


def test_two_runs_keep_their_answers_in_one_file(tmp_path):
    path = tmp_path / "geocode.jsonl"
    one, two = Cache(path), Cache(path)
    for number in range(3):
        one.keep("census", Address(f"{number} A St"), HERE)
        two.keep("census", Address(f"{number} B St"), None)
    again = Cache(path)
    assert all(("census", f"{n} {street} St") in again for n in range(3) for street in "AB")


@pytest.mark.parametrize(
    ("county", "lat", "lon", "inside"),
    [
        ("imperial", 32.79, -115.56, True),
        ("imperial", 37.95, -121.29, False),
        ("san_joaquin", 37.95, -121.29, True),
        ("san_joaquin", 37.64, -120.99, False),  # Modesto
        ("imperial", 32.60, -114.60, False),  # Arizona, 12 km off
        ("outside", 34.05, -118.24, True),
        ("outside", 36.17, -115.14, False),  # Las Vegas
        ("", 40.71, -74.0, False),
    ],
)
def test_an_answer_outside_its_county_or_the_state_is_refused(county, lat, lon, inside):
    there = Answer(lat, lon, "exact", "somebody", 1.0, "")
    ask = wrappers.at_home(lambda _: there)
    assert ask(Address("1 A St", county=county)) == (there if inside else None)


def test_questions_are_kept_apart_in_time(monkeypatch):
    slept = []
    monkeypatch.setattr("geopy.extra.rate_limiter.RateLimiter._sleep", lambda _, s: slept.append(s))
    monkeypatch.setattr("geopy.extra.rate_limiter.default_timer", lambda: 100.0 + sum(slept))
    ask = wrappers.limited(lambda _: HERE, 1.0)
    assert [ask(BRAWLEY) for _ in range(3)] == [HERE] * 3
    assert sum(slept) == pytest.approx(2, abs=0.01)
