"""What is installed is what the tests ran with, to the byte."""

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from geo.settings import ROOT

TEXT = (ROOT / "tests" / "constraints.txt").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^(\S+)==(\S+)(.*)\n((?:    --hash=sha256:[0-9a-f]{64}.*\n)*)", TEXT, re.M)
PINS = {name: version for name, version, _, _ in BLOCKS}


def asked():
    """Yield each library we ask for, from both files that may ask."""
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = project["dependency-groups"].values()
    asked_in_groups = (line for group in groups for line in group if isinstance(line, str))
    for line in [*lines, *asked_in_groups]:
        if line.split("#")[0].strip():
            yield Requirement(line.split("#")[0].strip())


@pytest.mark.parametrize("library", [*asked()], ids=lambda library: library.name)
def test_each_library_we_ask_for_is_pinned_and_the_constraints_say_the_same(library):
    assert str(library.specifier) == f"=={PINS[canonicalize_name(library.name)]}"


def test_no_library_is_asked_for_twice():
    names = [canonicalize_name(library.name) for library in asked()]
    assert len(names) == len(set(names))


def test_each_library_has_one_version_on_every_python_and_the_hash_of_each_file():
    assert len(PINS) == len(BLOCKS) == len(re.findall(r"^[^#\s]", TEXT, re.M))
    assert [name for name, _, _, hashes in BLOCKS if not hashes] == []


def test_the_constraints_name_no_address_so_any_mirror_will_do():
    assert re.findall(r"\w+://|\w+\.\w+/|--(?!hash=)\S*", TEXT) == []
