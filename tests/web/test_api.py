"""The API of HSDS: pages that lose nothing, filters that mean what they say, errors in words."""

import gzip
import json
import re
import subprocess
import sys
import threading
from datetime import date

import pyproj
import pytest
import uvicorn
from openapi_spec_validator import validate
from starlette.applications import Starlette

from geo import areas, settings
from geo.catalogue.keeper import Edition, load_catalogue
from geo.exchange import hsds, nested
from geo.settings import DATA
from geo.web import api
from geo.web.endpoints import ROUTES
from tests.support import examples, hsds_shapes
from tests.support.asking import ask
from tests.support.catalogues import write

SERVER = Starlette(routes=ROUTES)
EDITION = Edition(1, load_catalogue(DATA / "services.csv", date(2026, 11, 26)))
SERVICES = json.loads(nested.as_json(hsds.tables(EDITION.entries, EDITION.data_date)))
NAMES = ("services", "organizations", "service_at_locations", "taxonomies", "taxonomy_terms")
NO_ID = "00000000-0000-0000-0000-000000000000"
EARTH = pyproj.Geod(ellps="sphere")


def get(address, **headers):
    return ask(SERVER, f"/hsds{address}", **headers)


def told(address):
    answer = get(address)
    assert answer.status == 200, answer.text
    return json.loads(answer.text)


def ids(address):
    return [one["id"] for one in told(address)["contents"]]


def term(code):
    return hsds.key("taxonomy_term", "types", code)


def test_the_root_says_what_this_is_and_where_it_is_told():
    about = told("")
    assert about == told("/")
    assert about["version"] == "3.2"
    assert about["openapi_url"] == "http://127.0.0.1/hsds/openapi.json"
    validate(told("/openapi.json"))


@pytest.mark.parametrize("name", NAMES)
def test_a_walk_over_the_pages_comes_by_everything_once_in_the_order_of_ids(name):
    walked, number, last = [], 1, False
    while not last:
        page = told(f"/{name}?page={number}&per_page=70")
        assert page["page_number"] == number
        assert page["size"] == len(page["contents"])
        assert (page["first_page"], page["empty"]) == (number == 1, False)
        walked += [one["id"] for one in page["contents"]]
        number, last = number + 1, page["last_page"]
    assert page["total_pages"] == number - 1
    assert walked == sorted({*walked})
    assert page["total_items"] == len(walked)
    for one in walked[::9]:
        assert told(f"/{name}/{one}")["id"] == one


def test_beyond_the_last_page_is_an_empty_one_and_nothing_found_is_none():
    beyond = told("/services?page=999")
    assert (beyond["contents"], beyond["empty"], beyond["last_page"]) == ([], True, True)
    assert beyond["total_items"] == len(SERVICES)
    nothing = told(f"/services?taxonomy_term_id={NO_ID}")
    counts = {name: nothing[name] for name in ("total_items", "total_pages", "page_number", "size")}
    assert counts == {"total_items": 0, "total_pages": 0, "page_number": 1, "size": 0}
    assert (nothing["first_page"], nothing["last_page"], nothing["empty"]) == (True, True, True)
    assert told("/services?per_page=5000")["size"] == len(SERVICES)


def test_whole_is_as_alone_and_as_in_the_file_and_short_is_a_part_of_it():
    assert told("/services?full=true&per_page=1000")["contents"] == SERVICES
    lines = get("/services?format=ndjson")
    assert lines.headers["content-type"] == "application/x-ndjson"
    assert [json.loads(line) for line in lines.text.splitlines()] == SERVICES
    assert told(f"/services/{SERVICES[7]['id']}") == SERVICES[7]
    (short,) = told("/services?per_page=1")["contents"]
    assert short.items() <= SERVICES[0].items()
    assert not any(isinstance(value, list) for value in short.values())


@pytest.mark.parametrize("name", ["service", "organization", "service_at_location"])
def test_each_object_is_as_the_specification_allows(name):
    shape = hsds_shapes.validator(name)
    objects = told(f"/{name}s?full=true&per_page=1000")["contents"]
    extra = {"organization": ("services",), "service_at_location": ("service",)}.get(name, ())
    for one in objects:
        plain = {key: value for key, value in one.items() if key not in extra}
        assert list(shape.iter_errors(plain)) == []


