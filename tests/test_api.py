"""What `import offramp` promises."""

from __future__ import annotations

import dataclasses

import pytest

import offramp


def test_the_names_are_pinned() -> None:
    assert offramp.__all__ == ["Case", "Findings", "analyse", "build_case", "load_case", "parse_case"]
    for name in offramp.__all__:
        assert getattr(offramp, name).__doc__


def test_what_is_not_there() -> None:
    with pytest.raises(AttributeError, match="nothing"):
        _ = offramp.nothing


def test_a_case_can_be_loaded_parsed_and_built() -> None:
    loaded = offramp.load_case("coercion")
    assert isinstance(loaded, offramp.Case)
    text = "offramp: 1\nname: tiny\nplayers: {us: {options: {push: {}}}}\n"
    parsed = offramp.parse_case(text).case
    built = offramp.build_case({"offramp": 1, "name": "tiny", "players": {"us": {"options": {"push": {}}}}})
    assert parsed.digest == built.digest
    assert parsed.name == built.name == "tiny"


def test_a_run_gives_frozen_findings_that_a_notebook_shows() -> None:
    found = offramp.analyse(offramp.load_case("coercion"), worlds=1, strategies=["never-punish"], workers=1)
    assert isinstance(found, offramp.Findings)
    with pytest.raises(dataclasses.FrozenInstanceError):
        found.seed = 3
    shown = found._repr_html_()
    assert "<table" in shown
    assert "<script" not in shown


def test_version_is_that_of_the_package() -> None:
    from importlib.metadata import version

    assert offramp.__version__ == version("offramp")
