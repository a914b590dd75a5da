"""What the outcomes hang on, in words: the same for a terminal and for tests. Plain text."""

from __future__ import annotations

import math

from offramp.charts import number, percent
from offramp.charts.numbers import signed
from offramp.findings.sensitivity.matters_values import (
    BreakEven,
    BreakEvens,
    GroupDrive,
    Matters,
    OutcomeDrive,
    Tornado,
)
from offramp.report.driver_words import IN_PART, driver_words, interval_of, origin_words
from offramp.report.words import count, listed

__all__ = [
    "TOGETHER",
    "break_even_lines",
    "drive_line",
    "figure",
    "outcome_name",
    "share_words",
    "telling_line",
    "tornado_line",
    "turns",
]

TOGETHER = 0.1
"""What groups explain only together is told from this share on."""


def figure(value: float) -> str:
    """Write the value of an unknown in its own unit."""
    return f"{value + 0.0:.3g}".replace("-", "−")


def share_words(share: float, low: float, high: float) -> str:
    """Write a share with its interval; what lies outside 0 and 1 is noise and is not shown."""
    if not math.isfinite(share):
        return "–"
    return f"{percent(min(max(share, 0.0), 1.0))} ({interval_of(low, high)})"


def outcome_name(matters: Matters, outcome: str) -> str:
    """Return an outcome's name; what stands in brackets behind it only where another is called the same."""
    name = matters.outcomes[outcome].name
    brief = name.partition(" (")[0]
    same = [info for info in matters.outcomes.values() if info.name.partition(" (")[0] == brief]
    return brief if len(same) == 1 else name


def drive_line(matters: Matters, drive: OutcomeDrive) -> str:
    """Say in a sentence or two which groups drive an outcome."""
    name = f"“{outcome_name(matters, drive.outcome)}”"
    known = [group for group in drive.groups if math.isfinite(group.total)]
    if not known:
        return f"{name} does not vary over these worlds."
    clear = [group for group in known if group.total_low > 0.01 and group.total > 0.02]
    if not clear:
        return f"What drives {name}: over these worlds no {matters.by} stands out."
    first, rest = clear[0], clear[1:4]
    said = f"What drives {name}: {first.label.removesuffix('.')}, {_takes_part(first)}"
    if rest:
        said += f"; then {listed(f'{_named(g)} {share_words(g.total, g.total_low, g.total_high)}' for g in rest)}"
    if math.isfinite(drive.together) and drive.together > TOGETHER:
        said += f". The remaining {percent(drive.together)} come from several of these together"
    return f"{said}."


def _named(group: GroupDrive) -> str:
    return group.label.partition(": ")[0]


def _takes_part(group: GroupDrive) -> str:
    total = share_words(group.total, group.total_low, group.total_high)
    first = share_words(group.first, group.first_low, group.first_high)
    return f"with {total} of the variance, {first} by itself"


def telling_line(matters: Matters, drive: OutcomeDrive) -> str:
    """Name the single unknowns that stand out in the worlds at hand."""
    name, told = f"“{outcome_name(matters, drive.outcome)}”", drive.telling
    if not told.drivers:
        return (
            f"No single unknown stands out for {name} over {count(told.worlds, 'world')}: by chance the most telling "
            f"of {told.unknowns} would seem to explain up to {percent(told.floor)}."
        )
    named = "; ".join(map(driver_words, told.drivers))
    apart = f" {IN_PART}" if any(driver.twins for driver in told.drivers) else ""
    return f"Single unknowns that stand out for {name}, with what each explains by itself: {named}.{apart}"


