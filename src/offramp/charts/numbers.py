"""Numbers as text: as many digits as the range of an outcome deserves."""

from __future__ import annotations

import math

__all__ = ["MISSING", "finite", "number", "percent", "signed", "span"]

MISSING = "–"
"""What stands where there is no number."""


def finite(value: float | None) -> float | None:
    """The value, or None where it is missing or not a number."""
    return None if value is None or not math.isfinite(value) else float(value)


def _decimals(low: float, high: float) -> int:
    width = abs(high - low)
    if not math.isfinite(width) or width <= 0:
        return 2
    return min(4, max(0, 2 - math.floor(math.log10(width) + 1e-9)))


def number(value: float | None, low: float = 0.0, high: float = 1.0) -> str:
    """
    Write a value of an outcome.

    Parameters
    ----------
    value
        The value; None or NaN gives a dash.
    low, high
        The range of the outcome: about a hundredth of it is shown, no more.

    Returns
    -------
    str
        Plain text with a true minus sign.
    """
    held = finite(value)
    if held is None:
        return MISSING
    text = f"{held:.{_decimals(low, high)}f}"
    if float(text) == 0:
        text = text.lstrip("-")
    return text.replace("-", "−")


def signed(value: float | None, low: float = 0.0, high: float = 1.0) -> str:
    """Write a change of an outcome with its sign; no change has none."""
    text = number(value, low, high)
    return text if text[0] in "−–" or not text.strip("0.") else f"+{text}"


def span(band_low: float | None, band_high: float | None, low: float = 0.0, high: float = 1.0) -> str:
    """Write a band, ``0.12–0.40``; with negative numbers ``−3 to 4``."""
    first, last = number(band_low, low, high), number(band_high, low, high)
    if first == MISSING and last == MISSING:
        return MISSING
    joiner = " to " if "−" in first + last or MISSING in (first, last) else "–"
    return first + joiner + last


def percent(share: float | None) -> str:
    """Write a share as whole per cent, keeping rare and nearly sure apart from never and always."""
    held = finite(share)
    if held is None:
        return MISSING
    whole = round(100 * held)
    if whole == 0 and held > 0:
        return "<1\u00a0%"
    if whole == 100 and held < 1:
        return ">99\u00a0%"
    return f"{whole}\u00a0%"
