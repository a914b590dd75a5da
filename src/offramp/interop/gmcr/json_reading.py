"""JSON with places.

Size, depth and the number of values are bounded. A key that stands twice, NaN and infinity are faults.
"""

from __future__ import annotations

import json
import re

from offramp.errors import CaseErrors
from offramp.interop.gmcr.json_nodes import JsonNode
from offramp.interop.source_text import Faults, SourceText, shorten

__all__ = ["read_json"]

MOST_DEPTH = 50
MOST_VALUES = 1_000_000
_MOST_DIGITS = 18

_SPACE = re.compile(r"[ \t\r\n]*")
_TEXT = re.compile(r'"(?:[^"\\\x00-\x1f]++|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*+"')  # ++, *+: nothing to go back to
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_WORD = re.compile(r"-?[A-Za-z_]+")
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None}


def read_json(source: SourceText, faults: Faults) -> JsonNode:
    """Read a text.

    Parameters
    ----------
    source
    faults
        Keys that stand twice, and numbers that are none, are noted here, and reading goes on.

    Raises
    ------
    CaseErrors
        Where the text cannot be read any further; with all that was noted before.
    """
    reader = _Reader(source, faults)
    root = reader.value(0)
    reader.space()
    if reader.at < len(source.text):
        raise reader.fault(reader.at, f"{reader.here()} is left over after the end of the file's one object",
                           "remove what follows it")  # fmt: skip
    return root


class _Reader:
    def __init__(self, source: SourceText, faults: Faults) -> None:
        self.source = source
        self.text = source.text
        self.faults = faults
        self.at = 0
        self.count = 0

    def note(self, at: int, message: str, hint: str) -> None:
        self.faults.add(self.source.place(at), message, hint, code="json")

    def fault(self, at: int, message: str, hint: str) -> CaseErrors:
        self.note(at, message, hint)
        return self.faults.errors

    def space(self) -> None:
        found = _SPACE.match(self.text, self.at)
        self.at = found.end() if found else self.at

    def here(self) -> str:
        return shorten(self.text[self.at : self.at + 60].split("\n", 1)[0], 20) or "this"

    def value(self, depth: int) -> JsonNode:
        self.space()
        self.count += 1
        if self.count > MOST_VALUES:
            raise self.fault(self.at, f"the file has more than {MOST_VALUES:,} values", "leave some out")
        if depth > MOST_DEPTH:
            raise self.fault(self.at, f"the nesting is deeper than {MOST_DEPTH}", "nest less deeply")
        start, mark = self.at, self.text[self.at : self.at + 1]
        if mark == "{":
            return JsonNode(self.members(depth), start)
        if mark == "[":
            return JsonNode(self.items(depth), start)
        if mark == '"':
            return JsonNode(self.string(), start)
        if found := _NUMBER.match(self.text, self.at):
            self.at = found.end()
            return JsonNode(self.number(found), start)
        if found := _WORD.match(self.text, self.at):
            self.at = found.end()
            return JsonNode(self.word(found.group(), start), start)
        raise self.missing("a value")

    def missing(self, wanted: str) -> CaseErrors:
        if self.at >= len(self.text):
            return self.fault(self.at, "the file ends in the middle" if self.text.strip() else "the file is empty",
                              "it was cut off: take a whole copy, or save it again")  # fmt: skip
        if self.text[self.at] == "'":
            return self.fault(self.at, "single quotes have no place in JSON", "write double quotes")
        return self.fault(self.at, f"{wanted} is missing before {self.here()}", "JSON is wanted, as GMCR+ writes it")

    def number(self, found: re.Match[str]) -> int | float | None:
        text = found.group()
        if len(text) > _MOST_DIGITS or (found[2] and abs(int(found[2][1:])) > 300):
            self.note(found.start(), f"the number {shorten(text)} is too long", "no number of a model is so large")
            return None
        return float(text) if found[1] or found[2] else int(text)

    def word(self, word: str, at: int) -> bool | None:
        if word in _WORDS:
            return _WORDS[word]
        if word.lstrip("-").lower() in ("nan", "infinity", "inf"):
            self.note(at, f"{word} is not a number of JSON", "write a number")
            return None
        hint = f"write {word.lower()}" if word.lower() in _WORDS else "put text into double quotes"
        self.note(at, f"{shorten(word)} is not a word of JSON", hint)
        return None

    def string(self) -> str:
        found = _TEXT.match(self.text, self.at)
        if found is None:
            rest = self.text[self.at + 1 :].split("\n", 1)
            if '"' in rest[0]:
                raise self.fault(self.at, "this text holds a character or an escape that JSON does not allow",
                                 'write \\\\ for a backslash and \\" for a quote')  # fmt: skip
            if len(rest) == 1:
                self.at = len(self.text)
                raise self.missing("the end of a text")
            raise self.fault(self.at, "the text that begins here does not end on its line", "close its quotes")
        self.at = found.end()
        read: str = json.loads(found.group())
        return read

    def items(self, depth: int) -> list[JsonNode]:
        opened, found = self.at, list[JsonNode]()
        self.at += 1
        self.space()
        while not self.closes("]", opened, bool(found)):
            found.append(self.value(depth + 1))
        return found

    def members(self, depth: int) -> dict[str, JsonNode]:
        opened, found = self.at, dict[str, JsonNode]()
        first = True
        self.at += 1
        self.space()
        while not self.closes("}", opened, not first):
            first, at = False, self.at
            if self.text[at : at + 1] != '"':
                raise self.missing("a key in double quotes")
            key = self.string()
            self.space()
            if self.text[self.at : self.at + 1] != ":":
                raise self.missing("the colon after a key")
            self.at += 1
            value = self.value(depth + 1)
            if key in found:
                self.note(at, f'the key "{shorten(key)}" stands here again', "keep one of the two")
            found.setdefault(key, value)
        return found

    def closes(self, mark: str, opened: int, more: bool) -> bool:
        """Step over the comma, or over the end; tell whether it was the end."""
        self.space()
        here = self.text[self.at : self.at + 1]
        if here == mark:
            self.at += 1
            return True
        if not here:
            line = self.source.place(opened).line
            raise self.fault(self.at, f"the file ends here, and the {self.text[opened]} of line {line} is not closed",
                             "it was cut off: take a whole copy, or save it again")  # fmt: skip
        if more:
            if here != ",":
                raise self.missing(f"a comma, or the end of the {self.text[opened]},")
            self.at += 1
            self.space()
            if self.text[self.at : self.at + 1] == mark:
                raise self.fault(self.at, f"a value is missing between the comma and {mark}", "remove the comma")
        return False
