"""Tables that say a thing twice, or say one mistake in two ways."""

from __future__ import annotations

from pathlib import Path

import pytest

from offramp.errors import CaseErrors
from offramp.interop.ktab.csv_table import read_csv
from offramp.interop.ktab.xml_table import read_xml

XML = """<Scenario>
<name>Gas</name>
<desc>A quarrel</desc>
<Dimensions><dName>Price</dName></Dimensions>
<Actors>
<Actor><name>SEL</name><description>The seller</description><capability>100</capability>
<Position><dCoord>90</dCoord></Position><Salience><dSal>60</dSal></Salience></Actor>
<Actor><name>BUY</name><description>The buyer</description><capability>50</capability>
<Position><dCoord>10</dCoord></Position><Salience><dSal>40</dSal></Salience></Actor>
</Actors>
</Scenario>
"""

CSV = "Actor,Description,Influence,X Position,X Salience\nA,,1,0,50\nB,,1,100,50\n"


def xml_faults(folder: Path, text: str) -> list[str]:
    path = folder / "t.xml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CaseErrors) as caught:
        read_xml(path)
    return [str(fault).removeprefix(f"{path}:") for fault in caught.value.faults]


def csv_faults(folder: Path, text: str) -> list[str]:
    path = folder / "t.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CaseErrors) as caught:
        read_csv(path)
    return [str(fault).removeprefix(f"{path}:") for fault in caught.value.faults]


@pytest.mark.parametrize(
    ("element", "line", "inside"),
    [
        ("<name>Gas</name>", 2, "Scenario"),
        ("<desc>A quarrel</desc>", 3, "Scenario"),
        ("<Dimensions><dName>Price</dName></Dimensions>", 4, "Scenario"),
        ("<Actors>\n<Actor><name>SEL", 5, "Scenario"),
        ("<name>SEL</name>", 6, "Actor"),
        ("<description>The seller</description>", 6, "Actor"),
        ("<capability>100</capability>", 6, "Actor"),
        ("<Position><dCoord>90</dCoord></Position>", 7, "Actor"),
        ("<Salience><dSal>60</dSal></Salience>", 7, "Actor"),
    ],
)
def test_what_may_stand_once_stands_twice(tmp_path: Path, element: str, line: int, inside: str) -> None:
    assert element in XML
    tag = element[1 : element.index(">")]
    again = "<Actors></Actors>" if tag == "Actors" else element
    text = XML.replace("</Actors>\n", f"</Actors>\n{again}\n") if tag == "Actors" else XML.replace(element, element * 2)
    (fault,) = xml_faults(tmp_path, text)
    assert f"<{tag}> stands here again in <{inside}>, first on line {line}. Keep one of them" in fault


@pytest.mark.parametrize(
    ("element", "said"),
    [
        ("<name>SEL</name>", "6:1: <Actor> has no <name>. Add it"),
        ("<capability>100</capability>", "6:1: <Actor> has no <capability>. Add it"),
        ("<Position><dCoord>90</dCoord></Position>", "6:1: <Actor> has no <Position>. Add it"),
        ("<dSal>60</dSal>", "7:41: SEL has 0 <dSal> for 1 dimensions. Give one for each dimension"),
    ],
)
def test_what_is_missing_is_told_once(tmp_path: Path, element: str, said: str) -> None:
    assert xml_faults(tmp_path, XML.replace(element, "")) == [said]


def test_columns_of_two_dimensions(tmp_path: Path) -> None:
    (fault,) = csv_faults(tmp_path, CSV.replace("X Salience", "Y Salience"))
    assert fault.startswith("1:40: X Position and Y Salience are of two dimensions. Put the position and the salience")


@pytest.mark.parametrize(
    "header", ["x position,X_Salience", "Position,Salience", "X Position,Salience", "X,Y", "pos X,sal X"]
)
def test_columns_of_one_dimension(tmp_path: Path, header: str) -> None:
    path = tmp_path / "t.csv"
    path.write_text(CSV.replace("X Position,X Salience", header), encoding="utf-8")
    assert len(read_csv(path).dimensions) == 1


def test_a_bad_row_of_two_is_the_only_fault(tmp_path: Path) -> None:
    (fault,) = csv_faults(tmp_path, CSV.replace("B,,1,100,50", "B,,1,100,50,7"))
    assert "the row of B has 6 cells" in fault


@pytest.mark.parametrize("number", ["1e308", "1e999", "-1e400"])
def test_large_numbers_are_numbers(tmp_path: Path, number: str) -> None:
    (fault,) = csv_faults(tmp_path, CSV.replace("A,,1,0", f"A,,{number},0"))
    assert f"the influence of A is {number}, outside 0 to 1e+09" in fault


@pytest.mark.parametrize("count", ["9" * 5000, "\u0663"])
def test_a_count_that_is_none(tmp_path: Path, count: str) -> None:
    (fault,) = csv_faults(tmp_path, f"Gas,,{count},1\n{CSV}")
    assert "the number of actors is wanted here, not" in fault
