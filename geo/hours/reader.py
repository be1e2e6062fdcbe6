"""Reader: goes through a text of hours, mark by mark, and collects what is said of which days."""

from dataclasses import replace
from itertools import pairwise
from typing import cast

from geo.clock import clock_at
from geo.hours import lexicon
from geo.hours.clocks import Clock, Raw
from geo.hours.lexicon import PH, Mark, Pick
from geo.hours.parts import DAYS, WEEK, Break, Part, written_days
from geo.hours.pieces import Pieces, Place

SETS = {"all": WEEK, "week": WEEK[:5], "weekend": WEEK[5:]}
_TIMES = ("clock", "noon", "from", "between", "allday")
_PASSED_OVER = ("and", "from", "monthly", "between", "paren")


class Reader:
    """Goes through the marks of a text and collects its parts."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.marks = lexicon.marks(text)
        self.next = 0
        self.begin = 0  # where what is taken now begins
        self.parts: list[Part] = []
        self.breaks: list[Break] = []
        self.pieces = Pieces(text)
        self.clause = 0
        self.days: tuple[Pick, ...] = ()
        self.days_at = (0, 0)
        self.spans: list[Raw] = []
        self.spans_at = (0, 0)
        self.season = ""
        self.season_at = (0, 0)
        self.mode = ""  # "closed", "except" or "lunch": what comes is not open
        self.mode_at = (0, 0)
        self.mode_said = False  # whether it was said what is not open
        self.unclear = False  # whether the days that were just taken had to be asked
        self.days_asked = False  # whether the days of the times to come had to be asked
        self.note = ""
        self.open_note = False
        self.note_at = (0, 0)
        self.otherwise = False
        self.otherwise_at = (0, 0)
        self.also = False
        self.after_break = False

    def go(self) -> None:
        """Go through the text to its end."""
        while self.next < len(self.marks):
            self._step()
        self._end_clause(last=True)

    # What comes next in the text.

    def _peek(self, ahead: int = 0) -> Mark:
        """Return a mark that comes; one of kind "" after the last."""
        place = self.next + ahead
        end = len(self.text)
        return self.marks[place] if place < len(self.marks) else Mark("", None, end, end)

    def _pass(self, *kinds: str) -> bool:
        """Go past marks of `kinds`; tell whether there were any."""
        before = self.next
        while self._peek().kind in kinds:
            self.next += 1
        return self.next > before

    def _step(self) -> None:
        """Take the next days, times, dates or word."""
        self.begin = self.next
        start = self._peek().start
        if days := self._take_days():
            self._on_days(days, (start, self.marks[self.next - 1].end))
        elif self.next > self.begin:
            return  # days that had to be asked
        elif spans := self._take_spans():
            self._on_spans(spans, (start, self.marks[self.next - 1].end))
        elif season := self._take_season():
            self._on_season(season, (start, self.marks[self.next - 1].end))
        else:
            mark = self._peek()
            self.next += 1
            self._on_word(mark)

    def _on_word(self, mark: Mark) -> None:
        """Take a word that is neither days nor times nor dates."""
        at = (mark.start, mark.end)
        if mark.kind in _PASSED_OVER or self._is_dash(mark):
            return
        handler = {
            "closed": self._on_closed,
            "except": lambda at: self._on_mode("except", at),
            "lunch": lambda at: self._on_mode("lunch", at),
            "note": lambda at: self._on_note(str(mark.value), False, at),
            "open_note": lambda at: self._on_note(str(mark.value), True, at),
            "not_known": self._on_not_known,
            "otherwise": self._on_otherwise,
            "also": self._on_also,
            "end": lambda _: self._end_clause(),
            "some_holidays": self._on_some_holidays,
            "until": self._on_until,
            "to": self._on_until,
        }.get(mark.kind, self._on_unknown)
        if mark.kind in ("clock", "noon"):
            self._ask_end(cast(Clock, mark.value), at)
        elif mark.kind == "odd":
            self.pieces.unknown(
                at, "the field cannot say every other week; write the dates, or a note"
            )
        else:
            handler(at)

    def _on_unknown(self, at: Place) -> None:
        """Put down a word that is not known, with those before it if they are not, either."""
        last = next((p for p in reversed(self.pieces.not_understood)), None)
        ended = last.character - 1 + len(last.found) if last else 0
        between = {mark.kind for mark in self.marks if ended <= mark.start < at[0]}
        self.pieces.unknown_word(at, joined=between <= {"to", "and"})

    def _is_dash(self, mark: Mark) -> bool:
        """Tell whether a dash only stands between days and what holds on them."""
        dash = mark.kind == "to" and not self.text[mark.start].isalpha()
        return bool(dash and self.days) and self._follows(*_TIMES, "closed", "note", "open_note")

    def _on_otherwise(self, at: Place) -> None:
        self.otherwise, self.otherwise_at = True, at

    def _on_also(self, _at: Place) -> None:
        self.also = True

    def _on_some_holidays(self, at: Place) -> None:
        self.pieces.ask(at, "all holidays, or which ones", ("PH off",) if self.mode else ("PH",))
        self.mode_said = True
        self.days_asked = not self.mode

    def _on_letter(self, mark: Mark) -> None:
        """Ask which day a letter, or a span of two, means."""
        meant = cast(tuple[int, ...], mark.value)
        ways = tuple(DAYS[day] for day in meant)
        end = mark.end
        if self._follows("to") and self._peek(1).kind in ("letter", "day"):
            value = self._peek(1).value
            lasts = value if isinstance(value, tuple) else (value,)
            ways = tuple(f"{DAYS[a]}-{DAYS[b]}" for a in meant for b in lasts if a < b)
            end = self._peek(1).end
            self.next += 2
        self._ask_days_of((mark.start, end), ways)

    def _on_until(self, at: Place) -> None:
        """Tell of an end without a start."""
        if self._peek().kind in ("clock", "noon"):
            at = (at[0], self._peek().end)
            self.next += 1
            self.pieces.unknown(at, "it is not said when it opens")
            self.days = ()
        else:
            self._on_unknown(at)

    def _ask_end(self, clock: Clock, at: Place) -> None:
        """Ask about a time that stands alone."""
        ways = tuple(f"{clock_at(minute)}+" for minute in clock.minutes)
        self.pieces.ask(at, "it is not said when it closes", ways)
        self.days = ()

    # Days.

    def _take_days(self) -> tuple[Pick, ...]:
        """Take the days that stand here, joined as people join them; none if they must be asked."""
        start, groups, join = self.next, list[tuple[Pick, ...]](), ""
        while True:
            before = self.next
            joined = self._pass("and")
            if joined and not groups:
                self.next = before
                return ()
            one = self._take_day()
            if self.unclear:
                self.unclear, self.days_asked = False, True
                return ()
            if not one or (not joined and groups and _mix(groups[-1], one)):
                self.next = before
                break
            join = self.text[self.marks[before].start : self.marks[before].end]
            if (
                len(groups) == 1
                and join == ","
                and self.mode == "closed"
                and self._follows(*_TIMES)
            ):
                self.next = before  # "closed Sat, Sun 9-12"
                break
            groups.append(one)
        if ways := _ways(groups):
            at = self.marks[start].start, self.marks[self.next - 1].end
            self._ask_days_of(at, ways)
            self.unclear = False
            return ()
        return tuple(dict.fromkeys(pick for group in groups for pick in group))

    def _ask_days_of(self, at: Place, ways: tuple[str, ...]) -> None:
        """Ask which days are meant; what is said of them is passed over."""
        self.pieces.ask(at, "which days", ways)
        self.days_asked = self.unclear = True

    def _take_day(self) -> tuple[Pick, ...]:
        """Take a weekday, a span of them, a set of them, or some of the month."""
        mark = self._peek()
        if mark.kind == "days":
            self.next += 1
            return SETS[str(mark.value)]
        if mark.kind == "holidays":
            self.next += 1
            return (Pick(PH),)
        if mark.kind == "run":
            self.next += 1
            return cast(tuple[tuple[Pick, ...]], mark.value)[0]
        if mark.kind == "nth":
            return self._take_nth()
        if mark.kind == "letter":
            self.next += 1
            self._on_letter(mark)
            return ()
        if mark.kind != "day":
            return ()
        first = cast(int, mark.value)
        self.next += 1
        if self._peek().kind in ("to", "until") and self._peek(1).kind == "day":
            last = cast(int, self._peek(1).value)
            self.next += 2
            if last == first:
                self.pieces.unknown(
                    (mark.start, self.marks[self.next - 1].end), "it ends as it begins"
                )
            if self._follows("to") and self._peek(1).kind == "day":
                third = cast(int, self._peek(1).value)
                way = ",".join(DAYS[day] for day in (first, last, third))
                self.next += 2
                self._ask_days_of((mark.start, self._peek(-1).end), (way,))
            return tuple(Pick((first + step) % 7) for step in range((last - first) % 7 + 1))
        if self._peek().kind == "to" and self._peek(1).kind == "letter":
            self._on_letter(replace(mark, value=(first,)))
            return ()
        return (Pick(first),)

    def _take_nth(self) -> tuple[Pick, ...]:
        """Take 'first and third Tuesday of the month'; nothing if no weekday follows."""
        start, numbers = self.next, []
        while self._peek().kind == "nth":
            numbers.append(cast(int, self._peek().value))
            self.next += 1
            before = self.next
            if self._pass("and") and self._peek().kind != "nth":
                self.next = before
                break
        if self._peek().kind != "day":
            self.next = start
            return ()
        day = cast(int, self._peek().value)
        self.next += 1
        self._pass("monthly")
        return tuple(Pick(day, n) for n in numbers)

    def _on_days(self, days: tuple[Pick, ...], at: Place) -> None:
        self.days_asked = False
        excepted = self.mode == "except" and not self.days
        if (self.mode_said or excepted) and self._follows(*_TIMES):
            self.mode = ""  # "closed July 4, Mon-Fri 9-5", "except Thu 10-7"
        if self.mode == "except" and self.days:
            self._subtract(days)
        elif self.mode:
            self._add(Part(days, self._own_season(), state="off", at=at))
            self.mode_said = True
        elif self.spans:
            self._add(Part(days, self.season, self.spans, at=self.spans_at))
            self.spans = []
        elif {*days} != {*self.days}:
            self._flush_days()
            self.days, self.days_at = days, at

    def _subtract(self, days: tuple[Pick, ...]) -> None:
        """Take days out of those that were named; closed on them if they are no plain weekdays."""
        self.mode_said = True
        self.days = tuple(day for day in self.days if day not in days)
        for day in days:
            if day.nth or day.day == PH:
                self._add(Part((day,), self.season, state="off"))

    def _flush_days(self) -> None:
        """Put down days of which nothing more is said."""
        if Pick(PH) in self.days:
            self.pieces.ask(self.days_at, "closed then, or open at which times", ("PH off",))
        elif self.days:
            self._add(Part(self.days, self.season, state="days", at=self.days_at))
        self.days = ()

    # Times.

    def _take_spans(self) -> list[Raw]:
        """Take the times that stand here, from when to when, joined as people join them."""
        found: list[Raw] = []
        while True:
            before = self.next
            if found:
                self._pass("and")
            one = self._take_span()
            if one is None:
                self.next = before
                return found
            found.append(one)

    def _take_span(self) -> Raw | None:
        """Take one span; None, and nothing taken, if none stands here."""
        start = self.next
        if self._peek().kind in ("always", "allday"):
            self.next += 1
            if self.marks[start].kind == "always" and not self.days:
                self.days = WEEK
            return Clock(0, exact=True), Clock(24, exact=True)
        between = self._pass("between")
        opens = self._pass("from")
        if self._peek().kind not in ("clock", "noon"):
            self.next = start
            return None
        first = cast(Clock, self._peek().value)
        self.next += 1
        joins = ("to", "until", "and") if between else ("to", "until")
        if self._peek().kind in joins and self._peek(1).kind in ("clock", "noon"):
            last = cast(Clock, self._peek(1).value)
            self.next += 2
            self._pass("next_day")
            return first, last
        if self._pass("later") or opens:
            return first, None
        self.next = start
        return None

    def _on_spans(self, spans: list[Raw], at: Place) -> None:
        before = self.marks[self.begin - 1].kind if self.begin else ""
        if self.mode == "closed" and self.mode_said and before != "and":
            self.parts[-1].spans, self.parts[-1].at = spans, at  # "closed Wed 12-5"
            self.mode = ""
            return
        if self.mode and not (self.mode == "except" and self.days):
            self.breaks.append(Break(spans, self.clause, at))
            self.mode = ""
            self.after_break = True
        elif self._peek().kind in ("closed", "lunch") and not self.days and self.parts:
            self.breaks.append(Break(spans, self.clause, at))
            self._pass("closed", "lunch")
        elif self.days_asked:
            self.days_asked = False
        elif self.days or self.season:
            self._add(Part(self.days, self.season, spans, at=at))
            if not self.days:
                self.season = ""
            self.days, self.mode = (), ""
        else:
            self._ask_days()
            self.spans, self.spans_at = spans, at

    def _ask_days(self) -> None:
        """Ask on which days the times hold, of which none were said."""
        if self.spans:
            if self.spans == [(Clock(0, exact=True), Clock(24, exact=True))]:
                self._add(Part(WEEK, self.season, self.spans, at=self.spans_at))
            else:
                self.pieces.ask(self.spans_at, "it is not said on which days", ())
        self.spans = []

    # Dates.

    def _take_season(self) -> str:
        """Take months or dates, joined as people join them; the field's words for them."""
        found: list[str] = []
        while True:
            before = self.next
            if found:
                self._pass("and")
            one = self._take_period()
            if not one:
                self.next = before
                return ",".join(found)
            if found and ("[" in one or "[" in found[-1] or "easter" in one + found[-1]):
                self.next = before
                return ",".join(found)
            found.append(one)

    def _take_period(self) -> str:
        """Take one date or month, or from one to another; '' if none stands here."""
        mark = self._peek()
        if mark.kind == "numbers":
            ways = cast(tuple[str, ...], mark.value)
            self.next += 1
            if len(ways) > 1:
                self.pieces.ask((mark.start, mark.end), "which date", ways)
            return ways[0]
        if mark.kind not in ("dates", "month", "feast"):
            return ""
        self.next += 1
        first = str(mark.value)
        if self._peek().kind in ("to", "until") and self._peek(1).kind in (
            "dates",
            "month",
            "feast",
        ):
            last = str(self._peek(1).value)
            same = mark.kind == self._peek(1).kind or "feast" in (mark.kind, self._peek(1).kind)
            if same and "[" not in first + last and "easter" not in first + last:
                self.next += 2
                month, _, day = last.rpartition(" ")
                within = day.isdigit() and len(day) == 2 and first.startswith(f"{month} ")
                return f"{first}-{day if within else last}"
        return first

    def _on_season(self, season: str, at: Place) -> None:
        self.season_at = at
        parts = [part for part in self.parts if part.clause == self.clause]
        if self.mode:
            self._add(Part((), season, state="off", at=at))
            self.mode_said = True
        elif self.days or self.spans:
            self.season = season
            if self.spans:
                self._add(Part((), season, self.spans, at=self.spans_at))
                self.spans, self.season = [], ""
        elif self._follows("", "end", "paren") and parts and not any(part.season for part in parts):
            if len([part for part in parts if part.state != "off"]) > 1:
                self.pieces.ask(at, "for which of the hours before it", ())
            for part in parts:
                part.season = season
        else:
            self.season = season

    # Words.

    def _on_closed(self, at: Place) -> None:
        if (self.days or self.season) and self._follows(*_TIMES) and not self.after_break:
            self._on_break_of_days(at)
            return
        dated = self.season and not self._follows("day", "days", "holidays", *_TIMES)
        if self.days or dated:
            self._add(Part(self.days, self.season, state="off", at=at))
            if not self.days:
                self.season = ""
            self.days = ()
        else:
            self._on_mode("closed", at)

    def _on_break_of_days(self, at: Place) -> None:
        """Take 'Wed: closed 12-1'; in 'Sun closed 9-5 Mon' it is open when is not clear."""
        spans = self._take_spans()
        if not spans or self._follows("day", "nth", "days", "run", "holidays", "letter"):
            self.pieces.unknown((at[0], self._peek(-1).end), "it is not clear what is closed")
        else:
            self._add(Part(self.days, self.season, spans, state="off", at=at))
        self.days = ()

    def _follows(self, *kinds: str) -> bool:
        return self._peek().kind in kinds

    def _on_mode(self, kind: str, at: Place) -> None:
        """Take a word after which something is not open."""
        if kind == "lunch" and self.after_break:
            self.after_break = False
        elif kind == "lunch" and self.mode == "closed":
            self.mode_at = (self.mode_at[0], at[1])
        elif kind == "lunch" and self.spans:
            self.breaks.append(Break(self.spans, self.clause, self.spans_at))
            self.spans = []
        else:
            self.mode, self.mode_at, self.mode_said = kind, at, False

    def _own_season(self) -> str:
        return "" if self.mode == "except" else self.season

    def _on_note(self, note: str, is_open: bool, at: Place) -> None:
        parts = [p for p in self.parts if p.clause == self.clause and p.state == "" and not p.note]
        if self.otherwise:
            self._add(Part(self.days, self.season, note=note, join=" || ", at=at))
            self.days, self.otherwise = (), False
        elif self.days or (self.season and not parts):
            self._add(Part(self.days, self.season, note=note, at=at))
            self.days = ()
        elif parts and self._follows("day", "days", "nth", "run", "holidays"):
            self.pieces.ask(at, "for the hours before it, or the days after it")
        elif len(parts) == 1:
            parts[0].note, parts[0].state = note, "open" if is_open else ""
        elif parts:
            self.pieces.ask(at, "for which of the hours before it", ())
        else:
            self.note, self.open_note, self.note_at = note, is_open, at

    def _on_not_known(self, at: Place) -> None:
        join = " || " if self.otherwise else "; "
        if not self.days and not self.otherwise:
            self._on_unknown(at)
            return
        self._add(Part(self.days, self.season, state="unknown", join=join, at=at))
        self.days, self.otherwise = (), False

    # Parts.

    def _add(self, part: Part) -> None:
        """Put down what is said of some days."""
        part.clause, part.prefixed = self.clause, bool(part.season)
        if self.also and not part.state:
            part.join, self.also = ", ", False
        if self.note and part.spans:
            part.note, part.state = self.note, "open" if self.open_note else ""
            self.note = ""
        self.parts.append(part)
        self.after_break = False

    def _end_clause(self, last: bool = False) -> None:
        """End a part of the text; days wait for their times if those stand in the next part."""
        waits = (
            self._peek().kind in ("clock", "noon", "closed", "note", "allday", "from") and not last
        )
        if self.mode:
            self._end_mode(last)
        if not waits:
            self._flush_days()
        if last:
            self._ask_days()
        self._end_note(last)
        if any(part.season == self.season for part in self.parts if part.clause == self.clause):
            self.season = ""
        elif self.season and (last or any(part.clause == self.clause for part in self.parts)):
            self.pieces.unknown(self.season_at, "it is not said what holds then")
            self.season = ""
        if self.otherwise and last:
            self._on_unknown(self.otherwise_at)
        self.clause += 1
        self.after_break = False

    def _end_note(self, last: bool) -> None:
        """Put down a note that stands alone: it holds for the one rule there is, or always."""
        if not self.note:
            return
        opened = [part for part in self.parts if part.state in ("", "days")]
        state = "open" if self.open_note else ""
        if len(opened) == 1 and not opened[0].note:
            opened[0].note, opened[0].state = self.note, state
        elif opened:
            self.pieces.ask(self.note_at, "for which of the hours", ())
        elif last and "appointment" in self.note:
            self._add(Part((), self.season, note=self.note, state=state))
        elif last:
            self.pieces.unknown(self.note_at, "it is not said when it is open")
        else:
            return
        self.note = ""

    def _end_mode(self, last: bool) -> None:
        """End what is closed, or excepted, without a word of when."""
        if (
            self.mode == "closed"
            and last
            and not (self.parts or self.breaks or self.pieces.not_understood)
        ):
            self._add(Part((), "", state="off"))
        elif not self.mode_said:
            self.pieces.unknown(self.mode_at, "it is not said when")
        self.mode = ""


def _mix(found: tuple[Pick, ...], one: tuple[Pick, ...]) -> bool:
    """Tell whether two choices of days side by side do not belong together."""
    return any(pick.nth for pick in one) != any(pick.nth for pick in found)


def _ways(groups: list[tuple[Pick, ...]]) -> tuple[str, ...]:
    """Return the ways to read choices of days that are joined; none if there is one way only.

    "2nd Tue and Thu" may mean each Thursday or the second; "daily Mon-Fri" does not go together.
    """
    for first, second in pairwise(groups):
        day = second[0].day
        if first[-1].nth and len(second) == 1 and day != PH and not second[0].nth:
            alike = tuple(Pick(day, pick.nth) for pick in first)
            return written_days((*first, *second)), written_days((*first, *alike))
        if {*first} != {*second} and not {*first}.isdisjoint(second):
            return written_days(first), written_days(second)
    return ()
