"""Handed out: files made when a button is pressed, which only the reader who asked for one gets.

They go to the page by its own connection, and the page hands them to the browser to save. So they
have no address that others could ask for, and lie on no disk but where the reader saves them.
"""

import logging
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from geo.errors import QuestionError
from geo.i18n import Words
from pages.parts import components

log = logging.getLogger(__name__)
MOST_BYTES = 4_500_000  # `server.maxMessageSize` is 5 MB


@dataclass(frozen=True)
class File:
    """A file to be had: what its button says, its name, its media type, and what makes it."""

    label: str
    name: str
    kind: str
    make: Callable[[], bytes | str]


def show(files: Sequence[File], say: Words) -> None:
    """Draw a button for each file; make the one that was asked for, and hand it to the page."""
    by_name = {file.name: file for file in files}
    words = {
        "making": say("Making the file…"),
        "ready": say("Ready: {name}. Your browser now saves it.", name="{name}"),
        "late": say("The server did not answer. No file was saved. Please press again."),
    }
    buttons = [{"key": file.name, "label": file.label} for file in files]
    asked = components.files({"files": buttons, "words": words}, key="files").asked
    if asked and (file := by_name.get(asked["key"])):
        body, trouble = _made(file, say)
        components.file(
            {"turn": asked["turn"], "name": file.name, "kind": file.kind, "trouble": trouble},
            body,
            key="file",
        )


def _made(file: File, say: Words) -> tuple[bytes, str]:
    """Return the file, or nothing and the sentence that says why not.

    The log says where it went wrong, not with which words: they may be a reader's.
    """
    try:
        made = file.make()
    except QuestionError as error:
        return b"", error.told(say)
    except Exception as error:  # noqa: BLE001 - the reader is told, and the log without its words
        where = "".join(traceback.format_tb(error.__traceback__))
        log.error("A file of type %s: %s\n%s", file.kind, type(error).__name__, where)
        return b"", say(
            "This file could not be made. The fault is ours. Please try another kind of file."
        )
    body = made.encode() if isinstance(made, str) else made
    if len(body) > MOST_BYTES:
        return b"", say("This file is too large to hand out. Please ask for less, and try again.")
    return body, ""
