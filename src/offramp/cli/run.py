"""``offramp run CASE``"""

from __future__ import annotations

import gc
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from offramp.cli.arguments import case_argument, json_option, seed_option, show_json

if TYPE_CHECKING:
    from offramp.casefile import CaseFile
    from offramp.findings import Findings


@click.command("run")
@case_argument
@click.option("--worlds", type=click.IntRange(1, 1_000_000), default=128, show_default=True,
              help="Draws of the unknowns, the best guess apart.")  # fmt: skip
@seed_option
@click.option("--strategy", "strategies", multiple=True, metavar="ID", help="Only this strategy; may be repeated.")
@click.option("--workers", type=click.IntRange(1, 1024), default=None, help="Threads; default one per core.")
@click.option("--out", type=click.Path(path_type=Path), default=None, help="Folder to write; default ./NAME.offramp")
@click.option("--force", is_flag=True, help="Overwrite the results of another case or seed there.")
@json_option
def command(
    case: str,
    worlds: int,
    seed: int,
    strategies: tuple[str, ...],
    workers: int | None,
    out: Path | None,
    force: bool,
    as_json: bool,
) -> None:
    """Run a case: every strategy over many worlds, a verdict on each claim, and a report.

    CASE is a shipped name (see `offramp cases`), a YAML file or a model of GMCR+ (.gmcr). Prints the outcomes and
    verdicts; writes report.html and results.json into NAME.offramp. Ctrl-C stops cleanly and shows what is done.
    """
    from offramp.cli.folder import refuse_other, write_results
    from offramp.interop import read_case

    file = read_case(case)
    gc.freeze()  # what is loaded by now stays: looking through it again and again takes seconds of a run
    folder = out if out is not None else Path(f"{file.case.name}.offramp")
    refuse_other(folder, file.case.name, seed, force=force)
    findings = _findings(file, worlds, seed, strategies, workers)
    report = write_results(folder, findings)
    if as_json:
        from offramp.report import to_json

        show_json(to_json(findings))
    else:
        from offramp.report.terminal import print_findings

        print_findings(findings)
        click.echo(f"\nReport: {report}", err=True)
    if findings.interrupted:
        click.echo(f"Stopped after {findings.done} of {findings.worlds} worlds.", err=True)
        sys.exit(4)


def _findings(file: CaseFile, worlds: int, seed: int, strategies: tuple[str, ...], workers: int | None) -> Findings:
    """Check the case, then run it with progress on a terminal."""
    from offramp.cli.progress import progress
    from offramp.errors import CaseErrors
    from offramp.findings.analyse import analyse
    from offramp.findings.check import check_case

    try:
        check_case(file.case)
        with progress(f"Running {file.case.name}") as advance:
            return analyse(
                file.case, worlds=worlds, seed=seed, strategies=strategies or None, workers=workers, progress=advance
            )
    except CaseErrors as e:
        raise file.locate(e.faults) from None
