"""A run on a GPU, simulated: the same worlds fail, and the numbers agree with those of threads."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from offramp.ensemble import gpu_crew
from offramp.errors import UsageError
from offramp.play.gpu import available

pytest.importorskip("numba.cuda", reason="this numba has no CUDA")


@pytest.mark.slow
def test_simulated() -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", Path(__file__).with_name("gpu_simulated.py")],
        env={**os.environ, "NUMBA_ENABLE_CUDASIM": "1"},
        capture_output=True,
        text=True,
        timeout=240,
    )
    assert done.returncode == 0, done.stderr
    assert float(done.stdout) < 1e-5


@pytest.mark.skipif(available(), reason="there is a GPU here")
def test_without_a_gpu_it_says_so() -> None:
    with pytest.raises(UsageError, match="no NVIDIA GPU"):
        gpu_crew()