def test_filters_mean_and_and_each_means_what_it_says():
    food, legal = term("food"), term("legal_aid")
    of_food = [
        one["id"]
        for one in SERVICES
        if any(said["taxonomy_term_id"] == food for said in one["attributes"])
    ]
    assert ids(f"/services?taxonomy_term_id={food}&per_page=1000") == of_food
    run = SERVICES[3]["organization_id"]
    by_run = [one["id"] for one in SERVICES if one["organization_id"] == run]
    assert ids(f"/services?organization_id={run}") == by_run
    both = ids(f"/services?organization_id={run}&taxonomy_term_id={food}")
    assert both == [one for one in of_food if one in by_run]
    assert ids(f"/services?taxonomy_term_id={food}&taxonomy_term_id={legal}") == ids(
        f"/services?taxonomy_term_id={legal}"
    )
    kinds = hsds.key("taxonomy", "types")
    assert told(f"/services?taxonomy_id={kinds}")["total_items"] == len(SERVICES)
    terms = ids(f"/taxonomy_terms?taxonomy_id={kinds}")
    assert food in terms
    assert ids(f"/taxonomy_terms?parent_id={food}") == []
    assert ids(f"/taxonomy_terms?taxonomy_id={kinds}&top_only=true") == terms


def test_words_find_services_where_they_are_and_who_runs_them():
    found = ids("/services?search=food%20pantry&per_page=1000")
    assert 10 < len(found) < len(SERVICES)
    assert ids("/services?search=fodo%20pantry&per_page=1000") == found
    runs = {one["organization_id"] for one in SERVICES if one["id"] in found}
    assert {*ids("/organizations?search=food%20pantry&per_page=1000")} == runs
    at = told("/service_at_locations?search=food%20pantry&per_page=1000")["contents"]
    assert {one["service_id"] for one in at} <= {*found}
    assert told("/services?search=%20")["total_items"] == len(SERVICES)
    assert ids("/services?search=zanzibarquelle") == []
    assert len(ids("/services?search=suicide%20line")) > 0


def test_near_a_zip_code_are_the_places_whose_point_is_known_and_near():
    middle = areas.load()["zip:95376"]
    near = []
    for one in told("/service_at_locations?full=true&per_page=1000")["contents"]:
        place = one["location"]
        if "latitude" in place:
            point = place["longitude"], place["latitude"]
            if EARTH.inv(middle.lon, middle.lat, *point)[2] <= 4_000:
                near.append(one["id"])
    assert len(near) > 3
    assert ids("/service_at_locations?postcode=95376&proximity=4000") == near
    serves = ids("/service_at_locations?postcode=95376&per_page=1000")
    assert len(near) < len(serves)
    assert ids("/service_at_locations?postcode=90210") == []
    assert ids("/service_at_locations?postcode=90210&proximity=5000") == []


def test_what_is_newer_than_a_date_is_all_or_nothing():
    day = EDITION.data_date[:10]
    assert told("/services?modified_after=2020-01-01")["total_items"] == len(SERVICES)
    assert told(f"/services?modified_after={day}")["total_items"] == 0
    assert told("/services?modified_after=2020-01-01T00:00:00-08:00")["total_items"] > 0


def test_a_harvester_sees_what_is_there_and_what_is_gone(tmp_path, monkeypatch):
    rows = [{"id": "aaaaaa"}, {"id": "bbbbbb"}, {"id": "cccccc", "status": "closed"}]
    write(examples.frame(*rows), tmp_path / "services.csv")
    monkeypatch.setenv("CATALOGUE", str(tmp_path / "services.csv"))
    minimal = told("/services?minimal=true&per_page=1")
    assert (minimal["size"], minimal["total_pages"]) == (2, 1)
    assert {*minimal["contents"][0]} == {"id", "name", "status", "last_modified", "modified_date"}
    version = get("/services").headers["data-version"]
    gone = get(f"/services/{hsds.key('service', 'cccccc')}")
    assert (gone.status, gone.headers["content-type"]) == (410, "application/problem+json")
    rows[0]["name"] = "Elm Pantry"
    write(examples.frame(*rows), tmp_path / "services.csv")
    assert get("/services").headers["data-version"] != version


@pytest.mark.parametrize(
    ("address", "parameter"),
    [
        ("/services?page=0", "page"),
        ("/services?page=-1", "page"),
        ("/services?page=x", "page"),
        ("/services?page=", "page"),
        ("/services?page=%D9%A3", "page"),
        ("/services?per_page=0", "per_page"),
        ("/services?modified_after=2026-13-01", "modified_after"),
        ("/services?modified_after=yesterday", "modified_after"),
        ("/services?modified_after=2026-11-01T10:00:00", "modified_after"),
        ("/services?format=xml", "format"),
        ("/services?full=perhaps", "full"),
        ("/services?taxonomy_term_id=food", "taxonomy_term_id"),
        ("/service_at_locations?postcode=9537", "postcode"),
        ("/service_at_locations?postcode=95376&proximity=0", "proximity"),
        ("/service_at_locations?postcode=95376&proximity=nan", "proximity"),
        (f"/services?search={'a' * 1001}", "search"),
    ],
)
def test_what_cannot_be_read_is_a_problem_that_names_it(address, parameter):
    answer = get(address)
    problem = json.loads(answer.text)
    assert (answer.status, problem["status"], problem["parameter"]) == (400, 400, parameter)
    assert answer.headers["content-type"] == "application/problem+json"
    assert problem["detail"].startswith(f"{parameter}: wanted ")


