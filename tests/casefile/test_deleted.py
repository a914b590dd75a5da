"""What a case deletes of its base, and what of the base still needs it."""
# ruff: noqa: E501 (whole messages)

from __future__ import annotations

from pathlib import Path

import pytest

from offramp.casefile import load_case
from offramp.casefile.merging import merge
from offramp.casefile.tree import read_tree
from offramp.errors import CaseErrors, Place

BASE = """\
offramp: 1
settings: {guarantee: {levels: [none, offered]}}
players:
  us: {options: {pressure: {}}}
  them: {options: {concede: {}}}
outcomes: {talks: {of: them.concede, better: high}, price: {of: us.pressure, better: low}}
strategies:
  press: {player: us, does: [{otherwise: {pressure: yes}}]}
  wait: {player: us, does: [{otherwise: {pressure: no}}]}
  free: {}
levers:
  course: {by: us, levels: {wait: {follows: wait}, press: {follows: press}, free: {follows: free}}}
  word: {by: us, sets: guarantee}
targets:
  yield: {that: them.concede, by: us, outcome: talks, at-least: 0.5, strategy: free, minds: [price, talks]}
"""


def load(folder: Path, **files: str) -> list[str]:
    """Write files and load the last; return the faults."""
    (folder / "base.yaml").write_text(BASE, encoding="utf-8")
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(f"offramp: 1\n{text}", encoding="utf-8")
    try:
        load_case(folder / f"{name}.yaml")
    except CaseErrors as e:
        return [str(fault).removeprefix(f"{folder}/") for fault in e.faults]
    return []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "strategies: {press: null}\n",
            [
                "own.yaml:3:14: the strategy `press` is deleted here, and the level `press` of the lever `course` needs it. "
                "Take the level out: levers: {course: {levels: {press: null}}}, or name another: wait or free"
            ],
        ),
        (
            "strategies:\n  free:\n",
            [
                "own.yaml:4:3: the strategy `free` is deleted here, and the level `free` of the lever `course` needs it. "
                "Take the level out: levers: {course: {levels: {free: null}}}, or name another: press or wait",
                "own.yaml:4:3: the strategy `free` is deleted here, and the target `yield` needs it. "
                "Take the target out: targets: {yield: null}, or name another: press or wait",
            ],
        ),
        (
            "settings: {guarantee: null}\n",
            [
                "own.yaml:3:12: the setting `guarantee` is deleted here, and the lever `word` needs it. "
                "Take the lever out: levers: {word: null}, or name another: us.pressure"
            ],
        ),
        (
            "outcomes: {talks: null}\n",
            [
                "own.yaml:3:12: the outcome `talks` is deleted here, and the target `yield` needs it. "
                "Take the target out: targets: {yield: null}, or name another: price",
                "own.yaml:3:12: the outcome `talks` is deleted here, and the list `minds` of the target `yield` needs it. "
                "Write targets: {yield: {minds: [price]}}, or name another: price",
            ],
        ),
    ],
)
def test_it_is_faulted_where_it_is_deleted(tmp_path: Path, text: str, said: list[str]) -> None:
    assert load(tmp_path, own=f"extends: base.yaml\n{text}") == said


def test_further_down_too(tmp_path: Path) -> None:
    middle = "extends: base.yaml\nstrategies: {press: null}\n"
    (fault,) = load(tmp_path, middle=middle, own="extends: middle.yaml\ntitle: x\n")
    assert fault.startswith("middle.yaml:3:14: the strategy `press` is deleted here")


def test_what_is_put_back_is_there(tmp_path: Path) -> None:
    middle = "extends: base.yaml\nstrategies: {press: null}\nsettings: {guarantee: null}\n"
    own = (
        "extends: middle.yaml\nstrategies: {press: {player: us, does: [{otherwise: {}}]}}\n"
        "settings: {guarantee: {levels: [no, yes]}}\n"
    )
    assert load(tmp_path, middle=middle, own=own) == []


def test_what_needs_it_can_be_deleted_with_it(tmp_path: Path) -> None:
    own = (
        "extends: base.yaml\nstrategies: {free: null}\nsettings: {guarantee: null}\n"
        "levers: {course: {levels: {free: null}, now: press}, word: null}\ntargets: {yield: {strategy: wait}}\n"
    )
    assert load(tmp_path, own=own) == []
    case = load_case(tmp_path / "own.yaml")
    assert list(case.levers) == ["course"]
    assert [level.id for level in case.levers["course"].levels] == ["wait", "press"]
    assert (case.levers["course"].now, case.targets["yield"].strategy) == (1, "wait")


def test_a_tree_knows_what_was_deleted() -> None:
    tree, _ = merge(read_tree("a: {b: 1, c: 2}\nw: [{id: p, k: 1}]", "base.yaml"),
                    read_tree("a: {b: null, z: null}\nw: [{id: p, k: null}]", "own.yaml"))  # fmt: skip
    assert tree.deleted == {("a", "b")}
    assert tree.place(("a", "b"), at_key=True) == Place("own.yaml", 1, 5)
