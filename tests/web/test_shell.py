"""The server answers plainly and safely, and a record is only ever text."""

import base64
import gzip
import hashlib
import json
import posixpath
import re
import shutil
from datetime import date, datetime
from importlib.metadata import version
from urllib.parse import urljoin

import pytest

from app import app as server
from geo import clock, i18n, settings
from geo.__main__ import main
from geo.catalogue import records, wording
from geo.catalogue.keeper import Edition, keeper_of, load_catalogue
from geo.catalogue.places import locate
from geo.clock import TIMEZONE
from geo.settings import DATA, ROOT
from geo.store import served
from geo.web import about, ahead, assets, descriptors, find_files, shell, streamlit_mends, text_page
from pages.parts import contents
from tests.browser import hostile
from tests.support.asking import ask
from tests.support.markup import Page

NOW = datetime(2026, 11, 24, 12, tzinfo=TIMEZONE)
NEVER_SHOWN = re.compile(r"760\D{0,3}357\D{0,3}5095")
HARMLESS = re.compile(
    r"tel:\+?\d*|sms:\+?\d*(\?body=[^\n]*)?|#[\w-]+|/|/text/\w\w(/[\w-]+)?|/leave|"
    r"/report/\w\w(\?id=\w{6})?"
)
LOADED = re.compile(  # by a script, when it runs
    r"""(?:^import .*from |^import |import\(|new URL\()["']([^"']+)["']""", re.MULTILINE
)
MOST_BYTES = 100_000  # of the plain page, packed


@pytest.fixture(scope="module")
def edition():
    return Edition(1, load_catalogue(DATA / "services.csv", clock.today()))


def bodies(edition):
    """Yield each page that the server writes itself, in each language."""
    for language in i18n.LANGUAGES:
        yield text_page.page(edition, language, NOW)
        yield about.page(edition, language)


# How the catalogue is.


def test_health_is_green_and_counts_while_the_data_are_good(edition):
    answer = ask(server, "/health")
    told = json.loads(answer.text)
    assert answer.status == 200
    assert (told["status"], told["places"]) == ("ok", len(edition.places))
    assert told["data_date"] == edition.data_date
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("bad", [b"", b"\xff\xfe", b"id,name\n1,2\n", None], ids=str)
def test_health_is_red_with_bad_data_and_the_last_good_list_stays_up(served, edition, bad):
    before = ask(server, "/text/en").text
    if bad is None:
        served.unlink()
    else:
        served.write_bytes(bad)
    answer = ask(server, "/health")
    told = json.loads(answer.text)
    assert answer.status == 503
    assert (told["status"], told["places"]) == ("bad data", len(edition.places))
    assert ask(server, "/text/en").text == before


def test_health_is_red_when_there_never_was_a_good_file(tmp_path, monkeypatch):
    monkeypatch.setenv("CATALOGUE", str(tmp_path / "none.csv"))
    answer = ask(server, "/health")
    told = json.loads(answer.text)
    assert (answer.status, told["places"], told["data_date"]) == (503, 0, "")
    text = ask(server, "/text/en")
    assert text.status == 200
    assert all(number in text.text for _, number, _ in wording.DANGER)


