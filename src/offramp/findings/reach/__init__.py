"""What it would take to reach a target: packages of levers, what stands in their way, and what only others can change.

* reach.py     the question and its answer; values.py: the frozen answer
* blocked.py   the worlds in which the best package falls short
* theirs.py    what the others' unknowns would have to be
"""
