"""Does training make the window stutter? Frame times and input latency while training at full speed, against the same
window with the same redraws and no training."""

import statistics
import time

from benchmarks.lab import NEEDS, Pulse, lab, milliseconds, p99, spin
from benchmarks.record import Benchmark, Row

SECONDS = 5.0
ROUNDS = 4


def run() -> list[Row]:
    """Two rows: time of a paint and latency of an event, as medians of the rounds' 99th percentiles."""
    frames: dict[str, list[list[float]]] = {"training": [], "idle": []}
    latencies: dict[str, list[list[float]]] = {"training": [], "idle": []}
    with lab() as (app, window):
        paints: list[float] = []
        began = 0.0
        draw, painted = window.workspaces["lab"]._take, window._painted
        # What was drawn while training is drawn again while idle: the same pictures, none twice in a row.
        seen: list[object] = []
        window.session.snapshot_taken.connect(lambda snapshot: len(seen) < 200 and seen.append(snapshot))
        shown = 0

        def timed_poll() -> None:
            nonlocal began
            began = time.perf_counter()

        def timed_painted() -> None:
            painted()
            paints.append(time.perf_counter() - began)

        def idle_poll() -> None:
            # All drawing, no training.
            nonlocal shown
            if window._drawn_at is None and seen:
                timed_poll()
                window._drawn_at = began
                shown += 1
                draw(seen[shown % len(seen)])
                from PySide6.QtCore import QTimer

                QTimer.singleShot(0, window._painted)

        def training_poll() -> None:
            timed_poll()
            type(window)._poll(window)

        window._painted = timed_painted
        for _ in range(ROUNDS):
            for name, poll in (("training", training_poll), ("idle", idle_poll)):
                (window.session.play if name == "training" else window.session.pause)()
                window._timer.timeout.disconnect()
                window._timer.timeout.connect(poll)
                spin(app, 0.5)
                paints.clear()
                pulse = Pulse(window)
                spin(app, SECONDS)
                latencies[name].append(pulse.stop())
                frames[name].append(list(paints))
    return [_row("draw and paint", frames), _row("input latency", latencies)]


def _row(case: str, measured: dict[str, list[list[float]]]) -> Row:
    training, idle = ([value for each in measured[name] for value in each] for name in ("training", "idle"))
    ratio = statistics.median(
        p99(busy) / p99(calm) for busy, calm in zip(measured["training"], measured["idle"], strict=True)
    )
    return Row(f"{case}, median / p99", milliseconds(training), milliseconds(idle), ratio, 1.3, at_most=True)


BENCHMARK = Benchmark(
    name="smoothness",
    title="The window while training at full speed",
    peer="same window, same redraws, no training",
    run=run,
    needs=NEEDS,
)
