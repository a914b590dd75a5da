from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from offramp.documents import Document, Passage, Place, Section, locate
from offramp.documents.names import near_names
from offramp.documents.nearest import hint_for, nearest_stretch
from offramp.documents.typography import DOUBTFUL, plain


def document(*texts: str, **more) -> Document:
    passages = tuple(Passage(f"p{n}", text, "Head" if n > 1 else None) for n, text in enumerate(texts, 1))
    fields = dict.fromkeys(("title", "date", "kind", "outlet", "series", "number"), None)
    tuples = dict.fromkeys(("authors", "topics", "regions", "sections", "recommended"), ())
    return Document(**{"file": "a.txt", "format": "text", "passages": passages, **fields, **tuples, **more})


@pytest.mark.parametrize(("text", "quote"), [
    ("He said “no” – and meant it.", 'said "no" -- and meant'),
    ('He said "no" -- and meant it.', "said “no”—and meant it"),
    ("It isn't so.", "It isn’t so"),
    ("the first\u00a0\u2009word", "first word"),
    ("con\u00adces\u200bsion", "concession"),
    ("concession", "con\u00adcession"),
    ("the \ufb01nal \ufb02aw", "final flaw"),
    ("cafe\u0301 life", "café life"),
    ("from 1979–1981 on", "1979-1981"),
    ("an off‑ramp", "an off-ramp"),
    ("so … it goes", "so ... it goes"),
    ("``quoted''", '"quoted"'),
    ("two\nlines", "two lines"),
    ("one  two", " one two "),
])  # fmt: skip
def test_how_words_are_set_does_not_matter(text: str, quote: str) -> None:
    (place,) = locate(quote, document(text))
    assert plain(text[place.start : place.end]).text == plain(quote).text.strip()


@pytest.mark.parametrize("quote", [
    "he said", "He said nothing", "aid", "He sai", "said: no", "He  said,", "", "  ", "said 'no'", "no and", "mean",
])  # fmt: skip
def test_other_words_are_not_found(quote: str) -> None:
    assert locate(quote, document('He said "no" -- and meant it.')) == ()


@pytest.mark.parametrize("quote", ["a high-profile gate", "a highprofile gate"])
@pytest.mark.parametrize(("text", "at"), [("a high-profile gate", 6), ("a highprofile gate", 6)])
def test_a_hyphen_of_which_nobody_can_tell(quote: str, text: str, at: int) -> None:
    (place,) = locate(quote, document(passages=(Passage("p1", text, None, (at,)),)))
    assert (place.start, place.end) == (0, len(text))
    assert locate("a high profile gate", document(passages=(Passage("p1", text, None, (at,)),))) == ()


def test_every_place_is_given() -> None:
    found = locate("we talk", document("If we talk, we talk.", "And we talk."))
    assert found == (Place("p1", 3, 10), Place("p1", 12, 19), Place("p2", 4, 11, "Head"))


def test_titles_and_section_heads_can_be_quoted() -> None:
    found = document("Text.", title="Why Talk?", sections=(Section("How to Talk", 2),))
    assert [place.passage for place in locate("Why Talk?", found)] == ["title"]
    assert [place.passage for place in locate("How to", found)] == ["s1"]


def test_a_part_of_one_character_is_not_found() -> None:
    assert locate("so.", document("so… it goes")) == ()
    assert locate("cafe", document("cafe\u0301")) == ()


@settings(max_examples=500, deadline=None)
@given(st.text(alphabet="ab '\"-–—…\u00ad\ufb01e\u0301\n.", max_size=30), st.data())
def test_any_stretch_of_whole_words_is_found(text: str, data) -> None:
    at = data.draw(st.integers(0, len(text)))
    quote = text[at : data.draw(st.integers(at, len(text)))]
    before, after = plain(text).text, plain(quote).text.strip()
    found = locate(quote, document(text))
    assert all(0 <= place.start < place.end <= len(text) for place in found)
    assert not found or after in before
    assert DOUBTFUL not in before


@pytest.mark.parametrize(("one", "other", "near"), [
    ("Iliadhis", "Iliadis", True), ("Ahmadinezhad", "Ahmadinejad", True), ("Rowhani", "Rouhani", True),
    ("Al-Farouk", "Al Farouq", True), ("Müller", "Muller", True), ("Khamenei", "Khomeini", False),
    ("Iran", "Iraq", False), ("Austria", "Australia", False), ("Quill", "Quill", False), ("Bo", "Bö", True),
])  # fmt: skip
def test_names_that_are_spelled_otherwise(one: str, other: str, near: bool) -> None:
    assert bool(near_names(one, [other])) is near


def test_a_hint_names_the_document_s_spelling_only_where_the_rest_is_right() -> None:
    found = document("The speech of Ahmadinezhad was brief, and the crews of the harbour went home before noon.")
    assert hint_for("speech of Ahmadinejad's was brief", found).startswith("the nearest words are")
    assert hint_for("The speech of Ahmadinejad was brief", found) == (
        "did you mean `Ahmadinezhad`, as the document spells it?"
    )
    assert hint_for("the crews of this harbour went home", found) == (
        'the nearest words are "the crews of the harbour went home"'
    )
    assert hint_for("nothing of this is there", found) == ""
    assert len(nearest_stretch(" ".join(found.passages[0].text.split() * 2), found).split()) <= 15
