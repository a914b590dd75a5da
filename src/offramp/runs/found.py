"""Findings on disk, so that they can be shown again without solving."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from offramp.errors import UsageError
from offramp.findings import Findings
from offramp.runs.atomic import write_whole

__all__ = ["load_findings", "save_findings"]

_NAME = "findings.json"


def save_findings(folder: Path, findings: Findings) -> None:
    """Write findings.

    Raises
    ------
    StoppedError
        If they cannot be written.
    """
    write_whole(folder / _NAME, json.dumps(_adapter().dump_python(findings), ensure_ascii=False) + "\n")


def load_findings(folder: Path) -> Findings:
    """Read findings.

    Raises
    ------
    UsageError
        If there are none, or they were written by another version.
    """
    from pydantic import ValidationError

    try:
        text = (folder / _NAME).read_text(encoding="utf-8")
    except OSError as e:
        hint = "`offramp runs` lists the runs below a folder"
        if (folder / "manifest.json").exists():
            hint = f"`offramp resume {folder}` goes on with a run that was stopped"
        raise UsageError(f"there are no findings in {folder}: {e.strerror}", code="no-run", hint=hint) from e
    try:
        found: Findings = _adapter().validate_python(json.loads(text))
    except (ValueError, ValidationError) as e:
        raise UsageError(f"the findings in {folder} are damaged, or of another version of offramp", code="no-run",
                         hint=f"`offramp resume {folder}` makes them anew") from e  # fmt: skip
    return found


@cache
def _adapter() -> Any:
    from pydantic import TypeAdapter

    return TypeAdapter(Findings)
