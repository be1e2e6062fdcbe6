"""Only libraries whose licences we have read and may live with are installed."""

from email.message import Message

import pytest

from tests import licences


def metadata(**told):
    library = Message()
    for name, text in told.items():
        library[name.replace("_", "-")] = text
    return library


@pytest.mark.parametrize(
    ("told", "expression"),
    [
        ({"License_Expression": "MIT", "License": "GPL"}, "MIT"),
        ({"Classifier": "License :: OSI Approved :: BSD License", "License": "X"}, "BSD"),
        ({"License": "Apache License 2.0"}, "Apache-2.0"),
        ({"License": "Mine"}, "Mine"),
        ({}, "unknown"),
    ],
    ids=str,
)
def test_the_licence_is_what_the_library_says(told, expression):
    assert licences.licence(metadata(Name="lib", **told)) == expression


@pytest.mark.parametrize(
    ("expression", "good"),
    [
        ("MIT", True),
        ("MIT OR GPL-3.0-only", True),
        ("GPL-3.0-only OR MIT AND Zlib", True),
        ("MIT AND GPL-3.0-only", False),
        ("AGPL-3.0-or-later", False),
        ("unknown", False),
    ],
)
def test_one_of_the_choices_has_to_be_allowed_as_a_whole(expression, good):
    assert licences.is_allowed(expression) == good
