"""A run in a folder: what is there is used, what is missing is computed, and all of it is kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from offramp.compiled.provenance import code, libraries, processor
from offramp.ensemble import Crew, Due, Progress
from offramp.errors import StoppedError, UsageError
from offramp.files import PART
from offramp.findings import Findings
from offramp.findings.analyse import analyse
from offramp.model import Case
from offramp.runs.found import save_findings, stamp_of
from offramp.runs.identity import identity
from offramp.runs.lock import at_work
from offramp.runs.manifest import Asked, Manifest, Versions, read_manifest, write_manifest
from offramp.runs.store import Store
from offramp.shapes import ENSEMBLE_TOLERANCE

__all__ = ["carry_out", "here"]


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
    with at_work(folder):
        for path in folder.glob(f".*{PART}"):  # of a run that was killed
            with suppress(OSError):
                path.unlink()
        at_hand = _AtHand(folder, case, data, asked, notice)
        try:
            findings = analyse(
                case,
                worlds=asked.worlds,
                seed=asked.seed,
                strategies=asked.strategies,
                workers=workers,
                progress=progress,
                kept=at_hand.store,
                crew=crew,
                until=asked.until,
                planned=at_hand.planned,
            )
        finally:
            at_hand.write_again()
        at_hand.say_what_is_replaced(findings)
        save_findings(folder, findings, at_hand.manifest.stamp)
    return findings


class _AtHand:
    """A folder in which a run is at work."""

    def __init__(self, folder: Path, case: Case, data: Any, asked: Asked, notice: Callable[[str], None]) -> None:
        self.folder, self.data, self.notice = folder, data, notice
        known = identity(case, asked.seed, ENSEMBLE_TOLERANCE, gpu=asked.gpu)
        begun = asked.begun or datetime.now(UTC).isoformat(timespec="seconds")
        self.before = _manifest(folder)
        self.manifest = Manifest(case.name, case.digest, replace(asked, begun=begun), known, here())
        self.store = Store(folder / "worlds" / known)
        self.begun = False
        for path in self.store.damaged:
            notice(f"{path.name} could not be read and was set aside; its worlds are computed again")

    def planned(self, due: Sequence[Due]) -> None:
        """Write down what is computed, before it is."""
        listed = tuple(
            {"job": each.job.key, "variant": str(job.variant), "sample": job.sample, "movers": job.movers,
             "outcomes": list(job.outcomes), "worlds": each.worlds}
            for each in due
            for job in (each.job.job,)
        )  # fmt: skip
        units, there = sum(each.worlds for each in due), sum(each.there for each in due)
        self.manifest = replace(self.manifest, jobs=listed, units=units)
        write_manifest(self.folder, self.manifest, self.data)
        if there and not self.begun:
            self.notice(f"{there:,} of {units:,} results were there")
        self.begun = True

    def write_again(self) -> None:
        """Write the manifest once more where it is gone: somebody has removed the folder."""
        if self.begun and not (self.folder / "manifest.json").exists():
            self.notice("the folder was removed while the run was at work; what it held is computed again by resume")
            with suppress(StoppedError):
                write_manifest(self.folder, self.manifest, self.data)

    def say_what_is_replaced(self, findings: Findings) -> None:
        """Tell of a report of more worlds."""
        old, new = self.before, self.manifest
        if old is None or (old.digest, old.identity) != (new.digest, new.identity) or old.drawn <= findings.worlds:
            return
        if old.stamp == stamp_of(self.folder):
            self.notice(f"the report of {old.drawn:,} worlds that was there is replaced by one of {findings.worlds:,}; "
                        f"--worlds {old.drawn} brings it back without computing")  # fmt: skip


def _manifest(folder: Path) -> Manifest | None:
    try:
        return read_manifest(folder)[0]
    except UsageError:
        return None
