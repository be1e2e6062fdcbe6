"""Luminance: how light a colour is, and how much two stand out from each other (WCAG 2.2)."""

from collections.abc import Sequence

import numpy as np


def luminance(colour: Sequence[float]) -> float:
    """Return the relative luminance, 0 to 1, of a colour of sRGB, each part 0 to 255."""
    linear = [((c / 255 + 0.055) / 1.055) ** 2.4 if c > 10 else c / 255 / 12.92 for c in colour]
    return float(np.dot(linear, (0.2126, 0.7152, 0.0722)))


def contrast(one: Sequence[float], other: Sequence[float]) -> float:
    """Return the contrast of two colours, 1 to 21.

    >>> contrast((255, 255, 255), (0, 0, 0))
    21.0
    """
    dark, light = sorted(map(luminance, (one, other)))
    return (light + 0.05) / (dark + 0.05)
