"""Files of a run: there whole or not at all; where one cannot be written, the run stops and says so."""

from __future__ import annotations

from pathlib import Path

from offramp.errors import StoppedError
from offramp.files import write_whole

__all__ = ["write_or_stop"]


def write_or_stop(path: Path, text: str) -> None:
    """Write a file of a run; its folder is made where it is not there.

    Raises
    ------
    StoppedError
        If it cannot be written, as when the disk is full. What stood there before still does.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, text)
    except OSError as e:
        raise StoppedError(
            f"cannot write {path}: {e.strerror or e}", code="no-file",
            hint=f"make room there, or let the folder be written; `offramp resume {path.parent}` goes on",
        ) from e  # fmt: skip
