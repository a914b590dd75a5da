"""Which strategy to choose: the best, the safe, and what one should know before choosing.

* focal.py       the strategy that a case is told of
* advice.py      the best strategy under each view
* robust.py      which strategy is safe, by many metrics; levels.py: what is good enough
* information.py what it would help to know: the value of information
* values.py      what was found, as frozen values
"""
