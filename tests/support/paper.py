"""Paper: where the letters of a PDF stand on its pages."""

import re

LONG = "W" * 1500
W_EM = 0.944  # how wide a W of Helvetica is, light or bold, by Adobe's published metrics


def right_ends(page):
    """Return where each run of the letter W on a page ends, in points from its left edge."""
    found = []

    def note(words, _, matrix, __, size):
        for run in re.findall("^W+", words.strip()):
            found.append(matrix[4] + len(run) * W_EM * size * matrix[0])

    page.extract_text(visitor_text=note)
    return found
