"""Unquoted text: what it stands for (YAML 1.2, core schema)."""

from __future__ import annotations

import math
import re

from offramp.errors import CaseError

__all__ = ["Scalar", "resolve_plain", "shorten"]

Scalar = str | int | float | bool | None

_WORDS: dict[str, Scalar] = {"": None, "~": None, "null": None, "Null": None, "NULL": None}
_WORDS |= {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_INT = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_NOT_FINITE = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_MOST_DIGITS = 30


def shorten(text: str, most: int = 60) -> str:
    """Fit a text of the file into a message.

    Parameters
    ----------
    text : str
        Anything.
    most : int
        The longest result.

    Returns
    -------
    str
        The text on one line, cut in the end where it is too long.
    """
    line = " ".join(text[: 4 * most].split())
    return line if len(line) <= most and len(text) <= 4 * most else line[: most - 3] + "..."


def resolve_plain(text: str) -> Scalar:
    """Read an unquoted scalar by the core schema of YAML 1.2.

    ``no``, ``yes``, ``on`` and ``off`` are text, as are dates and numbers with underscores.

    Parameters
    ----------
    text : str
        The scalar as it stands in the file.

    Returns
    -------
    Scalar
        None, a truth, a number, or the text itself.

    Raises
    ------
    CaseError
        For a number that is infinite, not a number, or too long.
    """
    if text in _WORDS:
        return _WORDS[text]
    if _NOT_FINITE.fullmatch(text):
        raise CaseError(
            f"{text} is not a finite number",
            code="bad-number",
            hint="write a number, or put text into quotes",
        )
    whole = _INT.fullmatch(text)
    if not whole and not _FLOAT.fullmatch(text):
        return text
    if len(text) > _MOST_DIGITS:
        raise CaseError(
            f"the number {shorten(text, 40)} has too many digits",
            code="bad-number",
            hint=f"write at most {_MOST_DIGITS} digits, or put it into quotes where it is text",
        )
    if whole:
        return int(text, {"0o": 8, "0x": 16}.get(text[:2], 10))
    if not math.isfinite(number := float(text)):
        raise CaseError(f"the number {text} is too large", code="bad-number", hint="write a number below 1e308")
    return number
