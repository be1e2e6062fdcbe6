"""Streamlit words: what Streamlit says of its own on our pages, and what is said instead.

Seen in Streamlit 1.67. {n} stands for whatever is there: a number, the name of a file, a place.
"""

from geo.i18n import Words


def instead(say: Words) -> list[tuple[str, str]]:
    """Return each phrase of Streamlit's with ours, both with {n} where something stands in it."""
    n = "{n}"
    return [
        ("Add: {n}", f"{say('Near:')} {n}"),
        ("Upload", say("Choose a file")),
        ("file upload", say("Choose a file")),
        ("Add files", say("Choose another file")),
        ("Remove {n}", say("Take away {n}", n=n)),
        ("{n}MB per file", say("{n} MB at most", n=n)),
        ("Error: File must be {n}MB or smaller.", say("Too large: {n} MB at most.", n=n)),
        ("{n} files are not allowed.", say("A file of this kind cannot be read here.")),
        ("Increment", say("More")),
        ("Decrement", say("Less")),
        ("Open", say("Show the choices")),
        ("Dismiss", say("Close")),
        ("Choose date", say("Choose a day")),
        ("Selected Date: {n}", say("Day chosen: {n}", n=n)),
        ("Choose an option", say("Choose one")),
        ("Choose options", say("Choose some")),
        ("Choose or add an option", say("Choose one or type")),
        ("Select all", say("Choose all")),
        ("Clear all", say("Take away all")),
        ("Clear value", say("Take away")),
        ("No results", say("Nothing fits.")),
        ("{n} option available.", say("{n} choice.", n=n)),
        ("{n} options available.", say("{n} choices.", n=n)),
    ]
