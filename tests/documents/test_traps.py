"""What printed essays do to a parser, one trap at a time."""

from __future__ import annotations

import pytest

from offramp.documents import Recommended, Topic

BODY = "The first sentence is a plain one.\n\nThe second paragraph is here to make sure that there are two of them.\n\n"
RELATED = (
    "## RECOMMENDED\n\nBRIEF ANALYSIS\n\n# A Second First Heading\n\nFeb 14, 2022\n\n◆\nBen Fish\n\n"
    "(/x/second-first-heading)\n"
)


def texts(document) -> list[str]:
    return [passage.text for passage in document.passages]


def test_the_title_is_never_that_of_a_recommended_document(read) -> None:
    assert read(f"# The Title\n\n{BODY}{RELATED}").title == "The Title"
    without = read(BODY + RELATED)
    assert (without.title, without.date, without.kind, without.authors) == (None, None, None, ())
    assert texts(without) == BODY.strip().split("\n\n")


def test_a_label_of_a_recommended_document_is_not_the_kind(read) -> None:
    assert read(f"# T\n\n{BODY}{RELATED}").kind is None
    assert read(f"# T\n\nOp-Ed\n\n{BODY}{RELATED}").kind == "Op-Ed"
    assert read(f"# T\n\n### BRIEF ANALYSIS\n\n{BODY}").kind == "Brief Analysis"


@pytest.mark.parametrize(("written", "iso"), [
    ("May 10, 2006", "2006-05-10"), ("Jul 15, 2009", "2009-07-15"), ("Sept. 3, 2010", "2010-09-03"),
    ("15 July 2009", "2009-07-15"), ("Wednesday, July 15, 2009", "2009-07-15"), ("2009-07-15", "2009-07-15"),
    ("Published on 3rd March 1999", "1999-03-03"), ("July 2009", "2009-07"), ("Feb 30, 2022", None),
    ("07/08/2009", None), ("Ju 3, 2009", None), ("Mayday 1, 2009", None),
])  # fmt: skip
def test_dates(read, written: str, iso: str | None) -> None:
    assert read(f"# T\n\n{written}\n\n{BODY}").date == iso


@pytest.mark.parametrize(("byline", "names"), [
    ("by [Ann Bo \\(/experts/ann-bo\\)](#)", [("Ann Bo", "/experts/ann-bo")]),
    ("By [Ann Bo](/experts/ann) and [Cy D. Eff](/e/cy)", [("Ann Bo", "/experts/ann"), ("Cy D. Eff", "/e/cy")]),
    ("By Ann Bo, Cy Dee, and Émile van den Berg", [("Ann Bo", None), ("Cy Dee", None), ("Émile van den Berg", None)]),
    ("◆ [Ann Bo](https://x.org/people/ann)", [("Ann Bo", "https://x.org/people/ann")]),
    ("Ann Bo", []),
    ("[More](https://x.org/more)", []),
])  # fmt: skip
def test_bylines(read, byline: str, names: list[tuple[str, str | None]]) -> None:
    assert [(a.name, a.url) for a in read(f"# T\n\n{byline}\n\n{BODY}").authors] == names


@pytest.mark.parametrize(("foot", "names", "outlet"), [
    ("Ann Bo, once a clerk of the court, is the Quay fellow. ❖\n\nThe Daily Tide\n", ["Ann Bo"], "The Daily Tide"),
    ("Ann Bo is a fellow. She swims. ❖", ["Ann Bo"], None),
    ("Ann Bo and Cy Dee are fellows of the house. ❖\n\nThe Daily Tide", ["Ann Bo", "Cy Dee"], "The Daily Tide"),
    ("Ann Bo is a fellow.\n\n❖\n\nThe Daily Tide", ["Ann Bo"], "The Daily Tide"),
])  # fmt: skip
def test_an_author_known_from_the_last_line_only(read, foot: str, names: list[str], outlet: str | None) -> None:
    found = read(f"# T\n\n{BODY}{foot}")
    assert [author.name for author in found.authors] == names
    assert all(author.bios for author in found.authors)
    assert found.outlet == outlet
    assert texts(found) == BODY.strip().split("\n\n")


def test_without_an_end_mark_a_last_line_about_nobody_known_is_body(read) -> None:
    found = read(f"# T\n\n{BODY}Ann Bo is a fellow of the house.\n\n{RELATED}")
    assert found.authors == ()
    assert texts(found)[-1] == "Ann Bo is a fellow of the house."
    known = read(f"# T\n\nby Ann Bo\n\n{BODY}Ann Bo is a fellow of the house.\n\nThe Daily Tide\n\n{RELATED}")
    assert known.authors[0].bios == ("Ann Bo is a fellow of the house.",)
    assert known.outlet == "The Daily Tide"
    assert len(known.passages) == 2


