"""Session: what a page needs of the server: the places, the words, the hour."""

import gc
from datetime import datetime
from functools import lru_cache

import streamlit as st

from geo import catalogue, i18n, search, settings
from geo.catalogue import Edition
from geo.hours import TIMEZONE
from geo.web import assets


def edition() -> Edition:
    """Return the newest good edition of the catalogue."""
    return catalogue.keeper(settings.read().catalogue).current()


@lru_cache(maxsize=2)
def index(edition: Edition) -> search.Index:
    """Return the search index of an edition of the catalogue.

    What every answer needs is made here too. Then all of it is taken out of the garbage
    collector's sight: Streamlit collects after every rerun, and would look at it each time.
    """
    built = search.index(edition.places)
    search.run(built, search.Query(), now())
    assets.points(edition)
    len(edition.entries)
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    return built


def language() -> str:
    """Return the language a reader chose; before that, the one the browser asks for."""
    chosen = st.session_state.get("language")
    return chosen or i18n.wanted(st.context.headers.get("Accept-Language"))


def words() -> i18n.Words:
    """Return the words of the reader's language."""
    return i18n.words(language())


def now() -> datetime:
    """Return the time in California."""
    return datetime.now(TIMEZONE)
