"""PDF as blocks: lines by their height on the page, paragraphs by the gaps between lines, headings by their type."""

from __future__ import annotations

import io
import logging
import unicodedata
import warnings
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from typing import TYPE_CHECKING

from offramp.documents.blocks import HEADING_WORDS, Block, make_block
from offramp.documents.pdf_lines import Line, Page, read_page, without_margins
from offramp.errors import DocumentError

if TYPE_CHECKING:
    from pypdf import PdfReader

__all__ = ["MOST_PAGES", "read_pdf"]

MOST_PAGES = 1_000
_UNREADABLE = 0.5
"""A text with more than this share of characters that stand for none was not decoded."""
_UNLOCK = "save a copy without protection (print it to a file), or copy its text into a .txt file"


def read_pdf(data: bytes, file: str) -> list[Block]:
    """Turn a PDF into blocks.

    Raises
    ------
    DocumentError
        If it is protected, damaged, too long, or holds pictures of text only, or text that cannot be decoded.
    """
    with _quiet():
        try:
            pages = [read_page(page) for page in _open(data, file).pages]
        except DocumentError:
            raise
        except Exception as e:  # pypdf raises whatever the damage leads to
            if b"/Encrypt" in data and _is_unsupported(e):
                raise _protected(file) from e
            raise DocumentError(f"the PDF is damaged ({type(e).__name__})", file=file, code="damaged",
                                hint="download it again, or print it to a file from a viewer") from e  # fmt: skip
    kept = without_margins(pages)
    if not any(page.lines for page in kept):
        if not any(page.pictures for page in pages):
            raise DocumentError("the pages are empty", file=file, code="empty", hint="save the document again")
        raise DocumentError("the pages hold pictures, no text: a scan", file=file, code="scanned",
                            hint="run text recognition first, e.g. ocrmypdf OLD.pdf NEW.pdf")  # fmt: skip
    letters = [c for page in kept for line in page.lines for c in line.text if not c.isspace()]
    if sum(map(_stands_for_none, letters)) > _UNREADABLE * len(letters):
        raise DocumentError("its text cannot be decoded (missing fonts)", file=file, code="fonts",
                            hint="run text recognition on it, e.g. ocrmypdf --force-ocr OLD.pdf NEW.pdf")  # fmt: skip
    return _blocks(kept)


def _stands_for_none(character: str) -> bool:
    return character == "\ufffd" or unicodedata.category(character) in ("Cc", "Co", "Cs")


def _is_unsupported(error: Exception) -> bool:
    """Whether pypdf lacks what it takes to decrypt: a library, or the method."""
    from pypdf.errors import DependencyError

    return isinstance(error, (DependencyError, NotImplementedError))


def _protected(file: str) -> DocumentError:
    return DocumentError("the PDF is protected by a password", file=file, code="encrypted", hint=_UNLOCK)


def _open(data: bytes, file: str) -> PdfReader:
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise _protected(file)
    if len(reader.pages) > MOST_PAGES:
        raise DocumentError(f"the PDF has more than {MOST_PAGES} pages", file=file, code="too-large",
                            hint="keep only the pages of the essay")  # fmt: skip
    return reader


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep pypdf's remarks on faults that it mends off the terminal."""
    log = logging.getLogger("pypdf")
    level = log.level
    log.setLevel(logging.CRITICAL + 1)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        log.setLevel(level)


def _blocks(pages: Sequence[Page]) -> list[Block]:
    lines = [line for page in pages for line in page.lines]
    letters: Counter[tuple[float, bool]] = Counter()
    for line in lines:
        letters[round(line.size, 1), line.bold] += len(line.text)
    (size, bold), _ = letters.most_common(1)[0]
    leading = _leading(pages, size)
    groups = [group for page in pages for group in _paragraphs(page.lines, size, leading)]
    heads = sorted({_rank(g[0]) for g in groups if _is_heading(g, size, bold)}, reverse=True)
    found = []
    for group in groups:
        level = min(6, heads.index(_rank(group[0])) + 1) if _is_heading(group, size, bold) else None
        block = make_block([("\n".join(line.text for line in group), None)], level)
        if block is not None:
            found.append(block)
    return found


def _rank(line: Line) -> tuple[float, bool]:
    return round(line.size, 1), line.bold


def _is_heading(group: Sequence[Line], size: float, bold: bool) -> bool:
    larger = all(line.size > 1.08 * size for line in group)
    bolder = not bold and all(line.bold and line.size > 0.95 * size for line in group)
    return (larger or bolder) and sum(len(line.text.split()) for line in group) <= HEADING_WORDS


def _leading(pages: Sequence[Page], size: float) -> float:
    """The step from line to line within a paragraph: the lower quartile of all steps, for others are gaps."""
    steps = [
        above.y - below.y
        for page in pages
        for above, below in pairwise(page.lines)
        if 0.9 * size < above.y - below.y < 2.5 * size and abs(above.size - size) < 0.5 > abs(below.size - size)
    ]
    return sorted(steps)[len(steps) // 4] if steps else 1.2 * size


def _paragraphs(lines: Sequence[Line], size: float, leading: float) -> list[list[Line]]:
    """Cut a page into paragraphs: at a gap, an indented line, or another type."""
    groups: list[list[Line]] = []
    for line in lines:
        last = groups[-1][-1] if groups else None
        if last is None or _parts(last, line, leading, size):
            groups.append([])
        groups[-1].append(line)
    return groups


def _parts(above: Line, below: Line, leading: float, size: float) -> bool:
    step = above.y - below.y
    scale = max(1.0, below.size / size)
    return (
        step <= 0
        or step > 1.3 * leading * scale
        or abs(above.size - below.size) > 0.08 * above.size
        or above.bold != below.bold
        or below.x - above.x > 0.8 * below.size
    )
