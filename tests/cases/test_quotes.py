"""Every quote in a shipped case stands in the text it is attributed to, and is short."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import offramp
from offramp.casefile import read_tree
from offramp.cases import catalogue

ESSAYS = Path(__file__).resolve().parents[3] / "shared" / "essays"
TEXTS = {"singh-2009": "singh-2009.txt", "khalaji-2006": "khalaji-2006.txt"}
CASES = {shipped.name: shipped for shipped in catalogue()}


def plain(text: str) -> str:
    return " ".join(text.split())


def elements(at: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(at, dict):
        yield path, at
        for key, value in at.items():
            yield from elements(value, f"{path}.{key}".lstrip("."))
    elif isinstance(at, list):
        for position, value in enumerate(at):
            yield from elements(value, f"{path}.{position}")


def quotes(name: str) -> list[tuple[str, str | None, str]]:
    data = read_tree(CASES[name].text(), name).data
    return [(path, e.get("source"), e["quote"]) for path, e in elements(data) if "quote" in e]


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    if not ESSAYS.is_dir():
        pytest.skip(f"the essays are not at hand ({ESSAYS})")
    return {source: plain((ESSAYS / file).read_text(encoding="utf-8")) for source, file in TEXTS.items()}


@pytest.mark.parametrize("name", CASES)
def test_every_quote_stands_in_its_source(name: str, texts: dict[str, str]) -> None:
    missing = [
        f"{path}: {quote!r} is not in {source}"
        for path, source, quote in quotes(name)
        if plain(quote) not in texts.get(source or "", "")
    ]
    assert not missing, "\n".join(missing)


@pytest.mark.parametrize("name", CASES)
def test_no_quote_is_longer_than_fifteen_words(name: str) -> None:
    assert [quote for _, _, quote in quotes(name) if len(quote.split()) > 15] == []


@pytest.mark.parametrize("name", CASES)
def test_every_number_says_what_it_rests_on(name: str) -> None:
    """A want, rate, unknown or influence has a source or an origin, and a guess or a bare source says why."""
    silent = []
    for path, element in elements(read_tree(CASES[name].text(), name).data):
        number = {"worth", "rate", "range", "choice", "influence"} & element.keys()
        if number and not {"source", "origin"} & element.keys():
            silent.append(path)
        if element.get("origin") == "guess" and "range" in element and "why" not in element:
            silent.append(path)
    assert silent == []


def test_mechanisms_and_claims_are_those_of_the_table() -> None:
    if not ESSAYS.is_dir():
        pytest.skip(f"the essays are not at hand ({ESSAYS})")
    table = json.loads((ESSAYS / "mechanisms-claims.json").read_text(encoding="utf-8"))
    document = {"S": "singh-2009", "K": "khalaji-2006"}
    case = offramp.load_case("iran-essays")
    for section, listed in (("mechanisms", case.mechanisms), ("claims", case.claims)):
        expected = {row["id"]: (document[row["doc"]], plain(row["quote"])) for row in table[section]}
        found = {id_: (e.origin.source, plain(e.origin.quote or "")) for id_, e in listed.items() if id_ in expected}
        assert found == expected
