"""Server: what all sessions share: the catalogue, its search index and the last few answers.

Nothing here holds what a reader typed. It may be imported before the server runs.
"""

import gc
from collections.abc import Hashable
from contextlib import suppress
from threading import Condition

from cachetools import LRUCache, cached

from geo import clock, i18n, settings
from geo.catalogue.keeper import Edition
from geo.errors import QuestionError, StoreError
from geo.gaps import classes, demand
from geo.gaps.answer import Answer, work_out
from geo.gaps.question import Question
from geo.search import shared
from geo.search.index import Index
from geo.search.query import Query, search
from geo.store import served, spots
from geo.streets import store
from geo.web import assets, find_files, text_page

_answers: LRUCache[Hashable, Answer] = LRUCache(16)


def edition() -> Edition:
    """Return the newest good edition of the catalogue, with all that its answers need."""
    newest = served.keeper().current()
    if served.tiles_of(newest):
        languages(newest)
    else:
        index(newest)
    return newest


@cached(LRUCache[Hashable, tuple[str, ...]](2), condition=Condition())
def languages(edition: Edition) -> tuple[str, ...]:
    """Return which languages are spoken at the places of an edition for which its store answers.

    Once all is ready that answers need here: neither an index nor a file of all places is.
    """
    if url := settings.read().store_url:
        with suppress(StoreError):  # whoever asks for a tile is told then
            spots.read(url)
    spoken = {code for codes in edition.places["spoken"] for code in codes}
    _freeze()
    return tuple(sorted(spoken))


@cached(LRUCache[Hashable, Index](2), condition=Condition())
def index(edition: Edition) -> Index:
    """Return the search index of an edition, once all that its answers need is ready too."""
    built = shared.index(edition)
    _warm_up(edition, built)
    return built


def answer(edition: Edition, question: Question) -> Answer:
    """Return the answer to a planner's question, from memory if it was asked just now."""
    return _answer(edition, question, streets_mark())


def streets_mark() -> str:
    """Return what tells the imported streets from those before; '' without any."""
    streets = store.current()
    return streets.mark if streets else ""


@cached(_answers, key=Edition.key, condition=Condition())
def _answer(edition: Edition, question: Question, _: str) -> Answer:
    return work_out(edition.places, demand.load(), question)


def _warm_up(edition: Edition, built: Index) -> None:
    """Make what every answer needs."""
    search(built, Query(words="zzzz"), clock.now())  # also the words that need no correction
    assets.points(edition)
    find_files.warm_up(edition, clock.today())
    for language in i18n.LANGUAGES:  # while there is room: the plain page is what is left without
        for is_instead in (False, True):
            text_page.made(edition, language, clock.today(), is_instead)
    with suppress(QuestionError):
        classes.shade(answer(edition, Question("clinic")), "access", i18n.words("en"))
    _freeze()


def _freeze() -> None:
    """Take all there is out of the garbage collector's sight.

    The last look finds next to nothing: by what it finds Python reckons how soon to look again.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    gc.collect()
