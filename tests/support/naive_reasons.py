"""Naive reasons: a judge of what is told of a stop that is left out, on a clock of its own.

It does not look for a reason. It takes the one that is told and holds it to what the words say:
whether it is true of some place in the rounds, whether less is lacking at none, and whether each
way out leads out while a minute less does not. The clock goes through all minutes of two days at
once, as the bits of a number: those in which a team could be ready.
"""

from dataclasses import replace
from itertools import pairwise

from geo.rounds import left_out
from geo.rounds.plan import NEVER, skill_names

LAST = 2 * 1440
EVER = (1 << LAST + 1) - 1


def span(first, last):
    """Return the minutes from the first to the last."""
    return ((1 << last + 1) - 1 & EVER) >> max(first, 0) << max(first, 0) if last >= 0 else 0


def since(minutes):
    """Return the minutes and all after them: a team can always wait."""
    return EVER & -(minutes & -minutes)


def served(stop, ready):
    """Return when a visit can be over."""
    times = ((0, LAST),) if stop.windows is None else stop.windows
    over = 0
    for opens, closes in times:
        over |= (ready & span(opens, closes - stop.minutes)) << stop.minutes
    return over & EVER


def back(outing, number, order, team=None):
    """Return the first minute at which a team can be back with all kept; None if it cannot."""
    team = team or outing.teams[number]
    home = len(outing.stops) + 2 * number
    places = [home, *order, home + 1]
    legs = [outing.minutes[a][b] for a, b in pairwise(places)]
    longest, most = team.longest_leg_minutes, team.longest_drive_minutes
    if (
        any(leg >= NEVER or (longest is not None and leg > longest) for leg in legs)
        or (most is not None and sum(legs) > most)
        or not all(outing.stops[place].needs <= team.skills for place in order)
    ):
        return None
    pause, (begins, ends) = team.break_, team.shift

    def rested(ready):
        if pause is None:
            return 0
        return EVER & (since(ready) & span(pause.earliest, pause.latest)) << pause.minutes

    tired, fresh = span(begins, ends), span(begins, ends)
    if pause is None:
        tired = 0
    else:
        fresh &= span(pause.earliest + pause.minutes, LAST)
    for leg, place in zip(legs, order, strict=False):
        tired, fresh = since(tired << leg), since(fresh << leg)
        fresh = since(fresh | rested(tired))
        stop = outing.stops[place]
        tired, fresh = served(stop, tired), served(stop, fresh)
        fresh |= rested(tired)
    there = fresh << legs[-1]
    if pause is not None:
        there |= (tired << legs[-1]) & span(0, pause.latest)
    there &= span(0, ends)
    return (there & -there).bit_length() - 1 if there else None


def judge(outing, orders, left):
    """Hold what is told of a stop left out to what its words say."""
    _Judge(outing, orders, left).judge()


