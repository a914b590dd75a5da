"""What holds, on a terminal: configurations that nobody leaves, and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Console

from offramp.findings.equilibria.holding import Holding
from offramp.findings.equilibria.witnesses import Witness
from offramp.report.lines import say
from offramp.report.stability_words import CONCEPT_WORDS, Wording, in_common
from offramp.report.words import count, listed

__all__ = ["print_assumed", "print_holding", "print_reasons"]

SHOWN = 6
"""Configurations listed."""
MOVES = 3
"""Moves of one player that are explained."""
_FREE = "\u00a0"


def print_assumed(holding: Holding, out: Console) -> None:
    """Print what was asked to be otherwise than in the case; nothing where nothing was."""
    parts = [f"{name} {level}" for name, level in holding.at.items()]
    if holding.frozen:
        parts.append("no condition drifts")
    if holding.view is not None:
        view = holding.graph.case.views[holding.view]
        parts.append(f"the view “{view.name or view.id}”")
    if parts:
        say(out, f"Assumed: {'; '.join(parts)}.", "yellow")
    if holding.idle:
        say(out, f"{listed([f'{name} is {level}' for name, level in holding.idle.items()])} at the start anyway"
                 + ("; what changes is that no condition drifts." if holding.frozen else "."), "yellow")  # fmt: skip


def print_holding(holding: Holding, concept: str, called: str, out: Console) -> None:
    """
    Print the configurations that are equilibria in most of the worlds.

    Parameters
    ----------
    holding : Holding
    concept : str
        Of the near-equilibria.
    called : str
        How the reader named the case.
    out : Console
    """
    case, total, wording, ranked = (
        holding.graph.case,
        len(holding.graph.codes),
        Wording(holding.graph),
        holding.ranked(),
    )
    say(out, f"{case.title}: what holds", "bold")
    print_assumed(holding, out)
    say(
        out,
        "A configuration is a level for every option. It holds where no player, once there, would leave it."
        f"{_worth(holding)} How much holds depends on how far players look:",
    )
    for each, words in CONCEPT_WORDS.items():
        say(out, f"{each:<5} {words}".replace("  ", _FREE * 2), "dim", indent=2, hang=6)
    found = [f"{len(holding.best.equilibria[each])} ({each})" for each in CONCEPT_WORDS]
    which = "" if holding.graph.whole else " that can be reached from the start (all are too many to go through)"
    say(out, f"In the best guess, of {count(total, 'configuration')}{which} there hold {listed(found)}.")
    if holding.failures:
        say(out, f"{count(len(holding.failures), 'world')} could not be judged and are not counted: "
                 f"{next(iter(holding.failures.values()))}", "yellow")  # fmt: skip
    say(
        out,
        f"The numbers below are percent of {count(holding.worlds, 'stated world')}; with a * also in the best guess.",
    )
    out.print()
    say(out, "At the start", "bold")
    _head(out)
    _entry(holding, wording, holding.start, {}, out)
    out.print()
    shown = [n for n in ranked[: SHOWN + 1] if n != holding.start][:SHOWN]
    if not ranked:
        say(out, "No configuration holds under any concept in any of these worlds.", "bold")
    elif shown:
        common = in_common(wording, shown)
        say(out, "What holds most, all concepts together" if len(ranked) > len(shown) else "What holds", "bold")
        if common:
            say(out, f"In all {len(shown)} of them {wording.vector(shown[0], _rest(common, wording, shown[0]))}.")
        _head(out)
        for n in shown:
            _entry(holding, wording, n, common, out)
    _outcomes(holding, out)
    _nearly(holding, wording, concept, out)
    out.print()
    if len(ranked) > len(shown) + 1:
        say(out, f"{len(ranked)} configurations hold under some concept in some of these worlds; --json lists them.",
            "dim")  # fmt: skip
    say(out, f"Why one holds or not: offramp stability {called} --why NUMBER (in brackets), or --why start.", "dim")


def _worth(holding: Holding) -> str:
    """Say what a configuration is worth, where conditions have a part in it."""
    time, conditions = holding.graph.case.time, holding.graph.case.conditions
    if not conditions:
        return ""
    if holding.frozen:
        return " To each player it is worth what it pays while the conditions are as they start."
    return (
        f" To each player it is worth what it pays on average up to {time.unit} {time.horizon:g}, the conditions"
        " drifting from where they start."
    )


def _rest(common: dict[int, str], wording: Wording, configuration: int) -> dict[int, str]:
    return {k: level for k, level in enumerate(wording.levels(configuration)) if k not in common}


def _outcomes(holding: Holding, out: Console) -> None:
    """Print in how many worlds each outcome can go with what holds, and in how many it must."""
    if not holding.settled or not holding.worlds:
        return
    out.print()
    say(out, "Outcomes: can be so / must be so (some of what holds has it / all of it has)", "bold")
    open_ = [id_ for id_, s in holding.settled.items() if min(s.some.values()) == 1.0 and max(s.all.values()) == 0.0]
    if len(open_) < len(holding.settled):
        _head(out)
    for id_, settled in holding.settled.items():
        if id_ not in open_:
            cells = (f"{_percent(settled.some[c])}/{_percent(settled.all[c])}" for c in CONCEPT_WORDS)
            _line(cells, _called(holding, id_), out)
    if open_:
        say(out, f"In every world possible and never certain: {listed([_called(holding, id_) for id_ in open_])}.")


def _called(holding: Holding, outcome: str) -> str:
    """Name an outcome without its measure, which is about courses over time."""
    return holding.graph.case.outcomes[outcome].name.removesuffix("(share of the time)").strip()


def _head(out: Console) -> None:
    _line(CONCEPT_WORDS, "", out, "dim")


def _line(cells: Iterable[str], text: str, out: Console, style: str = "") -> None:
    """Print one cell for each concept, and a text that wraps behind them; below them where there is no room."""
    row = "".join(f"{cell:>7}" for cell in cells)
    if out.width < 70 and text:
        say(out, row.replace(" ", _FREE), style)
        say(out, text, style, indent=4)
    else:
        say(out, f"{row.replace(' ', _FREE)}{_FREE * 2}{text}", style, hang=len(row) + 2)


def _entry(holding: Holding, wording: Wording, n: int, common: dict[int, str], out: Console) -> None:
    cells = []
    for concept in CONCEPT_WORDS:
        star = "*" if holding.best.stable[concept][:, n].all() else _FREE
        cells.append(f"{_percent(float(holding.shares[concept][n]))}{star}")
    _line(cells, f"[{n}] {wording.vector(n, common) or 'as above'}", out)


def _percent(share: float) -> str:
    return f"{100 * share:.0f}" if share == share else "-"


def _nearly(holding: Holding, wording: Wording, concept: str, out: Console) -> None:
    """Print how many configurations one player alone would leave, and for each player the one nearest to holding."""
    nearly = holding.nearly(concept)
    if not nearly:
        return
    out.print()
    say(out, f"What nearly holds ({concept}): one player alone breaks it in at least half of the worlds", "bold")
    for i in range(len(wording.players)):
        own = [(n, share) for n, leaver, share in nearly if leaver == i]
        if own:
            n, share = own[0]
            say(out, f"{wording.name(i)}: {count(len(own), 'configuration')}, most often ({_percent(share)} %) [{n}] "
                     f"{_from_start(holding, wording, n)}.", indent=2, hang=2)  # fmt: skip


def _from_start(holding: Holding, wording: Wording, configuration: int) -> str:
    if configuration == holding.start:
        return "everything as at the start"
    return f"{wording.unlike(holding.start, configuration)}; the rest as at the start"


def print_reasons(
    holding: Holding, concept: str, configuration: int, given: Sequence[int], why: Sequence[Witness], out: Console
) -> None:
    """
    Print why each player stays or leaves, in the best guess.

    Parameters
    ----------
    holding : Holding
    concept : str
    configuration : int
    given : sequence of int
        All configurations with the levels that the reader named.
    why : sequence of Witness
        By player.
    out : Console
    """
    wording = Wording(holding.graph)
    say(out, f"[{configuration}] {wording.vector(configuration)}", "bold")
    if configuration == holding.start:
        say(out, "This is the start.")
    print_assumed(holding, out)
    leaving = [i for i, each in enumerate(why) if not each.reason.stable]
    does = f"does not hold: {listed([wording.name(i) for i in leaving])} would leave" if leaving else "holds"
    say(out, f"In the best guess it {does} ({concept}).", "green" if not leaving else "red")
    say(out, f"{concept}: {CONCEPT_WORDS[concept]}.", "dim")
    if holding.worlds:
        stay = [f"{wording.name(i)} {_percent(float(row[configuration]))} %"
                for i, row in enumerate(holding.staying[concept])]  # fmt: skip
        say(out, f"Of {count(holding.worlds, 'stated world')} it holds in "
                 f"{_percent(float(holding.shares[concept][configuration]))} %; by player, those who would stay: "
                 f"{', '.join(stay)}.")  # fmt: skip
    if 1 < len(given) < len(holding.graph.codes):
        _alike(holding, concept, given, wording, out)
    if any(each.reason.deterrents for each in why):
        say(out, _brackets(holding, why), "dim")
    for i in sorted(range(len(why)), key=lambda i: (why[i].reason.stable, i)):
        out.print()
        stays = why[i].reason.stable
        afraid = " for fear of an answer" if stays and why[i].reason.deterrents else ""
        say(out, f"{wording.name(i)} would {'stay' + afraid if stays else 'leave'}", "green" if stays else "red")
        _explain(wording, concept, configuration, why[i], out)


def _brackets(holding: Holding, why: Sequence[Witness]) -> str:
    """Say what the numbers behind moves are."""
    ranked = [each.player.name or each.player.id for each in why if each.ordinal]
    worth = "on average up to the horizon" if not holding.frozen else "with conditions as they are"
    text = f"what it is worth to the player each {holding.graph.case.time.unit}, {worth}; only more or less counts"
    if len(ranked) == len(why):
        text = "how the player ranks it by its ordered statements, from 0 for the worst"
    elif ranked:
        text += f"; for {listed(ranked)} its rank by ordered statements, from 0 for the worst"
    return f"In brackets: {text}."


def _alike(holding: Holding, concept: str, given: Sequence[int], wording: Wording, out: Console) -> None:
    """Say how the others fare that have the levels named."""
    held = [n for n in given if holding.best.stable[concept][:, n].all()]
    most = max(given, key=lambda n: (float(holding.shares[concept][n]), -n))
    say(
        out,
        f"With the levels named there are {len(given)} configurations; {len(held)} hold in the best guess. The one that"
        f" holds most ({_percent(float(holding.shares[concept][most]))} % of the worlds): [{most}]"
        f" {_from_start(holding, wording, most)}.",
    )


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
