"""Eight runners racing on a surface over two coordinates, in the Descent workspace: how smooth the map stays."""

import os
import statistics
import sys
import time
from typing import TYPE_CHECKING

from benchmarks.lab import NEEDS
from benchmarks.record import Benchmark, Row

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from nnviz.experiment.descent.specification import Descent

SIZE = (1210, 730)
SECONDS, ROUNDS = 4.0, 3
FRAME = 1 / 60
SPEED = 60.0
"""Steps a second: one for each frame."""
OPTIMIZERS = ("gradient_descent", "momentum", "nesterov", "adagrad", "rmsprop", "adam", "gradient_descent", "momentum")


def run() -> list[Row]:
    """Seconds that a frame takes of the window's thread: stepping, drawing and painting, and frames a second."""
    if sys.platform.startswith("linux") and not os.environ.get("DISPLAY"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from nnviz import app as composition

    app = composition.make_application()
    rows = []
    for case, space, goal in (("map, charts, table", False, 1.0), ("the same with the surface in space", True, None)):
        rounds = [_race(app, space=space) for _ in range(ROUNDS)]
        work = statistics.median(each[0] for each in rounds)
        rate = statistics.median(each[1] for each in rounds)
        rows.append(
            Row(f"8 runners, {case}: work a frame", f"{work * 1e3:.1f} ms", "16.7 ms", work / FRAME, goal, at_most=True)
        )
        rows.append(
            Row(f"8 runners, {case}: frames a second", f"{rate:.0f}", "60", rate / 60.0, 0.95 if goal else None)
        )
    return rows


def _race(app: "QApplication", *, space: bool) -> tuple[float, float]:
    """(seconds of work a frame, frames a second) of a race that is played for some seconds."""
    from PySide6.QtCore import QEventLoop, Qt

    from nnviz.ui.workspaces.descent.workspace import DescentWorkspace

    place = DescentWorkspace()
    place.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    place.resize(*SIZE)
    place.show()
    place.sheet.edit(_spec(), "race")
    tabs = place.stage.upper_tabs
    tabs.setCurrentWidget(place.stage.space if space else place.stage.strip)
    place.set_speed(SPEED)
    place.clock.seek(0)
    place.clock.play(True)
    chart = place.stage.map.chart.viewport()
    frames, busy = 0, 0.0
    step, began = 0, time.perf_counter()
    while time.perf_counter() - began < SECONDS:
        started = time.perf_counter()
        app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)
        if place.clock.race.step != step:
            step = place.clock.race.step
            chart.repaint()
            frames += 1
            busy += time.perf_counter() - started
        else:
            time.sleep(0.0005)
    elapsed = time.perf_counter() - began
    place.clock.play(False)
    place.close()
    place.deleteLater()
    app.processEvents()
    return busy / max(1, frames), frames / elapsed


def _spec() -> "Descent":
    from nnviz.experiment.descent.specification import Descent, RunnerSpec, SurfaceSpec

    runners = tuple(
        RunnerSpec(name, learning_rate=0.001 * (1 + number), colour=number) for number, name in enumerate(OPTIMIZERS)
    )
    return Descent(surface=SurfaceSpec("himmelblau"), start=(-0.3, -0.6), steps=2000, runners=runners)


BENCHMARK = Benchmark(
    name="race",
    title="Eight runners on a surface, 1210 × 730",
    peer="what a fluent picture may take",
    run=run,
    needs=NEEDS,
)
