"""A text passes once two roles approved it, and a line that is not well formed approves nothing."""

import hashlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import settings
from geo.catalogue import approvals
from geo.catalogue.approvals import ROLES, mark_of
from geo.errors import CatalogueError

TODAY = date(2026, 11, 26)
WHERE = ("m2x7rd", "name")


def test_two_roles_are_needed_and_the_same_role_twice_is_one(tmp_path):
    passed = []
    for role in (ROLES[0], ROLES[0], ROLES[1]):
        approvals.add(tmp_path, "Casa Ñandú", WHERE, role, TODAY)
        passed.append(approvals.read(tmp_path).passes("Casa Ñandú"))
    assert passed == [False, False, True]


def test_a_text_changed_by_a_letter_is_another_one(tmp_path):
    for role in ROLES[:2]:
        approvals.add(tmp_path, "Ask for Mary.", WHERE, role, TODAY)
    found = approvals.read(tmp_path)
    assert found.passes("Ask  for Mary.")
    assert not any(map(found.passes, ("ask for Mary.", "Ask for Mary", "Ask for Marya.", "")))


def test_the_file_holds_the_mark_and_never_the_text(tmp_path):
    approvals.add(tmp_path, "Ask for Mary.", WHERE, ROLES[0], TODAY)
    digest = hashlib.sha256(b"Ask for Mary.").hexdigest()
    line = f"{digest},m2x7rd,name,2026-11-26,{ROLES[0]}"
    assert (tmp_path / "texts.csv").read_text().splitlines()[1:] == [line]


def test_bad_lines_and_roles_approve_nothing(tmp_path):
    lines = ["sha256,id,column,approved_on,role"]
    lines += [f"{mark_of('a')},x,name,2026-11-26,{role}" for role in ("boss", "Director", "")]
    lines += [f"{mark_of('a')},x,name,,{ROLES[0]}", f"{mark_of('a')},{ROLES[1]}", ROLES[2]]
    (tmp_path / "texts.csv").write_text("\n".join(lines))
    assert approvals.read(tmp_path).roles == {}
    with pytest.raises(CatalogueError, match="wanted one of"):
        approvals.add(tmp_path, "a", WHERE, "boss", TODAY)


def test_without_any_file_nothing_is_approved(tmp_path):
    assert approvals.read(tmp_path / "none") == approvals.NOTHING


@given(st.text(max_size=40))
def test_only_a_bare_host_is_one(rest):
    known = approvals.Approvals({}, frozenset({"rainn.org"}))
    is_bare = rest in ("", "/")
    assert known.is_host(f"https://rainn.org{rest}") is is_bare


def test_the_file_of_the_repository_is_well_formed_and_read_by_two_roles():
    lines = (settings.DATA / "approved/texts.csv").read_text().splitlines()
    found = approvals.read(settings.DATA / "approved")
    assert sum(map(len, found.roles.values())) == len(lines) - 1
    assert {len(roles) for roles in found.roles.values()} == {approvals.ROLES_NEEDED}
