"""How long an animation takes: a run replayed, drawn and written, 120 frames of 640 × 480."""

import os
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.lab import NEEDS
from benchmarks.record import Benchmark, Row

FRAMES = 120
EVERY = 25
ALLOWED = 15.0
"""Seconds."""
VIEWS = ("loss", "network", "decision-map")


def run() -> list[Row]:
    """Seconds for each view as GIF, and for the decision map as each other kind, against what it may take."""
    if sys.platform.startswith("linux") and not os.environ.get("DISPLAY"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from nnviz.ui.export.animation_kinds import ANIMATION_KINDS, has_video

    app = QApplication.instance() or QApplication([])
    kinds = [kind.key for kind in ANIMATION_KINDS.values() if has_video() or not kind.video]
    cases = [*((view, "gif") for view in VIEWS), *((VIEWS[-1], kind) for kind in kinds if kind != "gif")]
    with tempfile.TemporaryDirectory() as folder:
        return [_row(view, kind, *_seconds(view, kind, Path(folder))) for view, kind in cases if app]


def _row(view: str, kind: str, seconds: float, size: int) -> Row:
    case = f"{view} as {kind}, {size / 1e6:.1f} MB"
    return Row(case, f"{seconds:.1f} s", f"{ALLOWED:.0f} s", seconds / ALLOWED, 1.0, at_most=True)


def _seconds(key: str, kind: str, folder: Path) -> tuple[float, int]:
    """Replays the spiral and writes it; (seconds, bytes)."""
    from PySide6.QtCore import QEventLoop

    from nnviz.experiment.headless import train
    from nnviz.experiment.snapshot import take_snapshot
    from nnviz.experiment.specification import Experiment
    from nnviz.experiment.watch import Watch
    from nnviz.ui.export.animation import Animator, Reel, steps_between
    from nnviz.ui.export.run_film import RunFilm
    from nnviz.ui.plots.registry import VIEWS as KINDS

    last = EVERY * (FRAMES - 1)
    job, view = train(Experiment(), last), KINDS[key]()
    snapshot = take_snapshot(job, Watch(frozenset(view.readings)))
    view.draw(snapshot)
    path = folder / f"{key}.{kind}"
    began = time.perf_counter()
    animator, ended, waiting = Animator(), [], QEventLoop()
    for end in (animator.done, animator.failed):
        end.connect(lambda *told: (ended.append(told), waiting.quit()))
    animator.start(RunFilm(view, snapshot, Watch()), Reel(steps_between(0, last, EVERY), kind), path)
    waiting.exec()
    spent = time.perf_counter() - began
    assert ended == [(path, "")]
    view.deleteLater()
    return spent, path.stat().st_size


BENCHMARK = Benchmark(
    name="animation",
    title=f"Time of an animation, {FRAMES} frames of 640 × 480",
    peer="what it may take",
    run=run,
    needs=NEEDS,
)
