"""The runs below a folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb

from offramp.errors import UsageError
from offramp.runs.manifest import Manifest, read_manifest

__all__ = ["Listed", "listing"]


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
    found = [_listed(path) for path in (folder, *below) if (path / "manifest.json").is_file()]
    return sorted(found, key=lambda each: each.manifest.begun if each.manifest else "", reverse=True)


def _listed(folder: Path) -> Listed:
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    try:
        manifest, _ = read_manifest(folder)
    except UsageError:
        return Listed(folder, None, size=size)
    files = [str(path) for path in sorted((folder / "worlds" / manifest.identity).glob("[!.]*.parquet"))]
    done, failed = _counted(files) if files else (0, 0)
    return Listed(folder, manifest, done, failed, (folder / "findings.json").is_file(), size)


def _counted(files: list[str]) -> tuple[int, int]:
    """Count the world-job pairs that are there, and those of them that failed."""
    try:
        with duckdb.connect() as data:
            row = data.execute(
                "SELECT count(*), count(*) FILTER (failed) FROM"
                " (SELECT job, world, bool_or(message IS NOT NULL) AS failed FROM read_parquet(?) GROUP BY job, world)",
                [files],
            ).fetchone()
    except duckdb.Error:
        return 0, 0
    return (int(row[0]), int(row[1])) if row else (0, 0)
