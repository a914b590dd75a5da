"""One made-up essay in every format, with the traps that printed essays set."""

from __future__ import annotations

import io

from reportlab.lib.pagesizes import A5
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer

TITLE = "Who Will Come to the Harbour-Board's Table?"
FIRST = (
    'With the ferries tied up for a third week, the board\'s spokesman told the town, "You may ask, and we may hear." '
    "Nobody took that for an offer. The union had asked before -- twice, in writing -- and each time the answer came "
    "from a lawyer who knew neither the boats nor the people who sail them."
)
SECOND = (
    "A quarrel of this kind is seldom about its first cause. The board fears that one concession will be read as "
    "weakness, and that the next demand is already written; the crews fear that a promise made in the dull season is "
    "forgotten when the visitors arrive. Both are right about the other, and both are wrong about themselves. What is "
    "wanted is a step that costs its giver something and that can be taken back, for a step of that sort says more "
    "than a letter. The harbour master, Petros Iliadhis, has one to give: the night berths. He could open them for a "
    "month, watch what follows, and close them again if nothing does, and nobody would call him a fool for it."
)
THIRD = (
    "The objection is that whoever moves first has moved alone. It is a fair objection in a game that is played once, "
    "and a poor one here. The same people will meet in the same café for thirty years, and what they remember is who "
    "came to the table when it was cheap to stay away."
)
LAST = "So serious talks are likelier after a cold winter than before it; the board should not wait for one."
BIO = "Ada Quill, a ship's cook turned historian, is the Lantern Fellow at the Quay Institute."
END = "Ada Quill is a visiting fellow at the Quay Institute."
PASSAGES = (FIRST, SECOND, THIRD, LAST)
SECTIONS = ("What the Crews Remember", "Who Moves First")
CUT = SECOND.index("and that can be taken back")
"""Where a page ends in the formats that do not lay out pages themselves."""

ITEMS = (
    ("Brief Analysis", "Tide Tables and Tempers: Lessons From Three Ports", "Feb 11, 2022", "Bo Fenwick",
     "/quay-analysis/tide-tables-tempers-lessons-three-ports"),
    ("Brief Analysis", "Why Does the Breakwater Matter?", "Feb 14, 2022", "Simon Oar",
     "/quay-analysis/why-does-breakwater-matter"),
    ("Articles & Testimony", "The Lighthouse's Long Goodbye", "Jan 2, 2022", "Cleo Marsh",
     "/quay-analysis/lighthouses-long-goodbye"),
)  # fmt: skip
TOPICS = (("Boats & Crews", "/quay-analysis/boats-crews"), ("U.K. Ports", "/quay-analysis/uk-ports"))
REGIONS = (("North Quay", "/quay-analysis/north-quay"),)


def markdown() -> str:
    """Escaped parentheses, dead links, a drop cap, a paragraph cut by a page break, two headings of the first level."""
    (k1, t1, d1, a1, u1), (k2, t2, d2, a2, u2), (k3, t3, d3, a3, u3) = ITEMS
    return f"""

# {TITLE}

by [Ada Quill \\(/experts/ada-quill\\)](#)

May 10, 2006

## ABOUT THE AUTHORS


[Ada Quill \\(/experts/ada-quill\\)](#)

{BIO}


Brief Analysis

**W**{FIRST[1:]}

#### {SECTIONS[0]}

{SECOND[:CUT].rstrip()}

{SECOND[CUT:]}

### {SECTIONS[1]}

{THIRD}

{LAST}

{END} ❖

Quay Papers #1101

---

## RECOMMENDED

---

{k1.upper()}

### [{t1}](#)

{d1}

◆
{a1}

({u1})


### {k2.upper()}

{d2}

#### [{t2}](#)

[\\({u2}\\)](#)

{a2}

{k3.upper()}

# {t3}

{d3}

◆
{a3}

[\\({u3}\\)](#)

### TOPICS

[{TOPICS[0][0]} \\({TOPICS[0][1]}\\)](#)

{TOPICS[1][0]} ({TOPICS[1][1]})

## REGIONS & COUNTRIES

[{REGIONS[0][0]} \\({REGIONS[0][1]}\\)](#)
"""


