"""``offramp stability CASE``"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from offramp.cli.arguments import case_argument, json_option, seed_option, show_json

if TYPE_CHECKING:
    from offramp.findings.equilibria.holding import Holding
    from offramp.graph import Graph

EXPLAINED = 64
"""Configurations explained for a concept in --json."""


@click.command("stability")
@case_argument
@click.option("--worlds", type=click.IntRange(1, 100_000), default=64, show_default=True,
              help="Draws of the unknowns, the best guess apart.")  # fmt: skip
@seed_option
@click.option("--view", metavar="ID", default=None, help="Draw the worlds from a view of the case.")
@click.option("--at", "levels", multiple=True, metavar="NAME=LEVEL",
              help="A setting, or where a condition or PLAYER.OPTION starts; may be repeated. With a condition among "
                   "them, all conditions stay where they start.")  # fmt: skip
@click.option("--concept", type=click.Choice(["nash", "gmr", "smr", "seq", "sseq"]), default="seq", show_default=True,
              help="How far players look, for all that follows.")  # fmt: skip
@click.option("--why", metavar="STATE", default=None,
              help="Say why a state holds or not: `start`, its number, or PLAYER.OPTION=LEVEL,... with the rest as at "
                   "the start.")  # fmt: skip
@click.option("--want", metavar="STATE", default=None,
              help="Say what would have to be wanted for a state to hold, in the best guess.")  # fmt: skip
@click.option("--fixed", multiple=True, metavar="PLAYER",
              help="With --want: a player whose wants stay as they are; may be repeated.")  # fmt: skip
@click.option("--from", "source", metavar="STATE", default=None,
              help="Tell which of what holds can be reached from a state, and who can block it.")  # fmt: skip
@click.option("--to", "target", metavar="STATE", default=None,
              help="Tell how a state is reached from --from (else from the start).")  # fmt: skip
@click.option("--coalitions", is_flag=True,
              help="Tell which of what holds several players would leave together; with --from, whether they would "
                   "leave that state.")  # fmt: skip
@click.option("--strict", is_flag=True, help="With --coalitions: only where every member gains.")
@click.option("--moves", type=click.IntRange(1, 1000), default=None,
              help="For two players who look this many moves ahead.")  # fmt: skip
@json_option
def command(
    case: str,
    worlds: int,
    seed: int,
    view: str | None,
    levels: tuple[str, ...],
    concept: str,
    why: str | None,
    want: str | None,
    fixed: tuple[str, ...],
    source: str | None,
    target: str | None,
    coalitions: bool,
    strict: bool,
    moves: int | None,
    as_json: bool,
) -> None:
    """Tell which configurations hold: those that no player wants to leave, and why.

    Stability looks one or two moves ahead, by rank alone; `offramp run` plays the case over months.
    """
    from offramp.cli.progress import progress
    from offramp.cli.reading import read_case
    from offramp.cli.states import pairs, state
    from offramp.errors import CaseError, CaseErrors, UsageError, WorldError
    from offramp.findings.equilibria.holding import what_holds
    from offramp.findings.equilibria.wanted import check_wanted, wanted
    from offramp.findings.equilibria.ways import check_coalitions, joint, looking_ahead, reaches, ways
    from offramp.findings.equilibria.witnesses import witnesses
    from offramp.report.lines import terminal
    from offramp.stability import check_players

    if strict and not coalitions:
        raise UsageError("--strict belongs to --coalitions", code="usage", hint="add --coalitions")
    if fixed and want is None:
        raise UsageError("--fixed belongs to --want", code="usage", hint="add --want STATE")
    others = {"--why": why, "--from": source, "--to": target, "--coalitions": coalitions or None, "--moves": moves}
    if want is not None and any(each is not None for each in others.values()):
        beside = next(name for name, each in others.items() if each is not None)
        raise UsageError(f"--want and {beside} are two questions", code="usage", hint="ask one after the other")
    file, stated = read_case(case), [each for each in (why, want, source, target) if each is not None]
    asked = coalitions or moves is not None or bool(stated)

    def check(graph: Graph) -> None:
        """Refuse what cannot be asked before all worlds are judged."""
        for each in stated:
            state(graph, each)
        if want is not None:
            check_wanted(graph, fixed)
        if coalitions:
            check_coalitions(graph)
        if moves is not None:
            check_players(len(graph.space.players))

    try:
        with progress(f"Judging {file.case.name}") as advance:
            holding = what_holds(file.case, worlds, seed, at=pairs(levels), view=view, asked=check,
                                 progress=advance)  # fmt: skip
    except CaseErrors as e:
        raise file.locate(e.faults) from None
    except WorldError as e:
        said = f"{e.message} (in the best guess)" if e.path else e.message
        raise file.locate([CaseError(said, code=e.code, hint=e.hint, path=e.path)]) from None
    start = state(holding.graph, source if source is not None else "start")
    end = state(holding.graph, target) if target is not None else None
    way = ways(holding, start, end) if end is not None else ()
    held = holding.best.equilibria[concept].tolist()
    onward = source is not None and end is None and not coalitions
    reached = reaches(holding, start, held) if onward else []
    together = joint(holding, concept, [start] if source is not None else held, strict=strict) if coalitions else None
    ahead = looking_ahead(holding, moves) if moves else None
    other = None
    if want is not None:
        with progress("Looking for other wants"):
            other = wanted(holding, state(holding.graph, want), concept, fixed)
    if as_json:
        from offramp.report.stability_json import holding_to_json

        named = [holding.start, start, *(state(holding.graph, each) for each in (why, want) if each is not None)]
        explained = {c: witnesses(holding, c, _explained(holding, c, named)) for c in holding.shares}
        show_json(holding_to_json(holding, explained, ways=way, reaches=reached, joint=together, ahead=ahead,
                                  asked=other))  # fmt: skip
        return
    from offramp.report.stability_text import print_holding, print_reasons
    from offramp.report.ways_text import print_ahead, print_joint, print_reaches, print_ways

    out = terminal()
    if other is not None:
        from offramp.report.want_text import print_wanted

        print_wanted(holding, other, out)
    if why is not None:
        n = state(holding.graph, why)
        alike = holding.with_levels(pairs(why.split(","))) if "=" in why else [n]
        print_reasons(holding, concept, n, alike, witnesses(holding, concept, [n])[n], out)
    if way:
        print_ways(holding, way, out)
    if onward:
        print_reaches(holding, concept, start, reached, out)
    if together is not None:
        print_joint(holding, concept, together, strict=strict, out=out)
    if ahead is not None:
        print_ahead(holding, ahead, out)
    if not asked:
        print_holding(holding, concept, case, out)


def _explained(holding: Holding, concept: str, wanted: Iterable[int]) -> list[int]:
    """Return what is explained for programs: what was asked for, and what is stable for all, or for all but one."""
    leavers = (~holding.best.stable[concept]).sum(axis=0)
    near = [n for k in (0, 1) for n in (leavers == k).nonzero()[0].tolist()]
    return list(dict.fromkeys([*wanted, *near]))[:EXPLAINED]
