"""The graph of what holds, for other programs to draw.

* drawing.py   states, moves and marks in the best guess
* dot.py       for Graphviz
* graphml.py   for network programs
"""
