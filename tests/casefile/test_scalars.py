import pytest

from offramp.casefile.scalars import resolve_plain, shorten
from offramp.errors import CaseError


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None), ("~", None), ("null", None), ("NULL", None), ("nULL", "nULL"),
        ("true", True), ("False", False), ("TRUE", True), ("tRUE", "tRUE"),
        ("no", "no"), ("yes", "yes"), ("on", "on"), ("off", "off"), ("y", "y"), ("No", "No"),
        ("0", 0), ("-3", -3), ("+7", 7), ("007", 7), ("0o17", 15), ("0x1F", 31),
        ("-0x1F", "-0x1F"), ("0b1", "0b1"),
        ("1_000", "1_000"), ("1:30", "1:30"), ("2024-01-01", "2024-01-01"), ("12e03", 12000.0), (".5", 0.5),
        ("1.", 1.0), ("-1.5E-3", -0.0015), (".", "."), ("-", "-"), ("+", "+"), ("e5", "e5"), ("1e", "1e"),
        ("a > 1", "a > 1"), ("١", "١"), ("0o8", "0o8"), ("1e-999", 0.0), ("-.5", -0.5), ("=", "="),
    ],
)  # fmt: skip
def test_the_core_schema(text, value):
    found = resolve_plain(text)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize("text", [".inf", "-.INF", "+.Inf", ".nan", ".NaN", "1e400", "-1e400", "1" * 31, "9" * 100_000])
def test_numbers_that_are_refused(text):
    with pytest.raises(CaseError) as fault:
        resolve_plain(text)
    assert fault.value.code == "bad-number"
    assert fault.value.hint
    assert len(str(fault.value)) < 250


def test_shorten():
    assert shorten("a\n  b") == "a b"
    assert len(shorten("x" * 1000)) == 60
    assert shorten(" " * 1000 + "x").endswith("...")
