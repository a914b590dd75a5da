"""Makes the helpers of these tests importable."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

for name in ("brute_force", "games", "coalitions_by_hand", "limited_by_hand", "paths_by_hand"):
    spec = importlib.util.spec_from_file_location(f"stability_{name}", Path(__file__).parent / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
