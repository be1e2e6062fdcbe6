"""The scripts say what they are, and what checks them is pinned and fetched by itself."""

import json
import re

import pytest

from geo.settings import ROOT
from geo.web.assets import STATIC
from pages.parts import service_map

CHECKS = ROOT / "tests" / "scripts"
SCRIPTS = [*sorted(STATIC.rglob("*.js")), *sorted(CHECKS.glob("*.js"))]


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_script_begins_with_its_name_and_what_it_is(path):
    name = path.name.split(".")[0].replace("_", " ").capitalize()
    assert re.match(rf"// {name}: \S", path.read_text(encoding="utf-8"))


def test_the_message_to_the_map_is_the_same_to_both_ends():
    """Pages make it, by one type; the scripts read it, by another."""
    written = (STATIC / "to_map.js").read_text(encoding="utf-8")
    typedef = written.split("@typedef {object} MapMessage")[1].split("*/")[0]
    properties = re.findall(r"@property \{.+?\} (\[?)(\w+)", typedef)
    read = {name: not optional for optional, name in properties}
    made = service_map.MapMessage
    assert read == {name: name in made.__required_keys__ for name in made.__annotations__}


def test_what_checks_the_scripts_is_pinned_and_named_without_where_it_is_from():
    told = (CHECKS / "package.json").read_text(encoding="utf-8")
    versions = json.loads(told)["devDependencies"].values()
    assert [version for version in versions if not re.fullmatch(r"\d+\.\d+\.\d+", version)] == []
    assert "://" not in told
    locks = ("package-lock.json", "npm-shrinkwrap.json", "yarn.lock", "pnpm-lock.yaml", ".npmrc")
    assert [name for name in locks if (CHECKS / name).exists()] == []


def test_the_app_runs_without_what_checks_its_scripts():
    assert not re.search(r"^node", (ROOT / "requirements.txt").read_text(), re.MULTILINE)
    assert [path for path in STATIC.rglob("*") if path.suffix in (".json", ".ts")] == []
