"""Whatever is done to a case file, the answer is a case or a list of its faults, never anything else."""
# ruff: noqa: E501 (tables of mistakes, one to a line)

import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from offramp.casefile import parse_case, read_tree
from offramp.cases import catalogue
from offramp.errors import CaseErrors
from offramp.findings.check import check_case
from offramp.model import build_case

SHIPPED = [case.text() for case in catalogue()]
TOKEN = re.compile(r"[\w.-]+|[^\w\s]|\n *| +")
TOKENS = sorted({token for text in SHIPPED for token in TOKEN.findall(text) if not token.isspace()})
PIECES = st.sampled_from(TOKENS) | st.sampled_from(
    ["", "0", "-1", "1e9", ".inf", "null", "true", "[]", "{}", "[1, 2]", "time", "rest", "up", "x.y.z", '"', "\n", "- ", ": ", "*a", "&a"]
) | st.text(max_size=5)  # fmt: skip


@st.composite
def mutated(draw, texts, unit, most):
    """A shipped case with some lines or tokens deleted, doubled, swapped or replaced."""
    text = draw(st.sampled_from(texts))
    parts = text.splitlines(keepends=True) if unit == "line" else re.split(r"(\s+|[\[\]{}:,])", text)
    for _ in range(draw(st.integers(1, most))):
        i = draw(st.integers(0, len(parts) - 1))
        match draw(st.sampled_from(["delete", "double", "swap", "replace"])):
            case "delete":
                parts[i] = ""
            case "double":
                parts[i] *= 2
            case "swap":
                j = draw(st.integers(0, len(parts) - 1))
                parts[i], parts[j] = parts[j], parts[i]
            case "replace":
                parts[i] = draw(PIECES) if unit == "token" else draw(st.sampled_from(parts))
    return "".join(parts)


def told(read, *arguments):
    """Whatever it says is said in faults, each with what to write instead."""
    try:
        read(*arguments)
    except CaseErrors as e:
        return bool(e.faults) and all(fault.message and fault.hint for fault in e.faults)
    return True


def checked(text):
    check_case(parse_case(text).case)


QUICK = {"deadline": None, "suppress_health_check": list(HealthCheck)}


@settings(max_examples=50, **QUICK)
@given(mutated(SHIPPED, "token", 4))
def test_shipped_cases_with_other_tokens(text):
    assert told(parse_case, text)


@settings(max_examples=30, **QUICK)
@given(mutated(SHIPPED, "line", 6))
def test_shipped_cases_with_other_lines(text):
    assert told(parse_case, text)


SMALL = [text for text in SHIPPED if len(text) < 9_000 and "extends:" not in text]


@settings(max_examples=50, **QUICK)
@given(mutated(SMALL, "token", 2))
def test_small_cases_that_are_checked_to_the_end(text):
    assert told(checked, text)


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-3, 30)
    | st.floats(-10, 1e9)
    | st.sampled_from(TOKENS)
    | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(TOKENS) | st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=6,
)


@settings(max_examples=80, **QUICK)
@given(st.data())
def test_any_value_at_any_place(data):
    """Plain data go through the model alone: any value in the place of any other."""
    case = read_tree(data.draw(st.sampled_from(SMALL)), "small.yaml").data
    for _ in range(data.draw(st.integers(1, 3))):
        at, value = case, data.draw(VALUES)
        while True:
            keys = list(at) if isinstance(at, dict) else range(len(at))
            if not keys:
                break
            key = data.draw(st.sampled_from(keys))
            if isinstance(at[key], (dict, list)) and at[key] and data.draw(st.integers(0, 4)):
                at = at[key]
                continue
            at[key] = value
            break
    assert told(build_case, case)
