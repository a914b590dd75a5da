"""Makes the helpers of these tests importable, and the brute force of the stability tests."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

HERE = Path(__file__).parent

for name, file in (("stability_brute_force", HERE.parent / "stability" / "brute_force.py"),
                   ("interop_by_hand", HERE / "by_hand.py"),
                   ("interop_models", HERE / "models.py")):  # fmt: skip
    if name in sys.modules:
        continue
    spec = importlib.util.spec_from_file_location(name, file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
