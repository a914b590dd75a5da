"""What runs on the GPU: a block of threads per world. Importing it imports numba's CUDA.

The threads of a block share out the items of a loop, each taking every so-manieth, and wait for one another
(``syncthreads``) wherever one needs what another wrote. All of them take every decision, from the same numbers.
"""

from __future__ import annotations

from offramp.play.gpu.kernels.launch import start

__all__ = ["start"]
