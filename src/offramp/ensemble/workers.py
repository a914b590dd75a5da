"""How many threads to use."""

from __future__ import annotations

import os

__all__ = ["worker_count"]


def worker_count(asked: int | None) -> int:
    """Return what was asked for, or one for each core that this process may use."""
    if asked is not None:
        return asked
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
