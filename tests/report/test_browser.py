"""The page in a real browser: every chart comes alive under the page's own policy, and nothing is asked for."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from offramp.findings.reach.values import Reach
from offramp.findings.results import Findings
from offramp.findings.sentences.values import Sentences
from offramp.report import render_html
from offramp.report.part_essays import SHOWN
from offramp.report.reach_page import render_reach

from .sample_reach import hostile_reach, sample_reach

playwright = pytest.importorskip("playwright.sync_api")
CHROMIUM = shutil.which("chromium")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium")


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    with playwright.sync_playwright() as started:
        chromium = started.chromium.launch(
            executable_path=CHROMIUM, args=["--headless", "--no-sandbox", "--disable-gpu"]
        )
        yield chromium
        chromium.close()


@pytest.mark.parametrize("which", ["findings", "minimal", "hostile"])
def test_charts_come_alive(which: str, browser: object, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    path = tmp_path / "report.html"
    path.write_text(render_html(request.getfixturevalue(which)), encoding="utf-8")
    problems: list[str] = []
    page = browser.new_page(viewport={"width": 360, "height": 800})  # type: ignore[attr-defined]
    page.on("console", lambda m: problems.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda e: problems.append(str(e)))
    page.on("dialog", lambda d: (problems.append("a dialog opened"), d.dismiss()))
    page.on("request", lambda r: None if r.url == path.as_uri() else problems.append(r.url))
    page.goto(path.as_uri())
    page.wait_for_selector("html[data-ready=yes]", timeout=60_000)
    assert problems == []
    panels = page.locator("[data-chart]").count()
    assert panels > 0
    assert page.locator("[data-chart].drawn > .live svg").count() == panels
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    if which == "findings":
        assert page.locator(".tab:visible").count() == 2, "one map and one story at a time"
        page.locator("[data-pick=s3]").first.click()
        assert page.locator('[data-pick=s3][aria-pressed="true"]').count() == 5
        page.emulate_media(media="print")
        assert page.locator(".still:visible").count() == page.locator(".still").count()
        assert page.locator(".live:visible").count() == 0
    page.close()


@pytest.mark.parametrize("width", [360, 400])
def test_wide_tables_scroll_in_their_own_box(width: int, browser: object, tmp_path: Path, findings: Findings) -> None:
    views = {f"v{n}": view for n in range(5) for view in findings.views.values()}
    many = replace(findings, views=views, advice={}, tensions={
        key: replace(t, views={v: next(iter(t.views.values()), {}) for v in views})
        for key, t in findings.tensions.items()
    })  # fmt: skip
    path = tmp_path / "report.html"
    path.write_text(render_html(many), encoding="utf-8")
    page = browser.new_page(viewport={"width": width, "height": 800})  # type: ignore[attr-defined]
    page.goto(path.as_uri())
    page.wait_for_selector("html[data-ready=yes]", timeout=60_000)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    boxes = page.locator(".tension .scroll")
    assert boxes.count() > 0
    assert boxes.first.evaluate("box => box.scrollWidth > box.clientWidth"), "there is something to scroll"
    page.close()


@pytest.mark.parametrize("scripts", [True, False])
def test_folded_lists_stand_open_on_paper(scripts: bool, browser: object, tmp_path: Path, findings: Findings) -> None:
    one = findings.sentences.documents["singh-2009"][0]
    many = tuple(replace(one, id=f"D{n}", quote=f"words {n}") for n in range(SHOWN + 3))
    told = replace(findings, sentences=Sentences({"singh-2009": many}), tensions={}, left_out={}, elsewhere={})
    path = tmp_path / "report.html"
    path.write_text(render_html(told), encoding="utf-8")
    page = browser.new_page(java_script_enabled=scripts)  # type: ignore[attr-defined]
    page.goto(path.as_uri())
    last = page.locator(".rest .fate").last

    assert not last.is_visible()
    page.emulate_media(media="print")
    if scripts:
        page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
        assert last.is_visible()
        page.emulate_media(media="screen")
        page.evaluate("window.dispatchEvent(new Event('afterprint'))")
        assert not last.is_visible()
    else:
        assert last.is_visible(), "by the style sheet alone"
    page.close()


@pytest.mark.parametrize("which", [sample_reach, hostile_reach])
def test_the_page_of_what_it_would_take(which: Callable[[], Reach], browser: object, tmp_path: Path) -> None:
    path = tmp_path / "answer.html"
    path.write_text(render_reach(which()), encoding="utf-8")
    problems: list[str] = []
    page = browser.new_page(viewport={"width": 400, "height": 800})  # type: ignore[attr-defined]
    page.on("console", lambda m: problems.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda e: problems.append(str(e)))
    page.on("dialog", lambda d: (problems.append("a dialog opened"), d.dismiss()))
    page.on("request", lambda r: None if r.url == path.as_uri() else problems.append(r.url))
    page.goto(path.as_uri())
    page.wait_for_selector("html[data-ready=yes]", timeout=60_000)
    assert page.locator("[data-chart].drawn > .live svg").count() == 3
    assert page.evaluate("document.documentElement.scrollWidth") <= 400
    page.locator(".live .mark-symbol path").first.hover()
    assert "nothing moved" in page.locator(".tip").inner_text()
    assert problems == []
    page.close()
