from __future__ import annotations

import io
import subprocess
import sys

import pytest
from rich.cells import cell_len
from rich.console import Console

from offramp.findings.results import Findings
from offramp.report.terminal import print_findings


def printed(findings: Findings, width: int = 80, *, colour: bool = False) -> str:
    out = io.StringIO()
    system = "truecolor" if colour else None
    print_findings(findings, Console(file=out, width=width, force_terminal=colour, color_system=system))
    return out.getvalue()


@pytest.mark.parametrize("which", ["findings", "minimal", "hostile"])
@pytest.mark.parametrize("width", [60, 80, 140])
def test_fits(which: str, width: int, request: pytest.FixtureRequest) -> None:
    for line in printed(request.getfixturevalue(which), width).splitlines():
        assert cell_len(line) <= width, line


def test_reads_without_colour(findings: Findings) -> None:
    text = printed(findings)
    assert "\x1b" not in text
    for part in (
        "0.61 *", "0.35–0.88", "regret 0.05", "depends on partners' trade stake", "[by construction]",
        "holds in 55 % of the stated worlds (50–59 %); Khalaji 2006 23 %, Singh 2009 79 %",
        "! 2 worlds could not be computed", "29 % quoted", "TAKEN FOR GRANTED", "month   0.8  United States: ",
    ):  # fmt: skip
        assert part in " ".join(text.split()) or part in text
    assert text.index("could not be computed") < text.index("STRATEGIES AND OUTCOMES")
    parts = ("STRATEGIES", "VERDICTS", "TAKEN FOR", "REST ON", "NOT TO TRUST", "STORYLINE")
    order = [text.index(part) for part in parts]
    assert order == sorted(order)


def test_bold_is_bold(findings: Findings) -> None:
    assert "\x1b[1m0.61 *" in printed(findings, colour=True)


def test_no_control_character_passes(hostile: Findings) -> None:
    text = printed(hostile)
    assert not [c for c in text if ord(c) < 32 and c != "\n"]


def test_minimal(minimal: Findings) -> None:
    text = printed(minimal)
    assert "VERDICTS" not in text
    assert "regret" not in text
    assert "– to 0.90" in text
    assert "nan" not in text


def test_rich_is_loaded_by_the_terminal_alone() -> None:
    code = "import offramp.report, sys; assert 'rich' not in sys.modules and 'vl_convert' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)
