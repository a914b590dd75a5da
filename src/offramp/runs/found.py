"""Findings on disk, so that they can be shown again without solving."""

from __future__ import annotations

import hashlib
import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from offramp import __version__
from offramp.errors import UsageError
from offramp.findings import Findings
from offramp.runs.manifest import read_manifest
from offramp.runs.writing import write_or_stop

__all__ = ["load_findings", "save_findings", "stamp_of"]

_NAME = "findings.json"
_HEAD = re.compile(rb'{"stamp": "(\w+)", "version": "([^"]*)", "digest": "(\w+)", "findings": ')
_TAIL = b"}\n"


def save_findings(folder: Path, findings: Findings, stamp: str) -> None:
    """Write findings, with a stamp of what was asked (see `Manifest.stamp`) and a digest of themselves.

    Raises
    ------
    StoppedError
        If they cannot be written.
    """
    text = json.dumps(_adapter().dump_python(findings), ensure_ascii=False)
    head = json.dumps({"stamp": stamp, "version": __version__, "digest": _digest(text.encode())})
    write_or_stop(folder / _NAME, f'{head[:-1]}, "findings": {text}{_TAIL.decode()}')


def stamp_of(folder: Path) -> str | None:
    """Return the stamp of the findings in a folder; None where there are none."""
    path = folder / _NAME
    try:
        if not path.is_file():
            return None
        with path.open("rb") as stream:
            head = _HEAD.match(stream.read(400))
    except OSError:
        return None
    return head[1].decode() if head else None


def load_findings(folder: Path) -> Findings:
    """Read findings.

    Raises
    ------
    UsageError
        If there are none, or they are of another run in the same folder, were written by another version, or are not
        what was written.
    """
    from pydantic import ValidationError

    path, anew = folder / _NAME, f"`offramp resume {folder}` makes them anew"
    try:
        if path.exists() and not path.is_file():
            raise UsageError(f"{path} is not a file", code="no-run", hint=f"remove it; {anew}")
        text = path.read_bytes()
    except OSError as e:
        hint = "`offramp runs` lists the runs below a folder"
        if (folder / "manifest.json").exists():
            hint = f"`offramp resume {folder}` goes on with a run that was stopped"
        raise UsageError(f"there are no findings in {folder}: {e.strerror}", code="no-run", hint=hint) from e
    head = _HEAD.match(text)
    manifest = (folder / "manifest.json").exists() and read_manifest(folder)[0]
    if head and manifest and manifest.stamp != head[1].decode():
        raise UsageError(f"the findings in {folder} are of an earlier run there, not of the one that is under way",
                         code="no-run", hint=f"`offramp resume {folder}` goes on with that") from None  # fmt: skip
    if head and head[2].decode() != __version__:
        raise UsageError(f"the findings in {folder} are of another version of offramp", code="no-run", hint=anew)
    try:
        if head is None or _digest(body := text[head.end() : -len(_TAIL)]) != head[3].decode():
            raise ValueError("not what was written")
        found: Findings = _adapter().validate_python(json.loads(body))
    except (ValueError, TypeError, KeyError, RecursionError, ValidationError) as e:
        raise UsageError(f"the findings in {folder} are not what was written: damaged, or edited by hand",
                         code="no-run", hint=anew) from e  # fmt: skip
    return found


def _digest(text: bytes) -> str:
    return hashlib.sha256(text).hexdigest()[:16]


@cache
def _adapter() -> Any:
    from pydantic import TypeAdapter

    return TypeAdapter(Findings)