def tornado_line(matters: Matters, tornado: Tornado) -> str:
    """Say how far the one that swings most moves an outcome, and how many move nothing."""
    info = matters.outcomes[tornado.outcome]
    name = f"“{outcome_name(matters, tornado.outcome)}”"
    if not math.isfinite(tornado.best_guess):
        return f"With all unknowns at the best guess {name} could not be computed: no swings around it can be told."
    at = number(tornado.best_guess, info.low, info.high)
    idle = (
        f"{tornado.idle} of {count(tornado.unknowns, 'unknown')} "
        f"{'moves' if tornado.idle == 1 else 'move'} it by no more than {matters.margin:g} of its range."
    )
    if not tornado.swings:
        return f"With all unknowns at the best guess {name} is {at}. {idle}"
    most = tornado.swings[0]
    low, high = (number(each, info.low, info.high) for each in (most.at_low, most.at_high))
    return (
        f"With all unknowns at the best guess {name} is {at}. Most by itself does {most.unknown.label} "
        f"({origin_words(most.unknown)}): from {figure(most.low)} to {figure(most.high)} it takes it from {low} to "
        f"{high}. {idle}"
    )


def break_even_lines(matters: Matters, even: BreakEvens) -> list[str]:
    """Say which of two strategies is preferred, and which unknowns alone would change that."""
    first, other = even.preferred, even.against if even.preferred == even.strategy else even.strategy
    lines = [_ahead(matters, even, first, other)]
    clear = [each for each in even.found if each.lead > even.margin]
    if clear:
        told = listed(_turn(even, each) for each in clear[:3])
        more = f", and {len(clear) - 3} more below" if len(clear) > 3 else ""
        lines.append(f"“{matters.strategies[other]}” would be preferred, all else as guessed, with {told}{more}.")
    total = even.none + even.failed + even.stopped + len(even.found)
    unknowns = count(total, "unknown")
    if even.none == total:
        tail = f"None of {unknowns} would change that by itself, anywhere in its range"
    else:
        tail = f"{even.none} of {unknowns} would not change that by themselves, anywhere in their range"
    if faint := len(even.found) - len(clear):
        tail += f"; {faint} {'does' if faint == 1 else 'do'}, but the lead beyond stays within the margin"
    if even.failed:
        tail += f"; {even.failed} could not be computed"
    if even.stopped:
        tail += f"; it was stopped before {even.stopped} {'was' if even.stopped == 1 else 'were'} done"
    return [*lines, f"{tail}."]


def _ahead(matters: Matters, even: BreakEvens, first: str, other: str) -> str:
    """Say how far one strategy is ahead of the other in the best guess and over the worlds."""
    info = matters.outcomes[even.outcome]
    verb, than = ("higher", "than") if info.better is None else ("ahead", "of")
    toward = (1.0 if first == even.strategy else -1.0) * (-1.0 if info.better == "low" else 1.0)
    mean, *ends = (
        signed(toward * each, info.low, info.high)
        for each in (even.mean, *sorted((even.mean_low, even.mean_high), key=lambda end: toward * end))
    )
    gap = number(abs(even.difference), info.low, info.high)
    one, two = f"“{matters.strategies[first]}”", f"“{matters.strategies[other]}”"
    guess = f"{one} is {gap} {verb} {than} {two}"
    if not math.isfinite(even.difference):
        guess = f"{one} and {two} could not both be computed"
    elif abs(even.difference) <= even.margin:
        guess = f"{one} and {two} differ by {gap}, which counts as no difference"
    return (
        f"On “{outcome_name(matters, even.outcome)}”, in the best guess, {guess}. Over {count(even.worlds, 'world')} "
        f"{one} is {verb} by {mean} on average (95\u00a0% interval {' to '.join(ends)}): by more than the margin in "
        f"{percent(even.share)} of the stated worlds, and the other one in {percent(even.reversed)}."
    )


def turns(even: BreakEvens, each: BreakEven) -> list[str]:
    """Say where the strategy that is not preferred in the best guess would be: ``above 0.28``."""
    sides = ("below" if crossing.above == even.preferred else "above" for crossing in each.crossings)
    at = (number(crossing.at, each.low, each.high) for crossing in each.crossings)
    return [f"{side} {value}" for side, value in zip(sides, at, strict=True)]


def _turn(even: BreakEvens, each: BreakEven) -> str:
    return f"{each.unknown.label} {listed(turns(even, each))} (best guess {figure(each.best)})"
