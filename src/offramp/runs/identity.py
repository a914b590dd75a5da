"""What all numbers of a run depend on."""

from __future__ import annotations

import hashlib

from offramp.compiled.provenance import computed_by
from offramp.ensemble import play_digest
from offramp.model import Case
from offramp.play.gpu import card

__all__ = ["identity"]


def identity(case: Case, seed: int, tolerance: float, *, gpu: bool = False) -> str:
    """Name all that every number of a run depends on: the play of the case, the seed, the tolerance, and what computes.

    Not how many worlds, which strategies, how many workers: those only tell which numbers there are. What one job
    depends on besides is in its key.
    """
    parts = (play_digest(case), str(seed), repr(tolerance), computed_by(), *([card()] if gpu else []))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]
