"""Finding a sentence by its id or by words, and what it became."""

from __future__ import annotations

import pytest

from offramp.casefile import parse_case
from offramp.errors import UsageError
from offramp.findings.sentences.carriers import carriers_of, same_elements, sentences_of
from offramp.findings.sentences.finding import find
from offramp.findings.sentences.trace import trace

from .door import TEXT, case


@pytest.mark.parametrize(
    ("asked", "first", "field"),
    [
        ("M1", "M1", "id"),
        ("m1", "M1", "id"),
        ("e2", "E2", "id"),
        ("PUSHED", "pushed", "id"),
        ("the door's worth it", "M1", "quote"),
        ("The Doors’ Worth", "M1", "quote"),
        ("behind the door", "M1", "sentence"),
        ("we push", "E1", "quote"),
        ("door pushed", "pushed", "name"),
        ("nobody likes", "M3", "reason"),
        ("eyes of others", "M3", "reason"),
        ("say it loudly", "M4", "quote"),
        ("worth against", "X1", "sentence"),
        ("“dread” rises", "M9", "element"),
        ("door locked", "M6", "sentence"),
    ],
)
def test_words_find_a_sentence(asked, first, field) -> None:
    match = find(case, asked)[0]
    assert (match.id, match.field) == (first, field)


def test_further_matches_follow() -> None:
    ids = [match.id for match in find(case, "worth")]
    assert ids[0] == "M1"
    assert len(ids) == len(set(ids)) > 3
    assert [match.id for match in trace(case, "worth it", worlds=1).also][:1] == ["M7"]


@pytest.mark.parametrize(
    ("asked", "near"),
    [("M77", "did you mean M7"), ("afraid of doors and locks", "the nearest is"), ("xyzzy", "ask for a mechanism"),
     ("!?", "ask for a mechanism (M1 to M9), a claim (E1 to E4), a tension (X1), an outcome (pushed to gained)")],
)  # fmt: skip
def test_nothing_found_names_the_nearest(asked, near) -> None:
    with pytest.raises(UsageError) as caught:
        trace(case, asked)
    assert near in caught.value.hint
    assert caught.value.exit_code == 2


def test_a_case_need_not_list_its_mechanisms() -> None:
    bare = parse_case(TEXT[: TEXT.index("mechanisms:\n")]).case
    sentences = sentences_of(bare)
    assert list(sentences) == ["M1", "M2", "M3", "M4", "M5", "M7", "M8", "M9"]
    assert sentences["M1"].origin.quote == "the door’s worth it"
    assert sentences["M3"].says == "what a push costs in the eyes of others"
    assert trace(bare, worlds=2).weights[1].mechanism in ("M1", "M7")
    none = parse_case("offramp: 1\nname: no\nplayers: {us: {options: {push: {}}}}\nstrategies: {free: {}}\n").case
    with pytest.raises(UsageError, match="says which sentence it stands for"):
        trace(none)


def test_elements_in_words() -> None:
    carriers = carriers_of(case)
    (win,) = carriers["M1"]
    assert (win.words, win.detail, win.low, win.high) == ("want “win” of Us", ", worth a month", 1, 2)
    assert (win.owners, win.paths, win.origin) == (("Us",), ("players.us.wants.0",), "quoted")
    assert [carrier.kind for carrier in carriers["M9"]] == ["rate"]
    assert same_elements(case)["M2"] == ()
