"""``offramp convert``, and models of GMCR+ where a case is wanted."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

MODEL = {
    "options": [{"name": "Push", "permittedDirection": "both"}, {"name": "Bow", "permittedDirection": "back"}],
    "decisionMakers": [
        {"name": "Us", "options": [0], "preferences": [[[1, "Y"]], [[0, "N"]]]},
        {"name": "Them", "options": [1], "preferences": [[[0, "N"]], [[1, "N"]]]},
    ],
    "useManualPreferenceRanking": False,
}

TABLE = "Actor,Description,Influence,X Position,X Salience\nA,,1,0,50\nB,,1,100,50\n"


PAGE = (Path(__file__).parents[2] / "docs" / "convert.md").read_text(encoding="utf-8")


@pytest.fixture
def files(here: Path) -> Path:
    Path("quarrel.gmcr").write_text(json.dumps(MODEL), encoding="utf-8")
    Path("actors.csv").write_text(TABLE, encoding="utf-8")
    return here


def test_there_and_back(offramp, files) -> None:
    done = offramp("convert", "quarrel.gmcr", "case.yaml")
    assert (done.code, done.out) == (0, "Wrote case.yaml.\n")
    assert "no status quo" in done.err
    checked = offramp("check", "case.yaml")
    assert checked.out.startswith("quarrel: no mistakes\n")
    assert "neither a source" not in checked.out
    back = offramp("convert", "case.yaml", "back.gmcr")
    assert back.code == 0
    assert "The start is lost" in back.err
    found = json.loads(Path("back.gmcr").read_text(encoding="utf-8"))
    assert [maker["preferences"] for maker in found["decisionMakers"]] == [
        maker["preferences"] for maker in MODEL["decisionMakers"]
    ]
    assert found["options"] == MODEL["options"]


def test_a_table_becomes_a_case(offramp, files) -> None:
    assert offramp("convert", "actors.csv", "case.yaml").code == 0
    assert offramp("check", "case.yaml").code == 0
    held = json.loads(offramp("stability", "case.yaml", "--worlds", 4, "--json").out)
    assert len(held["states"]) == 25


@pytest.mark.parametrize(
    ("source", "target", "beginning"),
    [
        ("small.yaml", "out.dot", "// What holds in small"),
        ("quarrel.gmcr", "out.dot", "// What holds in quarrel"),
        ("coercion", "out.graphml", "<?xml"),
        ("small.yaml", "OUT.GMCR", "{\n"),
    ],
)
def test_other_programs(offramp, files, source, target, beginning) -> None:
    assert offramp("convert", source, target).code == 0
    assert Path(target).read_text(encoding="utf-8").startswith(beginning)


def test_nothing_is_overwritten_without_force(offramp, files) -> None:
    Path("case.yaml").write_text("mine", encoding="utf-8")
    done = offramp("convert", "quarrel.gmcr", "case.yaml")
    assert done.code == 2
    assert "case.yaml is there already. Choose another name, or add --force" in done.err
    assert Path("case.yaml").read_text(encoding="utf-8") == "mine"
    assert offramp("convert", "quarrel.gmcr", "case.yaml", "--force").code == 0
    assert Path("case.yaml").read_text(encoding="utf-8") != "mine"


def test_nothing_is_written_where_something_is_wrong(offramp, files) -> None:
    Path("bad.gmcr").write_text(json.dumps(MODEL).replace('"Y"', '"X"'), encoding="utf-8")
    before = sorted(Path().iterdir())
    for name in ("bad.gmcr", "missing.gmcr", "missing.csv"):
        assert offramp("convert", name, "case.yaml").code in (2, 3)
        assert offramp("convert", "iran-2009", "out.gmcr").code == 3
    assert sorted(Path().iterdir()) == before


@pytest.mark.parametrize(
    ("source", "target", "said"),
    [
        ("quarrel.gmcr", "case", "case has no ending that would say what is wanted. Possible are X.gmcr case.yaml;"),
        ("quarrel.gmcr", "case.pdf", ".pdf is not known. Possible are"),
        ("quarrel.gmcr", "other.gmcr", "quarrel.gmcr cannot become .gmcr. Possible are"),
        ("actors.csv", "out.dot", "actors.csv cannot become .dot. Possible are"),
        ("small.yaml", "other.yaml", "small.yaml is a case already. Possible are"),
        ("coercion", "other.yml", "coercion is a case already"),
        ("notes.txt", "case.yaml", "notes.txt cannot become a case"),
        ("nosuch", "out.dot", "there is no shipped case `nosuch`"),
        ("missing.gmcr", "case.yaml", "cannot read missing.gmcr: No such file or directory"),
        ("folder.gmcr", "case.yaml", "cannot read folder.gmcr: Is a directory"),
        ("a\0b.gmcr", "case.yaml", "cannot read"),
        ("quarrel.gmcr", "no/such/case.yaml", "cannot write no/such/case.yaml: No such file or directory"),
        ("", "", "no ending"),
    ],
)
def test_what_cannot_be_converted(offramp, files, source, target, said) -> None:
    Path("folder.gmcr").mkdir()
    done = offramp("convert", source, target)
    assert (done.code, done.out) == (2, "")
    assert said in done.err


def test_faults_have_places(offramp, files) -> None:
    model = json.dumps(MODEL, indent=1).replace('"Push"', '""').replace('"back"', '"sideways"')
    Path("bad.gmcr").write_text(model, encoding="utf-8")
    for arguments in (("convert", "bad.gmcr", "case.yaml"), ("stability", "bad.gmcr"), ("check", "bad.gmcr")):
        done = offramp(*arguments)
        assert (done.code, done.out) == (3, "")
        lines = done.err.splitlines()
        assert lines[0].startswith("bad.gmcr:4:12: the name of option 0 is empty.")
        assert lines[1].startswith('bad.gmcr:9:26: a direction is wanted, not the text "sideways".')
        assert lines[2] == "2 mistakes"
    found = json.loads(offramp("check", "bad.gmcr", "--json").out)
    assert [(fault["line"], fault["column"]) for fault in found["faults"]] == [(4, 12), (9, 26)]


def test_levels_that_do_not_fit_are_named_at_their_line(offramp, files) -> None:
    text = Path("small.yaml").read_text(encoding="utf-8")
    Path("wide.yaml").write_text(text.replace("bow: {}", "bow: {levels: [a, b, c]}", 1), encoding="utf-8")
    done = offramp("convert", "wide.yaml", "out.gmcr")
    assert done.code == 3
    assert "wide.yaml:9:34: `them.bow` has 3 levels" in done.err


def test_a_model_too_large_for_a_player_is_refused_at_its_line(offramp, files) -> None:
    model = {"options": [{"name": str(k)} for k in range(12)],
             "decisionMakers": [{"name": "All", "options": list(range(12)), "preferences": []}]}  # fmt: skip
    Path("wide.gmcr").write_text(json.dumps(model), encoding="utf-8")
    done = offramp("convert", "wide.gmcr", "case.yaml")
    assert done.code == 3
    assert "wide.gmcr:1:" in done.err
    assert "4,096 combinations of levels; the most is 512" in done.err


def test_commands_take_models_of_gmcr(offramp, files) -> None:
    assert "quarrel: no mistakes" in offramp("check", "quarrel.gmcr").out
    held = json.loads(offramp("stability", "quarrel.gmcr", "--json", "--worlds", 4).out)
    assert held["case"] == "quarrel"
    assert held["equilibria"]["nash"] == [1], "nothing pushed, nobody bows"
    assert "us.push" in held["states"][0]
    assert offramp("run", "quarrel.gmcr", "--worlds", 2).code == 0
    assert offramp("story", "quarrel.gmcr").code == 0


def test_the_example_of_the_page(offramp, here) -> None:
    (model,) = re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)
    (case,) = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    Path("dam.gmcr").write_text(model, encoding="utf-8")
    assert offramp("convert", "dam.gmcr", "dam.yaml").code == 0
    assert Path("dam.yaml").read_text(encoding="utf-8").startswith(case)


def test_the_commands_of_the_page(offramp, files) -> None:
    (shown,) = re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL)
    Path("dam.gmcr").write_text(json.dumps(MODEL), encoding="utf-8")
    for line in shown.splitlines():
        _, *arguments = line.split("#")[0].split()
        assert offramp(*arguments).code == 0, line
