"""Scenario discovery: where claims flip, where strategies fail, where worlds cannot be computed.

* flips.py   regions in which a claim flips or a strategy fails
* failing.py the region in which worlds cannot be computed
* regions.py regions looked for, checked on worlds held out, and told
* clauses.py a region told in unknowns
* values.py  what was found, as frozen values
"""
