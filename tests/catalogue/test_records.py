"""The words of a record fit each other."""

from geo.catalogue import records


def test_every_type_with_a_place_has_its_mark():
    marked = [kind for group in records.GROUPS for kind in group.types]
    assert sorted(marked) == sorted(records.PLACE_TYPES)
