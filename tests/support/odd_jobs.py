"""Odd jobs: functions for the tests of jobs, run in processes of their own."""

import os
import time

from geo.errors import QuestionError


def die(tell):
    """Tell one thing, then end without a word."""
    tell("so far")
    os._exit(3)


def tell_what_cannot_be_read(tell):
    """Tell what raises where it is read."""
    tell(Unreadable())
    while True:
        tell("on and on")


def wait(seconds, tell):
    """Tell one thing, then do nothing for so long."""
    tell("so far")
    time.sleep(seconds)


def refuse(name, tell):
    """Say that there is no answer, with what was typed."""
    raise QuestionError("{name}: not here.", name=name)


class Unreadable:
    """Packed without trouble, never unpacked."""

    def __reduce__(self):
        return _read, ()


def _read():
    raise LookupError("no such thing")