def test_health_says_what_is_missing_of_a_file_that_is_held_back_and_is_green_once_accepted(
    served, edition, capsys
):
    ask(server, "/health")
    lines = served.read_bytes().splitlines(keepends=True)
    served.write_bytes(b"".join(lines[: len(lines) // 2]))
    answer = ask(server, "/health")
    told = json.loads(answer.text)
    assert answer.status == 503
    assert (told["status"], told["places"]) == ("held back", len(edition.places))
    assert told["lost"][0].endswith(f"fewer than the {len(edition.places)} before")
    assert main(["accept"]) == 0
    told = json.loads(ask(server, "/health").text)
    assert (told["status"], told["lost"]) == ("ok", [])
    assert told["accepted_on"] == clock.today().isoformat()
    assert told["places"] < len(edition.places)
    capsys.readouterr()


def test_health_says_when_there_is_no_room(monkeypatch):
    monkeypatch.setattr(descriptors, "is_full", lambda: True)
    answer = ask(server, "/health")
    assert (answer.status, json.loads(answer.text)["status"]) == (503, "full")


# The plain page.


@pytest.mark.parametrize("packing", ["gzip", "identity"])
def test_the_plain_page_is_made_once_an_edition_and_day_and_not_sent_again_to_who_has_it(
    served, monkeypatch, packing
):
    made = []
    draw = text_page.page
    monkeypatch.setattr(text_page, "page", lambda *asked: made.append(asked) or draw(*asked))
    first = ask(server, "/text/es", accept_encoding=packing)
    before = len(made)
    again = ask(server, "/text/es", accept_encoding=packing)
    assert (again.body, len(made)) == (first.body, before)
    tag = first.headers["etag"]
    known = ask(server, "/text/es", accept_encoding=packing, if_none_match=tag)
    assert (known.status, known.body) == (304, b"")
    other = "identity" if packing == "gzip" else "gzip"
    assert ask(server, "/text/es", accept_encoding=other, if_none_match=tag).status == 200
    served.write_bytes(served.read_bytes().replace(b"Tracy Interfaith", b"Another Interfaith"))
    changed = ask(server, "/text/es", accept_encoding=packing, if_none_match=tag)
    assert (changed.status, "Another Interfaith" in changed.text) == (200, True)
    assert len(made) == before + 1


def test_the_plain_page_of_the_next_day_says_the_next_day(edition):
    pages = [text_page.made(edition, "en", date(2026, 11, day), False) for day in (24, 25)]
    for day, page in zip(("24", "25"), pages, strict=True):
        assert f"Page made on November {day}, 2026" in Page(page.plain.decode()).said
        assert gzip.decompress(page.packed) == page.plain
    assert pages[0].tag != pages[1].tag


@pytest.mark.parametrize(
    ("address", "asked", "language"),
    [
        ("/text", "es-MX,es;q=0.9,en;q=0.8", "es"),
        ("/text", "en-US", "en"),
        ("/text", "fr", "en"),
        ("/text/en", "es", "en"),
        ("/text/es", "en", "es"),
    ],
)
def test_the_plain_page_is_in_the_language_of_the_address_or_else_the_browser(
    address, asked, language
):
    answer = ask(server, address, accept_language=asked)
    assert (answer.status, answer.headers["content-language"]) == (200, language)
    assert Page(answer.text).all("html", "lang") == [language]
    assert {"accept-language", "accept-encoding"} <= {
        name.strip().lower() for name in answer.headers["vary"].split(",")
    }


@pytest.mark.parametrize(
    "address", ["/text/xx", "/text/EN", "/text/%2e", "/text/en%00", "/text/en/more"]
)
def test_a_language_that_is_none_of_ours_is_not_found(address):
    assert ask(server, address).status in (400, 404)


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_the_plain_page_is_small_when_packed_and_the_same_unpacked(language):
    packed = ask(server, f"/text/{language}", accept_encoding="gzip, deflate, br")
    assert packed.headers["content-encoding"] == "gzip"
    assert len(packed.body) < MOST_BYTES
    unpacked = ask(server, f"/text/{language}")
    assert "content-encoding" not in unpacked.headers
    assert unpacked.text == packed.text


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_the_plain_page_names_every_place_and_line(edition, language):
    said = Page(text_page.page(edition, language, NOW)).said
    missing = [e["name"] for e in edition.entries if " ".join(e["name"].split()) not in said]
    assert missing == []


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_the_plain_page_has_danger_first_then_lines_then_both_counties(edition, language):
    say, page = i18n.words(language), text_page.page(edition, language, NOW)
    parts = [page.index(f'href="{href}"') for _, _, href in wording.DANGER]
    parts += [page.index('<h2 id="lines"')]
    parts += [page.index(f">{say(county)}</h2>") for county in records.COUNTIES.values()]
    assert parts == sorted(parts)
    plainly = (e for e in edition.entries if e["name"].replace(" ", "").isalpha())
    place = next(e for e in plainly if not e["is_line"])
    line = next(e for e in edition.entries if e["is_line"] and e["phone"])
    assert parts[-3] < page.index(f'<a href="{wording.dial(line["phone"])}"', parts[-3]) < parts[-2]
    assert page.index(f"<h4>{place['name']}</h4>") > parts[-2]


def test_the_plain_page_needs_no_script_and_nothing_from_anywhere(edition):
    for language in i18n.LANGUAGES:
        page = Page(text_page.page(edition, language, NOW))
        tags = {tag for tag, _ in page.tags}
        assert tags.isdisjoint({"img", "iframe", "form", "object", "base"})
        assert page.all("script", "src") == []
        assert page.all("link", "href") == ["data:,"]
        assert [href for href in page.all("a", "href") if not HARMLESS.fullmatch(href)] == []


def test_every_page_of_ours_is_whole_html_and_links_within_it_lead_somewhere(edition):
    for body in bodies(edition):
        page = Page(body)
        assert (page.open, page.badly_closed) == ([], [])
        ids = [attrs["id"] for _, attrs in page.tags if "id" in attrs]
        assert len(ids) == len({*ids})
        assert {href[1:] for href in page.all("a", "href") if href[0] == "#"} <= {*ids}


def test_the_about_page_links_only_to_pages_of_this_server(edition):
    for language in i18n.LANGUAGES:
        links = Page(about.page(edition, language)).all("a", "href")
        own = [
            href
            for href in links
            if re.fullmatch(r"/(place\?id=\w{6}|text/\w\w|data|offline\.html)", href)
        ]
        assert links == own != []


def test_the_number_that_must_never_be_shown_is_on_no_page(edition):
    assert [body for body in bodies(edition) if NEVER_SHOWN.search(body)] == []


# Hostile records.


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_a_hostile_record_is_only_text(language):
    edition = Edition(1, locate(hostile.rows("http://127.0.0.1:9/")))
    for body in (text_page.page(edition, language, NOW), about.page(edition, language)):
        assert hostile.COMPUTED not in body
        page = Page(body)
        assert (page.open, page.badly_closed) == ([], [])
        assert {tag for tag, _ in page.tags}.isdisjoint({"img", "b", "iframe"})
        assert [attrs for tag, attrs in page.tags if tag == "script"] == scripts(body)
        assert [attr for _, attrs in page.tags for attr in attrs if attr.startswith("on")] == []
    page = Page(text_page.page(edition, language, NOW))
    assert [href for href in page.all("a", "href") if not HARMLESS.fullmatch(href)] == []
    for attack in hostile.ATTACKS:
        assert attack.replace("{fetched}", "http://127.0.0.1:9/") in page.said


# The exit.


def scripts(body):
    """Return the attributes of the scripts that a page may have: a plain one has the exit's."""
    return [{"data-to": "https://www.weather.gov/"}] if "<head>" in body else []


def plain_pages(edition):
    """Yield every page without Streamlit, in each language, and how it is called."""
    for language in i18n.LANGUAGES:
        yield f"/text/{language}", text_page.page(edition, language, NOW)
        nowhere = ask(server, "/text/xx", accept_language=language)
        assert nowhere.status == 404
        assert nowhere.headers["content-type"] == "text/html; charset=utf-8"
        yield f"404 {language}", nowhere.text
        yield f"500 {language}", shell.SORRY[language].decode()


def test_every_plain_page_has_a_neutral_title_no_sign_and_the_exit(edition):
    for name, body in plain_pages(edition):
        page = Page(body)
        assert re.findall(r"<title>(.*?)</title>", body) == ["Home"], name
        assert page.all("link", "href") == ["data:,"], name
        first = next(href for href in page.all("a", "href"))
        assert first == "/leave", name
        assert [href for _, _, href in wording.DANGER if href not in page.all("a", "href")] == []


def test_on_a_plain_page_nothing_runs_but_the_exit_and_nothing_is_loaded(edition):
    for name, body in plain_pages(edition):
        (script,) = re.findall(r"<script[^>]*>(.*?)</script>", body, flags=re.DOTALL)
        mark = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        (rules,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', body)
        told = dict(rule.split(" ", 1) for rule in rules.split("; "))
        assert told["script-src"] == f"'sha256-{mark}'", name
        assert told["default-src"] == "'none'", name
        assert body.index("Content-Security-Policy") < body.index("<script"), name


def test_the_exit_leads_away_and_clears_what_this_site_kept(monkeypatch):
    monkeypatch.setenv("EXIT_TO", "https://weather.example/")
    answer = ask(server, "/leave")
    assert (answer.status, answer.headers["location"]) == (303, "https://weather.example/")
    cleared = {part.strip(' "') for part in answer.headers["clear-site-data"].split(",")}
    assert cleared >= {"cache", "storage", "cookies"}
    assert answer.headers["cache-control"] == "no-store"
    assert answer.body == b""


# Headers.


ADDRESSES = [
    "/",
    "/about",
    "/place?id=aaaaaa",
    "/nowhere",
    "/health",
    "/text",
    "/text/xx",
    "/leave",
    "/assets/none.js",
    "/favicon.png",
    "/_stcore/health",
    "/_stcore/host-config",
    "/_stcore/metrics",
    "/component/none/index.html",
    "/static/none.js",
    "/media/none",
    "//nowhere.example",
    "/../etc/passwd",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_answer_has_the_headers_that_keep_readers_safe(address):
    headers = ask(server, address).headers
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-robots-tag"] == "noindex"
    assert "geolocation=()" in headers["permissions-policy"]
    assert "connect-src 'self'" in headers["content-security-policy"]


def test_a_file_that_only_a_page_loads_says_what_it_is_and_no_more():
    """150 of them, each with the rules of a page, were a tenth of a first visit."""
    page = Page(ask(server, "/").text)
    theirs = [name[1:] for name in page.all("script", "src") if name.startswith("./static/js/")]
    for address in (*theirs, *(assets.fixed()[name].address for name in ("dom.js", "ground.json"))):
        headers = ask(server, address).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cache-control"] == "public, max-age=31536000, immutable"
        assert sum(len(f"{name}: {told}\r\n") for name, told in headers.items()) < 300, address


def test_the_first_page_begins_to_fetch_what_its_component_is_told_to():
    told = re.search(r'<script type="application/json" id="find-files">(.*?)</script>', first())[1]
    files = vars(find_files.of(keeper_of(settings.read().catalogue).current(), "es", clock.today()))
    assert json.loads(told) == {
        name: files[name] for name in ("places", "openings", "page", "cards")
    }
    assert 'id="find-files"' not in ask(server, "/about", accept_language="es").text


def test_all_that_find_is_drawn_with_is_named_at_the_end_of_the_head_of_the_first_page():
    """A few scripts, each with all that it imports: none is found only when another is read."""
    scripts = re.findall(r'<link rel="modulepreload" href="([^"]+)">', first())
    own = {asset.address: name for name, asset in assets.fixed().items()}
    named = [own[address] for address in scripts]
    assert named == ["find/find.js", "frame/frame.js", "find/fetched.js"]
    for name in named:
        text = assets.fixed()[name].body.decode()
        asked = re.findall(r'^import .*from "([^"]+)";$', text, re.MULTILINE)
        assert {posixpath.normpath(f"{name}/../{one}") for one in asked} <= {*named}, name
    assert first().index("/find/find.js") > first().rindex("./static/js/")
    for sheet in ("find/find.css", "cards/cards.css"):
        assert f'as="style" href="{assets.fixed()[sheet].address}"' in first()
    assert "/find/find.js" not in ask(server, "/about", accept_language="es").text


def test_each_script_that_a_page_begins_with_has_in_it_all_that_it_imports():
    begun = {
        path.relative_to(assets.STATIC).as_posix()
        for path in assets.STATIC.rglob("*.js")
        if "\nexport default" in path.read_text(encoding="utf-8")
    }
    assert begun == {*assets.WHOLE}
    for name in begun:
        text = assets.fixed()[name].body.decode()
        left = re.findall(r'^import .*from "([^"]+)";$', text, re.MULTILINE)
        assert left == (["./fetched.js"] if name == "find/find.js" else []), name


def test_the_data_of_a_first_answer_wait_for_one_script_alone():
    begins = (assets.STATIC / "find" / "ahead.js").read_text(encoding="utf-8")
    assert re.findall(r'^import .*from "([^"]+)"', begins, re.MULTILINE) == ["./fetched.js"]
    assert "import" not in assets.fixed()["find/fetched.js"].body.decode()


def first():
    return ask(server, "/", accept_language="es").text


def test_a_map_of_tiles_does_not_begin_to_fetch_all_points(monkeypatch):
    points = assets.points(keeper_of(settings.read().catalogue).current()).address
    assert points in ahead.map_head()
    monkeypatch.setattr(served, "tiles_of", lambda _: "a store")
    assert points not in ahead.map_head()
    assert assets.fixed()["no_points.json"].address in ahead.map_head()


def test_what_every_page_is_drawn_with_is_named_in_its_head_once():
    named = re.findall(
        r'<link rel="modulepreload" crossorigin href="\./static/js/([^"]+)">', first()
    )
    assert len(named) == len({*named})
    for start in streamlit_mends.DRAWN_WITH:
        (script,) = streamlit_mends.SCRIPTS.glob(f"{start}.*.js")
        inside = re.findall(r'\bfrom"\./([^"]+)"', script.read_text(encoding="utf-8"))
        assert {script.name, *inside} - {*named} <= {
            name.rpartition("/")[2] for name in Page(first()).all("script", "src")
        }


TEXTS = ("/", "/text", "/list?ids=", "/report/en", "/quality/en", "/offline.html", "/embed")


@pytest.mark.parametrize(
    ("kind", "address"),
    [*(("text/html", address) for address in TEXTS), ("text/plain", "/robots.txt")],
)
def test_a_text_says_what_it_is_and_in_which_letters(kind, address):
    assert ask(server, address).headers["content-type"] == f"{kind}; charset=utf-8"


@pytest.mark.parametrize("address", ["/.git/HEAD", "/.git/config", "/assets/../.git/HEAD", "/.git"])
def test_the_history_of_the_source_is_not_handed_out(address):
    answer = ask(server, address)
    assert answer.status in (400, 404)
    assert "ref:" not in answer.text and "[core]" not in answer.text


@pytest.mark.parametrize("address", ["/", "/about", "/place?id=aaaaaa", "/text", "/leave"])
def test_no_page_sets_a_cookie(address):
    assert "set-cookie" not in ask(server, address).headers


def test_the_policy_lets_nothing_out_but_to_the_street_map():
    policy = ask(server, "/").headers["content-security-policy"]
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert rules["default-src"] == rules["connect-src"] == "'self'"
    assert rules["form-action"] == rules["base-uri"] == rules["frame-ancestors"] == "'self'"
    assert rules["object-src"] == "'none'"
    hosts = {name: re.findall(r"\S*[*:/]\S*", said) for name, said in rules.items()}
    assert {name: found for name, found in hosts.items() if found} == {
        "script-src": ["blob:"],
        "worker-src": ["blob:"],
        "font-src": ["data:"],
        "img-src": ["data:", "blob:", "https://tile.openstreetmap.org"],
    }


@pytest.mark.parametrize(
    "address",
    [
        "/_stcore/metrics",
        "/_stcore/metrics/",
        "/_stcore/%6detrics",
        "/_stcore/metrics?families=sessions",
        "/_stcore/agent/v1",
        "/_stcore/script-health-check",
        "/media/none",
    ],
)
def test_what_tells_of_the_server_is_closed(address):
    assert ask(server, address).status == 404


def test_when_the_server_breaks_a_reader_is_told_whom_to_call_and_no_more(monkeypatch):
    monkeypatch.setenv("CATALOGUE_MOST_BYTES", "much")
    for address in ("/text", "/health"):
        answer = ask(server, address)
        assert answer.status == 500
        assert "211" in answer.text
        assert not re.search(r"Traceback|Error|much|\.py", answer.text)
        assert answer.headers["referrer-policy"] == "no-referrer"


# Files.


def test_a_file_is_kept_for_ever_under_a_hash_of_its_content():
    for name, file in assets.fixed().items():
        answer = ask(server, file.address)
        assert answer.status == 200
        if not (assets.STATIC / name).exists():
            mark = re.fullmatch(r"/assets/[\w.]+-([0-9a-f]{12})\.\w+", file.address)[1]
            assert hashlib.sha256(answer.body).hexdigest().startswith(mark)
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
        packed = ask(server, file.address, accept_encoding="gzip")
        assert packed.headers["content-encoding"] == "gzip"
        assert gzip.decompress(packed.body) == answer.body


def test_our_scripts_lie_in_one_folder_and_import_only_what_lies_in_it():
    ours = {name: file for name, file in assets.fixed().items() if (assets.STATIC / name).exists()}
    assert {"dom.js", "map/main.js", "cards/cards.css"} <= {*ours}
    (folder,) = {file.address.removesuffix(name) for name, file in ours.items()}
    assert re.fullmatch(r"/assets/[0-9a-f]{12}/", folder)
    for name, file in ours.items():
        for named in LOADED.findall(file.body.decode()):
            assert urljoin(file.address, named).removeprefix(folder) in ours, (name, named)
    assert (
        ask(server, ours["dom.js"].address.replace(folder, "/assets/000000000000/")).status == 404
    )


def test_the_folder_of_our_scripts_changes_its_name_with_any_of_them(tmp_path, monkeypatch):
    def folder():
        assets.fixed.cache_clear()
        return assets.fixed()["dom.js"].address

    shutil.copytree(assets.STATIC, tmp_path / "static")
    monkeypatch.setattr(assets, "STATIC", tmp_path / "static")
    try:
        before = folder()
        assert folder() == before
        with (tmp_path / "static" / "map" / "streets.js").open("a") as file:
            file.write("export const MORE = 1;\n")
        assert folder() != before
        after = folder()
        (tmp_path / "static" / "map" / "streets.js").rename(tmp_path / "static" / "streets.js")
        assert folder() not in (before, after)
    finally:
        assets.fixed.cache_clear()


def test_no_script_names_another_host_but_those_a_reader_may_ask():
    """The street map, a link to a maps app; w3.org is in the name of SVG and is asked nothing."""
    hosts = re.compile(r"(?:https?:)?//([a-z0-9-]+(?:\.[a-z0-9-]+)+)")
    named = {
        host
        for name, file in assets.fixed().items()
        if name.endswith(".js") and (assets.STATIC / name).exists()
        for host in hosts.findall(file.body.decode())
    }
    assert named == {"tile.openstreetmap.org", "www.google.com", "www.w3.org"}


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("leaflet.js", "text/javascript"),
        ("map/main.js", "text/javascript"),
        ("shell/exit.js", "text/javascript"),
        ("leaflet.css", "text/css"),
        ("shell/shell.css", "text/css"),
        ("ground.json", "application/json"),
    ],
)
def test_leaflet_and_what_is_ours_come_from_this_server(name, kind):
    answer = ask(server, assets.fixed()[name].address)
    assert answer.headers["content-type"].split(";")[0] == kind


def test_the_points_of_the_served_catalogue_change_address_with_it_and_the_old_ones_stay(served):
    def renamed(name):
        served.write_bytes(catalogue_before.replace(b"Tracy Interfaith", name))
        return assets.points(keeper_of(served).current()).address

    catalogue_before = served.read_bytes()
    first = assets.points(keeper_of(served).current()).address
    told = ask(server, first).text
    assert json.loads(told)["size"] == json.loads(ask(server, "/health").text)["places"]
    second = renamed(b"Second Interfaith")
    third = renamed(b"Third Interfaith")
    assert len({first, second, third}) == 3
    assert [ask(server, address).status for address in (first, second, third)] == [200] * 3
    assert ask(server, first).text == told
    fourth = renamed(b"Fourth Interfaith")
    assert [ask(server, address).status for address in (first, fourth)] == [404, 200]


@pytest.mark.parametrize(
    "address",
    [
        "/assets/none-000000000000.js",
        "/assets/leaflet.js",
        "/assets/../app.py",
        "/assets/%2e%2e/app.py",
        "/assets/..%2fapp.py",
        "/assets/..%5capp.py",
        "/assets/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
        "/assets/leaflet.js%00.css",
        "/static/../../app.py",
        "/static/..%2f..%2fapp.py",
    ],
)
def test_what_is_no_file_of_ours_is_not_handed_out(address):
    assert ask(server, address).status in (400, 404)


@pytest.mark.parametrize("address", ["/assets//etc/passwd", "/assets/a/b.js", "/app.py", "/data/"])
def test_an_address_that_is_no_file_shows_nothing_of_one(address):
    assert ask(server, address).status in (301, 400, 404)


# Streamlit's own page and files.


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("page", contents.PAGES, ids=lambda page: page.file)
def test_a_page_there_is_answers_200(page, method):
    assert ask(server, f"/{page.address}", method).status == 200
    assert ask(server, f"/{page.address}?id=aaaaaa", method).status == 200


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize(
    "address", ["/nowhere", "/find", "/gaps/more", "/Gaps", "/textile", "/app.py"]
)
def test_a_page_there_is_not_answers_404_with_the_shell(address, method):
    answer = ask(server, address, method)
    assert answer.status == 404
    if method == "GET":
        assert 'id="leave"' in answer.text
        assert answer.headers["cache-control"] == "no-store"
        spanish = ask(server, address, accept_language="es")
        assert "No hay ninguna página en esta dirección." in spanish.text
        assert 'id="nowhere"' not in ask(server, "/").text


def test_the_menu_draws_the_pages_that_are_known():
    known = (*contents.PAGES, contents.REVIEW)
    assert all((ROOT / "pages" / page.file).exists() for page in known)
    others = {"menu.py", "__init__.py"}
    files = {path.name for path in (ROOT / "pages").glob("*.py")} - others
    assert files == {page.file for page in known}
    assert "contents.pages()" in (ROOT / "pages" / "menu.py").read_text()


def test_robots_may_read_and_are_told_to_list_nothing():
    answer = ask(server, "/robots.txt")
    assert (answer.status, answer.headers["content-type"].split(";")[0]) == (200, "text/plain")
    rules = [line for line in answer.text.splitlines() if not line.startswith("#")]
    assert rules == ["User-agent: *", "Disallow:"]
    assert "noindex" in answer.text
    assert answer.headers["x-robots-tag"] == "noindex"


@pytest.mark.parametrize("address", ["/", "/place?id=aaaaaa", "/textile"])
@pytest.mark.parametrize(("asked", "language"), [("es-MX,es", "es"), ("en-US", "en"), ("fr", "en")])
def test_every_page_has_a_neutral_title_and_the_exit_in_the_language_of_the_browser(
    address, asked, language
):
    answer = ask(server, address, accept_language=asked)
    page, say = Page(answer.text), i18n.words(language)
    assert page.all("html", "lang") == [language]
    assert re.findall(r"<title>(.*?)</title>", answer.text) == ["Home"]
    assert "/leave" in page.all("a", "href")
    assert say("Leave now") in page.said
    assert page.all("meta", "content")[:2] == ["noindex", "no-referrer"]
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_until_the_page_is_drawn_it_shows_the_numbers_and_the_light_pages(language):
    page = ask(server, "/", accept_language=language).text
    (shown,) = re.findall(
        r'<section id="opening" aria-label="[^"]+">(.*?)</section>', page, flags=re.DOTALL
    )
    numbers = [href for _, _, href in wording.DANGER]
    assert Page(shown).all("a", "href") == [*numbers, "/offline.html", f"/text/{language}"]
    assert page.index('id="opening"') < page.index('rel="stylesheet"')  # nothing holds it back


def test_the_page_loads_only_files_of_this_server():
    page = Page(ask(server, "/").text)
    loaded = [*page.all("script", "src"), *page.all("link", "href")]
    loaded.remove("data:,")
    assert len(loaded) > 10
    assert [address for address in loaded if not re.match(r"\.?/[^/]", address)] == []


def test_the_page_is_packed_for_who_can_unpack_it():
    packed = ask(server, "/", accept_encoding="gzip")
    assert packed.headers["content-encoding"] == "gzip"
    assert int(packed.headers["content-length"]) == len(packed.body)
    assert packed.text == ask(server, "/").text


def test_streamlits_own_scripts_are_packed_and_kept_for_ever():
    page = Page(ask(server, "/").text)
    own = [name[1:] for name in page.all("script", "src") if name.startswith("./static/")]
    own += [name[1:] for name in page.all("link", "href") if re.match(r"\./static/.*css$", name)]
    assert len(own) >= 2
    for address in own:
        packed = ask(server, address, accept_encoding="gzip")
        assert packed.headers["content-encoding"] == "gzip"
        assert packed.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert gzip.decompress(packed.body) == ask(server, address).body


def test_a_broken_language_wish_is_english():
    assert Page(ask(server, "/", accept_language="es;q=x,\xff").text).all("html", "lang") == ["en"]


def test_the_fonts_that_no_word_is_drawn_with_are_not_asked_for():
    style = re.search(r"static/css/index[\w.]+\.css", ask(server, "/").text)[0]
    packed = ask(server, f"/{style}", accept_encoding="gzip")
    faces = re.findall(r"@font-face\{[^}]*\}", gzip.decompress(packed.body).decode())
    assert [face for face in faces if "MaterialSymbols" in face or "SourceSans" in face] == []
    assert len(faces) > 10


def test_what_is_mended_in_streamlit_was_looked_at_with_this_version():
    """After raising it: look at each mend, at the shell's style and at frame.js, then say so."""
    assert version("streamlit") == streamlit_mends.TRIED
