"""The initialization microscope on screen: answers arrive from beside the window, and can be given up."""

import threading
import time
from dataclasses import replace

import numpy
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication

from nnviz.engine import Initialization
from nnviz.experiment.microscope import PERCENTILES, deep_network, examine, own_network
from nnviz.ui.export.picture import render_png
from nnviz.ui.plots.charts.fan_chart import LayerAxis, SizeAxis
from nnviz.ui.plots.charts.wording import plain, short
from nnviz.ui.plots.initialization.microscope_view import NO_EXPERIMENT, MicroscopeView, scheme_name
from nnviz.ui.theme import DARK, LECTURE_TEXT_PIXELS, LIGHT
from nnviz.ui.widgets.background_steps import BackgroundSteps


@pytest.fixture
def view(bench):
    view = MicroscopeView()
    view._pause.setInterval(10)  # nobody drags a slider here
    bench.show(view, 520, 330)
    yield view
    view.work.cancel()


def ready(bench, view) -> None:
    bench.qtbot.waitUntil(lambda: bool(view.shown) and not view.busy, timeout=10_000)


def deep(view, **changes) -> None:
    """Chooses a small network made up."""
    view.panel.deep = replace(view.panel.deep, **({"depth": 6, "width": 8} | changes))
    view.panel.source.button("deep").click()


def steps_running() -> int:
    return sum(thread.name == "nnviz-steps" for thread in threading.enumerate())


def test_before_an_experiment_it_says_what_to_do(view) -> None:
    assert view.forward._message.text() == NO_EXPERIMENT
    assert view.numbers() == []
    assert not view.work.busy


def test_the_experiments_network_is_examined_without_a_run(bench, view) -> None:
    snapshot = bench.shot(bench.job(steps=0))
    view.draw(snapshot)
    ready(bench, view)
    *_, expected = examine(own_network(snapshot.problem), seed=3)
    assert view.shown[0].complete
    assert numpy.array_equal(view.shown[0].forward.percentiles, expected.forward.percentiles)
    assert view.forward.medians[0].ys == pytest.approx(numpy.log10(expected.forward.percentiles[1]))
    assert view.forward.theories[0].ys == pytest.approx(numpy.log10(expected.forward.theory))
    assert view.backward.own.ys == pytest.approx(numpy.log10(expected.backward.own))
    assert len(view.backward.own.xs) == 3
    assert view.backward.own.xs[0] == 1.0
    text = bench.hover(view.forward, 2.0, 0.5 * sum(view.forward.home[2:]))
    assert "layer 2" in text
    assert f"median {short(float(expected.forward.percentiles[1, 2]))}" in text
    assert "theory" in text
    rows = view.numbers()
    assert rows[0][3] == "RMS of the outputs, 10 % of seeds below"
    assert rows[3][:4] == ("He normal", "2", "200", plain(expected.forward.percentiles[0, 2]))
    assert rows[1][-1] == "", "no signal goes back to the inputs"
    assert len(rows) == 5


def test_further_snapshots_of_a_run_change_nothing(bench, view, monkeypatch) -> None:
    job = bench.job(steps=0)
    view.draw(bench.shot(job))
    ready(bench, view)
    shown, started = view.shown, []
    monkeypatch.setattr(view.work, "start", started.append)
    job.advance(5)
    view.draw(bench.shot(job))
    bench.qtbot.wait(60)
    assert view.shown is shown
    assert not started
    view.draw(bench.shot(bench.job(steps=0, hidden=(5,))))
    bench.qtbot.waitUntil(lambda: len(started) == 1)


def test_the_window_stays_free_and_the_work_can_be_stopped_and_gone_on_with(bench, view) -> None:
    deep(view, depth=50, width=200)
    bench.qtbot.waitUntil(lambda: bool(view.shown), timeout=10_000)
    assert view.work.busy
    assert not view.shown[0].complete
    assert any(f"/ {view.shown[0].seeds}" in entry.text for entry in view.legend.entries)
    view.panel.stop.click()
    assert not view.busy
    bench.qtbot.waitUntil(lambda: not steps_running(), timeout=5_000)
    known = view.shown[0].done
    bench.qtbot.wait(100)
    assert view.shown[0].done == known
    assert view.panel.stop.accessibleName() == "All seeds"
    view.panel.stop.click()
    assert view.busy
    view.panel.stop.click()
    assert not view.busy


def test_hiding_ends_the_work_and_showing_begins_it_again(bench, view) -> None:
    deep(view, depth=50, width=200)
    bench.qtbot.waitUntil(lambda: view.work.busy)
    view.hide()
    assert not view.busy
    bench.qtbot.waitUntil(lambda: not steps_running(), timeout=5_000)
    view.show()
    bench.qtbot.waitUntil(lambda: view.work.busy)


def test_nothing_is_computed_for_a_hidden_view(bench, qtbot) -> None:
    view = MicroscopeView()
    qtbot.addWidget(view)
    view.draw(bench.shot(bench.job(steps=0)))
    qtbot.wait(160)
    assert not view.busy
    assert not view.shown


