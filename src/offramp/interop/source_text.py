"""Files of other programs: their bytes, their text, and what is wrong with them, with places."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from pathlib import Path as FilePath

from offramp.errors import CaseError, CaseErrors, Place, UsageError

__all__ = ["Faults", "SourceText", "plain", "read_bytes", "read_text", "shorten"]

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""What a file begins with, and what its characters then are."""

_MOST_FAULTS = 100


@dataclass(frozen=True, slots=True)
class SourceText:
    """The text of one file."""

    file: str
    text: str

    def place(self, at: int) -> Place:
        """Return the line and column of a position in the text."""
        return Place(self.file, self.text.count("\n", 0, at) + 1, at - self.text.rfind("\n", 0, at))


class Faults:
    """Gathers what is wrong with a file, so that all of it is told at once.

    Parameters
    ----------
    file
        The name to use in places.
    """

    def __init__(self, file: str) -> None:
        self.file = file
        self._found: list[CaseError] = []

    def add(self, place: Place, message: str, hint: str = "", *, code: str = "gmcr") -> None:
        """Note one fault.

        Raises
        ------
        CaseErrors
            If there are very many already.
        """
        self._found.append(CaseError(message, code=code, hint=hint, place=place))
        if len(self._found) >= _MOST_FAULTS:
            raise self.errors

    def __len__(self) -> int:
        return len(self._found)

    @property
    def errors(self) -> CaseErrors:
        """All that was noted, to be raised."""
        return CaseErrors(self._found)

    def stop(self) -> None:
        """Raise what was noted, if anything was."""
        if self:
            raise self.errors


def read_bytes(path: FilePath, most: int) -> bytes:
    """Read a file that may not be larger than so many bytes.

    Raises
    ------
    UsageError
        If it cannot be read.
    CaseErrors
        If it is too large.
    """
    try:
        with path.open("rb") as stream:
            data = stream.read(most + 1)
    except (OSError, ValueError) as e:
        reason = getattr(e, "strerror", None) or str(e)
        raise UsageError(f"cannot read {str(path)[:200]}: {reason}", code="no-file", hint="check the name") from e
    if len(data) > most:
        fault = CaseError(f"the file is larger than {most // 1_000_000} MB", code="too-large",
                          hint="split it, or leave out what is not needed", place=Place(str(path), 1, 1))  # fmt: skip
        raise CaseErrors([fault])
    return data


def read_text(path: FilePath, most: int) -> SourceText:
    """Read a file as text: in UTF-8, or in UTF-16 or UTF-32 where its first bytes say so.

    Raises
    ------
    UsageError
        If it cannot be read.
    CaseErrors
        If it is too large or no text.
    """
    data, file = read_bytes(path, most), str(path)
    encoding, start = next(((name, len(mark)) for mark, name in _MARKS if data.startswith(mark)), (_guess(data), 0))
    try:
        return SourceText(file, data[start:].decode(encoding))
    except UnicodeDecodeError as e:
        before = SourceText(file, data[start : start + e.start].decode(encoding, "replace"))
        said = f"the byte {data[start + e.start]:#04x} is not {encoding.upper()}"
        fault = CaseError(said, code="not-utf8", hint="save the file with the encoding UTF-8",
                          place=before.place(len(before.text)))  # fmt: skip
        raise CaseErrors([fault]) from e


def _guess(data: bytes) -> str:
    """Return the encoding of a file without a mark: a zero beside its first character speaks of UTF-16."""
    if data[:2].count(0) == 1:
        return "utf-16-be" if data[0] == 0 else "utf-16-le"
    return "utf-8"


def plain(text: str) -> str:
    """Return a text on one line, without what cannot be shown."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def shorten(value: object, most: int = 40) -> str:
    """Fit a value of a file into a message."""
    line = plain(str(value)[: 4 * most])
    return line if len(line) <= most and len(str(value)) <= 4 * most else line[: most - 3] + "..."
