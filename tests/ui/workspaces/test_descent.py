"""The Descent workspace as a whole: document, undo, the race that is played, phases, gestures on the figures."""

import numpy
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nnviz.experiment.descent.phases import phases_of
from nnviz.experiment.descent.race import Race
from nnviz.experiment.descent.specification import Descent, RunnerSpec, SurfaceSpec
from nnviz.experiment.files import load_document
from nnviz.experiment.opening import check
from nnviz.experiment.specification import replace
from nnviz.resources import resource
from nnviz.ui.theme import DARK, LIGHT
from nnviz.ui.workspaces.descent.workspace import DescentWorkspace, first_document

PRESETS = sorted(resource("presets", "descent").glob("*.nnviz"))
BOWL = Descent(surface=SurfaceSpec("bowl"), start=(-2.2, 1.6), steps=50, runners=(RunnerSpec(), RunnerSpec("adam")))
LINE = Descent(surface=SurfaceSpec("regression"), start=(0.0, 0.0), runners=(RunnerSpec(learning_rate=0.2),))


@pytest.fixture
def place(qtbot: QtBot) -> DescentWorkspace:
    workspace = DescentWorkspace()
    qtbot.addWidget(workspace)
    workspace.resize(1210, 730)
    workspace.show()
    workspace.pause()
    workspace.clock.seek(0)
    return workspace


def adopt(place: DescentWorkspace, spec: Descent) -> None:
    place.sheet.adopt(spec, None, play=False)


def test_the_first_showing_plays_the_lectures_three_rates(qtbot: QtBot) -> None:
    workspace = DescentWorkspace()
    qtbot.addWidget(workspace)
    workspace.show()
    assert [runner.learning_rate for runner in workspace.spec.runners] == [0.05, 0.2, 1.1]
    assert workspace.spec.surface == Descent().surface
    assert workspace.clock.playing
    qtbot.waitUntil(lambda: workspace.clock.race.step > 2)


@pytest.mark.parametrize("path", PRESETS, ids=lambda path: path.stem)
@pytest.mark.parametrize("theme", [LIGHT, DARK.for_lecture()], ids=["light", "dark lecture"])
def test_every_preset_runs_to_its_end_in_every_figure(place: DescentWorkspace, qtbot: QtBot, path, theme) -> None:
    place.set_theme(theme)
    document = load_document(path)
    check(document)
    adopt(place, document)
    place.clock.seek(place.spec.steps)
    qtbot.waitUntil(lambda: not place.clock.busy)
    place.draw_all(lambda: None)
    whole = Race(place.spec)
    whole.seek(place.spec.steps)
    assert numpy.array_equal(place.clock.race.record().positions, whole.record().positions, equal_nan=True)
    assert not place.grab().isNull()
    for runner in place.spec.runners[: 3 if len(place.spec.runners) <= 3 else 1]:
        assert runner.title in place.status.sentence


def test_play_pause_step_back_and_reset(place: DescentWorkspace, qtbot: QtBot) -> None:
    place.set_speed(200.0)
    place.bar.play.trigger()
    assert place.clock.playing
    assert place.bar.play.text() == "Pause"
    qtbot.waitUntil(lambda: place.clock.race.step > 5)
    place.toggle()
    assert not place.clock.playing
    here = place.clock.race.step
    place.bar.step.trigger()
    assert place.clock.race.step == here + 1
    place.bar.back.trigger()
    assert place.clock.race.step == here
    place.bar.reset.trigger()
    assert place.clock.race.step == 0
    assert "step 0 of 40" in place.bar.counter.text()


def test_playing_ends_at_the_last_step_and_begins_anew_from_there(place: DescentWorkspace, qtbot: QtBot) -> None:
    place.clock.speed = None
    steps: list[int] = []
    place.step_reached.connect(steps.append)
    place.clock.play(True)
    qtbot.waitUntil(lambda: place.clock.race.finished and not place.clock.playing)
    assert steps[-1] == place.spec.steps
    place.clock.speed = 1.0
    place.toggle()
    assert place.clock.race.step < place.spec.steps


def test_the_three_phases_add_up_to_one_step(place: DescentWorkspace) -> None:
    adopt(place, BOWL)
    place.clock.seek(4)
    labels = []
    for phase in (1, 2, 3):
        place.bar.phase.trigger()
        assert (place.clock.race.step, place.clock.phase) == (4, phase)
        labels.append([arrow.label for arrow in place.stage.map.arrows])
    assert labels == [["−α∇J"], ["−α∇J", "−αd"], ["−α∇J", "step"]]
    end = place.stage.map.arrows[-1].end
    place.bar.phase.trigger()
    assert (place.clock.race.step, place.clock.phase) == (5, 1)
    assert place.clock.race.record().positions[5, 0].tolist() == pytest.approx(end)
    place.bar.back.trigger()
    assert (place.clock.race.step, place.clock.phase) == (5, 0)


