"""Snapshots for the tests of plots: made by the real engine."""

from collections.abc import Callable
from dataclasses import replace as replaced

import numpy
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from nnviz.experiment.problem import resolve
from nnviz.experiment.proposals import PROPOSALS
from nnviz.experiment.shipped_data import SHIPPED
from nnviz.experiment.snapshot import Snapshot, Watch, take_snapshot
from nnviz.experiment.specification import (
    DataSpec,
    Experiment,
    InitializerSpec,
    LayerSpec,
    NetworkSpec,
    OutputSpec,
    TrainingSpec,
)
from nnviz.experiment.training_job import TrainingJob
from nnviz.engine.datasets import GENERATORS
from nnviz.engine.diagnostics import STATISTICS
from nnviz.ui.plots.chart import Chart

ALL = frozenset({"decision_map", "fit_curve", "predictions"})


def make_job(source: str = "circle", steps: int = 60, **network: object) -> TrainingJob:
    """A run after some steps. network: hidden (widths), initializer."""
    task = SHIPPED[source].task if source in SHIPPED else GENERATORS[source].task
    output, loss = PROPOSALS[task]
    hidden = tuple(
        LayerSpec(units=units, weights=InitializerSpec(str(network.get("initializer", "glorot_uniform"))))
        for units in network.get("hidden", (4, 3))  # type: ignore[attr-defined]
    )
    spec = Experiment(
        seed=3,
        data=DataSpec(source=source, size=120),
        network=NetworkSpec(hidden=hidden, output=OutputSpec(activation=output)),
        training=TrainingSpec(loss=loss, learning_rate=0.05),
    )
    job = TrainingJob(resolve(spec))
    job.advance(steps)
    return job


def shot(job: TrainingJob, readings: frozenset[str] = ALL, axes: tuple[int, int] = (0, 1)) -> Snapshot:
    return take_snapshot(job, Watch(frozenset(readings), axes))


def with_gradients(snapshot: Snapshot, values: list[float]) -> Snapshot:
    """The snapshot as if the layers' RMS of the gradient were these."""
    layers = snapshot.moment.layers.copy()
    layers[:, STATISTICS.index("gradient_W_rms")] = values
    return replaced(snapshot, moment=replaced(snapshot.moment, layers=layers))


def click(chart: Chart, x: float, y: float, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.mouseClick(chart.viewport(), Qt.MouseButton.LeftButton, modifier, chart.pixel_of(x, y))


def hover(chart: Chart, x: float, y: float) -> str:
    """What the readout says at a place."""
    QTest.mouseMove(chart.viewport(), QPoint(1, 1))
    QTest.mouseMove(chart.viewport(), chart.pixel_of(x, y))
    return chart.readout_text


@pytest.fixture
def show(qtbot: object) -> Callable:
    """Shows a view as large as a pane of the Lab."""

    def shown(view: object, width: int = 480, height: int = 360) -> object:
        qtbot.addWidget(view)
        view.resize(width, height)
        view.show()
        qtbot.waitExposed(view)
        return view

    return shown


def same(first: object, second: object) -> bool:
    return bool(numpy.array_equal(first, second, equal_nan=True))
