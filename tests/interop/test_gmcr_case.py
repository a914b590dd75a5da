"""How a model reads as a case."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from offramp.casefile import parse_case
from offramp.interop import read_case, read_gmcr
from offramp.interop.converted import Converted
from offramp.interop.gmcr.reading import parse_gmcr
from offramp.interop.gmcr.to_case import case_of
from offramp.interop.source_text import SourceText


def model(**changes: Any) -> dict[str, Any]:
    return {
        "options": [{"name": "Delay", "permittedDirection": "back"}, {"name": "Full"}, {"name": "Full"}],
        "decisionMakers": [
            {"name": "The \"Owner\": {a}, #1", "options": [0, 1], "preferences": [[[0, "Y"], [2, "N"]]]},
            {"name": "Others", "options": [2], "preferences": []},
        ],
        "useManualPreferenceRanking": False,
    } | changes  # fmt: skip


def written(data: dict[str, Any], file: str = "a model.gmcr") -> Converted:
    source = SourceText(file, json.dumps(data))
    found = case_of(parse_gmcr(source), source)
    parse_case(found.text)
    return found


def test_names_and_directions() -> None:
    case = parse_case(written(model()).text).case
    owner, others = case.players.values()
    assert (owner.id, owner.name) == ("the-owner-a-1", 'The "Owner": {a}, #1')
    assert [(o.id, o.name, o.levels, o.start) for o in owner.options] == [
        ("option-delay", "Delay", ("yes", "no"), 1), ("full", "Full", ("no", "yes"), 0)]  # fmt: skip
    assert others.options[0].id == "full", "ids differ inside a player only"
    assert case.irreversible == (("the-owner-a-1", "option-delay"),)
    assert (case.name, case.title) == ("a-model", "a model")


def test_where_it_starts() -> None:
    assert "starts where no option is taken." in written(model()).text
    text = written(model(infeasibles=[[[0, "N"], [1, "N"]], [[0, "Y"], [2, "N"]]])).text
    assert "the first feasible\n#   state, 2, with the-owner-a-1.full." in text
    case = parse_case(text).case
    starts = [option.levels[option.start] for player in case.players.values() for option in player.options]
    assert starts == ["no", "yes", "no"]


def test_what_a_case_has_no_place_for_is_told() -> None:
    data = model(coalitions=[[0, 1]])
    data["decisionMakers"][1]["preferenceRanking"] = [1]
    told = written(data).notes
    assert any("coalitions, for which a case has no place: the-owner-a-1 with others." in note for note in told)
    assert any("rankings, which it does not use; the statements count." in note for note in told)
    assert not any("coalition" in note for note in written(model(coalitions=[0, 1])).notes), "each alone is none"


def test_equal_conditions_count_once() -> None:
    twice = [[[0, "Y"], [2, "N"]], [[2, "N"], [0, "Y"]], {"compound": True, "members": [[[0, "Y"], [2, "N"]]]}]
    data = model()
    data["decisionMakers"][0]["preferences"] = twice
    assert written(data).text.split("players:")[1] == written(model()).text.split("players:")[1]


def test_long_compounds_are_cut() -> None:
    answers = ("YNY", "NYY", "YYY", "NNY", "YYN", "NYN")
    parts = [[[k, answer] for k, answer in enumerate(each)] for each in answers]
    case = parse_case(written(model(infeasibles=[{"compound": True, "members": parts}])).text).case
    assert len(case.impossible) == 2


@pytest.mark.parametrize("name", ["odd\n\x1b[31m.gmcr", "\udcff.gmcr", "\u4e2d.gmcr", "not.gmcr"])
def test_odd_file_names(name: str) -> None:
    found = written(model(), name)
    assert found.case_file("x").case.name not in ("", "not")


def test_faults_of_the_case_stand_at_places_of_the_model(tmp_path: Path) -> None:
    path = tmp_path / "m.gmcr"
    path.write_text(json.dumps(model(), indent=1), encoding="utf-8")
    tree = read_gmcr(path).tree
    lines = path.read_text(encoding="utf-8").splitlines()
    for where, words in {
        ("players", "the-owner-a-1"): "{",
        ("players", "the-owner-a-1", "options", "full"): "{",
        ("players", "the-owner-a-1", "prefers", 0, "that"): "[",
        ("players", "others", "prefers"): "[]",
    }.items():
        place = tree.place(where)
        assert place.file == str(path)
        assert lines[place.line - 1][place.column - 1 :].startswith(words), where
    assert tree.place(("time",)).line == 1


def test_read_case_takes_both() -> None:
    assert read_case("coercion").case.name == "coercion"


def test_endings_in_capitals(tmp_path: Path) -> None:
    path = tmp_path / "M.GMCR"
    path.write_text(json.dumps(model()), encoding="utf-8")
    assert read_case(path).case.name == read_case(str(path)).case.name == "m"
