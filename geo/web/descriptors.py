"""Descriptors: how many files and connections this process may have open, and if there is room.

Each connection is one, and the run of a page takes about three more. When none is left a server
can neither take a connection nor read a file, so that some are held back: see `FOR_PLAIN`.
"""

import os
import resource

MOST = 1_048_576  # no machine here has room for more, and to count without a bound is none
SHARE = 4  # one in so many is held back for plain answers
FOR_PLAIN = 256  # but no more than so many


def raise_limit() -> int:
    """Set the limit of this process as high as it may set it itself; return what it is then."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST if hard == resource.RLIM_INFINITY else min(hard, MOST)
    if soft == resource.RLIM_INFINITY or wanted <= soft:
        return limit()
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    except (ValueError, OSError):  # some systems have a lower bound that they do not tell
        return limit()
    return limit()


def limit() -> int:
    """Return how many this process may have open."""
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return MOST if soft == resource.RLIM_INFINITY else soft


def room() -> int:
    """Return the number from which on no more pages are begun, only plain answers given."""
    most = limit()
    return most - min(most // SHARE, FOR_PLAIN)


def is_full() -> bool:
    """Return whether what is held back for plain answers is being used."""
    return lowest_free() >= room()


def lowest_free() -> int:
    """Return the lowest number that is free: at least so many are open. `limit()` if none is."""
    try:
        number = os.open(os.devnull, os.O_RDONLY)
    except OSError:
        return limit()
    os.close(number)
    return number
