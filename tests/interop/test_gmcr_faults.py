"""Damaged files: every fault at its line and column, with what to write instead; never another exception."""

from __future__ import annotations

import copy
import json
import random
from pathlib import Path
from typing import Any

import pytest
from interop_models import random_model

from offramp.errors import CaseErrors, UsageError
from offramp.interop import read_gmcr
from offramp.interop.gmcr.reading import parse_gmcr
from offramp.interop.gmcr.to_case import case_of
from offramp.interop.source_text import SourceText

SOUND = """{
 "options": [
  {"name": "Push", "permittedDirection": "both"},
  {"name": "Bow", "permittedDirection": "fwd"},
  {"name": "Flee", "permittedDirection": "back"}],
 "decisionMakers": [
  {"name": "Us", "options": [0], "preferenceRanking": [1, [2, 3], 4, 5, 6]},
  {"name": "Them", "options": [1, 2], "preferenceRanking": [6, 5, 4, 3, 2, 1]}],
 "infeasibles": [[[1, "Y"], [2, "Y"]]],
 "useManualPreferenceRanking": true
}
"""


def faults_of(text: str) -> list[str]:
    source = SourceText("m.gmcr", text)
    with pytest.raises(CaseErrors) as caught:
        case_of(parse_gmcr(source), source)
    return [str(fault) for fault in caught.value.faults]


def test_the_sound_model_is_sound() -> None:
    parse_gmcr(SourceText("m.gmcr", SOUND))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("Flee", "Bow", "m.gmcr:5:3: two options of Them are named Bow. Rename one of them"),
        ('"Them"', '"Us"', "m.gmcr:8:3: two decision makers are named Us. Rename one of them"),
        ("4, 5, 6]", "4, 5]", "m.gmcr:7:55: the ranking of Us misses state 6 of 6. List the numbers"),
        ("[2, 3], 4", "[2, 3], 3", "m.gmcr:7:67: the ranking of Us names state 3 twice. Keep one of the two"),
        ("6, 5, 4", "7, 5, 4", "m.gmcr:8:61: there is no feasible state 7. There are 1 to 6"),
        ("6, 5, 4", "0, 5, 4", "there is no feasible state 0. There are 1 to 6"),
        ("6, 5, 4", "true, 5, 4", "the number of a feasible state is wanted, not true"),
        ("6, 5, 4", '"6", 5, 4', 'the number of a feasible state is wanted, not the text "6"'),
        ("6, 5, 4", "6.0, 5, 4", "the number of a feasible state is wanted, not the number 6.0"),
        ("6, 5, 4", "[], 6, 5, 4", "a tie without states. Remove it"),
        ("6, 5, 4", "[[6]], 5, 4", "the number of a feasible state is wanted, not a list [...]"),
        ("6, 5, 4", "NaN, 5, 4", "m.gmcr:8:61: NaN is not a number of JSON"),
        ("6, 5, 4", "123456789012345678901234567890, 5, 4", "is too long"),
        ("[0]", "[]", "m.gmcr:3:3: option 0, Push, is owned by no decision maker. Put its number"),
        ("[0]", "[0, 1]", "m.gmcr:8:32: option 1 is owned by Us too. Leave it to one decision maker"),
        ("[0]", "[0, 0]", "option 0 is owned twice here"),
        ("[0]", "[-1, 0]", "there is no option -1. There are 0 to 2"),
        ("[0]", "[false]", "the number of an option is wanted, not false"),
        ("[0]", "{}", "`options` must be a list, not an object {...}"),
        ('[[1, "Y"], [2, "Y"]]', '[[0, "Y"]], [[0, "N"]]', "m.gmcr:9:17: everything is infeasible. Remove a condition"),
        ('[[1, "Y"], [2, "Y"]]', "[]", "a condition without options holds everywhere"),
        ('[[1, "Y"], [2, "Y"]]', '[[1, "Y"], [9, "Y"]]', "m.gmcr:9:30: there is no option 9. There are 0 to 2"),
        ('[[1, "Y"], [2, "Y"]]', '[[1, "maybe"]]', '"Y" or "N" is wanted, not the text "maybe"'),
        ('[[1, "Y"], [2, "Y"]]', '[1, "Y"]', 'an option and Y or N are wanted, not the number 1. Write [0, "Y"]'),
        ('[[1, "Y"], [2, "Y"]]', '{"members": []}', 'needs "compound": true'),
        (
            '[[1, "Y"], [2, "Y"]]',
            '{"compound": true, "members": []}',
            "a compound condition without members never holds",
        ),
        ('[[1, "Y"], [2, "Y"]]', '{"compound": true}', "`members` is missing"),
        ('"fwd"', '"forward"', 'a direction is wanted, not the text "forward". Write "both", "fwd"'),
        ('"fwd"', "2", "a direction is wanted, not the number 2"),
        ('{"name": "Push", "permittedDirection": "both"}', "7", "an option must be an object, not the number 7"),
        ('"Push"', '" \\n"', "the name of option 0 is empty"),
        ('"name": "Push"', '"title": "Push"', "m.gmcr:3:3: option 0 has no name. Give option 0 a name"),
        ("true", "1", "`useManualPreferenceRanking` must be true or false, not the number 1"),
        (
            '"preferenceRanking": [6',
            '"ranking": [6',
            "Them has no `preferenceRanking`, and the model takes the rankings",
        ),
        ('"decisionMakers"', '"players"', "m.gmcr:1:1: `decisionMakers` is missing"),
        ('"name": "Us"', '"name": "Us", "name": "Ours"', 'm.gmcr:7:18: the key "name" stands here again'),
        ("[0]", "[0,]", "a value is missing between the comma and ]. Remove the comma"),
        ('"Push"', "'Push'", "m.gmcr:3:12: single quotes have no place in JSON"),
        ('"Push"', '"Push', "m.gmcr:3:20: a comma, or the end of the {, is missing before permittedDirectio"),
        ('"Push"', '"Pu\\sh"', "m.gmcr:3:12: this text holds a character or an escape that JSON does not allow"),
        ('"back"}', '"back}', "m.gmcr:5:42: the text that begins here does not end on its line. Close its quotes"),
        ("true\n", "True\n", "True is not a word of JSON. Write true"),
        ("true\n}", "true\n}}", "} is left over after the end"),
        ("true\n}", 'true, "coalitions": [[0, 5]]\n}', "there is no decision maker 5. There are 0 to 1"),
    ],
)
def test_one_fault(old: str, new: str, said: str) -> None:
    assert old in SOUND
    found = faults_of(SOUND.replace(old, new, 1))
    assert any(said in fault for fault in found), found


