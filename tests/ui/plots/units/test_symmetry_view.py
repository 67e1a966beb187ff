import numpy
from PySide6.QtWidgets import QWidget

from nnviz.engine.symmetry import unit_classes
from nnviz.experiment.specification import replace
from nnviz.ui.plots.units.symmetry_rows import SymmetryRows, in_words
from nnviz.ui.plots.units.symmetry_view import NO_HIDDEN, NOTHING_YET, SymmetryView
from nnviz.ui.theme import DARK, LIGHT


def test_equal_units_are_counted_as_one_and_say_who_their_twins_are(bench) -> None:
    view = bench.drawn(SymmetryView, bench.shot(bench.job(hidden=(8,), initializer="constant")))
    assert view.rows.rows.names == ["1 · 8 units, 1 distinct"]
    assert view.legend.entries[0].strong == "8 units, 1 distinct"
    assert bench.hover(view.rows, 2.0, 0.0) == "layer 1, unit 3\nequal to units 1, 2, 4, 5, 6, 7, 8"
    assert view.numbers() == [("layer", "units", "distinct units"), ("1", "8", "1")]


def test_different_units_are_outlines(bench) -> None:
    snapshot = bench.shot(bench.job(hidden=(4, 3)))
    view = bench.drawn(SymmetryView, snapshot)
    assert [entry.text for entry in view.legend.entries] == ["all units are different"]
    assert view.rows.rows.names == ["2 · 3 units, 3 distinct", "1 · 4 units, 4 distinct"]
    assert bench.hover(view.rows, 0.0, 1.0) == "layer 1, unit 1\nequal to no other"
    assert bench.hover(view.rows, 3.0, 0.0) == ""  # layer 2 has three units
    bench.picture(view)


def test_classes_are_the_engines_and_pairs_are_told_apart(bench) -> None:
    job = bench.job(hidden=(6,))
    layout, theta = job.problem.network.layout, job.trainer.theta
    for twin, unit in ((1, 0), (4, 3)):
        layout.block(theta, 1)[:, twin] = layout.block(theta, 1)[:, unit]
        layout.weights(theta, 2)[twin] = layout.weights(theta, 2)[unit]
    snapshot = bench.shot(job)
    view = bench.drawn(SymmetryView, snapshot)
    assert numpy.array_equal(view.rows.squares.classes[0], unit_classes(layout, theta, 1))
    assert in_words(view.rows.squares.classes[0]) == "6 units, 4 distinct"
    assert bench.hover(view.rows, 0.0, 0.0).endswith("equal to unit 2")
    picture, ratio = bench.picture(view), view.devicePixelRatioF()
    places = [view.rows.mapTo(view, view.rows.pixel_of(unit, 0.0)) for unit in (0, 1, 3, 4)]
    colors = [picture.pixelColor(round(place.x() * ratio), round(place.y() * ratio)).name() for place in places]
    assert colors == [LIGHT.classes[0], LIGHT.classes[0], LIGHT.classes[1], LIGHT.classes[1]]


def test_over_steps_it_is_the_record(bench) -> None:
    snapshot = bench.shot(bench.job(hidden=(5, 3), initializer="zeros"))
    view = bench.drawn(SymmetryView, snapshot, "lines")
    counts = snapshot.curves.statistic("distinct_units")[:, :-1]
    for l, curve in enumerate(view.lines.course.curves):
        assert numpy.array_equal(curve.ys, counts[:, l], equal_nan=True)
        assert curve.color == LIGHT.layer_color(l + 1, 3)
    assert "layer 1: 1 distinct" in bench.hover(view.lines, 20.0, 2.0)
    table = view.numbers()
    assert table[0] == ("step", "layer 1: distinct units", "layer 2: distinct units")
    assert table[-1] == ("60", "1", "1")
    view.form.choose("rows")
    head, *units = view.more_numbers()["units"]
    assert head == ("layer", "unit", "group of equal units")
    assert [row[2] for row in units] == ["1"] * 8


def test_a_change_on_the_way_is_said_where_it_was_made(bench) -> None:
    job = bench.job(steps=20)
    job.tune(replace(job.training, learning_rate=0.5))
    job.advance(20)
    view = bench.drawn(SymmetryView, bench.shot(job), "lines")
    assert "0.5" in bench.hover(view.lines, 20.0, 1.0)


def test_without_hidden_layers_or_steps_it_says_so(bench) -> None:
    view = bench.drawn(SymmetryView, bench.shot(bench.job(hidden=())))
    assert view.rows._message.text() == NO_HIDDEN
    assert view.legend.entries == []
    assert view.numbers() == [("layer", "units", "distinct units")]
    before = bench.drawn(SymmetryView, bench.shot(bench.job(steps=0)), "lines")
    assert before.lines._message.text() == NOTHING_YET
    assert SymmetryView().numbers() == []


def test_fifty_layers_and_wide_ones(bench) -> None:
    deep, wide = bench.shot(bench.job(steps=3, hidden=(3,) * 49)), bench.shot(bench.job(steps=3, hidden=(200, 2)))
    for snapshot in (deep, wide):
        for form in ("rows", "lines"):
            bench.picture(bench.drawn(SymmetryView, snapshot, form))


def test_another_depth_afterwards_has_as_many_lines(bench) -> None:
    view = bench.drawn(SymmetryView, bench.shot(bench.job(hidden=(5, 3))), "lines")
    first = list(view.lines.course.curves)
    view.draw(bench.shot(bench.job(steps=70, hidden=(5, 3))))
    assert view.lines.course.curves == first, "the lines of a run are made once"
    view.draw(bench.shot(bench.job(hidden=(5,))))
    assert len(view.lines.course.curves) == 1
    assert view.lines.course.curves[0].color == LIGHT.layer_color(1, 2)


def test_the_legend_of_many_layers_names_the_first_and_the_last(bench) -> None:
    view = bench.drawn(SymmetryView, bench.shot(bench.job(steps=3, hidden=(2,) * 20)), "lines")
    texts = [entry.text for entry in view.legend.entries]
    assert (texts[0], texts[-1], len(texts)) == ("layer 1", "layer 20", 9)


def test_another_theme_and_back_gives_the_same_pixels(bench) -> None:
    snapshot = bench.shot(bench.job(initializer="zeros"))
    for form in ("rows", "lines"):
        view = bench.drawn(SymmetryView, snapshot, form)
        before = bench.picture(view)
        view.set_theme(DARK)
        assert bench.picture(view) != before
        view.set_theme(LIGHT)
        assert bench.picture(view) == before


def test_three_hundred_units_are_seen_as_strips(qtbot) -> None:
    window, rows = QWidget(), SymmetryRows()
    qtbot.addWidget(window)
    rows.setParent(window)
    window.resize(420, 200)
    rows.resize(420, 200)
    rows.show_classes((numpy.arange(300), numpy.arange(300) // 2))
    window.show()
    picture, ground = rows.grab().toImage(), LIGHT.color("surface")
    ratio = picture.devicePixelRatio()
    for layer in (0, 1):
        left, right = rows.pixel_of(20.0, layer), rows.pixel_of(280.0, layer)
        y = round(left.y() * ratio)
        across = range(round(left.x() * ratio), round(right.x() * ratio))
        apart = [abs(picture.pixelColor(x, y).lightness() - ground.lightness()) for x in across]
        assert numpy.mean(apart) > 40.0
        # And as high as a square may be, not as its width.
        high = [
            picture.pixelColor(across[0], y + step) != ground for step in range(round(-8 * ratio), round(8 * ratio))
        ]
        assert all(high)
