"""What a document says above, below and around its body, and which blocks the body is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from offramp.documents.blocks import Block, Joiner
from offramp.documents.fields import Line, label_of, lines_of
from offramp.documents.people import People
from offramp.documents.words import MARK, is_prose, read_date, read_kind, read_series

__all__ = ["Layout", "find_layout"]

_TITLE_WORDS = 25
_AHEAD = 4
"""Blocks within which a date or byline may follow a summary that stands above it."""


@dataclass(slots=True)
class Layout:
    """The body's blocks, the fields around them, and the lines of the lists of topics and recommended documents."""

    title: str | None = None
    date: str | None = None
    kind: str | None = None
    outlet: str | None = None
    series: tuple[str, str] | None = None
    people: People = field(default_factory=People)
    body: list[Block] = field(default_factory=list)
    lists: list[Line] = field(default_factory=list)

    def take(self, line: Line) -> bool:
        """Note a date, kind or series, of which the first counts; whether the line was one."""
        match line.kind:
            case "date":
                self.date = self.date or read_date(line.text)
            case "kind":
                self.kind = self.kind or read_kind(line.text)
            case "series":
                self.series = self.series or read_series(line.text)
            case _:
                return False
        return True


def find_layout(blocks: Sequence[Block], joiner: Joiner) -> Layout:
    """Part a document into head, body, foot and lists."""
    return _Reader(blocks, joiner).read()


class _Reader:
    def __init__(self, blocks: Sequence[Block], joiner: Joiner) -> None:
        self.blocks = blocks
        self.joiner = joiner
        self.texts = [joiner.join(block.text) for block in blocks]
        self.lines = [list(lines_of([block], joiner)) for block in blocks]
        self.layout = Layout()

    def read(self) -> Layout:
        start = self._head()
        stop = next((n for n in range(start, len(self.blocks)) if self._opens_lists(n)), len(self.blocks))
        about = next((n for n in range(start, stop) if self._is_field(n, "about")), stop)
        end = self._end(start, about)
        self.layout.body += [block for block in self.blocks[start:end] if block.text.strip(f"{MARK} \n")]
        self._foot(end, about)
        self._notes(about, stop)
        self.layout.lists += [line for lines in self.lines[stop:] for line in lines]
        return self.layout

    def _head(self) -> int:
        """Read the fields above the body; return where the body starts."""
        titled, self.layout.title = self._title()
        about = False
        n = -1
        while (n := n + 1) < len(self.blocks):
            if self._opens_lists(n):
                after = self._short_list(n)
                if after is None:
                    return n
                self.layout.lists += [line for lines in self.lines[n:after] for line in lines]
                n = after - 1
            elif self._is_prose(n) and n != titled:
                ahead = range(n + 1, min(n + 1 + _AHEAD, len(self.blocks)))
                follows = any(self._is_field(m, "date", "kind", "byline") for m in ahead)
                if about and self.layout.people.take_bio(self.texts[n]):
                    continue
                if about and follows:
                    self.layout.people.continue_bio(self.texts[n])
                    continue
                if not follows:
                    return n
                self.layout.body.append(self.blocks[n])
            elif n > titled and self.blocks[n].level is not None and not self._is_field(n):
                return n
            else:
                about = self._head_lines(n, about)
        return n

    def _head_lines(self, n: int, about: bool) -> bool:
        """Read the fields of one block; whether what follows is about the authors."""
        people = self.layout.people
        for line in self.lines[n]:
            if line.text == self.layout.title:
                continue
            if line.kind == "about":
                about = True
            elif line.kind == "byline":
                people.take_byline(line.spelled)
            elif self.layout.take(line):
                about = about and line.kind != "kind"
            elif not (about and people.take_listed(line.spelled)):
                people.take_linked(line.spelled)
        return about

    def _title(self) -> tuple[int, str | None]:
        """Find the title: a heading above all prose, else a short first line; with its block, or -1."""
        prose = next((n for n in range(len(self.blocks)) if self._is_prose(n)), len(self.blocks))
        stop = next((n for n in range(len(self.blocks)) if self._opens_lists(n)), len(self.blocks))
        heads = [n for n in range(min(prose, stop)) if self.blocks[n].level is not None and not self._is_field(n)]
        highest = [n for n in heads if self.blocks[n].level == 1]
        for n in (highest or heads)[:1]:
            return n, self.texts[n]
        for n in range(min(prose + 1, stop, len(self.blocks) - 1)):
            plain = [line.text for line in self.lines[n] if not line.kind]
            if plain:
                fits = len(plain[0].split()) <= _TITLE_WORDS and not plain[0].endswith((".", "…", ":", ";", ","))
                return (n, plain[0]) if fits and self.blocks[n].level is None else (-1, None)
        return -1, None

    def _end(self, start: int, stop: int) -> int:
        """Find the end of the body: an end mark, or a note about an author."""
        end = stop
        closed = False
        for n in range(stop - 1, start, -1):
            text = self.texts[n]
            bare = text.strip(f"{MARK} ")
            closed = closed or text[-1] in MARK
            if not bare or self.layout.people.is_bio(bare, new=closed):
                end = n
            elif text[-1] in MARK:
                return n + 1
            elif is_prose(text):
                break
            elif end == n + 1 and read_series(text):
                end = n
        return end

    def _foot(self, end: int, stop: int) -> None:
        """Read what follows the body: notes about authors, where it first appeared, its series."""
        for n in range(end, stop):
            if self.layout.people.take_bio(self.texts[n].strip(f"{MARK} "), new=True):
                continue
            for line in self.lines[n]:
                if not self.layout.take(line) and not line.kind and not is_prose(line.text):
                    self.layout.outlet = self.layout.outlet or line.text

    def _notes(self, about: int, stop: int) -> None:
        """Read what stands about the authors below the body."""
        people = self.layout.people
        for n in range(about + 1, stop):
            if people.take_bio(self.texts[n], new=True):
                continue
            if self._is_prose(n):
                people.continue_bio(self.texts[n])
            for line in self.lines[n]:
                people.take_linked(line.spelled)

    def _is_field(self, n: int, *kinds: str) -> bool:
        """Whether a block holds nothing but fields, of these kinds."""
        return bool(self.lines[n]) and all(line.kind in kinds if kinds else line.kind for line in self.lines[n])

    def _is_prose(self, n: int) -> bool:
        return self.blocks[n].level is None and not any(line.kind for line in self.lines[n]) and is_prose(self.texts[n])

    def _opens_lists(self, n: int) -> bool:
        """Whether a list of topics, regions or recommended documents starts here, and not a section of that name."""
        lines = self.lines[n]
        if not lines or lines[0].kind not in ("topics", "regions", "recommended"):
            return False
        return len(lines) > 1 or (n + 1 < len(self.blocks) and not self._is_prose(n + 1))

    def _short_list(self, n: int) -> int | None:
        """Return where a list of topics or regions above the body ends; None if it stands below, or is another list."""
        if label_of(self.lines[n][0].text) == "recommended":
            return None
        after = n + 1
        while after < len(self.blocks) and "(" in self.blocks[after].spelled and not self._is_prose(after):
            after += 1
        return after if any(self._is_prose(m) for m in range(after, len(self.blocks))) else None
