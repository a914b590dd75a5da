"""``offramp trace CASE [ID | OUTCOME | "words"]``"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from offramp.cli.arguments import case_argument, json_option, seed_option, show_json

if TYPE_CHECKING:
    from offramp.findings.sentences.trace_values import Trace


@click.command("trace")
@case_argument
@click.argument("asked", nargs=-1, metavar='[ID | OUTCOME | "WORDS"]')
@click.option("--strategy", "strategies", multiple=True, metavar="ID",
              help="Look at this strategy; may be repeated. Default: the first that commits somebody, and for one "
              "sentence all that do.")  # fmt: skip
@click.option("--worlds", type=click.IntRange(1, 1_000_000), default=64, show_default=True,
              help="Draws of the unknowns at most; 16 to begin with.")  # fmt: skip
@click.option("--precision", type=click.FloatRange(0, 1, min_open=True), default=0.01, show_default=True,
              help="Stop where the interval is this narrow to either side, as a share of the range.")  # fmt: skip
@click.option("--verdicts", is_flag=True, help="In a ranking, read every verdict without each sentence too (slow).")
@click.option("--all", "whole", is_flag=True, help="Of one sentence, show all there is, not what fits a screen.")
@seed_option
@click.option("--workers", type=click.IntRange(1, 1024), default=None, help="Threads; default one per core.")
@json_option
def command(
    case: str,
    asked: tuple[str, ...],
    strategies: tuple[str, ...],
    worlds: int,
    precision: float,
    verdicts: bool,
    whole: bool,
    seed: int,
    workers: int | None,
    as_json: bool,
) -> None:
    """Tell what a sentence does, and which sentences carry an outcome.

    Give the id of a sentence (M1), a claim (C1), a tension (T1) or an outcome, or words of a sentence; nothing for
    all sentences, the heaviest first. A sentence is weighed by switching off what it became in the model, over the
    same worlds. Ctrl-C stops cleanly and shows what is done.
    """
    from offramp.cli.progress import progress
    from offramp.cli.reading import read_case
    from offramp.errors import CaseErrors
    from offramp.findings.sentences.trace import trace

    file = read_case(case)
    question = " ".join(asked)
    try:
        with progress(f"Tracing {file.case.name}") as advance:
            found = trace(
                file.case,
                question,
                worlds=worlds,
                seed=seed,
                strategies=strategies,
                precision=precision,
                verdicts=verdicts,
                workers=workers,
                progress=advance,
            )
    except CaseErrors as e:
        raise file.locate(e.faults) from None
    _show(found, whole, as_json)
    if found.interrupted:
        done = min((weight.worlds for weight in found.weights if weight.worlds), default=0)
        click.echo(f"Stopped early: {done} of at most {worlds} worlds for the sentences shown.", err=True)
        sys.exit(4)


def _show(found: Trace, whole: bool, as_json: bool) -> None:
    if as_json:
        from offramp.report.trace_json import trace_to_json

        show_json(trace_to_json(found))
    else:
        from offramp.report.trace_text import print_trace

        print_trace(found, whole=whole)
