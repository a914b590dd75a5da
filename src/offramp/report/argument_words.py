"""What became of an argument, in sentences: the same for page, terminal and Markdown. Plain text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from offramp.charts.numbers import finite, number, percent, span
from offramp.findings.choice.values import Advice, Best
from offramp.findings.claims.values import Verdict
from offramp.findings.results import Findings
from offramp.findings.sensitivity.values import GuessShare
from offramp.findings.sentences.values import Fate, Sentence
from offramp.model import BY_SEARCH
from offramp.report.words import count, listed, ordered_verdicts, share_words, source_of, verdict_label

__all__ = [
    "advice_lines",
    "best_of",
    "best_words",
    "between",
    "by_how_much",
    "carried_by",
    "differing",
    "fate_label",
    "fate_name",
    "fate_words",
    "guess_line",
    "guess_lines",
    "sentences_by_key",
    "short_source",
    "tension_line",
    "tested_where",
    "verdicts_by_document",
    "view_names",
]


def view_names(findings: Findings) -> dict[str, str]:
    """Return the views' names by id."""
    return {key: view.name for key, view in findings.views.items()}


def short_source(findings: Findings, source: str | None) -> str:
    """Return a source in one line, or that there is none."""
    return source_of(findings, source) or "Of no document"


def verdicts_by_document(findings: Findings) -> list[tuple[str | None, list[Verdict]]]:
    """Group verdicts by source, in the case's order, those that flip most easily first; those of none last."""
    groups: dict[str | None, list[Verdict]] = {source: [] for source in findings.sources}
    for verdict in ordered_verdicts(findings):
        groups.setdefault(verdict.source, []).append(verdict)
    nowhere = groups.pop(None, [])
    found = [(source, verdicts) for source, verdicts in groups.items() if verdicts]
    return [*found, (None, nowhere)] if nowhere else found


def sentences_by_key(findings: Findings) -> dict[tuple[str, str], tuple[str, Sentence]]:
    """Return every sentence by kind and id, with the name under which it stands on the page."""
    told = findings.sentences
    everything = [s for group in (*told.documents.values(), told.counters, told.others) for s in group]
    return {(s.kind, s.id): (f"s{n}", s) for n, s in enumerate(everything)}


def fate_label(findings: Findings, sentence: Sentence) -> str:
    """Return what became of a sentence in two or three words."""
    if sentence.fate == "tested":
        return verdict_label(findings.verdicts[sentence.id])
    return fate_name(sentence.fate, sentence.tested_in)


def fate_name(fate: Fate, tested_in: str | None = None) -> str:
    """Name a fate other than that of a tested claim, which has its verdict."""
    match fate:
        case "elsewhere":
            return tested_where(tested_in or "another case")
        case "assumption":
            return "taken for granted"
        case "untestable":
            return "cannot be tested here"
        case _:
            return fate


def tested_where(name: str) -> str:
    """Say where a claim is judged that has no verdict here."""
    return f"judged by {name}" if name == BY_SEARCH else f"tested in {name}"


def fate_words(findings: Findings, sentence: Sentence) -> str:
    """Return what became of a sentence beyond its label: elements, a share, a reason; empty where that says all."""
    match sentence.fate:
        case "in the model":
            return carried_by(sentence)
        case "tested":
            return share_words(findings.verdicts[sentence.id])
        case "left out" | "untestable":
            return sentence.reason or ""
        case "not run":
            return "it is about strategies that this run left out"
        case _:
            return ""


def carried_by(sentence: Sentence) -> str:
    """List the elements that carry a mechanism; what is shared, or what a number is used in, stands once."""
    told = list(dict.fromkeys(carrier.words for carrier in sentence.carriers))
    used = [f", in {words}" for words in told]
    return "; ".join(next((words.removesuffix(u) for u in used if words.endswith(u)), words) for words in told)


def best_words(findings: Findings, best: Best) -> str:
    """Name the best strategy, or the two that cannot be told apart; of more, that none is clearly best."""
    return best_of(findings, (best.strategy, *best.rivals))


def best_of(findings: Findings, strategies: Sequence[str]) -> str:
    """Say which strategy is best where the first is, and the others come close."""
    names = [findings.strategies.get(s, s) for s in strategies]
    return " or ".join(f"“{name}”" for name in names) if len(names) < 3 else f"no clear best among {len(names)}"


def by_how_much(findings: Findings, outcome: str, best: Best) -> str:
    """Say how much better the best strategy does than the next, with the interval of the difference."""
    info = findings.outcomes[outcome]
    gain = number(best.gain, info.low, info.high)
    return f"by {gain} ({span(best.low, best.high, info.low, info.high)})"


