"""Unquoted text: what it stands for (YAML 1.2, core schema), and how it looks when YAML misread it."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from typing import Literal

from ruamel.yaml.error import MarkedYAMLError

from offramp.errors import CaseError

__all__ = ["Node", "Scalar", "Split", "explain", "resolve_plain", "shorten", "splits"]

Scalar = str | int | float | bool | None

_WORDS: dict[str, Scalar] = {"": None, "~": None, "null": None, "Null": None, "NULL": None}
_WORDS |= {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_INT = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_NOT_FINITE = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_MOST_DIGITS = 30
_NO_SPACE = re.compile(r"[\w.-]+:[^\s/]")
_QUOTE = "put the whole text into double quotes"


@dataclass(slots=True, eq=False)
class Node:
    """One node of a YAML text.

    ``items`` of a mapping are key, value, key, value; the item of an alias is what it stands for.
    ``bare`` marks the value of a key without a colon. ``left_out`` are the entries that are pieces of
    a broken text.
    """

    kind: Literal["scalar", "list", "mapping", "alias"]
    line: int
    column: int
    start: int
    end: int
    text: str = ""
    plain: bool = False
    flow: bool = False
    bare: bool = False
    items: list[Node] = field(default_factory=list)
    left_out: frozenset[int] = frozenset()


@dataclass(slots=True)
class Split:
    """A text that YAML broke up: the fault to report at ``at``, and the entries of the node to leave out."""

    at: Node
    message: str
    hint: str
    entries: set[int]
    closed: bool = True


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
        raise CaseError(
            f"the number {text} is too large", code="bad-number", hint="write a number below 1e308"
        )
    return number


def _plain_texts(node: Node) -> list[Node]:
    """The unquoted scalars of one entry, with those of a pair that stands in a list without braces."""
    if node.kind == "mapping" and node.items and node.start == node.items[0].start:
        return [item for item in node.items if item.plain]
    return [node] if node.plain else []


def _cut(text: str, first: Node, last: Node) -> str:
    return shorten(text[first.start : min(last.end, first.start + 300)])


def _quoted(expression: str) -> str:
    return _QUOTE + (f': "{expression}"' if '"' not in expression and "..." not in expression else "")


def splits(node: Node, text: str) -> list[Split]:
    """Find the texts that YAML split at a comma inside a collection in brackets or braces.

    Parameters
    ----------
    node : Node
        A list in brackets or a mapping in braces, possibly not read to its end.
    text : str
        The text of the file.

    Returns
    -------
    list of Split
        One for each damaged text; its entries count pairs in a mapping, items in a list.
    """
    step = 2 if node.kind == "mapping" else 1
    entries = [node.items[i : i + step] for i in range(0, len(node.items), step)]
    found: list[Split] = []
    opened: Node | None = None
    depth = first = 0
    for i, entry in enumerate(entries):
        for piece in [p for part in entry for p in _plain_texts(part)]:
            for mark in re.findall(r"[()]", piece.text):
                depth = depth + 1 if mark == "(" else max(depth - 1, 0)
            if opened is None and depth:
                opened, first = piece, i
            elif opened is not None and not depth:
                whole = _cut(text, opened, piece)
                found.append(
                    Split(
                        opened, f"YAML split {whole} at the comma", _quoted(whole), set(range(first, i + 1))
                    )
                )
                opened = None
    if opened is not None:
        hint = "close the parenthesis, and put the whole text into double quotes"
        message = f"the parenthesis in {shorten(opened.text)} is not closed"
        after = next((i for i in range(first + 1, len(entries)) if not entries[i][-1].bare), len(entries))
        entries_lost = set(range(first, after if step == 2 else first + 1))
        found.append(Split(opened, message, hint, entries_lost, closed=False))
    if step == 2:
        found += _bare_keys(entries, text, {i for split in found for i in split.entries})
    return found


def _bare_keys(entries: list[list[Node]], text: str, taken: set[int]) -> list[Split]:
    """Find keys without a colon: the rest of a text with a comma, or a colon without a space."""
    found: list[Split] = []
    for i, entry in enumerate(entries):
        if i in taken or len(entry) < 2 or not entry[1].bare or not entry[0].plain:
            continue
        key, before = entry[0], entries[i - 1][1] if i else None
        if _NO_SPACE.match(key.text):
            message = f"a space is missing after the colon in {shorten(key.text)}"
            found.append(Split(key, message, f"write {shorten(key.text.replace(':', ': ', 1))}", {i}))
        elif found and i - 1 in found[-1].entries and found[-1].at is not entries[i - 1][0]:
            whole = _cut(text, found[-1].at, key)
            found[-1].message, found[-1].hint = f"YAML split {whole} at the comma", _quoted(whole)
            found[-1].entries.add(i)
        elif before is not None and i - 1 not in taken and before.plain and before.text:
            whole = _cut(text, before, key)
            hint = f"{_quoted(whole)}; a list needs [ ]"
            found.append(Split(before, f"YAML split {whole} at the comma", hint, {i - 1, i}))
    return found


def explain(
    error: MarkedYAMLError, text: str, last: Node | None, inside: Node | None
) -> tuple[int, int, str, str]:
    """Say in words of the case file what YAML's reader stumbled over.

    Parameters
    ----------
    error : MarkedYAMLError
        What the reader raised.
    text : str
        The text of the file.
    last : Node or None
        The last scalar read before.
    inside : Node or None
        The innermost collection that is still open.

    Returns
    -------
    tuple
        Line and column from 1, the message, the hint.
    """
    mark = error.problem_mark or error.context_mark
    if mark is None:
        return 1, 1, f"YAML cannot read this: {shorten(str(error), 200)}", _QUOTE
    at = (mark.line + 1, mark.column + 1)
    problem, context, here = (
        str(error.problem or ""),
        str(error.context or ""),
        text[mark.index : mark.index + 1],
    )
    rest = shorten(text[mark.index :].split("\n", 1)[0], 20)
    opened = inside if inside is not None and inside.flow else None
    if opened and ("expected ','" in problem or "unexpected ':'" in problem or not here.strip("\0")):
        return _broken_flow(text, mark.index, at, last, opened)
    began = error.context_mark or mark
    since = (began.line + 1, began.column + 1)
    if "cannot start any token" in problem:
        if here == "\t":
            return *at, "a tab stands where only spaces may", "indent with spaces"
        return *at, f"unquoted text cannot start with {here}", _QUOTE
    if "alias" in context or "anchor" in context:
        return *since, f"unquoted text cannot start with {text[began.index]}", _QUOTE
    if "mapping values are not allowed" in problem:
        hint = f"{_QUOTE}; or, where a new key is meant, indent it like its neighbours"
        return *at, "a colon with a space after it stands in unquoted text", hint
    if "could not find expected ':'" in problem:
        line = shorten(text[began.index :].split("\n", 1)[0])
        if _NO_SPACE.match(line):
            return (
                *since,
                f"a space is missing after the colon in {line}",
                f"write {line.replace(':', ': ', 1)}",
            )
        return (
            *since,
            f"the line {line} has no colon",
            "write key: value, or indent it as part of the text above",
        )
    if "quoted scalar" in context and "escape" not in problem:
        return *since, "the quote opened here is never closed", "close it with the same mark"
    if "escape" in problem:
        return *at, "no such escape in double quotes", "double the backslash, or use single quotes"
    if "expected the node content" in problem:
        return *at, f"a value is missing before {rest or 'the end'}", f"write the value, or {_QUOTE}"
    if "sequence entries are not allowed" in problem:
        return *at, "a list item cannot stand here", "start the list on its own line, or put it into [ ]"
    if "block scalar" in context and text[: began.index].rstrip(" ")[-1:] in "]}'\"":
        return *since, f"{text[began.index]} is left over after the value", _QUOTE
    if "block scalar" in context:
        message = f"{text[began.index]} starts a text of several lines, which begins on the next line"
        return *since, message, f"indent its lines evenly, or {_QUOTE}"
    if "expected <block end>" in problem or "document start" in problem:
        if last and not last.plain and text[last.start] in "'\"" and "\n" in text[last.start : last.end]:
            return (
                last.line,
                last.column,
                "the quote opened here closes on a later line",
                "close it on its line",
            )
        if text[text.rfind("\n", 0, mark.index) + 1 : mark.index].strip(" -"):
            return *at, f"{rest} is left over after the value", _QUOTE
        hint = "indent it like the other entries; items of a list start with -"
        return *at, "this line does not fit its neighbours", hint
    return *at, f"YAML cannot read this: {shorten(problem, 200)}", _QUOTE


def _broken_flow(
    text: str, index: int, at: tuple[int, int], last: Node | None, opened: Node
) -> tuple[int, int, str, str]:
    """The same for a collection in brackets or braces that goes wrong at ``index``."""
    bracket, here = text[opened.start], text[index : index + 1]
    in_one_line = last is not None and "\n" not in text[last.start : index]
    if last and last.plain and last in opened.items and in_one_line:
        if found := [split for split in splits(opened, text) if not split.closed]:
            start = found[-1].at
            message = f"YAML split {shorten(text[start.start : index].rstrip())}... at the comma"
            return start.line, start.column, message, _QUOTE
        if last.end == index and here in ("[", "{", ":"):
            what = "colon" if here == ":" else "bracket"
            return (
                last.line,
                last.column,
                f"YAML split this expression at the {what} after {last.text}",
                _QUOTE,
            )
    if (
        not here.strip("\0")
        or "\n" in text[last.end if last and last.start > opened.start else opened.start : index]
    ):
        return (
            opened.line,
            opened.column,
            f"the {bracket} opened here is not closed",
            "close it, or quote its texts",
        )
    if not in_one_line and here == ":":
        return (
            opened.line,
            opened.column,
            f"the {bracket} opened here is not closed",
            "close it, or quote its texts",
        )
    message = f"a comma, or the end of the {bracket} of line {opened.line}, is missing before "
    return *at, message + shorten(text[index:].split("\n", 1)[0], 20), f"add it, or {_QUOTE}"
