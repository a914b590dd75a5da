"""Texts as a terminal may show them."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from offramp.errors import OfframpError

__all__ = ["say", "visible", "visible_fault", "visible_lines", "visible_text"]

_BREAK = re.compile(r"(\n(?=  ))")


def visible(text: str) -> str:
    """Return a text on one line with its control characters escaped: a terminal would obey them.

    Examples
    --------
    >>> visible("a\\x1b[31m\\u202eb\\n")
    'a\\\\x1b[31m\\\\u202eb\\\\n'
    """
    return "".join(map(_shown, text)) or "''"


def _shown(c: str) -> str:
    blank = c != " " and unicodedata.category(c) == "Zs"  # as before a percent sign, not to be broken
    return c if c.isprintable() or blank else c.encode("unicode_escape").decode()


def visible_text(text: str) -> str:
    """Return the same of a message; line breaks stay before an indented line, as in a list of differences."""
    return "".join(part if part == "\n" else "".join(map(_shown, part)) for part in _BREAK.split(text))


def visible_lines(text: str) -> str:
    """Return the same of lines that belong together, all line breaks kept."""
    return "\n".join("".join(map(_shown, line)) for line in text.split("\n"))


def visible_fault(fault: OfframpError) -> str:
    """Return a fault as a message; the file that it stands in, on one line."""
    said, place = str(fault), getattr(fault, "place", None)
    file = getattr(fault, "file", place.file if place else None)
    if file is None or not said.startswith(f"{file}:"):
        return visible_text(said)
    return visible(file) + visible_text(said[len(file) :])


def say(text: str, *, err: bool = False) -> None:
    """Print a message."""
    click.echo(visible_text(text), err=err)
