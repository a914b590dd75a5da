"""Makes the helpers of these tests, and the definitions that the stability lens is tested by, importable."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

HERE = Path(__file__).parent
for name, file in {
    "stability_brute_force": HERE.parents[1] / "stability" / "brute_force.py",
    "stability_games": HERE.parents[1] / "stability" / "games.py",
    "inverse_affine": HERE / "affine_games.py",
    "inverse_small": HERE / "small_games.py",
}.items():
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, file)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        spec.loader.exec_module(module)
