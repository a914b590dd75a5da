"""A file that is there whole or not at all, whatever happens while it is written."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

__all__ = ["write_file"]


def write_file(path: Path, text: str, *, force: bool) -> None:
    """Write a file under a hidden name beside it, bring it to disk, and rename it.

    Parameters
    ----------
    path
        A link is followed: what it leads to is written. A device or a pipe is written to as it is.
    text
    force
        Overwrite what is there.

    Raises
    ------
    FileExistsError
        If something is there, and is not to be overwritten.
    OSError, ValueError
        If it cannot be written. What stood there before still does.
    """
    data = text.encode()
    if not force and os.path.lexists(path):
        raise FileExistsError
    target = Path(os.path.realpath(path))
    if target.exists() and not target.is_file():
        target.write_bytes(data)
        return
    if target.exists() and not os.access(target, os.W_OK):
        raise PermissionError("it is write-protected")
    part = target.with_name(f".offramp-{secrets.token_hex(8)}.part")
    try:
        with part.open("xb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        if target.exists():
            part.chmod(target.stat().st_mode & 0o777)
        _put(part, target, force=force)
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def _put(part: Path, target: Path, *, force: bool) -> None:
    """Give a file its name; where nothing may be overwritten, not if another program has taken it meanwhile."""
    if force:
        part.replace(target)
        return
    try:
        os.link(part, target)
    except FileExistsError:
        raise
    except OSError:  # not every file system knows links
        if os.path.lexists(target):
            raise FileExistsError from None
        part.replace(target)
