"""What the tests of plots share: snapshots made by the real engine, and a mouse."""

from dataclasses import replace as replaced
from typing import TypeVar

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QImage, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nnviz.engine.datasets import GENERATORS
from nnviz.engine.diagnostics import STATISTICS
from nnviz.experiment.problem import resolve
from nnviz.experiment.proposals import PROPOSALS
from nnviz.experiment.shipped_data import SHIPPED
from nnviz.experiment.snapshot import Snapshot, take_snapshot
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
from nnviz.experiment.watch import Watch
from nnviz.ui.plots.charts.chart import Chart
from nnviz.ui.plots.view import View

V = TypeVar("V", bound=View)
ALL = frozenset({"decision_map", "fit_curve", "predictions"})


class Bench:
    """Makes runs, shows views, and moves the mouse over them."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot

    def job(
        self, source: str = "circle", steps: int = 60, hidden: tuple[int, ...] = (4, 3), initializer: str = "he_normal"
    ) -> TrainingJob:
        """A run after some steps."""
        output, loss = PROPOSALS[SHIPPED[source].task if source in SHIPPED else GENERATORS[source].task]
        weights = InitializerSpec(initializer)
        network = NetworkSpec(
            hidden=tuple(LayerSpec(units=units, weights=weights) for units in hidden),
            output=OutputSpec(activation=output, weights=weights),
        )
        training = TrainingSpec(loss=loss, learning_rate=0.05)
        data = DataSpec(source=source, size=120, standardize_target=source == "houses")
        job = TrainingJob(resolve(Experiment(seed=3, data=data, network=network, training=training)))
        job.advance(steps)
        return job

    def shot(self, job: TrainingJob, readings: frozenset[str] = ALL, axes: tuple[int, int] = (0, 1)) -> Snapshot:
        """The run's present."""
        return take_snapshot(job, Watch(readings, axes))

    def with_gradients(self, snapshot: Snapshot, values: list[float]) -> Snapshot:
        """The snapshot as if the layers' RMS of the gradient were these."""
        layers = snapshot.moment.layers.copy()
        layers[:, STATISTICS.index("gradient_W_rms")] = values
        return replaced(snapshot, moment=replaced(snapshot.moment, layers=layers))

    def show(self, view: View, width: int = 480, height: int = 360) -> None:
        """Shows a view as large as a pane of the Lab."""
        self.qtbot.addWidget(view)
        view.resize(width, height)
        with self.qtbot.waitExposed(view):
            view.show()

    def drawn(self, kind: type[V], snapshot: Snapshot, form: str = "") -> V:
        """A view of a snapshot, in the form that it opens with unless told."""
        view = kind()
        self.show(view)
        if form:
            view.form.choose(form)
        view.draw(snapshot)
        return view

    def picture(self, view: View) -> QImage:
        """What the view looks like once all is laid out."""
        for _ in range(3):
            QApplication.processEvents()
        return view.grab().toImage()

    def click(self, chart: Chart, x: float, y: float, *, ctrl: bool = False) -> None:
        """Clicks at a place of the chart."""
        held = Qt.KeyboardModifier.ControlModifier if ctrl else Qt.KeyboardModifier.NoModifier
        QTest.mouseClick(chart.viewport(), Qt.MouseButton.LeftButton, held, chart.pixel_of(x, y))

    def hover(self, chart: Chart, x: float, y: float) -> str:
        """What the readout says at a place of the chart."""
        # An event of our own: QTest's move remembers buttons that the test of another view pressed.
        place, none = QPointF(chart.pixel_of(x, y)), Qt.MouseButton.NoButton
        where = chart.viewport().mapToGlobal(place)
        event = QMouseEvent(QEvent.Type.MouseMove, place, where, none, none, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(chart.viewport(), event)
        return chart.readout_text


@pytest.fixture
def bench(qtbot: QtBot) -> Bench:
    return Bench(qtbot)
