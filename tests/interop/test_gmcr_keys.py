"""Keys of a .gmcr file: unknown ones, older names, and which preferences count."""

from __future__ import annotations

import json
import resource
from typing import Any

import pytest

from offramp.errors import CaseErrors
from offramp.interop.converted import Converted
from offramp.interop.gmcr.json_reading import read_json
from offramp.interop.gmcr.reading import parse_gmcr
from offramp.interop.gmcr.to_case import case_of
from offramp.interop.source_text import Faults, SourceText


def model(**changed: Any) -> dict[str, Any]:
    return {
        "options": [{"name": "Push"}, {"name": "Bow"}],
        "decisionMakers": [
            {"name": "Us", "options": [0], "preferenceRanking": [1, 2, 3, 4]},
            {"name": "Them", "options": [1], "preferenceRanking": [[1, 2, 3, 4]]},
        ],
        "useManualPreferenceRanking": True,
        **changed,
    }


def written(data: dict[str, Any]) -> Converted:
    source = SourceText("m.gmcr", json.dumps(data))
    return case_of(parse_gmcr(source), source)


def faults_of(data: dict[str, Any]) -> list[str]:
    with pytest.raises(CaseErrors) as caught:
        written(data)
    return [str(fault).partition(": ")[2] for fault in caught.value.faults]


def test_rankings_that_do_not_count_without_statements_are_a_fault() -> None:
    (fault,) = faults_of(model(useManualPreferenceRanking=False))
    assert fault.startswith(
        "`useManualPreferenceRanking` is false, and there are rankings but no prioritised statements"
    )
    assert "Set it to true" in fault


def test_rankings_of_ties_beside_no_statements_are_what_gmcr_writes() -> None:
    data = model(useManualPreferenceRanking=False)
    data["decisionMakers"][0]["preferenceRanking"] = [[1, 2, 3, 4]]
    notes = written(data).notes
    assert any("No preference is stated of us and them" in note for note in notes)
    assert not any("the statements count" in note for note in notes), "there are none"


def test_a_ranking_beside_the_statements_of_others_is_told() -> None:
    data = model(useManualPreferenceRanking=False)
    data["decisionMakers"][1]["preferences"] = [[[0, "N"]]]
    notes = written(data).notes
    assert any("No preference is stated of us: to them all states are alike." in note for note in notes)
    assert any("rankings, which it does not use; the statements count." in note for note in notes)


def test_an_old_and_a_new_key_that_differ() -> None:
    (fault,) = faults_of(model(useManualPreferenceVectors=False))
    assert "`useManualPreferenceVectors` and `useManualPreferenceRanking` differ. Keep one of them" in fault
    data = model()
    data["decisionMakers"][0]["preferenceVector"] = [1, 2, 4, 3]
    assert "`preferenceVector` and `preferenceRanking` differ" in faults_of(data)[0]
    data["decisionMakers"][0]["preferenceVector"] = [True, 2, 3, 4]
    assert "`preferenceVector` and `preferenceRanking` differ" in faults_of(data)[0], "true is not 1"


def test_an_old_and_a_new_key_that_say_the_same() -> None:
    data = model(useManualPreferenceVectors=True)
    for maker in data["decisionMakers"]:
        maker["preferenceVector"] = maker["preferenceRanking"]
    assert written(data).text == written(model()).text


def test_a_bad_value_goes_by_the_key_that_is_there() -> None:
    data = model(useManualPreferenceVectors=1)
    del data["useManualPreferenceRanking"]
    assert faults_of(data)[0].startswith("`useManualPreferenceVectors` must be true or false, not the number 1")


@pytest.mark.parametrize(
    ("where", "key", "value", "said"),
    [
        ((), "infeasible", [], "the key `infeasible` is not known in a model. Did you mean `infeasibles`?"),
        ((), "Coalitions", [], "the key `Coalitions` is not known in a model. Did you mean `coalitions`?"),
        (("decisionMakers", 0), "preference", [], "not known in a decision maker. Did you mean `preferences`?"),
        (("decisionMakers", 0), "misperception", [], "Did you mean `misperceptions`?"),
        (("options", 0), "permitedDirection", "fwd", "not known in an option. Did you mean `permittedDirection`?"),
    ],
)
def test_a_misspelt_key(where: tuple[Any, ...], key: str, value: Any, said: str) -> None:
    data = here = model()
    for step in where:
        here = here[step]
    here[key] = value
    (fault,) = faults_of(data)
    assert said in fault


def test_a_misspelt_key_is_not_missing_too() -> None:
    data = model()
    data["decisionMakers"][0]["preferenceRankings"] = data["decisionMakers"][0].pop("preferenceRanking")
    data["options"][1]["naem"] = data["options"][1].pop("name")
    first, second = faults_of(data)
    assert "Did you mean `name`?" in first
    assert "Did you mean `preferenceRanking`?" in second
    assert "option 1, ," not in " ".join(faults_of(data))


def test_other_unknown_keys_are_named_and_ignored() -> None:
    data = model(program="x", version="1", coalitionsFull=[], colour="red")
    data["options"][0]["weight"] = 3
    data["decisionMakers"][0]["payoffs"] = [1]
    told = [note for note in written(data).notes if "ignored" in note]
    assert told == ["Keys that are not known are ignored: colour and weight."]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"infeasibles": [[[0, "Y"], [0, "N"]]]}, "the condition wants option 0 both taken and not, and never holds"),
        ({"coalitions": [[0, 0], 1]}, "decision maker 0 stands twice in a coalition. Name each member once"),
    ],
)
def test_what_contradicts_itself(changed: dict[str, Any], said: str) -> None:
    (fault,) = faults_of(model(**changed))
    assert said in fault


def test_an_option_without_a_name_goes_by_its_number() -> None:
    data = model(options=[{"name": "Push"}, {"name": "Bow"}, {"name": ""}])
    assert any(fault.startswith("option 2 is owned by no decision maker") for fault in faults_of(data))


def test_a_long_text_takes_no_more_than_itself() -> None:
    text = json.dumps({"a": "x\n" * 2_000_000})
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    read_json(SourceText("m.gmcr", text), Faults("m.gmcr"))
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000, "kilobytes"
