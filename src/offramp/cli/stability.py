"""``offramp stability CASE``"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from offramp.cli.arguments import case_argument, json_option, seed_option, show_json

if TYPE_CHECKING:
    from offramp.findings.holding import Holding


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
        print_reasons(holding, concept, _state(holding, why), terminal())
    else:
        print_holding(holding, terminal())


def _pairs(levels: tuple[str, ...]) -> dict[str, str]:
    """Read NAME=LEVEL."""
    parted = (each.partition("=") for each in levels)
    return {name.strip(): level.strip() for name, _, level in parted}


def _state(holding: Holding, asked: str) -> int:
    """Find the configuration that a text names."""
    from offramp.errors import UsageError

    wanted = holding.levels(holding.start)
    for part in () if asked.strip() == "start" else asked.split(","):
        name, _, level = (piece.strip() for piece in part.partition("="))
        if name not in wanted:
            raise UsageError(f"there is no option `{name}`", code="no-option",
                             hint="write PLAYER.OPTION=LEVEL, with one of " + ", ".join(wanted))  # fmt: skip
        levels = holding.graph.space.options[list(wanted).index(name)].levels
        if level not in levels:
            raise UsageError(f"`{name}` has no level `{level}`", code="no-level",
                             hint="take one of " + ", ".join(levels))  # fmt: skip
        wanted[name] = level
    found = [n for n in range(len(holding.graph.codes)) if holding.levels(n) == wanted]
    if not found:
        raise UsageError("that configuration cannot be reached from the start by legal moves", code="no-state",
                         hint="look into `impossible` and `irreversible` of the case")  # fmt: skip
    return found[0]
