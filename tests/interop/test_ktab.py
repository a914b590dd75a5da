"""Actor tables: what becomes of them, and every fault at its row."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from offramp.errors import CaseErrors
from offramp.findings.check import check_case
from offramp.graph import find
from offramp.interop.converted import Converted
from offramp.interop.ktab.csv_table import read_csv
from offramp.interop.ktab.parts import ActorTable
from offramp.interop.ktab.to_case import case_of
from offramp.interop.ktab.xml_table import read_xml
from offramp.model import Case
from offramp.stability import free_graph, judge_world, perceived
from offramp.worlds import draw

TABLE = """Gas,A quarrel over gas,3,2,
Actor,Description,Influence,Price Position,Price Salience,Term Position,Term Salience,
SEL,The seller,100,90,60,20,10,
BUY,"The buyer, abroad",50,10,60,80.5,40,
GOV, Its government ,25,40,0,50,20,
"""

XML = """<?xml version="1.0" encoding="UTF-8"?>
<Scenario xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
  <name>Gas</name>
  <desc>A quarrel over gas</desc>
  <prngSeed>1</prngSeed>
  <Dimensions><dName>Price</dName><dName>Term</dName></Dimensions>
  <Actors>
    <Actor><name>SEL</name><description>The seller</description><capability>100</capability>
      <Position><dCoord>90</dCoord><dCoord>20</dCoord></Position>
      <Salience><dSal>60</dSal><dSal>10</dSal></Salience></Actor>
    <Actor><name>BUY</name><description>The buyer, abroad</description><capability>50</capability>
      <Position><dCoord>10</dCoord><dCoord>80.5</dCoord></Position>
      <Salience><dSal>60</dSal><dSal>40</dSal></Salience></Actor>
    <Actor><name>GOV</name><description>Its government</description><capability>25</capability>
      <Position><dCoord>40</dCoord><dCoord>50</dCoord></Position>
      <Salience><dSal>0</dSal><dSal>20</dSal></Salience></Actor>
  </Actors>
