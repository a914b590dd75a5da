"""The docs say what the program does: the own case, its transcript, commands, options, keys, fields, examples."""

from __future__ import annotations

import doctest
import json
import re
import runpy
import shutil
from importlib import import_module
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from jsonschema import validate

import offramp
from offramp.cli import _COMMANDS, cli
from offramp.errors import CaseErrors
from offramp.model import shape as shapes
from offramp.report import results_schema

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
OWN = DOCS / "own-case" / "ferry.yaml"
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *DOCS.rglob("*.md")]
SCRIPT = runpy.run_path(str(ROOT / "scripts" / "transcripts.py"))
HOW = "if this is as it should be: python scripts/transcripts.py --update"


def blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", text, flags=re.MULTILINE | re.DOTALL)


def section(heading: str) -> str:
    return README.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]


# The reader's own case


def test_own_case_is_what_the_readme_says() -> None:
    assert "\n".join(blocks(section("Your own case in ten minutes"), "yaml")) == OWN.read_text(encoding="utf-8")


def test_own_case_has_two_players_and_three_options() -> None:
    case = offramp.load_case(OWN)
    assert [len(player.options) for player in case.players.values()] == [2, 1]


def test_own_case_checks() -> None:
    done = CliRunner().invoke(cli, ["check", str(OWN)])
    assert done.exit_code == 0, done.output
    assert done.output.startswith("ferry: no mistakes\n")
    assert "origin" not in done.output


def test_own_case_runs(tmp_path: Path) -> None:
    done = CliRunner().invoke(cli, ["run", str(OWN), "--worlds", "16", "--json", "--out", str(tmp_path / "out")])
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)
    validate(found, results_schema())
    assert found["done"] == 16
    words = {claim: verdict["verdict"] for claim, verdict in found["verdicts"].items()}
    assert words["give-first"] == "no difference"
    assert words["tie-it"] == "holds"
    assert words["goodwill"] == "cannot be tested here"
    assert list(found["assumptions"]) == ["stopped"]


NUMBER = re.compile(r"\d+(?:\.\d+)?")


@pytest.mark.parametrize("name", ["OWN", "ESSAY"])
def test_transcript_is_what_the_program_prints(name: str) -> None:
    """Words as they stand; numbers to the last digit but one, for other processors round otherwise."""
    example = SCRIPT[name]
    written, printed = example.written.read_text(encoding="utf-8"), example.transcript()
    assert NUMBER.sub("0", printed) == NUMBER.sub("0", written), HOW
    for one, two in zip(NUMBER.findall(printed), NUMBER.findall(written), strict=True):
        assert float(one) == pytest.approx(float(two), rel=0.02, abs=0.011), HOW


def test_blocks_of_the_essay_page_are_in_its_transcript() -> None:
    example = SCRIPT["ESSAY"]
    page = example.page.read_text(encoding="utf-8")
    assert SCRIPT["refreshed_essay"](page, example.written.read_text(encoding="utf-8")) == page, HOW
    assert all(command in page for command in example.commands)
    case = example.written.with_name("gates.yaml").read_text(encoding="utf-8")
    squeezed = " ".join(case.split())
    for block in blocks(page, "yaml"):
        for line in block.splitlines():
            assert " ".join(line.split()) in squeezed, line


def test_console_blocks_of_the_readme_are_in_the_transcript(tmp_path: Path) -> None:
    written = (OWN.parent / "transcript.txt").read_text(encoding="utf-8")
    shown = blocks(README, "console")
    assert len(shown) > 3
    mistaken = [block for block in shown if "Did you mean" in block]
    parts = SCRIPT["excerpts"](written)
    assert [block for block in shown if block not in mistaken] == parts, HOW
    text = OWN.read_text(encoding="utf-8").replace("company.late-boat", "company.lateboat", 1)
    with pytest.raises(CaseErrors) as caught:
        offramp.parse_case(text, "ferry.yaml")
    assert mistaken == [f"$ offramp check ferry.yaml\n{caught.value}\n"]


# Examples in Python


@pytest.mark.parametrize("page", [p for p in PAGES if ">>>" in p.read_text(encoding="utf-8")], ids=lambda p: p.name)
def test_python_examples(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copy(OWN, tmp_path)
    monkeypatch.chdir(tmp_path)
    text = "\n".join(blocks(page.read_text(encoding="utf-8"), "pycon"))
    test = doctest.DocTestParser().get_doctest(text, {}, page.name, str(page), 0)
    assert test.examples
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
    runner.run(test)
    assert runner.failures == 0


# The reference


def whole_cases() -> list[tuple[str, str]]:
    return [(page.name, block) for page in PAGES for block in blocks(page.read_text(encoding="utf-8"), "yaml")
            if block.startswith("offramp: 1") and "\nplayers:" in block]  # fmt: skip


@pytest.mark.parametrize(("page", "text"), whole_cases(), ids=lambda x: x[:20].replace("\n", " "))
def test_whole_cases_check_and_run(page: str, text: str, tmp_path: Path) -> None:
    file = tmp_path / "case.yaml"
    file.write_text(text, encoding="utf-8")
    done = CliRunner().invoke(cli, ["check", str(file)])
    assert done.exit_code == 0, done.output + done.stderr
    findings = offramp.analyse(offramp.load_case(file), worlds=4)
    assert findings.done == 4


@pytest.mark.parametrize("name", _COMMANDS)
def test_every_command_and_option_is_in_the_readme(name: str) -> None:
    command: click.Command = import_module(f"offramp.cli.{name}").command
    (row,) = [line for line in section("Commands").splitlines() if re.match(rf"\| `offramp {name}\b", line)]
    for parameter in command.params:
        for option in parameter.opts if isinstance(parameter, click.Option) else []:
            assert f"`{option}" in row, f"{option} of offramp {name} is not in the README"
    for option in re.findall(r"`(--[a-z]+)", row):
        assert any(option in parameter.opts for parameter in command.params), f"there is no {option}"


def test_every_key_is_in_the_reference() -> None:
    text = (DOCS / "case-language.md").read_text(encoding="utf-8")
    for name in shapes.__all__:
        for key, field in getattr(shapes, name).model_fields.items():
            assert f"`{field.alias or key}`" in text or f"`{field.alias or key}:" in text or (
                re.search(rf"[{{ ]{field.alias or key}:", text)
            ), f"{field.alias or key} of {name}"  # fmt: skip


def test_every_field_of_the_results_is_described() -> None:
    text = (DOCS / "results.md").read_text(encoding="utf-8")
    schema = results_schema()
    found: list[str] = []

    def walk(part: object) -> None:
        if isinstance(part, dict):
            found.extend(part["properties"]) if isinstance(part.get("properties"), dict) else None
            for value in part.values():
                walk(value)

    walk(schema)
    assert [key for key in found if f"`{key}`" not in text] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_links_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        file, _, anchor = target.partition("#")
        if "://" in file:
            continue
        there = page if not file else page.parent / file
        assert there.exists(), target
        if anchor:
            heads = re.findall(r"^#+ (.*)$", there.read_text(encoding="utf-8"), flags=re.MULTILINE)
            assert anchor in [re.sub(r"[^a-z0-9 -]", "", head.lower()).replace(" ", "-") for head in heads], target
