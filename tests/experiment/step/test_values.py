"""The numbers on units and weights are the engine's, the neighbourhood is what matters most, the table is complete."""

import numpy
import pytest

from nnviz.experiment.step.explain import PHASES, Phase
from nnviz.experiment.step.record import example_pass, step_record
from nnviz.experiment.step.values import HEADER, Look, table

from .runs import run


def look(phase: Phase, *, batch: bool = False, **kind: object) -> Look:
    record = step_record(run(**kind))  # type: ignore[arg-type]
    return Look(record, None if batch else example_pass(record, int(record.batch.rows[0])), phase)


def test_forward_shows_z_and_a_and_the_weights() -> None:
    shown = look("forward")
    one, record = shown.one, shown.record
    assert one is not None
    (x,), (z, a), (_, y) = shown.unit_rows(0), shown.unit_rows(1), shown.unit_rows(2)
    assert (x[0], z[0], a[0], y[0]) == ("x", "z", "a", "ŷ")
    numpy.testing.assert_array_equal(x[1], one.a[0][0])
    numpy.testing.assert_array_equal(z[1], one.z[0][0])
    numpy.testing.assert_array_equal(a[1], one.a[1][0])
    numpy.testing.assert_array_equal(y[1], one.a[2][0])
    numpy.testing.assert_array_equal(shown.weights(1), record.network.layout.weights(record.theta, 1))
    assert shown.weight_symbol == "w"


def test_the_loss_shows_outputs_targets_and_what_they_cost() -> None:
    shown = look("loss")
    assert shown.one is not None
    assert [name for name, _ in shown.unit_rows(2)] == ["y", "ŷ"]
    assert [name for name, _ in shown.unit_rows(1)] == ["a"]
    assert shown.losses == (("ℓ", shown.one.losses[0]),)
    assert look("loss", batch=True).losses == (("J", look("loss", batch=True).record.cost),)
    names = [name for name, _ in look("loss", batch=True, l1=0.1, l2=0.1).losses]
    assert names == ["L", "R₁", "R₂", "J"]


@pytest.mark.parametrize("batch", [False, True])
def test_backward_shows_delta_and_gradient(batch: bool) -> None:
    shown = look("backward", batch=batch)
    record = shown.record
    gradient = record.gradient if shown.one is None else shown.one.gradient
    numpy.testing.assert_array_equal(shown.weights(2), record.network.layout.weights(gradient, 2))
    ((name, values),) = shown.unit_rows(1)
    assert name == ("Σδ" if batch else "δ")
    assert shown.weight_symbol == ("∂J/∂w" if batch else "∂ℓ/∂w")
    # The derivative by a bias is delta, and summed over a batch it is the batch's.
    numpy.testing.assert_allclose(values, record.network.layout.biases(gradient, 1), rtol=1e-12)


def test_the_update_shows_before_change_and_after() -> None:
    shown = look("update", optimizer="adam")
    before, change, after = (values for _, values in shown.unit_rows(1))
    numpy.testing.assert_array_equal(before + change, after)
    record = shown.record
    numpy.testing.assert_array_equal(shown.weights(1), record.network.layout.weights(record.delta_theta, 1))
    assert shown.unit_rows(1)[shown.main_row][0] == "Δb"
    assert shown.unit_rows(0)[0][0] == "x"


@pytest.mark.parametrize("phase", PHASES)
def test_a_batch_shows_means(phase: Phase) -> None:
    shown = look(phase, batch=True)
    numpy.testing.assert_allclose(shown.a(1), numpy.mean(shown.record.batch.a[1], axis=0))
    for layer in range(3):
        assert all(len(values) == shown.record.network.sizes[layer] for _, values in shown.unit_rows(layer))


def test_the_neighbourhood_is_the_strongest_inputs_and_outputs_of_the_selected_unit() -> None:
    shown = look("forward", source="digits", hidden=(32, 9), output="softmax", loss="categorical_cross_entropy")
    one, record = shown.one, shown.record
    assert one is not None
    units = shown.neighbourhood((1, 17), 5)
    assert 17 in units[1]
    assert [len(layer) for layer in units] == [5, 5, 5, 5]
    strength = numpy.abs(record.network.layout.weights(record.theta, 1)[:, 17] * one.a[0][0])
    assert set(units[0]) == set(numpy.argsort(-strength, kind="stable")[:5].tolist())
    onward = numpy.abs(record.network.layout.weights(record.theta, 2)[17] * one.a[1][0, 17])
    assert set(units[2]) == set(numpy.argsort(-onward, kind="stable")[:5].tolist())


def test_a_network_that_fits_is_shown_whole() -> None:
    assert look("backward").neighbourhood(None, 8) == ((0, 1), (0, 1, 2), (0,))
    assert look("update").neighbourhood((2, 0), 8) == ((0, 1), (0, 1, 2), (0,))


@pytest.mark.parametrize("batch", [False, True])
def test_the_table_holds_every_number_of_the_step(batch: bool) -> None:
    shown = look("forward", batch=batch, optimizer="adam", l1=0.01, l2=0.02)
    record = shown.record
    head, *rows = table(shown)
    assert head == HEADER
    named = {row[:5]: float(row[5]) for row in rows}
    assert len(named) == len(rows)
    assert named["cost", "", "", "", ""] == record.cost
    assert named["learning rate", "", "", "", ""] == 0.05
    index = record.network.layout.index(1, 1, 2)
    place = ("1", "2", "3", "")
    for name, flat in (
        ("theta before", record.theta),
        ("gradient of the data", record.batch.gradient),
        ("gradient of l1", record.l1_gradient),
        ("gradient of l2", record.l2_gradient),
        ("gradient", record.gradient),
        ("mean before", record.slots_before[0]),
        ("squares after", record.slots_after[1]),
        ("update", record.delta_theta),
        ("theta after", record.theta_after),
    ):
        assert named[name, *place] == flat[index]
    kept = shown.one or record.batch
    example = str(int(kept.rows[-1]) + 1)
    assert named["delta", "1", "", "3", example] == kept.delta[0][-1, 2]
    assert named["loss", "", "", "", example] == kept.losses[-1]
    assert ("gradient of the example", *place) in named or batch
