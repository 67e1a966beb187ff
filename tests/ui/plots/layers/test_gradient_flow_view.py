import dataclasses
import math

import numpy

from nnviz.experiment.evidence import RECENT
from nnviz.experiment.history_table import STATISTIC_HEADINGS
from nnviz.ui.plots.charts.bars import EVERY
from nnviz.ui.plots.charts.wording import full, plain
from nnviz.ui.plots.charts.zones import usual
from nnviz.ui.plots.layers.flow_quantity import QUANTITIES
from nnviz.ui.plots.layers.gradient_flow_view import NOTHING_YET, GradientFlowView
from nnviz.ui.plots.layers.layer_heat import COLUMNS, nearest_indices
from nnviz.ui.theme import DARK, LIGHT


def test_bars_end_at_the_logarithm_of_the_layers_gradient(bench) -> None:
    snapshot = bench.shot(bench.job(hidden=(4,) * 12))
    view = bench.drawn(GradientFlowView, snapshot)
    rms = snapshot.moment.layers[:, 0]
    assert len(rms) == 13
    assert numpy.allclose(view.bars.bars.tops(), numpy.log10(rms))
    _, _, bottom, top = view.bars.home
    assert full(rms[0]) in bench.hover(view.bars, 0.0, (bottom + top) / 2)


def test_zero_is_at_the_floor_and_what_is_no_number_has_no_bar(bench) -> None:
    snapshot = bench.with_gradients(bench.shot(bench.job()), [0.0, math.nan, 1e-3])
    view = bench.drawn(GradientFlowView, snapshot)
    tops = view.bars.bars.tops()
    assert tops[0] == view.bars.values.zero_at
    assert tops[0] < view.bars.bars.decades.low
    assert math.isnan(tops[1])
    assert math.isclose(tops[2], -3.0)
    view.grab()
    _, _, bottom, top = view.bars.home
    assert "RMS(∂J/∂W) 0" in bench.hover(view.bars, 0.0, (bottom + top) / 2)
    assert "NaN" in bench.hover(view.bars, 1.0, (bottom + top) / 2)


