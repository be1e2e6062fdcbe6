"""Small plain pages: whole, linked, honest about their hour, and listed only where that is safe."""

import json
import re
import xml.etree.ElementTree as ET
from datetime import datetime, timedelta

import pytest

from app import app as server
from geo import clock, i18n
from geo.catalogue import records, wording
from geo.catalogue.keeper import Edition, keeper_of, load_catalogue
from geo.catalogue.places import locate
from geo.clock import TIMEZONE
from geo.settings import DATA
from geo.web.plain import address, listing, lists, pages, place_page, site_map
from geo.web.plain.address import Address
from geo.web.plain.listing import Site
from tests.browser import hostile
from tests.support import made_up
from tests.support.asking import ask
from tests.support.markup import Page

AT = datetime(2026, 11, 24, 15, 15, tzinfo=TIMEZONE)
ORIGIN = "https://help.example"
SITE = Site(ORIGIN)
MOST_BYTES = 15_000  # of a page, packed
OWN = re.compile(r"/|/leave|/text/\w\w(/.+)?|/report/\w\w\?id=\w{6}")
CALLS = re.compile(r"tel:\+?\d+|sms:\+?\d+(\?body=\w+)?")
NO_INDEX = '<meta name="robots" content="noindex">'


@pytest.fixture(scope="module")
def edition():
    return Edition(1, load_catalogue(DATA / "services.csv", clock.today()))


def addresses(edition, language):
    """Yield the address of every small page there is."""
    yield from lists.all_of(edition.entries, language)
    for entry in edition.entries:
        yield Address(language, entry=entry["id"])


@pytest.fixture(scope="module")
def bodies(edition):
    """Return every small page in both languages, by its path."""
    return {
        page.path: pages.made(edition, page, AT, SITE)
        for language in i18n.LANGUAGES
        for page in addresses(edition, language)
    }


@pytest.fixture(scope="module")
def read(bodies):
    """Return the same, read."""
    return {path: Page(made.plain.decode()) for path, made in bodies.items()}


def data_of(body):
    """Return the data for machines in a page; None if there are none."""
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', body, re.DOTALL)
    assert len(found) <= 1
    return json.loads(found[0]) if found else None


# What every page is.


def test_every_page_is_whole_and_small(bodies, read):
    assert len(bodies) > 900
    for path, page in read.items():
        assert (page.open, page.badly_closed) == ([], []), path
        assert page.all("html", "lang") == [path.split("/")[2]]
        assert sum(tag == "h1" for tag, _ in page.tags) == 1, path
        assert len(bodies[path].packed) < MOST_BYTES, path


def test_every_link_leads_to_a_page_there_is_to_a_phone_or_to_the_web(edition, bodies, read):
    websites = {entry["website"] for entry in edition.entries}
    for path, page in read.items():
        for href in page.all("a", "href"):
            if href in bodies or CALLS.fullmatch(href) or href in websites:
                continue
            if href.startswith("https://www.openstreetmap.org/directions?"):
                continue
            assert OWN.fullmatch(href), (path, href)
            own = address.report(path.split("/")[2], path.rpartition("/")[2])
            known = href in ("/", "/leave", "/text/en", "/text/es", own)
            assert known, (path, href)


def test_whom_to_call_in_danger_and_the_exit_are_on_every_page(read):
    for path, page in read.items():
        links = page.all("a", "href")
        assert links[0] == "/leave", path
        assert {href for _, _, href in wording.DANGER} <= {*links}, path


def test_from_the_whole_list_every_page_is_reached_by_links(edition, bodies, read):
    seen, todo = set(), [Address("es", county).path for county in records.COUNTIES]
    while todo:
        path = todo.pop()
        if path in read and path not in seen and path.startswith("/text/es"):
            seen.add(path)
            todo += read[path].all("a", "href")
    assert {path for path in bodies if path.startswith("/text/es")} == seen
    whole = Page(ask(server, "/text/es").text).all("a", "href")
    assert {Address("es", county).path for county in records.COUNTIES} <= {*whole}


def test_a_page_in_spanish_has_no_english_of_ours_left(edition, bodies):
    say = i18n.words("es")
    english = {
        label
        for label in (
            *records.TYPES.values(),
            *records.FEES.values(),
            *records.WALK_IN.values(),
            "Who says so",
            "The whole list",
            "Open or closed",
            "Not known",
            "Towns",
            "Last confirmed",
        )
        if say(label) != label
    }
    for path, made in bodies.items():
        if path.startswith("/text/es"):
            said = made.plain.decode()
            assert [text for text in english if f">{text}<" in said] == [], path
            assert "As of" not in said


