"""What was asked of a run: enough to go on with it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from offramp.errors import UsageError
from offramp.runs.atomic import write_whole

__all__ = ["FORMAT", "Manifest", "Versions", "read_manifest", "write_manifest"]

FORMAT = 1
MOST_WORLDS = 1_000_000
_NAME = "manifest.json"
_CASE = "case.json"
_MOST_BYTES = 50_000_000


@dataclass(frozen=True, slots=True)
class Versions:
    """By what a run was computed."""

    libraries: dict[str, str]
    code: str
    """A digest of the code that numbers come out of."""
    processor: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What was asked of a run."""

    case: str
    """Its name."""
    source: str
    """What was run: a shipped name, or a file by its full path."""
    digest: str
    seed: int
    worlds: int
    strategies: tuple[str, ...] | None
    """None for all."""
    until: float | None
    identity: str
    versions: Versions
    command: str
    begun: str
    """When, ISO 8601, in UTC."""
    gpu: bool = False
    units: int = 0
    """World-job pairs to compute."""
    jobs: tuple[dict[str, Any], ...] = field(default=())
    """What is computed, in how many worlds each."""
    format: int = FORMAT

    @property
    def stamp(self) -> str:
        """Name what was asked: findings that bear another are of another run in the same folder."""
        asked = (self.identity, self.worlds, self.strategies, self.until)
        return hashlib.sha256(repr(asked).encode()).hexdigest()[:16]


def write_manifest(folder: Path, manifest: Manifest, data: Any) -> None:
    """Write what was asked, and the case as read.

    Raises
    ------
    StoppedError
        If they cannot be written.
    """
    write_whole(folder / _CASE, json.dumps(data, ensure_ascii=False, indent=1, default=str) + "\n")
    plain = _adapter().dump_python(manifest)
    write_whole(folder / _NAME, json.dumps(plain, ensure_ascii=False, indent=1) + "\n")


def read_manifest(folder: Path) -> tuple[Manifest, Any]:
    """Read what was asked, and the case as it was.

    Raises
    ------
    UsageError
        If there is no run, or its files are damaged.
    """
    from pydantic import ValidationError

    try:
        manifest: Manifest = _adapter().validate_python(_json(folder / _NAME))
        if not 1 <= manifest.worlds <= MOST_WORLDS or manifest.seed < 0 or manifest.strategies == ():
            raise ValueError("not what a run writes")
        if manifest.until is not None and not 0 < manifest.until < 1:
            raise ValueError("not what a run writes")
        data = _json(folder / _CASE)
    except OSError as e:
        raise UsageError(f"there is no run in {folder}: {e.strerror}", code="no-run",
                         hint="`offramp runs` lists those below a folder") from e  # fmt: skip
    except (ValueError, RecursionError, ValidationError) as e:
        hint = "run the case again with --out there and --force: what was computed is used"
        raise UsageError(f"the manifest of the run in {folder} is damaged", code="no-run", hint=hint) from e
    if manifest.format > FORMAT:
        raise UsageError(f"the run in {folder} was written by a newer offramp", code="no-run",
                         hint="update offramp")  # fmt: skip
    return manifest, data


def _json(path: Path) -> Any:
    with path.open("rb") as stream:
        data = stream.read(_MOST_BYTES + 1)
    if len(data) > _MOST_BYTES:
        raise ValueError("too large")
    return json.loads(data)


@cache
def _adapter() -> Any:
    from pydantic import TypeAdapter

    return TypeAdapter(Manifest)
