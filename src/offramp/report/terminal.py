"""Findings on a terminal. Without colour, or through a pipe, the same text reads as well: bold also has a star."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from offramp.charts import number, percent
from offramp.charts.bands import best_means
from offramp.charts.numbers import span
from offramp.model import BY_SEARCH
from offramp.report.argument_words import (
    advice_lines,
    differing,
    guess_line,
    short_source,
    tension_line,
    verdicts_by_document,
    view_names,
)
from offramp.report.driver_words import driver_how, driver_lines, matters_command
from offramp.report.flip_words import few_lines
from offramp.report.lens_words import holds_lines, missing
from offramp.report.lines import clean, say, terminal
from offramp.report.robust_words import robust_lines
from offramp.report.trust import trust
from offramp.report.weight_words import trace_command, weight_line, worlds_words
from offramp.report.words import (
    answer,
    count,
    event_words,
    flips,
    foresight_adds,
    leader,
    ordered_outcomes,
    origin_rows,
    quantity,
    sentence_case,
    share_words,
    source_of,
    story_end,
    verdict_label,
)

if TYPE_CHECKING:
    from offramp.findings.claims.values import Verdict
    from offramp.findings.results import Findings

__all__ = ["print_findings"]

_STYLE = {
    "holds": "bold green", "mostly holds": "green", "depends": "bold yellow", "no difference": "dim",
    "mostly fails": "magenta", "fails": "bold magenta", "cannot be tested here": "dim",
}  # fmt: skip
MANY = 4
"""Assumptions that are told in full; of more, only which they are."""
MOST = 12
"""Sentences left out that are told with the reason."""
FLIPS = 3
"""Claims, and comparisons of strategies, of which it is told where they flip."""
_NAME = 18
_CELL = 13


def print_findings(findings: Findings, console: Console | None = None) -> None:
    """
    Print what a run found.

    Parameters
    ----------
    findings
        What a run found.
    console
        Where to; by default standard output, 80 columns wide where it is not a terminal.
    """
    out = console if console is not None else terminal()
    warned = [note for note in trust(findings) if note.level == "warn"]
    say(out, findings.title, "bold")
    facts = (
        f"{count(findings.done, 'world')}, seed {findings.seed}, "
        f"{quantity(findings.horizon, findings.unit)}, offramp {findings.version}"
    )
    say(out, facts, "dim")
    for note in warned:
        say(out, f"! {note.text}", "bold red", hang=2)
    say(out, "")
    for sentence in answer(findings):
        say(out, sentence)
    _outcomes(out, findings)
    _drivers(out, findings)
    _robust(out, findings)
    _flips(out, findings)
    _holds(out, findings)
    _verdicts(out, findings)
    _assumptions(out, findings)
    _weights(out, findings)
    _disagreement(out, findings)
    _left_out(out, findings)
    _rests(out, findings)
    _story(out, findings)


def _heading(out: Console, text: str, under: str = "") -> None:
    out.print()
    say(out, text.upper(), "bold")
    if under:
        say(out, under, "dim")


def _outcomes(out: Console, findings: Findings) -> None:
    keys = ordered_outcomes(findings)
    if not keys or not findings.strategies:
        return
    directed = any(info.better for info in findings.outcomes.values())
    under = "Mean over the worlds, the band that holds nine of ten of them"
    under += ", and the robust regret; * best mean where the case says what is better." if directed else "."
    _heading(out, "Strategies and outcomes", under)
    across = max(1, (out.width - _NAME - 2) // (_CELL + 2))
    groups = max(1, -(-len(keys) // across))
    size = -(-len(keys) // groups)
    for k in range(0, len(keys), size):
        out.print()
        out.print(_table(findings, keys[k : k + size]))


def _table(findings: Findings, keys: list[str]) -> Table:
    grid = Table(
        box=SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 2, 0, 0), header_style="", highlight=False
    )
    grid.add_column("", width=_NAME)
    for o in keys:
        info = findings.outcomes[o]
        head = Text(clean(info.name), style="bold")
        head.append(f"\n{'higher' if info.better == 'high' else 'lower'} is better" if info.better else "", style="dim")
        grid.add_column(head, width=_CELL, vertical="top", overflow="fold")
    for strategy, name in findings.strategies.items():
        row = [Text(clean(name))]
        for o in keys:
            info = findings.outcomes[o]
            band = findings.outcomes_by.get(strategy, {}).get(o)
            if band is None:
                row.append(Text("–"))
                continue
            best = strategy in best_means(findings, o)
            cell = Text(number(band.mean, info.low, info.high) + (" *" if best else ""), style="bold" if best else "")
            cell.append("\n" + span(band.p05, band.p95, info.low, info.high), style="not bold dim")
            if band.robust_regret is not None:
                cell.append(f"\nregret {number(band.robust_regret, info.low, info.high)}", style="not bold dim")
            row.append(cell)
        grid.add_row(*row, end_section=False)
    return grid


def _drivers(out: Console, findings: Findings) -> None:
    """Name the unknowns that each main outcome hangs on."""
    lines = driver_lines(findings, findings.drivers) if findings.drivers is not None else []
    if findings.drivers is not None and lines:
        _heading(out, "What drives the outcomes", driver_how(findings, findings.drivers))
        for line in lines:
            say(out, f"- {line}", hang=2)
        say(out, f"By player, origin or mechanism: {matters_command(findings)}")


def _robust(out: Console, findings: Findings) -> None:
    """Say which strategy is safe."""
    if findings.robust is not None:
        _heading(out, "Which strategy is safe")
        for line in robust_lines(findings, findings.robust):
            say(out, line)


def _flips(out: Console, findings: Findings) -> None:
    """Say where claims flip and the focal strategy fails: the most telling only."""
    if findings.flips is not None:
        _heading(out, "Where it flips")
        for line in few_lines(findings, findings.flips, FLIPS):
            say(out, f"- {line}", hang=2)


def _holds(out: Console, findings: Findings) -> None:
    """Say what holds, and whether play goes there."""
    why = missing(findings)
    lines = holds_lines(findings, findings.lenses) if findings.lenses is not None else [why] if why else []
    if lines:
        _heading(out, "What holds, if nobody follows a strategy")
    for line in lines:
        say(out, line)


def _verdicts(out: Console, findings: Findings) -> None:
    if not findings.verdicts:
        return
    groups = verdicts_by_document(findings)
    _heading(out, "Verdicts", "Those that flip most easily first: share nearest to one half.")
    for source, group in groups:
        if len(groups) > 1:
            out.print()
            say(out, short_source(findings, source), "bold underline")
        for v in group:
            _verdict(out, findings, v, named=len(groups) == 1)


def _verdict(out: Console, findings: Findings, v: Verdict, *, named: bool) -> None:
    built = "  [by construction]" if v.by_construction else ""
    out.print()
    say(out, f"{v.claim}  {verdict_label(v)}{built}", _STYLE[v.verdict])
    source = source_of(findings, v.source) if named else ""
    if v.quote:
        say(out, f"“{v.quote}”" + (f" ({source})" if source else ""), "italic", indent=2)
    say(out, v.says, indent=2)
    line = "" if v.verdict == "cannot be tested here" else share_words(v)
    shares = [f"{findings.views[k].name if k in findings.views else k} {percent(w.share)}" for k, w in v.views.items()]
    if shares:
        line += "; " + ", ".join(shares)
    if line:
        say(out, line, "dim", indent=2)
    if text := flips(v):
        say(out, text, indent=2)
    if v.note:
        say(out, v.note, "dim", indent=2)
    if source and not v.quote:
        say(out, f"({source})", "dim", indent=2)


def _assumptions(out: Console, findings: Findings) -> None:
    if not findings.assumptions:
        return
    said = count(len(findings.assumptions), "claim")
    _heading(out, f"Taken for granted, not tested: {said}")
    if len(findings.assumptions) > MANY:
        say(out, ", ".join(a.claim for a in findings.assumptions))
        return
    for a in findings.assumptions:
        say(out, f"- {a.says}", hang=2)


def _weights(out: Console, findings: Findings) -> None:
    """Name the sentences that carry the most, and count those that carry nothing."""
    if not findings.weights:
        return
    focal = findings.strategies.get(findings.focal, findings.focal)
    worlds = worlds_words(findings.weights)
    _heading(out, "What the sentences carry", f"Each switched off in turn over {worlds}, under “{focal}”.")
    say(out, f"{weight_line(findings)} For the whole story of one: {trace_command(findings)}")


def _disagreement(out: Console, findings: Findings) -> None:
    lines = advice_lines(findings) if differing(findings.advice) else []
    if not findings.tensions and not lines:
        return
    focal = findings.strategies.get(findings.focal, findings.focal)
    views = " / ".join(view_names(findings).values())
    under = f"Means under “{focal}”, and verdicts, by view: {views}." if findings.tensions and views else ""
    _heading(out, "Where the authors disagree", under)
    for id_ in findings.tensions:
        say(out, f"{id_}  {tension_line(findings, id_)}", hang=4)
    for line in lines:
        say(out, f"- {line}", hang=2)


def _left_out(out: Console, findings: Findings) -> None:
    if findings.left_out:
        _heading(out, "Left out of the model")
        for id_, why in list(findings.left_out.items())[:MOST]:
            say(out, f"{id_}  {why}", hang=4)
        if rest := list(findings.left_out)[MOST:]:
            say(out, f"and {', '.join(rest)}; report.html has the reasons")
    if findings.elsewhere:
        searched = BY_SEARCH in findings.elsewhere.values()
        _heading(out, "Tested elsewhere" if searched else "Tested in another case")
        cases: dict[str, list[str]] = {}
        for id_, case in findings.elsewhere.items():
            cases.setdefault(case, []).append(id_)
        for case, ids in cases.items():
            say(out, f"{case}: {', '.join(ids)}", hang=2)


def _rests(out: Console, findings: Findings) -> None:
    rows = [row for row in origin_rows(findings.origins) if row[1]]
    if rows:
        _heading(out, "What the numbers rest on")
        for word, n, share, means in rows:
            say(out, f"{percent(share):>6} {word:<11} {n:>4}  {means}", hang=25)
        if line := guess_line(findings):
            say(out, line)
    if said := foresight_adds(findings):
        _heading(out, "What foresight adds")
        say(out, said)
    notes = [note for note in trust(findings) if note.level != "warn"]
    _heading(out, "When not to trust it")
    for note in notes:
        say(out, f"- {note.text}", hang=2)


def _story(out: Console, findings: Findings) -> None:
    best = leader(findings)
    for strategy, name in sorted(findings.strategies.items(), key=lambda item: item[0] != best):
        told = findings.stories.get(strategy)
        if not told:
            continue
        _heading(out, f"One storyline: {name}", "Drawn at random in the best-guess world: one of many, no forecast.")
        for event in told[0].events:
            who, said, _ = event_words(findings, event)
            say(out, f"{findings.unit} {event.time:5.1f}  {sentence_case(who)}: {said}", hang=len(findings.unit) + 8)
        say(out, "At the end: " + "; ".join(story_end(findings, told[0])), hang=2)
        return