def test_an_end_mark_on_the_last_sentence(read) -> None:
    found = read("# T\n\nby Ann Bo\n\nIt begins.\n\nIt ends. ■\n\nAnn Bo is a cook.\n\nThe Tide\n\nQuay Brief No. 12\n")
    assert texts(found) == ["It begins.", "It ends."]
    assert found.authors[0].bios == ("Ann Bo is a cook.",)
    assert (found.outlet, found.series, found.number) == ("The Tide", "Quay Brief", "12")


def test_ornaments_between_parts_are_no_end(read) -> None:
    found = read("# T\n\nIt begins.\n\n❖ ❖ ❖\n\nIt goes on for a while.\n\n❖\n\nIt ends, and nothing follows.\n")
    assert texts(found) == ["It begins.", "It goes on for a while.", "It ends, and nothing follows."]


def test_notes_about_authors_of_several_paragraphs(read) -> None:
    found = read(
        "# T\n\n## About the Authors\n\n[Ann Bo](/experts/ann)\n\nAnn Bo, a cook, is here.\n\nShe has sailed for "
        f"years, and likes it.\n\n[Cy Dee](/experts/cy)\n\nCy Dee is there.\n\nReport\n\n{BODY}"
    )
    assert [(a.name, len(a.bios)) for a in found.authors] == [("Ann Bo", 2), ("Cy Dee", 1)]
    assert found.kind == "Report"
    assert texts(found) == BODY.strip().split("\n\n")


@pytest.mark.parametrize("cap", ["**S**ix", "<b>S</b>ix", "*S*ix", "Six"])
def test_drop_caps_links_and_emphasis_are_plain_words(read, cap: str) -> None:
    found = read(f"# T\n\n{cap} weeks *later* the [old `code`](https://x.org) was **void**.\n")
    assert texts(found) == ["Six weeks later the old code was void."]


def test_a_paragraph_cut_by_a_page_break(read) -> None:
    first, second = (
        "The master of the harbour kept the night berths shut for the whole of",
        "Lent, and then for longer.",
    )
    assert texts(read(f"# T\n\n{first}\n\n{second}\n")) == [f"{first} {second}"]
    assert texts(read(f"# T\n\n{first}\n\n12\n\n{second}\n")) == [f"{first} {second}"]
    assert texts(read(f"# T\n\n{first}\f{second}\n")) == [f"{first} {second}"]
    assert texts(read(f"# T\n\n{first}.\n\n{second}\n")) == [f"{first}.", second]
    assert texts(read(f"# T\n\n{first}\n\n## Head\n\n{second}\n")) == [first, second]
    assert texts(read(f"# T\n\nHe said so.\n\n- {first}\n- {second}\n")) == ["He said so.", first, second]
    assert texts(read("# T\n\nHe said so.\n\nA caption\n\nLent came.\n")) == ["He said so.", "A caption", "Lent came."]


@pytest.mark.parametrize(("written", "read_as", "doubtful"), [
    ("a diplo-\nmatic note, diplomatic or not", "a diplomatic note, diplomatic or not", ()),
    ("an off-\nramp is an off-ramp to us", "an off-ramp is an off-ramp to us", ()),
    ("the anti-\nWestern mood", "the anti-Western mood", ()),
    ("a diplo-\nmatic note", "a diplomatic note", (7,)),
    ("short-\nand long-term", "short- and long-term", ()),
    ("nine--\nten men", "nine-- ten men", ()),
    ("con\u00ad\ncession and con\u00adtract", "concession and contract", ()),
])  # fmt: skip
def test_words_split_at_the_end_of_a_line(read, written: str, read_as: str, doubtful: tuple[int, ...]) -> None:
    (passage,) = read(f"# T\n\n{written}.\n").passages
    assert (passage.text, passage.hyphens) == (f"{read_as}.", doubtful)


def test_a_compound_in_a_text_without_hyphenation(read) -> None:
    body = "It is a high wall that\nwas built by many\n" + "and stood for long\n" * 20 + "with a high-\nprofile gate."
    (passage,) = read(f"# T\n\n{body}\n").passages
    assert passage.text.endswith("a high-profile gate.")
    assert len(passage.hyphens) == 1