def test_a_phase_brings_its_figure_to_the_front_with_the_numbers(place: DescentWorkspace) -> None:
    place.bar.phase.trigger()
    figure = place.stage.step
    assert figure.isVisible()
    assert figure.sentence() == phases_of(place.clock.race, 0, 0).sentences["gradient"]
    assert ("∇J", "4") in figure.numbers()


def test_phases_are_those_of_the_chosen_runner(place: DescentWorkspace) -> None:
    adopt(place, BOWL)
    place.runners.runners.list.setCurrentRow(1)
    place.clock.seek(3)
    place.bar.phase.trigger()
    place.bar.phase.trigger()
    assert "momentum" in [arrow.label for arrow in place.stage.map.arrows]
    assert place.stage.step.phases.runner == 1


def test_the_last_phase_of_the_last_step_is_the_end(place: DescentWorkspace, qtbot: QtBot) -> None:
    place.clock.seek(39)
    qtbot.waitUntil(lambda: not place.clock.busy)
    for _ in range(4):
        place.bar.phase.trigger()
    assert (place.clock.race.step, place.clock.phase) == (40, 0)
    assert not place.bar.phase.isEnabled()


def test_the_timeline_scrubs_back_over_the_same_steps(place: DescentWorkspace, qtbot: QtBot) -> None:
    place.timeline.slider.setValue(30)
    qtbot.waitUntil(lambda: place.clock.race.step == 30)
    there = place.clock.race.snapshot().positions
    place.timeline.slider.setValue(3)
    assert place.clock.race.step == 3
    assert place.clock.race.recorded == 30
    place.timeline.slider.setValue(30)
    assert numpy.array_equal(place.clock.race.snapshot().positions, there)


def test_a_click_puts_the_start_and_undo_takes_it_back(place: DescentWorkspace) -> None:
    adopt(place, BOWL)
    place.clock.seek(10)
    place.stage.map.chart.chosen.emit(1.23456, -0.5)
    assert place.spec.start == (1.235, -0.5)
    assert place.clock.race.step == 10
    assert place.clock.race.record().positions[0, 0].tolist() == [1.235, -0.5]
    place.sheet.undo_stack.undo()
    assert place.spec == BOWL


def test_a_click_moves_the_own_start_of_the_chosen_runner(place: DescentWorkspace) -> None:
    own = Descent(surface=SurfaceSpec("bowl"), start=(1.0, 1.0), runners=(RunnerSpec(), RunnerSpec(start=(2.0, 2.0))))
    adopt(place, own)
    place.runners.runners.list.setCurrentRow(1)
    place.stage.space.clicked.emit(-1.0, 0.25)
    assert place.spec.start == (1.0, 1.0)
    assert place.spec.runners[1].start == (-1.0, 0.25)


def test_a_dragged_start_is_shown_at_once_and_is_one_edit(place: DescentWorkspace) -> None:
    adopt(place, BOWL)
    index = next(i for i, mark in enumerate(place.stage.map.marks) if mark.movable)
    for x in (-1.0, -0.5, 0.5):
        place.stage.map.chart.mark_moved.emit(index, x, 1.0)
    assert place.clock.race.spec.start == (0.5, 1.0)
    assert place.spec == BOWL
    place.stage.map.chart.mark_dropped.emit(index, 0.5, 1.0)
    assert place.spec.start == (0.5, 1.0)
    assert place.sheet.undo_stack.count() == 1


def test_every_panel_edits_and_is_undone(place: DescentWorkspace) -> None:
    place.surface.choice.chosen.emit("ravine")
    assert place.spec.surface.name == "ravine"
    place.surface.rows.fields["condition"].edited.emit(64.0)
    assert place.spec.surface.parameters == {"condition": 64.0}
    place.runners.optimizer.chosen.emit("momentum")
    place.runners.parameters.fields["momentum"].edited.emit(0.5)
    assert place.spec.runners[0].parameters == {"momentum": 0.5}
    place.start.steps.setValue(77)
    assert place.spec.steps == 77
    while place.sheet.undo_stack.canUndo():
        place.sheet.undo_stack.undo()
    assert place.spec == first_document()


