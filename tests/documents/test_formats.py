"""The same essay gives the same document in every format."""

from __future__ import annotations

import socket
from dataclasses import replace

import pytest

from offramp.documents import Topic, locate
from offramp.documents.typography import plain

from . import essay

OTHERS = ["md", "html", "pdf"]


def said(passages) -> list[tuple[str, str, str | None]]:
    return [(p.id, plain(p.text).text, p.section) for p in passages]


def test_text(made) -> None:
    found = made["txt"]
    assert found.title == essay.TITLE
    (author,) = found.authors
    assert (author.name, author.url, author.bios) == ("Ada Quill", "/experts/ada-quill", (essay.BIO, essay.END))
    assert (found.date, found.kind, found.outlet) == ("2006-05-10", "Brief Analysis", None)
    assert (found.series, found.number) == ("Quay Papers", "1101")
    assert tuple(p.text for p in found.passages) == essay.PASSAGES
    assert [p.section for p in found.passages] == [None, essay.SECTIONS[0], essay.SECTIONS[1], essay.SECTIONS[1]]
    assert found.topics == tuple(Topic(name, url.rpartition("/")[2], url) for name, url in essay.TOPICS)
    assert [(r.kind, r.title, r.author, r.url) for r in found.recommended] == [
        (kind, title, author, url) for kind, title, _, author, url in essay.ITEMS
    ]
    assert [r.date for r in found.recommended] == ["2022-02-11", "2022-02-14", "2022-01-02"]


@pytest.mark.parametrize("suffix", OTHERS)
def test_passages_and_their_ids_are_the_same(made, suffix: str) -> None:
    assert said(made[suffix].passages) == said(made["txt"].passages)


@pytest.mark.parametrize("suffix", OTHERS)
def test_metadata_are_the_same(made, suffix: str) -> None:
    one, other = made["txt"], made[suffix]
    for field in ("date", "kind", "outlet", "series", "number", "topics", "regions", "recommended", "unknown"):
        assert getattr(one, field) == getattr(other, field), field
    assert plain(one.title).text == plain(other.title).text
    assert [s.text for s in one.sections] == [s.text for s in other.sections]
    bios = [[replace(a, bios=tuple(plain(b).text for b in a.bios)) for a in d.authors] for d in (one, other)]
    assert bios[0] == bios[1]


@pytest.mark.parametrize("suffix", ["txt", *OTHERS])
@pytest.mark.parametrize("quote", [
    "the board's spokesman told the town", '"You may ask, and we may hear."', "asked before -- twice",
    "asked before — twice, in writing – and each time", "that one concession will be read as weakness",
    "costs its giver something and that can be taken back", "came to the table when it was cheap", "same café",
    "Petros Iliadhis",
])  # fmt: skip
def test_quotes_are_found_in_every_format(made, suffix: str, quote: str) -> None:
    (place,) = locate(quote, made[suffix])
    (same,) = locate(quote, made["txt"])
    assert place.passage == same.passage
    passage = next(p for p in made[suffix].passages if p.id == place.passage)
    assert plain(passage.text[place.start : place.end]).text == plain(quote).text


def test_nothing_is_fetched(read, monkeypatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the network was used")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    entity = '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    found = read(entity + essay.html() + "<p>&x; is not to be had, nor wanted.", "page.html")
    assert "root:" not in str(found)


def test_pages_without_main_and_with_odd_elements(read) -> None:
    found = read(
        "<h1>A Title</h1><p hidden>Not shown at all, ever.</p><form>Search here.</form><p>He asked: <q>Why?</q><sup>"
        "<a href=#n1>1</a></sup> Nobody knew.<br>Nobody.<div>Loose words end here.<p>In a paragraph.</div>tail ends.",
        "page.html",
    )
    assert found.title == "A Title"
    assert [p.text for p in found.passages] == [
        "He asked: “Why?” Nobody knew. Nobody.", "Loose words end here.", "In a paragraph.", "tail ends.",
    ]  # fmt: skip