def test_a_picture_of_a_view_that_is_not_on_screen_has_all_seeds(bench, qtbot) -> None:
    view = MicroscopeView()
    qtbot.addWidget(view)
    view.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    view.show()
    view.draw(bench.shot(bench.job(steps=0)))
    assert view.shown[0].complete
    assert render_png(view, 600).width() == 600
    view.hide()


def test_gain_tips_the_fan(bench, view) -> None:
    deep(view)
    ends = []
    for position in (0.2, 0.5, 0.9):
        view.panel.gain.slider.setValue(round(1000 * position))
        ready(bench, view)
        ends.append(float(view.forward.medians[0].ys[-1]))
    assert ends[0] < -2.0 < ends[1] < 1.0 < ends[2]
    assert view.legend.entries[0].text == "6.31 × He normal"


def test_the_gain_of_the_experiment_is_its_own_until_it_is_moved(bench, view) -> None:
    view.draw(bench.shot(bench.job(steps=0)))
    view.panel.gain.slider.setValue(1000)
    assert view.panel.questions[0].gain == 10.0
    view.panel.source.button("deep").click()
    assert view.panel.gain.value() == 1.0
    view.draw(bench.shot(bench.job(steps=0, hidden=(5,))))
    view.panel.source.button("own").click()
    assert view.panel.gain.value() == 1.0


def test_a_second_scheme_is_laid_over_and_taken_away(bench, view) -> None:
    deep(view)
    choose(view.panel.versus, "glorot_normal")
    ready(bench, view)
    assert [entry.text for entry in view.legend.entries[:2]] == ["He normal", "Glorot normal"]
    assert view.forward.medians[1].ys[-1] < view.forward.medians[0].ys[-1]
    assert "Glorot normal: median" in bench.hover(view.forward, 3.0, 0.5 * sum(view.forward.home[2:]))
    assert {row[0] for row in view.numbers()[1:]} == {"He normal", "Glorot normal"}
    view.panel.popup.compared_scale.setValue(0.5)
    ready(bench, view)
    assert view.legend.entries[1].text == "Glorot normal 0.5"
    choose(view.panel.versus, "nothing")
    ready(bench, view)
    assert len(view.forward.medians[1].xs) == 0


def test_the_experiments_network_is_compared_at_any_scale(bench, view) -> None:
    view.draw(bench.shot(bench.job(steps=0)))
    panel = view.panel
    assert panel.settings.isHidden()
    choose(panel.versus, "random_normal")
    assert not panel.settings.isHidden()
    panel.settings.click()
    form = panel.popup.form
    assert [form.isRowVisible(field) for field in (panel.popup.layers, panel.popup.compared_scale)] == [False, True]
    panel.popup.compared_scale.setValue(0.01)
    panel.popup.hide()
    ready(bench, view)
    assert [scheme_name(part.question) for part in view.shown] == ["He normal", "random normal 0.01"]
    assert view.forward.medians[1].ys[-1] < view.forward.medians[0].ys[-1]


def choose(box, key: str) -> None:
    index = box.findData(key)
    box.setCurrentIndex(index)
    box.activated.emit(index)


def test_a_scheme_swapped_back_is_known(bench, view) -> None:
    deep(view, depth=10, width=20)
    ready(bench, view)
    first = view.shown[0]
    choose(view.panel.weights, "lecun_normal")
    ready(bench, view)
    assert view.legend.entries[0].text == "LeCun normal"
    choose(view.panel.weights, "he_normal")
    ready(bench, view)
    assert view.shown[0] is first


def test_settings_of_the_deep_network_count_at_once(bench, view) -> None:
    deep(view)
    popup = view.panel.popup
    view.panel.settings.click()
    assert popup.isVisible()
    popup.layers.setValue(3)
    popup.units.setValue(5)
    choose(popup.activation, "tanh")
    popup.scale.setValue(0.5)
    choose(popup.biases, "random_normal")
    popup.bias_scale.setValue(0.25)
    popup.hide()
    assert view.panel.settings.text() == "3 × 5 tanh ▾"
    (question,) = view.panel.questions
    he, biases = Initialization("he_normal", 0.5), Initialization("random_normal", 0.25)
    assert question == deep_network(3, 5, "tanh", he, biases)
    assert (popup.layers.maximum(), popup.units.maximum()) == (50, 256)


def test_values_of_a_layer(bench, view) -> None:
    deep(view, activation="tanh")
    ready(bench, view)
    view.panel.form.button("values").click()
    view.panel.layer.setValue(4)
    assert [chart.isVisible() for chart in (view.forward, view.backward, *view.histograms)] == [False] * 2 + [True] * 3
    counts, edges = view.shown[0].layers[3].a
    bars = view.histograms[2].bars
    assert numpy.array_equal(bars.edges, edges)
    assert bars.shares == pytest.approx(100.0 * counts / counts.sum())
    assert "values" in bench.hover(view.histograms[2], float(edges[5:7].mean()), 0.5)
    choose(view.panel.versus, "random_normal")
    ready(bench, view)
    assert len(view.histograms[0].outline.xs) == 82
    assert all(len(chart.bottom.tickValues(-3.0, 3.2, 90.0)[0][1]) >= 2 for chart in view.histograms)
    view.panel.popup.layers.setValue(2)
    ready(bench, view)
    assert view.panel.layer.value() == 2


