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

    An edited case keeps its name, so its new results replace the old ones.

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
    results = folder / "results.json"
    if force or not results.exists():
        return
    try:
        old = json.loads(results.read_text(encoding="utf-8"))
        same = old["case"] == case and old["seed"] == seed
    except (OSError, ValueError, KeyError, TypeError):
        same = False
    if not same:
        raise UsageError(
            f"{folder} holds results of another case or seed",
            code="exists", hint="choose another folder with --out, or overwrite it with --force",
        )  # fmt: skip


def write_results(folder: Path, findings: Findings) -> Path:
    """Write report.html and results.json, each by another name first; return the report's path.

    Raises
    ------
    UsageError
        If the folder cannot be written.
    """
    from offramp.report import render_html, to_json

    report = folder / "report.html"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        texts = {
            report: render_html(findings),
            folder / "results.json": json.dumps(to_json(findings), ensure_ascii=False, indent=1, allow_nan=False)
            + "\n",
        }
        for path, text in texts.items():
            part = path.with_name(f".{path.name}.part")
            part.write_text(text, encoding="utf-8")
            part.replace(path)
    except OSError as e:
        raise UsageError(
            f"cannot write {folder}: {e.strerror}", code="no-file", hint="choose a folder with --out"
        ) from e
    return report
