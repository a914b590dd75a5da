"""The lines of a PDF page, with their place and type."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from math import hypot
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pypdf import PageObject

__all__ = ["Line", "Page", "read_page", "without_margins"]

_BOLD = re.compile(r"bold|black|heavy|demi", re.IGNORECASE)
_MARGIN = 0.06
_NUMBER = re.compile(r"[-–—| ]*(?:page )?\d{1,4}(?: ?(?:/|of) ?\d{1,4})?[-–—| ]*", re.IGNORECASE)
_CAP = 1.5
"""A first letter this many times as large as its text is a drop cap."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text: where it starts, in points from the lower left, and its type."""

    text: str
    x: float
    y: float
    size: float
    bold: bool


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of a page in reading order."""

    lines: tuple[Line, ...]
    bottom: float
    top: float
    pictures: bool


@dataclass(slots=True)
class _Collector:
    """Takes the runs of text that pypdf finds, and puts those of one height into one line."""

    lines: list[list[Line]] = field(default_factory=list)

    def take(self, text: str, cm: Sequence[float], tm: Sequence[float], font: Any, size: float) -> None:
        if not text.strip():
            if self.lines and text.startswith(" "):
                self._lengthen(" ")
            return
        across, up = _product(tm, cm), hypot(tm[2], tm[3]) * hypot(cm[2], cm[3])
        if abs(across[1]) > 0.1 * abs(across[0]):
            return  # turned text: a stamp in the margin
        bold = bool(_BOLD.search(str(font.get("/BaseFont", "")))) if font else False
        height = abs(size) * up
        for n, part in enumerate(text.rstrip("\n").split("\n")):
            run = Line(part, across[4], across[5] - n * 1.2 * height, height, bold)
            last = self.lines[-1][-1] if self.lines else None
            if last is not None and abs(last.y - run.y) < 0.3 * max(last.size, height) and run.x >= last.x:
                self.lines[-1].append(run)
            else:
                self.lines.append([run])

    def _lengthen(self, by: str) -> None:
        last = self.lines[-1][-1]
        self.lines[-1][-1] = replace(last, text=last.text + by)


def read_page(page: PageObject) -> Page:
    """Read the lines of a page."""
    collector = _Collector()
    page.extract_text(visitor_text=collector.take)
    lines = [_merge(runs) for runs in collector.lines]
    lines = _with_caps([line for line in lines if line.text.strip()])
    box = page.mediabox
    pictures = "/Resources" in page and "/XObject" in page["/Resources"]  # type: ignore[operator]
    return Page(tuple(lines), float(box.bottom), float(box.top), pictures)


def _product(tm: Sequence[float], cm: Sequence[float]) -> tuple[float, ...]:
    a, b, c, d, e, f = (float(v) for v in tm)
    p, q, r, s, t, u = (float(v) for v in cm)
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _merge(runs: Sequence[Line]) -> Line:
    """Join the runs of a line; its type is that of most of its letters."""
    letters: Counter[tuple[float, bool]] = Counter()
    for run in runs:
        letters[run.size, run.bold] += len(run.text.strip())
    (size, bold), _ = letters.most_common(1)[0]
    return Line("".join(run.text for run in runs), runs[0].x, runs[0].y, size, bold)


def _with_caps(lines: list[Line]) -> list[Line]:
    """Put a drop cap, which stands on a lower line and anywhere in the stream, before the line it begins."""
    caps = [line for line in lines if re.fullmatch(r"[^\W\d_a-z]", line.text.strip())]
    for cap in caps:
        beside = [line for line in lines if line is not cap and cap.size > _CAP * line.size and line.x > cap.x
                  and -0.3 * line.size < line.y - cap.y < cap.size]  # fmt: skip
        if not beside:
            continue
        first = max(beside, key=lambda line: line.y)
        whole = replace(first, text=cap.text.strip() + first.text.lstrip(), x=cap.x)
        lines = [whole if line is first else replace(line, x=cap.x) if line in beside else line
                 for line in lines if line is not cap]  # fmt: skip
    return lines


def without_margins(pages: Sequence[Page]) -> list[Page]:
    """Drop what stands above and below the text of every page: running heads, page numbers, a browser's stamp.

    Where pages hold nothing else, what is no number is their text, unless each of them is a picture: then none is left.
    """
    if not any(page.lines for page in pages):
        return list(pages)
    letters: Counter[float] = Counter()
    edges: Counter[tuple[str, int]] = Counter()
    for page in pages:
        for line in page.lines:
            letters[round(line.size, 1)] += len(line.text)
        edges.update({_shape(line) for line in _edge(page)})
    size = letters.most_common(1)[0][0]
    kept, texts = [], []
    for page in pages:
        edge = _edge(page)
        margin = _MARGIN * (page.top - page.bottom)
        lines, text = [], []
        for line in page.lines:
            outside = line.y < page.bottom + margin or line.y > page.top - margin
            number = line in edge and _NUMBER.fullmatch(line.text.strip())
            if not number:
                text.append(line)
            if number or (line in edge and (edges[_shape(line)] > 1 or (outside and line.size < 0.95 * size))):
                continue
            lines.append(line)
        kept.append(replace(page, lines=tuple(lines)))
        texts.append(replace(page, lines=tuple(text)))
    if any(page.lines for page in kept) or all(page.pictures for page in pages):
        return kept
    return texts


def _edge(page: Page) -> list[Line]:
    by_height = sorted(page.lines, key=lambda line: line.y)
    return by_height[:3] + by_height[-2:]


def _shape(line: Line) -> tuple[str, int]:
    """What a running head has in common on all pages: its words, but for numbers, and its height."""
    return re.sub(r"\d+", "0", line.text.strip()), round(line.y / 4)
