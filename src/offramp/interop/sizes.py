"""Numbers of configurations, which may be larger than any that a computer adds up in one go."""

from __future__ import annotations

__all__ = ["power"]


def power(base: int, exponent: int) -> str:
    """Return a power as a text.

    Examples
    --------
    >>> power(2, 20), power(2, 40), power(2, 5000)
    ('1,048,576', '1.1e+12', '2^5000')
    """
    if exponent > 200:
        return f"{base}^{exponent}"
    whole = base**exponent
    return f"{whole:,}" if whole < 10**9 else f"{float(whole):.2g}"