@pytest.mark.parametrize(
    "address",
    [f"/services/{NO_ID}", "/services/%00", "/services/..", "/services/../../app.py",
     "/services/x/y", "/locations", "/servicess", "x", "/openapi.json/x"],
)  # fmt: skip
def test_what_is_not_there_is_a_problem_and_tells_no_path_of_ours(address):
    answer = get(address)
    assert (answer.status, answer.headers["content-type"]) == (404, "application/problem+json")
    assert not re.search(r"geo/|\.py|Traceback", answer.text)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "TRACE"])
def test_things_are_only_read(method):
    answer = ask(SERVER, "/hsds/services", method=method)
    assert (answer.status, answer.headers["allow"]) == (405, "GET, HEAD, OPTIONS")
    assert answer.headers["content-type"] == "application/problem+json"


def test_without_good_data_it_says_so_and_when_to_ask_again(tmp_path, monkeypatch):
    monkeypatch.setenv("CATALOGUE", str(tmp_path / "services.csv"))
    answer = get("/services")
    assert (answer.status, answer.headers["retry-after"]) == (503, "60")
    write(examples.frame({}), tmp_path / "services.csv")
    assert get("/services").status == 200
    (tmp_path / "services.csv").write_text("id\n1\n")
    assert get("/services").status == 200  # the last good ones stay up


def test_any_page_of_the_web_may_read_it_without_a_cookie_and_need_not_read_it_twice():
    answer = get("/services", accept_encoding="gzip", origin="https://example.org")
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "set-cookie" not in answer.headers
    assert json.loads(gzip.decompress(answer.body))["page_number"] == 1
    mark = answer.headers["etag"]
    again = get("/services", if_none_match=f'"other", W/{mark}')
    assert (again.status, again.body) == (304, b"")
    assert get("/services?page=2", if_none_match=mark).status == 200
    asked = ask(SERVER, "/hsds/services", "OPTIONS", access_control_request_headers="x-one")
    assert (asked.status, asked.headers["access-control-allow-headers"]) == (204, "x-one")
    head = ask(SERVER, "/hsds/services", method="HEAD")
    assert (head.status, head.headers["etag"]) == (200, mark)


def test_nobody_else_waits_while_an_answer_is_made(monkeypatch):
    made, answer = [], api._answer

    def seen(request):
        made.append(threading.current_thread())
        return answer(request)

    monkeypatch.setattr(api, "_answer", seen)
    assert get("/services").status == 200
    assert made != []
    assert threading.main_thread() not in made


def test_no_filter_finds_a_private_place_by_where_it_is(tmp_path, monkeypatch):
    private = {
        "id": "bbbbbb",
        "name": "Help for anyone",
        "source_name": "a list",
        "source_ref": "a list",
        "location_policy": "area_only",
        "service_types": "domestic_violence",
    }
    write(
        examples.frame({**examples.IN_TRACY, "location_source": "list"}, private),
        tmp_path / "services.csv",
    )
    monkeypatch.setenv("CATALOGUE", str(tmp_path / "services.csv"))
    hidden = hsds.key("service", "bbbbbb")
    assert hidden in ids("/services")
    assert "bbbbbb" not in json.dumps(told("/service_at_locations?full=true"))
    assert hidden not in json.dumps(told("/service_at_locations?postcode=95376&proximity=1000000"))
    in_town = {town: ids(f"/services?search={town}") for town in ("tracy", "lodi")}
    assert (hidden in in_town["tracy"]) == (hidden in in_town["lodi"])


@pytest.fixture
def listening(monkeypatch):
    """Serve the API on a free port and return its address."""
    running = uvicorn.Server(uvicorn.Config(SERVER, port=0, log_level="critical"))
    thread = threading.Thread(target=running.run, daemon=True)
    begun = threading.Event()
    real = running.startup

    async def startup(sockets=None):
        await real(sockets)
        begun.set()

    monkeypatch.setattr(running, "startup", startup)
    thread.start()
    assert begun.wait(20)
    port = running.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}/hsds/openapi.json"
    running.should_exit = True
    thread.join(20)


@pytest.mark.slow
def test_whatever_its_document_allows_is_answered_as_the_document_says(listening):
    command = [sys.executable, "-m", "schemathesis.cli", "run", listening, "--seed", "1"]
    command += ["--max-examples", "1", "--generation-database", "none", "--no-color"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=settings.ROOT, check=False)
    assert done.returncode == 0, done.stdout[-3000:]
    assert "Tested: 11" in done.stdout
