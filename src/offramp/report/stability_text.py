"""What holds, on a terminal: configurations that nobody leaves, and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Console

from offramp.findings.holding import Holding
from offramp.findings.witnesses import Witness
from offramp.report.lines import say
from offramp.report.stability_words import FORESIGHT, Wording, in_common
from offramp.report.words import count

__all__ = ["print_holding", "print_reasons"]

SHOWN = 8
"""Configurations listed."""
MOVES = 3
"""Moves of one player that are explained."""
_FREE = "\u00a0"


def print_holding(holding: Holding, concept: str, out: Console) -> None:
    """Print the configurations that are equilibria in most of the worlds."""
    case, total = holding.graph.case, len(holding.graph.codes)
    say(out, f"{case.title}: what holds", "bold")
    worlds = f"{count(holding.worlds, 'world')}{_of_view(holding)}"
    say(
        out,
        f"{count(total, 'configuration')} of options can be. Each is taken for what it is worth to a player while it"
        f" is held{_drifting(holding)}. It holds where no player wants to leave it. Below, in how many of 100 of the"
        f" stated worlds that is so ({worlds}), by how far players look; with a * also in the best guess.",
    )
    if holding.failures:
        say(out, f"{count(len(holding.failures), 'world')} could not be judged and are not counted: "
                 f"{next(iter(holding.failures.values()))}", "yellow")  # fmt: skip
    for each, words in FORESIGHT.items():
        say(out, f"{each:<5} a player {words}".replace("  ", _FREE * 2), "dim", indent=2, hang=6)
    wording, ranked = Wording(holding.graph), holding.ranked()
    shown = ranked[:SHOWN]
    _outcomes(holding, out)
    out.print()
    if not shown:
        say(out, "No configuration holds under any concept in any of these worlds.", "bold")
    else:
        common = in_common(wording, shown)
        which = "What holds most" if len(ranked) > len(shown) else "What holds"
        say(out, which, "bold")
        if common:
            say(out, f"In all {len(shown)} of them {wording.vector(shown[0], _rest(common, wording, shown[0]))}.")
        _head(out)
        for n in shown:
            _entry(holding, wording, n, common, out)
    if holding.start not in shown:
        out.print()
        say(out, "At the start", "bold")
        _head(out)
        _entry(holding, wording, holding.start, {}, out)
    _nearly(holding, wording, concept, out)
    out.print()
    if len(ranked) > len(shown):
        say(out, f"{len(ranked)} configurations hold under some concept in some of these worlds; --json lists them.",
            "dim")  # fmt: skip
    say(out, f"Why: offramp stability {case.name} --why NUMBER (the last number of a line), or --why start.", "dim")


def _drifting(holding: Holding) -> str:
    time, conditions = holding.graph.case.time, holding.graph.case.conditions
    if not conditions:
        return ""
    if holding.frozen:
        return ", the conditions as they start"
    return f" up to {time.unit} {time.horizon:g}, with the conditions drifting from where they start"


def _of_view(holding: Holding) -> str:
    if holding.view is None:
        return ""
    view = holding.graph.case.views[holding.view]
    return f" of the view {view.name or view.id}"


def _rest(common: dict[int, str], wording: Wording, configuration: int) -> dict[int, str]:
    return {k: level for k, level in enumerate(wording.levels(configuration)) if k not in common}


def _outcomes(holding: Holding, out: Console) -> None:
    """Print in how many worlds some, and all, of what holds goes with each outcome."""
    if not holding.settled or not holding.worlds:
        return
    out.print()
    say(out, "Outcomes that go with some, and with all, of what holds", "bold")
    _head(out)
    for id_, settled in holding.settled.items():
        cells = (f"{_percent(settled.some[c])}/{_percent(settled.all[c])}" for c in FORESIGHT)
        _line(cells, holding.graph.case.outcomes[id_].name, out)


def _head(out: Console) -> None:
    _line(FORESIGHT, "", out, "dim")


def _line(cells: Iterable[str], text: str, out: Console, style: str = "") -> None:
    """Print one cell for each concept, and a text that wraps behind them."""
    row = "".join(f"{cell:>8}" for cell in cells)
    say(out, f"{row.replace(' ', _FREE)}{_FREE * 2}{text}", style, hang=len(row) + 2)


def _entry(holding: Holding, wording: Wording, n: int, common: dict[int, str], out: Console) -> None:
    cells = []
    for concept in FORESIGHT:
        star = "*" if holding.best.stable[concept][:, n].all() else _FREE
        cells.append(f"{_percent(float(holding.shares[concept][n]))}{star}")
    _line(cells, f"{wording.vector(n, common) or 'as above'}  [{n}]", out)


def _percent(share: float) -> str:
    return f"{100 * share:.0f}" if share == share else "-"


def _nearly(holding: Holding, wording: Wording, concept: str, out: Console) -> None:
    """Print how many configurations one player alone would leave, and for each player the one nearest to holding."""
    nearly = holding.nearly(concept)
    if not nearly:
        return
    out.print()
    say(out, f"Nearly hold ({concept}): in most worlds one player alone would leave", "bold")
    for i in range(len(wording.players)):
        own = [(n, share) for n, leaver, share in nearly if leaver == i]
        if own:
            n, share = own[0]
            say(out, f"{wording.name(i)} would leave {count(len(own), 'configuration')}; in {_percent(share)} of 100 "
                     f"worlds that with {_from_start(holding, wording, n)} [{n}].", indent=2, hang=2)  # fmt: skip


def _from_start(holding: Holding, wording: Wording, configuration: int) -> str:
    if configuration == holding.start:
        return "everything as at the start"
    return f"{wording.unlike(holding.start, configuration)}, the rest as at the start"


def print_reasons(holding: Holding, concept: str, configuration: int, why: Sequence[Witness], out: Console) -> None:
    """Print why each player stays or leaves, in the best guess."""
    wording, unit = Wording(holding.graph), holding.graph.case.time.unit
    does = "holds" if all(each.reason.stable for each in why) else "does not hold"
    say(out, f"Why it {does} ({concept}, best guess)", "bold")
    say(out, wording.vector(configuration) + f" [{configuration}]", indent=2)
    say(out, f"Here a player {FORESIGHT[concept]}. In brackets: what it is worth to the player each "
             f"{unit}, on average up to the horizon.", "dim")  # fmt: skip
    for i, each in enumerate(why):
        out.print()
        stays = each.reason.stable
        say(out, f"{wording.name(i)} would {'stay' if stays else 'leave'}", "green" if stays else "red")
        _explain(wording, concept, configuration, each, out)


def _explain(wording: Wording, concept: str, configuration: int, witness: Witness, out: Console) -> None:
    why = witness.reason
    if not witness.sees:
        say(out, "Does not see this configuration, and knows of nothing better.", indent=2)
        return
    if not why.deterrents:
        say(out, f"There is no better move from here ({witness.worth[configuration]:.2f}).", indent=2)
    unpunished = [each for each in why.deterrents if not each.sanction]
    told = unpunished or list(why.deterrents)
    lines = [wording.deterrent(concept, configuration, each, witness.worth) for each in told]
    if not unpunished:
        lines += [wording.refused(configuration, each, witness) for each in why.refused]
    for line in lines[:MOVES]:
        say(out, line, indent=2, hang=2)
    if len(lines) > MOVES:
        say(out, f"And {count(len(lines) - MOVES, 'more move')} like these.", "dim", indent=2)
