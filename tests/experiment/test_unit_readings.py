"""What reaches the units: z over the plane and on the examples, equal to the network's own."""

import numpy
import pytest

from nnviz.experiment.problem import resolve
from nnviz.experiment.readings import (
    SAMPLE_EXAMPLES,
    UNIT_POINTS,
    Instant,
    looked_at,
    pre_activation_sample,
    pre_activations,
    unit_deltas,
)
from nnviz.experiment.specification import (
    DataSpec,
    Experiment,
    InitializerSpec,
    LayerSpec,
    NetworkSpec,
    replace,
)
from nnviz.experiment.training_job import TrainingJob
from nnviz.experiment.watch import Watch

HE = InitializerSpec("he_normal")
SPEC = Experiment(
    data=DataSpec("circle", size=100),
    network=NetworkSpec((LayerSpec(5, "relu", weights=HE), LayerSpec(4, "sigmoid", weights=HE), LayerSpec(3, "tanh"))),
)


def now(watch: Watch, spec: Experiment = SPEC, steps: int = 10) -> Instant:
    job = TrainingJob(resolve(spec))
    job.advance(steps)
    return Instant(job.problem, job.trainer.theta.copy(), watch, job.trainer.tape)


def test_z_over_the_plane_is_the_networks_own():
    instant = now(Watch(layer=2))
    reading = pre_activations(instant)
    assert (reading.layer, reading.axes, reading.extent) == (2, (0, 1), (-6.0, 6.0, -6.0, 6.0))
    assert reading.values.shape == (4, UNIT_POINTS, UNIT_POINTS)
    side = numpy.linspace(-6.0, 6.0, UNIT_POINTS)
    for row, column in ((0, 0), (3, 40), (49, 7)):
        x = instant.problem.inputs.apply(numpy.array([[side[column], side[row]]]))
        z = instant.problem.network.forward(instant.theta, x).z(2)[0]
        assert numpy.allclose(reading.values[:, row, column], z, rtol=1e-5, atol=1e-6)


def test_data_of_one_input_have_no_plane_and_of_many_a_slice():
    assert pre_activations(now(Watch(), replace(SPEC, data=DataSpec("sine", size=40)))) is None
    assert pre_activations(now(Watch(axes=(4, 1)), replace(SPEC, data=DataSpec("houses", size=40)))).axes == (4, 1)
    assert pre_activations(now(Watch(axes=(9, 9)))).axes == (0, 1)


def test_the_sample_of_a_layer_holds_all_its_z_and_the_mean_gate():  # row 8.3
    instant = now(Watch(layer=2))
    sample = pre_activation_sample(instant)
    tape = instant.problem.network.forward(instant.theta, instant.problem.objective.x)
    z, a = tape.z(2), tape.a(2)
    assert (sample.layer, sample.unit, sample.of) == (2, None, 50)
    assert numpy.allclose(sample.z, z)
    assert sample.mean_gate == pytest.approx(numpy.mean(a * (1.0 - a)), rel=1e-12)
    assert (sample.low, sample.high) == pytest.approx((z.min(), z.max()))
    assert sample.counts.sum() == z.size
    assert sample.input_mean == pytest.approx(tape.a(1).mean())
    assert sample.one_sign_share == 1.0  # row 9.5: fed by ReLU


def test_the_sample_of_one_unit_is_its_own():
    whole, one = pre_activation_sample(now(Watch(layer=1))), pre_activation_sample(now(Watch(unit=(1, 3))))
    assert (one.layer, one.unit) == (1, 3)
    assert numpy.array_equal(one.z[:, 0], whole.z[:, 3])
    assert one.mean_gate == pytest.approx(numpy.mean(one.z > 0.0))


def test_fed_by_sigmoid_all_examples_pull_one_way_and_fed_by_tanh_they_do_not():  # row 9.5
    assert pre_activation_sample(now(Watch(layer=3))).one_sign_share == 1.0
    assert pre_activation_sample(now(Watch(layer=4))).one_sign_share < 0.9


@pytest.mark.parametrize(
    ("watch", "selected"),
    [
        (Watch(unit=(1, 4)), (1, 4)),
        (Watch(unit=(1, 5), layer=2), (2, None)),
        (Watch(unit=(0, 0), layer=3), (3, None)),
        (Watch(unit=(9, 0), layer=9), (4, None)),
        (Watch(layer=-2), (1, None)),
    ],
)
def test_what_does_not_exist_is_not_selected(watch, selected):
    assert looked_at(watch, now(Watch()).problem.network) == selected


def test_many_examples_and_wide_layers_are_sampled_evenly():
    spec = replace(SPEC, data=DataSpec("circle", size=9000), network=NetworkSpec((LayerSpec(100, "relu", weights=HE),)))
    layer, unit = pre_activation_sample(now(Watch(), spec)), pre_activation_sample(now(Watch(unit=(1, 0)), spec))
    assert (layer.z.shape, layer.of) == ((500, 100), 4500)
    assert unit.z.shape == (SAMPLE_EXAMPLES, 1)
    assert numpy.array_equal(layer.z[[0, -1], 0], unit.z[[0, -1], 0])


def test_what_is_no_number_stays_so():
    instant = now(Watch())
    sample = pre_activation_sample(Instant(instant.problem, numpy.full_like(instant.theta, numpy.nan)))
    assert numpy.isnan([sample.mean_gate, sample.low, sample.high]).all()
    assert sample.counts.sum() == 0


def test_deltas_of_units_are_those_of_the_step_that_led_here_and_none_before_it():
    instant = now(Watch())
    reading = unit_deltas(instant)
    assert [len(units) for units in reading.layers] == [5, 4, 3, 1]
    for l, units in enumerate(reading.layers, start=1):
        assert numpy.allclose(units, numpy.sqrt(numpy.mean(instant.tape.delta(l) ** 2, axis=0)))
    assert unit_deltas(now(Watch(), steps=0)) is None
