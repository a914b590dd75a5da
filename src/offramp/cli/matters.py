"""``offramp matters CASE``"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from offramp.cli.arguments import case_argument, json_option, seed_option, show_json, workers_option

if TYPE_CHECKING:
    from offramp.findings.sensitivity.matters_values import By, Matters


@click.command("matters")
@case_argument
@click.option("--strategy", metavar="ID", default=None,
              help="Under this strategy. Default: the first that commits somebody.")  # fmt: skip
@click.option(
    "--against",
    metavar="ID",
    default=None,
    help="Find where this one would be preferred. Default: in the best guess, the best of the others.",
)
@click.option(
    "--outcome",
    metavar="ID",
    default=None,
    help="Tell of this outcome alone. Default: all main ones, the first in full.",
)
@click.option(
    "--by",
    type=click.Choice(["player", "origin", "mechanism", "unknown"]),
    default="player",
    show_default=True,
    help="Groups of unknowns; of mechanisms and single unknowns the dozen most telling.",
)
@click.option("--worlds", type=click.IntRange(2, 1_000_000), default=256, show_default=True,
              help="Draws of the unknowns; each group takes as many again.")  # fmt: skip
@seed_option
@workers_option
@json_option
def command(
    case: str,
    strategy: str | None,
    against: str | None,
    outcome: str | None,
    by: By,
    worlds: int,
    seed: int,
    workers: int | None,
    as_json: bool,
) -> None:
    """Tell what drives the outcomes, and where another strategy would be preferred.

    Shares of variance by groups of unknowns, one unknown at a time around the best guess, and the value of each
    unknown at which the preferred one of two strategies changes. Ctrl-C stops cleanly and shows what is done.
    """
    from offramp.cli.progress import progress
    from offramp.cli.reading import read_case
    from offramp.errors import CaseErrors
    from offramp.findings.check import check_case
    from offramp.findings.sensitivity.matters import Question

    file = read_case(case)
    try:
        check_case(file.case)
        question = Question(file.case, strategy, against, outcome, by, worlds, seed)
        with progress(f"{file.case.name}: about {question.solves} solves") as advance:
            found = question.answer(workers, advance)
    except CaseErrors as e:
        raise file.locate(e.faults) from None
    _show(found, as_json)
    if found.interrupted:
        click.echo(f"Stopped early, after {found.solves} of about {question.solves} solves.", err=True)
        sys.exit(4)


def _show(found: Matters, as_json: bool) -> None:
    if as_json:
        from offramp.report.matters_json import matters_to_json

        show_json(matters_to_json(found))
    else:
        from offramp.report.matters_text import print_matters

        print_matters(found)