def html() -> str:
    """Real links, entities, curly quotes and dashes, an inline drop cap, boilerplate, references to elsewhere."""

    def typeset(text: str) -> str:
        for quoted in ('"You may ask, and we may hear."',):
            text = text.replace(quoted, f"&ldquo;{quoted[1:-1]}&rdquo;")
        return text.replace("é", "&eacute;").replace("'", "&rsquo;").replace(" -- ", "&mdash;").replace(" ", "\n", 1)

    items = "".join(
        f"<article><a href='{url}'><h{n + 1}>{title}</h{n + 1}></a><p>{kind.upper()}<p><time>{date}</time>"
        f"<div>◆<br>{author}</div></article>"
        for n, (kind, title, date, author, url) in enumerate(ITEMS)
    )
    topics = "".join(f'<li><a href="{url}">{name.replace("&", "&amp;")}</a>' for name, url in TOPICS)
    regions = "".join(f'<li><a href="{url}">{name}</a>' for name, url in REGIONS)
    return f"""<!DOCTYPE html><html><head><title>Some title | A site</title><meta charset="utf-8">
<link rel="stylesheet" href="http://127.0.0.1:9/x.css"><style>p {{ color: red }}</style></head><body>
<nav><h1>Menu</h1><p>Go home, or stay where you are and read on.</p></nav>
<main><h1>{TITLE.replace("'", "&rsquo;")}</h1><p>by <a href="/experts/ada-quill">Ada Quill</a></p><p>May 10, 2006
<h2>About the Authors</h2><p><a href="/experts/ada-quill">Ada Quill</a><p>{typeset(BIO)}
<p class=kind>Brief Analysis</p><script>document.write("not this")</script><img src="http://127.0.0.1:9/x.png">
<p><span class="cap">W</span>{typeset(FIRST[1:])}</p>
<h4>{SECTIONS[0]}</h4><p>{typeset(SECOND).replace("concession", "con&shy;cession")}</p>
<h3>{SECTIONS[1]}</h3><p>{typeset(THIRD).replace("the table", "<b>the&nbsp;<i>table</i></b>")}</p><p>{LAST}</p>
<p>{END} ❖</p><p>Quay Papers #1101</p><hr><h2>Recommended</h2>{items}
<h3>Topics</h3><ul>{topics}</ul><h3>Regions &amp; Countries</h3><ul>{regions}</ul></main>
<footer><p>All rights reserved, whatever that may mean for a page like this.</p></footer></body></html>"""


def pdf() -> bytes:
    """Running heads and page numbers, paragraphs over two pages, words split at line ends, a large first letter."""
    styles = getSampleStyleSheet()
    plain = styles["BodyText"]

    def p(text: str, style: str = "BodyText") -> Paragraph:
        shown = text.replace("&", "&amp;")
        for glyph in "❖◆":
            shown = shown.replace(glyph, f'<font name="ZapfDingbats">{glyph}</font>')
        return Paragraph(shown.replace("\n", "<br/>"), styles[style])

    def split(text: str) -> str:
        return "\n".join(hyphenated(text, 262, plain.fontName, plain.fontSize))

    def edges(canvas: object, document: SimpleDocTemplate) -> None:
        canvas.setFont("Helvetica", 8)  # type: ignore[attr-defined]
        canvas.drawString(60, A5[1] - 20, "The Quay Institute")  # type: ignore[attr-defined]
        canvas.drawString(200, 20, f"{document.page}")  # type: ignore[attr-defined]

    first = split(FIRST)
    story = [
        p(TITLE, "Title"), p("by Ada Quill (/experts/ada-quill)"), p("May 10, 2006"),
        p("ABOUT THE AUTHORS", "Heading2"), p("Ada Quill (/experts/ada-quill)"), p(BIO), p("Brief Analysis"),
        Paragraph(f'<font size="24">{first[0]}</font>{first[1:]}'.replace("\n", "<br/>"), plain),
        p(SECTIONS[0], "Heading3"), Spacer(1, 60), p(split(SECOND)), p(SECTIONS[1], "Heading3"), p(split(THIRD)),
        p(LAST), p(f"{END} ❖"), p("Quay Papers #1101"), p("RECOMMENDED", "Heading2"),
    ]  # fmt: skip
    for kind, title, date, author, url in ITEMS:
        story += [p(kind.upper()), p(title, "Heading4"), p(date), p(f"◆\n{author}"), p(f"({url})")]
    story += [p("TOPICS", "Heading3"), *(p(f"{name} ({url})") for name, url in TOPICS)]
    story += [p("REGIONS & COUNTRIES", "Heading3"), *(p(f"{name} ({url})") for name, url in REGIONS)]
    buffer = io.BytesIO()
    SimpleDocTemplate(buffer, pagesize=A5, topMargin=40, bottomMargin=40).build(
        story, onFirstPage=edges, onLaterPages=edges
    )
    return buffer.getvalue()


def hyphenated(text: str, width: float, font: str, size: float) -> list[str]:
    """Break lines as a printer does: a word that hardly fits is split after its fourth letter."""
    lines = [""]
    for word in text.split():
        joined = f"{lines[-1]} {word}".strip()
        if stringWidth(joined, font, size) <= width:
            lines[-1] = joined
        elif (
            len(word) > 8
            and word[:8].isalpha()
            and stringWidth(f"{joined[: -len(word)]}{word[:4]}-", font, size) <= width
        ):
            lines[-1] += f" {word[:4]}-"
            lines.append(word[4:])
        else:
            lines.append(word)
    return lines
