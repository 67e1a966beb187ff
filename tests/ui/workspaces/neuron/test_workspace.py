"""The workspace as a whole: pages, document, undo, and the rule that runs."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from nnviz.experiment.neuron.examples import shipped
from nnviz.experiment.neuron.specification import PAGES, LineSpec, Neuron, PerceptronSpec, UnitSpec
from nnviz.experiment.specification import DrawnPoint, replace
from nnviz.ui.plots.charts.drag_chart import DragChart
from nnviz.ui.theme import DARK
from nnviz.ui.workspaces.neuron.workspace import NeuronWorkspace


@pytest.fixture
def place(qtbot: QtBot) -> NeuronWorkspace:
    workspace = NeuronWorkspace()
    qtbot.addWidget(workspace)
    workspace.resize(1200, 740)
    workspace.show()
    return workspace


def test_an_edit_reaches_every_figure_and_is_undone(place: NeuronWorkspace) -> None:
    place.unit.numbers_panel.bias.field.setValue(1.2)
    assert place.sheet.neuron.unit.b == 1.2
    assert "+ 1.2 =" in place.unit.drawing.sentence()
    assert place.sheet.undo_stack.undoText() == "bias"
    place.sheet.undo_stack.undo()
    assert place.sheet.neuron == Neuron()
    assert place.unit.numbers_panel.bias.value() == 0.2


def test_a_dragged_point_is_shown_at_once_and_is_one_edit(place: NeuronWorkspace) -> None:
    before = place.sheet.neuron
    for x in (0.1, 0.2, 0.3):
        place.unit.plane.chart.dragged.emit(1, x, 0.0)
    assert place.unit.plane.unit.points[0].x == (0.3, 0.0)
    assert place.sheet.neuron == before
    place.unit.plane.chart.dropped.emit(1, 0.3, 0.0)
    assert place.sheet.undo_stack.count() == 1
    assert place.sheet.neuron.unit.points[0].x == (0.3, 0.0)


def test_the_input_is_the_first_handle(place: NeuronWorkspace) -> None:
    place.unit.plane.chart.dropped.emit(0, -1.0, 1.5)
    assert place.sheet.neuron.unit.x == (-1.0, 1.5, 0.5)
    place._edit("unit", UnitSpec(x=(1.0,), w=(1.0,)), "one")
    place.unit.plane.chart.dropped.emit(0, -1.0, 1.5)
    assert place.sheet.neuron.unit.x == (-1.0,)


def test_points_are_added_switched_and_removed(place: NeuronWorkspace) -> None:
    plane = place.unit.plane
    plane.kinds.choose("1")
    plane.chart.added.emit(0.5, 0.25)
    assert place.sheet.neuron.unit.points[-1].y == 1.0
    last = len(place.sheet.neuron.unit.points)
    plane.chart.toggled.emit(last)
    assert place.sheet.neuron.unit.points[-1].y == 0.0
    plane.chart.removed.emit(last)
    assert place.sheet.neuron.unit.points == UnitSpec().points
    # The input can be neither.
    plane.chart.toggled.emit(0)
    plane.chart.removed.emit(0)
    assert place.sheet.neuron.unit.points == UnitSpec().points


def test_a_page_is_no_edit_and_is_saved(place: NeuronWorkspace, tmp_path: Path) -> None:
    for key in PAGES:
        place.show_page(key)
        assert place.stack.currentWidget() is place.pages[key]
        assert place.bar.pages.key == key
        assert place.document.to_save().page == key
    assert not place.document.dirty


def test_steps_of_the_rule_are_no_edits_and_can_be_taken_back(place: NeuronWorkspace) -> None:
    place.show_page("perceptron")
    place.bar.mistake.trigger()
    step = place.sheet.neuron.perceptron.step
    assert place.perceptron.run.last(step).error
    place.bar.step.trigger()
    place.bar.back.trigger()
    assert place.sheet.neuron.perceptron.step == step
    assert not place.document.dirty
    place.bar.reset.trigger()
    assert place.sheet.neuron.perceptron.step == 0


def test_playing_goes_on_until_it_is_learned(place: NeuronWorkspace, qtbot: QtBot) -> None:
    place.show_page("perceptron")
    place._timer.setInterval(1)
    place.toggle()
    assert place.bar.play.text() == "Pause"
    qtbot.waitUntil(lambda: not place._timer.isActive())
    assert place.perceptron.finished
    assert "Learned" in place.perceptron.verdict.text()
    assert not place.bar.play.isEnabled()


def test_a_hidden_workspace_does_not_play_on(place: NeuronWorkspace) -> None:
    place.show_page("perceptron")
    place.toggle()
    place.hide()
    assert not place._timer.isActive()


def test_play_does_nothing_where_nothing_runs(place: NeuronWorkspace) -> None:
    place.toggle()
    assert not place._timer.isActive()
    assert not any(action.isVisible() for action in place.run_actions())


def test_xor_offers_the_network_that_solves_it(place: NeuronWorkspace) -> None:
    place.show_page("perceptron")
    place._edit("perceptron", PerceptronSpec(targets=(0, 1, 1, 0)), "table")
    place.perceptron.verdict.button.click()
    assert place.sheet.neuron.perceptron.model == "network"
    assert place.perceptron.right.currentWidget().content is place.perceptron.diagram
    assert "4 of 4" in place.perceptron.diagram.accessibleDescription()
    assert "h₁ is OR" in place.perceptron.verdict.text()
    place.perceptron.table_panel.fields[2][2].setValue(-0.5)
    assert place.perceptron.verdict.text().endswith("two answers. 2 of 4 rows are right.")
    assert not place.bar.play.isVisible()
    place.perceptron.verdict.button.click()
    assert place.sheet.neuron.perceptron.model == "perceptron"


def test_a_corner_s_target_can_be_switched_on_the_plane(place: NeuronWorkspace) -> None:
    place.perceptron.plane.chart.toggled.emit(0)
    assert place.sheet.neuron.perceptron.targets == (1, 0, 0, 1)


def test_the_line_follows_its_knobs_and_the_map_follows_the_line(place: NeuronWorkspace) -> None:
    page = place.line
    page.line.chart.dropped.emit(0, 0.7, 2.5)
    assert place.sheet.neuron.line.b == 2.5
    x, _ = page.line.chart.handles[1]
    page.line.chart.dropped.emit(1, x, 6.0)
    spec = place.sheet.neuron.line
    assert spec.w * x + 2.5 == pytest.approx(6.0, rel=1e-3)
    assert (page.cost.map.marks[2].x, page.cost.map.marks[2].y) == (spec.w, spec.b)
    page.cost.map.clicked.emit(0.5, 1.0)
    assert page.line.spec.w == 0.5


def test_with_the_bias_off_the_line_stays_at_the_origin(place: NeuronWorkspace) -> None:
    place._edit("line", replace(place.sheet.neuron.line, bias=False), "bias switch")
    place.line.line.chart.dropped.emit(0, 0.0, 2.5)
    place.line.cost.map.clicked.emit(0.5, 1.0)
    assert place.sheet.neuron.line.intercept == 0.0
    assert place.sheet.neuron.line.b == 1.5


def test_points_of_the_line_are_moved_added_and_removed(place: NeuronWorkspace) -> None:
    chart, count = place.line.line.chart, len(place.sheet.neuron.line.points)
    chart.dragged.emit(2, 0.5, 1.0)
    assert place.line.spec.points != place.line.line.spec.points
    chart.dropped.emit(2, 0.5, 1.0)
    assert place.sheet.neuron.line.points[0].x == (0.5,)
    chart.added.emit(2.0, 2.0)
    assert len(place.sheet.neuron.line.points) == count + 1
    chart.removed.emit(2)
    chart.removed.emit(0)
    assert len(place.sheet.neuron.line.points) == count


def test_houses_are_given_and_take_no_points(place: NeuronWorkspace) -> None:
    place._edit("line", replace(place.sheet.neuron.line, source="houses"), "data")
    place.line.line.chart.added.emit(100.0, 200.0)
    assert place.sheet.undo_stack.count() == 1


def test_examples_are_listed_once_and_open_as_an_edit(place: NeuronWorkspace) -> None:
    menu = place.bar.examples.menu()
    menu.aboutToShow.emit()
    count = len(menu.actions())
    menu.aboutToShow.emit()
    assert len(menu.actions()) == count
    action = next(action for action in menu.actions() if "XOR by" in action.text())
    action.trigger()
    assert place.sheet.neuron == shipped("perceptron")[-1][1]
    assert place.stack.currentWidget() is place.perceptron
    place.sheet.undo_stack.undo()
    assert place.sheet.neuron == Neuron()


def test_a_broken_example_is_a_sentence(place: NeuronWorkspace, qtbot: QtBot, tmp_path: Path) -> None:
    with qtbot.waitSignal(place.failed):
        place.bar.example_chosen.emit(tmp_path / "none.nnviz")


def test_another_document_is_shown_and_the_rule_stands_still(place: NeuronWorkspace) -> None:
    place.show_page("perceptron")
    place.toggle()
    place.document.adopt(Neuron(page="bias"), None, play=True)
    assert not place._timer.isActive()
    assert place.stack.currentWidget() is place.line
    assert not place.document.dirty


def test_every_figure_can_be_shown_by_its_key_and_restyled(place: NeuronWorkspace) -> None:
    keys = [figure.key for figure in place.plots()]
    assert len(set(keys)) == len(keys) == 10
    place.show_figure("line-cost")
    assert place.stack.currentWidget() is place.line
    place.set_theme(DARK.for_lecture())
    assert all(figure.theme.name == "dark" for figure in place.plots())
    place.show_panels(False)
    assert not place.line.side.isVisible()


def test_the_arrangement_is_remembered(place: NeuronWorkspace, qtbot: QtBot) -> None:
    place.unit.whole.setSizes([400, 800])
    sizes, state = place.unit.whole.sizes(), place.layout_state()
    place.unit.whole.setSizes([330, 870])
    place.restore_layout(state)
    assert place.unit.whole.sizes() == sizes


def test_a_figure_can_have_all_the_room_and_gives_it_back(place: NeuronWorkspace, qtbot: QtBot) -> None:
    page = place.unit
    drawing, others = page.panes[page.drawing], [page.panes[page.activation], page.panes[page.plane]]
    drawing.button.click()
    assert drawing.isVisible()
    assert not any(pane.isVisible() for pane in others)
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert all(pane.isVisible() for pane in [drawing, *others])
    others[1].enlarge_asked.emit()
    assert [pane.isVisible() for pane in [drawing, *others]] == [False, False, True]
    others[1].enlarge_asked.emit()
    assert page.grid.large is None


def test_another_model_puts_an_enlarged_figure_back(place: NeuronWorkspace) -> None:
    place.show_page("perceptron")
    page = place.perceptron
    page.grid.enlarge(page.right)
    place.bar.step.trigger()
    assert not page.panes[page.plane].isVisible()
    assert not page.panes[page.rule].isVisible()
    place._edit("perceptron", replace(place.sheet.neuron.perceptron, model="network"), "model")
    assert page.grid.large is None
    assert page.panes[page.plane].isVisible()
    assert not page.panes[page.rule].isVisible()


HUGE = 1e12
EXTREMES = [
    Neuron(unit=UnitSpec(x=(HUGE, HUGE), w=(HUGE, -HUGE), b=HUGE, activation="gelu")),
    Neuron(unit=UnitSpec(x=(1e-300,), w=(1e-300,), b=0.0)),
    Neuron(page="perceptron", perceptron=PerceptronSpec(rate=HUGE, step=100_000)),
    Neuron(page="perceptron", perceptron=PerceptronSpec(start=(HUGE, -HUGE), bias=HUGE, rate=1e-9)),
    Neuron(page="bias", line=LineSpec(w=HUGE, b=-HUGE)),
    Neuron(page="bias", line=LineSpec(points=(DrawnPoint((HUGE,), -HUGE), DrawnPoint((-HUGE,), HUGE)))),
    Neuron(page="bias", line=LineSpec(points=(DrawnPoint((0.0,), 5.0), DrawnPoint((0.0,), 7.0)))),
]


@pytest.mark.parametrize("document", EXTREMES)
def test_numbers_of_any_size_are_drawn(place: NeuronWorkspace, qtbot: QtBot, document: Neuron) -> None:
    place.document.adopt(document, None, play=False)
    page = place.pages[document.page]
    for figure in page.figures:
        for chart in figure.findChildren(DragChart):
            qtbot.keyClick(chart, Qt.Key.Key_PageDown)
        assert not figure.grab().isNull()
        assert figure.numbers()


@pytest.mark.parametrize("front", PAGES)
@pytest.mark.parametrize("later", PAGES)
def test_each_page_gets_its_own_borders_back_whatever_page_is_in_front(qtbot: QtBot, front: str, later: str) -> None:
    one, other = NeuronWorkspace(), NeuronWorkspace()
    for workspace in (one, other):
        qtbot.addWidget(workspace)
        workspace.resize(1200, 740)
        workspace.show()
        for key in PAGES:
            workspace.show_page(key)
    for place, key in enumerate(PAGES):
        one.show_page(key)
        one.pages[key].whole.setSizes([300 + 40 * place, 900 - 40 * place])
    one.show_page(front)
    other.show_page(later)
    other.restore_layout(one.layout_state())
    for key in PAGES:
        one.show_page(key)
        other.show_page(key)
        assert other.pages[key].whole.sizes() == one.pages[key].whole.sizes(), key
    assert len({tuple(page.whole.sizes()) for page in one.pages.values()}) == len(PAGES)
