"""Fair timing on a noisy machine: the contestants take turns, and the median counts."""

import statistics
import time
from collections.abc import Callable, Mapping

SECONDS = 0.15
"""How long one turn lasts, about."""


def interleaved(contestants: Mapping[str, Callable[[int], object]], rounds: int = 9) -> dict[str, float]:
    """Median seconds of one unit of work for each contestant, a function that does the given number of units.

    They take turns (A B A B …), so that whatever else the machine does in between hits all alike.
    """
    counts = {name: _units_for_a_turn(work) for name, work in contestants.items()}
    times: dict[str, list[float]] = {name: [] for name in contestants}
    for _ in range(rounds):
        for name, work in contestants.items():
            times[name].append(_seconds(work, counts[name]) / counts[name])
    return {name: statistics.median(each) for name, each in times.items()}


def _units_for_a_turn(work: Callable[[int], object]) -> int:
    """The calibration is the warm-up too."""
    units = 1
    while (spent := _seconds(work, units)) < SECONDS / 4:
        units *= 2
    return max(1, round(units * SECONDS / spent))


def _seconds(work: Callable[[int], object], units: int) -> float:
    began = time.perf_counter()
    work(units)
    return time.perf_counter() - began
