"""The step's view shows the engine's numbers in each phase, lets everything be selected, and copies its formula."""

import numpy
import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from nnviz.engine.layout import Parameter
from nnviz.experiment.problem import resolve
from nnviz.experiment.snapshot import Snapshot, take_snapshot
from nnviz.experiment.specification import (
    DataSpec,
    Experiment,
    LayerSpec,
    NetworkSpec,
    OutputSpec,
    TrainingSpec,
    WeightEdit,
)
from nnviz.experiment.step.explain import PHASES
from nnviz.experiment.step.values import HEADER
from nnviz.experiment.training_job import TrainingJob
from nnviz.experiment.watch import Watch
from nnviz.ui.export.picture import render_png
from nnviz.ui.plots.charts.wording import full, short
from nnviz.ui.plots.network.network_item import Unit
from nnviz.ui.plots.step.controls import BATCH, OF_DATA
from nnviz.ui.plots.step.step_view import StepView
from nnviz.ui.theme import DARK


def job(
    source: str = "xor", hidden: tuple[int, ...] = (3,), output: str = "sigmoid", loss: str = "", steps: int = 9
) -> TrainingJob:
    spec = Experiment(
        seed=4,
        data=DataSpec(source=source, size=40),
        network=NetworkSpec(hidden=tuple(LayerSpec(units=n) for n in hidden), output=OutputSpec(output)),
        training=TrainingSpec(loss=loss or "binary_cross_entropy", optimizer="momentum", l2=0.01),
    )
    made = TrainingJob(resolve(spec))
    made.advance(steps)
    return made


def shot(run: TrainingJob, *, playing: bool = False) -> Snapshot:
    return take_snapshot(run, Watch(StepView.readings), playing=playing)


@pytest.fixture
def view(qtbot: QtBot) -> StepView:
    made = StepView()
    qtbot.addWidget(made)
    made.resize(800, 500)
    with qtbot.waitExposed(made):
        made.show()
    return made


def settle() -> None:
    for _ in range(3):
        QApplication.processEvents()


def place_of(view: StepView, item: object) -> QPointF:
    stage = view.canvas.stage
    assert stage is not None
    if isinstance(item, Unit):
        return stage.cards[item].center()
    return next(edge.line.pointAt(0.5) for edge in stage.edges if edge.parameter == item)


def click(view: StepView, at: QPointF) -> None:
    none = Qt.KeyboardModifier.NoModifier
    QTest.mouseClick(view.canvas, Qt.MouseButton.LeftButton, none, at.toPoint())


def test_before_the_first_snapshot_it_teaches_and_has_nothing_to_export(view: StepView) -> None:
    settle()
    assert view.numbers() == []
    assert view.formula is None
    assert view.canvas.stage is None
    view.copy(latex=False)
    view.grab()


def test_every_unit_and_every_weight_of_a_small_network_has_its_number(view: StepView) -> None:
    run = job()
    view.draw(shot(run))
    record = view.record
    assert record is not None
    for phase in ("forward", "backward", "update"):
        view.show_phase(phase)
        stage = view.canvas.stage
        assert stage is not None
        assert set(stage.cards) == {Unit(0, 0), Unit(0, 1), Unit(1, 0), Unit(1, 1), Unit(1, 2), Unit(2, 0)}
        assert len(stage.labels) == len(stage.edges) == 9
        look = view.look
        assert look is not None
        for label in stage.labels:
            place = label.edge.parameter
            assert label.text == short(float(look.weights(place.layer)[place.i, place.j]))
        boxes = [label.box for label in stage.labels] + list(stage.cards.values())
        assert not any(a.intersects(b) for i, a in enumerate(boxes) for b in boxes[:i])


def test_forward_and_update_show_what_the_run_then_does(view: StepView) -> None:
    run = job()
    view.draw(shot(run))
    view.show_phase("update")
    stage = view.canvas.stage
    assert stage is not None
    texts = {unit: stage.unit_texts(unit) for unit in stage.cards if unit.layer}
    run.advance(1)
    layout = run.problem.network.layout
    for unit, rows in texts.items():
        after = layout.biases(run.trainer.theta, unit.layer)[unit.unit]
        assert rows[-1][1] == short(float(after))


