"""The documents say what the code does."""

import re
from pathlib import Path

import pytest

from geo.catalogue import records

README = Path("README.md").read_text(encoding="utf-8")
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
    targets = set(
        re.findall(r"^(\w+):", Path("Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE)
    )
    documents = [README, *(path.read_text(encoding="utf-8") for path in Path().glob("*.md"))]
    assert set(re.findall(r"make (?:\w+=\S+ )*(\w+)", " ".join(documents))) <= targets


def test_every_file_the_documents_link_to_is_there():
    for document in [Path("README.md"), *Path("docs").rglob("*.md"), *Path().glob("*.md")]:
        links = re.findall(r"\]\((?!https?:)([^)#]+)\)", document.read_text(encoding="utf-8"))
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
