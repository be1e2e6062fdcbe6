"""Change: who gains and who loses when a site is added, moved or closed.

Works on ready cost tables: a row an area, a column a site, in minutes or miles; NaN or infinite
where there is no way, or where the site is not open. A change makes a new table of an old one:

>>> before = np.array([[5.0, 30.0], [30.0, 5.0]])
>>> after = close(before, 1)
>>> compare(before, after, people=[100, 40], limit=10)[["gained", "lost"]].loc["people"].to_list()
[0.0, 40.0]
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from geo.errors import QuestionError
from geo.gaps.measures import check_threshold

Table = NDArray[np.float64]

PEOPLE = "people"


def add(cost: ArrayLike, column: ArrayLike) -> Table:
    """Return the table with one more site, the last; `column` holds what each area pays to it."""
    table = _table(cost)
    return np.column_stack([table, _column(table, column)])


def move(cost: ArrayLike, site: int, column: ArrayLike) -> Table:
    """Return the table with `site` elsewhere; `column` holds what each area pays to it there."""
    table = _with_site(cost, site)
    table[:, site] = _column(table, column)
    return table


def close(cost: ArrayLike, site: int) -> Table:
    """Return the table with `site` closed; its column stays, so the numbers of others do too."""
    table = _with_site(cost, site)
    table[:, site] = np.nan
    return table


def compare(
    before: ArrayLike,
    after: ArrayLike,
    people: ArrayLike,
    limit: float,
    groups: Mapping[str, ArrayLike] | None = None,
) -> pd.DataFrame:
    """Return before and after side by side, a row a group; the first, 'people', is everybody.

    Parameters
    ----------
    before, after : shapes (n, m) and (n, m2), costs from the same areas to the sites there are
    people : shape (n,), who lives in each area
    limit : what counts as within reach, in the unit of the costs
    groups : by name, shape (n,): people of the group in each area, NaN where that is not known

    Returns
    -------
    columns, all of them people but the means:
    'people' in the group; 'within_before', 'within_after' the limit of their nearest site;
    'gained' those who come within it and 'lost' those who fall out of it; 'mean_before' and
    'mean_after' the cost to the nearest site for a person who has a way to one both times, NaN
    if nobody has; 'unknown' who lives, of any group, where the figure of this one is not known

    Raises
    ------
    QuestionError : the tables do not fit together, or the limit is no number above 0
    """
    near, then = (nearest(_table(table)) for table in (before, after))
    everybody = np.asarray(people, dtype=np.float64)
    check_threshold(limit)
    rows = {}
    for name, figures in {PEOPLE: everybody, **(groups or {})}.items():
        count = np.asarray(figures, dtype=np.float64)
        if not near.shape == then.shape == everybody.shape == count.shape:
            raise QuestionError(
                "The figures of {group} do not fit the tables of costs: found {found} areas, "
                "wanted {before} before and {after} after. Give each the same areas.",
                group=name,
                found=count.size,
                before=near.size,
                after=then.size,
            )
        rows[name] = _compared(near, then, everybody, count, limit)
    return pd.DataFrame.from_dict(rows, orient="index")


def nearest(cost: ArrayLike) -> Table:
    """Return what it costs each area to reach its nearest site, shape (n,); infinite if none.

    >>> nearest([[5.0, np.nan], [np.nan, np.nan]])
    array([ 5., inf])
    """
    table = _table(cost)
    least: Table = np.where(np.isnan(table), np.inf, table).min(axis=1, initial=np.inf)
    return least


def _compared(
    near: Table, then: Table, everybody: Table, count: Table, limit: float
) -> dict[str, float]:
    unknown = np.isnan(count)
    group = np.where(unknown, 0.0, count)
    was, is_now = near <= limit, then <= limit
    both = np.where(np.isfinite(near) & np.isfinite(then), group, 0.0)
    some = both.any()
    return {
        PEOPLE: float(group.sum()),
        "within_before": float(group[was].sum()),
        "within_after": float(group[is_now].sum()),
        "gained": float(group[is_now & ~was].sum()),
        "lost": float(group[was & ~is_now].sum()),
        "mean_before": float(np.average(near[both > 0], weights=both[both > 0]))
        if some
        else np.nan,
        "mean_after": float(np.average(then[both > 0], weights=both[both > 0])) if some else np.nan,
        "unknown": float(everybody[unknown].sum()),
    }


def _table(cost: ArrayLike) -> Table:
    table = np.array(cost, dtype=np.float64)
    if table.ndim != 2:
        raise QuestionError(
            "Found a table of costs of shape {shape}, wanted areas by sites.",
            shape=table.shape,
        )
    return table


def _with_site(cost: ArrayLike, site: int) -> Table:
    table = _table(cost)
    if not 0 <= site < table.shape[1]:
        raise QuestionError(
            "There is no site {site}. The table has {sites}, counted from 0.",
            site=site,
            sites=table.shape[1],
        )
    return table


def _column(table: Table, column: ArrayLike) -> Table:
    costs = np.asarray(column, dtype=np.float64)
    if costs.shape != (len(table),):
        raise QuestionError(
            "Found costs from {found} areas to the new place, wanted {wanted}.",
            found=costs.size,
            wanted=len(table),
        )
    return costs
