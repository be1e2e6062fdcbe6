"""Sentences: an answer about gaps -> sentences in plain words, in one language."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

import pandas as pd

from geo.catalogue import provenance, records
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
    "asked": mark("As counted"),
    "slower": mark("All trips a fifth slower"),
    "faster": mark("All trips a fifth faster"),
    "straighter": mark("Ways 1.2 times the straight line, not 1.3"),
    "winding": mark("Ways 1.4 times the straight line, not 1.3"),
}
_ENDS: Mapping[tuple[bool, bool], str] = {  # hours, places that are not known
    (True, True): mark(
        "At the low end all of them are open, and as near to everybody as they can be; at the high "
        "end closed, and as far."
    ),
    (True, False): mark("At the low end all of them are open; at the high end all are closed."),
    (False, True): mark(
        "At the low end each of them is as near to everybody as it can be; at the high end as far."
    ),
}
HANGING = 3
KINDS: Mapping[str, int] = {"text": 0, "count": 0, "one": 1, "share": 1}  # of a value: decimals
Cell = str | tuple[float | None, str]


def headline(answer: Answer, say: Words) -> str:
    """Return the finding in one sentence, with its number or the two ends of its range."""
    if answer.is_range:
        return _range(answer, say)
    asked, out = answer.question, answer.worst.people_beyond
    if not out:
        return say("Everybody in {place} lives within {limit} of {what}.", **_said(asked, say))
    return say.many(
        "{n} person, {share} of {place}, lives more than {limit} from {what}.",
        "{n} people, {share} of {place}, live more than {limit} from {what}.",
        int(out),
        **_said(asked, say) | {"share": share(answer.worst.share_beyond, say)},
    )


def _range(answer: Answer, say: Words) -> str:
    low, high = answer.best, answer.worst
    told = _said(answer.question, say) | {
        "low": say.number(low.people_beyond),
        "high": say.number(high.people_beyond),
        "least": share(low.share_beyond, say),
        "most": share(high.share_beyond, say),
    }
    if not low.people_beyond and not high.people_within:
        return say(
            "It is not known how many people in {place} live more than {limit} from {what}: it may "
            "be nobody, it may be everybody.",
            **told,
        )
    if not low.people_beyond:
        return say(
            "Up to {high} people, {most} of {place}, may live more than {limit} from {what}; it "
            "may be nobody.",
            **told,
        )
    return say(
        "Between {low} and {high} people, {least} to {most} of {place}, live more than {limit} "
        "from {what}.",
        **told,
    )


def notes(answer: Answer, say: Words) -> Iterator[str]:
    """Yield what has to be known with the headline: why it is a range, what is not counted."""
    counted = len(answer.services)
    if answer.hours_unknown:
        yield say("Hours not known: {n} of {all} places.", n=answer.hours_unknown, all=counted)
    elif answer.question.hour:
        yield say("The hours of all places counted here are known.")
    if answer.approximate:
        yield say(
            "Known only by their city or ZIP code: {n} of {all} places.",
            n=answer.approximate,
            all=counted,
        )
    if answer.is_range:
        yield say(_ENDS[bool(answer.hours_unknown), bool(answer.approximate)])
    elif answer.approximate or answer.hours_unknown:
        yield say("Whatever is true of these, the finding is the same.")
    yield from _own(answer, say)
    if answer.left_out:
        yield say.many(
            "{n} more entry has no public place, and is not counted.",
            "{n} more entries have no public place, and are not counted.",
            answer.left_out,
        )
    if answer.ways.notice:
        yield say(answer.ways.notice)
    yield say(engines.HOW[answer.engine])


def _own(answer: Answer, say: Words) -> Iterator[str]:
    """Yield what of the planner's own data is counted."""
    mine, own = int(answer.services["own"].sum()), answer.own
    if own.sites and own.only:
        yield say("Counted are only the places of your file: {n}.", n=len(answer.services))
    elif mine:
        yield say("Places of your own file, counted too: {n}.", n=mine)
    if own.people:
        yield say(
            "People are those of your own file: {people} at {n} points.",
            people=people(answer.people, say),
            n=len(own.people),
        )
    if own.outside:
        yield say("Points of your file in neither county, not counted: {n}.", n=own.outside)
    if answer.by_capacity:
        known = int(answer.services["capacity"].notna().sum())
        yield say(
            "How much there is for each person counts the capacity that your file tells, of {n} of "
            "{all} places; the others are left out of that.",
            n=known,
            all=len(answer.services),
        )


