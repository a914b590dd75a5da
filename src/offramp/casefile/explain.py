"""What YAML's reader stumbled over, in words of the case file."""

from __future__ import annotations

from ruamel.yaml.error import MarkedYAMLError

from offramp.casefile.nodes import Node
from offramp.casefile.scalars import shorten
from offramp.casefile.splits import MISSING_SPACE, QUOTE, splits

__all__ = ["explain"]


def explain(error: MarkedYAMLError, text: str, last: Node | None, inside: Node | None) -> tuple[int, int, str, str]:
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
        return 1, 1, f"YAML cannot read this: {shorten(str(error), 200)}", QUOTE
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
        return *at, f"unquoted text cannot start with {here}", QUOTE
    if "alias" in context or "anchor" in context:
        return *since, f"unquoted text cannot start with {text[began.index]}", QUOTE
    if "mapping values are not allowed" in problem:
        hint = f"{QUOTE}; or, where a new key is meant, indent it like its neighbours"
        return *at, "a colon with a space after it stands in unquoted text", hint
    if "could not find expected ':'" in problem:
        line = shorten(text[began.index :].split("\n", 1)[0])
        if MISSING_SPACE.match(line):
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
        return *at, f"a value is missing before {rest or 'the end'}", f"write the value, or {QUOTE}"
    if "sequence entries are not allowed" in problem:
        return *at, "a list item cannot stand here", "start the list on its own line, or put it into [ ]"
    if "block scalar" in context and text[: began.index].rstrip(" ")[-1:] in "]}'\"":
        return *since, f"{text[began.index]} is left over after the value", QUOTE
    if "block scalar" in context:
        message = f"{text[began.index]} starts a text of several lines, which begins on the next line"
        return *since, message, f"indent its lines evenly, or {QUOTE}"
    if "expected <block end>" in problem or "document start" in problem:
        if last and not last.plain and text[last.start] in "'\"" and "\n" in text[last.start : last.end]:
            return (
                last.line,
                last.column,
                "the quote opened here closes on a later line",
                "close it on its line",
            )
        if text[text.rfind("\n", 0, mark.index) + 1 : mark.index].strip(" -"):
            return *at, f"{rest} is left over after the value", QUOTE
        hint = "indent it like the other entries; items of a list start with -"
        return *at, "this line does not fit its neighbours", hint
    return *at, f"YAML cannot read this: {shorten(problem, 200)}", QUOTE


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
            return start.line, start.column, message, QUOTE
        if last.end == index and here in ("[", "{", ":"):
            what = "colon" if here == ":" else "bracket"
            return (
                last.line,
                last.column,
                f"YAML split this expression at the {what} after {last.text}",
                QUOTE,
            )
    if not here.strip("\0") or "\n" in text[last.end if last and last.start > opened.start else opened.start : index]:
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
    return *at, message + shorten(text[index:].split("\n", 1)[0], 20), f"add it, or {QUOTE}"