def test_sections_named_like_lists(read) -> None:
    found = read(f"# T\n\n{BODY}## Topics\n\nThere is a lot to talk about here.\n\n## Recommended\n\nThis is, too.\n")
    assert [section.text for section in found.sections] == ["Topics", "Recommended"]
    assert len(found.passages) == 4


def test_topics_above_the_body_and_in_one_line(read) -> None:
    found = read(
        f"# T\n\nTOPICS\n\n[Boats](/t/boats), [Cooks & Crews](/t/cooks-crews)\n\n{BODY}REGIONS\n\nQuay\n\nMoor\n"
    )
    assert found.topics == (
        Topic("Boats", "boats", "/t/boats"),
        Topic("Cooks & Crews", "cooks-crews", "/t/cooks-crews"),
    )
    assert found.regions == (Topic("Quay"), Topic("Moor"))
    assert len(found.passages) == 2


def test_fields_of_recommended_documents_in_any_order(read) -> None:
    found = read(
        f"# T\n\n{BODY}RECOMMENDED\n\nFeb 1, 2022\n\nReport\n\n[Of Tides and Tempers](/r/tides-tempers)\n\n"
        "by Cy Dee\n\n"
        "## The Long Way Out to Sea\n\nAnn Bo\n\nFeb 2, 2022\n\nFeb 3, 2022\n\nA Third Thing Said Quite Plainly\n"
        "(/r/third-thing-said-quite-plainly)\n\n© The Quay Institute\n"
    )
    assert found.recommended == (
        Recommended("Of Tides and Tempers", "Report", "2022-02-01", "Cy Dee", "/r/tides-tempers"),
        Recommended("The Long Way Out to Sea", None, "2022-02-02", "Ann Bo", None),
        Recommended("A Third Thing Said Quite Plainly", None, "2022-02-03", None, "/r/third-thing-said-quite-plainly"),
    )


def test_plain_text_without_any_markup(read) -> None:
    found = read(
        "Who Will Come to the Table?\nby Ann Bo\nMay 10, 2006\n\nThe first sentence stands on\ntwo lines of text.\n\n"
        "1999. That was the year of it.\n\n    An indented paragraph is a paragraph.\n\n"
        "Bo & Sons <b>said</b> it in 5 * 3 words.\n",
        "essay.txt",
    )
    assert (found.title, found.date, [a.name for a in found.authors]) == (
        "Who Will Come to the Table?", "2006-05-10", ["Ann Bo"],
    )  # fmt: skip
    assert texts(found) == [
        "The first sentence stands on two lines of text.", "1999. That was the year of it.",
        "An indented paragraph is a paragraph.", "Bo & Sons said it in 5 * 3 words.",
    ]  # fmt: skip


def test_a_summary_above_the_fields_is_kept(read) -> None:
    found = read(f"# T\n\nThis is what it is about.\n\nby Ann Bo\n\nMay 10, 2006\n\n{BODY}")
    assert (found.date, found.authors[0].name) == ("2006-05-10", "Ann Bo")
    assert texts(found) == ["This is what it is about.", *BODY.strip().split("\n\n")]


def test_what_no_document_tells_is_unknown(read) -> None:
    found = read(BODY)
    assert found.unknown == ("title", "authors", "date", "kind", "outlet", "series", "number", "topics", "regions")
    assert found.recommended == found.sections == ()


def test_control_characters_do_not_reach_a_terminal(read) -> None:
    found = read("<h1>A\x1b[31m Title</h1><p>One &#27;[2J sentence\u202e of it.", "page.html")
    assert found.title == "A[31m Title"
    assert texts(found) == ["One [2J sentence of it."]


def test_notes_about_the_author_below_the_body(read) -> None:
    about = "### About the Author\n\n[Ann Bo](/experts/ann)\n\nAnn Bo is a cook.\n\n"
    found = read(f"# T\n\nby Ann Bo\n\n{BODY}{about}{RELATED}")
    assert [(a.name, a.url, a.bios) for a in found.authors] == [("Ann Bo", "/experts/ann", ("Ann Bo is a cook.",))]
    assert texts(found) == BODY.strip().split("\n\n")
    assert found.sections == ()


def test_fields_above_the_title(read) -> None:
    found = read(f"The Quay\n\nOp-Ed\n\n[Ann Bo](/experts/ann)\n\n## T\n\nMay 10, 2006\n\n{BODY}")
    assert (found.title, found.kind, found.date) == ("T", "Op-Ed", "2006-05-10")
    assert [(a.name, a.url) for a in found.authors] == [("Ann Bo", "/experts/ann")]
    assert len(found.passages) == 2
