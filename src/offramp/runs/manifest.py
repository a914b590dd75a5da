"""What was asked of a run: enough to go on with it."""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from offramp.errors import UsageError
from offramp.runs.writing import write_or_stop

__all__ = ["FORMAT", "Asked", "Manifest", "Versions", "read_manifest", "write_manifest"]

FORMAT = 2
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
class Asked:
    """What is asked of a run."""

    source: str
    """A shipped name, or a file by its full path."""
    worlds: int
    seed: int
    strategies: tuple[str, ...] | None
    """None for all."""
    until: float | None
    command: str
    gpu: bool = False
    """Whether worlds are computed on a GPU, whose numbers differ in the last digits."""
    begun: str = ""
    """When, ISO 8601, in UTC; empty for now."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What was asked of a run, of which case, by which versions."""

    case: str
    """Its name."""
    digest: str
    """Of the whole case."""
    asked: Asked
    identity: str
    """Of all that every number depends on: the folder that they are in."""
    versions: Versions
    units: int = 0
    """World-job pairs to compute."""
    jobs: tuple[dict[str, Any], ...] = field(default=())
    """What is computed, in how many worlds each."""
    copy: str = ""
    """A digest of the file that holds the case as read."""
    format: int = FORMAT

    @property
    def stamp(self) -> str:
        """Name what was asked: findings that bear another are of another run in the same folder."""
        asked = self.asked
        parts = (self.digest, self.identity, asked.worlds, asked.strategies, asked.until)
        return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]

    @property
    def drawn(self) -> int:
        """How many worlds there are by now: with `until` fewer than are asked for at most."""
        rows = [each["worlds"] - 1 for each in self.jobs if each["sample"] == "main"]
        return max(rows, default=self.asked.worlds)


def write_manifest(folder: Path, manifest: Manifest, data: Any) -> None:
    """Write what was asked, and the case as read.

    Raises
    ------
    StoppedError
        If they cannot be written.
    """
    text = json.dumps(data, ensure_ascii=False, indent=1, default=str) + "\n"
    plain = _adapter().dump_python(manifest) | {"copy": _digest(text.encode())}
    write_or_stop(folder / _NAME, json.dumps(plain, ensure_ascii=False, indent=1) + "\n")
    write_or_stop(folder / _CASE, text)


def read_manifest(folder: Path) -> tuple[Manifest, Any]:
    """Read what was asked, and the case as it was; None where that is not there any more.

    Raises
    ------
    UsageError
        If there is no run, or its manifest is damaged.
    """
    from pydantic import ValidationError

    try:
        plain = json.loads(_bytes(folder / _NAME))
        if isinstance(plain, dict) and isinstance(version := plain.get("format"), int) and version != FORMAT:
            age = "an older" if version < FORMAT else "a newer"
            hint = "run the case again there: it is computed anew" if version < FORMAT else "update offramp"
            raise UsageError(f"the run in {folder} was written by {age} offramp", code="no-run", hint=hint)
        manifest: Manifest = _adapter().validate_python(plain)
        asked = manifest.asked
        if not 1 <= asked.worlds <= MOST_WORLDS or asked.seed < 0 or asked.strategies == ():
            raise ValueError("not what a run writes")
        if asked.until is not None and not 0 < asked.until < 1:
            raise ValueError("not what a run writes")
    except OSError as e:
        raise UsageError(f"there is no run in {folder}: {e.strerror}", code="no-run",
                         hint="`offramp runs` lists those below a folder") from e  # fmt: skip
    except (ValueError, RecursionError, ValidationError) as e:
        hint = "run the case again with --out there and --force: what was computed is used"
        raise UsageError(f"the manifest of the run in {folder} is damaged", code="no-run", hint=hint) from e
    with suppress(OSError, ValueError, RecursionError):
        text = _bytes(folder / _CASE)
        if _digest(text) == manifest.copy:
            return manifest, json.loads(text)
    return manifest, None


def _bytes(path: Path) -> bytes:
    if path.exists() and not path.is_file():  # a pipe would be waited for
        raise ValueError("not a file")
    with path.open("rb") as stream:
        data = stream.read(_MOST_BYTES + 1)
    if len(data) > _MOST_BYTES:
        raise ValueError("too large")
    return data


def _digest(text: bytes) -> str:
    return hashlib.sha256(text).hexdigest()[:16]


@cache
def _adapter() -> Any:
    from pydantic import TypeAdapter

    return TypeAdapter(Manifest)