def test_points_and_plane_of_a_regression_are_linked_both_ways(place: DescentWorkspace) -> None:
    adopt(place, LINE)
    data = place.stage.data
    assert data.isVisible()
    lowest = place.clock.ground.minima[0].copy()
    data.chart.dragged.emit(6, 1.5, 3.0)
    assert place.clock.ground.minima[0][0] > lowest[0]
    assert place.spec == LINE
    data.chart.dropped.emit(6, 1.5, 3.0)
    assert place.spec.surface.points[6] == (1.5, 3.0)
    index = next(i for i, mark in enumerate(place.stage.map.marks) if mark.movable)
    place.stage.map.chart.mark_moved.emit(index, 1.0, 0.5)
    ends = data.lines[0].xs
    assert data.lines[0].ys == pytest.approx(1.0 * ends + 0.5, abs=0.02)


def test_points_are_added_and_removed_but_never_the_last(place: DescentWorkspace) -> None:
    adopt(place, LINE)
    data, count = place.stage.data, len(LINE.surface.points)
    data.chart.added.emit(0.25, 0.75)
    assert place.spec.surface.points[-1] == (0.25, 0.75)
    for _ in range(count):
        data.chart.removed.emit(0)
    assert len(place.spec.surface.points) == 1
    data.chart.removed.emit(0)
    assert len(place.spec.surface.points) == 1
    assert place.status.sentence == "A line needs at least one point"


def test_a_rate_of_the_strip_is_taken_by_the_chosen_runner(place: DescentWorkspace) -> None:
    place.stage.strip.tiles[2].chosen.emit(1.1)
    assert place.spec.runners[0].learning_rate == 1.1


def test_basins_come_with_progress_and_follow_the_runner(place: DescentWorkspace, qtbot: QtBot) -> None:
    adopt(
        place, Descent(surface=SurfaceSpec("himmelblau"), start=(0.0, 0.0), runners=(RunnerSpec(learning_rate=0.01),))
    )
    place.stage.map.basins.chip.click()
    assert place.survey.busy
    qtbot.waitUntil(lambda: not place.survey.busy, timeout=20_000)
    assert len(place.stage.map.classes.labels) == 4
    place.runners.rate.edited.emit(0.02)
    assert place.survey.busy
    place.stage.map.basins.cancel.click()
    assert not place.survey.wanted
    assert place.stage.map.classes is None


def test_basins_of_a_curve_are_a_band(place: DescentWorkspace, qtbot: QtBot) -> None:
    adopt(place, Descent(surface=SurfaceSpec("double_well"), start=(1.0,), runners=(RunnerSpec(learning_rate=0.05),)))
    place.stage.curve.basins.chip.click()
    qtbot.waitUntil(lambda: not place.survey.busy, timeout=20_000)
    assert len(place.stage.curve.band.parts) == 2
    place.stage.curve.basins.chip.click()
    assert place.stage.curve.band.parts == []


@pytest.mark.parametrize(
    ("spec", "words"),
    [
        (Descent(runners=(RunnerSpec(learning_rate=1e9),)), "diverged at step"),
        (Descent(start=(1e12,)), "too far away from the domain"),
        (Descent(start=(50.0,), runners=(RunnerSpec(),)), "starts at 50"),
        (Descent(surface=SurfaceSpec("expression", expression="3 + 0*x*y"), start=(1.0, 1.0)), "on flat ground"),
        (Descent(surface=SurfaceSpec("expression", expression="log(x*y)"), start=(-1.0, 1.0)), "undefined"),
        (Descent(surface=SurfaceSpec("expression", expression="exp(exp(x^2))"), start=(4.0,)), "undefined"),
        (Descent(runners=()), "There is no runner"),
    ],
)
def test_bad_input_is_a_sentence_and_nothing_is_lost(place: DescentWorkspace, spec: Descent, words: str) -> None:
    adopt(place, spec)
    seen = []
    for step in (0, 1, 5):
        place.show_step(step)
        place.draw_all(lambda: None)
        seen.append(place.status.sentence)
    assert any(words in sentence for sentence in seen)
    for _ in range(3):
        place.bar.phase.trigger()
    assert not place.grab().isNull()
    assert place.spec == spec


def test_what_cannot_be_is_said_and_the_document_stays(place: DescentWorkspace) -> None:
    place.surface.ranges[0].ends[0].edited.emit(9.0)
    assert place.spec == first_document()
    assert "no range" in place.status.sentence
    assert place.surface.ranges[0].ends[0].value() == -3.0