def test_a_network_of_zeros_has_zeros_in_all_three_forms(bench) -> None:
    snapshot = bench.shot(bench.job(initializer="zeros"))
    for form in ("bars", "lines", "heat"):
        bench.drawn(GradientFlowView, snapshot, form).grab()
    view = bench.drawn(GradientFlowView, snapshot, "heat")
    dead = LIGHT.color("dead").getRgb()[:3]
    assert tuple(view.heat.picture.colors[0, COLUMNS // 2]) == dead
    assert view.bar.zero


def test_lines_are_the_record_one_a_layer(bench) -> None:
    snapshot = bench.shot(bench.job())
    view = bench.drawn(GradientFlowView, snapshot, "lines")
    history = snapshot.curves.statistic("gradient_W_rms")
    assert len(view.lines.course.curves) == 3
    for l, curve in enumerate(view.lines.course.curves):
        assert numpy.allclose(curve.ys[1:], numpy.log10(history[1:, l]))
        assert math.isnan(curve.ys[0])  # before the first step there is no gradient
        assert curve.color == LIGHT.layer_color(l + 1, 3)
    _, _, bottom, top = view.lines.home
    assert f"layer 2: {full(history[20, 1])}" in bench.hover(view.lines, 20.0, (bottom + top) / 2)


def test_the_heat_map_has_the_levels_of_the_nearest_records(bench) -> None:
    snapshot = bench.shot(bench.job(steps=100))
    view = bench.drawn(GradientFlowView, snapshot, "heat")
    history = snapshot.curves.statistic("gradient_W_rms")
    low, high = view.bar.low, view.bar.high
    table = LIGHT.sequential()
    for column in (100, 300, 500):
        step = round((column + 0.5) * 100 / COLUMNS)
        for l in range(3):
            level = int(255 * (math.log10(history[step, l]) - low) / (high - low))
            assert numpy.array_equal(view.heat.picture.colors[l, column], table[level])


def test_nearest_records_are_found_where_they_thin_out() -> None:
    assert nearest_indices(numpy.array([0.0, 1.0, 2.0, 8.0]), numpy.array([0.2, 1.4, 4.0, 6.0])).tolist() == [
        0,
        1,
        2,
        3,
    ]


def test_before_the_first_step_it_says_so(bench) -> None:
    view = bench.drawn(GradientFlowView, bench.shot(bench.job(steps=0)))
    assert view.bars._message.text() == NOTHING_YET
    assert not view.bars._message.isHidden()


def test_fifty_layers_and_another_depth_afterwards(bench) -> None:
    view = bench.drawn(GradientFlowView, bench.shot(bench.job(steps=5, hidden=(2,) * 49)), "lines")
    assert len(view.lines.course.curves) == 50
    view.draw(bench.shot(bench.job(steps=5)))
    assert len(view.lines.course.curves) == 3
    view.form.button("bars").click()
    view.grab()
    assert [row[0] for row in view.numbers()] == ["layer", "1", "2", "3"]


def test_another_theme_and_back_gives_the_same_pixels(bench) -> None:
    snapshot = bench.shot(bench.job())
    for form in ("bars", "lines", "heat"):
        view = bench.drawn(GradientFlowView, snapshot, form)
        before = bench.picture(view)
        view.set_theme(DARK)
        assert bench.picture(view) != before
        view.set_theme(LIGHT)
        assert bench.picture(view) == before


def test_each_quantity_is_the_recorded_statistic_and_names_itself(bench) -> None:
    snapshot = bench.shot(bench.job())
    for key, quantity in QUANTITIES.items():
        view = bench.drawn(GradientFlowView, snapshot)
        view.choice.show_key(key)
        view.redraw()
        assert numpy.allclose(view.bars.bars.tops(), numpy.log10(snapshot.moment.statistic(key)))
        assert view.bars.values.name == quantity.title
        _, _, bottom, top = view.bars.home
        value = full(float(snapshot.moment.statistic(key)[1]))
        assert f"{quantity.short} {value}" in bench.hover(view.bars, 1.0, (bottom + top) / 2)
        assert view.numbers()[0][1] == STATISTIC_HEADINGS[key]
        for form in ("lines", "heat"):
            view.form.choose(form)
            view.redraw()
            assert len(view.numbers()) == 1 + len(snapshot.curves)


def test_the_user_takes_another_quantity(bench) -> None:
    view = bench.drawn(GradientFlowView, bench.shot(bench.job()))
    view.choice.setCurrentIndex(2)
    view.choice.activated.emit(2)
    assert view.quantity.statistic == "delta_rms"
    assert view.bars.values.name == "RMS of δ"


def test_whiskers_hold_the_middle_80_percent_of_the_units(bench) -> None:
    snapshot = bench.shot(bench.job(hidden=(12, 5)))
    view = bench.drawn(GradientFlowView, snapshot)
    W = snapshot.problem.network.layout.weights(snapshot.gradient, 1)
    units = numpy.sqrt((W * W).mean(axis=0))
    assert numpy.allclose(10.0 ** view.bars.bars.whiskers()[0], numpy.quantile(units, [0.1, 0.9]))
    assert [row[2:] for row in view.numbers()[1:]] == [
        tuple(plain(float(q)) for q in pair) for pair in view.bars.bars.spread
    ]
    _, _, bottom, top = view.bars.home
    assert full(float(numpy.quantile(units, 0.1))) in bench.hover(view.bars, 0.0, (bottom + top) / 2)
    view.choice.show_key("delta_rms")  # kept for whole layers only
    view.redraw()
    assert numpy.isnan(view.bars.bars.spread).all()


def unrecorded(snapshot):
    """The snapshot as if nothing but its own moment were known."""
    return dataclasses.replace(snapshot, curves=snapshot.curves.until(-1))


def test_the_bars_zones_are_measured_from_the_median_of_the_last_records_as_the_why_line_does(bench) -> None:
    job = bench.job()
    job.seek(40)
    view = bench.drawn(GradientFlowView, bench.shot(job))
    last = job.curves().statistic("gradient_W_rms")[26:41, -1]
    assert len(last) == RECENT
    assert numpy.allclose(view.bars.zones.edges()[0], numpy.log10(numpy.median(last)) - 3.0)
    assert usual(numpy.array([numpy.nan, 0.0]), 7.0) == 7.0


def test_zones_lie_so_many_decades_from_the_output_layers_value(bench) -> None:
    snapshot = unrecorded(bench.with_gradients(bench.shot(bench.job()), [1e-6, 1e-3, 1e-2]))
    view = bench.drawn(GradientFlowView, snapshot)
    lower, upper = view.bars.zones.edges()
    assert numpy.allclose(lower, -5.0)
    assert numpy.allclose(upper, 1.0)
    assert view.bars.zones.seen() == ["vanishing"]
    assert [entry.text for entry in view.legend.entries][-1] == "vanishing"
    view.zone.setValue(1.5)
    assert numpy.allclose(view.bars.zones.edges()[0], -3.5)
    view.draw(bench.with_gradients(snapshot, [1e3, 1e-1, 1e-2]))
    assert view.bars.zones.seen() == ["vanishing", "exploding"]
    view.grab()
    view.choice.show_key("update_ratio")  # of which nobody says so
    view.redraw()
    assert view.bars.zones.seen() == []
    assert not view.zone.isEnabled()


def test_over_steps_the_zones_follow_the_output_layer_and_cells_in_them_are_outlined(bench) -> None:
    snapshot = bench.shot(bench.job(hidden=(4,) * 8, initializer="random_normal"))
    view = bench.drawn(GradientFlowView, snapshot, "lines")
    history = snapshot.curves.statistic("gradient_W_rms")
    assert numpy.allclose(view.lines.zones.edges()[0], numpy.log10(history[1:, -1]) - 3.0)
    view.form.choose("heat")
    view.redraw()
    cells = view.heat.outline.cells
    assert cells[-1].tolist() == (history[-1] <= 1e-3 * history[-1, -1]).tolist()
    assert cells[-1, 0]
    assert not cells[-1, -1]
    bench.picture(view)


def test_where_there_is_no_room_the_zones_controls_go_first(bench) -> None:
    view = bench.drawn(GradientFlowView, bench.shot(bench.job()))
    assert view.zone.isVisible()
    view.resize(300, 300)
    assert not view.zone.isVisible()
    assert view.form.isVisible()


def test_numbers_are_written_as_the_room_allows(bench) -> None:
    few, many = bench.shot(bench.job(hidden=(4,))), bench.shot(bench.job(steps=5, hidden=(2,) * 49))
    some = bench.shot(bench.job(steps=5, hidden=(3,) * 14))
    bars = bench.drawn(GradientFlowView, few).bars.bars
    assert [bars._lettering(width).turned for width in (200.0, 20.0, 6.0)] == [False, True, True]
    assert [bars._lettering(width).every for width in (200.0, 20.0, 6.0)] == [1, 1, EVERY]
    for snapshot in (few, some, many):
        for size in ((430, 280), (800, 500)):
            view = bench.drawn(GradientFlowView, snapshot)
            view.resize(*size)
            bench.picture(view)
    odd = bench.with_gradients(some, [math.nan, math.inf, *([1e-3] * 13)])
    bench.picture(bench.drawn(GradientFlowView, odd))
