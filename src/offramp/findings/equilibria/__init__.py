"""Which configurations are equilibria, and why play goes there or elsewhere.

* holding.py   in which share of the worlds each configuration holds
* witnesses.py why, player by player
* wanted.py, reordered.py what would have to be wanted for a configuration to hold
* ways.py      how configurations are reached, joint moves, players who look further ahead
* lenses.py    what holds beside where play goes, and why they differ
* causes.py    play without noise, without foresight, ...
* values.py    what both lenses say of a configuration, as frozen values
"""