def test_a_lesson_may_keep_it_from_playing(place: DescentWorkspace) -> None:
    place.restrict(frozenset(), frozenset(), False)
    place.toggle()
    assert not place.clock.playing
    place.restrict(frozenset(), frozenset(), True)
    place.toggle()
    assert place.clock.playing


def test_hidden_it_pauses_and_its_layout_is_remembered(place: DescentWorkspace, qtbot: QtBot) -> None:
    place.toggle()
    place.hide()
    assert not place.clock.playing
    place.show()
    place.whole.setSizes([400, 800])
    other = DescentWorkspace()
    qtbot.addWidget(other)
    other.resize(1210, 730)
    other.restore_layout(place.layout_state())
    other.show()
    assert other.whole.sizes()[0] == pytest.approx(place.whole.sizes()[0], abs=2)
    place.show_panels(False)
    assert not place.side.isVisible()


def test_figures_are_brought_forward_and_escape_puts_an_enlarged_one_back(
    place: DescentWorkspace, qtbot: QtBot
) -> None:
    adopt(place, BOWL)
    place.show_figure("descent-rates")
    assert place.stage.strip.isVisible()
    place.stage.lower_tabs.enlarge_asked.emit()
    assert not place.stage.map.isVisible()
    place.show_figure("descent-space")
    assert place.stage.space.isVisible()
    qtbot.keyClick(place, Qt.Key.Key_Escape)
    assert place.stage.map.isVisible()


def test_another_noise_is_another_seed_and_the_same_seed_the_same_noise(place: DescentWorkspace) -> None:
    noisy = Descent(runners=(RunnerSpec(learning_rate=0.1, noise=1.0),), seed=7)
    adopt(place, noisy)
    place.show_step(10)
    first = place.clock.race.record().positions
    place.bar.noise.trigger()
    assert place.clock.race.step == 10
    assert not numpy.array_equal(place.clock.race.record().positions, first)
    place.sheet.undo_stack.undo()
    place.show_step(10)
    assert numpy.array_equal(place.clock.race.record().positions[:11], first[:11])


def test_figures_that_show_a_race_can_be_filmed(place: DescentWorkspace, qtbot: QtBot) -> None:
    adopt(place, BOWL)
    film = place.film(place.stage.map)
    assert film is not None
    assert (film.first, film.last) == (0, 50)
    figure = film.make_figure()
    qtbot.addWidget(figure)
    for _step, state in film.states([0, 7]):
        if state is not None:
            film.show(figure, state)
    assert len(figure.paths[0].x) == 8
    assert place.film(place.stage.table) is None


def test_the_examples_of_a_line_follow_the_chosen_runner_and_the_step(place: DescentWorkspace) -> None:
    adopt(place, replace(LINE, runners=(*LINE.runners, RunnerSpec(start=(2.0, 1.0)))))
    assert place.stage.map.arrows == []
    place.stage.map.examples.setChecked(True)
    starts = {arrow.start for arrow in place.stage.map.arrows}
    assert starts == {(0.0, 0.0)}
    place.runners.choose(1)
    place._select(1)
    assert {arrow.start for arrow in place.stage.map.arrows} == {(2.0, 1.0)}
    place.clock.seek(3)
    (start,) = {arrow.start for arrow in place.stage.map.arrows}
    assert start == tuple(place.clock.race.record().positions[3, 1].tolist())
    adopt(place, BOWL)
    assert place.stage.map.arrows == []


def test_what_is_said_of_the_runners_fits_into_its_two_lines(place: DescentWorkspace) -> None:
    place.set_theme(LIGHT)
    place.clock.seek(3)
    for width in (2400, 420, 2400):
        place.resize(width, 730)
        for _ in range(3):
            QApplication.processEvents()
        text = place.status._text
        assert text.heightForWidth(text.width()) <= text.height()
        assert ("● </span>α = 1.1" in text.text().replace("\u00a0", " ")) == (width == 2400)
        assert "α = 1.1" in place.status.sentence


def test_no_line_of_the_status_ends_beside_a_sign_of_equality(place: DescentWorkspace) -> None:
    place.resize(2400, 730)
    QApplication.processEvents()
    place.clock.seek(3)
    assert "α = 1.1" in place.status.sentence
    drawn = place.status._text.text()
    assert "J\u00a0=\u00a0" in drawn
    assert "α\u00a0=\u00a01.1" in drawn
    assert " = " not in drawn
