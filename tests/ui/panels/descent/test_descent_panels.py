"""The panels: program to widget is silent, user to program is one new document a gesture."""

import pytest
from PySide6.QtCore import QMimeData, Qt
from pytestqt.qtbot import QtBot

from nnviz.engine.surfaces import SURFACES
from nnviz.experiment.descent.specification import MAX_RUNNERS, Descent, RunnerSpec, ScheduleSpec, SurfaceSpec
from nnviz.ui.panels.descent.descent_panel import DescentPanel
from nnviz.ui.panels.descent.expression_field import ExpressionField
from nnviz.ui.panels.descent.runner_panel import RunnerPanel
from nnviz.ui.panels.descent.start_panel import StartPanel
from nnviz.ui.panels.descent.surface_panel import SurfacePanel
from nnviz.ui.theme import DARK


class Ear:
    """What a panel said. It shows what was edited, as the workspace does."""

    def __init__(self, panel: DescentPanel) -> None:
        self.edits: list[tuple[Descent, str]] = []
        self.refusals: list[str] = []
        panel.edited.connect(lambda spec, text: self.edits.append((spec, text)))
        panel.edited.connect(lambda spec, _text: panel.show_spec(spec))
        panel.refused.connect(self.refusals.append)

    @property
    def spec(self) -> Descent:
        return self.edits[-1][0]


@pytest.fixture
def surface(qtbot: QtBot) -> SurfacePanel:
    panel = SurfacePanel()
    qtbot.addWidget(panel)
    panel.show()
    return panel


@pytest.fixture
def runners(qtbot: QtBot) -> RunnerPanel:
    panel = RunnerPanel(lambda theme, index: theme.class_color(index))
    qtbot.addWidget(panel)
    panel.set_theme(DARK)
    panel.show()
    return panel


@pytest.fixture
def start(qtbot: QtBot) -> StartPanel:
    panel = StartPanel()
    qtbot.addWidget(panel)
    panel.show()
    return panel


@pytest.fixture
def field(qtbot: QtBot) -> ExpressionField:
    field = ExpressionField()
    qtbot.addWidget(field)
    field.show_text("x^2")
    field.show()
    return field


def test_both_groups_and_ones_own_surfaces_are_offered_with_what_they_teach(surface: SurfacePanel) -> None:
    assert set(surface.choice.keys()) == {*SURFACES, "expression", "regression"}
    for name in (*SURFACES, "expression", "regression"):
        surface.choice.chosen.emit(name)
        surface.show_spec(Descent())


def test_showing_a_document_says_nothing(surface: SurfacePanel, runners: RunnerPanel, start: StartPanel) -> None:
    ears = [Ear(panel) for panel in (surface, runners, start)]
    spec = Descent(
        surface=SurfaceSpec("ravine", parameters={"condition": 9.0}, domain=((-1.0, 1.0), (-2.0, 2.0))),
        start=(0.5, 0.5),
        runners=(RunnerSpec("adam", {"beta1": 0.5}, 0.3, ScheduleSpec("cosine"), 0.2, 5, "mine", (0.1, 0.2)),),
    )
    for panel in (surface, runners, start):
        panel.show_spec(spec)
        assert panel.summary()
    assert not any(ear.edits or ear.refusals for ear in ears)
    assert surface.rows.fields["condition"].value() == 9.0
    assert runners.parameters.fields["beta1"].value() == 0.5
    assert runners.schedule_rows.fields["length"].value() == 100.0


def test_a_slider_sets_a_parameter_of_the_surface(surface: SurfacePanel) -> None:
    ear = Ear(surface)
    surface.choice.chosen.emit("ravine")
    surface.rows.fields["condition"].slider.setValue(900)
    assert ear.spec.surface.parameters["condition"] > 100.0
    assert ear.edits[-1][1] == "surface condition"


def test_a_domain_is_typed_and_taken_back(surface: SurfacePanel) -> None:
    ear = Ear(surface)
    surface.ranges[0].ends[1].setValue(7.0)
    assert ear.spec.surface.domain == ((-3.0, 7.0),)
    surface.own_domain.click()
    assert ear.spec.surface.domain is None
    surface.ranges[0].ends[1].setValue(-7.0)
    assert len(ear.refusals) == 1
    assert surface.ranges[0].ends[1].value() == 3.0


def test_an_expression_is_used_by_enter_and_gives_as_many_coordinates(surface: SurfacePanel, qtbot: QtBot) -> None:
    ear = Ear(surface)
    surface.choice.chosen.emit("expression")
    line = surface.expression.line
    line.selectAll()
    qtbot.keyClicks(line, "x^2 + 3*y^2")
    assert len(ear.edits) == 1
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert ear.spec.surface.expression == "x^2 + 3*y^2"
    assert len(ear.spec.start) == 2
    assert surface.domain_form.isRowVisible(surface.ranges[1])


def test_what_is_wrong_is_underlined_and_said_with_its_place(field: ExpressionField) -> None:
    used: list[str] = []
    field.edited.connect(used.append)
    field.line.setPlainText("x^2 + foo*x")
    assert field.line.wrong == (6, 9)
    assert "foo" in field.says.text()
    assert "character 7" in field.says.text()
    field.line.entered.emit()
    field.line.setPlainText("x^2 + ")
    assert "at the end" in field.says.text()
    assert not field.grab().isNull()
    field.line.setPlainText("x" * 600)
    assert field.says.text().startswith("Too long")
    field.line.setPlainText("x^3")
    assert field.line.wrong is None
    assert used == []
    field.line.entered.emit()
    assert used == ["x^3"]


