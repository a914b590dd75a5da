"""Ctrl-C: the first stops cleanly, one right after it changes nothing, a later one ends at once."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

__all__ = ["stoppable"]

SAME = 1.0
"""Seconds within which another Ctrl-C is the same one."""
STOPPED = 4
"""The exit code."""


@contextmanager
def stoppable(kept: str = " `offramp resume` goes on with what was kept.") -> Iterator[None]:
    """Let Ctrl-C raise KeyboardInterrupt once, so that nothing cuts off the clean stop; the exit code stays 4.

    Parameters
    ----------
    kept
        What to say of what was done, where a later one ends at once.
    """
    first: list[float] = []

    def stop(number: int, frame: FrameType | None) -> None:
        now = time.monotonic()
        if not first:
            first.append(now)
            os.write(2, b"\nStopping after the worlds in hand. Ctrl-C once more stops at once.\n")
            raise KeyboardInterrupt
        if now - first[0] > SAME:  # what is on disk by now is whole
            os.write(2, f"\nStopped at once.{kept}\n".encode())
            os._exit(STOPPED)

    before = signal.getsignal(signal.SIGINT)
    if threading.current_thread() is not threading.main_thread() or before is signal.SIG_IGN:
        yield
        return
    signal.signal(signal.SIGINT, stop)
    try:
        yield
    finally:
        # Once stopped there is only the end to come, in which Python would die of the signal.
        signal.signal(signal.SIGINT, signal.SIG_IGN if first else before)
