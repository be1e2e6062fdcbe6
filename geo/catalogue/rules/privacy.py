"""Privacy: rules on what may be told of a place that is kept private, or could be one."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

import pandas as pd

from geo.catalogue import approvals, disclosure, records, survivors
from geo.catalogue.allowed_text import refusal, without_numbers
from geo.catalogue.approvals import Approvals
from geo.catalogue.bounds import are_degrees
from geo.catalogue.issue import WITHHELD, Issue
from geo.catalogue.rows import TOLD, Row, Rows, names_of, read_rows
from geo.catalogue.rules.contact import LOOKS_LIKE_LINK

PLACE = ("street", "city", "zip", "latitude", "longitude", "location_source")
FORMED = {*records.VOCABULARIES, "id", "phone", "text_line", "languages", "hours"}
FORMED |= {"source_date", "verified_on"}  # other rules leave no room for an address in these
FREE_TEXT = tuple(column for column in records.COLUMNS if column not in {*PLACE, *FORMED})
TITLES = {"name", "organization", "text_word", "text_word_es", "source_name"}


def release(rows: Rows) -> Iterator[Issue]:
    """Yield an issue for each release without form, and each shelter that is public without one."""
    form = f"such as {survivors.AGREED} R-12, 2026-04-30, director; or {survivors.LISTED} …"
    for row in rows:
        if row["release_ref"] and not survivors.release_of(row["release_ref"], rows.today):
            wanted = f"a kind, a reference, a day and a role, {form}"
            yield row.issue("release_ref", wanted, f"The roles: {', '.join(approvals.ROLES)}.")
        if row.lacks_release:
            wanted = "area_only or none for a shelter of survivors without a written release"
            fix = (
                "Write area_only and empty the place; or put the release into release_ref, "
                f"{form}; or, if it is not for survivors, write no into for_survivors."
            )
            yield row.issue("location_policy", wanted, fix)


def stated(rows: Rows) -> Iterator[Issue]:
    """Yield an issue for each place of safety on a street that does not say why it is shown."""
    for row in rows:
        is_shown = row.is_public and (row["street"] or row["latitude"])
        if not is_shown or row.release or row.lacks_release:
            continue
        if survivors.TYPES & {*row.types}:
            fix = (
                f"Write who lists it as open to all: {survivors.LISTED} …, a day, a role; or "
                "write area_only and empty the place."
            )
            yield row.issue("release_ref", "why this place may be shown", fix)
        elif "shelter" in row.types and not row["for_survivors"]:
            fix = "Write no if it is for anyone without a home, with the source that says so; or "
            fix += "write area_only and empty the place."
            yield row.issue("for_survivors", "yes or no for a shelter that is shown", fix)


def shared_names(rows: Rows) -> Iterator[Issue]:
    """Yield an issue where a public row may tell the private place of the same name.

    It may have a street only with a written release: that others list it is none. Its texts, and
    all those of such rows together, are searched as one: an address can be spread over columns and
    rows.
    """
    together: dict[frozenset[str], list[str]] = {}
    for row in rows:
        if not rows.shares_a_name(row):
            continue
        if (row["street"] or row["latitude"]) and row.release != survivors.AGREED:
            wanted = "a written release, for a place of this name or organization is kept private"
            fix = "Empty street and point; or write its release into release_ref: "
            fix += f"{survivors.AGREED} …"
            yield replace(row.issue("street", wanted, fix), found=WITHHELD)
        texts = [row[name] for name in TOLD if row[name] and not rows.approved.passes(row[name])]
        before = together.setdefault(row.known_as & rows.hidden_names, [])
        for told in (texts, [*before, *texts]):
            if kind := disclosure.clue(without_numbers(" ".join(told))):
                wanted = f"texts without {kind}, read as one: a place of this name is kept private"
                yield replace(row.issue("description_en", wanted, "Take it out."), found=WITHHELD)
                break
        before.extend(texts)


def never(rows: Rows) -> Iterator[Issue]:
    """Yield an issue for each row that tells a place that is never to be shown.

    All texts of a row are read as one, and so are those of the rows that share a name.
    """
    if not rows.never.are_in_force:
        return
    groups: dict[str, list[tuple[Row, list[str]]]] = {}
    for row in rows:
        texts = [text for text in row.cells.values() if text]
        degrees = (row["latitude"], row["longitude"])
        points = [(float(degrees[0]), float(degrees[1]))] if are_degrees(degrees) else []
        shares = not row.is_public or rows.shares_a_name(row)
        if rows.never.refuses(texts, points) or (shares and rows.never.names_a_street(texts)):
            yield _never(row)
        else:
            for name in row.known_as:
                groups.setdefault(name, []).append((row, texts))
    told: set[str] = set()
    for group in groups.values():
        last = group[-1][0]
        joined = (text for _, texts in group for text in texts)
        if len(group) > 1 and last.where not in told and rows.never.refuses(joined):
            told.add(last.where)
            yield _never(last)


def _never(row: Row) -> Issue:
    fix = "Take it out of the row, in every copy; ask whoever keeps the fingerprints."
    issue = row.issue("id", "nothing of a place that is never to be shown", fix)
    return replace(issue, found=WITHHELD)


def confidential(rows: Rows) -> Iterator[Issue]:
    """Yield an issue for each cell that may tell where a place is that is not public.

    Such a row is refused, not mended: its text is already in the file, and perhaps elsewhere.
    """
    for row in rows:
        if row.is_public:
            continue
        for column in PLACE:
            if row[column]:
                fix = "Empty it, here and in every copy of the file; it must not be kept."
                yield row.issue(column, "an empty cell, for this place is not public", fix)
        if row["location_precision"] != "none":
            wanted = "none, for this place is not public"
            yield row.issue("location_precision", wanted, "Write none.")
        names = [
            text
            for text in _names(row)
            if rows.approved.passes(text) or not refusal(text, (), True)
        ]
        for column in FREE_TEXT:
            if not row[column] or rows.approved.passes(row[column]):
                continue
            if kind := disclosure.clue(row[column]):
                fix = "Take it out, here and in every copy; if it is none, write it another way."
                wanted = f"text without {kind}, for this place is not public"
                yield row.issue(column, wanted, fix)
            elif why := _not_allowed(row, column, names, rows.approved):
                fix = "Say it in other words; or have it approved by two: docs/refused-texts.md."
                wanted = f"text without {why}, for this place is not public"
                yield row.issue(column, wanted, fix)
        note = " ".join(re.findall(r'"([^"]*)"?', row["hours"]))
        if why := disclosure.clue(note) or str(refusal(note, names) or ""):
            yield row.issue("hours", f"notes without {why}", "Take it out.")


def _not_allowed(row: Row, column: str, names: Sequence[str], approved: Approvals) -> str:
    """Return what in a text of a place that is not public is not on our lists, '' if all is."""
    if column == "website":
        return "" if approved.is_host(row[column]) else "more than a host that is approved"
    if column != "source_ref":
        return str(refusal(row[column], names, column in TITLES) or "")
    for entry in records.split(row[column]):
        if LOOKS_LIKE_LINK.match(entry) and not approved.is_host(entry):
            return "more than hosts that are approved"
        if not LOOKS_LIKE_LINK.match(entry) and (why := refusal(entry, names)):
            return str(why)
    return ""


def _names(row: Row) -> list[str]:
    """Return the names that the texts of a row may use, whole and without addenda."""
    return [part for cell in (row["name"], row["organization"]) for part in names_of(cell)]


def refused_texts(
    frame: pd.DataFrame, today: date, zip_counties: Mapping[str, str]
) -> Iterator[tuple[Row, str]]:
    """Yield row and column of each text that the lists refuse where a place is not public.

    For those who approve texts: a row holds what it says, and they have to read it. Where a text
    gives an address away (`disclosure.clue`), it is to be taken out, and is not among them.
    """
    known = read_rows(frame, range(len(frame)), today, zip_counties, "row")
    by_place = {row.where: row for row in known}
    for issue in confidential(known):
        row = by_place[issue.where]
        if issue.column in FREE_TEXT and not disclosure.clue(row[issue.column]):
            yield row, issue.column
