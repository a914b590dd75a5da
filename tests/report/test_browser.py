"""The page in a real browser: every chart comes alive under the page's own policy, and nothing is asked for."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from offramp.report import render_html

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
        assert page.locator('[data-pick=s3][aria-pressed="true"]').count() == 3
        page.emulate_media(media="print")
        assert page.locator(".still:visible").count() == page.locator(".still").count()
        assert page.locator(".live:visible").count() == 0
    page.close()
