"""The play lens over batches of worlds on an NVIDIA GPU: the extra ``offramp[gpu]``.

``available`` tells whether there is one; ``outcomes_on_gpu`` gives what ``play.outcomes.outcomes_under`` gives, for
many problems of one shape at once. Nothing of CUDA is imported before either is called.
"""

from __future__ import annotations

from offramp.play.gpu.batch import outcomes_on_gpu, shape_of
from offramp.play.gpu.device import available, card

__all__ = ["available", "card", "outcomes_on_gpu", "shape_of"]
