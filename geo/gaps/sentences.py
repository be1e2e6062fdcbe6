"""Sentences: an answer about gaps -> sentences in plain words, in one language."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

import pandas as pd

from geo.catalogue import records, wording
from geo.catalogue.places import Entry
from geo.gaps.answer import Answer
from geo.gaps.demand import GROUPS
from geo.gaps.question import TRUSTS, Question
from geo.gaps.standards import Standard
from geo.i18n import Words, mark
from geo.travel import crow, engines, pace

SOUGHT: Mapping[str, str] = {
    "clinic": mark("a clinic"),
    "hospital": mark("a hospital"),
    "sexual_health": mark("a place for sexual health care"),
    "mental_health": mark("a place for mental health care"),
    "substance_use": mark("a place for drug and alcohol treatment"),
    "harm_reduction": mark("a place for safer drug use"),
    "shelter": mark("a place for shelter or housing"),
    "domestic_violence": mark("a public place for help with violence at home"),
    "trafficking": mark("a public place for help with human trafficking"),
    "food": mark("a place for food"),
    "basic_needs": mark("a place for clothes, showers or help with bills"),
    "legal_aid": mark("a place for legal aid"),
    "immigration": mark("a place for help with immigration"),
    "family_resource": mark("a place for family help"),
    "youth": mark("a place for children and youth"),
    "lgbtq": mark("a place for LGBTQ+ people"),
    "job_training": mark("a place for jobs and training"),
}
VARIED: Mapping[str, str] = {
    "asked": mark("As asked"),
    "slower": mark("All trips a fifth slower"),
    "faster": mark("All trips a fifth faster"),
}
HANGING = 3
KINDS: Mapping[str, int] = {"text": 0, "count": 0, "one": 1, "share": 1}  # of a value: decimals
Cell = str | tuple[float | None, str]


def headline(answer: Answer, say: Words) -> str:
    """Return the finding in one sentence, with its number."""
    asked, out = answer.question, answer.worst.people_beyond
    place = where(asked, say)
    if not out:
        return say("Everybody in {place} lives within {limit} of {what}.", **_said(asked, say))
    return say.many(
        "{n} person, {share} of {place}, lives more than {limit} from {what}.",
        "{n} people, {share} of {place}, live more than {limit} from {what}.",
        int(out),
        **_said(asked, say) | {"share": share(answer.worst.share_beyond, say), "place": place},
    )


def notes(answer: Answer, say: Words) -> Iterator[str]:
    """Yield what has to be known with the headline: the band of hours, what is not counted."""
    asked = answer.question
    if asked.hour:
        unknown = int((answer.services["opening"] == "unknown").sum())
        if unknown:
            yield say.many(
                "For {n} place the hours are not known. If it is open then: {people}, {share}.",
                "For {n} places the hours are not known. If all are open then: {people}, {share}.",
                unknown,
                people=people(answer.best.people_beyond, say),
                share=share(answer.best.share_beyond, say),
            )
        else:
            yield say("The hours of all places counted here are known.")
    if answer.left_out:
        yield say.many(
            "{n} more entry has no public place, and is not counted.",
            "{n} more entries have no public place, and are not counted.",
            answer.left_out,
        )
    if answer.ways.notice:
        yield say(answer.ways.notice)
    yield say(engines.HOW[answer.engine])


def where(question: Question, say: Words) -> str:
    """Return what the question is about: a county, or both."""
    return say(records.COUNTIES[question.county]) if question.county else say("both counties")


def limit(question: Question, say: Words) -> str:
    """Return the limit that a planner set, such as '30 minutes by car'."""
    much = f"{question.threshold:g}"
    if question.measure == "miles":
        return say("{n} miles", n=much)
    if question.mode == "walking":
        return say("{n} minutes on foot", n=much)
    return say("{n} minutes by car", n=much)


def group(name: str, say: Words) -> str:
    """Return the name of one of `demand.GROUPS`, or of 'everyone'."""
    return say(GROUPS[name]) if name in GROUPS else say("Everybody")


def hour(moment: datetime, say: Words) -> str:
    """Return a day of the week and a time."""
    day = say.weekday(moment.weekday())
    return say("on {day} at {time}", day=day, time=say.time(moment))


def people(number: float, say: Words) -> str:
    """Return a number of people in words."""
    return say.many("{n} person", "{n} people", round(number))


def share(part: float, say: Words) -> str:
    """Return a share as per cent; what is not nothing is never said to be nothing."""
    if 0 < part < 0.001:
        return say("less than {n}%", n=say.number(0.1, 1))
    if 0.999 < part < 1:
        return say("more than {n}%", n=say.number(99.9, 1))
    return say("{n}%", n=say.number(100 * part, 0 if part in (0, 1) else 1))


def cell(value: Any, kind: str, say: Words) -> Cell:
    """Return a value of a table: a text as it is, a number with how it is written.

    `kind` is one of `KINDS`; a share is from 0 to 1. What there is none of is None.
    """
    if value is None:
        return None, say("none")
    if kind == "text":
        return str(value)
    if kind == "share":
        return value, share(value, say)
    decimals = KINDS[kind]
    return value, say.number(round(value, decimals) + 0.0, decimals)  # + 0.0: no "-0"


def standard(answer: Answer, say: Words) -> str:
    """Return whose limit this is, and for how many people the law's is met."""
    law = answer.standard
    if law is None:
        return say(
            "No law sets a limit for this. The limit of {limit} is your own.",
            **_said(answer.question, say),
        )
    return say(
        "{whose} asks for {what} within {miles} miles or {minutes} minutes: that is met for "
        "{share} of people.",
        whose=law.whose,
        what=law.said("what", say),
        miles=f"{law.miles:g}",
        minutes=f"{law.minutes:g}",
        share=share(answer.share_met, say),
    )


