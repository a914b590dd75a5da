"""Words by which a page says what a line is: dates, kinds, labels, names, addresses."""

from __future__ import annotations

import re
from datetime import date

__all__ = [
    "ABOUT", "MARK", "RECOMMENDED", "REGIONS", "TOPICS", "address", "fold_label", "is_name", "is_prose", "names_in",
    "read_byline", "read_date", "read_kind", "read_series", "split_addresses",
]  # fmt: skip

_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
           "november", "december")  # fmt: skip
_DATE = re.compile(
    r"(?:(?:first |originally )?(?:published|posted|date)(?: on)?:? )?(?:[a-z]+day,? )?"
    r"(?:(?P<month>[a-z]{3,9})\.?(?: (?P<day>\d{1,2})(?:st|nd|rd|th)?,?)?,? (?P<year>\d{4})"
    r"|(?P<day2>\d{1,2})(?:st|nd|rd|th)? (?P<month2>[a-z]{3,9})\.?,? (?P<year2>\d{4})"
    r"|(?P<year3>\d{4})-(?P<month3>\d\d)-(?P<day3>\d\d))",
    re.IGNORECASE,
)
_KINDS = (
    "Analysis", "Article", "Articles & Op-Eds", "Articles & Testimony", "Book Review", "Brief Analysis", "Briefing",
    "Commentary", "Essay", "Fact Sheet", "In-Depth Reports", "Interview", "Op-Ed", "Opinion", "Podcast",
    "Policy Analysis", "Policy Brief", "Policy Note", "Policy Notes", "Policy Paper", "Press Release", "Report",
    "Research Paper", "Speech", "Testimony", "Video", "Working Paper",
)  # fmt: skip
MARK = "❖◆◇◊♦■□▪∎"
_ADDRESS = r"(?:https?://[^\s()]+|/[\w%~.\-]+(?:/[\w%~.\-]+)*/?)"
_IN_PARENTHESES = re.compile(rf"\s*\(\s*({_ADDRESS})\s*\)")
_ALONE = re.compile(rf"\(?\s*({_ADDRESS})\s*\)?")
_PARTICLES = "al|bin|da|de|del|della|den|der|di|du|el|ibn|la|le|ten|ter|van|von|zu"
_NAME_WORD = rf"(?:[^\W\d_a-z][^\W\d_]*(?:[-'’][^\W\d_]+)*\.?|(?:[A-Z]\.)+|(?:{_PARTICLES})(?=[\s-]))"
NAME = rf"{_NAME_WORD}(?:[ -]{_NAME_WORD}){{1,5}}"
_IS_NAME = re.compile(NAME)
_SERIES = re.compile(
    r"(?P<series>[^\W\d_][\w&'’ -]{0,60}?),?\s*(?:#|(?:No|Nr|Number|Issue)\b\.?)\s*(?P<number>\d{1,6})"
)
_ENDS = re.compile(r"[.!?…]['\"’”»)\]\d*†]*$")


def fold_label(text: str) -> str:
    """Return a label in the form in which labels are compared."""
    return " ".join(text.casefold().replace("&", " and ").strip(" :").split())


ABOUT = frozenset({"about the author", "about the authors"})
RECOMMENDED = frozenset({"recommended", "recommended reading", "related", "related content", "related articles"})
TOPICS = frozenset({"topic", "topics"})
REGIONS = frozenset({"region", "regions", "countries", "region and country", "regions and countries"})
_BY_LABEL = {fold_label(kind): kind for kind in _KINDS}


def read_date(text: str) -> str | None:
    """Read a text that is a date and nothing else, as ISO; None where it is none, or no day of the calendar."""
    found = _DATE.fullmatch(text)
    if found is None:
        return None
    year = found["year"] or found["year2"] or found["year3"]
    day = found["day"] or found["day2"] or found["day3"]
    if found["month3"]:
        month = int(found["month3"])
    else:
        name = (found["month"] or found["month2"]).casefold()
        months = [n for n, full in enumerate(_MONTHS, 1) if full.startswith(name) or (n == 9 and name == "sept")]
        if len(months) != 1:
            return None
        month = months[0]
    try:
        whole = date(int(year), month, int(day) if day else 1)
    except ValueError:
        return None
    return whole.isoformat() if day else f"{whole:%Y-%m}"


def read_kind(text: str) -> str | None:
    """Return the kind of document that a label names, in its usual spelling."""
    return _BY_LABEL.get(fold_label(text))


def read_series(text: str) -> tuple[str, str] | None:
    """Read ``Policy #1101`` as a series and a number."""
    found = _SERIES.fullmatch(text)
    return (found["series"].strip(), found["number"]) if found else None


def read_byline(text: str) -> str | None:
    """Return what stands behind ``by``."""
    found = re.fullmatch(r"(?:written )?by:?\s+(\S.*)", text, re.IGNORECASE)
    return found[1] if found else None


def address(text: str) -> str | None:
    """Read a text that is an address and nothing else, with or without parentheses."""
    found = _ALONE.fullmatch(text)
    return found[1] if found else None


def split_addresses(text: str) -> list[tuple[str, str | None]]:
    """Split ``A (/a), B (/b)`` into names and addresses; a name without an address has None."""
    parts = _IN_PARENTHESES.split(text)
    pairs = [(parts[n].strip(f" ,;|·{MARK}"), parts[n + 1] if n + 1 < len(parts) else None)
             for n in range(0, len(parts), 2)]  # fmt: skip
    return [(re.sub(r"^and ", "", name), url) for name, url in pairs if name]


def names_in(text: str) -> list[str]:
    """Split ``A, B and C``."""
    parts = re.split(r",\s*(?:and\s+)?|\s+and\s+|\s*[&;]\s*", text.strip(f" .{MARK}"))
    return [part.strip() for part in parts if part.strip()]


def is_name(text: str) -> bool:
    """Whether a text could be the name of a person: two to six capitalised words."""
    return _IS_NAME.fullmatch(text) is not None and not text.isupper() and not re.search(r"['’]s\b", text)


def is_prose(text: str) -> bool:
    """Whether a text reads as a sentence rather than as a label or a title."""
    return len(text.split()) >= 12 or _ENDS.search(text) is not None