def test_a_list_names_who_serves_the_county_and_a_town_only_who_is_known_to_be_there(edition, read):
    for county in records.COUNTIES:
        for kind in records.TYPES:
            page = read.get(Address("en", county, kind=kind).path)
            expected = {
                f"/text/en/place/{e['id']}"
                for e in edition.entries
                if county in e["serves"] and kind in e["types"]
            }
            found = {href for href in page.all("a", "href") if "/place/" in href}
            unreached = {
                f"/text/en/place/{e['id']}"
                for e in edition.entries
                if kind == "hotline" and not (e["phone"] or e["text_line"])
            }
            assert found == expected - unreached
    brawley = read["/text/en/imperial/brawley"]
    assert {href for href in brawley.all("a", "href") if "/place/" in href} == {
        f"/text/en/place/{e['id']}" for e in edition.entries if e["city"] == "Brawley"
    }


def test_a_private_place_is_in_no_town_and_its_page_tells_nothing_of_where_it_is():
    cells = {"street": "12 Secret Street", "city": "Tracy", "zip": "95376", "name": "Quiet House"}
    edition = made_up.edition(**cells, location_source="a map", location_policy="area_only")
    tracy = Address("en", "san_joaquin", "Tracy")
    assert lists.on(edition.entries, tracy) == []
    assert {page.town for page in lists.all_of(edition.entries, "en")} == {""}
    for page in (
        Address("en", entry="aaaaaa"),
        tracy,
        tracy.within(town="", kind="food"),
        tracy.within(town=""),
    ):
        body = pages.made(edition, page, AT, SITE).plain.decode()
        body = body.replace("<h1>Tracy</h1>", "").replace("<title>Tracy</title>", "")
        body = re.sub(r'href="[^"]*/san-joaquin/tracy"', "", body)
        assert not re.search(r"Secret|Tracy|95376|37\.7|121\.4|a map", body), page
        assert data_of(body) is None
    assert b"aaaaaa" not in site_map.made(edition, SITE).plain


def test_a_page_says_of_when_its_open_and_closed_are():
    page = Address("en", entry="aaaaaa")
    edition = made_up.edition(hours="Mo-Fr 08:00-17:00")
    said = Page(pages.made(edition, page, AT, SITE).plain.decode()).said
    assert "As of November 24, 2026, 3:15 PM: Open until 5:00 PM" in said
    later = AT + timedelta(hours=2)
    said = Page(pages.made(edition, page, later, SITE).plain.decode()).said
    assert "As of November 24, 2026, 5:15 PM: Closed, opens the next day at 8:00" in said
    assert "If it is later now, go by the hours below." in said


def test_the_quarter_of_an_hour_is_that_on_the_clock():
    times = [(0, 0), (14, 0), (15, 15), (44, 30), (59, 45)]
    for minute, begin in times:
        assert pages.quarter(AT.replace(minute=minute, second=59)) == AT.replace(minute=begin)


# What may be listed.


def test_what_is_not_to_be_listed_is_in_no_map_has_no_data_and_says_so(edition, bodies):
    survivors = {"domestic_violence", "trafficking"}
    hidden = [e for e in edition.entries if e["is_private"] or survivors & {*e["types"]}]
    assert len(hidden) > 10
    listed = site_map.made(edition, SITE).plain.decode()
    for entry in hidden:
        assert not entry["release_ref"].startswith("agreement")
        assert f"/place/{entry['id']}" not in listed
        for language in i18n.LANGUAGES:
            body = bodies[Address(language, entry=entry["id"]).path].plain.decode()
            assert NO_INDEX in body
            assert data_of(body) is None
            assert "<title>Home</title>" in body
    named = [entry["name"] for entry in hidden]
    for path, made in bodies.items():
        if made.is_listed:
            assert [n for n in named if n in made.plain.decode() and n != "Home"] == [], path


def test_a_shelter_of_survivors_may_be_listed_with_its_release():
    kind = {"service_types": "shelter;domestic_violence"}
    for cells, listed in (
        ({}, False),
        ({"release_ref": "agreement R-7, 2026-01-02, director"}, True),
        ({"release_ref": "listed by a newspaper, 2026-01-02, director"}, False),
        ({"release_ref": "yes"}, False),
        (
            {"release_ref": "agreement R-7, 2026-01-02, director", "location_policy": "area_only"},
            False,
        ),
    ):
        assert listing.may_list(made_up.edition(**kind, **cells).entries[0]) is listed


@pytest.mark.parametrize(
    ("cells", "listed"),
    [
        ({"service_types": "food"}, True),
        ({"service_types": "harm_reduction"}, True),
        ({"service_types": "shelter"}, True),
        ({"service_types": "legal_aid;trafficking"}, False),
        ({"service_types": "food", "for_survivors": "yes"}, False),
        ({"service_types": "shelter", "name": "Safe House"}, False),
        ({"service_types": "shelter", "description_es": "Para sobrevivientes"}, False),
    ],
)
def test_who_is_for_survivors_is_told_by_kind_by_column_or_by_words(cells, listed):
    assert listing.may_list(made_up.edition(**cells).entries[0]) is listed


