"""A fitted model of one score."""

from __future__ import annotations

from dataclasses import dataclass

from offramp.inverse.racing.effects import Effects
from offramp.inverse.racing.factor import Factor
from offramp.shapes import Floats, Ints, Numbers

__all__ = ["Model"]


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """What cells are expected to give: centre + scale effects, or where there is a base that.

    Attributes
    ----------
    factor : Factor
    effects : tuple of Effects
        In all worlds, and by world.
    followed : Ints
        Packages whose own effects are in, ascending.
    swing : Floats
        ``[package]``, by how much a package's outcome moves with its effects.
    alone : Floats
        ``[package]``, the variance of the sum over the worlds not solved that no other package shares.
    centre, scale : float
    base : Numbers or None
        ``[package, world]``, in single precision.
    """

    factor: Factor
    effects: tuple[Effects, Effects]
    followed: Ints
    swing: Floats
    alone: Floats
    centre: float = 0.0
    scale: float = 1.0
    base: Numbers | None = None
