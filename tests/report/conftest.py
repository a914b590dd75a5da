from __future__ import annotations

import pytest

from offramp.findings.results import Findings

from .sample import hostile_findings, minimal_findings, sample_findings


@pytest.fixture(scope="session")
def findings() -> Findings:
    return sample_findings()


@pytest.fixture(scope="session")
def minimal() -> Findings:
    return minimal_findings()


@pytest.fixture(scope="session")
def hostile() -> Findings:
    return hostile_findings()
