"""Area names: words -> the town, ZIP code or county that they name, among others or by themselves.

The names are a plain table from folded words to the key of an area, made of `data/areas` and of
the few ways in which people call a county. Some towns are called like a month, a man or a field:
among other words those count only where the sentence says that a place comes ("in", "cerca de").
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from geo import areas
from geo.addresses import gazetteer
from geo.addresses.reading import Address
from geo.spelling import LEAST_LETTERS, fold, mistakes, most_mistakes, spoken_words

Name = tuple[str, ...]

STATE = frozenset(("ca", "calif", "california"))
COUNTY_NAMES: Mapping[str, str] = {
    "imperial": "imperial county, county of imperial, condado de imperial, condado imperial, "
    "imperial valley, valle imperial, valle de imperial",
    "san_joaquin": "san joaquin, san joaquin county, county of san joaquin, sj county, "
    "condado de san joaquin, condado san joaquin, san joaquin valley, valle de san joaquin",
}
DOUBTFUL = frozenset(
    (
        *("august", "bard", "country club", "holt", "imperial", "kennedy", "linden", "morada"),
        *("peters", "victor", "waterloo"),
    )
)
# Towns around the two counties: no misspelt ones of ours.
ELSEWHERE = frozenset(
    (
        *("mexicali", "tijuana", "algodones", "yuma", "indio", "coachella", "blythe", "ramona"),
        *("alpine", "julian", "mecca", "thermal", "modesto", "fresno", "sacramento", "galt"),
        *("turlock", "patterson", "ceres", "salida", "riverbank", "oakdale", "brentwood"),
        *("livermore", "antioch", "oakland", "merced", "jackson", "ione", "sonora", "vernalis"),
    )
)
_BEFORE = frozenset(("in", "near", "around", "at", "from", "by", "en", "cerca", "de", "desde", "a"))
_AFTER_THE_CENTER = frozenset(  # "el centro de salud" is no town
    (
        *("de", "del", "para", "mas", "que", "donde", "y"),
        *("comunitario", "medico", "familiar", "recreativo", "juvenil", "cultural"),
    )
)


@dataclass(frozen=True)
class Named:
    """A place among words: `words[first:end]` name the area with that key."""

    key: str
    first: int
    end: int


@cache
def names() -> Mapping[Name, str]:
    """Return the key of the area that each name means; a ZIP code of boxes means its town.

    >>> names()["el", "centro"], names()["95378",], names()["condado", "de", "san", "joaquin"]
    ('city:El Centro', 'city:Tracy', 'san_joaquin')
    """
    found: dict[Name, str] = {}
    for zip_code in areas.zip_counties():
        if answer := gazetteer.answer(Address("", zip=zip_code)):
            found[(zip_code,)] = answer.area
    for town in areas.towns():
        if answer := gazetteer.answer(Address("", city=town)):
            name = _name(town)
            found[name] = found["".join(name),] = answer.area
    for county, calls in COUNTY_NAMES.items():
        found |= {_name(call): county for call in calls.split(", ")}
    return found


@cache
def words() -> frozenset[str]:
    """Return every word of a name, and the towns around: none of them is misspelt."""
    return ELSEWHERE.union(*names())


def named(said: Sequence[str]) -> Named | None:
    """Return the first place that folded words name, with its state and its ZIP code.

    >>> named("free clinic near 95376".split()), named("el centro de salud".split())
    (Named(key='zip:95376', first=3, end=4), None)
    >>> named("food tracy ca 95377 now".split()).key
    'zip:95377'
    """
    for first in range(len(said)):
        for end in range(min(len(said), first + _longest()), first, -1):
            key = names().get(tuple(said[first:end]))
            if key and _is_meant(said, first, end):
                return _extended(said, Named(key, first, end))
    return None


def alone(text: str) -> str:
    """Return the key of the area that `text` names and nothing else, "" if it names none.

    >>> alone("San Joaquin County, CA"), alone("Imperial"), alone("Tracey")
    ('san_joaquin', 'city:Imperial', '')
    """
    said = [fold(word) for word in spoken_words(text)]
    while len(said) > 1 and said[-1] in STATE:
        said.pop()
    return names().get(tuple(said), "")


def alike(text: str) -> list[str]:
    """Return the keys of the areas that a misspelt or unfinished `text` may mean, each once.

    >>> alike("Stocton"), alike("calex"), alike("Tracey, CA"), alike("the moon")
    (['city:Stockton'], ['city:Calexico'], ['city:Tracy'], [])
    """
    said = [fold(word) for word in spoken_words(text)]
    while len(said) > 1 and said[-1] in STATE:
        said.pop()
    typed = "".join(said)
    if len(typed) < LEAST_LETTERS or typed in ELSEWHERE:
        return []
    calls = {"".join(name): key for name, key in names().items() if name[0].isalpha()}
    begun = {key: None for call, key in calls.items() if call.startswith(typed)}
    if begun:
        return [*begun]
    most = most_mistakes(typed)
    far = {call: mistakes(typed, call, most) for call in calls}
    least = min(far.values(), default=0)
    near = {calls[call]: None for call, count in far.items() if count == least <= most}
    return [*near] if most else []


def blocks() -> dict[str, list[str]]:
    """Return the words that decide whether a name is meant as a place, sorted."""
    return {
        "state": sorted(STATE),
        "doubtful": sorted(DOUBTFUL),
        "elsewhere": sorted(ELSEWHERE),
        "before": sorted(_BEFORE),
        "after_the_center": sorted(_AFTER_THE_CENTER),
    }


def _name(text: str) -> Name:
    return tuple(map(fold, spoken_words(text)))


@cache
def _longest() -> int:
    return max(map(len, names()))


def _is_meant(said: Sequence[str], first: int, end: int) -> bool:
    """Return whether a name among other words is meant as a place."""
    name, after = " ".join(said[first:end]), said[end] if end < len(said) else ""
    if name == "el centro":
        return after not in _AFTER_THE_CENTER
    if name not in DOUBTFUL or (first, end) == (0, len(said)):
        return True
    return (first > 0 and said[first - 1] in _BEFORE) or after in STATE or _is_zip(after)


def _extended(said: Sequence[str], place: Named) -> Named:
    """Return `place` with the state and the ZIP code behind it: the ZIP code is the narrower."""
    key, end = place.key, place.end
    while end < len(said):
        if said[end] in STATE:
            end += 1
        elif _is_zip(said[end]) and _is_zip(said[end - 1]) is False:
            key, end = names()[(said[end],)], end + 1
        elif _is_zip(said[end - 1]) and said[end].isdigit() and len(said[end]) == 4:
            end += 1  # the four digits of a ZIP code that say which side of the street
        else:
            break
    return Named(key, place.first, end)


def _is_zip(word: str) -> bool:
    return len(word) == 5 and word.isdigit() and (word,) in names()
