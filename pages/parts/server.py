"""Server: what all sessions share: the catalogue, its search index and the last few answers.

Nothing here holds what a reader typed. It may be imported before the server runs.
"""

import gc
from collections.abc import Hashable
from contextlib import suppress
from threading import Condition

from cachetools import LRUCache, cached

from geo import clock, i18n, settings
from geo.catalogue.keeper import Edition, keeper_of
from geo.errors import QuestionError
from geo.gaps import classes, demand
from geo.gaps.answer import Answer, work_out
from geo.gaps.question import Question
from geo.search.index import Index, build_index
from geo.search.query import Query, search
from geo.streets import store
from geo.web import assets

_indexes: LRUCache[Hashable, Index] = LRUCache(2)
_answers: LRUCache[Hashable, Answer] = LRUCache(16)


def edition() -> Edition:
    """Return the newest good edition of the catalogue, with all that its answers need."""
    newest = keeper_of(settings.read().catalogue).current()
    index(newest)
    return newest


@cached(_indexes, condition=Condition())
def index(edition: Edition) -> Index:
    """Return the search index of an edition; it is built once, when the edition is first seen."""
    built = build_index(edition.places)
    _warm_up(edition, built)
    return built


def answer(edition: Edition, question: Question) -> Answer:
    """Return the answer to a planner's question, from memory if it was asked just now."""
    streets = store.current()
    return _answer(edition, question, streets.mark if streets else "")


@cached(_answers, condition=Condition())
def _answer(edition: Edition, question: Question, _: str) -> Answer:
    return work_out(edition.places, demand.load(), question)


def _warm_up(edition: Edition, built: Index) -> None:
    """Make what every answer needs, and take all of it out of the garbage collector's sight.

    Streamlit collects after every rerun, and would look at it each time.
    """
    search(built, Query(), clock.now())
    assets.points(edition)
    len(edition.entries)
    with suppress(QuestionError):
        classes.shade(answer(edition, Question("clinic")), "access", i18n.words("en"))
    gc.unfreeze()
    gc.collect()
    gc.freeze()
