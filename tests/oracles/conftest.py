from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

spec = importlib.util.spec_from_file_location("brute_force", Path(__file__).parent / "brute_force.py")
assert spec is not None
assert spec.loader is not None
module = importlib.util.module_from_spec(spec)
sys.modules["brute_force"] = module
spec.loader.exec_module(module)
