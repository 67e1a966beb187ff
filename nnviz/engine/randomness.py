"""Independent random streams from one seed: changing what one of them is used for leaves the others as they were."""

import numpy

DATA, SPLIT, INITIALIZATION, BATCHES = range(4)
"""What the streams are for. Their numbers are part of what makes an old experiment replay: never renumber."""


def stream(seed: int, purpose: int, index: int = 0) -> numpy.random.Generator:
    """The generator for one purpose of a run with this seed; ``index`` tells repeated uses apart (an epoch)."""
    return numpy.random.Generator(numpy.random.PCG64(numpy.random.SeedSequence(seed, spawn_key=(purpose, index))))
