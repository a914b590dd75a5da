"""By what numbers are computed: code, libraries, processor."""

from __future__ import annotations

import platform
from functools import cache
from importlib.metadata import version
from pathlib import Path

from llvmlite.binding import get_host_cpu_name

from offramp.compiled.cache import fingerprint

__all__ = ["code", "computed_by", "libraries", "processor"]

_PARTS = ("compiled", "ensemble", "expressions", "graph", "model", "play", "worlds")
"""The packages that numbers come out of."""


@cache
def code() -> str:
    """Return a digest of all code that numbers come out of."""
    ours = Path(__file__).parents[1]
    return fingerprint(*(ours / part for part in _PARTS))


@cache
def libraries() -> dict[str, str]:
    """Return the versions that numbers may depend on."""
    found = {name: version(name) for name in ("offramp", "llvmlite", "numba", "numpy", "scipy")}
    return {"python": platform.python_version(), **found}


def processor() -> str:
    """Name the kind of processor, for which kernels are compiled."""
    return get_host_cpu_name() or platform.processor()


def computed_by() -> str:
    """Name all of these: where it is the same, numbers have the same bits."""
    return "; ".join([code(), *(f"{name} {number}" for name, number in libraries().items()), processor()])
