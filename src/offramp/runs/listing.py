"""The runs below a folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np

from offramp.errors import UsageError
from offramp.runs.found import stamp_of
from offramp.runs.manifest import Manifest, read_manifest
from offramp.runs.rows import FILES

__all__ = ["Listed", "listed", "listing"]


@dataclass(frozen=True, slots=True)
class Listed:
    """One run."""

    folder: Path
    manifest: Manifest | None
    """None where it cannot be read."""
    done: int = 0
    """World-job pairs that are there, of `manifest.units`."""
    failed: int = 0
    found: bool = False
    """Whether there are findings to show."""
    size: int = 0
    """Bytes on disk."""


def listing(folder: Path) -> list[Listed]:
    """List the runs in a folder and right below it, the latest first.

    Raises
    ------
    UsageError
        If the folder cannot be read.
    """
    try:
        below = sorted(path for path in folder.iterdir() if path.is_dir())
    except OSError as e:
        raise UsageError(f"cannot read {folder}: {e.strerror}", code="no-file", hint="name a folder") from e
    found = [listed(path) for path in (folder, *below) if _is_run(path)]
    return sorted(found, key=lambda each: each.manifest.asked.begun if each.manifest else "", reverse=True)


def _is_run(folder: Path) -> bool:
    try:
        return (folder / "manifest.json").is_file()
    except OSError:  # a folder that may not be looked into
        return False


def listed(folder: Path) -> Listed:
    """Look how far a run got."""
    try:
        size = sum(map(_size, folder.rglob("*")))
        manifest, _ = read_manifest(folder)
    except (UsageError, OSError):
        return Listed(folder, None)
    found = sorted((folder / "worlds" / manifest.identity).glob("[!.]*.parquet"))
    files = [str(path.absolute()) for path in found if path.is_file()]
    done, failed = _counted(files, manifest) if files and manifest.jobs else (0, 0)
    return Listed(folder, manifest, done, failed, stamp_of(folder) == manifest.stamp, size)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size if path.is_file() else 0
    except OSError:  # a file that a run at work has just renamed
        return 0


def _counted(files: list[str], manifest: Manifest) -> tuple[int, int]:
    """Count the world-job pairs asked for that are there, and those of them that failed."""
    jobs = {
        "job": np.array([each["job"] for each in manifest.jobs], dtype=object),
        "worlds": np.array([each["worlds"] for each in manifest.jobs], dtype=np.int64),
    }
    try:
        with duckdb.connect() as data:
            data.register("jobs", jobs)
            row = data.execute(
                "SELECT count(*), count(*) FILTER (failed) FROM"
                " (SELECT job, world, bool_or(message IS NOT NULL) AS failed"
                f" FROM {FILES} JOIN jobs USING (job)"
                " WHERE world < worlds GROUP BY job, world)",
                [files],
            ).fetchone()
    except (duckdb.Error, RuntimeError):
        return 0, 0
    return (int(row[0]), int(row[1])) if row else (0, 0)
