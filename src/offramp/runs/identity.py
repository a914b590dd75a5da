"""What the numbers of a run depend on."""

from __future__ import annotations

import hashlib

from offramp.compiled.provenance import computed_by
from offramp.ensemble import Job
from offramp.expressions import text_of
from offramp.play.gpu import card

__all__ = ["identity", "job_key"]


def identity(digest: str, seed: int, tolerance: float, *, gpu: bool = False) -> str:
    """Name all that every number of a run depends on: the case, the seed, the tolerance, and what computes.

    Not how many worlds, which strategies, how many workers: those only tell which numbers there are.
    """
    parts = (digest, str(seed), repr(tolerance), computed_by(), *([card()] if gpu else []))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def job_key(job: Job) -> str:
    """Name a job, whatever its worlds."""
    variant = job.variant
    numbers = [(name, text_of(node)) for name, node in variant.numbers]
    parts = (variant.strategy, variant.levels, numbers, variant.without, variant.also, variant.delay)
    return hashlib.sha256(repr((parts, job.sample, job.movers, job.outcomes)).encode()).hexdigest()[:16]
