"""Files that are there whole or not at all, whatever happens while they are written."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

__all__ = ["PART", "rename_whole", "write_whole"]

PART = ".part"
"""How the hidden name of a file ends that is being written; one that is left was never finished."""


def write_whole(path: Path, text: str, *, force: bool = True, follow: bool = False) -> None:
    """Write a text under a hidden name beside it, bring it to disk, and rename it.

    Parameters
    ----------
    path : Path
    text : str
    force : bool
        Overwrite what is there.
    follow : bool
        Write what a link leads to, and to a device or a pipe as it is. Otherwise a link is replaced.

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
    if follow:
        path = Path(os.path.realpath(path))
        if path.exists() and not path.is_file():
            path.write_bytes(data)
            return
        if path.exists() and not os.access(path, os.W_OK):
            raise PermissionError("it is write-protected")
    part = path.with_name(f".offramp-{secrets.token_hex(8)}{PART}")
    try:
        with part.open("xb") as stream:
            stream.write(data)
        if path.is_file() and not path.is_symlink():
            part.chmod(path.stat().st_mode & 0o777)
        rename_whole(part, path, force=force)
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def rename_whole(part: Path, path: Path, *, force: bool = True) -> None:
    """Bring a file to disk and give it its name.

    Parameters
    ----------
    force : bool
        Whatever has the name; else not where another program has taken it meanwhile.

    Raises
    ------
    FileExistsError
        If something is there, and is not to be overwritten.
    OSError
        If it cannot be done.
    """
    _to_disk(part)
    if force:
        part.replace(path)
    else:
        _put(part, path)
    _to_disk(path.parent)


def _put(part: Path, path: Path) -> None:
    try:
        os.link(part, path)
    except FileExistsError:
        raise
    except OSError:  # not every file system knows links
        if os.path.lexists(path):
            raise FileExistsError from None
        part.replace(path)


def _to_disk(path: Path) -> None:
    """Wait until a file, or a folder's list of files, is on the disk."""
    if os.name == "nt" and path.is_dir():
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    except OSError:
        if path.is_file():  # some file systems cannot wait for a folder
            raise
    finally:
        os.close(handle)
