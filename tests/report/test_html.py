from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from importlib import resources
from typing import Any

import pytest

from offramp.findings.results import Findings
from offramp.report import html_table, render_html, render_markdown
from offramp.report.markup import embed_json, tag, text

from .sample import HOSTILE


class Reader(HTMLParser):
    """What a browser would see of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[str] = []
        self.words: list[str] = []
        self._inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._inside = tag
        if tag == "script":
            self.scripts.append("")

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside == "script":
            self.scripts[-1] += data
        elif self._inside != "style":
            self.words.append(data)


def read(page: str) -> Reader:
    reader = Reader()
    reader.feed(page)
    reader.close()
    return reader


@pytest.fixture(scope="module")
def page(findings: Findings) -> str:
    return render_html(findings)


@pytest.fixture(scope="module")
def hostile_page(hostile: Findings) -> str:
    return render_html(hostile)


def test_is_the_same_twice(findings: Findings, page: str) -> None:
    assert render_html(findings) == page


def test_parts_come_in_order(page: str) -> None:
    order = ["verdicts", "essays", "weights", "tensions", "outcomes", "robust", "flips", "paths", "map", "holds",
             "stories", "views", "baselines", "rests", "left-out", "trust", "appendix"]  # fmt: skip
    places = [page.index(f'id="{key}"') for key in order]
    assert places == sorted(places)
    links = [a["href"] for name, a in read(page).tags if name == "a"]
    assert links[: len(order)] == [f"#{key}" for key in order]


def test_every_link_leads_somewhere(page: str, hostile_page: str) -> None:
    for one in (page, hostile_page):
        tags = read(one).tags
        names = [a["id"] for _, a in tags if a.get("id")]
        assert len(set(names)) == len(names)
        assert {a["href"] for name, a in tags if name == "a"} <= {f"#{name}" for name in names}


@pytest.mark.parametrize("which", ["page", "hostile_page"])
def test_loads_nothing(which: str, request: pytest.FixtureRequest) -> None:
    for name, attributes in read(request.getfixturevalue(which)).tags:
        assert name not in {"img", "iframe", "object", "embed", "link", "base", "form", "image", "use", "video"}
        assert "src" not in attributes
        assert "srcset" not in attributes
        assert all("url(" not in (attributes.get(key) or "") for key in ("style", "fill", "stroke", "clip-path"))
        for key in ("href", "xlink:href"):
            assert (attributes.get(key) or "#").startswith("#")
        assert not [key for key in attributes if key.startswith("on")]


@pytest.mark.parametrize("which", ["page", "hostile_page"])
def test_only_our_scripts_may_run(which: str, request: pytest.FixtureRequest) -> None:
    reader = read(request.getfixturevalue(which))
    policy = next(a["content"] for name, a in reader.tags if a.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None
    assert policy.startswith("default-src 'none'")
    assert "unsafe-eval" not in policy
    assert "unsafe-inline" not in policy.split("style-src")[0]
    kinds = [a.get("type") for name, a in reader.tags if name == "script"]
    assert kinds == ["application/json", None, None, None]
    for script in reader.scripts[1:]:
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy


def test_hostile_texts_stay_texts(hostile_page: str, page: str) -> None:
    reader = read(hostile_page)
    shape = {name for name, _ in read(page).tags}
    assert {name for name, _ in reader.tags} <= shape | {"p"}
    shown = "".join(reader.words)
    assert "<script>alert(1)</script>" in shown
    assert "\x1b" not in hostile_page


def test_embedded_charts_are_whole(page: str, hostile_page: str) -> None:
    for one in (page, hostile_page):
        charts = json.loads(read(one).scripts[0])
        assert len(charts) == 33
        assert not re.search(r"[<>&]", read(one).scripts[0])
        for chart in charts.values():
            assert not list(_keys(chart, "url"))


def _keys(value: Any, key: str) -> Any:
    if isinstance(value, dict):
        if key in value:
            yield value[key]
        for item in value.values():
            yield from _keys(item, key)
    elif isinstance(value, list):
        for item in value:
            yield from _keys(item, key)


def test_every_chart_has_a_still_picture_and_a_label(page: str) -> None:
    panels = [a for name, a in read(page).tags if name == "div" and (a.get("class") or "").startswith("panel")]
    assert len(panels) == 33 + 13
    assert all(a["role"] == "img" and a["aria-label"] for a in panels)
    assert page.count('<div class="still"><svg') == len(panels)


def test_words_of_the_field(page: str) -> None:
    shown = " ".join("".join(read(page).words).replace("\u00a0", " ").split())
    assert "holds in 55 % of the stated worlds (50–59 %)" in shown
    assert "Fails where partners' trade stake > 0.62: there it holds in 12 % of the worlds, elsewhere in 91 %." in shown
    assert "depends on partners' trade stake" in shown
    assert "by construction" in shown
    assert "likely" not in shown.replace("more likely.", "")
    assert "2 worlds could not be computed" in shown
    assert "nan" not in shown.lower().split()


def test_says_nothing_where_there_is_nothing(minimal: Findings) -> None:
    page = render_html(minimal)
    for key in ("verdicts", "essays", "tensions", "paths", "map", "stories", "views", "baselines", "rests", "left-out"):
        assert f'id="{key}"' not in page
    for key in ("outcomes", "trust", "appendix"):
        assert f'id="{key}"' in page
    assert "NaN" not in read(page).scripts[0]
    assert "regret" not in "".join(read(page).words)


def test_no_outcomes_at_all(minimal: Findings) -> None:
    from dataclasses import replace

    page = render_html(replace(minimal, outcomes={}, outcomes_by={"only": {}}))
    assert 'id="outcomes"' not in page
    assert page.count("<script>") == 1, "a page without charts carries no Vega"


def test_markup_escapes() -> None:
    assert tag("p", HOSTILE, title=HOSTILE) == f'<p title="{text(HOSTILE)}">{text(HOSTILE)}</p>'
    assert "<" not in text(HOSTILE)
    assert "</script" not in embed_json([HOSTILE, "\u2028"])
    assert json.loads(embed_json([HOSTILE, "\u2028"])) == [HOSTILE, "\u2028"]


def test_small_table_and_markdown(findings: Findings, hostile: Findings, minimal: Findings) -> None:
    assert "<b>0.61</b>" in html_table(findings)
    assert "<script" not in html_table(hostile)
    assert "| Offer with a security guarantee | **0.61** (0.35–0.88) |" in render_markdown(findings)
    written = render_markdown(hostile)
    assert "<script" not in written
    assert "<img" not in written
    assert "| only | 0.50 (– to 0.90) |" in render_markdown(minimal)
    assert "0.50" in html_table(minimal)


def test_vega_is_the_version_that_compiles() -> None:
    import vl_convert

    vega = resources.files("offramp.report").joinpath("vendor/vega.min.js").read_text(encoding="utf-8")
    assert f't.version="{vl_convert.get_vega_version()}"' in vega
    notice = resources.files("offramp.report").joinpath("vendor/THIRD_PARTY.txt").read_text(encoding="utf-8")
    assert f"vega {vl_convert.get_vega_version()}" in notice
