"""The file to keep is whole, small, asks for nothing, and tells no more than the list does."""

import base64
import hashlib
import json
import re
from datetime import date

import brotli
import pytest

from app import app as server
from geo import clock, i18n
from geo.__main__ import main
from geo.catalogue import wording
from geo.catalogue.keeper import Edition, load_catalogue
from geo.catalogue.places import locate
from geo.settings import DATA
from geo.web import offline, one_script, outline_map
from tests.browser import hostile
from tests.support.asking import ask
from tests.support.markup import Page

MOST_BYTES = 1_000_000
MOST_BEFORE_THE_ANSWER = 85_000  # packed: 0.4 s of a slow 4G, beside the second of its delays


@pytest.fixture(scope="module")
def edition():
    return Edition(1, load_catalogue(DATA / "services.csv", clock.today()))


@pytest.fixture(scope="module")
def page(edition):
    return offline.page(edition, clock.today())


def test_it_is_small_and_says_when_it_was_made_and_whom_to_call(page, edition):
    assert len(page.encode()) < MOST_BYTES
    said = Page(page).said
    for language in i18n.LANGUAGES:
        say = i18n.words(language)
        assert say.date(clock.today()) in said
        assert say("Phone and text lines") in said
    places = [page.index(f'href="{href}"') for _, _, href in wording.DANGER]
    assert max(places) < page.index("<main>")


def test_a_first_answer_in_either_language_needs_less_than_half_of_it(page):
    before, ran, after = page.partition("const $offline_offline = ")
    needed = before + ran + after.partition("</script>")[0]
    assert len(brotli.compress(needed.encode(), quality=5)) < MOST_BEFORE_THE_ANSWER
    for part in ("places", "openings", "page-en", "page-es", "cards-en", "cards-es", "frames"):
        assert f'id="data-{part}"' in needed
    assert not re.search(r'id="data-(?:words|tables)"|<article', needed)


def test_each_entry_stands_in_it_once_a_language_with_its_number_to_call(page, edition):
    for language in i18n.LANGUAGES:
        part = page.partition(f'<section id="{language}"')[2].partition("</section>")[0]
        numbers = re.findall(r'<article data-n="(\d+)"', part)
        assert sorted(map(int, numbers)) == [*range(len(edition.entries))]
        links = Page(part).all("a", "href")
        dialled = {wording.dial(one["phone"]) for one in edition.entries if one["phone"]}
        assert dialled - {""} <= {*links}


def test_nothing_in_it_is_loaded_from_anywhere(page):
    found = Page(page)
    assert found.all("script", "src") == []
    assert found.all("link", "href") == ["data:,"]
    links = [href for href in found.all("a", "href") if not re.match(r"#|tel:|sms:", href)]
    assert links == ["https://www.weather.gov/"]


