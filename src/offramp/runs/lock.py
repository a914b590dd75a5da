"""One run at a time in a folder."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from offramp.errors import StoppedError, UsageError

__all__ = ["at_work"]


@contextmanager
def at_work(folder: Path) -> Iterator[None]:
    """Hold a folder while a run writes there; the system lets go of it however the run ends.

    Raises
    ------
    UsageError
        If another run holds it.
    StoppedError
        If nothing can be written there.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(folder / ".lock", os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as e:
        raise StoppedError(f"cannot write {folder}: {e.strerror}", code="no-file",
                           hint="choose another folder with --out") from e  # fmt: skip
    try:
        if not _held(handle):
            raise UsageError(f"another run is at work in {folder}", code="busy",
                             hint="wait for it, or choose another folder with --out")  # fmt: skip
        yield
    finally:
        os.close(handle)


def _held(handle: int) -> bool:
    """Try to hold an open file."""
    try:
        import fcntl
    except ImportError:  # Windows has no such locks: two runs in one folder write the same files twice, no worse
        return True
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # a file system without locks: as on Windows
        return True
    return True
