"""The two reference essays give exactly the metadata of the acceptance table (3g), and every quote taken from them."""

from __future__ import annotations

import json

import pytest

from offramp.casefile import load_case
from offramp.cases import catalogue
from offramp.documents import Author, Recommended, Section, Topic, locate
from offramp.documents.evidence import check_evidence

from .conftest import ESSAYS

AT = "/policy-analysis/"
PROLIFERATION = Topic("Proliferation", "proliferation", AT + "proliferation")
POLICY = Topic("U.S. Policy", "us-policy", AT + "us-policy")
IRAN = (Topic("Iran", "iran", AT + "iran"),)


def test_khalaji(essays) -> None:
    found = essays["khalaji-2006"]
    assert found.title == "Perils and Promise of U.S.-Iranian Negotiations"
    (author,) = found.authors
    assert (author.name, author.url) == ("Mehdi Khalaji", "/experts/mehdi-khalaji")
    first, second = author.bios
    assert "a Qom-trained Shiite theologian, is the Libitzky Family Fellow" in first
    assert second == "Mehdi Khalaji is a visiting fellow at The Washington Institute."
    assert (found.date, found.kind, found.outlet) == ("2006-05-10", "Brief Analysis", None)
    assert (found.series, found.number) == ("Policy", "1101")
    assert found.sections == (
        Section("Impact of Negotiations on Iranian Politics", 3),
        Section("Circumstances of Negotiations", 4),
    )
    assert found.topics == (
        Topic("Arab & Islamic Politics", "arab-islamic-politics", AT + "arab-islamic-politics"), PROLIFERATION, POLICY,
    )  # fmt: skip
    assert found.regions == IRAN
    assert found.recommended == (
        Recommended("Iran Takes Next Steps on Rocket Technology", "Brief Analysis", "2022-02-11", "Farzin Nadimi",
                    AT + "iran-takes-next-steps-rocket-technology"),
        Recommended("Saudi Arabia Adjusts Its History, Diminishing the Role of Wahhabism", "Brief Analysis",
                    "2022-02-11", "Simon Henderson",
                    AT + "saudi-arabia-adjusts-its-history-diminishing-role-wahhabism"),
        Recommended("Podcast: Breaking Hezbollah's Golden Rule", "Articles & Testimony", "2022-02-09",
                    "Matthew Levitt", AT + "podcast-breaking-hezbollahs-golden-rule"),
    )  # fmt: skip
    assert found.unknown == ("outlet",)


def test_singh(essays) -> None:
    found = essays["singh-2009"]
    assert found.title == "And If Iran Doesn't Want To Talk?"
    (author,) = found.authors
    assert author == Author("Michael Singh", None, author.bios)
    (bio,) = author.bios
    assert bio.startswith("Michael Singh, former senior director for Middle East affairs")
    assert bio.endswith("is the Ira Weiner fellow at the Washington Institute for Near East Policy.")
    assert (found.date, found.kind) == ("2009-07-15", "Articles & Testimony")
    assert (found.outlet, found.series, found.number) == ("International Herald Tribune", None, None)
    assert found.sections == ()
    assert found.topics == (
        Topic("Military & Security", "military-security", AT + "military-security"), PROLIFERATION, POLICY,
    )  # fmt: skip
    assert found.regions == IRAN
    assert found.recommended == (
        Recommended("How to Make Russia Pay in Ukraine: Study Syria", "Articles & Testimony", "2022-02-15",
                    "Anna Borshchevskaya", AT + "how-make-russia-pay-ukraine-study-syria"),
        Recommended("Bennett's Bahrain Visit Further Invigorates Israel-Gulf Diplomacy", "Brief Analysis",
                    "2022-02-14", "Simon Henderson",
                    AT + "bennetts-bahrain-visit-further-invigorates-israel-gulf-diplomacy"),
        Recommended("Libya's Renewed Legitimacy Crisis", "Brief Analysis", "2022-02-14", "Ben Fishman",
                    AT + "libyas-renewed-legitimacy-crisis"),
    )  # fmt: skip
    assert found.unknown == ("series", "number")


def test_paragraphs_that_page_breaks_cut_are_whole(essays) -> None:
    khalaji = essays["khalaji-2006"]
    assert [passage.id for passage in khalaji.passages] == [f"p{n}" for n in range(1, 12)]
    assert [place.passage for place in locate("autocratic nature of the Iranian regime", khalaji)] == ["p4"]
    assert [place.passage for place in locate("before they assume their posts", khalaji)] == ["p10"]
    assert [passage.section for passage in khalaji.passages] == (
        [None] + 6 * ["Impact of Negotiations on Iranian Politics"] + 4 * ["Circumstances of Negotiations"]
    )
    assert khalaji.passages[0].text.startswith("With mounting international pressure")
    assert khalaji.passages[-1].text.endswith("concerted international pressure.")


def test_the_body_ends_before_the_note_about_the_author(essays) -> None:
    singh = essays["singh-2009"]
    assert len(singh.passages) == 11
    assert singh.passages[0].text.startswith("Six weeks before")
    assert singh.passages[-1].text.endswith("than to produce one.")


def test_every_quote_of_the_table_stands_in_one_place(essays) -> None:
    table = json.loads((ESSAYS / "mechanisms-claims.json").read_text(encoding="utf-8"))
    documents = {"S": essays["singh-2009"], "K": essays["khalaji-2006"]}
    rows = [row for part in table.values() for row in part]
    assert len(rows) == 102
    places = {row["id"]: locate(row["quote"], documents[row["doc"]]) for row in rows}
    assert {id_: found for id_, found in places.items() if len(found) != 1} == {}


@pytest.mark.parametrize("name", [shipped.name for shipped in catalogue()])
def test_every_quote_of_a_shipped_case_is_found(name: str, essays) -> None:
    evidence = check_evidence(load_case(name), list(essays.values()))
    assert evidence.faults == ()
    assert {row.source for row in evidence.rows} <= set(essays)