def test_a_title_tells_no_kind_of_help_that_a_watcher_must_not_see(edition, bodies):
    for entry in edition.entries:
        body = bodies[f"/text/en/place/{entry['id']}"].plain.decode()
        (title,) = re.findall("<title>(.*?)</title>", body)
        if address.DISCREET.keys() & {*entry["types"]}:
            assert title == "Home"
        elif listing.may_list(entry):
            assert title == Page(f"<h1>{title}</h1>").said or "&" in title
            assert f"<h1>{title}</h1>" in body
    for kind in address.DISCREET:
        for path in (
            Address("en", "imperial", kind=kind).path,
            Address("es", "san_joaquin", kind=kind).path,
        ):
            assert b"<title>Home</title>" in bodies[path].plain
    assert b"<title>Comida: Condado de Imperial</title>" in bodies["/text/es/imperial/comida"].plain


def test_every_page_names_its_own_address_and_its_versions(bodies, read):
    for path, page in read.items():
        links = [attrs for tag, attrs in page.tags if tag == "link" and attrs["rel"] != "icon"]
        canonical, *others = links
        assert (canonical["rel"], canonical["href"]) == ("canonical", ORIGIN + path)
        versions = {link["hreflang"]: link["href"] for link in others}
        assert {*versions} == {*i18n.LANGUAGES, "x-default"}
        assert versions[path.split("/")[2]] == ORIGIN + path
        for language in i18n.LANGUAGES:
            other = versions[language].removeprefix(ORIGIN)
            back = [
                a for _, a in read[other].tags if a.get("hreflang") and a.get("rel") == "alternate"
            ]
            assert ORIGIN + path in [link["href"] for link in back]
        below = versions["x-default"].removeprefix(f"{ORIGIN}/text/")
        assert address.read(below, path.split("/")[2]).path == path


def test_the_map_of_the_site_names_every_page_that_may_be_listed_and_no_other(edition, bodies):
    root = ET.fromstring(site_map.made(edition, SITE).plain)
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    assert root.tag == f"{space}urlset"
    found = [node.text.removeprefix(ORIGIN) for node in root.iter(f"{space}loc")]
    assert len(found) == len({*found})
    assert {*found} == {path for path, made in bodies.items() if made.is_listed}
    assert len(found) > 600


# What the server answers.


def test_the_header_and_the_page_agree_on_listing_and_the_app_is_never_listed(edition, bodies):
    listed = "/text/en/imperial/food"
    assert ask(server, listed).headers["x-robots-tag"] == "all"
    hidden = next(e["id"] for e in edition.entries if e["is_private"])
    for path in (f"/text/en/place/{hidden}", "/text/en", "/text/en/xx", "/", "/about", "/health"):
        assert ask(server, path).headers["x-robots-tag"] == "noindex"


def test_nothing_is_listed_where_the_operator_says_so(monkeypatch):
    monkeypatch.setenv("SEARCH_ENGINES", "off")
    monkeypatch.setenv("ORIGINS", ORIGIN)
    answer = ask(server, "/text/en/imperial/food")
    assert answer.headers["x-robots-tag"] == "noindex"
    assert NO_INDEX in answer.text
    assert ask(server, "/sitemap.xml").status == 404
    assert "Sitemap" not in ask(server, "/robots.txt").text


def test_the_map_is_there_once_the_site_knows_its_address(monkeypatch):
    answer = ask(server, "/sitemap.xml")
    assert (answer.status, "ORIGINS" in answer.text) == (404, True)
    assert "Sitemap" not in ask(server, "/robots.txt").text
    assert 'rel="canonical" href="/text/en/imperial"' in ask(server, "/text/en/imperial").text
    monkeypatch.setenv("ORIGINS", f"{ORIGIN}, http://127.0.0.1:1")
    answer = ask(server, "/sitemap.xml", accept_encoding="gzip")
    assert (answer.status, answer.headers["content-type"]) == (200, "application/xml")
    hosts = {
        node.text.partition("/text/")[0]
        for node in ET.fromstring(answer.text).iter()
        if node.text and node.text.strip()
    }
    assert hosts == {ORIGIN}
    assert ask(server, "/robots.txt").text.endswith(f"Sitemap: {ORIGIN}/sitemap.xml\n")


