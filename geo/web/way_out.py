"""Way out: the exit as it stands in every page: its button, its words, its script.

The script is written into the page itself: once the page is there, leaving needs no server.
"""

import base64
import hashlib
import html

from geo import settings
from geo.i18n import Words
from geo.web import assets

TITLE = "Home"  # of every page: it is what the browser's history keeps
ICON = "data:,"  # none of ours: what a browser draws for a site without one tells nothing
SCRIPT = (assets.STATIC / "shell" / "exit.js").read_text(encoding="utf-8")
_HEAD = (
    '<meta charset="utf-8"><link rel="icon" href="{icon}"><script data-to="{to}">{script}</script>'
)
_BAR = (
    '<nav id="leave-bar" aria-label="{leave}">'
    '<a id="leave" href="{to}" rel="nofollow noreferrer" draggable="false" title="{how}"'
    ' data-two="{two}" data-one="{one}" data-gone="{gone}"><span id="leave-text">{leave}</span>'
    '<span id="leave-lights" aria-hidden="true"><i></i><i></i><i></i></span></a>'
    '<span id="leave-said" role="status"></span></nav>'
)


def words(say: Words) -> dict[str, str]:
    """Return the words of the exit, for a page and for a change of language."""
    return {
        "leave": say("Leave now"),
        "how": say("Leave this site at once. Or press Shift three times."),
        "two": say("Shift: press two more times to leave"),
        "one": say("Shift: press one more time to leave"),
        "gone": say("No connection right now. You can still read, call and leave."),
    }


def head() -> str:
    """Return the HTML that the head of a page needs, to come before all else in it."""
    to = html.escape(settings.read().exit_to)
    return _HEAD.format(icon=ICON, to=to, script=SCRIPT)


def bar(say: Words, to: str = "/leave") -> str:
    """Return the HTML of the exit, to be the first thing in the body of a page.

    `to`: where it leads without a script.
    """
    told = {name: html.escape(text) for name, text in words(say).items()}
    return _BAR.format(to=html.escape(to), **told)


def policy() -> str:
    """Return the rules for a page that has no script but the exit, and loads nothing."""
    mark = base64.b64encode(hashlib.sha256(SCRIPT.encode()).digest()).decode()
    return (
        f"default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'sha256-{mark}'"
    )