class _Judge:
    def __init__(self, outing, orders, left):
        self.outing, self.orders, self.left, self.stop = outing, orders, left, left.stop
        self.number = outing.stops.index(left.stop)
        self.told = {remedy.message: remedy.values for remedy in left.remedies}
        self.able = [n for n, team in enumerate(outing.teams) if self.stop.needs <= team.skills]

    def judge(self):
        kind, told = self.left.kind, set(self.told)
        assert len(told) == len(self.left.remedies)
        assert (kind == "closed") == (self.stop.windows == ())
        if kind == "closed":
            assert told == {left_out.ANOTHER_DAY}
            return
        assert (kind == "skill") == (not self.able)
        if kind == "skill":
            self.skill_is_what_lacks()
            return
        assert (kind == "room") == self.fits()
        if kind == "room":
            assert not told
            return
        alone = any(back(self.outing, team, [self.number]) is not None for team in self.able)
        assert (left_out.ANOTHER_TEAM in told) == alone
        self.reason_is_true_and_least(alone)
        self.shift_is_the_least_longer()
        self.start_is_the_least_earlier()
        self.drives_are_the_least_longer()
        self.the_other_counts_least()

    def places(self, teams):
        """Yield every order there is with the stop in it."""
        for team in teams:
            for place in range(len(self.orders[team]) + 1):
                yield team, [*self.orders[team][:place], self.number, *self.orders[team][place:]]

    def fits(self, only=None, **changes):
        """Return whether it fits when able teams, or `only` one, have other limits."""
        return any(
            back(self.outing, n, order, self.changed(n, changes)) is not None
            for n, order in self.places(self.able if only is None else [only])
        )

    def changed(self, number, changes):
        team = self.outing.teams[number]
        values = {
            name: value(getattr(team, name)) if callable(value) else value
            for name, value in changes.items()
        }
        return replace(team, **values)

    def team(self, values):
        return next(n for n, one in enumerate(self.outing.teams) if one.name == values["team"])

    def skill_is_what_lacks(self):
        everybody = range(len(self.outing.teams))
        learned = [replace(t, skills=t.skills | self.stop.needs) for t in self.outing.teams]
        inside = any(
            back(self.outing, n, order, learned[n]) is not None
            for n, order in self.places(everybody)
        )
        alone = any(back(self.outing, n, [self.number], learned[n]) is not None for n in everybody)
        wanted = {left_out.WITH_SKILL} if inside else {left_out.TEAM_WITH_SKILL} if alone else set()
        assert set(self.told) == wanted
        for told in (self.left.reason, *self.left.remedies):
            assert told.values["skills"] == skill_names(self.stop.needs)

    def lacking(self, team, order):
        """Yield all that is not kept, as (kind, minutes), going on from the start of the shift."""
        crew, home = self.outing.teams[team], len(self.outing.stops) + 2 * team
        clock, driven, kept = crew.shift[0], 0, True
        for here, there in zip([home, *order], [*order, home + 1], strict=True):
            leg = self.outing.minutes[here][there]
            driven, clock = driven + leg, clock + leg
            if leg >= NEVER:
                yield "no_way", NEVER
                kept = False
            elif crew.longest_leg_minutes is not None and leg > crew.longest_leg_minutes:
                yield "leg", leg - crew.longest_leg_minutes
                kept = False
            if there == home + 1 or not kept:
                continue
            one = self.outing.stops[there]
            if over := served(one, span(clock, LAST)):
                clock = (over & -over).bit_length() - 1
            else:
                closes = [c for o, c in one.windows or () if c - o >= one.minutes]
                late = clock + one.minutes - max(closes) if closes else NEVER - 1
                yield "hours" if there == self.number else "other_stop", late
                kept = False
        longer = replace(crew, shift=(crew.shift[0], LAST))
        with_break = back(self.outing, team, order, longer) if kept and crew.break_ else None
        if with_break is not None and with_break > crew.shift[1]:
            yield "shift", with_break - crew.shift[1]
        if kept and clock > crew.shift[1]:
            windows = self.stop.windows or ((0, LAST),)
            opens = min(opens for opens, _ in windows)
            yield "hours" if opens >= crew.shift[1] else "shift", clock - crew.shift[1]
        if crew.longest_drive_minutes is not None and driven > crew.longest_drive_minutes:
            yield "drive", driven - crew.longest_drive_minutes
        if any(not self.outing.stops[place].needs <= crew.skills for place in order):
            yield "other_stop", NEVER - 1
        if crew.break_ and back(self.outing, team, order, replace(crew, break_=None)) is not None:
            yield "break", crew.break_.minutes

    def reason_is_true_and_least(self, alone):
        lacks = [list(self.lacking(*one)) for one in self.places(self.able)]
        if not alone:
            lacks += [list(self.lacking(team, [self.number])) for team in self.able]
        short = self.short()
        assert any((self.left.kind, minutes) in found for found in lacks for minutes in short)
        assert all(max(minutes for _, minutes in found) >= min(short) for found in lacks)

    def short(self):
        """Return by how many minutes the reason says it does not fit."""
        message, told = self.left.reason.message, self.left.reason.values
        if message in (left_out.SHUT, left_out.TOO_LITTLE, left_out.OTHER_LATE):
            one = self.stop
            if message == left_out.OTHER_LATE:
                one = next(stop for stop in self.outing.stops if stop.name == told["other"])
            assert told["closes"] in [closes for _, closes in one.windows]
            assert (message == left_out.SHUT) <= (told["arrives"] >= told["closes"])
            assert (message == left_out.TOO_LITTLE) <= (told["arrives"] < told["closes"])
            return [told["arrives"] + one.minutes - told["closes"]]
        if message in (left_out.LATE, left_out.LATE_WITH, left_out.OPENS_LATE):
            assert told["ends"] in [self.outing.teams[n].shift[1] for n in self.able]
            return [told["back"] - told["ends"]]
        if message in (left_out.LONG_LEG, left_out.LONG_DRIVE):
            return [told["found"] - told["most"]]
        if message == left_out.NO_BREAK:
            breaks = [self.outing.teams[n].break_ for n in self.able]
            clocks = (told["earliest"], told["latest"])
            return [b.minutes for b in breaks if b and (b.earliest, b.latest) == clocks]
        if message in (left_out.TOO_SHORT, left_out.OTHER_SHORT):
            name = told.get("other", self.stop.name)
            one = next(stop for stop in self.outing.stops if stop.name == name)
            assert told["minutes"] == one.minutes
            assert not served(one, EVER)
        else:
            assert message in (left_out.NO_WAY, left_out.OTHER_NEEDS)
        return [NEVER if message == left_out.NO_WAY else NEVER - 1]

    def shift_is_the_least_longer(self):
        told = self.told.get(left_out.LONGER_SHIFT)
        if self.left.kind not in ("shift", "break"):
            assert told is None
            return

        def longer(minutes):
            return {"shift": lambda shift: (shift[0], min(shift[1] + minutes, LAST))}

        if told is None:
            assert not self.fits(**longer(left_out.MOST_EXTRA))
            return
        team, minutes = self.team(told), told["minutes"]
        assert told["ends"] == self.outing.teams[team].shift[1] + minutes
        assert 0 < minutes <= left_out.MOST_EXTRA
        assert self.fits(only=team, **longer(minutes))
        assert not self.fits(**longer(minutes - 1))

    def start_is_the_least_earlier(self):
        told = self.told.get(left_out.EARLIER_START)
        if self.left.kind not in ("hours", "other_stop"):
            assert told is None
            return

        def earlier(minutes):
            return {"shift": lambda shift: (max(shift[0] - minutes, 0), shift[1])}

        extras = [more for more in left_out.EARLIER if more >= min(self.short())]
        if told is None:
            assert not any(self.fits(**earlier(minutes)) for minutes in extras)
            return
        team = self.team(told)
        minutes = self.outing.teams[team].shift[0] - told["begins"]
        assert self.fits(only=team, **earlier(minutes))
        assert minutes in (*extras, *self.short())
        assert not any(self.fits(**earlier(less)) for less in extras if less < minutes)

    def drives_are_the_least_longer(self):
        for kind, message, limit in (
            ("leg", left_out.LONGER_LEG, "longest_leg_minutes"),
            ("drive", left_out.LONGER_DRIVE, "longest_drive_minutes"),
        ):
            told = self.told.get(message)
            if self.left.kind != kind:
                assert told is None
            elif told is None:
                assert not self.fits(**{limit: None})
            else:
                assert self.fits(**{limit: told["minutes"]})
                assert not self.fits(**{limit: told["minutes"] - 1})

    def the_other_counts_least(self):
        told = self.told.get(left_out.WITHOUT)
        found = {
            self.outing.stops[out].name: (
                self.outing.stops[out].must,
                self.outing.stops[out].priority,
            )
            for team in self.able
            for place, out in enumerate(self.orders[team])
            if back(
                self.outing,
                team,
                [*self.orders[team][:place], self.number, *self.orders[team][place + 1 :]],
            )
            is not None
        }
        assert (told is None) == (not found)
        if told:
            assert found[told["other"]] == min(found.values())
