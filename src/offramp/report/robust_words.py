"""Which strategy is safe, in words: the same for page, terminal and Markdown. Plain text."""

from __future__ import annotations

from collections.abc import Iterable

from offramp.charts.numbers import finite, number, percent
from offramp.findings.choice.values import Judged, KnowingOne, Preferred, Robust, RobustOutcome
from offramp.findings.results import Findings
from offramp.report.words import count, listed, sentence_case

__all__ = [
    "asks_words",
    "beaten_words",
    "chosen_words",
    "knowing_lines",
    "leading",
    "metric_of",
    "quoted",
    "robust_lines",
    "tally_words",
    "value_words",
    "vote_lines",
]

_NUMBERS = ["none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]


def leading(robust: Robust) -> RobustOutcome:
    """Return the outcome that is shown first."""
    return next(iter(robust.outcomes.values()))


def _many(n: int) -> str:
    return _NUMBERS[n] if n < len(_NUMBERS) else str(n)


def quoted(findings: Findings, strategies: Iterable[str], mark: str = "and") -> str:
    """Name strategies: ``“A”, “B” and “C”``."""
    names = [f"“{findings.strategies.get(s, s)}”" for s in strategies]
    return f"{', '.join(names[:-1])} {mark} {names[-1]}" if len(names) > 1 else names[0]


def value_words(findings: Findings, judged: RobustOutcome, metric: Judged, strategy: str) -> str:
    """Write what a metric gives a strategy."""
    value = metric.values[strategy]
    if metric.kind == "share":
        return percent(value)
    if metric.power == 0:
        return number(value)
    info = findings.outcomes[judged.outcome]
    return number(value, info.low, info.high)


def asks_words(metric: Judged, worlds: int) -> str:
    """Say what a metric asks; of what hangs on one or two worlds, of how many."""
    more = f" Of {count(worlds, 'world')}: more would reach farther out." if metric.extreme else ""
    return f"{metric.asks}{more}".replace(" %", "\u00a0%")


def metric_of(judged: RobustOutcome, id_: str) -> Judged:
    """Return what one metric says."""
    return next(each for each in judged.metrics if each.metric == id_)


def vote_lines(findings: Findings, judged: RobustOutcome) -> list[str]:
    """Say how the strategies do in their worst worlds and in regret, and whom the metrics prefer."""
    return [*_safest(findings, judged), *_votes(findings, judged)]


def _safest(findings: Findings, judged: RobustOutcome) -> list[str]:
    name = findings.outcomes[judged.outcome].name
    worst, behind = metric_of(judged, "worst-0.1"), metric_of(judged, "regret-0.9")
    if worst.votes:
        comes = "comes" if len(worst.winners) == 1 else "come"
        ends = sorted(worst.winners, key=lambda s: worst.values[s])
        at_worst = " to ".join(dict.fromkeys(value_words(findings, judged, worst, s) for s in (ends[0], ends[-1])))
        first = (
            f"In the worst tenth of the worlds {quoted(findings, worst.winners)} {comes} to {at_worst} on “{name}”, "
        )
        first += "better than any other."
    else:
        ends = [value_words(findings, judged, worst, s) for s in sorted(worst.values, key=lambda s: worst.values[s])]
        given = ends[0] if ends[0] == ends[-1] else f"{ends[0]} to {ends[-1]}"
        first = f"In the worst tenth of the worlds no strategy stands out on “{name}”: {given}."
    best = behind.winners[0] if behind.winners else judged.leader
    most = value_words(findings, judged, behind, best)
    if behind.votes and abs(behind.values[best]) <= judged.margin:
        equal = "is as good as" if len(behind.winners) == 1 else "are as good as"
        second = f"{quoted(findings, behind.winners)} {equal} the best strategy in nine of ten worlds"
        return [first, f"{second} (within the margin), and no other is."]
    if behind.votes:
        stays = "stays" if len(behind.winners) == 1 else "stay"
        second = (
            f"{quoted(findings, behind.winners)} {stays} within {most} of the best strategy in nine of ten worlds, "
        )
        return [first, f"{second}nearer than any other."]
    return [first, f"None stays nearer than others to the best strategy of each world: {most} in nine of ten."]


def _votes(findings: Findings, judged: RobustOutcome) -> list[str]:
    voting = [each for each in judged.metrics if each.votes]
    if not voting:
        return ["No metric tells the strategies apart by more than the margin."]
    first, leader = judged.votes[judged.leader], quoted(findings, [judged.leader])
    tied = [s for s, n in judged.votes.items() if n == first]
    some = f"all {_many(first)}" if first == len(voting) > 1 else f"{_many(first)} of {_many(len(voting))}"
    verb = "prefers" if first == 1 else "prefer"
    metrics = "metric that tells" if len(voting) == 1 else "metrics that tell"
    overlap = " (they overlap)" if len(voting) > 1 else ""
    lines = [sentence_case(f"{some} {metrics} strategies apart{overlap} {verb} {quoted(findings, tied, 'or')}.")]
    others: dict[tuple[str, ...], dict[str, None]] = {}
    for each in voting:
        if not set(tied) & set(each.winners):
            others.setdefault(each.winners, {})[each.looks_at] = None
    for winners, looks in others.items():
        one = "The one that looks" if len(looks) == 1 and _asked(voting, winners) == 1 else "Those that look"
        verb = "prefers" if one == "The one that looks" else "prefer"
        lines.append(f"{one} at {listed(looks)} {verb} {quoted(findings, winners, 'or')}.")
    stays = [each.stays for each in voting if judged.leader in each.winners and finite(each.stays) is not None]
    if stays and min(stays) < 1:
        least = f"in at least {percent(min(stays))} of the resamples"
        lines.append(f"If worlds are drawn again from these, {leader} stays first under each of its metrics {least}.")
    return lines


def _asked(voting: Iterable[Judged], winners: tuple[str, ...]) -> int:
    return sum(each.winners == winners for each in voting)


def tally_words(findings: Findings, judged: RobustOutcome) -> str:
    """Say in a few words whom most metrics prefer: ``“Step for step”, 7 of 10``."""
    voting = sum(each.votes for each in judged.metrics)
    if not voting:
        return "no strategy: none differs by more than the margin"
    most = judged.votes[judged.leader]
    return f"{quoted(findings, [s for s, n in judged.votes.items() if n == most])}, {most} of {voting}"


def beaten_words(findings: Findings, robust: Robust) -> str:
    """Say which strategies are worse than another on the means of all main outcomes; empty with one outcome."""
    if len(robust.compared) < 2:
        return ""
    all_ = f"the means of the {_many(len(robust.compared))} main outcomes that say what is better"
    if not robust.beaten:
        return f"On {all_}, every strategy has something over each of the others: none can be set aside."
    told = [f"{quoted(findings, [s])} by {quoted(findings, by, 'and')}" for s, by in robust.beaten.items()]
    return f"On {all_}, some strategies are bettered without a loss: {'; '.join(told)}."


def chosen_words(findings: Findings, chosen: Iterable[Preferred]) -> str:
    """Say what one would choose, knowing an unknown: ``below 0.6 “Step for step”, above it “Offer”``."""
    told, steps = [], list(chosen)
    for n, step in enumerate(steps):
        low, high = _plain(step.low), _plain(step.high)
        where = f"from {low} to {high} " if low else f"below {high} "
        if not high:
            where = ("above it " if n == 1 else f"above {low} ") if low else ""
        told.append(f"{where}{quoted(findings, [step.strategy])}")
    return ", ".join(told)


def _plain(value: float | None) -> str:
    return "" if value is None else f"{value + 0.0:.4g}".replace("-", "−")


def knowing_lines(findings: Findings, judged: RobustOutcome) -> list[str]:
    """Say what it would help to know, and what one would choose then."""
    info = findings.outcomes[judged.outcome]
    chosen = quoted(findings, [judged.chosen])
    lost = number(judged.regret, info.low, info.high)
    if judged.regret <= judged.margin:
        return [f"Whoever chooses {chosen}, the best mean, loses next to nothing by not knowing the world: {lost} on "
                "average."]  # fmt: skip
    said = f"Whoever chooses {chosen}, the best mean, falls {lost} behind the best strategy of each world on average."
    if not judged.unknowns:
        return [said, "These worlds are too few to tell what it would help to know."]
    if not judged.knowing:
        noise = f"by more than noise seems to ({percent(judged.floor / judged.regret)})"
        return [said, f"None of {count(judged.unknowns, 'unknown')}, known by itself, would bring that down {noise}."]
    return [said, *(_knowing(findings, judged, one) for one in judged.knowing)]


def _knowing(findings: Findings, judged: RobustOutcome, one: KnowingOne) -> str:
    twins = (
        f" In these draws that moves along with {listed(f'“{twin}”' for twin in one.twins)}: it may be one of them."
        if one.twins
        else ""
    )
    falls = f"that regret would fall by {percent(one.value / judged.regret)}"
    return f"If “{one.label}” were known, {falls}: one would choose {chosen_words(findings, one.chosen)}.{twins}"


def robust_lines(findings: Findings, robust: Robust) -> list[str]:
    """Say it in few lines."""
    judged = leading(robust)
    lines = [" ".join(_safest(findings, judged)), " ".join(_votes(findings, judged)[:3])]
    if more := list(robust.outcomes.values())[1:]:
        same, others = sum(each.leader == judged.leader for each in more), "outcome" if len(more) == 1 else "outcomes"
        too = f"the most metrics prefer {quoted(findings, [judged.leader])} too"
        lines.append(f"On {_many(same)} of {_many(len(more))} other {others} {too}.")
    return [*lines, " ".join(knowing_lines(findings, judged)[:2])]
