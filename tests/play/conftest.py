from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
spec = importlib.util.spec_from_file_location("play_problems", HERE / "problems.py")
assert spec is not None
assert spec.loader is not None
module = importlib.util.module_from_spec(spec)
sys.modules["play_problems"] = module
spec.loader.exec_module(module)


@pytest.fixture(scope="session")
def golden():
    def read(name: str):
        return json.loads((HERE.parent / "golden" / "play" / name).read_text())

    return read
