"""Does a long run eat memory? The Lab after ten minutes at full speed, against itself after one minute."""

import os
import sys

from benchmarks.lab import NEEDS, lab, spin
from benchmarks.record import Benchmark, Row

MINUTES = float(os.environ.get("NNVIZ_MEMORY_MINUTES", "10"))


def run() -> list[Row]:
    """One row; the resident memory is said too."""
    with lab() as (app, window):
        window.session.play()
        spin(app, 60.0)
        early = _resident_mb()
        spin(app, 60.0 * (MINUTES - 1.0))
        late = _resident_mb()
        steps = window.session.snapshot.step
    case = f"{MINUTES:g} minutes, {steps:,} steps"
    return [Row(case, f"{late:.0f} MB", f"{early:.0f} MB", late / early, 1.05, at_most=True)]


def _resident_mb() -> float:
    if sys.platform.startswith("linux"):
        with open("/proc/self/statm", encoding="ascii") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)


BENCHMARK = Benchmark(
    name="memory", title="Memory of a long run", peer="the same after one minute", run=run, needs=NEEDS
)
