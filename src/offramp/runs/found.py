"""Findings on disk, so that they can be shown again without solving."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from offramp import __version__
from offramp.errors import UsageError
from offramp.findings import Findings
from offramp.runs.atomic import write_whole
from offramp.runs.manifest import read_manifest

__all__ = ["load_findings", "save_findings", "stamp_of"]

_NAME = "findings.json"
_STAMP = re.compile(r'{"stamp": "(\w+)"')


def save_findings(folder: Path, findings: Findings, stamp: str) -> None:
    """Write findings, with a stamp of what was asked (see `Manifest.stamp`).

    Raises
    ------
    StoppedError
        If they cannot be written.
    """
    plain = {"stamp": stamp, "version": __version__, "findings": _adapter().dump_python(findings)}
    write_whole(folder / _NAME, json.dumps(plain, ensure_ascii=False) + "\n")


def stamp_of(folder: Path) -> str | None:
    """Return the stamp of the findings in a folder; None where there are none."""
    try:
        with (folder / _NAME).open(encoding="utf-8") as stream:
            begun = _STAMP.match(stream.read(100))
    except (OSError, ValueError):
        return None
    return begun[1] if begun else None


def load_findings(folder: Path) -> Findings:
    """Read findings.

    Raises
    ------
    UsageError
        If there are none, or they are of another run in the same folder, or were written by another version.
    """
    from pydantic import ValidationError

    try:
        text = (folder / _NAME).read_bytes()
    except OSError as e:
        hint = "`offramp runs` lists the runs below a folder"
        if (folder / "manifest.json").exists():
            hint = f"`offramp resume {folder}` goes on with a run that was stopped"
        raise UsageError(f"there are no findings in {folder}: {e.strerror}", code="no-run", hint=hint) from e
    manifest = (folder / "manifest.json").exists() and read_manifest(folder)[0]
    if manifest and manifest.stamp != stamp_of(folder):
        raise UsageError(f"the findings in {folder} are of an earlier run there, not of the one that is under way",
                         code="no-run", hint=f"`offramp resume {folder}` goes on with that") from None  # fmt: skip
    try:
        plain = json.loads(text)
        if plain["version"] != __version__:
            raise ValueError("another version")
        found: Findings = _adapter().validate_python(plain["findings"])
    except (ValueError, TypeError, KeyError, RecursionError, ValidationError) as e:
        raise UsageError(f"the findings in {folder} are damaged, or of another version of offramp", code="no-run",
                         hint=f"`offramp resume {folder}` makes them anew") from e  # fmt: skip
    return found


@cache
def _adapter() -> Any:
    from pydantic import TypeAdapter

    return TypeAdapter(Findings)
