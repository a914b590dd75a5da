"""Claims -> verdicts.

* plan.py     which variants the claims ask for
* testing.py  the test of a claim, world by world
* judging.py  how often it holds, under which views, and what decides it
* adaptive.py how many worlds it takes until verdicts are known well enough
* values.py   what was found, as frozen values
"""