</Scenario>
"""


def table(folder: Path, content: str | bytes, *, ending: str = "csv") -> ActorTable:
    path = folder / f"table.{ending}"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_csv(path) if ending == "csv" else read_xml(path)


def faults_of(folder: Path, content: str | bytes, *, ending: str = "csv") -> list[str]:
    with pytest.raises(CaseErrors) as caught:
        case_of(table(folder, content, ending=ending))
    return [str(fault).removeprefix(f"{folder}/") for fault in caught.value.faults]


def case(found: Converted) -> Case:
    file = found.case_file("table")
    check_case(file.case)
    return file.case


def test_what_a_table_says(tmp_path: Path) -> None:
    read = table(tmp_path, TABLE)
    assert (read.title, read.about, read.dimensions) == ("Gas", "A quarrel over gas", ("Price", "Term"))
    assert [(a.name, a.description, a.influence, a.positions, a.saliences) for a in read.actors] == [
        ("SEL", "The seller", 100.0, (90.0, 20.0), (60.0, 10.0)),
        ("BUY", "The buyer, abroad", 50.0, (10.0, 80.5), (60.0, 40.0)),
        ("GOV", "Its government", 25.0, (40.0, 50.0), (0.0, 20.0)),
    ]


def told(read: ActorTable) -> Any:
    return (read.title, read.about, read.dimensions,
            [(a.name, a.description, a.influence, a.positions, a.saliences) for a in read.actors])  # fmt: skip


@pytest.mark.parametrize(
    "other",
    [
        TABLE.replace(",\n", "\n"),
        TABLE.replace("\n", "\r\n"),
        "\ufeff" + TABLE,
        "\ufeff" + TABLE.replace('"The buyer, abroad"', "The buyer# abroad").replace(",", ";").replace("#", ","),
        TABLE.replace('"The buyer, abroad"', "The buyer# abroad").replace(",", "\t").replace("#", ","),
        TABLE.replace("Influence", "Power").replace("Actor", "ACTOR").replace("\n", "\n\n"),
        TABLE.replace("The seller", '"The seller"').replace("SEL", '"SEL"'),
    ],
    ids=["no last commas", "windows", "bom", "semicolons", "tabs", "power", "quotes"],
)
def test_other_ways_to_write_it(tmp_path: Path, other: str) -> None:
    assert told(table(tmp_path, other)) == told(table(tmp_path, TABLE))


def test_encodings(tmp_path: Path) -> None:
    for encoding in ("utf-16", "utf-8-sig"):
        assert told(table(tmp_path, TABLE.encode(encoding))) == told(table(tmp_path, TABLE))


def test_the_xml_says_the_same(tmp_path: Path) -> None:
    assert told(table(tmp_path, XML, ending="xml")) == told(table(tmp_path, TABLE))
    in_utf16 = XML.replace("UTF-8", "UTF-16").encode("utf-16")
    assert told(table(tmp_path, in_utf16, ending="xml")) == told(table(tmp_path, TABLE))


def test_a_table_without_the_row_on_the_scenario(tmp_path: Path) -> None:
    read = table(tmp_path, TABLE.split("\n", 1)[1])
    assert (read.title, read.about, len(read.actors)) == ("table", "", 3)


def test_the_case_says_what_the_table_says_and_what_is_assumed(tmp_path: Path) -> None:
    found = case_of(table(tmp_path, TABLE))
    made = case(found)
    assert list(made.players) == ["sel", "buy", "gov"]
    assert [option.id for option in made.players["gov"].options] == ["term"], "no salience, no option"
    assert made.players["buy"].name == "The buyer, abroad (BUY)"
    price, given = made.players["sel"].factions[0].wants[:2]
    assert (price.id, price.origin.source, price.origin.why) == (
        "deal-price", "table", "position 90, salience 60, influence 100")  # fmt: skip
    assert (given.id, given.origin.kind) == ("given-price", "guess")
    assert {unknown.origin.kind for unknown in made.unknowns.values()} == {"guess"}
    # weights 100 * 60 and 50 * 60: the centre lies at two thirds of the way from 10 to 90
    assert made.players["sel"].options[0].levels[0] == "at-90"
    assert made.players["sel"].options[0].levels[-1] == made.players["buy"].options[0].levels[-1] == "at-63"
    assert ["#", "centre", "63.33", "58.86"] in [line.split() for line in found.text.splitlines()]
    assert all(line.startswith("#") for line in found.text.split("\nofframp: 1")[0].splitlines())
    assert "Achen" in found.text


def test_a_deal_is_worth_its_closeness_times_the_salience(tmp_path: Path) -> None:
    made = case(case_of(table(tmp_path, "Actor,Description,Influence,X Position,X Salience\nA,,1,0,50\nB,,1,100,50\n")))
    graph = free_graph(made)
    world = dict(draw(made, 0, 0).world(0)) | {"needed": 0.5, "no-deal": 0.4, "giving-way": 0.2}
    (game,) = perceived(graph, world)

    def worth(a: int, b: int) -> list[float]:
        at = int(find(graph.codes, graph.space.strides @ [[a], [b]])[0])
        return [round(float(x), 9) for x in game.payoffs[:, at]]

    assert worth(0, 0) == [5 * 0.4, 5 * 0.4], "no deal"
    assert worth(2, 2) == [5 * 0.5 - 5 * 0.5 * 0.2 / 2] * 2, "both half way: a deal in the middle"
    # A goes all the way: the mean of 50 and 100; giving way by 50 points costs A a fifth of them
    assert worth(4, 0) == [5 * 0.25 - 5 * 0.5 * 0.2, 5 * 0.75]


@pytest.mark.parametrize(
    ("actors", "dimensions", "options", "rungs"),
    [(2, 1, 2, 5), (5, 1, 5, 5), (6, 1, 6, 4), (8, 1, 8, 3), (9, 1, 9, 2), (13, 1, 13, 2), (14, 1, 13, 2),
     (40, 1, 13, 2), (27, 6, 13, 2), (4, 12, 13, 2), (300, 50, 13, 2)],
)  # fmt: skip
def test_sizes_stay_under_control(tmp_path: Path, actors: int, dimensions: int, options: int, rungs: int) -> None:
    rng = random.Random(1)
    head = "".join(f",D{d} Position,D{d} Salience" for d in range(dimensions))
    rows = []
    for i in range(actors):
        cells = [f",{rng.choice([5, 95])},{rng.randint(1, 50)}" for _ in range(dimensions)]
        rows.append(f"A{i},,{rng.randint(1, 9)}{''.join(cells)}")
    found = case_of(table(tmp_path, "\n".join([f"Actor,Description,Influence{head}", *rows])))
    made = case(found)
    sizes = [len(option.levels) for player in made.players.values() for option in player.options]
    assert sizes == [rungs] * options
    held = actors * dimensions - options
    assert ("The others hold" in found.text) is (held > 0)
    if actors < 10:
        graph = free_graph(made)
        assert judge_world(graph, draw(made, 0, 0).world(0)).stable["nash"].shape == (
            len(made.players),
            len(graph.codes),
        )


def test_names_that_clash_or_cannot_be_ids(tmp_path: Path) -> None:
    names = ["needed", "no-deal", "\u4e2d\u56fd", "a-deal"]
    rows = [f"{name},,1,{position},50,{position},50" for name, position in zip(names, (0, 100, 90, 40), strict=True)]
    head = "Actor,Description,Influence,A Position,A Salience,A deal Position,A deal Salience"
    text = "\n".join([head, *rows])
    made = case(case_of(table(tmp_path, text)))
    assert list(made.players) == ["needed-2", "no-deal-2", "actor", "a-deal"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("90", "110", "table.csv:3:20: the position of SEL on Price is 110, outside 0 to 100"),
        ("90", "-1", "is -1, outside 0 to 100"),
        ("90", "high", "table.csv:3:20: the position of SEL on Price is high, which is no number. Write a number"),
        ("90", "", "table.csv:3:20: the position of SEL on Price is missing"),
        ("90", "nan", "is nan, which is no number"),
        ("90", "1e999", "is 1e999, outside 0 to 100"),
        ("100", '"1,000"', "the influence of SEL is 1,000, with a separator. Write 1000 if that is what is meant"),
        ("100", "1 000", "is 1 000, with a separator"),
        ("80.5", '"80,5"', "is 80,5, which is no number. Write 80.5"),
        ("100", "1,000", "the row of SEL has 8 cells, more than the header's 7"),
        ("BUY", "sel", "table.csv:4:1: the actor sel stands twice, first on line 3. Put the two together"),
        ("BUY", "", "table.csv:4:1: the actor has no name"),
        ("Term Position,Term Salience", "Term Position", "each dimension needs two columns"),
        ("Price Position,Price Salience", "Price Salience,Price Position", "are the wrong way round"),
        ("Term Position", "Price Position", "table.csv:2:59: the dimension Price stands twice"),
        ("Influence", "Weight", "table.csv:2:19: influence is wanted here, not Weight"),
        ("Actor,", "Who,", "table.csv:1:1: the header is missing. Begin with Actor,Description,Influence"),
        ('abroad"', "abroad", "table.csv:4:5: the quote opened here does not close on its line"),
        (",3,2,", ",4,2,", "table.csv:1:24: the first row promises 4 actors, and the table has 3"),
        (",3,2,", ",3,x,", "the number of dimensions is wanted here, not x. Write 2"),
        ("GOV", "GOV,", "the row of GOV has 8 cells"),
        ("GOV", "G" * 101, "has 101 characters; the most is 100"),
    ],
)  # fmt: skip
def test_one_fault(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in TABLE
    found = faults_of(tmp_path, TABLE.replace(old, new, 1))
    assert any(said in fault for fault in found), found


def test_all_faults_at_once(tmp_path: Path) -> None:
    found = faults_of(tmp_path, TABLE.replace("90", "x").replace("80.5", "y").replace("GOV", "BUY"))
    assert [fault.split(":")[1] for fault in found] == ["3", "4", "5"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "table.csv:1:1: the file is empty"),
        (b"\xff\xff", "is not UTF-8"),
        ("\n\n,,,\n", "the file is empty"),
        (TABLE.split("\n")[1], "the table has no actors"),
        ("\n".join(TABLE.split("\n")[:3]).replace(",3,", ",1,"), "the table has one actor only"),
        ("x" * 1_100_000, "larger than 1 MB"),
        ("Actor,Description,Influence,X,Y\nA,,0,1,1\nB,,0,2,1\n", "csv:1:29: no actor with influence cares about X"),
        ("Actor,Description,Influence,X,Y\nA,,1,50,1\nB,,1,50,1\n", "there is nothing to bargain over"),
        ("Actor,Description,Influence,X,Y\n" + "".join(f"A{i},,1,{i % 100},1\n" for i in range(1001)), "1,001 actors"),
    ],
    ids=["empty", "binary", "blank", "header", "one", "huge", "no weight", "one place", "many"],
)  # fmt: skip
def test_tables_that_are_none(tmp_path: Path, content: str | bytes, said: str) -> None:
    assert said in "\n".join(faults_of(tmp_path, content))


BOMB = """<?xml version="1.0"?>
<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>
<Scenario><name>&b;</name></Scenario>"""


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "table.xml:1:1: the file is empty"),
        (XML[:400], "It may have been cut off"),
        (BOMB, "a document type (<!DOCTYPE>) is refused, for it can name other files. Remove it"),
        (XML.replace("<Scenario", '<!DOCTYPE x SYSTEM "file:///etc/passwd"><Scenario', 1), "is refused"),
        (XML.replace("Gas", "&gas;"), "XML cannot read this: undefined entity"),
        (XML.replace("UTF-8", "no-such"), "XML cannot read this"),
        ("<a/>", "table.xml:1:1: the file is a <a>, not a <Scenario>"),
        ("<Scenario/>", "<Scenario> has no <Actors>"),
        ("<a>" * 100 + "</a>" * 100, "the nesting is deeper than 20"),
        (XML.replace("<dCoord>90</dCoord>", ""), "table.xml:9:7: SEL has 1 <dCoord> for 2 dimensions"),
        (XML.replace("90<", "900<"), "table.xml:9:17: the position of SEL on Price is 900, outside 0 to 100"),
        (XML.replace("<capability>100</capability>", ""), "<Actor> has no <capability>"),
        (XML.replace("<dName>Price</dName><dName>Term</dName>", ""), "there is no dimension"),
        (XML.replace(">BUY<", ">SEL<"), "the actor SEL stands twice, first on line 8"),
        (b"\x00\x01", "XML cannot read this"),
    ],
    ids=["empty", "cut", "bomb", "external", "entity", "encoding", "other", "bare", "deep", "few", "range", "influence",
         "dimensions", "twice", "binary"],
)  # fmt: skip
def test_xml_that_is_no_table(tmp_path: Path, content: str | bytes, said: str) -> None:
    found = faults_of(tmp_path, content, ending="xml")
    assert said in "\n".join(found), found


@pytest.mark.parametrize("ending", ["csv", "xml"])
def test_whatever_is_damaged_is_told(tmp_path: Path, ending: str) -> None:
    sound = TABLE if ending == "csv" else XML
    for seed in range(400):
        rng, text = random.Random(seed), sound
        for _ in range(rng.choice([1, 1, 3])):
            at = rng.randrange(len(text))
            put = rng.choice(["", ",", '"', "<", "&", "-", "\n", "\x00", "9999", "\u202e", ";", "</Actor>", "NaN"])
            text = text[:at] + put + text[at + rng.choice([0, 1, 30]) :]
        try:
            case_of(table(tmp_path, text, ending=ending)).case_file("table")
        except CaseErrors as e:
            for fault in e.faults:
                assert fault.place is not None, (seed, fault)
                assert fault.hint, (seed, fault)
