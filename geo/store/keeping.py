"""Keeping: where reports and what keepers decide are kept, by the settings."""

from functools import partial
from pathlib import Path

from geo import settings
from geo.store import acts
from geo.store.report_table import ReportTable
from geo.trust.desk import Keeping
from geo.trust.report_file import ReportFile
from geo.trust.reports import Box


def box() -> Box | None:
    """Return what keeps the reports of readers; None if none are taken."""
    kept = settings.read().reports
    if kept is None:
        return None
    return ReportFile(kept) if isinstance(kept, Path) else ReportTable(kept)


def read() -> Keeping:
    """Return what keepers work on: with the rights of their own if the operator gave them any."""
    given = settings.read()
    if not given.keepers_url:
        return Keeping(given.catalogue, box())
    theirs = ReportTable(given.keepers_url) if isinstance(given.reports, str) else box()
    return Keeping(given.catalogue, theirs, partial(acts.noting, given.keepers_url))