def asked(answer: Answer, say: Words) -> str:
    """Return what was asked in words, without its county."""
    question = answer.question
    told = [limit(question, say), _said(question, say)["what"]]
    if question.speed != 1:
        told.append(say("at {n} of the usual speed", n=say.number(question.speed, 1)))
    if answer.own:
        told.append(say("with data of your own"))
    return ", ".join(told)


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

    `kind` is one of `KINDS`; a share is from 0 to 1. What there is none of is None. A tuple is a
    range; it is one number where both ends are written alike, and is sorted by the high end.
    """
    if isinstance(value, tuple):
        least, most = (str(cell(end, kind, say)[1]) for end in value)
        told = most if least == most else say("{least} to {most}", least=least, most=most)
        return value[1], told
    if value is None:
        return None, say("none")
    if kind == "text":
        return str(value)
    if kind == "share":
        return value, share(value, say)
    decimals = KINDS[kind]
    return value, say.number(round(value, decimals) + 0.0, decimals)  # + 0.0: no "-0"


def laws(answer: Answer, say: Words) -> Iterator[str]:
    """Yield for each law there is whose limit it is, and for how many people it is met."""
    if answer.own.has_points:
        yield say(
            "With places or people of your own no law is judged: a law is about everybody who "
            "lives there, and about the places of the list."
        )
        return
    if not answer.verdicts:
        yield say(
            "We know of no limit that a law sets for this. The limit of {limit} is your own.",
            limit=limit(answer.question, say),
        )
    for verdict in answer.verdicts:
        law = verdict.standard
        of_all = [
            met / verdict.people for met in (verdict.people_met_least, verdict.people_met_most)
        ]
        told = {
            "whose": law.whose,
            "what": law.said("what", say),
            "miles": f"{law.miles:g}",
            "minutes": f"{law.minutes:g}",
            "share": cell((*of_all,), "share", say)[1],
            "place": say(records.COUNTIES[law.county])
            if law.county
            else where(answer.question, say),
            "day": say.date(law.text_date),
            "end": say.date(law.lapses_on),
        }
        yield " ".join(
            filter(
                None,
                (
                    say(
                        "{whose} asks for {what} within {miles} miles or {minutes} minutes. By all "
                        "places on this list, at any hour, by car as usual, that is so for {share} "
                        "of people in {place}.",
                        **told,
                    ),
                    law.said("caveat", say),
                    say("Text of {day}; it lapses on {end}.", **told),
                ),
            )
        )
    named = {verdict.standard.county for verdict in answer.verdicts}
    if named and "" not in named and answer.question.county not in named:
        others = [say(name) for key, name in records.COUNTIES.items() if key not in named]
        yield say("We know of no limit for {place}.", place=", ".join(others))


def source(law: Standard, say: Words) -> str:
    """Return where a standard is from, and what to know of it."""
    return f"{law.said('source', say)}. {law.said('note', say)}"


def hangs(answer: Answer, entries: Sequence[Entry], say: Words) -> Iterator[str]:
    """Yield for the few entries on which most people hang who they are, and how old each is."""
    if not answer.people_within:
        yield say("Nobody is known to be within the limit, so nothing hangs on one entry.")
    elif answer.hangs_on.empty:
        yield say("Nobody within the limit would be out of reach if one entry were gone.")
    for number, row in answer.hangs_on.head(HANGING).iterrows():
        own = say("It is of your own file.")
        yield say(
            "For {people} there is only one within {limit}: {name}. {age}",
            people=people(row["people_alone"], say),
            name=row["name"],
            age=own if row["own"] else provenance.age(entries[int(str(number))], say),
            limit=limit(answer.question, say),
        )


def doubts(answer: Answer, say: Words) -> Iterator[str]:
    """Yield how many people live near the edge of what is known, and near a place not exact."""
    areas = answer.areas
    if (answer.areas["place"] < 0).all():
        yield say("No place is known to be open, so there is no nearest one to tell of.")
        return
    edge = areas.loc[areas["edge"], "people"].sum()
    yield say(
        "Nearer to the county line than to the nearest place: {people}. A nearer one may lie "
        "beyond the line or the border; places there are not on this list.",
        people=people(edge, say),
    )
    vague = areas.loc[areas["approximate"], "people"].sum()
    if vague:
        yield say(
            "For {people} the nearest place is known only by its city or ZIP code; the middle of "
            "that is taken.",
            people=people(vague, say),
        )


def changed(table: pd.DataFrame, answer: Answer, say: Words) -> Iterator[str]:
    """Yield who gains and who loses by a change; `table` is that of `change.compare`."""
    near = limit(answer.question, say)
    for name, row in table.iterrows():
        if name == "people":
            yield say(
                "Coming within {limit}: {gained}. Falling out of it: {lost}.",
                gained=people(row["gained"], say),
                lost=people(row["lost"], say),
                limit=near,
            )
        elif row["gained"] or row["lost"]:
            yield say(
                "{who}: {gained} come within it, {lost} fall out of it.",
                who=group(str(name), say),
                gained=say.number(round(row["gained"])),
                lost=say.number(round(row["lost"])),
            )


def varied(table: pd.DataFrame, say: Words) -> Iterator[tuple[str, pd.Series]]:
    """Yield each row of `gaps.vary` with what it is, in words."""
    for name, row in table.iterrows():
        yield say({**VARIED, **TRUSTS}[str(name)]), row


def guesses(answer: Answer, say: Words) -> Iterator[str]:
    """Yield what was taken of places there are, where a result speaks only for that."""
    counted = answer.services[answer.services["counted"]]
    guessed = int(counted["approximate"].sum())
    if guessed:
        yield say(
            "That is for the points taken. Of the {all} places there are now, {n} are taken at the "
            "middle of their city or ZIP code, which is a guess.",
            n=guessed,
            all=len(counted),
        )
    if answer.hours_unknown:
        yield say(
            "Places whose hours are not known, {n} of {all}, are taken as closed here.",
            n=answer.hours_unknown,
            all=len(answer.services),
        )


def not_varied(answer: Answer, rows: Sequence[str], say: Words) -> Iterator[str]:
    """Yield why there is no row for entries that were all left out."""
    for trust in TRUSTS:
        if trust not in rows and trust not in answer.question.trust:
            yield say("{which}: there is none yet.", which=say(TRUSTS[trust]))


def method(answer: Answer, say: Words) -> Iterator[str]:
    """Yield the assumptions behind the numbers, one sentence or two each."""
    if answer.own.people:
        yield say(
            "People: your own file. Those in one block group are counted at the middle of their "
            "points; of groups nothing is known."
        )
    else:
        yield say(
            "People: census of 2020, by block group, at its center of population. Groups: American "
            "Community Survey 2018-2022 by ZIP code, matched to block groups: an estimate."
        )
    if answer.own.districts:
        yield say(
            "Districts: a block group belongs to the first district of your file that its center "
            "lies in."
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
    if answer.approximate:
        yield say(
            "A place known only by its city or ZIP code is counted at the middle; a range takes it "
            "anywhere in a circle as large as that area."
        )
    if answer.question.hour:
        yield say(
            "Hours: where one figure is given, only places known to be open then count; a range "
            "takes unknown hours as open and as closed."
        )


def _said(question: Question, say: Words) -> dict[str, str]:
    """Return the words of a question that stand in several sentences."""
    what = say(SOUGHT[question.type])
    if question.trust:
        what = say("{what} among the entries chosen", what=what)
    if question.hour:
        what = say("{what} open {when}", what=what, when=hour(question.hour, say))
    return {"place": where(question, say), "limit": limit(question, say), "what": what}
