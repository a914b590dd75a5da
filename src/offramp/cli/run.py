"""``offramp run CASE``"""

from __future__ import annotations

import atexit
import gc
import shlex
import sys
from pathlib import Path

import click

from offramp.cli.arguments import case_argument, cluster_option, json_option, seed_option, workers_option
from offramp.cli.stopping import stoppable

MOST = 10_000
"""Worlds that are added until verdicts are narrow enough, at most."""


@click.command("run")
@case_argument
@click.option("--worlds", type=click.IntRange(1, 1_000_000), default=None,
              help=f"Draws of the unknowns, the best guess apart; default 128, with --until {MOST}.")  # fmt: skip
@seed_option
@click.option("--strategy", "strategies", multiple=True, metavar="ID", help="Only this strategy; may be repeated.")
@click.option("--until", type=click.FloatRange(0.001, 0.5), metavar="WIDTH", default=None,
              help="Add worlds until each verdict's share is known to within this, e.g. 0.02.")  # fmt: skip
@workers_option
@cluster_option
@click.option("--gpu", is_flag=True, help="Compute on this machine's NVIDIA GPU.")
@click.option("--out", type=click.Path(path_type=Path), default=None, help="Folder to write; default ./NAME.offramp")
@click.option("--force", is_flag=True, help="Overwrite the results of another case or seed there.")
@json_option
@stoppable()
def command(
    case: str,
    worlds: int | None,
    seed: int,
    strategies: tuple[str, ...],
    until: float | None,
    workers: int | None,
    cluster: str | None,
    gpu: bool,
    out: Path | None,
    force: bool,
    as_json: bool,
) -> None:
    """Run a case: every strategy over many worlds, a verdict on each claim, and a report.

    CASE is a shipped name (see `offramp cases`), a YAML file or a model of GMCR+ (.gmcr). Prints the outcomes and
    verdicts; writes report.html, results.json and every number computed into NAME.offramp. Numbers that are there
    already are used, unless they depend on what was edited since. Ctrl-C stops cleanly and shows what is done;
    `offramp resume` goes on.
    """
    from offramp.cli.carried_out import carry_out_and_show
    from offramp.cli.folder import refuse_other
    from offramp.cli.reading import read_case
    from offramp.findings.analyse import DEFAULT_WORLDS
    from offramp.runs import Asked

    if until is not None and not until > 0.0:  # click lets nan through
        raise click.BadParameter("a width such as 0.02 is wanted", param_hint="--until")
    file = read_case(case)
    gc.freeze()  # what is loaded by now stays: looking through it again and again takes seconds of a run
    atexit.register(gc.unfreeze)  # DuckDB complains of what is still there at the very end
    folder = out if out is not None else Path(f"{file.case.name}.offramp")
    refuse_other(folder, file.case.name, seed, force=force)
    asked = Asked(
        source=_source(case),
        worlds=worlds if worlds is not None else DEFAULT_WORLDS if until is None else MOST,
        seed=seed,
        strategies=strategies or None,
        until=until,
        command=shlex.join(["offramp", *sys.argv[1:]]),
        gpu=gpu,
    )
    carry_out_and_show(folder, file, asked, workers=workers, cluster=cluster, as_json=as_json)


def _source(case: str) -> str:
    """Return a shipped name as it is, a file by its full path."""
    path = Path(case)
    named = not path.suffix and path.name == case
    return case if named or not path.is_file() else str(path.absolute())
