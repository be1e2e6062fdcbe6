"""Own points: a planner's own spots for a new site, from a file, for the session only."""

from geo.gaps import own_rows
from geo.gaps.sites.candidates import Candidate

MOST_POINTS = 500


def read(content: bytes) -> list[Candidate]:
    """Return the points of a file, in its order; without a name a point is told by its number.

    Raises
    ------
    QuestionError : it is no such file, too large, or a row has no point near the counties

    >>> read(b"name,lat,lon\\nLevee,37.95,-121.3\\n")
    [Candidate(name='Levee', lat=37.95, lon=-121.3)]
    """
    return [
        Candidate(own_rows.called(row), *own_rows.point(row))
        for row in own_rows.read(content, MOST_POINTS)
    ]
