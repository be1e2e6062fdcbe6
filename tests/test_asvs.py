"""The list of what ASVS 5.0 asks at level 1 is whole, and names tests that are there."""

import ast
import dataclasses
import re
import tomllib
from collections import Counter
from pathlib import Path

from geo.settings import ROOT, Settings

TEXT = (ROOT / "docs/asvs.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| (\d+\.\d+\.\d+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", TEXT, re.MULTILINE)
# Which requirements are of level 1, as OWASP's own list of May 2025 has them.
LEVEL_1 = """1.2.1-5 1.3.1-2 1.5.1-1 2.1.1-1 2.2.1-2 2.3.1-1 3.2.1-2 3.3.1-1 3.4.1-2 3.5.1-3 4.1.1-1
4.4.1-1 5.2.1-2 5.3.1-2 6.1.1-1 6.2.1-8 6.3.1-2 6.4.1-2 7.2.1-4 7.4.1-2 8.1.1-1 8.2.1-2 8.3.1-1
9.1.1-3 9.2.1-1 10.4.1-5 11.3.1-2 11.4.1-1 12.1.1-1 12.2.1-2 13.4.1-1 14.2.1-1 14.3.1-1 15.1.1-1
15.2.1-1 15.3.1-1"""
CODE = [ROOT / "app.py", *(ROOT / "geo").rglob("*.py"), *(ROOT / "pages").rglob("*.py")]
RUN_AS_CODE = {"eval", "exec", "compile", "__import__", "from_string", "system", "popen"}
READ_XML = {"parse", "fromstring", "XML", "iterparse", "XMLParser"}
BROKEN = {"md5", "sha1", "sha224"}


def calls():
    """Yield each call of the code: the file, the name that is called, the call."""
    for path in CODE:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                yield path, name, node


def test_every_requirement_of_level_1_is_answered_once():
    wanted = [
        f"{section}.{n}"
        for section, last in re.findall(r"(\d+\.\d+)\.1-(\d)", LEVEL_1)
        for n in range(1, int(last) + 1)
    ]
    assert len(wanted) == 70
    assert [number for number, *_ in ROWS] == wanted


def test_every_test_that_is_named_is_there_and_what_is_met_names_one():
    for number, _, how, told in ROWS:
        named = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", told)
        for file, test in named:
            text = Path(ROOT / file).read_text(encoding="utf-8")
            assert re.search(rf"^def {test or 'test_'}", text, re.MULTILINE), (number, file, test)
        assert named or how.startswith("Does not apply: ") or "Not met" in how, number


def test_the_count_on_top_is_that_of_the_rows():
    counts = Counter(
        "does not apply"
        if how.startswith("Does not apply: ")
        else "is not met"
        if "Not met" in how
        else "is met"
        for _, _, how, _ in ROWS
    )
    told = re.search(r"(\d+) are met, (\d+) do not apply, (\d+) are not met", TEXT)
    assert told
    wanted = [counts[kind] for kind in ("is met", "does not apply", "is not met")]
    assert [int(figure) for figure in told.groups()] == wanted
    security = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    assert f"of {sum(wanted)} requirements {wanted[2]} are not met" in security


def test_no_module_gives_a_text_to_a_shell_or_runs_it_as_code():
    known_as = {"re": "compile"}  # of a pattern
    for path, name, call in calls():
        of = getattr(getattr(call.func, "value", None), "id", "")
        assert name not in RUN_AS_CODE or known_as.get(of) == name, (path, name, call.lineno)
        assert not any(word.arg == "shell" for word in call.keywords), (path, call.lineno)


def test_no_module_reads_xml():
    for path, name, call in calls():
        of = getattr(getattr(call.func, "value", None), "id", "")
        assert not (of in ("ElementTree", "etree", "minidom") and name in READ_XML), path


def test_every_hash_is_one_that_is_not_broken():
    assert [(path, name) for path, name, _ in calls() if name in BROKEN] == []


def test_a_file_of_a_reader_is_at_most_1_mb():
    with (ROOT / ".streamlit/config.toml").open("rb") as file:
        assert tomllib.load(file)["server"]["maxUploadSize"] == 1


def test_whom_the_server_asks_by_default_is_asked_over_https():
    values = [getattr(Settings(), field.name) for field in dataclasses.fields(Settings)]
    addresses = [value for value in values if isinstance(value, str) and "://" in value]
    assert len(addresses) >= 3
    assert [one for one in addresses if not one.startswith("https://")] == []


def test_the_time_to_mend_a_library_is_written_down():
    part = (ROOT / "SECURITY.md").read_text(encoding="utf-8").partition("## Libraries")[2]
    assert re.search(r"within \d+ days", part.partition("\n## ")[0])


def test_the_proxy_that_is_shipped_speaks_https_of_today_and_says_so():
    rules = (ROOT / "docs/deploy/nginx/site.conf").read_text(encoding="utf-8")
    assert re.search(r"^\s*ssl_protocols TLSv1\.2 TLSv1\.3;$", rules, re.MULTILINE)
    years = re.search(r'Strict-Transport-Security "max-age=(\d+)" always;', rules)
    assert years and int(years[1]) >= 365 * 24 * 3600
    assert re.search(r"listen 80;.*?return 308 https://", rules, re.DOTALL)
