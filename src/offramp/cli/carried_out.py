"""A run carried out in its folder, with progress, and shown."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from offramp.cli.arguments import show_json
from offramp.cli.visible import say

if TYPE_CHECKING:
    from offramp.casefile import CaseFile
    from offramp.ensemble import Crew
    from offramp.findings import Findings
    from offramp.runs import Asked

__all__ = ["carry_out_and_show", "how_far", "show_findings"]

MANY_FAILED = 0.02
"""More failed worlds than this share of them are no accident: the run ends with exit code 1."""


def carry_out_and_show(
    folder: Path, file: CaseFile, asked: Asked, *, workers: int | None, cluster: str | None, as_json: bool
) -> None:
    """Check the case, run it, write the report, print what was found, and exit."""
    from offramp.cli.folder import write_results
    from offramp.cli.progress import progress
    from offramp.errors import CaseErrors
    from offramp.findings.check import check_case
    from offramp.findings.claims.plan import check_strategies
    from offramp.runs import carry_out

    try:
        check_case(file.case)
        check_strategies(file.case, asked.strategies or ())
        with progress(f"Running {file.case.name}", begin=True) as advance:
            findings = carry_out(
                folder,
                file.case,
                file.tree.data,
                asked,
                workers=workers,
                crew=_crew(cluster, gpu=asked.gpu),
                progress=advance,
                notice=lambda text: say(f"Note: {text}.", err=True),
            )
    except CaseErrors as e:
        raise file.locate(e.faults) from None
    except KeyboardInterrupt:
        click.echo(err=True)
        say(f"Stopped. `offramp resume {folder}` goes on.", err=True)
        sys.exit(4)
    report = write_results(folder, findings)
    show_findings(findings, as_json=as_json)
    click.echo(err=True)
    say(f"Report: {report}", err=True)
    if findings.interrupted:
        say(how_far(folder, findings), err=True)
        sys.exit(4)
    if asked.until is not None:
        _say_how_narrow(findings, asked)
    if findings.worlds - findings.done > MANY_FAILED * findings.worlds:
        _say_who_failed(findings)
        sys.exit(1)


def how_far(folder: Path, findings: Findings) -> str:
    """Say how far a run got that was stopped: in results, as `offramp runs` counts, and in what is shown of them."""
    from offramp.runs import listed

    run = listed(folder)
    units = run.manifest.units if run.manifest else 0
    if run.done >= units:
        said = "Stopped when all results were there, before what stands beside them was computed."
    else:
        computed = f"{int(100 * run.done / units)} % of the results computed, {run.done:,} of {units:,}"
        whole = f"{findings.done:,} of {findings.worlds:,}"
        said = f"Stopped with {computed}. Shown are the worlds that are whole, {whole}."
    return f"{said} `offramp resume {folder}` goes on."


def _crew(cluster: str | None, *, gpu: bool) -> Crew | None:
    """Return who computes, if not threads of this process."""
    from offramp.ensemble import crew_of, gpu_crew
    from offramp.errors import UsageError

    if gpu and cluster is not None:
        raise UsageError("worlds are computed on a cluster or on a GPU", code="usage",
                         hint="leave out --cluster or --gpu")  # fmt: skip
    return gpu_crew() if gpu else crew_of(cluster) if cluster is not None else None


def show_findings(findings: Findings, *, as_json: bool) -> None:
    """Print what was found, for people or for programs."""
    if as_json:
        from offramp.report import to_json

        show_json(to_json(findings))
    else:
        from offramp.report.terminal import print_findings

        print_findings(findings)


def _say_how_narrow(findings: Findings, asked: Asked) -> None:
    from offramp.findings.claims.adaptive import widest

    width = widest(findings.verdicts.values())
    reached = width <= (asked.until or 0.0)
    said = f"every verdict's share is known to within {width:.3f}" if reached else (
        f"the widest verdict is known to within {width:.3f} only, and {asked.worlds} worlds is the most; ask for more "
        "with --worlds")  # fmt: skip
    say(f"{findings.worlds} worlds: {said}.", err=True)


def _say_who_failed(findings: Findings) -> None:
    from offramp.report.flip_words import failing_lines

    failed = f"{findings.worlds - findings.done} of {findings.worlds} worlds failed, more than {MANY_FAILED:.0%}"
    where = failing_lines(findings.failing) or ["No region of the unknowns in which they fail stands out."]
    first = f"The first: {findings.failed[0].message}."
    say(" ".join([f"{failed}: mend the case before you rest anything on it.", first, *where]), err=True)
