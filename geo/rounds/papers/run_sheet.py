"""Run sheet: a round on paper: what a team takes along that works without signal.

It is drawn from what it is given, in words already, and computes nothing. One team is one run of
pages; a stop is never split over two; nothing is smaller than 12 points; all is black on white.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, partial
from itertools import takewhile

from fpdf import FPDF
from fpdf.enums import Align

from geo.errors import GeoError
from geo.files.clean_text import latin, plain
from geo.files.pdf import FONT, HEIGHT_MM, MARGIN_MM, WIDTH_MM, height_mm, line_mm, start, text
from geo.i18n import Words
from geo.rounds.papers import sketch

SIZE, NAME, TITLE, NUMBER = 12.0, 14.0, 16.0, 20.0  # points
FOOT_MM = 20.0  # from the lower edge of the page
LEFT_MM, LABEL_MM, GAP_MM, PAD_MM, TICK_MM = 40.0, 36.0, 3.0, 2.5, 7.0
ANSWER_MM = 50.0  # room beside a question; where there is less, the answer goes below
LINE_GAP_MM = 0.9
NOTE_MM = 7.5  # between lines to write on
BOX_MM, NAME_MM, MAP_MM = 4.5, 108.0, 62.0  # of a line of the day; the map with its gap
LINE_MM, FRAME_MM = 0.25, 0.4
CUTS = (400, 200, 100, 50, 25)  # characters of a text; the first with which a stop fits on a page
TOP_MM, BOTTOM_MM = MARGIN_MM + 8.0, HEIGHT_MM - FOOT_MM - 1.5
RIGHT_MM = WIDTH_MM - MARGIN_MM
WORDS_MM = RIGHT_MM - MARGIN_MM - LEFT_MM - PAD_MM  # right of the tick box

High = Callable[..., float]  # of words, size, style and width: how high they are written


class RunSheetError(GeoError, ValueError):
    """A sheet cannot be made of what was given; the message says why."""


@dataclass(frozen=True)
class Stop:
    """A stop: what is written large, what is known of it, what to find out there."""

    number: int
    name: str
    times: Sequence[str]  # such as "Arrive 9:05 AM", "Leave 9:35 AM"
    way: str  # how to get there from the stop before: minutes and miles
    facts: Sequence[tuple[str, str]]  # label, text
    questions: Sequence[str] = ()  # each with room for the answer
    notes: int = 2  # blank lines to write on
    results: Sequence[str] = ()  # what can be found there, each with a box to tick


@dataclass(frozen=True)
class Line:
    """A line of the day on the first page: when, what, where, and the number to call."""

    time: str
    name: str
    where: str = ""
    phone: str = ""
    number: int | None = None  # of a stop, which has a box to tick


@dataclass(frozen=True)
class Pause:
    """What stands between two stops, such as a break or the way back."""

    words: str


@dataclass(frozen=True)
class Team:
    """The round of one team: the pages that it takes along."""

    title: str
    summary: Sequence[str]
    steps: Sequence[Stop | Pause]
    day: Sequence[Line] = ()
    way: Sequence[tuple[float, float]] = ()  # points (lat, lon): the start, the stops, the end


@dataclass(frozen=True)
class RunSheet:
    """What stands on the sheets. Texts are in the language of the reader already."""

    title: str
    teams: Sequence[Team]
    danger: Sequence[tuple[str, str]]  # what, number to call
    remarks: Sequence[str]  # how far the times can be trusted
    left_out: Sequence[tuple[str, str]]  # which stop, why; on the last page of each team
    foot: str  # of which dates this is
    made_on: date


def write(sheet: RunSheet, say: Words) -> bytes:
    """Return the sheets of all teams as one PDF, in the language of `say`.

    Raises
    ------
    RunSheetError : there is no team, or a stop has too much to ask to fit on a page
    """
    if not sheet.teams:
        raise RunSheetError("The plan has no team with a stop. Plan one first.")
    ruler = start(sheet.title, say.language, sheet.made_on)
    ruler.add_page()
    high = cache(partial(height_mm, ruler))
    first = _Sheets(sheet, say, high, [0] * len(sheet.teams))
    return bytes(_Sheets(sheet, say, high, first.pages_of).output())


class _Sheets:
    """The document as it is drawn; `pages_of` tells how many pages each team has."""

    def __init__(self, sheet: RunSheet, say: Words, high: High, totals: Sequence[int]) -> None:
        self.sheet, self.say, self._high, self._totals = sheet, say, high, totals
        self.pdf = start(sheet.title, say.language, sheet.made_on)
        self.pages_of = [0] * len(sheet.teams)
        for number, team in enumerate(sheet.teams):
            self._team = number
            self._draw(team)

    def output(self) -> bytearray:
        return self.pdf.output()

    def _draw(self, team: Team) -> None:
        self._page()
        text(self.pdf, team.title, TITLE, "B")
        for line in team.summary:
            text(self.pdf, line, SIZE)
        if team.day:
            self._day(team)
            self._page()
        self._danger()
        for line in self.sheet.remarks:
            text(self.pdf, line, SIZE, "I")
        self.pdf.ln(GAP_MM)
        for number, step in enumerate(team.steps):
            if isinstance(step, Stop):
                after = takewhile(lambda one: isinstance(one, Pause), team.steps[number + 1 :])
                self._stop(step, sum(map(self._pause_mm, after)))
            else:
                self._pause(step)
        self._left_out()

    def _day(self, team: Team) -> None:
        """Draw the whole day: a table with a box a stop, room for the crew, and a sketch map."""
        say = self.say
        blank = "_" * 14
        text(self.pdf, f"{say('Crew')} {blank}   {say('Odometer')} {blank} {blank}", SIZE)
        self.pdf.ln(GAP_MM)
        short = self._day_mm(team.day, 2) > BOTTOM_MM - self.pdf.get_y() - MAP_MM
        for line in team.day:
            self._room(self._line_mm(line, 1 if short else 2))
            self._line(line, 1 if short else 2)
        if BOTTOM_MM - self.pdf.get_y() >= MAP_MM:
            sketch.draw(self.pdf, team.way, (MARGIN_MM, self.pdf.get_y() + GAP_MM), MAP_MM - GAP_MM)

    def _day_mm(self, lines: Sequence[Line], most: int) -> float:
        return sum(self._line_mm(line, most) for line in lines)

    def _line_mm(self, line: Line, most: int) -> float:
        """Return how high a line of the day is; its place stands below its name if `most` is 2."""
        if most == 1:
            return line_mm(SIZE) + LINE_GAP_MM
        return line_mm(SIZE) * (2 if line.where else 1) + PAD_MM

    def _line(self, line: Line, most: int) -> None:
        pdf, top = self.pdf, self.pdf.get_y()
        pdf.set_line_width(LINE_MM)
        pdf.line(MARGIN_MM, top, RIGHT_MM, top)
        top += LINE_GAP_MM
        if line.number is not None:
            _frame(pdf, MARGIN_MM, top, BOX_MM, BOX_MM, FRAME_MM)
        left = MARGIN_MM + BOX_MM + GAP_MM
        number = "" if line.number is None else str(line.number)
        told = line.name if most == 2 else " · ".join(filter(None, (line.name, line.where)))
        cells = [(number, 8.0, "B"), (line.time, 24.0, "B"), (told, NAME_MM, "B")]
        for words, width, style in [*cells, (line.phone, RIGHT_MM - left - 32.0 - NAME_MM, "")]:
            pdf.set_xy(left, top)
            text(pdf, self._fitted(words, style, width - 1), SIZE, style, width)
            left += width
        if most == 2 and line.where:
            pdf.set_xy(MARGIN_MM + BOX_MM + GAP_MM + 32.0, top + line_mm(SIZE))
            room = RIGHT_MM - pdf.get_x()
            text(pdf, self._fitted(line.where, "", room - 1), SIZE, "", room)
        pdf.set_xy(MARGIN_MM, top - LINE_GAP_MM + self._line_mm(line, most))

    def _fitted(self, words: str, style: str, width: float) -> str:
        """Return words cut to one line of so many millimetres."""
        self.pdf.set_font(FONT, style, SIZE)
        fitted = latin(plain(words))
        while fitted and self.pdf.get_string_width(fitted) > width:
            fitted = fitted[:-1]
        return fitted

    def _page(self) -> None:
        """Begin a page: its head, and at its foot which page of how many it is."""
        self.pages_of[self._team] += 1
        self.pdf.add_page()
        page, before = self.pages_of[self._team], sum(self._totals[: self._team])
        say = self.say
        counts = say(
            "Page {page} of {pages} of this team · {sheet} of {sheets} in all",
            page=page,
            pages=self._totals[self._team],
            sheet=before + page,
            sheets=sum(self._totals),
        )
        self.pdf.set_y(-FOOT_MM)
        text(self.pdf, counts, SIZE, "B")
        text(self.pdf, self.sheet.foot, SIZE)
        self.pdf.set_y(MARGIN_MM)
        if page > 1:
            text(self.pdf, self.sheet.teams[self._team].title, SIZE, "B")
            self.pdf.set_y(TOP_MM)

    def _room(self, needed: float) -> None:
        """Begin a page if so many millimetres are not left on this one."""
        if self.pdf.get_y() + needed > BOTTOM_MM:
            self._page()

    def _danger(self) -> None:
        """Draw the box with the numbers to call."""
        pdf, width = self.pdf, self.pdf.epw - 2 * PAD_MM
        listed = [f"{what}: {number}" for what, number in self.sheet.danger]
        words = "    ".join(one.replace(" ", "\u00a0") for one in listed)  # none broken in two
        height = self._high(words, SIZE, "B", width) + 2 * PAD_MM
        top = pdf.get_y() + PAD_MM
        _frame(pdf, MARGIN_MM, top, pdf.epw, height, 2 * FRAME_MM)
        pdf.set_xy(MARGIN_MM + PAD_MM, top + PAD_MM)
        text(pdf, words, SIZE, "B", width)
        pdf.set_xy(MARGIN_MM, top + height + PAD_MM)

    def _stop(self, stop: Stop, after: float) -> None:
        """Draw a stop, whole, on this page or the next, if it can be with what stands `after`."""
        room = BOTTOM_MM - TOP_MM
        cut = next(
            (short for most in CUTS if self._stop_mm(short := _cut(stop, most)) <= room), None
        )
        if cut is None:
            raise RunSheetError("A stop does not fit on a page. Give it fewer facts or questions.")
        height = self._stop_mm(cut)
        self._room(min(height + after, room))
        top = self.pdf.get_y()
        _frame(self.pdf, MARGIN_MM, top, self.pdf.epw, height - GAP_MM, FRAME_MM)
        _left(self.pdf, cut, top + PAD_MM)
        _right(self.pdf, cut, top + PAD_MM)
        self.pdf.set_xy(MARGIN_MM, top + height)

    def _stop_mm(self, stop: Stop) -> float:
        """Return how high a stop is, with the gap below it."""
        high = self._high
        words = [high(stop.name, NAME, "B", WORDS_MM), high(stop.way, SIZE, "I", WORDS_MM)]
        for label, said in stop.facts:
            labelled = high(label, SIZE, "B", LABEL_MM - GAP_MM)
            words.append(max(labelled, high(said, SIZE, "", WORDS_MM - LABEL_MM)))
        for question in stop.questions:
            below = 0 if _beside(self.pdf, question) else NOTE_MM
            words.append(PAD_MM + high(question, SIZE, "", WORDS_MM) + below)
        right = sum(words) + stop.notes * NOTE_MM + self._results_mm(stop)
        times = [high(line, SIZE, "B", LEFT_MM - 2 * PAD_MM) for line in stop.times]
        left = TICK_MM + PAD_MM + sum(times)
        return max(left, right) + 2 * PAD_MM + GAP_MM

    def _results_mm(self, stop: Stop) -> float:
        return len(_result_rows(self.pdf, stop.results)) * (BOX_MM + PAD_MM)

    def _pause_mm(self, step: Stop | Pause) -> float:
        """Return how high a pause is, with the gap below it; 0 for a stop."""
        if isinstance(step, Stop):
            return 0
        return self._high(step.words, SIZE, "B") + GAP_MM

    def _pause(self, pause: Pause) -> None:
        self._room(self._pause_mm(pause))
        text(self.pdf, pause.words, SIZE, "B")
        self.pdf.ln(GAP_MM)

    def _left_out(self) -> None:
        """List the stops that the plan does not reach, each with the reason."""
        if not self.sheet.left_out:
            return
        say = self.say
        self._room(3 * line_mm(NAME))
        text(self.pdf, say("Not on this plan"), NAME, "B")
        for name, why in self.sheet.left_out:
            words = f"{plain(name, CUTS[1])}: {plain(why, CUTS[1])}"
            self._room(self._high(words, SIZE))
            text(self.pdf, words, SIZE)


def _left(pdf: FPDF, stop: Stop, top: float) -> None:
    """Draw the tick box, the number and the times of a stop."""
    left = MARGIN_MM + PAD_MM
    _frame(pdf, left, top, TICK_MM, TICK_MM, FRAME_MM)
    pdf.set_xy(left + TICK_MM + GAP_MM, top)
    pdf.set_font(FONT, "B", NUMBER)
    pdf.cell(LEFT_MM / 2, TICK_MM, str(stop.number), align=Align.L)
    pdf.set_xy(left, top + TICK_MM + PAD_MM)
    for words in stop.times:
        text(pdf, words, SIZE, "B", LEFT_MM - 2 * PAD_MM)


def _right(pdf: FPDF, stop: Stop, top: float) -> None:
    """Write what is known of a stop, then what to ask, then lines to write on."""
    left = MARGIN_MM + LEFT_MM
    pdf.set_xy(left, top)
    text(pdf, stop.name, NAME, "B", WORDS_MM)
    text(pdf, stop.way, SIZE, "I", WORDS_MM)
    for label, words in stop.facts:
        line = pdf.get_y()
        text(pdf, label, SIZE, "B", LABEL_MM - GAP_MM)
        below = pdf.get_y()
        pdf.set_xy(left + LABEL_MM, line)
        text(pdf, words, SIZE, "", WORDS_MM - LABEL_MM)
        pdf.set_xy(left, max(below, pdf.get_y()))
    for row in _result_rows(pdf, stop.results):
        line, at = pdf.get_y() + PAD_MM, left
        for label in row:
            _frame(pdf, at, line, BOX_MM, BOX_MM, FRAME_MM)
            pdf.set_xy(at + BOX_MM + PAD_MM / 2, line)
            width = _result_mm(pdf, label)
            text(pdf, label, SIZE, "", width)
            at += width
        pdf.set_xy(left, line + BOX_MM)
    for question in stop.questions:
        beside = _beside(pdf, question)
        pdf.set_xy(left, pdf.get_y() + PAD_MM)
        text(pdf, question, SIZE, "", WORDS_MM)
        pdf.set_xy(left, pdf.get_y() + (0 if beside else NOTE_MM))
        _rule(pdf, left + beside, pdf.get_y())
    for _ in range(stop.notes):
        pdf.set_xy(left, pdf.get_y() + NOTE_MM)
        _rule(pdf, left, pdf.get_y())


def _result_rows(pdf: FPDF, results: Sequence[str]) -> list[list[str]]:
    """Return the results in as many rows as they need, each with its box."""
    rows: list[list[str]] = []
    room = 0.0
    for label in results:
        width = _result_mm(pdf, label)
        if width > room:
            rows.append([])
            room = WORDS_MM
        rows[-1].append(label)
        room -= width
    return rows


def _result_mm(pdf: FPDF, label: str) -> float:
    pdf.set_font(FONT, "", SIZE)
    return BOX_MM + PAD_MM + pdf.get_string_width(latin(label)) + GAP_MM


def _beside(pdf: FPDF, question: str) -> float:
    """Return how far right of its start a question leaves room for the answer; 0 if below it."""
    pdf.set_font(FONT, "", SIZE)
    width = pdf.get_string_width(latin(question)) + GAP_MM
    return width if WORDS_MM - width >= ANSWER_MM else 0


def _cut(stop: Stop, most: int) -> Stop:
    """Return a stop with no text longer than `most` characters."""
    facts = [(label, plain(words, most)) for label, words in stop.facts]
    return replace(stop, name=plain(stop.name, most), facts=facts)


def _frame(pdf: FPDF, x: float, y: float, width: float, height: float, line: float) -> None:
    pdf.set_line_width(line)
    pdf.rect(x, y, width, height)


def _rule(pdf: FPDF, x: float, y: float) -> None:
    pdf.set_line_width(LINE_MM)
    pdf.line(x, y, RIGHT_MM - PAD_MM, y)
