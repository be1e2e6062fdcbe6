"""An error is the same after a journey between two processes, whatever a reader typed into it."""

import importlib
import pickle
import pkgutil

import pytest
from hypothesis import given
from hypothesis import strategies as st

import geo
from geo import i18n
from geo.errors import GeoError, PlanError, QuestionError

for module in pkgutil.walk_packages(geo.__path__, "geo."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)


def kinds(kind=GeoError):
    """Yield every kind of error of the library."""
    yield kind
    for one in kind.__subclasses__():
        yield from kinds(one)


def sent(error):
    return pickle.loads(pickle.dumps(error))


@pytest.mark.parametrize("kind", sorted(set(kinds()), key=lambda kind: kind.__name__))
@given(text=st.text())
def test_every_error_says_the_same_after_a_journey(kind, text):
    message = (
        text.replace("{", "{{").replace("}", "}}") if issubclass(kind, QuestionError) else text
    )
    error = kind(message)
    error.add_note("seen on the way")
    again = sent(error)
    assert type(again) is kind
    assert (str(again), again.__notes__) == (text, ["seen on the way"])


@given(st.text(), st.integers())
def test_what_was_typed_into_a_question_is_never_read_as_a_place_to_fill_in(name, n):
    error = sent(QuestionError("{name} has {n} minutes.", name=name, n=n))
    assert str(error) == error.told(i18n.words("en")) == f"{name} has {n} minutes."
    assert str(sent(QuestionError("{name}...", name="{park}"))) == "{park}..."


@given(st.lists(st.text()))
def test_the_faults_of_a_plan_come_along(faults):
    assert sent(PlanError("No plan.", faults)).faults == tuple(faults)


def test_a_value_that_is_a_sentence_is_said_in_the_language_of_the_rest():
    error = QuestionError("{what}", what=Spoken())
    assert (str(error), error.told(i18n.words("es"))) == ("food", "comida")


class Spoken:
    """A text that knows its languages."""

    def told(self, say):
        return "comida" if say.language == "es" else "food"

    def __str__(self):
        return "food"
