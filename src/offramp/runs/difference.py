"""How two readings of a case differ, place by place."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

__all__ = ["differences"]

_LONGEST = 60


def differences(before: Any, after: Any, place: str = "") -> Iterator[str]:
    """Name every place at which two trees of plain data differ, with what stood and what stands there."""
    if isinstance(before, dict) and isinstance(after, dict):
        for key in dict.fromkeys((*before, *after)):
            where = f"{place}.{key}" if place else str(key)
            if key not in after:
                yield f"{where}: {_short(before[key])} is gone"
            elif key not in before:
                yield f"{where}: {_short(after[key])} is new"
            else:
                yield from differences(before[key], after[key], where)
        if before == after and list(before) != list(after):
            yield f"{place or 'the case'}: in another order"
    elif isinstance(before, list) and isinstance(after, list):
        for n, (old, new) in enumerate(zip(before, after, strict=False)):
            yield from differences(old, new, f"{place}[{n}]")
        for n in range(len(after), len(before)):
            yield f"{place}[{n}]: {_short(before[n])} is gone"
        for n in range(len(before), len(after)):
            yield f"{place}[{n}]: {_short(after[n])} is new"
    elif type(before) is not type(after) or before != after:
        yield f"{place}: {_short(before)} is now {_short(after)}"


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
