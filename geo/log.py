"""Log: what a server and a command tell their operator: our news, and warnings of the libraries.

Libraries tell at INFO and below what they are asked, such as the address of each question to a
routing server: that is not to be told.
"""

import logging


def set_up() -> None:
    """Send the log to the standard error, from INFO on for this library, else from WARNING on."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s: %(message)s")
    logging.getLogger("geo").setLevel(logging.INFO)
