"""The compiled inside of the play lens: flat arrays in, flat arrays changed in place."""

from __future__ import annotations

from offramp.play.cache import kept_here
from offramp.play.kernels import compiling

with kept_here() as kept:
    compiling.keep(kept)
    from offramp.play.kernels import descent, forward, sweep

__all__ = ["descent", "forward", "sweep"]
