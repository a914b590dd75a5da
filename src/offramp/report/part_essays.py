"""The part of the page on the essays: every sentence that was quoted, and what became of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from offramp.findings.results import Findings
from offramp.findings.sentences.values import Fate, Sentence
from offramp.model import BY_SEARCH
from offramp.report.argument_words import fate_label, fate_words, sentences_by_key, tested_where
from offramp.report.figures import rest
from offramp.report.markup import Child, Html, join, tag
from offramp.report.part_verdicts import KIND
from offramp.report.weight_words import moves, weights_by_id
from offramp.report.words import count, sentence_case, source_of, verdict_anchor

__all__ = ["essays", "fate_class", "left_out"]

SHOWN = 12
"""Sentences of a document that stand open; a longer one unfolds."""

_BY_SEARCH = "These claims speak of what it takes to reach a target; the search over packages of levers judges them."

_CLASS = {
    "in the model": "model", "left out": "out", "assumption": "granted", "untestable": "untested",
    "elsewhere": "elsewhere", "not run": "untested",
}  # fmt: skip
_COUNTED: dict[Fate, str] = {
    "in the model": "in the model", "tested": "tested", "assumption": "taken for granted", "left out": "left out",
    "elsewhere": "tested in another case", "untestable": "cannot be tested", "not run": "not run",
}  # fmt: skip


def essays(findings: Findings) -> Html | None:
    """Write every sentence in reading order, document by document."""
    told = findings.sentences
    if not told.documents and not told.counters:
        return None
    how = (
        "In reading order: the words quoted (marked), where they stand, and what became of them. A mechanism became "
        "elements of the model, or was left out; a claim was tested, taken for granted, or cannot be tested here. "
        "Quotes are short; the texts themselves are not part of this page."
    )
    parts: list[Child] = [tag("h2", "The essays, sentence by sentence", id="essays"), tag("p", how, class_="how")]
    for source, sentences in told.documents.items():
        parts += _document(findings, source_of(findings, source), sentences)
    if told.counters:
        parts += _document(
            findings,
            "What was given room against the essays",
            told.counters,
            "Mechanisms that speak against others, from the literature or from the modeller.",
        )
    if told.others:
        parts += _document(findings, "Of no document", told.others, "What the modeller added.")
    return tag("section", *parts)


def _document(findings: Findings, title: str, sentences: Sequence[Sentence], how: str = "") -> list[Child]:
    fates = Counter(s.fate for s in sentences)
    tally = ", ".join(f"{fates[fate]} {word}" for fate, word in _COUNTED.items() if fates[fate])
    quotes = _grouped(sentences)
    parts: list[Child] = [
        tag("h3", title),
        tag("p", " ".join(filter(None, (how, f"{count(len(sentences), 'sentence')}: {tally}."))), class_="how"),
        _list(findings, quotes[:SHOWN]),
    ]
    if more := quotes[SHOWN:]:
        parts.append(rest(f"… and {len(more)} more, in reading order", _list(findings, more)))
    return parts


def _grouped(sentences: Iterable[Sentence]) -> list[list[Sentence]]:
    """Bring together what rests on the same words of the same place."""
    groups: dict[tuple[str | None, str, str], list[Sentence]] = {}
    for s in sentences:
        own = "" if s.quote else f"{s.kind} {s.id}"
        groups.setdefault((s.passage, s.quote or "", own), []).append(s)
    return list(groups.values())


def _list(findings: Findings, quotes: Sequence[Sequence[Sentence]]) -> Html:
    bare = "" if any(group[0].quote for group in quotes) else " bare"
    return tag("ol", *(_quote(findings, group) for group in quotes), class_=f"sentences{bare}")


def _quote(findings: Findings, group: Sequence[Sentence]) -> Html:
    first = group[0]
    quoted = tag("p", tag("mark", tag("q", first.quote)), class_="quoted") if first.quote else None
    place = tag("span", first.passage, class_="place") if first.passage else tag("span", class_="place")
    fates = [_fate(findings, s) for s in group]
    return tag("li", place, tag("div", quoted, *fates), class_=fate_class(findings, first))


def fate_class(findings: Findings, sentence: Sentence) -> str:
    """Return the class that colours what became of a sentence."""
    if sentence.fate == "tested":
        return KIND[findings.verdicts[sentence.id].verdict]
    return _CLASS[sentence.fate]


def _fate(findings: Findings, s: Sentence) -> Html:
    chip: Html = tag("span", fate_label(findings, s), class_=f"chip {fate_class(findings, s)}")
    if s.fate == "tested":
        chip = tag("a", chip, href=f"#{verdict_anchor(findings, s.id)}")
    more = fate_words(findings, s)
    against = f"against {', '.join(s.counters)}" if s.counters else None
    source = source_of(findings, s.source) if s.counters else ""
    notes = "; ".join(filter(None, (against, source)))
    beside = tag("span", f" ({notes})", class_="dim") if notes else None
    return tag(
        "div",
        tag("p", tag("b", s.id, class_="id"), " ", s.says, beside, class_="meant"),
        tag("p", chip, _weight(findings, s), *_coded(f" {more}" if more else ""), _formulas(s), class_="became"),
        class_="fate",
        id=sentences_by_key(findings)[s.kind, s.id][0],
    )


def _coded(text: str) -> list[Child]:
    """Set what stands between backticks as code."""
    parts = text.split("`")
    if len(parts) % 2 == 0:
        return [tag("span", text)]
    return [tag("code", part) if n % 2 else tag("span", part) for n, part in enumerate(parts) if part]


def _weight(findings: Findings, s: Sentence) -> Html | None:
    """Say what switching a mechanism off would move, where that was measured."""
    weight = weights_by_id(findings).get(s.id) if s.kind == "mechanism" else None
    if weight is None:
        return None
    link = tag("a", moves(findings, weight), href="#weights", class_="moves" if weight.carries else "moves dim")
    return join([" ", link, "·" if s.carriers else None])


def _formulas(s: Sentence) -> Html | None:
    """Write what the elements are about, for those who read the case file."""
    formulas = list(dict.fromkeys(c.formula for c in s.carriers if c.formula and f"`{c.formula}`" not in c.words))
    if not formulas:
        return None
    return join([" ", tag("span", *(tag("code", f) for f in formulas), class_="formulas")])


def left_out(findings: Findings) -> Html | None:
    """Write what no element carries, and what another case tests."""
    if not findings.left_out and not findings.elsewhere:
        return None
    told = sentences_by_key(findings)
    parts: list[Child] = [tag("h2", "What was left out, and what is tested elsewhere", id="left-out")]
    if findings.left_out:
        parts += [
            tag("h3", "Left out of the model"),
            tag(
                "ul",
                *(_line(told.get(("mechanism", id_)), id_, why) for id_, why in findings.left_out.items()),
                class_="plain",
            ),
        ]
    if findings.elsewhere:
        how = "These claims speak of other circumstances than this case has; the case named tests them under those."
        for case in dict.fromkeys(findings.elsewhere.values()):
            items = [_line(told.get(("claim", id_)), id_) for id_, there in findings.elsewhere.items() if there == case]
            said = _BY_SEARCH if case == BY_SEARCH else how
            parts += [tag("h3", sentence_case(tested_where(case))), tag("p", said, class_="how")]
            parts.append(tag("ul", *items, class_="plain"))
    return tag("section", *parts)


def _line(told: tuple[str, Sentence] | None, id_: str, why: str = "") -> Html:
    name: Html = tag("b", id_, class_="id")
    says = None
    if told is not None:
        name, says = tag("a", name, href=f"#{told[0]}"), f" {told[1].says}"
    return tag("li", name, says, tag("span", f" – {why}", class_="dim") if why else None)