@pytest.mark.parametrize(
    ("asked", "language", "led"),
    [
        ("/text/imperial/food", "es-MX", "/text/es/imperial/comida"),
        ("/text/imperial/food", "en", "/text/en/imperial/food"),
        ("/text/es/imperial/food", "en", "/text/es/imperial/comida"),
        ("/text/place/hck7q3", "es", "/text/es/place/hck7q3"),
        ("/text/en/", "es", "/text/en"),
        ("/text/en/imperial/shelter", "es", "/text/en/imperial/help-1"),
    ],
)
def test_other_words_are_led_to_the_page(asked, language, led):
    answer = ask(server, asked, accept_language=language)
    assert (answer.status, answer.headers["location"]) == (302, led)
    assert answer.headers["cache-control"] == "no-store"
    assert ask(server, led, accept_language="fr").status == 200


@pytest.mark.parametrize("packing", ["gzip", "identity"])
def test_a_page_is_made_once_a_quarter_of_an_hour_and_not_sent_again_to_who_has_it(
    served, packing, monkeypatch
):
    drawn = []
    draw = lists.page
    monkeypatch.setattr(lists, "page", lambda *asked: drawn.append(asked) or draw(*asked))
    monkeypatch.setattr(clock, "now", lambda: AT + timedelta(minutes=14))
    path = "/text/es/imperial/comida"
    first = ask(server, path, accept_encoding=packing)
    assert first.headers["content-language"] == "es"
    tag = first.headers["etag"]
    assert ask(server, path, accept_encoding=packing).body == first.body
    known = ask(server, path, accept_encoding=packing, if_none_match=tag)
    assert (known.status, known.body, len(drawn)) == (304, b"", 1)
    monkeypatch.setattr(clock, "now", lambda: AT + timedelta(minutes=15))
    assert "3:30\u202fp.m." in ask(server, path).text
    assert len(drawn) == 2


def test_a_closed_place_is_gone_an_unknown_one_is_not_found_and_both_say_what_to_do(served):
    text = served.read_text(encoding="utf-8")
    gone = next(e["id"] for e in keeper_of(served).current().entries if e["status"] == "open")
    line = next(line for line in text.splitlines() if line.startswith(gone))
    served.write_text(text.replace(line, line.replace(",open,", ",closed,")), encoding="utf-8")
    for path, status in ((f"/text/es/place/{gone}", 410), ("/text/es/place/zzzzzz", 404)):
        answer = ask(server, path, accept_language="en")
        page = Page(answer.text)
        assert (answer.status, page.all("html", "lang")) == (status, ["es"])
        assert "/text/es" in page.all("a", "href")
        assert "211" in page.said
        assert answer.headers["x-robots-tag"] == "noindex"
    assert f"/place/{gone}" not in ask(server, "/text/es/imperial").text


def test_without_any_list_a_page_is_not_gone_but_away(tmp_path, monkeypatch):
    monkeypatch.setenv("CATALOGUE", str(tmp_path / "none.csv"))
    answer = ask(server, "/text/es/place/hck7q3")
    assert (answer.status, "211" in answer.text) == (503, True)


def test_a_town_or_a_kind_without_an_entry_says_where_to_look(edition):
    empty = Address("en", "san_joaquin", "Farmington")
    assert lists.on(edition.entries, empty) == []
    answer = ask(server, empty.path)
    assert answer.status == 200
    assert "Look in the whole county, or call 211." in answer.text
    assert answer.headers["x-robots-tag"] == "noindex"


# Hostile records.


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_a_hostile_record_is_only_text_on_its_page_in_lists_and_in_data(language):
    edition = Edition(1, locate(hostile.rows("http://127.0.0.1:9/").assign(release_ref="")))
    assert all(map(listing.may_list, edition.entries))
    kind = Address(language, "san_joaquin", kind="food")
    for page in (kind, *(Address(language, entry=e["id"]) for e in edition.entries)):
        body = pages.made(edition, page, AT, SITE).plain.decode()
        read = Page(body)
        assert hostile.COMPUTED not in body
        assert (read.open, read.badly_closed) == ([], [])
        assert {tag for tag, _ in read.tags}.isdisjoint({"img", "b", "iframe"})
        scripts = [attrs for tag, attrs in read.tags if tag == "script"]
        assert scripts[1:] == ([{"type": "application/ld+json"}] if page.entry else [])
        assert [a for _, attrs in read.tags for a in attrs if a.startswith("on")] == []
        assert [
            h
            for h in read.all("a", "href")
            if not (OWN.fullmatch(h) or re.match("tel:|sms:|https://www.openstreetmap", h))
        ] == []
        if page.entry:
            block = body.partition('ld+json">')[2].partition("</script>")[0]
            assert not re.search("[<>&]", block)
            own = place_page.find(edition, page.entry)
            assert data_of(body)["name"] == own["name"]
