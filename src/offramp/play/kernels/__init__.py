"""The compiled inside of the play lens: flat arrays in, flat arrays changed in place."""

from __future__ import annotations

from pathlib import Path

from offramp.compiled import kept_for

with kept_for(Path(__file__).parent) as kept:
    from offramp.play.kernels import descent, forward, sweep

__all__ = ["descent", "forward", "sweep"]
