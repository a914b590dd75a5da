"""The parts of the page on trust: origins, warnings, the appendix."""

from __future__ import annotations

from offramp.charts import percent
from offramp.findings.results import Findings
from offramp.findings.sensitivity.values import GuessShare, KindShare
from offramp.report.argument_words import between, guess_lines
from offramp.report.figures import details, table
from offramp.report.markup import Child, Html, tag
from offramp.report.part_verdicts import assumptions
from offramp.report.trust import trust
from offramp.report.words import origin_rows, quantity

__all__ = ["appendix", "caution", "rests_on", "warnings"]


def warnings(findings: Findings) -> Html | None:
    """Write what must be known before anything else is read."""
    texts = [note.text for note in trust(findings) if note.level == "warn"]
    if not texts:
        return None
    return tag(
        "aside",
        tag("h2", "Before you read on"),
        tag("ul", *(tag("li", t) for t in texts)),
        class_="warning",
        role="note",
    )


def rests_on(findings: Findings) -> Html | None:
    """Write what the numbers rest on."""
    rows = origin_rows(findings.origins)
    total = sum(n for _, n, _, _ in rows)
    parts: list[Child] = [tag("h2", "What it rests on", id="rests")]
    if total:
        bar = [
            tag("span", style=f"flex:{n};background:var(--{colour})", title=f"{word}: {n}")
            for (word, n, _, _), colour in zip(rows, ("holds", "p6", "reversed", "s0"), strict=True)
            if n
        ]
        summary = ", ".join(f"{percent(share)} {word}" for word, n, share, _ in rows if n)
        parts.append(tag("div", *bar, class_="origins", role="img", aria_label=summary))
        items = [
            tag(
                "li",
                tag("span", class_="swatch", style=f"background:var(--{colour})", aria_hidden="true"),
                tag("strong", f"{percent(share)} {word}"),
                f" – {n}, {means}",
            )
            for (word, n, share, means), colour in zip(rows, ("holds", "p6", "reversed", "s0"), strict=True)
        ]
        parts.append(tag("ul", *items, class_="plain"))
        parts.append(
            tag(
                "p",
                f"Of the {total} numbers, {findings.origins.fixed} are single points; the others are ranges.",
                class_="how",
            )
        )
    parts += _guesses(findings)
    parts.append(assumptions(findings))
    if findings.sources:
        parts += [
            tag("h3", "Sources"),
            tag("ul", *(tag("li", line) for line in findings.sources.values()), class_="plain"),
        ]
    return tag("section", *parts) if any(part is not None for part in parts[1:]) else None


def _guesses(findings: Findings) -> list[Child]:
    """Write what share of the variance rests on guesses."""
    guesses = findings.guesses
    if guesses is None:
        return []
    name = findings.strategies.get(guesses.strategy, guesses.strategy)
    counts = ", ".join(f"{n} {kind}" for kind, n in guesses.unknowns.items() if n)
    how = (
        f"How much of the outcomes' variance over the stated worlds, under “{name}”, rests on guesses, alone or "
        "together with other numbers: all that quoted and published numbers do not explain by themselves. A quote "
        "carries the direction; the size of a quoted number is the modeller's range all the same. Intervals are too "
        "narrow where numbers act strongly together. "
        f"Numbers that vary: {counts}."
    )
    rows: list[list[Child]] = []
    for outcome, share in guesses.outcomes.items():
        line: list[Child] = [findings.outcomes[outcome].name, _interval(share)]
        line += [_interval(share.alone.get(kind)) for kind in guesses.unknowns]
        rows.append(line)
    head = ["Outcome", "Guesses, alone or with others", *(f"{kind} alone" for kind in guesses.unknowns)]
    return [
        tag("h3", "How much of the results rests on guesses"),
        tag("ul", *(tag("li", line) for line in guess_lines(findings)), class_="plain"),
        tag("p", how, class_="how"),
        details("Shares of the variance", table(head, rows, "Shares of the variance", class_="small")),
    ]


def _interval(share: GuessShare | KindShare | None) -> str:
    if share is None:
        return "–"
    return percent(share.share) + between(share.low, share.high)


def caution(findings: Findings) -> Html:
    """Write when not to trust the result."""
    items = [tag("li", note.text, class_=note.level) for note in trust(findings)]
    return tag("section", tag("h2", "When not to trust it", id="trust"), tag("ul", *items, class_="notes"))


def appendix(findings: Findings, licences: Html) -> Html:
    """Write what a colleague needs to run it again, and what went wrong."""
    n = findings.numerics
    facts = [
        ("Case", f"{findings.case}"),
        ("Digest of the case", findings.digest),
        ("offramp", findings.version),
        ("Seed", str(findings.seed)),
        ("Worlds", f"{findings.done} of {findings.worlds}, and the best guess"),
        ("Time", f"outcomes over {quantity(findings.horizon, findings.unit)}, players look ahead to "
                 f"{findings.unit} {findings.foresight:.4g}"),
        ("Tolerance", f"{n.tolerance:.0e}".replace("e-0", "e-")),
        ("To run it again", f"offramp run CASE --worlds {findings.worlds} --seed {findings.seed}"),
    ]  # fmt: skip
    rows = [
        (
            findings.strategies.get(s, s),
            f"{n.states.get(s, 0):,}".replace(",", "\u202f"),
            _plain(n.error.get(s)),
            _plain(n.amplification.get(s)),
            percent(n.foresight.get(s)),
        )
        for s in findings.strategies
    ]
    parts: list[Child] = [
        tag("h2", "Appendix", id="appendix"),
        tag("dl", *(tag("div", tag("dt", name), tag("dd", value)) for name, value in facts), class_="facts"),
        table(
            ("Strategy", "States", "Error", "Amplification", "Change with longer foresight"),
            rows,
            "Numerics",
            class_="small",
        ),
        tag(
            "p",
            "Error: the largest numerical error of an outcome, as a share of its range. Amplification: the "
            "largest change of an outcome per unit change of the values at the foresight date. Change with longer "
            "foresight: the largest change of an outcome, as a share of its range, when foresight is a quarter longer. "
            "All in the best-guess world.",
            class_="how",
        ),
    ]
    if findings.failed:
        failed = [
            (
                str(f.world),
                findings.strategies.get(f.strategy, f.strategy),
                f.message,
                ", ".join(f"{key} = {value:.4g}" for key, value in f.draws.items()),
            )
            for f in findings.failed[:50]
        ]
        rest = len(findings.failed) - len(failed)
        head = ("World", "Strategy", "What happened", "Draws")
        parts.append(
            details(
                f"Worlds that could not be computed ({len(findings.failed)})",
                table(head, failed, "Failed worlds", class_="small"),
                tag("p", f"… and {rest} more; results.json has them all.") if rest else None,
            )
        )
    parts.append(licences)
    return tag("section", *parts)


def _plain(value: float | None) -> str:
    return "–" if value is None or value != value else f"{value:.2g}".replace("e-0", "e-")
