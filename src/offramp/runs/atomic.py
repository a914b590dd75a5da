"""Files that are there whole or not at all, whatever happens while they are written."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

from offramp.errors import StoppedError

__all__ = ["rename_whole", "write_whole"]


def write_whole(path: Path, text: str) -> None:
    """Write a text under a hidden name, bring it to disk, and rename it.

    Parameters
    ----------
    path : Path
        Its folder is made where it is not there.
    text : str

    Raises
    ------
    StoppedError
        If it cannot be written, as when the disk is full. What stood there before still does.
    """
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(text, encoding="utf-8")
        rename_whole(part, path)
    except OSError as e:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise StoppedError(
            f"cannot write {path}: {e.strerror or e}", code="no-file",
            hint=f"make room there, or let the folder be written; `offramp resume {path.parent}` goes on",
        ) from e  # fmt: skip


def rename_whole(part: Path, path: Path) -> None:
    """Bring a file to disk and give it its name.

    Raises
    ------
    OSError
        If that cannot be done.
    """
    _to_disk(part)
    part.replace(path)
    _to_disk(path.parent)


def _to_disk(path: Path) -> None:
    """Wait until a file, or a folder's list of files, is on the disk."""
    if os.name == "nt" and path.is_dir():
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
