"""Where compiled kernels are kept.

numba keeps compiled code beside the source, and does not notice when a function that a kernel calls has changed in
another file. So the folder is ours: the user's cache folder (under ``NUMBA_CACHE_DIR`` where that is set), by a hash
of all kernel sources and of the versions of Python, NumPy and numba; a temporary folder where that cannot be written;
and none at all, compiling anew, where there is no such folder either.
"""

from __future__ import annotations

import hashlib
import os
import platform
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numba
import numpy as np

from offramp.compiled.kernels import keep

__all__ = ["fingerprint", "folder", "kept_for"]

OURS = Path(__file__).parent


def fingerprint(*folders: Path) -> str:
    """A hash of every source in some folders and of what compiles them."""
    digest = hashlib.sha256()
    for version in (platform.python_version(), np.__version__, numba.__version__):
        digest.update(version.encode() + b"\0")
    for sources in folders:
        for source in sorted(sources.rglob("*.py")):
            digest.update(source.relative_to(sources).as_posix().encode() + b"\0")
            digest.update(source.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def folder(name: str) -> Path | None:
    """The first folder in which files can be written; None where there is none."""
    for base in _bases():
        path = base / "offramp" / "kernels" / name
        try:
            path.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=path):
                return path
        except OSError:
            continue
    try:
        return Path(tempfile.mkdtemp(prefix="offramp-kernels-"))
    except OSError:
        return None


@contextmanager
def kept_for(sources: Path) -> Iterator[bool]:
    """Let the kernels imported in this block be kept in our folder; False: there is nowhere to keep them.

    ``sources`` is the folder that the kernels and all that they call lie in. numba's own setting is put back
    afterwards, so that the kernels of other packages stay where they were.
    """
    path = folder(fingerprint(OURS, sources))
    before = numba.config.CACHE_DIR
    if path is not None:
        numba.config.CACHE_DIR = str(path)
    keep(path is not None)
    try:
        yield path is not None
    finally:
        numba.config.CACHE_DIR = before


def _bases() -> list[Path]:
    chosen = os.environ.get("NUMBA_CACHE_DIR")
    if chosen:
        return [Path(chosen)]
    if sys.platform == "win32":
        return [Path(p) for p in [os.environ.get("LOCALAPPDATA")] if p]
    caches = os.environ.get("XDG_CACHE_HOME")
    bases = [Path(caches)] if caches and Path(caches).is_absolute() else []
    home = os.environ.get("HOME")
    if home and Path(home).is_dir():
        bases.append(Path(home) / ("Library/Caches" if sys.platform == "darwin" else ".cache"))
    own = f"offramp-{os.getuid()}"
    shared = Path(tempfile.gettempdir()) / own
    return [*bases, shared] if _ours(shared) else bases


def _ours(path: Path) -> bool:
    """Make a folder that nobody else can write to; False where somebody else has it: cached code is executed."""
    try:
        path.mkdir(mode=0o700, exist_ok=True)
        facts = path.lstat()
    except OSError:
        return False
    return path.is_dir() and not path.is_symlink() and facts.st_uid == os.getuid() and not facts.st_mode & 0o022