def test_a_click_selects_and_the_formula_follows(view: StepView, qtbot: QtBot) -> None:
    view.draw(shot(job()))
    weight = Parameter("weight", 2, 1, 0)
    view.show_phase("backward")
    click(view, place_of(view, weight))
    assert view.selection == weight
    assert view.formula is not None
    assert "w₂₁⁽²⁾" in view.formula.title
    with qtbot.waitSignal(view.unit_selected) as told:
        click(view, place_of(view, Unit(1, 2)))
    assert told.args == [1, 2]
    stage = view.canvas.stage
    assert stage is not None
    click(view, stage.loss.center())
    assert view.selection is None
    assert "Loss" in view.formula.title


def test_a_selection_from_the_program_is_silent(view: StepView, qtbot: QtBot) -> None:
    view.draw(shot(job()))
    with qtbot.assertNotEmitted(view.unit_selected):
        view.show_unit(1, 1)
        view.show_unit(1, None)
    assert view.selection == Unit(1, 1)


def test_keys_go_through_phases_and_units(view: StepView) -> None:
    view.draw(shot(job()))
    view.canvas.setFocus()
    seen = [view.phase]
    for _ in range(4):
        QTest.keyClick(view.canvas, Qt.Key.Key_Right)
        seen.append(view.phase)
    assert seen == [*PHASES, "update"]
    QTest.keyClick(view.canvas, Qt.Key.Key_Left)
    assert view.phase == "backward"
    view.show_unit(1, 0)
    QTest.keyClick(view.canvas, Qt.Key.Key_Down)
    assert view.selection == Unit(1, 1)
    QTest.keyClick(view.canvas, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert view.selection == Parameter("weight", 2, 1, 0)
    QTest.keyClick(view.canvas, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert view.selection == Unit(2, 0)
    QTest.keyClick(view.canvas, Qt.Key.Key_Escape)
    assert view.selection is None


def test_the_buttons_stop_at_the_first_and_the_last_phase(view: StepView) -> None:
    assert not view.phases.back.isEnabled()
    for _ in range(3):
        view.phases.forth.click()
    assert view.phase == "update"
    assert not view.phases.forth.isEnabled()
    view.phases.back.click()
    assert view.phase == "backward"


def test_a_walk_goes_forwards_to_the_loss_and_back_again(view: StepView) -> None:
    view.draw(shot(job(hidden=(3, 2))))
    view.phases.walk.click()
    seen = []
    while view.phases.walk.isChecked():
        seen.append((view.phase, view.front))
        view.walk_on()
        view.grab()
    assert seen == [
        *(("forward", layer) for layer in range(4)),
        ("loss", 3),
        *(("backward", layer) for layer in (3, 2, 1)),
        ("update", None),
    ]
    assert view.front is None


def test_batch_example_of_the_batch_and_example_of_the_data(view: StepView) -> None:
    view.draw(shot(job()))
    record = view.record
    assert record is not None
    view.subject.number.setValue(3)
    assert view.look is not None
    assert view.look.one is not None
    assert view.look.one.rows[0] == record.batch.rows[2]
    view.show_example(OF_DATA, 31)
    assert view.look.one is not None
    assert view.look.one.rows[0] == 31
    assert "example 32" in view.canvas.caption
    view.show_example(BATCH)
    assert view.look.one is None
    assert not view.subject.number.isVisible()
    assert "batch of 10" in view.canvas.caption


def test_the_formula_is_copied_whole_as_text_and_as_latex(view: StepView) -> None:
    view.draw(shot(job()))
    view.show_phase("backward")
    view.show_item(Parameter("weight", 1, 0, 1))
    formula = view.formula
    assert formula is not None
    view.subject.text.click()
    assert QGuiApplication.clipboard().text() == formula.text()
    assert repr(formula.result).lstrip("-") in formula.text()
    view.subject.latex.click()
    assert QGuiApplication.clipboard().text() == formula.latex()
    actions = view.actions_at(view.canvas.mapTo(view, place_of(view, Unit(1, 2)).toPoint()))
    actions[0].trigger()
    assert "unit 3 of layer 1" in QGuiApplication.clipboard().text()


def test_every_digit_is_told_on_hover(view: StepView) -> None:
    view.draw(shot(job()))
    record = view.record
    assert record is not None
    weight = Parameter("weight", 1, 1, 2)
    index = record.network.layout.index(1, 1, 2)
    words = view.canvas.words(weight)
    for flat in (record.theta, record.delta_theta, record.theta_after):
        assert full(float(flat[index])) in words
    assert view.look is not None
    assert view.look.one is not None
    assert full(float(view.look.one.a[1][0, 1])) in view.canvas.words(Unit(1, 1))
    assert full(float(view.look.one.losses[0])) in view.canvas.words("loss")
    at = place_of(view, Unit(1, 1)).toPoint()
    QApplication.sendEvent(view.canvas, QHelpEvent(QEvent.Type.ToolTip, at, view.canvas.mapToGlobal(at)))
    assert "z = " in QToolTip.text()


def test_a_wide_network_shows_the_neighbourhood_of_the_selection(view: StepView) -> None:
    view.draw(shot(job("digits", (32, 64), "softmax", "categorical_cross_entropy")))
    view.show_unit(1, 30)
    stage = view.canvas.stage
    assert stage is not None
    assert Unit(1, 30) in stage.cards
    sizes = [64, 32, 64, 10]
    for column, size in zip(stage.geometry.columns, sizes, strict=True):
        assert len(column.shown) + column.hidden == size
    touched = [label for label in stage.labels if stage.touches(label.edge.parameter)]
    assert touched == stage.labels
    assert len(touched) >= 10


def test_a_deep_network_shows_the_layers_around_the_selection(view: StepView) -> None:
    view.draw(shot(job(hidden=(2,) * 12)))
    for layer in (1, 6, 12):
        view.show_unit(layer, 0)
        stage = view.canvas.stage
        assert stage is not None
        assert Unit(layer, 0) in stage.cards
        first, last = stage.layers
        assert first <= layer <= last
        view.grab()


@pytest.mark.parametrize("size", [(420, 220), (800, 500), (1400, 420)])
@pytest.mark.parametrize("phase", PHASES)
def test_it_draws_at_any_size_with_all_cards_inside(view: StepView, size: tuple[int, int], phase: str) -> None:
    view.resize(*size)
    settle()
    view.draw(shot(job()))
    view.show_phase(phase)  # type: ignore[arg-type]
    stage = view.canvas.stage
    assert stage is not None
    for card in stage.cards.values():
        assert card.left() >= 0
        assert card.right() <= stage.width
    view.set_theme(DARK)
    assert not view.grab().isNull()


def test_an_exported_picture_has_the_formula_set_and_the_numbers_are_the_step(view: StepView) -> None:
    view.draw(shot(job()))
    picture = render_png(view, 1200)
    assert picture.width() == 1200
    assert view.card.complete
    rows = view.numbers()
    assert rows[0] == HEADER
    assert view.record is not None
    assert [row[5] for row in rows if row[0] == "cost"] == [repr(view.record.cost)]


def test_while_the_run_plays_the_formula_stays_text(view: StepView) -> None:
    run = job()
    view.draw(shot(run, playing=True))
    assert view.card.complete
    view.draw(shot(run))
    assert not view.card.complete
    view.card.set_now()
    assert view.card.complete


def test_another_network_drops_a_selection_that_it_does_not_have(view: StepView) -> None:
    view.draw(shot(job(hidden=(8,))))
    view.show_unit(1, 7)
    view.draw(shot(job(hidden=(3,))))
    assert view.selection == Unit(1, 0)


def test_a_run_that_has_ended_says_that_it_will_not_take_this_step(view: StepView) -> None:
    run = job()
    run.status = "finished"
    view.draw(shot(run))
    assert "ended" in view.canvas.caption


def test_a_step_back_in_time_is_shown_as_it_was_taken(view: StepView) -> None:
    run = job(steps=5)
    view.draw(shot(run))
    assert view.record is not None
    then = view.record.theta_after
    run.advance(30)
    run.seek(5)
    view.draw(shot(run))
    numpy.testing.assert_array_equal(view.record.theta_after, then)
    assert "Step 5 → 6" in view.canvas.caption


def test_an_update_is_the_whole_batch_s_whatever_example_is_chosen(view: StepView) -> None:
    view.draw(shot(job()))
    view.show_phase("backward")
    assert view.look is not None
    assert view.look.one is not None
    view.show_phase("update")
    assert view.look.one is None
    assert "batch of 10" in view.canvas.caption
    assert view.record is not None
    assert view.look.losses[-1] == ("J", view.record.cost)


def test_a_step_after_which_weights_are_set_by_hand_says_so(view: StepView) -> None:
    run = job(steps=9)
    run.set_weights([WeightEdit(0, 1.5)])
    run.seek(8)
    view.draw(shot(run))
    assert "by hand" not in view.canvas.caption
    view.show_phase("update")
    assert "then changed by hand" in view.canvas.caption