def differing(advice: Mapping[str, Advice]) -> list[str]:
    """Return the outcomes on which the views' advice clearly differs."""
    return [outcome for outcome, told in advice.items() if told.differs]


def advice_lines(findings: Findings) -> list[str]:
    """Say where the authors, given each other's assumptions, would change their advice; then where not."""
    if len(findings.views) < 2 or not findings.advice:
        return []
    lines, same, unclear = [], [], []
    for outcome, told in findings.advice.items():
        name = f"“{findings.outcomes[outcome].name}”"
        if told.differs:
            lines.append(f"What serves {name} best depends on the view: {'; '.join(_by_view(findings, told))}.")
        elif len({best.strategy for best in told.views.values()}) == 1 and not any(
            best.rivals for best in told.views.values()
        ):
            strategy = next(iter(told.views.values())).strategy
            same.append(f"{name} (“{findings.strategies.get(strategy, strategy)}”)")
        else:
            unclear.append(name)
    if same:
        lines.append(f"Under every view the same strategy is best for {listed(same)}.")
    if unclear:
        lines.append(f"These worlds do not tell whether the views' advice differs for {listed(unclear)}.")
    return lines


def _by_view(findings: Findings, told: Advice) -> list[str]:
    """Say which strategy is best under which views; of more than two that nothing tells apart, that none is."""
    groups: dict[str, list[str]] = {}
    for view, best in told.views.items():
        said = best_words(findings, best)
        said = f"it is {said}" if len(best.rivals) < 2 else "none is clearly best"
        groups.setdefault(said, []).append(f"“{findings.views[view].name}”")
    return [f"under {listed(views)} {said}" for said, views in groups.items()]


def tension_line(findings: Findings, id_: str) -> str:
    """Put a tension into one line: what it is, then view by view its first outcome and the claims that differ."""
    tension = findings.tensions[id_]
    parts = []
    for outcome in list(tension.outcomes)[:1]:
        info = findings.outcomes[outcome]
        cells = [row.get(outcome) for row in tension.views.values()]
        means = [number(None if cell is None else cell.mean, info.low, info.high) for cell in cells]
        parts += [f"{info.name}: {' / '.join(means)}"] if means else []
    for claim in [c for c in tension.claims if c in findings.verdicts]:
        views = findings.verdicts[claim].views
        if len({inner.verdict for inner in views.values()}) > 1:
            parts.append(f"{claim}: {' / '.join(inner.verdict for inner in views.values())}")
    return tension.says + (f" {'; '.join(parts)}." if parts else "")


def guess_lines(findings: Findings) -> list[str]:
    """Say, for each main outcome, what share of its variance rests on guesses."""
    guesses = findings.guesses
    if guesses is None:
        return []
    notes = {share.note for share in guesses.outcomes.values()}
    if len(notes) == 1 and "" not in notes and len(guesses.outcomes) > 1:
        return [*notes]
    lines = []
    for outcome, share in guesses.outcomes.items():
        name = f"“{findings.outcomes[outcome].name}”"
        if finite(share.share) is None:
            lines.append(f"{name}: {share.note}")
        else:
            said = f"{_share(share)} of the variance of {name} rests on guesses"
            lines.append(f"{said}. {share.note}".replace(".. ", ". ").strip() if share.note else f"{said}.")
    return lines


def guess_line(findings: Findings) -> str:
    """Put the shares that rest on guesses into one line; empty where nothing can be said."""
    guesses = findings.guesses
    if guesses is None:
        return ""
    known = {o: s for o, s in guesses.outcomes.items() if finite(s.share) is not None}
    if not known:
        notes = {share.note for share in guesses.outcomes.values()}
        return f"How much of the variance rests on guesses: {notes.pop()}" if len(notes) == 1 else ""
    first, *others = known
    line = f"{_share(known[first])} of the variance of “{findings.outcomes[first].name}” rests on guesses"
    if others:
        shares = [known[o].share for o in others]
        low, high = percent(min(shares)), percent(max(shares))
        of = f"the {count(len(others), 'other main outcome')}" if len(others) > 1 else "the other main outcome"
        line += f", of {of} " + (low if low == high else f"{low} to {high}")
    return f"{line} (under “{findings.strategies.get(guesses.strategy, guesses.strategy)}”)."


def between(low: float, high: float) -> str:
    """Write an interval of shares in brackets, `` (79–86 %)``; empty where it has no width."""
    first, last = percent(low), percent(high)
    return "" if first == last else f" ({first}–{last})".replace("\u00a0%–", "–")


def _share(share: GuessShare) -> str:
    return percent(share.share) + between(share.low, share.high)
