"""Everything offramp raises on purpose.

* OfframpError
  * CaseError          one fault of a case: what is wrong, where, what to write instead
  * CaseErrors         all the faults of a case at once
  * DocumentError      a document cannot be read: why, where, what to do about it
    * MissingDocument  it is not there, or is no file
  * DocumentErrors     all the documents that cannot be read at once
  * WorldError         one world cannot be computed (its draws are kept and reported)
  * UsageError         the command or call asks for something that is not there
  * StoppedError       a run had to stop; what was computed is kept, and it can be resumed
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

__all__ = [
    "CaseError",
    "CaseErrors",
    "DocumentError",
    "DocumentErrors",
    "MissingDocument",
    "OfframpError",
    "Path",
    "Place",
    "StoppedError",
    "UsageError",
    "WorldError",
]

Path = tuple[str | int, ...]
"""Where an element stands in a case: keys and list positions from the top, e.g. ("players", "us", "pace")."""


@dataclass(frozen=True, slots=True)
class Place:
    """A position in a text file; line and column count from 1."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


class OfframpError(Exception):
    """The root of the tree.

    Attributes
    ----------
    code : str
        A short stable name for programs, e.g. ``unknown-name``.
    message : str
        What is wrong, naming the offending value.
    hint : str
        What to write instead; empty where nothing better can be said.
    """

    exit_code = 2

    def __init__(self, message: str, *, code: str = "error", hint: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message}. {self.hint[0].upper()}{self.hint[1:]}" if self.hint else self.message


class CaseError(OfframpError):
    """One fault of a case.

    Attributes
    ----------
    path : Path
        The element at fault.
    place : Place or None
        Where it stands in a file; filled in by whoever read the file.
    at_key : bool
        The fault is the key itself, not what stands behind it.
    """

    exit_code = 3

    def __init__(
        self,
        message: str,
        *,
        code: str = "case",
        hint: str = "",
        path: Path = (),
        place: Place | None = None,
        at_key: bool = False,
    ) -> None:
        super().__init__(message, code=code, hint=hint)
        self.path = path
        self.place = place
        self.at_key = at_key

    def __str__(self) -> str:
        where = str(self.place) if self.place else ".".join(map(str, self.path))
        body = super().__str__()
        return f"{where}: {body}" if where else body


class CaseErrors(OfframpError):
    """All the faults of a case, in the order in which they stand in the file."""

    exit_code = 3

    def __init__(self, faults: Iterable[CaseError]) -> None:
        self.faults = tuple(
            sorted(faults, key=lambda f: (f.place.file, f.place.line, f.place.column) if f.place else ("", 0, 0))
        )
        super().__init__("\n".join(map(str, self.faults)), code="case")


class DocumentError(OfframpError):
    """A document cannot be read.

    Attributes
    ----------
    file : str
        The document.
    place : Place or None
        Where in it, where that can be told.
    """

    exit_code = 3

    def __init__(
        self, message: str, *, file: str, code: str = "document", hint: str = "", place: Place | None = None
    ) -> None:
        super().__init__(message, code=code, hint=hint)
        self.file = file
        self.place = place

    def __str__(self) -> str:
        return f"{self.place or self.file}: {super().__str__()}"


class MissingDocument(DocumentError):
    """A document or folder is not there, cannot be opened, or is something else."""

    exit_code = 2


class DocumentErrors(OfframpError):
    """All the documents that cannot be read, in the order in which they were named.

    The exit code is 2 where they are missing, 3 where one is there and cannot be read.
    """

    def __init__(self, faults: Iterable[DocumentError]) -> None:
        self.faults = tuple(faults)
        self.exit_code = max((fault.exit_code for fault in self.faults), default=3)
        super().__init__("\n".join(map(str, self.faults)), code="document")


class WorldError(OfframpError):
    """One world cannot be computed: a value is not finite, a rate negative, the step limit reached."""

    exit_code = 3

    def __init__(self, message: str, *, code: str = "world", hint: str = "", path: Path = ()) -> None:
        super().__init__(message, code=code, hint=hint)
        self.path = path


class UsageError(OfframpError):
    """A command or a call asks for something that is not there."""

    exit_code = 2


class StoppedError(OfframpError):
    """A run had to stop, as when the disk is full; what was computed is kept, and it can be resumed."""

    exit_code = 4
