"""Errors: what can go wrong in this library, each also a builtin exception."""


class GeoError(Exception):
    """Any error of this library."""


class CatalogueError(GeoError, ValueError):
    """The catalogue cannot be read or has faults; the message says where and how to mend it."""


class CoordinateError(GeoError, ValueError):
    """A point is not on the earth."""


class HoursError(GeoError, ValueError):
    """Opening hours cannot be read; the message points at the place."""
