"""Review: look after what readers report and what nobody has confirmed, entry by entry.

Plain lines only, no colours and no drawing, so that it works over ssh and read aloud.
"""

import argparse
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from geo import clock
from geo.catalogue import history, provenance
from geo.catalogue.history import ROLES
from geo.errors import CatalogueError, GeoError
from geo.i18n import words
from geo.store import keeping
from geo.trust import decisions, desk, queue, reports, sheet
from geo.trust.decisions import Decision
from geo.trust.desk import Desk

SHOWN = 10
SAY = words("en")  # keepers at a terminal are spoken to in one language
ASKED = ("phone", "hours", "street", "status")
CHOICES = (
    "c confirm   k correct   p closed for a while   f could not be confirmed\n"
    "x closed for good   n not to be listed   r reports looked at   b back"
)


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    reviewing = commands.add_parser(
        "review",
        help="look after reports and entries that need somebody",
        description="Without a verb: one entry after the other, with questions.",
    )
    reviewing.add_argument("--role", choices=ROLES, help="yours; a role, never a name")
    reviewing.add_argument(
        "--from", dest="sheet", type=Path, metavar="SHEET.csv", help="take what a round found"
    )
    reviewing.add_argument("--write", action="store_true", help="with --from: save it")
    reviewing.set_defaults(run=run)
    verbs = reviewing.add_subparsers(title="verbs")
    _verb(verbs, "list", _list, "the entries that need somebody most").add_argument(
        "--most", type=int, default=SHOWN
    )
    _verb(verbs, "show", _show, "an entry with reports and history").add_argument("id")
    _verb(verbs, "sheet", _sheet, "an empty sheet for a round, as CSV").add_argument(
        "--most", type=int, default=SHOWN
    )
    for what, told in history.ACTS.items():
        if what != "undo":
            verb = _deciding(verbs, what, told)
            verb.add_argument("id", help="of the entry; '' for what is missing")
    _deciding(verbs, "undo", "take an act back").add_argument("of", type=int, metavar="NUMBER")


def _verb(
    verbs: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, run: object, told: str
) -> argparse.ArgumentParser:
    verb = verbs.add_parser(name, help=told)
    verb.set_defaults(run=run)
    return verb


def _deciding(
    verbs: "argparse._SubParsersAction[argparse.ArgumentParser]", what: str, told: str
) -> argparse.ArgumentParser:
    verb = _verb(verbs, what, _decide, told)
    verb.set_defaults(what=what, id="", of=0, fields="", new=[], again="", reason="")
    verb.add_argument("--role", choices=ROLES, required=True)
    verb.add_argument("--how", default="", help='such as "called, spoke to desk"')
    if what == "confirm":
        verb.add_argument("--fields", required=True, help="such as phone,hours; or all")
    if what == "correct":
        wanted = "such as hours=24/7; several by repeating it"
        verb.add_argument("--set", dest="new", action="append", required=True, help=wanted)
    if what == "pause":
        verb.add_argument("--again", required=True, help="YYYY-MM-DD: look again on that day")
    if what == "never":
        verb.add_argument("--reason", required=True, help="in plain words, never where it is")
    return verb


def run(options: argparse.Namespace) -> int:
    """Ask about one entry after the other, or take a sheet; return 0, or 1 if some was refused."""
    if options.sheet:
        return _take_sheet(options)
    if not options.role:
        raise CatalogueError(f"--role: wanted yours, one of {', '.join(ROLES)}.")
    return _ask(options.role)


def _list(options: argparse.Namespace) -> int:
    for line in _head(_laid(), clock.today(), options.most):
        print(line)
    return 0


def _head(laid: Desk, today: date, most: int) -> Iterator[str]:
    """Yield how much waits, and the most urgent entries, a line each."""
    if laid.kept.log.fault:
        yield f"The log is damaged. {laid.kept.log.fault}"
    yield f"{len(laid.entries)} entries, {len(laid.reports)} reports waiting."
    for report in laid.reports_of(""):
        yield f"Missing, reported {report.day}: {report.text}"
    for number, need in enumerate(laid.needs(today, most), 1):
        named = f"{need.entry['id']} {need.entry['name']} ({queue.kinds_of(need.entry, SAY)})"
        yield f"{number}. {named}: {'; '.join(need.reasons(SAY))}"


def _show(options: argparse.Namespace) -> int:
    for line in _told(_laid(), options.id, clock.today()):
        print(line)
    return 0


def _told(laid: Desk, own: str, today: date) -> Iterator[str]:
    """Yield an entry as a keeper reads it: facts with who says so, reports, history."""
    cells, entry = laid.cells(own), laid.of(own)
    yield f"{own} {cells['name']}"
    for name in desk.FACTS:
        since = f" ({desk.since(entry, name, SAY)})" if entry and cells[name] else ""
        yield f"  {name}: {cells[name] or 'not known'}{since}"
    if entry:
        yield f"  {provenance.age(entry, SAY, today)}"
    for report in laid.reports_of(own):
        yield f"  Report of {report.day}: {reports.KINDS[report.kind]}. {report.text}"
    for act in laid.kept.log.of(own):
        yield f"  {desk.told(act, SAY)}"


