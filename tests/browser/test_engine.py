"""The engine in the browser answers every question as `geo.search` does, field by field."""

import random

import pytest

from tests.support import engine_answers, engine_page

COUNTS = {"real": 12_000, "made_up": 8_000}


@pytest.fixture
def page(browser):
    """Open a page that has the engine."""
    quick = engine_page.launch(browser.browser_type)
    yield engine_page.visit(quick)
    quick.close()


def test_the_browser_answers_as_the_server_does(page):
    found = engine_answers.compare(page, COUNTS, random.Random(18))
    assert not found.wrong, f"{len(found.wrong)} differ:\n" + "\n".join(found.wrong[:20])
    assert found.answers == sum(COUNTS.values()) >= 20_000
    assert found.shown > 10 * found.answers  # most of them find something
