"""What a check found of a case without mistakes, on the screen and for programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from shutil import get_terminal_size
from textwrap import fill
from typing import TYPE_CHECKING

import click

from offramp.cli.arguments import fault_as_json
from offramp.cli.visible import say, visible, visible_fault

if TYPE_CHECKING:
    from offramp.documents.evidence import Evidence
    from offramp.errors import DocumentError
    from offramp.findings.check import Checked
    from offramp.findings.sentences.coverage import Coverage
    from offramp.model import Case

__all__ = ["checked_as_json", "show_checked"]


def show_checked(
    case: Case, checked: Checked, covered: Coverage, evidence: Evidence | None, unreadable: Sequence[DocumentError]
) -> None:
    """Print sizes, coverage, quotes, and the numbers that rest on nothing."""
    say(f"{case.name}: no mistakes")
    _table((strategy, f"{states:>9,} states") for strategy, states in checked.states.items())
    if case.mechanisms or case.tensions:
        click.echo("\nWhat became of the documents' sentences")
        _table(_coverage(case, covered))
    if evidence is not None:
        click.echo("\nQuotes")
        _table(_quotes(evidence, unreadable))
    if checked.unquoted:
        said = "1 number says" if len(checked.unquoted) == 1 else f"{len(checked.unquoted)} numbers say"
        click.echo(f"\n{said} neither a source nor `origin:`; e.g.")
        for path in checked.unquoted[:5]:
            say(f"  {path}")


def checked_as_json(
    case: Case, checked: Checked, covered: Coverage, evidence: Evidence | None, unreadable: Sequence[DocumentError]
) -> dict[str, object]:
    """Return the same as plain data; with documents, a row for every quote with its passage."""
    told: dict[str, object] = {
        "ok": True,
        "case": case.name,
        "digest": case.digest,
        "states": checked.states,
        "without_origin": list(checked.unquoted),
        "mechanisms": {"carried": list(covered.carried), "left_out": list(covered.left_out),
                       "given_room": list(covered.counters)},
        "claims": {"tested": list(covered.tested), "factual": list(covered.factual),
                   "untestable": list(covered.untestable), "tested_elsewhere": covered.elsewhere},
        "tensions": covered.tensions,
    }  # fmt: skip
    if evidence is not None:
        told["quotes"] = [
            {"element": row.element, "source": row.source, "quote": row.quote, "status": row.status,
             "passages": [place.passage for place in row.places]}
            for row in evidence.rows
        ]  # fmt: skip
        told["documents"] = dict(evidence.documents)
        told["without_document"] = list(evidence.missing)
        told["unused"] = list(evidence.unused)
        told["unreadable"] = [fault_as_json(fault) for fault in unreadable]
    return told


def _coverage(case: Case, covered: Coverage) -> Iterator[tuple[str, str]]:
    carried, left_out = len(covered.carried), len(covered.left_out)
    quoted = sum(not mechanism.counters for mechanism in case.mechanisms.values())
    yield "mechanisms", f"{carried + left_out} of {quoted} accounted for: {carried} in the model, {left_out} left out"
    for id_ in covered.left_out:
        yield "", f"{id_} left out: {case.mechanisms[id_].left_out}"
    if covered.counters:
        said = "1 more was" if len(covered.counters) == 1 else f"{len(covered.counters)} more were"
        yield "", f"{said} given room against them"
    fates = [
        (len(covered.tested), "tested"),
        (len(covered.factual), "assumed"),
        (len(covered.untestable), "cannot be tested here"),
        *((count, _where(name)) for name, count in Counter(covered.elsewhere.values()).items()),
    ]
    told = ", ".join(f"{count} {fate}" for count, fate in fates if count)
    yield "claims", f"{sum(count for count, _ in fates)} of {len(case.claims)}: {told}"
    if covered.tensions:
        yield "tensions", f"{sum(covered.tensions.values())} of {len(case.tensions)} have two sides in the model"


def _where(name: str) -> str:
    from offramp.model import BY_SEARCH

    return f"judged by {name}" if name == BY_SEARCH else f"tested in {name}"


def _quotes(evidence: Evidence, unreadable: Sequence[DocumentError]) -> Iterator[tuple[str, str]]:
    from offramp.model.natural_order import natural_order

    for id_, file in evidence.documents.items():
        rows = [row for row in evidence.rows if row.source == id_]
        passages = Counter(place.passage for row in rows for place in row.places)
        where = ", ".join(f"{passage} {passages[passage]}" for passage in sorted(passages, key=natural_order))
        yield id_, f"{len(rows)} found in {visible(file)}"
        yield "", f"by passage: {where}"
    if evidence.missing:
        yield "not at hand", ", ".join(evidence.missing)
    if evidence.unused:
        yield "of no source", ", ".join(map(visible, evidence.unused))
    for fault in unreadable:
        yield "not readable", visible_fault(fault)


def _table(rows: Iterator[tuple[str, str]]) -> None:
    listed = list(rows)
    width = max((len(name) for name, _ in listed), default=0)
    wide = max(40, min(110, get_terminal_size((100, 24)).columns))
    for name, told in listed:
        start = f"  {name:<{width}}  "
        say(fill(told, wide, initial_indent=start, subsequent_indent=" " * len(start), break_long_words=False))
