"""Compiled kernels: how they are compiled, and where they are kept."""

from offramp.compiled.cache import kept_for
from offramp.compiled.kernels import helper, kernel

__all__ = ["helper", "kept_for", "kernel"]
