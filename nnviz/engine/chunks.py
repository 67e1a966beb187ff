"""Big populations in pieces that fit the processor's cache."""

import math
from collections.abc import Callable

import numpy
from numpy.typing import NDArray

Floats = NDArray[numpy.float64]

CHUNK_BYTES = 2 * 1024 * 1024
"""Activations worked on at a time."""


def in_chunks(work: Callable[..., None], bytes_per_member: int, theta: Floats, *outs: Floats) -> None:
    """Calls ``work(theta_part, *out_parts)`` on slices of the population that together cover it.

    theta: (..., P); every out has the same leading axes (and is C-contiguous) and is written by ``work``. One network
    without leading axes is one call. bytes_per_member: what one member needs for its activations.
    """
    population = theta.shape[:-1]
    if not population:
        work(theta, *outs)
        return
    count = math.prod(population)
    flat = theta.reshape(count, theta.shape[-1])
    flat_outs = [out.reshape(count, *out.shape[len(population) :]) for out in outs]
    members = max(1, CHUNK_BYTES // max(1, bytes_per_member))
    for start in range(0, count, members):
        part = slice(start, start + members)
        work(flat[part], *(out[part] for out in flat_outs))
