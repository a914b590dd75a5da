"""Take pictures of a report: wide and narrow, light and dark, and as it prints.

    python scripts/screenshots.py NAME.offramp/report.html pictures/

Needs Playwright and Debian's Chromium (`apt-get install chromium fonts-inter`).
"""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

TALLEST = 16_000
"""Pixels of one picture: Chromium draws no taller one."""
WIDTHS = {"wide": 1280, "narrow": 360}
ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("report", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--browser", default=shutil.which("chromium") or "/usr/bin/chromium")
    parser.add_argument("--sections", action="store_true", help="also one picture of each section")
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    problems: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=asked.browser, args=ARGUMENTS)
        for size, width in WIDTHS.items():
            for scheme in ("light", "dark"):
                page = browser.new_page(
                    viewport={"width": width, "height": 900},
                    color_scheme=scheme,  # type: ignore[arg-type]
                    device_scale_factor=1 if width > 600 else 2,
                )
                page.on("console", lambda m: problems.append(m.text) if m.type in ("error", "warning") else None)
                page.on("pageerror", lambda e: problems.append(str(e)))
                page.on("request", lambda r: None if r.url.startswith("file:") else problems.append(f"asked {r.url}"))
                page.goto(asked.report.resolve().as_uri())
                page.wait_for_selector("html[data-ready=yes]", timeout=60_000)
                _shoot(page, asked.folder, f"{size}-{scheme}", sections=asked.sections)
                wide = page.evaluate("document.documentElement.scrollWidth")
                if wide > width:
                    problems.append(f"{size}: the page is {wide} wide, the window {width}")
                if size == "wide" and scheme == "light":
                    page.pdf(path=asked.folder / "print.pdf", format="A4", prefer_css_page_size=True)
                page.close()
        browser.close()
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


def _shoot(page: Page, folder: Path, name: str, *, sections: bool) -> None:
    height = page.evaluate("document.documentElement.scrollHeight * devicePixelRatio")
    if height <= TALLEST:
        page.screenshot(path=folder / f"{name}.png", full_page=True)
    else:  # in pieces, as many as it takes
        step = TALLEST // page.evaluate("devicePixelRatio")
        whole = page.evaluate("document.documentElement.scrollHeight")
        for n, top in enumerate(range(0, whole, step)):
            clip = {"x": 0, "y": top, "width": page.viewport_size["width"], "height": min(step, whole - top)}
            page.screenshot(path=folder / f"{name}-part{n + 1}.png", full_page=True, clip=clip)
    if sections:
        for n, section in enumerate(page.query_selector_all("main > header, main > section")):
            section.screenshot(path=folder / f"{name}-{n:02d}.png")


if __name__ == "__main__":
    raise SystemExit(main())
