"""After an edit only what depends on it is computed, and the numbers are those of a run of the edited case alone."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest

WORLDS = 8
CLAIM = '  more: {says: More., test: "bowed[hold; delay = 1] > 0.2"}\n'


def numbers(folder: str) -> dict:
    return json.loads(Path(folder, "results.json").read_text(encoding="utf-8"))


@pytest.fixture
def solved(monkeypatch):
    """What is solved for the tables: (variant, movers, outcomes), once for each world."""
    import offramp.ensemble.work as module

    seen: list[tuple[str, str, tuple[str, ...]]] = []
    real = module.Work.solve

    def solve(self, numbers, w):
        if not self.alike:
            seen.extend((str(self.jobs[n].variant), self.jobs[n].movers, self.jobs[n].outcomes) for n in numbers)
        return real(self, numbers, w)

    monkeypatch.setattr(module.Work, "solve", solve)
    return seen


@pytest.fixture
def edited(offramp, solved):
    """Run a case, edit it, run it again into the same folder and alone into another: what was solved, what was said."""

    def edit(*changes):
        path = Path("small.yaml")
        path.write_text(path.read_text(encoding="utf-8") + CLAIM, encoding="utf-8")
        assert offramp("run", "small.yaml", "--worlds", WORLDS, "--out", "run").code == 0
        text = path.read_text(encoding="utf-8")
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        path.write_text(text, encoding="utf-8")
        solved.clear()
        done = offramp("run", "small.yaml", "--worlds", WORLDS, "--out", "run")
        assert done.code == 0
        found = list(solved)
        assert offramp("run", "small.yaml", "--worlds", WORLDS, "--out", "alone").code == 0
        assert numbers("run") == numbers("alone")
        return found, done.err

    return edit


@pytest.mark.parametrize(
    "change",
    [
        ("title: Who gives way?", "title: Who?"),
        ("claims:\n", 'claims:\n  pays: {says: It pays., test: "mean(pushed[free]) > 0"}\n'),
        ("waiting – pays.", "waiting – costs."),
        ("better: high", "better: low"),
        ("origin: guess", "origin: guess, effort: 3"),
    ],
)
def test_what_is_only_told_costs_nothing(edited, change) -> None:
    found, said = edited(change)
    assert found == []
    assert "results were there." in said
    units = json.loads(Path("run/manifest.json").read_text(encoding="utf-8"))["units"]
    assert f"Note: {units} of {units} results were there." in said


def test_a_view_is_computed_and_nothing_else(edited) -> None:
    found, _ = edited(("claims:\n", "views: {hopeful: {gain: [0, 1]}}\nclaims:\n"))
    assert {movers for _, movers, _ in found} == {"foresight"}
    assert len(found) == (WORLDS + 1) * 3


def test_an_outcome_is_computed_where_it_is_asked_for(edited) -> None:
    found, _ = edited(("outcomes:\n", "outcomes:\n  ever: {of: us.push, measure: ever}\n"))
    assert found
    assert {variant for variant, _, _ in found} == {"free", "hold"}, "what the claim asks for is there"
    assert all("ever" in outcomes for _, _, outcomes in found)


def test_an_edited_outcome_is_computed_where_it_is_asked_for(edited) -> None:
    found, _ = edited(("pushed: {of: us.push, measure: average}", "pushed: {of: us.push, measure: final}"))
    assert {variant for variant, _, _ in found} == {"free", "hold"}


def test_an_edited_strategy_is_computed(edited) -> None:
    found, said = edited(("does: [{otherwise: {push: no}}]", "does: [{otherwise: {push: yes}}]"))
    assert {variant for variant, _, _ in found} == {"hold", "hold; delay = 1"}
    assert "results were there." in said
    # rows of the strategy as it was are still there; this is the query of docs/runs.md
    ((mean, count),) = duckdb.sql("""
        SELECT avg(value), count(*)
        FROM 'run/worlds/*/*.parquet'
        WHERE outcome = 'bowed' AND variant = 'hold' AND sample = 'main' AND movers = 'foresight' AND world > 0
            AND job IN (SELECT unnest(jobs).job FROM 'run/manifest.json')
    """).fetchall()
    assert count == WORLDS
    assert mean == pytest.approx(numbers("run")["outcomes"]["hold"]["bowed"]["mean"], abs=1e-6)


@pytest.mark.parametrize(
    "change",
    [
        ("worth: 0.7", "worth: 0.8"),
        ("  gain: {", "  more: {range: [0, 1]}\n  gain: {"),
        ("range: [-1, 1]", "range: [-1, 1.1]"),
        ("strategies:\n", "strategies:\n  try: {player: us, does: [{chance: [0, 1], set: {push: yes}}]}\n"),
    ],
)
def test_what_everything_depends_on(edited, change) -> None:
    found, said = edited(change)
    assert len([each for each in found if "try" not in each[0]]) > 5 * WORLDS
    assert "results were there" not in said


def test_failures_are_taken_over(offramp, solved) -> None:
    path = Path("small.yaml")
    text = path.read_text(encoding="utf-8").replace("us: {options", "us: {pace: gain + 0.98, options")
    path.write_text(text, encoding="utf-8")
    first = offramp("run", "small.yaml", "--worlds", 128)
    failed = numbers("small.offramp")["failed"]
    assert failed
    path.write_text(text.replace("Who gives way?", "Who?"), encoding="utf-8")
    solved.clear()
    again = offramp("run", "small.yaml", "--worlds", 128)
    assert (again.code, solved) == (first.code, [])
    assert numbers("small.offramp")["failed"] == failed


def test_a_report_of_fewer_worlds(offramp) -> None:
    offramp("run", "small.yaml", "--worlds", 8)
    more = numbers("small.offramp")
    done = offramp("run", "small.yaml", "--worlds", 4)
    assert "the report of 8 worlds that was there is replaced by one of 4; --worlds 8 brings it back" in done.err
    assert "is replaced" not in offramp("run", "small.yaml", "--worlds", 8).err
    assert numbers("small.offramp") == more


def test_a_case_without_outcomes_is_complete_once_it_has_run(offramp, solved) -> None:
    path = Path("small.yaml")
    text = path.read_text(encoding="utf-8")
    path.write_text(text[: text.index("outcomes:")] + text[text.index("strategies:") : text.index("claims:")],
                    encoding="utf-8")  # fmt: skip
    assert offramp("run", "small.yaml", "--worlds", 4).code == 0
    assert json.loads(offramp("runs", "--json").out)[0]["state"] == "complete"
    solved.clear()
    assert offramp("resume", "small.offramp").code == 0
    assert solved == []
