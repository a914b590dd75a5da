"""From a sentence of the documents to what it does in the model, and back.

What became of them:

* documents.py the sentences, document by document; coverage.py: how much of them a case accounts for
* carriers.py  the elements that a sentence became; elements.py: these in words
* tensions.py  where sources disagree
* values.py    the same as frozen values

What they weigh:

* trace.py         the answer to one question about the sentences of a case
* finding.py       finding a sentence by its id or by words
* weighing.py      each mechanism switched off in turn, over as many worlds as it takes
* light_ranking.py the same in few worlds, for a run
* effects.py       what a switch does to an outcome and to a verdict
* common_worlds.py outcomes of many variants over the same worlds
* weight_values.py what a sentence moves, as frozen values; trace_values.py: what a trace found
"""
