"""A strategy of a case as a graph, and in one world as arrays."""

from offramp.graph.arrays import Column, FixedPolicy, Ladders, LogitPolicy, Moves, Problem, Segment
from offramp.graph.graph import Graph, build_graph, describe, find, option_levels
from offramp.graph.outcomes import Reading, window
from offramp.graph.problem import Posed, pose

__all__ = [
    "Column",
    "FixedPolicy",
    "Graph",
    "Ladders",
    "LogitPolicy",
    "Moves",
    "Posed",
    "Problem",
    "Reading",
    "Segment",
    "build_graph",
    "describe",
    "find",
    "option_levels",
    "pose",
    "window",
]
