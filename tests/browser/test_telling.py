"""What a browser says of an answer is what the server would say, in both languages."""

import json
import random
from collections import Counter
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from geo import i18n
from geo.catalogue import wording
from geo.catalogue.keeper import Edition, load_catalogue
from geo.hours.state import state_at
from geo.i18n import LANGUAGES, Words
from geo.search import columns, sentences
from geo.search.index import Index, build_index
from geo.search.query import Found, search
from geo.settings import DATA
from geo.web import find_files
from tests.support import engine_page, questions
from tests.support.engine_answers import for_browser, for_python, milliseconds

TODAY = date(2026, 11, 26)
MOMENTS = 14
DAYS = 10  # of opening hours that the browser is given
QUESTIONS = 300
SHOWN = 30  # places of an answer whose sentences are compared
TELL = """
async ([page, openings, places, words, tables, spots, shown, asked]) => {
  const at = (path) => import(`http://engine.test/${path}.js`);
  const [engine, { Hours }, said, sentences, far, state] = await Promise.all([
    "engine/ask", "engine/opening", "telling/say", "telling/sentences", "telling/distance",
    "telling/opening",
  ].map(at));
  const { language, dictionary, formats, counties, directions } = JSON.parse(page);
  const say = said.words(language, dictionary, formats);
  const index = engine.open(...[places, openings[0], words, tables].map((one) => JSON.parse(one)));
  const moments = openings.map((one) => new Hours(JSON.parse(one)));
  return JSON.stringify(asked.map(({ moment, now, isLater, query }) => {
    const there = { ...index, hours: moments[moment] };
    const found = engine.ask(there, { ...engine.EVERYTHING, ...query }, now);
    const distances = found.places.slice(0, shown).map((n, k) => found.where === null ? "" :
      far.distance(spots[n], found.where, found.distance_m[k], found.bearing_deg[k], say,
        directions));
    const opens = found.places.slice(0, shown).map((n) =>
      state.opening(engine.openingOf(there, n, now), say, now, isLater));
    const { beyond } = found;
    return {
      headline: sentences.headline(found, say, counties, !isLater),
      notes: sentences.notes(found, say),
      beyond: beyond && far.way(beyond.distance_m, beyond.bearing_deg, 0, say, directions),
      distances,
      opens,
    };
  }));
}
"""


@pytest.fixture
def edition():
    """Return the catalogue that is shipped."""
    return Edition(1, load_catalogue(DATA / "services.csv", TODAY))


@pytest.fixture
def page(browser):
    """Open a page that has the scripts."""
    quick = engine_page.launch(browser.browser_type)
    yield engine_page.visit(quick)
    quick.close()


def told_here(edition: Edition, found: Found, say: Words, moment: wording.Moment) -> dict[str, Any]:
    """Return what the server says of an answer."""
    chosen = [edition.entries[n] for n in found.places[:SHOWN]]
    ways = zip(chosen, found.distance_m, found.bearing_deg, strict=False)
    beyond = found.beyond
    return {
        "headline": sentences.headline(found, say, with_open=not moment.chosen),
        "notes": sentences.notes(found, say),
        "beyond": beyond and wording.way(beyond.distance_m, beyond.bearing_deg, 0, say),
        "distances": [
            wording.distance(one, found.where, metres, degrees, say) if found.where else ""
            for one, metres, degrees in ways
        ],
        "opens": [
            wording.opening(state_at(one["hours"], moment.at), say, moment) for one in chosen
        ],
    }


def asked(index: Index) -> list[tuple[int, datetime, bool, dict[str, Any]]]:
    """Return questions: the number of a moment, that moment, whether it was chosen, the filters."""
    dice = random.Random(28)
    moments = questions.moments(MOMENTS, dice)
    return [
        (number % MOMENTS, moments[number % MOMENTS], dice.random() < 0.5, one)
        for number, one in enumerate(questions.queries(QUESTIONS, index, dice))
    ]


def test_the_browser_says_what_the_server_says(page, edition):
    index = build_index(edition.places)
    put = asked(index)
    days = {number: now.date() - timedelta(days=1) for number, now, _, _ in put}
    hours = [columns.openings(index, days[number], DAYS).decode() for number in range(MOMENTS)]
    files = [one(index).decode() for one in (columns.places, columns.words, columns.tables)]
    spots = [{name: one[name] for name in ("city", "zip", "radius_m")} for one in edition.entries]
    given = [
        {
            "moment": number,
            "now": milliseconds(now),
            "isLater": later,
            "query": for_browser(one, now),
        }
        for number, now, later, one in put
    ]
    answers = [search(index, for_python(one, now), now) for _, now, _, one in put]
    wrong, said = [], Counter[str]()
    for language in LANGUAGES:
        say = i18n.words(language)
        address = find_files.of(edition, language, TODAY).page
        mark, name = address.removesuffix(".json").split("/")[-2:]
        body = find_files.find(mark, name).body.decode()
        theirs = json.loads(page.evaluate(TELL, [body, hours, *files, spots, SHOWN, given]))
        for (_, now, later, one), found, there in zip(put, answers, theirs, strict=True):
            here = told_here(edition, found, say, wording.Moment(now, later))
            for part, text in here.items():
                if text != there[part]:
                    wrong.append(f"{one} at {now}, {part}: {text} {there[part]}")
                said[part] += bool(text and any(text))
    assert not wrong, f"{len(wrong)} differ:\n" + "\n".join(wrong[:10])
    assert len(said) == len(here) and min(said.values()) > 0
