"""What cannot be asked of a case is refused before its worlds are judged."""

from __future__ import annotations

from pathlib import Path

import pytest

from offramp.findings.equilibria import holding

CROWD = "offramp: 1\nplayers:\n" + "".join(f"  p{i}: {{options: {{o: {{}}}}}}\n" for i in range(14))


@pytest.fixture
def unjudged(offramp, monkeypatch):
    """Call ``offramp stability`` where judging a world is a failure of the test."""

    def judge(*_: object, **__: object) -> None:
        raise AssertionError("a world was judged")

    monkeypatch.setattr(holding, "judge_world", judge)
    return lambda *arguments: offramp("stability", *arguments)


@pytest.mark.parametrize("option", ["--why", "--from", "--to"])
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("4", "there is no configuration 4. They are numbered from 0 to 3"),
        ("9" * 5000, f"there is no configuration {'9' * 57}.... They are numbered"),
        ("0" * 5000 + "4", f"there is no configuration {'0' * 57}.... They are numbered"),
        ("\u0663", "there is no option `\u0663`"),
        ("\u00b2", "there is no option `\u00b2`"),
        (",", "there is a comma too many in `,`. Write PLAYER.OPTION=LEVEL,PLAYER.OPTION=LEVEL"),
        ("us.push=yes,", "there is a comma too many in `us.push=yes,`"),
        ("us.pull=yes", "there is no option `us.pull`"),
        ("us.push=maybe", "`us.push` has no level `maybe`"),
        ("x" * 5000, f"there is no option `{'x' * 57}...`"),
        ("x" * 5000 + ",b," + "x" * 5000, f"`{'x' * 57}...` stands twice"),
    ],
    ids=lambda text: text[:20],
)
def test_states_that_are_not_there(unjudged, option, text, said) -> None:
    done = unjudged("small.yaml", option, text)
    assert (done.code, done.out) == (2, "")
    assert said in done.err


def test_too_many_players(unjudged) -> None:
    Path("crowd.yaml").write_text(CROWD, encoding="utf-8")
    done = unjudged("crowd.yaml", "--moves", 3)
    assert done.code == 2
    assert "for two players, and there are 14" in done.err
    done = unjudged("crowd.yaml", "--coalitions")
    assert done.code == 2
    assert "14 players form 16,369 coalitions, and at most 10,000 are gone through" in done.err


def test_too_many_configurations_for_coalitions(unjudged) -> None:
    Path("crowd.yaml").write_text("".join(CROWD.splitlines(keepends=True)[:15]), encoding="utf-8")
    done = unjudged("crowd.yaml", "--coalitions")
    assert done.code == 2
    assert "8,192 states make" in done.err


def test_leading_zeros_are_a_number(offramp) -> None:
    assert offramp("stability", "small.yaml", "--worlds", 1, "--why", "0" * 5000 + "2").code == 0
