"""What a run finds of a case with two essays."""

from __future__ import annotations

from pathlib import Path

import pytest

import offramp


@pytest.fixture(scope="session")
def essays() -> offramp.Findings:
    case = offramp.load_case(Path(__file__).parent / "two_essays.yaml")
    return offramp.analyse(case, worlds=32, seed=1, workers=2)
