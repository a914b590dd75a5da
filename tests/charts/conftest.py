from __future__ import annotations

import pytest

from offramp.findings.results import Findings

from ..report.sample import minimal_findings, sample_findings


@pytest.fixture(scope="session")
def findings() -> Findings:
    return sample_findings()


@pytest.fixture(scope="session")
def minimal() -> Findings:
    return minimal_findings()