def test_its_policy_lets_run_only_what_is_in_it(page):
    (rules,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    told = dict(rule.split(" ", 1) for rule in rules.replace("&#39;", "'").split("; "))
    assert told["default-src"] == "'none'"
    scripts = re.findall(r"<script(?: data-to=[^>]*)?>(.*?)</script>", page, flags=re.DOTALL)
    sheets = re.findall(r"<style[^>]*>(.*?)</style>", page, flags=re.DOTALL)
    for kind, parts in (("script-src", scripts), ("style-src", sheets)):
        marks = [base64.b64encode(hashlib.sha256(one.encode()).digest()).decode() for one in parts]
        assert told[kind].split() == [f"'sha256-{mark}'" for mark in marks]
    assert page.index("Content-Security-Policy") < page.index("<script")


def test_a_place_that_is_kept_private_is_nowhere_in_it(page, edition):
    private = [n for n, one in enumerate(edition.entries) if one["is_private"]]
    assert private
    told = json.loads(re.search(r'id="data-places">(.*?)</script>', page)[1])
    located, at = set(), 0
    for gap in told["located"]:
        at += gap
        located.add(at)
    pinned = {n for n, one in enumerate(edition.entries) if one["has_point"]}
    assert located == pinned
    assert pinned.isdisjoint(private)


def test_a_hostile_record_is_only_text():
    edition = Edition(1, locate(hostile.rows("http://127.0.0.1:9/")))
    found = Page(offline.page(edition, date(2026, 11, 24)))
    assert {tag for tag, _ in found.tags}.isdisjoint({"img", "iframe"})
    scripts = [attrs for tag, attrs in found.tags if tag == "script"]
    assert [one for one in scripts if not {"data-to", "id"} & one.keys()] == [{}]
    assert [attr for _, attrs in found.tags for attr in attrs if attr.startswith("on")] == []


def test_the_server_and_the_command_give_the_same_file(tmp_path, capsys):
    out = tmp_path / "list.html"
    assert main(["export", "html", str(out)]) == 0
    answer = ask(server, "/offline.html", accept_encoding="gzip")
    assert answer.status == 200
    assert answer.text == out.read_text(encoding="utf-8")
    tag = answer.headers["etag"]
    assert ask(server, "/offline.html", if_none_match=tag).status == 304
    capsys.readouterr()


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ('export * from "./b.js";\n', "wanted names in braces"),
        ("export default 1;\n", "wanted names in braces"),
        ('import { a } from "./a.js";\n', "imports itself"),
    ],
)
def test_modules_that_cannot_be_joined_are_refused(tmp_path, text, wrong):
    (tmp_path / "a.js").write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=wrong):
        one_script.classic(tmp_path, "a.js")


def test_modules_are_joined_in_the_order_in_which_they_need_each_other(tmp_path):
    (tmp_path / "a.js").write_text(
        '// A.\nimport { b as c } from "./b.js";\nexport const a = c;\n', encoding="utf-8"
    )
    (tmp_path / "b.js").write_text(
        "/** B. */\nexport const b = `\n  // kept\n`;\n", encoding="utf-8"
    )
    assert one_script.classic(tmp_path, "a.js") == (
        "(() => {\n'use strict';\n"
        "const $b = (() => {\nconst b = `\n  // kept\n`;\nreturn { b };\n})();\n"
        "const $a = (() => {\nconst { b: c } = $b;\nconst a = c;\nreturn { a };\n})();\n"
        "})();"
    )


def test_a_module_keeps_its_own_name_for_what_it_imports_and_leaves_apart_what_is_shared(tmp_path):
    for name, text in {
        "in/a.js": 'import { n } from "../c.js";\nimport * as all from "./b.js";\n'
        "export default function (x) { return x + all.b + n; }\n",
        "in/b.js": 'import { n } from "../c.js";\nexport const b = n + 1;\n',
        "c.js": "export const n = 1;\n",
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert one_script.module(tmp_path, "in/a.js", apart=("c.js",)) == (
        'import * as $c from "./../c.js";\n'
        "const $in_b = (() => {\nconst { n } = $c;\nconst b = n + 1;\nreturn { b };\n})();\n"
        "const $in_a = (() => {\nconst { n } = $c;\nconst all = $in_b;\n"
        "function $default(x) { return x + all.b + n; }\nreturn { default: $default };\n})();\n"
        "export default $in_a.default;\n"
    )


def test_towns_and_highways_are_drawn_where_they_are():
    imperial, san_joaquin = outline_map.drawings()
    assert (imperial.frame.key, san_joaquin.frame.key) == ("imperial", "san_joaquin")
    towns = {name: (x, y) for x, y, name in san_joaquin.towns}
    assert towns["Tracy"][1] > towns["Stockton"][1]  # south of it
    assert towns["Tracy"][0] < towns["Stockton"][0]  # and west
    assert {"I-5", "99"} <= {name for _, _, name in san_joaquin.shields}
    assert {"I-8", "111"} <= {name for _, _, name in imperial.shields}
