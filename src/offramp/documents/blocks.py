"""What every format is first turned into: headings and paragraphs in reading order."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

__all__ = ["HEADING_WORDS", "Block", "Joiner", "make_block"]

HEADING_WORDS = 25
"""A longer heading is a paragraph that a layout set as one."""

_LIGATURES = str.maketrans({c: unicodedata.normalize("NFKC", c) for c in "\ufb00\ufb01\ufb02\ufb03\ufb04\ufb05\ufb06"})
_INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_SPLIT_WORD = re.compile(r"(?<![^\W\d_])[^\W\d_]+-\n[^\W\d_]+")
_LAST_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*-$")
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_HYPHENATED = 0.05
"""A text that is set with hyphenation ends at least this share of its lines with a hyphen."""
_LONGEST = 60
"""Letters of a word that are looked at."""
_TELLING = 4
"""Letters from which a word found elsewhere tells that it is one half of a compound, and no syllable."""


@dataclass(frozen=True, slots=True)
class Block:
    """One heading or paragraph."""

    text: str
    """Plain words, with a line break where the source has one."""
    spelled: str
    """The same with the target of every link behind it, in parentheses."""
    level: int | None = None
    """Of a heading."""
    item: bool = False
    """It stands in a list."""
    linked: bool = False
    """All of it is a link."""


def make_block(
    pieces: Iterable[tuple[str, str | None]], level: int | None = None, *, item: bool = False
) -> Block | None:
    """Build a block from runs of text, each with the link it stands in; None where nothing is left to read."""
    merged: list[tuple[str, str | None]] = []
    for run, link in pieces:
        if merged and merged[-1][1] == link:
            merged[-1] = (merged[-1][0] + run, link)
        else:
            merged.append((run, link))
    text = _clean("".join(run for run, _ in merged))
    if not text:
        return None
    spelled = _clean("".join(_spell(run, link) for run, link in merged))
    if level is not None and len(text.split()) > HEADING_WORDS:
        level = None
    linked = all(link is not None for run, link in merged if run.strip())
    return Block(text, spelled, level, item, linked)


def _spell(run: str, link: str | None) -> str:
    target = (link or "").strip()
    if not run.strip() or not re.match(r"https?://|/", target) or target in run or re.search(r"[\s()]", target):
        return run
    return f"{run.rstrip()} ({target}){run[len(run.rstrip()) :]}"


def _clean(text: str) -> str:
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\u00ad\n", "")
    text = _INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\f", "\n")).translate(_LIGATURES)
    return "\n".join(line for line in (" ".join(line.split()) for line in text.split("\n")) if line)


class Joiner:
    """Joins the lines of a paragraph. Words that were split at a line's end are looked up in the rest of the text."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        whole = " ".join(_SPLIT_WORD.sub(" ", block.text) for block in blocks).casefold()
        self._words = set(_WORD.findall(whole))
        self._parts = {part for word in self._words for part in word.split("-") if len(part) >= _TELLING}
        lines = sum(block.text.count("\n") for block in blocks)
        split = sum(len(_SPLIT_WORD.findall(block.text)) for block in blocks)
        self._hyphenated = split > _HYPHENATED * lines

    def join(self, text: str) -> str:
        """Return the text as one line."""
        return self.join_marking(text)[0]

    def join_marking(self, text: str) -> tuple[str, tuple[int, ...]]:
        """Return the text as one line, and where in it a hyphen may have to be added or dropped."""
        lines: list[str] = []
        length = 0
        doubtful = []
        for line in text.split("\n"):
            last = _LAST_WORD.search(lines[-1][-_LONGEST:]) if lines else None
            first = _FIRST_WORD.match(line[:_LONGEST])
            if last is None or first is None or first[0] in ("and", "or", "to"):
                lines.append(f" {line}" if lines else line)
            else:
                sure, keep = self._hyphen(last[0][:-1], first[0])
                if not keep:
                    lines[-1] = lines[-1][:-1]
                    length -= 1
                if not sure:
                    doubtful.append(length - keep)
                lines.append(line)
            length += len(lines[-1])
        return "".join(lines), tuple(doubtful)

    def _hyphen(self, start: str, rest: str) -> tuple[bool, bool]:
        """Whether it can be told if a hyphen at a line's end belongs to the word, and whether it is kept."""
        if not rest[0].islower() or f"{start}-{rest}".casefold() in self._words:
            return True, True
        if f"{start}{rest}".casefold() in self._words:
            return True, False
        known = {start.rpartition("-")[2].casefold(), rest.casefold()} & self._parts
        return False, bool(known) and not self._hyphenated
