"""Starting the kernel."""

from __future__ import annotations

import warnings
from collections.abc import Callable

import numpy as np
from numba import cuda

from offramp.play.gpu.kernels.sweep import sweep
from offramp.play.gpu.layout import Batch, Shape
from offramp.shapes import Floats, Ints

__all__ = ["start"]


def start(batch: Batch, shape: Shape, room: int) -> Callable[[], tuple[Floats, Ints]]:
    """Start sweeping a batch.

    Parameters
    ----------
    batch : Batch
    shape : Shape
    room : int
        How long a world's room is.

    Returns
    -------
    callable
        Waits for the end: the values at the start, [W, N], and how each world went, [W].
    """
    worlds = len(batch.worlds) - 1
    found = cuda.device_array((worlds, shape.columns), np.float64)
    statuses = cuda.device_array(worlds, np.int64)
    rooms = cuda.device_array((worlds, room), np.float64)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Grid size")  # numba would have more worlds at once
        sweep[worlds, shape.threads](Batch(*map(cuda.to_device, batch)), shape, rooms, found, statuses)
    return lambda: (found.copy_to_host(), statuses.copy_to_host())
