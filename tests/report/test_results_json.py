from __future__ import annotations

import json
import math
from dataclasses import replace

import jsonschema
import pytest

from offramp.findings.results import Findings
from offramp.report import results_schema, to_json


@pytest.mark.parametrize("which", ["findings", "minimal", "hostile"])
def test_follows_the_schema(which: str, request: pytest.FixtureRequest) -> None:
    schema = results_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(to_json(request.getfixturevalue(which)), schema)


def test_schema_names_every_field(findings: Findings) -> None:
    assert set(to_json(findings)) == set(results_schema()["properties"])


def test_promised_keys(findings: Findings) -> None:
    content = to_json(findings)
    assert content["schema"] == 1
    assert content["seed"] == findings.seed
    assert content["digest"] == findings.digest
    for strategy in findings.strategies:
        for outcome in findings.outcomes:
            band = content["outcomes"][strategy][outcome]
            assert {"best_guess", "mean", "p05", "p95", "robust_regret"} <= set(band)
    assert {"verdict", "share", "low", "high"} <= set(content["verdicts"]["offramp"])


def test_what_is_not_a_number_is_null(findings: Findings) -> None:
    content = to_json(findings)
    assert content["verdicts"]["leader-decides"]["share"] is None
    text = json.dumps(content, allow_nan=False)
    assert json.loads(text) == content


def test_duration_and_order_of_work_leave_no_trace(findings: Findings) -> None:
    other = replace(
        findings,
        numerics=replace(findings.numerics, seconds=math.pi),
        failed=tuple(reversed(findings.failed)),
        outcomes_by=dict(reversed(findings.outcomes_by.items())),
    )
    assert json.dumps(to_json(other)) == json.dumps(to_json(findings))
