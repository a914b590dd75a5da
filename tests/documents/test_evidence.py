from __future__ import annotations

from dataclasses import replace

import pytest

from offramp.documents.evidence import check_evidence
from offramp.model import build_case

from . import essay

OTHER = "# Of Other Things\n\nby Cy Dee\n\nThe weather kept the boats in. The weather kept the cooks out, too.\n"
QUOTE = "a step that costs its giver something"
DATA = {
    "offramp": 1,
    "sources": {
        "quill-2006": {"title": essay.TITLE.upper(), "author": "Quill, Ada", "date": "2006-05"},
        "dee": {"title": "Of Other Things"},
        "lost": {"title": "Not at hand"},
    },
    "unknowns": {"cost": {"range": [0.1, 1.0], "source": "quill-2006", "quote": QUOTE}},
    "players": {
        "us": {
            "options": {"push": {}},
            "factions": {
                "old": {
                    "influence": "1 - 0.8",
                    "source": "quill-2006",
                    "quote": "came to the table when it was cheap",
                    "wants": [{"that": "us.push", "worth": "cost"}],
                },
                "new": {
                    "influence": 0.8,
                    "wants": [
                        {"that": "us.push", "worth": [0.1, 0.5], "source": "dee", "quote": "kept the boats in"},
                    ],
                },
            },
        },
    },
    "claims": {"c": {"says": "It pays.", "factual": True, "source": "lost", "quote": "whatever it says"}},
}


@pytest.fixture
def documents(made, read):
    return [made["md"], read(OTHER, "dee-notes.md")]


@pytest.fixture
def case():
    return build_case(DATA, "small")


def with_quote(case, quote, source="quill-2006", passage=None):
    """The case with another quote at its unknown, past all checks of a case file."""
    cost = case.unknowns["cost"]
    origin = replace(cost.origin, quote=quote, source=source, passage=passage)
    return replace(case, unknowns={**case.unknowns, "cost": replace(cost, origin=origin)})


def test_every_quote_is_looked_up_once(case, documents) -> None:
    evidence = check_evidence(case, documents)
    assert evidence.faults == ()
    assert {(row.element, row.source, row.status, row.places[0].passage) for row in evidence.rows} == {
        ("unknowns.cost", "quill-2006", "found", "p2"),
        ("players.us.factions.old", "quill-2006", "found", "p3"),
        ("players.us.factions.new.wants.0", "dee", "found", "p1"),
    }
    assert len(evidence.rows) == 3
    assert set(evidence.documents) == {"quill-2006", "dee"}
    assert evidence.missing == ("lost",)
    assert evidence.unused == ()


@pytest.mark.parametrize(("quote", "more", "status", "hint"), [
    (QUOTE, {"passage": "p2"}, "found", ""),
    (QUOTE, {"passage": "p3"}, "other passage", "`passage: p2`"),
    ("The weather kept the", {"source": "dee"}, "twice", "it stands in p1 twice; quote a few words more"),
    ("the board", {}, "twice", "quote a few words more"),
    ("kept the boats in", {}, "other source", "write `source: dee`"),
    ("kept the boats in", {"source": None}, "other source", "write `source: dee`"),
    ("not anywhere", {"source": None}, "not found", "add `source:`"),
    ("a step that costs its giver nothing", {}, "not found", f'the nearest words are "{QUOTE}"'),
    ("harbour master, Petros Iliades", {}, "not found", "harbour master, Petros"),
    ("The harbour master, Petros Iliadis", {}, "not found", "did you mean `Iliadhis`, as the document spells it?"),
    ("", {}, "not found", "quote some words"),
    ("  ", {"source": None}, "not found", "quote some words"),
    ("?! 77", {}, "not found", "quote some words"),
    (" ".join(essay.LAST.split()[:16]), {}, "too long", "at most 15 words"),
])  # fmt: skip
def test_what_becomes_of_a_quote(case, documents, quote: str, more: dict[str, str], status: str, hint: str) -> None:
    evidence = check_evidence(with_quote(case, quote, **more), documents)
    row = next(row for row in evidence.rows if row.path == ("unknowns", "cost"))
    assert row.status == status
    assert hint in row.hint
    assert len(evidence.faults) == (status != "found")
    for fault in evidence.faults:
        assert fault.path == ("unknowns", "cost", "quote")
        assert quote in fault.message
        assert fault.hint


def test_a_quote_too_long_is_told_without_its_document(case) -> None:
    evidence = check_evidence(with_quote(case, "word " * 16), [])
    assert [row.status for row in evidence.rows] == ["too long"]
    assert evidence.missing == ("quill-2006", "dee", "lost")
    assert check_evidence(case, []).faults == ()


def test_a_source_that_the_case_does_not_list(case, documents) -> None:
    evidence = check_evidence(with_quote(case, QUOTE, source="nowhere"), documents)
    assert evidence.missing == ("lost", "nowhere")
    assert evidence.faults == ()


@pytest.mark.parametrize(("field", "value", "hint"), [
    ("title", "Who Will Come to the Harbour Board?", "as the document does"),
    ("author", "Adah Quill", "as the document does"),
    ("author", "Ada Quille", "did you mean `Ada Quill`, as the document spells it?"),
    ("author", "Ada Quill and Cy Dee", "as the document does"),
    ("date", "2006-05-11", "as the document does"),
    ("date", "2005", "as the document does"),
])  # fmt: skip
def test_a_source_described_otherwise(case, documents, field: str, value: str, hint: str) -> None:
    sources = {**case.sources, "quill-2006": replace(case.sources["quill-2006"], **{field: value})}
    (fault,) = check_evidence(replace(case, sources=sources), documents).faults
    assert fault.path == ("sources", "quill-2006", field)
    assert value in fault.message
    assert hint in fault.hint


@pytest.mark.parametrize(("field", "value"), [
    ("title", "who will come to the Harbour‑Board’s table?"), ("author", "A. Quill"), ("author", "QUILL"),
    ("date", "2006"), ("date", "2006-05-10"),
])  # fmt: skip
def test_a_source_described_in_another_way(case, documents, field: str, value: str) -> None:
    sources = {**case.sources, "quill-2006": replace(case.sources["quill-2006"], **{field: value})}
    assert check_evidence(replace(case, sources=sources), documents).faults == ()


def test_a_second_document_of_a_source_is_not_used(case, documents, made) -> None:
    evidence = check_evidence(case, [*documents, made["pdf"]])
    assert evidence.unused == (made["pdf"].file,)
    assert evidence.documents["quill-2006"] == made["md"].file