def test_all_faults_at_once() -> None:
    text = SOUND.replace('"Flee"', '"Bow"').replace('"fwd"', '"on"').replace("[0]", "[0, 7]").replace("[6, 5", "[6, 6")
    found = faults_of(text)
    assert [fault.split(":")[1] for fault in found] == ["4", "5", "7", "8", "8"]


@pytest.mark.parametrize("share", [0.1, 0.3, 0.5, 0.9])
def test_a_file_cut_off(share: float) -> None:
    (fault,) = faults_of(SOUND[: int(len(SOUND) * share)])
    assert fault.startswith("m.gmcr:")
    assert "cut off" in fault or "close" in fault


def test_forty_options_are_refused_with_the_number() -> None:
    for count, number in ((40, "1.1e+12"), (100_000, "2^100000")):
        data = {"options": [{"name": str(k)} for k in range(count)],
                "decisionMakers": [{"name": "All", "options": list(range(count)), "preferences": []}]}  # fmt: skip
        (fault,) = faults_of(json.dumps(data))
        assert f"the model has {count} options, which make {number} states; the most is 20 options (1,048,576" in fault


def test_a_ranking_of_too_many_states_is_refused() -> None:
    makers = [{"name": "A", "options": list(range(8)), "preferenceRanking": list(range(1, 32_769))},
              {"name": "B", "options": list(range(8, 15)), "preferenceRanking": [list(range(1, 32_769))]}]  # fmt: skip
    data = {"options": [{"name": str(k)} for k in range(15)], "decisionMakers": makers,
            "useManualPreferenceRanking": True}  # fmt: skip
    found = faults_of(json.dumps(data))
    assert len(found) == 2
    assert "a ranking of 32,768 states does not fit into a case file; the most is 20,000" in found[0]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", ":1:1: the file is empty"),
        (b"[]", ":1:1: the file is a list [...], not the one object"),
        (b"\xff\xfe\x01", "is not UTF-16"),
        (SOUND.replace("Us", "\xdcs").encode("latin-1"), ":7:13: the byte 0xdc is not UTF-8"),
        (b"[" * 100_000, ":1:52: the nesting is deeper than 50"),
        (b"x" * 8_100_000, ":1:1: the file is larger than 8 MB"),
        (SOUND.encode("utf-16")[:-1], "is not UTF-16"),
        (b'{"options": ' + b"[0" + b",0" * 1_000_000 + b"]}", "the file has more than 1,000,000 values"),
    ],
    ids=["empty", "list", "binary", "latin", "deep", "huge", "half a character", "many"],
)
def test_files_that_are_no_model(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "m.gmcr"
    path.write_bytes(content)
    with pytest.raises(CaseErrors) as caught:
        read_gmcr(path)
    assert said in str(caught.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "m.gmcr"
    path.write_bytes(SOUND.replace("Us", "\xdcs").replace("\n", "\r\n").encode(encoding))
    assert [player.name for player in read_gmcr(path).case.players.values()] == ["\xdcs", "Them"]


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    for name in ("missing.gmcr", "a\0b.gmcr"):
        with pytest.raises(UsageError, match="cannot read"):
            read_gmcr(tmp_path / name)


def test_preferences_that_the_file_does_not_choose_between() -> None:
    unsaid = SOUND.replace(',\n "useManualPreferenceRanking": true', "")
    assert parse_gmcr(SourceText("m.gmcr", unsaid)).by_ranking is True
    both = unsaid.replace('"options": [0],', '"options": [0], "preferences": [[[0, "Y"]]],')
    assert "there are rankings and statements, and no `useManualPreferenceRanking` to choose" in faults_of(both)[0]


def test_old_keys_and_small_letters() -> None:
    old = SOUND.replace("preferenceRanking", "preferenceVector").replace("Ranking", "Vectors").replace('"Y"', '"y"')
    assert parse_gmcr(SourceText("m.gmcr", old)) == parse_gmcr(SourceText("m.gmcr", old.replace('"y"', '"Y"')))
    assert parse_gmcr(SourceText("m.gmcr", old)).makers[0].ranking == ((1,), (2, 3), (4,), (5,), (6,))


JUNK: list[Any] = [
    None, True, 0, -1, 99, 2**70, 1.5, "Y", "n", "", [], {}, [[]], [[0, "Y"]], {"compound": True, "members": []},
    "x" * 300, "\ud800\u202e\x00", [1, [2]], float("nan"), float("inf"),
]  # fmt: skip


def spots(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [each for key, part in inside for each in [(*path, key), *spots(part, (*path, key))]]


@pytest.mark.parametrize("block", range(4))
def test_whatever_is_damaged_is_told(block: int) -> None:
    """Values put in, left out or repeated anywhere, the text cut or garbled: faults with places, or a sound case."""
    for seed in range(150 * block, 150 * (block + 1)):
        rng = random.Random(seed)
        model = random_model(seed % 100)
        for _ in range(rng.choice([1, 1, 2, 4])):
            if not (path := rng.choice(spots(model) or [()])):
                break
            parent = model
            for step in path[:-1]:
                parent = parent[step]
            chance = rng.random()
            if chance < 0.7:
                parent[path[-1]] = copy.deepcopy(rng.choice(JUNK))
            elif chance < 0.85 or not isinstance(parent, list):
                del parent[path[-1]]
            else:
                parent.insert(0, copy.deepcopy(parent[path[-1]]))
        text = json.dumps(model)
        if rng.random() < 0.3:
            at = rng.randrange(len(text))
            text = text[:at] + rng.choice(["", rng.choice("{}[]\",:0-x\n'\\") + text[at + rng.choice([0, 1]) :]])
        source = SourceText("m.gmcr", text)
        try:
            case_of(parse_gmcr(source), source).case_file("m")
        except CaseErrors as e:
            for fault in e.faults:
                assert fault.place is not None, (seed, fault)
                assert fault.place.file == "m.gmcr", seed
                assert fault.hint, (seed, fault)
