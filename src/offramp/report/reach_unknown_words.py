"""What the answer hangs on: the region in the way, what others could change, what a view assumes. Plain text."""

from __future__ import annotations

from offramp.charts.numbers import finite, number, percent
from offramp.findings.reach.values import Turning
from offramp.report.flip_words import clauses_words
from offramp.report.reach_words import Telling, plain
from offramp.report.words import count

__all__ = ["assumed_lines", "blocked_lines", "theirs_lines"]

_NEAR = 3
"""Unknowns named in a sentence."""
_FELT = 0.03
"""Differences of a share that are told."""


def blocked_lines(telling: Telling) -> list[str]:
    """Say in which worlds the best package falls short, or in which alone it does not."""
    where = telling.reach.blocked
    if where is None:
        return []
    if not where.regions:
        return ["No region of the unknowns stands out among the worlds in which it falls short."]
    verb = "falls short" if where.side == "fails" else "reaches it"
    return [
        f"It {verb} in {percent(region.density)} of the worlds where {clauses_words(region.clauses)} (against "
        f"{percent(where.share)} of all; in worlds held out {percent(region.held_out)})."
        for region in where.regions
    ]


def theirs_lines(telling: Telling, *, brief: bool = False) -> list[str]:
    """Say which of the others' unknowns would by itself make the difference."""
    theirs = telling.reach.theirs
    if theirs is None or finite(theirs.value) is None:
        return []
    met = "it is reached" if theirs.reached else "it is not reached"
    lines = [
        f"In the best guess by itself {met} with the best package: “{telling.goal.outcome}” comes to "
        f"{number(theirs.value)}."
    ]
    if theirs.turning:
        named = [_turning(each) for each in theirs.turning[: _NEAR - brief]]
        more = len(theirs.turning) - len(named)
        verb = "It would be lost there" if theirs.reached else "It would be reached there"
        rest = f"; and so with {count(more, 'more unknown')} of the others" if more else ""
        lines.append(f"{verb}, all else as guessed, with {'; or '.join(named)}{rest}.")
    elif not theirs.reached:
        lines.append("No single change on the other side, inside what is stated, would do it.")
    if theirs.none and not (brief and theirs.turning):
        would = "undo" if theirs.reached else "do"
        lines.append(
            f"{count(theirs.none, 'unknown')} of the others would not {would} it, anywhere in the stated range."
        )
    return lines


def _turning(each: Turning) -> str:
    side = "above" if each.at > each.best else "below"
    return (
        f"{each.label} ({each.owner}) {side} {plain(each.at)}, best guess {plain(each.best)}, "
        f"{percent(each.distance)} of its range away"
    )


def assumed_lines(telling: Telling) -> list[str]:
    """Say what the view changes, and which of its assumptions do; nothing without a view."""
    reach, found = telling.reach, telling.reach.assumed
    if found is None or finite(found.best) is None:
        return []
    lines = [
        f"In the worlds as the case states them, without “{found.view}”, it is reached in {percent(found.now)} as "
        f"things stand (here {percent(reach.now.share)}), and with the best package here in {percent(found.best)} "
        f"(here {percent(reach.best.share)}); {percent(telling.goal.share)} is asked for."
    ]
    here = reach.now.share if found.of_now else reach.best.share
    what = "as things stand" if found.of_now else "with the best package"
    felt = [each for each in found.assumptions if abs(each.share - here) >= _FELT]
    if felt:
        named = [f"{each.label} ({plain(each.low)} to {plain(each.high)}) {percent(each.share)}"
                 for each in felt[:_NEAR]]  # fmt: skip
        more = len(found.assumptions) - len(felt)
        rest = f" {count(more, 'other')} of its assumptions change that by less than {percent(_FELT)}." if more else ""
        lines.append(f"With one assumption taken out and all others kept, it is reached {what} in: without "
                     f"{'; without '.join(named)}.{rest}")  # fmt: skip
    else:
        lines.append(f"No assumption by itself makes {percent(_FELT)} of difference to what is reached {what}.")
    return lines
