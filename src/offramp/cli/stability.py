"""``offramp stability CASE``"""

from __future__ import annotations

from collections.abc import Iterable

import click

from offramp.cli.arguments import case_argument, json_option, seed_option, show_json


@click.command("stability")
@case_argument
@click.option("--worlds", type=click.IntRange(1, 100_000), default=64, show_default=True,
              help="Draws of the unknowns, the best guess apart.")  # fmt: skip
@seed_option
@click.option("--at", "levels", multiple=True, metavar="NAME=LEVEL",
              help="A setting, or where a condition or PLAYER.OPTION starts; may be repeated. With a condition among "
                   "them, all conditions stay where they start.")  # fmt: skip
@click.option("--why", metavar="STATE", default=None,
              help="Say why a state holds or not: `start`, or PLAYER.OPTION=LEVEL,... with the rest as at the start.",
)  # fmt: skip
@click.option("--concept", type=click.Choice(["nash", "gmr", "smr", "seq", "sseq"]), default="seq", show_default=True,
              help="How far players look, for --why.")  # fmt: skip
@json_option
def command(
    case: str, worlds: int, seed: int, levels: tuple[str, ...], why: str | None, concept: str, as_json: bool
) -> None:
    """Tell which configurations hold: those that no player wants to leave, and why.

    Stability looks one or two moves ahead, by rank alone; `offramp run` plays the case over months.
    """
    from offramp.casefile import read_case
    from offramp.cli.progress import progress
    from offramp.errors import CaseErrors
    from offramp.findings.check import check_case
    from offramp.findings.holding import what_holds
    from offramp.report.lines import terminal
    from offramp.report.stability_text import holding_json, print_holding, print_reasons

    file = read_case(case)
    try:
        check_case(file.case)
        with progress(f"Judging {file.case.name}") as advance:
            count = worlds if why is None or as_json else 1
            holding = what_holds(file.case, count, seed, at=_pairs(levels), progress=advance)
    except CaseErrors as e:
        raise file.locate(e.faults) from None
    if as_json:
        show_json(holding_json(holding))
    elif why is not None:
        changed = {} if why.strip() == "start" else _pairs(why.split(","))
        print_reasons(holding, concept, holding.configuration(changed), terminal())
    else:
        print_holding(holding, terminal())


def _pairs(texts: Iterable[str]) -> dict[str, str]:
    """Read NAME=LEVEL."""
    parted = (each.partition("=") for each in texts)
    return {name.strip(): level.strip() for name, _, level in parted}
