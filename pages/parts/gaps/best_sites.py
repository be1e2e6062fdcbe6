"""Best sites: where one more would do most good, searched for apart from the page."""

from dataclasses import dataclass, replace

import streamlit as st

from geo.catalogue.keeper import Edition
from geo.errors import QuestionError
from geo.gaps import demand, sentences
from geo.gaps.answer import Answer
from geo.gaps.question import Question
from geo.gaps.sites import candidates, site_search
from geo.gaps.sites.candidates import Candidate
from geo.gaps.sites.site_search import Siting
from geo.i18n import Words
from geo.jobs import Job, JobError
from pages.parts import components, session, watch
from pages.parts.gaps import map_points

SEARCH, START = "gaps_search", "gaps_search_start"
MOST = 10


@dataclass(frozen=True)
class Search:
    """A search under way or done, and what it is about."""

    question: Question
    among: list[Candidate]
    group: str  # whom it counts
    job: Job[Siting, Siting]

    def best(self) -> Siting | None:
        """Return the best that is known so far, and how sure that is; None if there is nothing."""
        try:
            return self.job.found() or self.job.told
        except JobError:
            status = "broken" if self.job.broken else "stopped"
            return replace(self.job.told, status=status) if self.job.told else None
        except QuestionError:
            return None


def show(edition: Edition, answer: Answer, say: Words) -> None:
    """Draw the questions about new sites, and what was found."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        model = st.selectbox(
            say("What is best?"),
            list(site_search.MODELS),
            format_func=lambda model: say(site_search.MODELS[model]),
            **session.kept("gaps_model"),
        )
        which = st.selectbox(
            say("Where could it be?"),
            list(candidates.SETS),
            format_func=lambda which: say(candidates.SETS[which]),
            **session.kept("gaps_set"),
        )
        k = 1
        if model != "lscp":
            k = st.number_input(say("How many?"), 1, MOST, 3, **session.kept("gaps_k"))
        group = st.selectbox(
            say("For whom?"),
            [candidates.EVERYBODY, *demand.GROUPS],
            format_func=lambda group: sentences.group(group, say),
            **session.kept("gaps_for"),
        )
    if which == "spots":
        map_points.ask(answer, say)
    st.text(say("Places that are there already count. It takes up to 20 seconds."))
    search = current(answer)
    running = bool(search and search.job.running)
    if st.button(say("Find the best sites"), START, type="primary", disabled=running):
        question = answer.question
        among = {
            "towns": lambda: candidates.towns(question.county),
            "others": lambda: candidates.others(edition.places, question.type, question.county),
            "spots": lambda: map_points.chosen(say),
        }[which]()
        try:
            public = which != "spots"
            there = answer if public else map_points.before(edition, answer)
            job = candidates.search(there, among, k, model, public, group)
        except QuestionError as error:
            st.session_state.pop(SEARCH, None)
            st.text(error.told(say))
            return
        st.session_state[SEARCH] = search = Search(question, among, group, job)
        running = True
    if search and running:
        _watch(search, say)
    elif search:
        _tell(search, answer, say)


def current(answer: Answer) -> Search | None:
    """Return the search about this very question; one about another is ended."""
    search: Search | None = st.session_state.get(SEARCH)
    if search and search.question != answer.question:
        search.job.cancel()
        del st.session_state[SEARCH]
        return None
    return search


def best_points(answer: Answer) -> list[tuple[float, float]]:
    """Return the best sites known, (lat, lon), the one that does most good first."""
    search = current(answer)
    best = search.best() if search else None
    if not (search and best):
        return []
    return [(search.among[n].lat, search.among[n].lon) for n in best.chosen]


def _watch(search: Search, say: Words) -> None:
    """Show how far the search is; when it is done, draw the page with what it found."""
    watch.watch(
        search.job,
        site_search.SECONDS,
        say("Searching"),
        lambda best: _gain(search, best, say),
        say("Stop, and keep the best so far"),
        "gaps_search_stop",
        on_stop=search.job.cancel,
        on_end=lambda: None,
    )


def _tell(search: Search, answer: Answer, say: Words) -> None:
    """Draw what was found: each site in turn with the people it gains, and how sure that is."""
    best = search.best()
    if best is None:
        st.text(_why_nothing(search, say))
        return
    limit = sentences.limit(answer.question, say)
    columns = (
        (say("Number on the map"), "count"),
        (say("Site"), "text"),
        (say("People who come within {limit}", limit=limit), "count"),
    )
    rows = [
        [n, search.among[site].name, gained]
        for n, (site, gained) in enumerate(zip(best.chosen, best.people_gained, strict=True), 1)
    ]
    lines = [_gain(search, best, say), best.told(say), *sentences.guesses(answer, say)]
    if search.group != candidates.EVERYBODY:
        who = sentences.group(search.group, say)
        lines.append(say("Counted are only: {who}. That is an estimate by ZIP code.", who=who))
    table = components.table(say("The best next sites"), columns, rows, say)
    components.panel({"lines": lines, "table": table}, key="sites_table")


def _why_nothing(search: Search, say: Words) -> str:
    try:
        search.job.found()
    except QuestionError as error:
        return error.told(say)
    except JobError:
        if search.job.broken:
            return say("The search broke off before it had an answer. Please start it again.")
    return say("The search was stopped before it had an answer. Start it again.")


def _gain(search: Search, best: Siting, say: Words) -> str:
    return say(
        "Coming within {limit}: {gained}. Still beyond it: {left}.",
        gained=sentences.people(sum(best.people_gained), say),
        left=sentences.people(best.people_left, say),
        limit=sentences.limit(search.question, say),
    )
