"""Whether there is a GPU to compute on."""

from __future__ import annotations

from functools import cache

__all__ = ["available", "card"]


@cache
def available() -> bool:
    """Tell whether numba reaches an NVIDIA GPU, or its simulator of one (``NUMBA_ENABLE_CUDASIM=1``); never raises."""
    try:
        from numba import cuda

        return bool(cuda.is_available())
    except Exception:  # noqa: BLE001 - half an installation of CUDA fails in any way it likes
        return False


@cache
def card() -> str:
    """Name the card and what drives it; only where one is `available`."""
    from importlib.metadata import PackageNotFoundError, version

    from numba import cuda

    try:
        drives = version("numba-cuda")
    except PackageNotFoundError:
        drives = "of numba"
    name = getattr(cuda.get_current_device(), "name", b"simulated")
    return f"{name.decode() if isinstance(name, bytes) else name}, numba-cuda {drives}"
