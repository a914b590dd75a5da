"""Whether a case quotes its sources rightly: every quote looked up in the document it is attributed to."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from offramp.documents.locate import Place, locate
from offramp.documents.matching import Mismatch, compare, match_documents
from offramp.documents.nearest import hint_for
from offramp.documents.parts import Document
from offramp.errors import CaseError, Path
from offramp.model import Case, Origin, elements_of
from offramp.model.draft import QUOTE_WORDS

__all__ = ["Evidence", "EvidenceRow", "QuoteStatus", "check_evidence"]

QuoteStatus = Literal["found", "twice", "other passage", "not found", "other source", "too long"]


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One quote and what became of it."""

    path: Path
    """The element that carries it."""
    source: str | None
    quote: str
    status: QuoteStatus
    places: tuple[Place, ...] = ()
    """In the document of its source; with status ``other source``, in the document that has it."""
    hint: str = ""

    @property
    def element(self) -> str:
        """The path with dots."""
        return ".".join(map(str, self.path))


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a case's quotes rest on, as far as documents are at hand."""

    rows: tuple[EvidenceRow, ...]
    """The quotes of sources whose document is at hand, and those that are too long or have no source."""
    mismatches: tuple[Mismatch, ...]
    """Where a case describes a source otherwise than the document describes itself."""
    documents: Mapping[str, str]
    """The file that was read for each source."""
    missing: tuple[str, ...]
    """Sources without a document at hand."""
    unused: tuple[str, ...]
    """Files that belong to no source of the case, or to one that had a document already."""

    @property
    def faults(self) -> tuple[CaseError, ...]:
        """Everything that is wrong, each with the path at which the case says it."""
        found = [
            CaseError(f'{_SAID[row.status]}: "{row.quote}"', code="evidence", hint=row.hint, path=(*row.path, "quote"))
            for row in self.rows
            if row.status != "found"
        ]
        found += [CaseError(m.message, code="evidence", hint=m.hint, path=m.path) for m in self.mismatches]
        return tuple(found)


_SAID: Mapping[QuoteStatus, str] = {
    "twice": "the document has this quote more than once",
    "other passage": "this quote stands in another passage",
    "not found": "the document does not have this quote",
    "other source": "this quote is another source's",
    "too long": f"this quote has more than {QUOTE_WORDS} words",
}


def check_evidence(case: Case, documents: Sequence[Document]) -> Evidence:
    """Look up every quote of a case in the document of its source, and compare what both say about it.

    Parameters
    ----------
    case
        Any case, also one built by hand.
    documents
        Those at hand. One belongs to the source whose id is its file's name without suffix, else to the source of the
        same title.

    Returns
    -------
    Evidence
        A row for every quote that could be looked up. A source without a document is listed and is no fault.
    """
    matched, unused = match_documents(case.sources, documents)
    rows = [row for path, origin in _origins(case) if (row := _row(path, origin, matched)) is not None]
    quoted = {origin.source for _, origin in _origins(case) if origin.source is not None}
    sources = dict.fromkeys([*case.sources, *sorted(quoted)])
    return Evidence(
        rows=tuple(rows),
        mismatches=tuple(m for id_, document in matched.items() for m in compare(case.sources[id_], document)),
        documents={id_: document.file for id_, document in matched.items()},
        missing=tuple(id_ for id_ in sources if id_ not in matched),
        unused=tuple(document.file for document in unused),
    )


def _origins(case: Case) -> Iterator[tuple[Path, Origin]]:
    """Go through everything that can carry a quote; a number written in place counts with its element."""
    elements = list(elements_of(case))
    own = {element.path: element.origin for element in elements if element.kind != "unknown"}
    for element in elements:
        inherited = element.kind == "unknown" and any(
            own.get(element.path[:n]) == element.origin for n in range(1, len(element.path))
        )
        if not inherited:
            yield element.path, element.origin
    for mechanism in case.mechanisms.values():
        yield mechanism.path, mechanism.origin
    for claim in case.claims.values():
        yield claim.path, claim.origin
    for lever in case.levers.values():
        yield lever.path, lever.origin


def _row(path: Path, origin: Origin, documents: Mapping[str, Document]) -> EvidenceRow | None:
    if origin.quote is None:
        return None
    quote, source = origin.quote, origin.source
    document = documents.get(source) if source is not None else None
    places = locate(quote, document) if document is not None else ()
    if len(quote.split()) > QUOTE_WORDS:
        return EvidenceRow(path, source, quote, "too long", places, f"quote at most {QUOTE_WORDS} words")
    if document is None and source is not None:
        return None
    if not places:
        return _elsewhere(path, origin, quote, documents)
    stated = tuple(place for place in places if place.passage == origin.passage) if origin.passage else places
    if not stated:
        where = places[0].passage
        return EvidenceRow(
            path, source, quote, "other passage", places, f"it stands in {_listed(places)}: write `passage: {where}`"
        )
    if len(stated) > 1:
        hint = f"it stands in {_listed(stated)}; quote a few words more, so that one place is meant"
        return EvidenceRow(path, source, quote, "twice", stated, hint)
    return EvidenceRow(path, source, quote, "found", stated)


def _elsewhere(path: Path, origin: Origin, quote: str, documents: Mapping[str, Document]) -> EvidenceRow:
    if not re.search(r"[^\W\d_]", quote):
        return EvidenceRow(path, origin.source, quote, "not found", (), "quote some words")
    for id_, document in documents.items():
        if id_ != origin.source and (places := locate(quote, document)):
            hint = f"`{id_}` has it, in {_listed(places)}: write `source: {id_}`"
            return EvidenceRow(path, origin.source, quote, "other source", places, hint)
    if origin.source is None:
        hint = "add `source:` and the id of the source"
    else:
        hint = hint_for(quote, documents[origin.source])
    return EvidenceRow(path, origin.source, quote, "not found", (), hint)


def _listed(places: Sequence[Place]) -> str:
    counted = Counter(place.passage for place in places)
    times = {1: "", 2: " twice"}
    return " and ".join(f"{passage}{times.get(n, f' {n} times')}" for passage, n in counted.items())
