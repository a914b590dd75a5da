"""HTML built so that text is always escaped: only `Html` passes through untouched."""

from __future__ import annotations

import html
import json
from collections.abc import Iterable
from typing import Any

from offramp.charts.theme import printable

__all__ = ["Child", "Html", "embed_json", "join", "tag", "text"]


class Html(str):
    """Markup that this package wrote itself."""

    __slots__ = ()


Child = str | Html | None
"""A plain string is text, and is escaped; None is nothing."""

_VOID = frozenset({"br", "hr", "meta", "col"})


def text(value: str) -> Html:
    """Escape a text; characters that no page may contain become a replacement character."""
    return Html(html.escape(printable(value), quote=True))


def join(parts: Iterable[Child], between: str = "") -> Html:
    """Join children, escaping those that are plain text."""
    glue = text(between)
    return Html(glue.join(_child(part) for part in parts if part is not None))


def tag(name: str, *children: Child, **attributes: str | int | bool | None) -> Html:
    """
    Build one element.

    Parameters
    ----------
    name
        The element's name.
    *children
        Text (escaped), markup or None.
    **attributes
        A trailing underscore is dropped and other underscores become hyphens; None and False leave an attribute out,
        True writes it without a value.

    Returns
    -------
    Html
        The element.
    """
    written = []
    for key, value in attributes.items():
        if value is None or value is False:
            continue
        label = key.rstrip("_").replace("_", "-")
        written.append(f" {label}" if value is True else f' {label}="{text(str(value))}"')
    start = f"<{name}{''.join(written)}>"
    if name in _VOID:
        return Html(start)
    return Html(f"{start}{join(children)}</{name}>")


def embed_json(value: Any) -> Html:
    """Write JSON that is safe inside a script element: it holds no ``<``, ``>`` or ``&`` and is plain ASCII."""
    dumped = json.dumps(value, ensure_ascii=True, allow_nan=False, separators=(",", ":"))
    for character in "<>&":
        dumped = dumped.replace(character, f"\\u{ord(character):04x}")
    return Html(dumped)


def _child(part: str) -> str:
    return part if isinstance(part, Html) else text(part)
