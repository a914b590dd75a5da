"""How every kernel is compiled.

Kernels are plain Python functions over contiguous arrays, compiled on first use and kept in the folder that
``offramp.compiled.cache`` chose. They release the lock, so that worlds run side by side in threads; none of them is
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
    """Compile a function that is called on its own."""
    compiled: Callable[P, R] = njit(cache=_keeping[0], nogil=True, fastmath=SAFE, error_model="numpy")(function)
    return compiled


def helper(function: Callable[P, R]) -> Callable[P, R]:
    """Compile a function into the kernels that call it: passing it a dozen arrays would take longer than its work."""
    compiled: Callable[P, R] = njit(forceinline=True, nogil=True, fastmath=SAFE, error_model="numpy")(function)
    return compiled
