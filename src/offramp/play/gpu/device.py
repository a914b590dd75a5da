"""Whether there is a GPU to compute on."""

from __future__ import annotations

from functools import cache

__all__ = ["available"]


@cache
def available() -> bool:
    """Tell whether numba reaches an NVIDIA GPU, or its simulator of one (``NUMBA_ENABLE_CUDASIM=1``); never raises."""
    try:
        from numba import cuda

        return bool(cuda.is_available())
    except Exception:  # noqa: BLE001 - half an installation of CUDA fails in any way it likes
        return False
