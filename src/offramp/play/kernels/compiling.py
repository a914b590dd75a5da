"""How every kernel is compiled.

Kernels are plain Python functions over contiguous arrays, compiled on first use and kept in the folder that
``offramp.play.cache`` chose. They release the lock, so that worlds run side by side in threads; none of them is
``parallel``, so that results have the same bits for any number of threads.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from numba import njit

__all__ = ["helper", "keep", "kernel"]

SAFE = {"contract"}
"""Fused multiply-adds only: infinities and NaN keep their meaning, and sums keep their order."""

P = ParamSpec("P")
R = TypeVar("R")

_keeping = [False]


def keep(yes: bool) -> None:
    """Whether kernels defined from now on are kept on disk."""
    _keeping[0] = yes


def kernel(function: Callable[P, R]) -> Callable[P, R]:
    """Compile a function that is called from Python or from another kernel."""
    options = {"cache": _keeping[0], "forceinline": function.__name__ not in ("sweep","fill_slope","tick","respond_pairwise"), "nogil": True, "fastmath": SAFE, "error_model": "numpy"}
    compiled: Callable[P, R] = njit(**options)(function)
    return compiled


def helper(function: Callable[P, R]) -> Callable[P, R]:
    """Compile a small function into the kernels that call it."""
    compiled: Callable[P, R] = njit(forceinline=True, nogil=True, fastmath=SAFE, error_model="numpy")(function)
    return compiled
