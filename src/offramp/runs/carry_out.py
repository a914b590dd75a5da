"""A run in a folder: what is there is used, what is missing is computed, and all of it is kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from offramp.compiled.provenance import code, libraries, processor
from offramp.ensemble import Crew, Job, Progress
from offramp.findings import Findings
from offramp.findings.analyse import analyse
from offramp.model import Case
from offramp.runs.found import save_findings
from offramp.runs.identity import identity, job_key
from offramp.runs.lock import at_work
from offramp.runs.manifest import Manifest, Versions, write_manifest
from offramp.runs.store import Store
from offramp.shapes import ENSEMBLE_TOLERANCE

__all__ = ["Asked", "carry_out", "here"]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of a run."""

    source: str
    """A shipped name, or a file by its full path."""
    worlds: int
    seed: int
    strategies: tuple[str, ...] | None
    until: float | None
    command: str
    gpu: bool = False
    """Whether worlds are computed on a GPU, whose numbers differ in the last digits."""
    begun: str = ""
    """When, ISO 8601, in UTC; empty for now."""


def here() -> Versions:
    """Return what would compute a run now."""
    return Versions(libraries(), code(), processor())


def carry_out(
    folder: Path,
    case: Case,
    data: Any,
    asked: Asked,
    *,
    workers: int | None = None,
    crew: Crew | None = None,
    progress: Progress | None = None,
    notice: Callable[[str], None] = lambda _: None,
) -> Findings:
    """Run a case in a folder.

    Parameters
    ----------
    folder : Path
    case : Case
    data : plain data
        The case as read.
    asked : Asked
    workers, crew, progress
        As of `analyse`.
    notice : callable
        Called with what the reader should know of the folder.

    Raises
    ------
    CaseErrors, UsageError, WorldError, KeyboardInterrupt
        As `analyse`.
    StoppedError
        If something cannot be written; what was computed until then is kept.
    """
    known = identity(case.digest, asked.seed, ENSEMBLE_TOLERANCE, gpu=asked.gpu)
    manifest = Manifest(
        case=case.name,
        source=asked.source,
        digest=case.digest,
        seed=asked.seed,
        worlds=asked.worlds,
        strategies=asked.strategies,
        until=asked.until,
        identity=known,
        versions=here(),
        command=asked.command,
        gpu=asked.gpu,
        begun=asked.begun or datetime.now(UTC).isoformat(timespec="seconds"),
    )

    def planned(jobs: Sequence[tuple[Job, int]]) -> None:
        listed = tuple(
            {"job": job_key(job), "variant": str(job.variant), "sample": job.sample, "movers": job.movers,
             "outcomes": list(job.outcomes), "worlds": rows}
            for job, rows in jobs
        )  # fmt: skip
        write_manifest(folder, replace(manifest, jobs=listed, units=sum(rows for _, rows in jobs)), data)

    with at_work(folder):
        store = Store(folder / "worlds" / known)
        for path in store.damaged:
            notice(f"{path.name} could not be read and was set aside; its worlds are computed again")
        findings = analyse(
            case,
            worlds=asked.worlds,
            seed=asked.seed,
            strategies=asked.strategies,
            workers=workers,
            progress=progress,
            kept=store,
            crew=crew,
            until=asked.until,
            planned=planned,
        )
        save_findings(folder, findings, manifest.stamp)
    return findings
