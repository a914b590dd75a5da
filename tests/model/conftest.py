import copy

import pytest

from offramp.errors import CaseErrors
from offramp.model import build_case

SMALL = {
    "offramp": 1,
    "sources": {"essay": {"title": "An essay"}},
    "unknowns": {"cost": {"range": [0.1, 1.0], "origin": "guess"}},
    "settings": {"guarantee": {"levels": ["none", "offered"]}},
    "players": {
        "us": {
            "options": {"pressure": {"levels": ["none", "targeted", "broad"]}, "offer": {}},
            "wants": [{"id": "relief", "that": "them.concede", "worth": 1}],
        },
        "them": {"options": {"concede": {}}, "wants": [{"that": "them.concede", "worth": "-cost"}]},
    },
    "conditions": {"anger": {"levels": ["calm", "cross", "furious"], "rises": "0.1 * us.pressure", "falls": 0.05}},
    "outcomes": {"talks": {"of": "them.concede", "measure": "average"}},
    "strategies": {"press": {"player": "us", "does": [{"otherwise": {"pressure": "broad"}}]}, "free": {}},
    "claims": {"works": {"says": "It works.", "test": "talks[press] > talks[free]"}},
}


def put(data, path, value):
    """Set, or with ... delete, the element at a dotted path."""
    *above, last = path.split(".")
    for step in above:
        data = data[int(step)] if isinstance(data, list) else data.setdefault(step, {})
    key = int(last) if isinstance(data, list) else last
    if value is ...:
        del data[key]
    elif isinstance(data, list) and key == len(data):
        data.append(value)
    else:
        data[key] = value


@pytest.fixture
def small():
    """The plain data of a small case, with changes by dotted path."""

    def changed(**changes):
        data = copy.deepcopy(SMALL)
        for path, value in changes.items():
            put(data, path, copy.deepcopy(value))
        return data

    return changed


@pytest.fixture
def build(small):
    return lambda changes=None: build_case(small(**(changes or {})))


@pytest.fixture
def faults(small):
    """The faults of the small case with changes; every one says what to write instead."""

    def found(changes, **more):
        faults = []
        try:
            build_case(small(**changes), **more)
        except CaseErrors as e:
            faults = list(e.faults)
        assert all(fault.hint and fault.message for fault in faults)
        return faults

    return found