def test_what_overflows_is_drawn_and_named(bench, view) -> None:
    deep(view, depth=36, width=4, activation="linear", weights=Initialization("random_normal", 1e10))
    ready(bench, view)
    assert view.forward.medians[0].ys[-1] == view.forward.decades.high
    assert any("a overflows from layer" in entry.text for entry in view.legend.entries)
    view.panel.form.button("values").click()
    view.panel.layer.setValue(20)
    view.grab()
    view.panel.layer.setValue(36)
    assert view.histograms[2]._message.text() == "No finite values"
    view.grab()


def test_no_theory_is_said(bench, view) -> None:
    deep(view, weights=Initialization("constant"))
    ready(bench, view)
    assert all(entry.text != "theory" for entry in view.legend.entries)
    assert "no theory" in bench.hover(view.forward, 3.0, 0.5 * sum(view.forward.home[2:]))


def test_a_question_that_cannot_be_is_a_sentence(bench, view, monkeypatch) -> None:
    deep(view)
    ready(bench, view)
    view.work.start(lambda: refusing("width is 0"))
    bench.qtbot.waitUntil(lambda: not view.work.busy)
    assert view.forward._message.text() == "width is 0"
    assert view.numbers() == []


def refusing(sentence: str):
    yield from ()
    raise ValueError(sentence)


@pytest.mark.parametrize("form", ["both", "values"])
def test_another_theme_and_back_gives_the_same_pixels(bench, view, form: str) -> None:
    view.panel.form.choose(form)
    deep(view)
    ready(bench, view)
    view.setFocus()
    before = bench.picture(view)
    view.set_theme(DARK)
    assert bench.picture(view) != before
    view.set_theme(LIGHT)
    assert bench.picture(view) == before


def test_large_text_folds_controls_away_instead_of_cutting_them(bench, view) -> None:
    deep(view)
    before = len(view.panel.folded())
    view.set_theme(LIGHT.for_lecture())
    QApplication.processEvents()
    assert view.panel.font().pixelSize() == LECTURE_TEXT_PIXELS
    assert len(view.panel.folded()) > before
    for part in view.panel.parts():
        if part not in view.panel.folded():
            assert view.panel.rect().contains(part.geometry())


def test_schemes_have_names() -> None:
    question = deep_network(2, 3, "tanh", Initialization("random_normal", 0.01))
    assert scheme_name(question) == "random normal 0.01"
    mixed = replace(question, weights=(Initialization("zeros"), Initialization("he_normal")), gain=2.0)
    assert scheme_name(mixed) == "2 × as set"


def test_axes_show_whole_layers_and_whole_decades() -> None:
    layers = LayerAxis("bottom", "layer")
    assert layers.tickValues(0.0, 5.0, 130.0)[0][1] == [0, 1, 2, 3, 4, 5]
    assert layers.tickValues(0.0, 1.0, 400.0)[0][1] == [0, 1]
    sizes = SizeAxis("left", "RMS")
    assert sizes.tickValues(-4.0, 1.0, 60.0)[0][1] == [-4.0, -2.0, 0.0]
    assert len(sizes.tickValues(-4.0, 1.0, 400.0)[0][1]) == 6
    sizes.zero_at = -6.0
    assert sizes.tickValues(-6.1, 1.0, 60.0)[0][1][0] == -6.0


def test_the_shares_shown_are_those_in_the_legend(bench, view) -> None:
    deep(view)
    ready(bench, view)
    assert view.legend.entries[1].text.startswith(f"{PERCENTILES[0]}–{PERCENTILES[-1]} % of 200")


def test_a_generator_is_closed_where_it_stands(qtbot) -> None:
    closed = threading.Event()

    def endless():
        try:
            while True:
                time.sleep(0.002)
                yield 1
        finally:
            closed.set()

    steps = BackgroundSteps()
    with qtbot.waitSignal(steps.advanced):
        steps.start(endless)
    steps.cancel()
    assert closed.wait(2.0)
    assert not steps.busy


def test_a_deleted_owner_leaves_no_thread_behind(qtbot) -> None:
    closed = threading.Event()

    def endless():
        try:
            while True:
                time.sleep(0.002)
                yield 1
        finally:
            closed.set()

    steps = BackgroundSteps()
    steps.start(endless)
    steps.deleteLater()
    QApplication.sendPostedEvents(steps, QEvent.Type.DeferredDelete)
    assert closed.wait(2.0)


def test_a_fault_of_the_program_is_raised_in_the_window(qtbot) -> None:
    def broken():
        yield 1
        raise ZeroDivisionError

    steps = BackgroundSteps()
    with qtbot.captureExceptions() as caught:
        steps.start(broken)
        qtbot.waitUntil(lambda: not steps.busy)
    assert caught[0][0] is ZeroDivisionError