def source(law: Standard, say: Words) -> str:
    """Return where a standard is from, and what to know of it."""
    return f"{law.said('source', say)}. {law.said('note', say)}"


def hangs(answer: Answer, entries: Sequence[Entry], say: Words) -> Iterator[str]:
    """Yield for the few entries on which most people hang who they are, and how old each is."""
    for number, row in answer.hangs_on.head(HANGING).iterrows():
        entry = entries[int(str(number))]
        yield say(
            "For {people} there is only one within {limit}: {name}. {age}",
            people=people(row["people_alone"], say),
            name=entry["name"],
            age=wording.age(entry, say),
            limit=limit(answer.question, say),
        )


def doubts(answer: Answer, say: Words) -> Iterator[str]:
    """Yield how many people live near the edge of what is known, and near a place not exact."""
    areas = answer.areas
    edge = areas.loc[areas["edge"], "people"].sum()
    yield say(
        "Nearer to the county line than to the nearest place: {people}. A nearer one may lie "
        "beyond the line or the border; places there are not on this list.",
        people=people(edge, say),
    )
    vague = areas.loc[areas["approximate"], "people"].sum()
    yield say(
        "For {people} the nearest place is known only by its city or ZIP code; the middle of that "
        "is taken.",
        people=people(vague, say),
    )


def varied(table: pd.DataFrame, say: Words) -> Iterator[tuple[str, pd.Series]]:
    """Yield each row of `gaps.vary` with what it is, in words."""
    for name, row in table.iterrows():
        yield say({**VARIED, **TRUSTS}[str(name)]), row


def method(answer: Answer, say: Words) -> Iterator[str]:
    """Yield the assumptions behind the numbers, one sentence or two each."""
    yield say(
        "People: census of 2020, by block group, at its center of population. Groups: American "
        "Community Survey 2018-2022 by ZIP code, matched to block groups: an estimate."
    )
    if answer.engine == "crow":
        yield say(
            "Trips: the straight line times {detour}, by car at assumed speeds, slower where many "
            "people live; on foot {walking} miles an hour. No street map was used.",
            detour=f"{crow.DETOUR:g}",
            walking=f"{pace.WALKING_MPH:g}",
        )
    elif answer.engine == "streets":
        yield say(
            "Trips: the quickest way on imported streets. A county is an island: streets beyond "
            "its line are known only if they were imported too."
        )
    yield say(
        "Places: entries of this list with a public place, in the county or serving it. Lines to "
        "call, paused entries and private addresses are not counted. No promise that there is room."
    )
    if answer.question.hour:
        yield say("Hours: only places known to be open then count. Unknown hours count as closed.")


def _said(question: Question, say: Words) -> dict[str, str]:
    """Return the words of a question that stand in several sentences."""
    what = say(SOUGHT[question.type])
    if question.trust:
        what = say("{what} among the entries chosen", what=what)
    if question.hour:
        what = say("{what} known to be open {when}", what=what, when=hour(question.hour, say))
    return {"place": where(question, say), "limit": limit(question, say), "what": what}