def test_the_underline_is_painted_below_the_wrong_part(field: ExpressionField) -> None:
    field.resize(300, 80)
    field.line.setPlainText("x^2 + foo*x")
    wave = field.line._wave(6, 9)
    left = field.line._place(6)
    assert wave.first().x() == pytest.approx(left)
    assert wave.last().x() == pytest.approx(field.line._place(9), abs=3.0)
    behind = field.line._wave(11, 12)
    assert behind.last().x() > behind.first().x()


def test_a_pasted_text_of_lines_becomes_one_line(field: ExpressionField) -> None:
    content = QMimeData()
    content.setText("x^2\n + 1")
    field.line.selectAll()
    field.line.insertFromMimeData(content)
    assert field.text() == "x^2 + 1"


def test_what_is_being_typed_stays_while_the_same_expression_is_shown_again(field: ExpressionField) -> None:
    field.line.setPlainText("x^2 + si")
    field.show_text("x^2")
    assert field.text() == "x^2 + si"
    field.show_text("x^4")
    assert field.text() == "x^4"


def test_runners_are_added_copied_moved_and_removed_by_keys(runners: RunnerPanel, qtbot: QtBot) -> None:
    ear = Ear(runners)
    rows = runners.runners.list
    qtbot.keyClick(rows, Qt.Key.Key_Insert)
    assert len(ear.spec.runners) == 4
    assert runners.chosen == 3
    runners.optimizer.chosen.emit("adam")
    qtbot.keyClick(rows, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert [runner.optimizer for runner in ear.spec.runners[3:]] == ["adam", "adam"]
    assert ear.spec.runners[3].colour != ear.spec.runners[4].colour
    qtbot.keyClick(rows, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    qtbot.keyClick(rows, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert runners.chosen == 2
    assert ear.spec.runners[2].optimizer == "adam"
    qtbot.keyClick(rows, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert runners.chosen == 3
    for left in (4, 3, 2, 1, 0):
        qtbot.keyClick(rows, Qt.Key.Key_Delete)
        assert len(ear.spec.runners) == left
    assert not runners.settings.isVisible()
    count = len(ear.edits)
    qtbot.keyClick(rows, Qt.Key.Key_Delete)
    assert len(ear.edits) == count
    runners.runners.buttons["add"].click()
    assert len(ear.spec.runners) == 1


def test_no_more_runners_than_there_may_be(runners: RunnerPanel) -> None:
    runners.show_spec(Descent(runners=(RunnerSpec(),) * MAX_RUNNERS))
    assert not runners.runners.buttons["add"].isEnabled()
    ear = Ear(runners)
    runners.runners.asked.emit("add")
    assert len(ear.refusals) == 1


def test_every_setting_of_the_chosen_runner_is_edited(runners: RunnerPanel, qtbot: QtBot) -> None:
    ear = Ear(runners)
    runners.runners.list.setCurrentRow(1)
    runners.rate.edited.emit(1e9)
    runners.schedule.chosen.emit("step")
    runners.schedule_rows.fields["every"].edited.emit(10.0)
    runners.noise.edited.emit(0.5)
    runners.colour.chosen.emit("6")
    runners.label.setText("mine")
    runners.label.editingFinished.emit()
    runners.own.click()
    runners.start.fields[0].setValue(-1.5)
    first, runner, third = ear.spec.runners
    assert (first, third) == (Descent().runners[0], Descent().runners[2])
    expected = RunnerSpec(
        learning_rate=1e9,
        schedule=ScheduleSpec("step", {"every": 10.0}),
        noise=0.5,
        colour=6,
        label="mine",
        start=(-1.5,),
    )
    assert runner == expected
    runners.own.click()
    assert ear.spec.runners[1].start is None


def test_start_steps_and_rates_are_typed(start: StartPanel) -> None:
    ear = Ear(start)
    start.start.fields[0].setValue(-2.5)
    start.steps.setValue(90)
    start.rates.setText("0.1; 0.4 , 0.9")
    start.rates.editingFinished.emit()
    start.strip_steps.setValue(20)
    assert ear.spec.start == (-2.5,)
    assert ear.spec.steps == 90
    assert (ear.spec.strip.rates, ear.spec.strip.steps) == ((0.1, 0.4, 0.9), 20)


@pytest.mark.parametrize("text", ["", "0.1, x", "0.1, -1", "0", "nan", "1e13", ", ".join(["0.1"] * 11)])
def test_wrong_rates_are_refused_in_a_sentence_and_the_right_ones_stay(start: StartPanel, text: str) -> None:
    ear = Ear(start)
    start.rates.setText(text)
    start.rates.editingFinished.emit()
    assert not ear.edits
    assert len(ear.refusals) == 1
    assert start.rates.text() == "0.05, 0.2, 1.1"


def test_controls_have_names_and_explanations(surface: SurfacePanel, runners: RunnerPanel, start: StartPanel) -> None:
    controls = [
        surface.choice, surface.expression.line, *surface.ranges[0].ends, runners.optimizer, runners.rate.slider,
        runners.rate.field, runners.noise.field, runners.label, runners.own, *runners.runners.buttons.values(),
        start.steps, start.rates, *start.start.fields,
    ]  # fmt: skip
    for control in controls:
        assert control.accessibleName()
        assert control.toolTip()