def _sheet(options: argparse.Namespace) -> int:
    laid = _laid()
    needs = laid.needs(clock.today(), len(laid.entries))
    chosen = [need.entry for need in needs if need.entry["is_public"]][: options.most]
    sys.stdout.write(sheet.write(chosen).decode("utf-8-sig"))
    return 0


def _decide(options: argparse.Namespace) -> int:
    new = dict(_pair(text) for text in options.new)
    wanted = Decision(
        options.what,
        options.id,
        options.role,
        options.how,
        tuple(name.strip() for name in options.fields.split(",") if name.strip()),
        new,
        again=options.again,
        reason=options.reason,
        of=options.of,
    )
    print(_save(wanted))
    return 0


def _pair(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign:
        raise CatalogueError("--set: wanted column=value, such as hours=24/7.")
    return name.strip(), value


def _save(wanted: Decision) -> str:
    """Write a decision down, close the reports that go with it, and say so."""
    act, closed = desk.save(keeping.read(), wanted, clock.today())
    return f"Saved. {desk.told(act, SAY)}" + (f". Reports looked at: {closed}" if closed else "")


def _laid() -> Desk:
    return desk.lay(keeping.read())


def _take_sheet(options: argparse.Namespace) -> int:
    """Take what a round found: open confirms that it is there, closed and nobody count a try."""
    kept, today = keeping.read(), clock.today()
    if not options.role:
        raise CatalogueError(f"--role: wanted that of who went, one of {', '.join(ROLES)}.")
    lines, wrong = sheet.read(options.sheet, today)
    for line in lines:
        if line.result == "moved":
            wrong.append(f"{line.entry}: has moved. Ask where to, then `review correct`.")
            continue
        what = "confirm" if line.result == "open" else "fail"
        fields = ("status",) if what == "confirm" else ()
        wanted = Decision(what, line.entry, options.role, sheet.HOW, fields)
        try:
            if options.write:
                seen_on = date.fromisoformat(line.seen_on)
                act = decisions.decide(kept.catalogue, wanted, seen_on, kept.noted)
                print(f"Saved. {desk.told(act, SAY)}")
            else:
                decisions.preview(decisions.read(kept.catalogue), wanted, today)
                print(f"{line.entry}: would be {history.ACTS[what]}, seen on {line.seen_on}.")
        except GeoError as error:
            wrong.append(f"{options.sheet.name}:{line.number} {error}")
    for text in wrong:
        print(text)
    if not options.write:
        print("Nothing was saved. If that is right, run it again with --write.")
    return 1 if wrong else 0


def _ask(role: str) -> int:
    """Go through the queue with questions."""
    while True:
        laid, today = _laid(), clock.today()
        for line in _head(laid, today, SHOWN):
            print(line)
        needs = laid.needs(today, SHOWN)
        chosen = _typed("Which? A number of the list, an id, or q to end: ")
        if chosen in ("q", ""):
            return 0
        is_number = chosen.isascii() and chosen.isdigit() and 0 < int(chosen) <= len(needs)
        own = needs[int(chosen) - 1].entry["id"] if is_number else chosen
        try:
            _look_after(laid, own, role, today)
        except (GeoError, OSError) as error:
            print(error)


def _look_after(laid: Desk, own: str, role: str, today: date) -> None:
    for line in _told(laid, own, today):
        print(line)
    print(CHOICES)
    wanted = _wanted(laid, own, role, _typed("What? "))
    if wanted is None:
        return
    for name, old, new in decisions.preview(laid.kept, wanted, today):
        print(f"{name}: {old!r} -> {new!r}")
    if _typed(f"{history.ACTS[wanted.what].capitalize()}. Save? yes or no: ") == "yes":
        print(_save(wanted))
    else:
        print("Nothing was saved.")


def _wanted(laid: Desk, own: str, role: str, key: str) -> Decision | None:
    seen = laid.kept.row(own) or {}
    what = {
        "c": "confirm",
        "k": "correct",
        "p": "pause",
        "f": "fail",
        "x": "retire",
        "n": "never",
        "r": "reports",
    }.get(key)
    if what is None:
        return None
    fields, new, again, reason = "", {}, "", ""
    if what == "confirm":
        fields = ",".join(
            name
            for name in ASKED
            if seen.get(name) and _typed(f"{name}: {seen[name]} Is it so? y or n: ") == "y"
        )
    if what == "correct":
        name = _typed("Which fact? Such as hours: ")
        new = {name: _typed(f"{name}, new: ")}
    if what == "pause":
        again = _typed("Look again on (YYYY-MM-DD): ")
    if what == "never":
        reason = _typed("Why, in plain words, never where it is: ")
    how = _typed("How do you know? Such as called, spoke to desk: ")
    asked = tuple(name for name in fields.split(",") if name)
    return Decision(what, own, role, how, asked, new, seen, reason, again)


def _typed(question: str) -> str:
    try:
        return input(question).strip()
    except EOFError:
        return ""
