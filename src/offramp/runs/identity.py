"""What the numbers of a run depend on."""

from __future__ import annotations

import hashlib
import platform
from functools import cache
from importlib.metadata import version
from pathlib import Path

import offramp
from offramp.compiled.cache import fingerprint
from offramp.ensemble import Job
from offramp.expressions import text_of

__all__ = ["code", "identity", "job_key", "libraries"]

_PARTS = ("compiled", "ensemble", "expressions", "graph", "model", "play", "worlds")
"""The packages that numbers come out of."""


@cache
def code() -> str:
    """Return a digest of all code that numbers come out of, and of Python, NumPy and numba."""
    ours = Path(offramp.__file__).parent
    return fingerprint(*(ours / part for part in _PARTS))


def libraries() -> dict[str, str]:
    """Return the versions that numbers may depend on."""
    found = {name: version(name) for name in ("llvmlite", "numba", "numpy", "scipy")}
    return {"offramp": offramp.__version__, "python": platform.python_version(), **found}


def identity(digest: str, seed: int, tolerance: float, *, gpu: bool = False) -> str:
    """Name all that every number of a run depends on: the case, the seed, the tolerance, the code, GPU or not.

    Not how many worlds, which strategies, how many workers: those only tell which numbers there are.
    """
    parts = (digest, str(seed), repr(tolerance), code(), version("scipy"), *(["gpu"] if gpu else []))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def job_key(job: Job) -> str:
    """Name a job, whatever its worlds."""
    variant = job.variant
    numbers = [(name, text_of(node)) for name, node in variant.numbers]
    parts = (variant.strategy, variant.levels, numbers, variant.without, variant.also, variant.delay)
    return hashlib.sha256(repr((parts, job.sample, job.movers, job.outcomes)).encode()).hexdigest()[:16]
