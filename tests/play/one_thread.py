"""The GPU's kernel compiled for the CPU, a world after the other and with one thread each.

It is the same source, so what it computes is right or wrong as on a GPU, at a thousand times the simulator's speed.
Whether threads wait for one another where they must, only the simulator and a GPU can tell.
"""

from __future__ import annotations

import importlib
from functools import cache
from types import FunctionType, ModuleType

import numpy as np
from numba import njit

MODULES = ("choosing", "slope", "step", "sweep")


@cache
def kernel():
    """Compile the kernel, with what stands for numba's CUDA in place of it."""
    lone = ModuleType("cuda")
    lone.syncthreads = njit(lambda: None)
    lone.threadIdx, lone.blockIdx = ModuleType("threadIdx"), ModuleType("blockIdx")
    lone.threadIdx.x = lone.blockIdx.x = 0
    compiled = {}
    for name in MODULES:
        module = importlib.import_module(f"offramp.play.gpu.kernels.{name}")
        mine = {**vars(module), **compiled, "cuda": lone}
        for each, found in vars(module).items():
            plain = getattr(found, "py_func", None)
            if plain is not None and plain.__module__ == module.__name__:
                compiled[each] = mine[each] = njit(error_model="numpy")(FunctionType(plain.__code__, mine))
    return compiled["sweep"]


def start(batch, shape, room):
    worlds = len(batch.worlds) - 1
    found, statuses = np.full((worlds, shape.columns), np.nan), np.full(worlds, -1)
    rooms = np.full((worlds, room), np.nan)
    for w in range(worlds):
        alone = batch._replace(worlds=batch.worlds[w : w + 2])
        kernel()(alone, shape, rooms[w : w + 1], found[w : w + 1], statuses[w : w + 1])
    return lambda: (found, statuses)
