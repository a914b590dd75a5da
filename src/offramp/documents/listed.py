"""What a page lists below its text: recommended documents, topics, regions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from offramp.documents.fields import Line
from offramp.documents.names import fold_name
from offramp.documents.parts import Recommended, Topic
from offramp.documents.words import address, is_name, is_prose, names_in, read_date, read_kind, split_addresses

__all__ = ["read_recommended", "read_topics"]

_MOST_LINES = 300


@dataclass(frozen=True, slots=True)
class _Field:
    name: str
    value: str


def read_topics(lines: Iterable[Line]) -> tuple[Topic, ...]:
    """Read the entries of a list of topics or regions; where some have an address, those that have none end it."""
    found: list[Topic] = []
    for line in lines:
        if line.kind == "address" and found and found[-1].url is None:
            url = address(line.spelled) or ""
            found[-1] = Topic(found[-1].name, _slug(url), url)
            continue
        if line.kind or (is_prose(line.text) and "(" not in line.spelled):
            break
        entries = split_addresses(line.spelled)
        if found and found[0].url is not None and all(url is None for _, url in entries):
            break
        found += [Topic(name, _slug(url), url) if url else Topic(name) for name, url in entries]
    return tuple(dict.fromkeys(found))


def _slug(url: str) -> str:
    return url.rstrip("/").rpartition("/")[2]


def read_recommended(lines: Sequence[Line]) -> tuple[Recommended, ...]:
    """Read recommended documents. Their fields come in any order, and each item has some of them."""
    lines = lines[:_MOST_LINES]
    slugs = [_slug(url) for line in lines for _, url in split_addresses(f"{line.spelled} ") if url]
    slugs += [_slug(address(line.spelled) or "") for line in lines if line.kind == "address"]
    fields = [field for line in lines for field in _fields(line, slugs)]
    return tuple(
        Recommended(item["title"], item.get("kind"), item.get("date"), item.get("author"), item.get("url"))
        for item in _by_first(fields) or _by_repetition(fields)
        if "title" in item and len(item) > 1
    )


def _fields(line: Line, slugs: Sequence[str]) -> list[_Field]:
    match line.kind:
        case "date":
            return [_Field("date", read_date(line.text) or "")]
        case "kind":
            return [_Field("kind", read_kind(line.text) or "")]
        case "address":
            return [_Field("url", address(line.spelled) or "")]
        case "byline":
            return [_Field("author", re.sub(r"(?i)^by:?\s+", "", line.text))]
        case "":
            pass
        case _:
            return []
    found = []
    for name, url in split_addresses(line.spelled):
        known = any(_fits(name, slug) for slug in ([_slug(url)] if url else slugs))
        persons = all(map(is_name, names_in(name)))
        author = line.marked or (persons and not known and line.block.level is None and not line.block.linked)
        found.append(_Field("author" if author else "title", name))
        if url and not author:
            found.append(_Field("url", url))
    return found


def _fits(title: str, slug: str) -> bool:
    """Whether an address was made from a title: most words of the address are words of the title."""
    words = fold_name(title).split()
    parts = [part for part in slug.split("-") if part]
    return len(parts) > 1 and sum(part in words for part in parts) >= 0.7 * len(parts)


_Item = dict[str, str]


def _by_first(fields: Sequence[_Field]) -> list[_Item] | None:
    """Cut before each field of the kind that comes first, if that leaves every item whole."""
    items: list[_Item] = []
    for field in fields:
        if field.name == fields[0].name:
            items.append({})
        if items[-1].setdefault(field.name, field.value) != field.value:
            return None
    return items if all("title" in item for item in items) else None


def _by_repetition(fields: Sequence[_Field]) -> list[_Item]:
    """Cut where a field would come a second time."""
    items: list[_Item] = []
    for field in fields:
        if not items or items[-1].get(field.name, field.value) != field.value:
            items.append({})
        items[-1][field.name] = field.value
    return items
