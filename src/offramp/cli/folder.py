"""The folder a run writes, and the guard that keeps another run's results."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

from offramp.errors import UsageError

if TYPE_CHECKING:
    from offramp.findings import Findings

__all__ = ["refuse_other", "write_results"]


def refuse_other(folder: Path, case: str, seed: int, *, force: bool) -> None:
    """Refuse a folder that cannot be written, or holds the results of another case or seed, unless forced.

    An edited case keeps its name, so its new results replace the old ones; the numbers they rest on stay.

    Raises
    ------
    UsageError
        If so: before a long run, not after it.
    """
    try:
        there = next(part for part in (folder, *folder.absolute().parents) if part.exists())
        if not there.is_dir():
            raise UsageError(f"{there} is a file", code="exists", hint="choose another folder with --out")
    except (OSError, ValueError) as e:
        reason = getattr(e, "strerror", None) or e
        raise UsageError(f"cannot write {folder}: {reason}", code="no-file", hint="choose a folder with --out") from e
    if not os.access(there, os.W_OK | os.X_OK):
        raise UsageError(f"{there} cannot be written", code="no-file", hint="choose another folder with --out")
    if force:
        return
    for name in ("manifest.json", "results.json"):
        path = folder / name
        if not path.exists():
            continue
        if not path.is_file():
            raise UsageError(f"{path} is not a file", code="exists",
                             hint="remove it, or choose another folder with --out")  # fmt: skip
        try:
            old = json.loads(path.read_text(encoding="utf-8"))
            if old["case"] == case and old.get("asked", old)["seed"] == seed:
                continue
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            pass
        raise UsageError(
            f"{folder} holds results of another case or seed",
            code="exists", hint="choose another folder with --out, or overwrite it with --force",
        )  # fmt: skip


def write_results(folder: Path, findings: Findings) -> Path:
    """Write report.html and results.json; return the report's path.

    Raises
    ------
    StoppedError
        If the folder cannot be written.
    """
    from offramp.report import render_html, to_json
    from offramp.runs import write_or_stop

    report = folder / "report.html"
    write_or_stop(report, render_html(findings))
    results = json.dumps(to_json(findings), ensure_ascii=False, indent=1, allow_nan=False)
    write_or_stop(folder / "results.json", results + "\n")
    return report
