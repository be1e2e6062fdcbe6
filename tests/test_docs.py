"""The documents say what the code does."""

import re
import tomllib
from pathlib import Path

import pytest

from geo import __main__ as geo_commands
from geo.catalogue import records

README = Path("README.md").read_text(encoding="utf-8")
DOCUMENTS = sorted([*Path().glob("*.md"), *Path("docs").rglob("*.md"), Path("data/README.md")])
NOW = [
    path for path in DOCUMENTS if path.name != "CHANGELOG.md" and path.parent.name != "decisions"
]
CONTRIBUTING = Path("CONTRIBUTING.md").read_text(encoding="utf-8")
COMMANDS = [command.__name__.rpartition(".")[2] for command in geo_commands.COMMANDS]
FORMAT = Path("docs/data-format.md").read_text(encoding="utf-8")


def test_the_data_format_tells_every_column_and_no_other():
    told = re.findall(r"^\| `(\w+)` \| ([^|]+) \| (yes)? ?\|$", FORMAT, flags=re.MULTILINE)
    assert [(name, meaning.strip(), bool(must)) for name, meaning, must in told] == [
        (name, meaning, name in records.REQUIRED) for name, meaning in records.COLUMNS.items()
    ]


def test_the_data_format_shows_the_header_line():
    assert ",".join(records.COLUMNS) in FORMAT


@pytest.mark.parametrize("column", records.VOCABULARIES)
def test_the_data_format_tells_every_word_that_may_be_used(column):
    words = ", ".join(f"`{word}`" for word in records.VOCABULARIES[column])
    assert f"| `{column}` | {words} |" in FORMAT


def test_every_make_command_of_the_documents_exists():
    targets = re.findall(
        r"^([\w-]+):", Path("Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE
    )
    commands = r"(?:`|^|[A-Z]=\S+ )make (?:\w+=\S+ )*([\w-]+)"
    for path in DOCUMENTS:
        text = path.read_text(encoding="utf-8")
        assert {*re.findall(commands, text, flags=re.MULTILINE)} <= {*targets}, path


def test_every_command_of_the_documents_exists():
    for path in DOCUMENTS:
        named = re.findall(r"python -m geo (\w+)", path.read_text(encoding="utf-8"))
        assert {*named} <= {*COMMANDS, "route", "import"}, path


@pytest.mark.parametrize("path", NOW, ids=lambda path: path.stem)
def test_every_file_and_module_that_a_document_names_is_there(path):
    text = path.read_text(encoding="utf-8")
    named = re.findall(r"`((?:geo|pages|tests|docs)/[\w/.-]+|data/\w+[\w/]*\.\w+)`", text)
    run = [name.replace(".", "/") for name in re.findall(r"python -m (tests[\w.]*\w)", text)]
    known = [*named, *(f"{name}.py" if not Path(name).is_dir() else name for name in run)]
    known += re.findall(
        r"(?<= )tests/[\w/]+(?:\.py)?", " ".join(re.findall(r"`.*pytest .*`", text))
    )
    own = [name for name in known if not re.search("NAME|CODE", name)]
    assert [name for name in own if not Path(name).exists()] == []


def test_the_names_of_the_code_that_contributing_gives_stand_in_the_files_it_names():
    for step in re.findall(r"^\d+\. `.*$", CONTRIBUTING, flags=re.MULTILINE):
        files = [Path(name) for name in re.findall(r"`((?:geo|pages|tests)/[\w/]+\.py)`", step)]
        code = " ".join(path.read_text(encoding="utf-8") for path in files if path.exists())
        assert [
            name for name in re.findall(r"`([A-Z_]{3,})`", step) if code and name not in code
        ] == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_each_row_of_a_table_has_the_cells_of_its_header(path):
    cells = 0
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith("|"):
            cells = 0
            continue
        count = len(re.findall(r"(?<!\\)\|", line))
        rules = cells == 0 or count == cells
        assert rules, f"{path}: {line}"
        cells = cells or count


def test_no_table_goes_on_after_a_blank_line():
    for path in DOCUMENTS:
        for above in re.findall(
            r"\n\n(\|[^\n]*)\n(?!\|[-| ]+\|\n)", path.read_text(encoding="utf-8")
        ):
            raise AssertionError(f"{path}: a row without a header: {above}")


def test_the_newest_heading_of_the_changelog_is_the_version():
    with Path("pyproject.toml").open("rb") as file:
        version = tomllib.load(file)["project"]["version"]
    headings = re.findall(
        r"^## (\S+) - (\d{4}-\d\d-\d\d)$",
        Path("CHANGELOG.md").read_text(encoding="utf-8"),
        flags=re.MULTILINE,
    )
    assert headings[0][0] == version
    assert [day for _, day in headings] == sorted((day for _, day in headings), reverse=True)


@pytest.mark.parametrize(
    "path", sorted(Path("docs/decisions").glob("*.md")), ids=lambda path: path.stem
)
def test_a_decision_has_its_date_and_says_what_is_bad_about_it(path):
    text = path.read_text(encoding="utf-8")
    assert re.search(r"^Date: \d{4}-\d\d-\d\d\. Status: \w+", text, flags=re.MULTILINE)
    for part in ("Context", "Decision", "Good", "Bad"):
        assert f"**{part}.**" in text


def test_every_file_the_documents_link_to_is_there():
    for document in DOCUMENTS:
        links = re.findall(r"\]\((?!https?:)([^)#]+)[^)]*\)", document.read_text(encoding="utf-8"))
        assert [link for link in links if not (document.parent / link).exists()] == []


def test_the_ci_runs_the_test_command_of_the_readme():
    assert re.search(r"^make test\b", README, flags=re.MULTILINE)
    assert re.search(
        r"^make test$", Path(".ci/run").read_text(encoding="utf-8"), flags=re.MULTILINE
    )


def test_the_colours_of_the_marks_are_those_of_the_theme():
    theme = (
        Path(".streamlit/config.toml")
        .read_text(encoding="utf-8")
        .split("[theme.light]")[1]
        .split("[")[0]
    )
    for group in records.GROUPS:
        assert f'{group.theme}TextColor = "{group.colour}"' in theme


def test_every_promise_against_a_threat_names_tests_that_are_there():
    text = Path("docs/threats.md").read_text(encoding="utf-8")
    part = text.partition("## What we promise")[2].partition("\n## ")[0]
    promises = re.findall(r"^\| ([^|]+[.]) \| [^|]+ \| ([^|]+) \|$", part, flags=re.MULTILINE)
    assert len(promises) == part.count("\n|") - 2 > 10
    for promise, told in promises:
        files = re.findall(r"`(tests/[\w/]+\.py)`", told)
        assert files, promise
        for file in files:
            assert re.search(r"^def test_", Path(file).read_text(encoding="utf-8"), re.MULTILINE), (
                promise,
                file,
            )
