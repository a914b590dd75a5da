"""The JSON Schema of case files."""

import json
from importlib import resources

import jsonschema
import pytest

from offramp.casefile import read_tree, starter_text
from offramp.cases import catalogue
from offramp.model.schema import case_schema

SCHEMA = case_schema()
CHECK = jsonschema.Draft202012Validator(SCHEMA)


def test_it_is_a_schema():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["title"] == "offramp case file"


def test_the_exported_schema_is_up_to_date():
    """Mend with: offramp schema > src/offramp/model/case.schema.json"""
    kept = resources.files("offramp.model").joinpath("case.schema.json").read_text(encoding="utf-8")
    assert json.loads(kept) == SCHEMA


@pytest.mark.parametrize("shipped", catalogue(), ids=lambda case: case.name)
def test_shipped_cases_fit(shipped):
    CHECK.validate(read_tree(shipped.text(), shipped.name).data)


def test_a_file_that_extends_another_may_say_less_and_delete():
    CHECK.validate(
        {
            "extends": "base",
            "players": {"us": {"wants": [{"id": "relief", "remove": True}], "options": {"offer": None}}},
        }
    )
    assert not CHECK.is_valid({"extends": "base", "players": {"us": {"pase": 1}}})


def test_the_starter_fits():
    CHECK.validate(read_tree(starter_text("mine"), "mine.yaml").data)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("titel", "x"),
        ("offramp", "one"),
        ("players.us", "x"),
        ("players.us.pace", True),
        ("players.us.pace", [1, 2, 3]),
        ("players.us.pace", {"rang": [0, 1]}),
        ("players.us.options.pressure.levels", ["one"]),
        ("players.us.wants.0", {"that": "us.offer"}),
        ("outcomes.talks.measure", "mean"),
        ("time", {"horizon": 0}),
        ("conditions.anger.rises", {"of": "us.offer", "rate": 1}),
        ("levers", {"word": {"by": "us", "sets": "guarantee", "cost": 1}}),
        ("levers", {"word": {"by": "us", "levels": {"a": {"folows": "press"}}}}),
        ("targets", {"talks": {"outcome": "talks"}}),
        ("targets", {"talks": {"that": "us.offer", "in": 2}}),
    ],
)
def test_bad_shapes_do_not(small, path, value):
    assert CHECK.is_valid(small())
    assert not CHECK.is_valid(small(**{path: value}))
