from __future__ import annotations

import json
import re
from dataclasses import replace
from io import StringIO

import pytest
from rich.console import Console

from offramp.findings.reach.values import Reach
from offramp.report.reach_page import MADE_BY, render_reach
from offramp.report.reach_panels import Named
from offramp.report.reach_text import print_reach
from offramp.report.reach_words import Telling
from offramp.report.shell import generator_line

from .sample import HOSTILE
from .sample_reach import ALL, NOW, hostile_reach, sample_reach
from .test_html import Reader, read

LEADS = {"Answer", "Smallest", "Most", "Front", "View", "Claims", "In the way", "Others", "Lasting", "Agreement",
         "Ask next", "Searched"}  # fmt: skip


@pytest.fixture(scope="module")
def reach() -> Reach:
    return sample_reach()


@pytest.fixture(scope="module")
def page(reach: Reach) -> str:
    return render_reach(reach)


@pytest.fixture(scope="module")
def hostile_page() -> str:
    return render_reach(hostile_reach())


def words(page: str) -> str:
    reader = Reader()
    reader.feed(re.sub(r"</(?:p|li|td|th|h\d)>", " ", page))
    return " ".join("".join(reader.words).replace("\u00a0", " ").split())


def test_is_the_same_twice(reach: Reach, page: str) -> None:
    assert render_reach(reach) == page
    assert generator_line(MADE_BY) in page[:4000]


def test_parts_come_in_order(page: str) -> None:
    order = ["packages", "best", "levers", "assumed", "claims", "way", "theirs", "lasts", "agreed", "next", "how"]
    places = [page.index(f'id="{key}"') for key in order]
    assert places == sorted(places)
    assert [a["href"] for name, a in read(page).tags if name == "a"] == [f"#{key}" for key in order]


def test_says_what_the_terminal_says(reach: Reach, page: str) -> None:
    out = StringIO()
    print_reach(reach, Console(file=out, width=5000), everything=True)
    lines = [line[12:] if line[:12].rstrip() in LEADS else line for line in out.getvalue().splitlines()]
    said = [" ".join(line.split()).removeprefix("- ").removeprefix("! ") for line in lines]
    sentences = [line for line in said if line.endswith((".", "?")) or "Judged as" in line]
    assert len(sentences) > 25
    shown = words(page)
    assert [line for line in sentences if line not in shown] == []
    headings = [line for line in said if line.isupper()]
    assert len(headings) == 2
    assert [line for line in headings if line.lower() not in shown.lower()] == []


def test_every_row_of_the_tables_is_there(page: str) -> None:
    shown = words(page)
    assert "0.5–1.7 56 % (49–63) some balanced terms (The Alliance) and some targeted terms (The Alliance)" in shown
    assert "broad terms (1, no price stated)" in shown
    assert "(held)" in shown
    assert "stake 0 Them 0.5 0 to 1 above 0.53 3 %" in shown
    assert page.count('class="turn"') == 13
    assert "+23 (+20 to +26)" in shown
    assert "2 more endings" in shown
    assert "3 more unknowns" in shown
    assert "nan" not in shown.lower().split()


def test_numbers_of_packages_are_the_same_everywhere(reach: Reach) -> None:
    named = Named(Telling(reach))
    assert named.short[NOW.number] == "now"
    assert len(set(named.short.values())) == len(named.short)
    assert set(named.labels) == set(named.tips) == set(named.short)
    assert named.tips[ALL.number].splitlines()[:4] == [
        f"{named.short[ALL.number]}: some balanced terms (The Alliance)",
        "some offered terms (The Republic)",
        "price 0.8–3.4",
        "in 81\u00a0% of the stated worlds",
    ]


@pytest.mark.parametrize("which", ["page", "hostile_page"])
def test_loads_nothing(which: str, request: pytest.FixtureRequest) -> None:
    page = request.getfixturevalue(which)
    reader = read(page)
    for name, attributes in reader.tags:
        assert name not in {"img", "iframe", "object", "embed", "link", "base", "form", "image", "use", "video"}
        assert not {"src", "srcset"} & set(attributes)
        assert (attributes.get("href") or "#").startswith("#")
        assert "url(" not in (attributes.get("style") or "")
        assert not [key for key in attributes if key.startswith("on")]
    policy = next(a["content"] for _, a in reader.tags if a.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    charts = reader.scripts[0]
    assert len(json.loads(charts)) == 3
    assert '"url"' not in charts
    assert [a.get("type") for name, a in reader.tags if name == "script"] == ["application/json", None, None, None]


def test_hostile_texts_stay_texts(page: str, hostile_page: str) -> None:
    reader = read(hostile_page)
    assert {name for name, _ in reader.tags} <= {name for name, _ in read(page).tags}
    shown = "".join(reader.words)
    assert shown.count("<script>alert(1)</script>") > 50
    assert HOSTILE not in hostile_page
    assert "\x1b" not in hostile_page
    assert not re.search(r"[<>&]", reader.scripts[0])


def test_every_chart_has_a_label(page: str) -> None:
    panels = [a for name, a in read(page).tags if name == "div" and (a.get("class") or "").startswith("panel")]
    assert len(panels) == 3
    assert all(a["role"] == "img" and a["aria-label"] for a in panels)
    assert page.count('<div class="still"><svg') == 3


def test_says_nothing_where_there_is_nothing(reach: Reach) -> None:
    search = replace(reach.search, failed=0, interrupted=False, finished=True)
    bare = replace(reach, minimal=(), adds=(), blocked=None, theirs=None, held={}, claims=(), fronts={}, search=search,
                   assumed=None, worst_tenth=None, best=reach.now, front=(reach.now,))  # fmt: skip
    page = render_reach(bare)
    for key in ("assumed", "way", "theirs", "lasts", "agreed", "claims"):
        assert f'id="{key}"' not in page
    assert 'class="warning"' not in page
    assert "NaN" not in read(page).scripts[0]
    assert "No package brings that to 50 %" in words(page)


def test_a_question_stopped_early_says_so(page: str) -> None:
    shown = words(page)
    assert shown.count("stopped early") == 2
    assert "2 solves failed and count in no share: no rest" in shown
