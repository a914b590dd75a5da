"""YAML for people to read: texts quoted where they must be, long ones folded, comments wrapped."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from textwrap import fill, wrap

__all__ = ["comment", "flow", "folded", "scalar"]

_WIDTH = 116
_PLAIN = re.compile(r"[A-Za-z](?:[A-Za-z0-9 _./'=-]*[A-Za-z0-9_.'])?")
_WORDS = frozenset({"null", "true", "false"})


def comment(text: str, *, item: bool = False) -> str:
    """Return a text as a comment, wrapped; as an item of a list where asked for."""
    first, later = ("# - ", "#   ") if item else ("# ", "# ")
    return fill(text, _WIDTH, initial_indent=first, subsequent_indent=later, break_long_words=False,
                break_on_hyphens=False)  # fmt: skip


def scalar(value: str | float) -> str:
    """Return a text, quoted where YAML would read something else in it, or a number."""
    if not isinstance(value, str):
        return f"{value:g}"
    bare = _PLAIN.fullmatch(value) and value.lower() not in _WORDS
    return value if bare else json.dumps(value, ensure_ascii=False)


def flow(entries: Mapping[str, str]) -> str:
    """Return entries in braces, on one line; the values are YAML already."""
    return "{" + ", ".join(f"{key}: {value}" for key, value in entries.items()) + "}"


def folded(key: str, text: str, indent: int) -> list[str]:
    """Return the lines of an entry: on one line where it fits, else as a folded text."""
    margin = " " * indent
    line = f"{margin}{key}: {scalar(text)}"
    if len(line) <= _WIDTH:
        return [line]
    lines = wrap(text, _WIDTH - indent - 2, break_long_words=False, break_on_hyphens=False)
    return [f"{margin}{key}: >-", *(f"{margin}  {each}" for each in lines)]
