from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from offramp.findings.results import Findings

_SPEC = importlib.util.spec_from_file_location("report_sample", Path(__file__).parents[1] / "report" / "sample.py")
assert _SPEC is not None
assert _SPEC.loader is not None
_SAMPLE = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(_SAMPLE)


@pytest.fixture(scope="session")
def findings() -> Findings:
    made = _SAMPLE.sample_findings()
    assert isinstance(made, Findings)
    return made


@pytest.fixture(scope="session")
def minimal() -> Findings:
    made = _SAMPLE.minimal_findings()
    assert isinstance(made, Findings)
    return made
