"""What holds for every generator: shapes, repeatability, noise that moves the same examples, and refusals."""

import dataclasses

import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnviz.engine.datasets import GENERATORS, MAX_SIZE, TASKS, Parameter

NAMES = list(GENERATORS)
TASK_OF = {
    **dict.fromkeys(["circle", "xor", "gauss", "moons", "spiral", "checkerboard"], "binary"),
    "rings": "multi-class",
    "regions": "multi-label",
    **dict.fromkeys(["plane", "multi_gauss", "sine", "x_sin_x", "step", "houses"], "regression"),
}
DIMENSIONS = {"sine": 1, "x_sin_x": 1, "step": 1, "houses": 5}


def seeded(seed: int = 0) -> numpy.random.Generator:
    return numpy.random.default_rng(seed)


@st.composite
def requests(draw):
    """A generator's name with a size, a noise and parameters that it allows."""
    name = draw(st.sampled_from(NAMES))
    parameters = {
        key: draw(
            st.integers(each.minimum, each.maximum)
            if isinstance(each.default, int)
            else st.floats(each.minimum, each.maximum)
        )
        for key, each in GENERATORS[name].parameters.items()
    }
    return name, draw(st.integers(0, 60)), draw(st.floats(0, 1)), parameters


def test_every_name_is_there_with_its_task_and_number_of_inputs():
    assert set(NAMES) == set(TASK_OF)
    for name, generator in GENERATORS.items():
        assert (generator.name, generator.task) == (name, TASK_OF[name])
        assert generator.dimensions == DIMENSIONS.get(name, 2)
        assert generator.label
        assert generator.description.endswith(".")
        assert 0 < generator.size <= MAX_SIZE
        assert 0 <= generator.noise <= 1


@settings(deadline=None)
@given(request=requests())
def test_every_request_gives_finite_arrays_that_fit_names_and_task(request):
    name, size, noise, parameters = request
    dataset = GENERATORS[name].generate(seeded(), size, noise, **parameters)
    outputs = 1 if dataset.task == "binary" else len(dataset.target_names)
    assert dataset.name == name
    assert dataset.task in TASKS
    assert dataset.x.shape == (size, len(dataset.feature_names)) == (size, GENERATORS[name].dimensions)
    assert dataset.y.shape == (size, outputs)
    assert dataset.x.dtype == dataset.y.dtype == numpy.float64
    assert numpy.isfinite(dataset.x).all()
    assert numpy.isfinite(dataset.y).all()
    assert dataset.note.endswith(".")
    if dataset.task != "regression":
        assert set(dataset.y.ravel()) <= {0.0, 1.0}


@settings(deadline=None)
@given(request=requests(), other_noise=st.floats(0, 1))
def test_same_state_gives_the_same_bits_and_noise_moves_the_same_examples(request, other_noise):
    name, size, noise, parameters = request
    first, again, other, none = (
        GENERATORS[name].generate(seeded(7), size, level, **parameters) for level in (noise, noise, other_noise, 0.0)
    )
    assert first.x.tobytes() == again.x.tobytes()
    assert first.y.tobytes() == again.y.tobytes()
    if first.task == "regression":
        assert first.x.tobytes() == other.x.tobytes()
        moved, moved_otherwise = first.y - none.y, other.y - none.y
    else:
        assert first.y.tobytes() == other.y.tobytes()
        moved, moved_otherwise = first.x - none.x, other.x - none.x
    # The same displacement, in proportion to the noise. The prices' rounding is of the order of 1e-10.
    assert numpy.allclose(moved * other_noise, moved_otherwise * noise, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("name", NAMES)
def test_other_seeds_give_other_data(name):
    first, second = (GENERATORS[name].generate(seeded(seed), 50) for seed in (1, 2))
    assert not numpy.array_equal(first.x, second.x)


@pytest.mark.parametrize("name", NAMES)
def test_what_is_left_out_takes_its_default(name):
    generator = GENERATORS[name]
    given_all = {key: each.default for key, each in generator.parameters.items()}
    implicit = generator.generate(seeded())
    explicit = generator.generate(seeded(), generator.size, generator.noise, **given_all)
    assert len(implicit.x) == generator.size
    assert implicit.task == generator.task
    assert implicit.x.tobytes() + implicit.y.tobytes() == explicit.x.tobytes() + explicit.y.tobytes()


@pytest.mark.parametrize("name", [name for name in NAMES if DIMENSIONS.get(name, 2) < 5])
def test_inputs_live_in_about_minus_six_to_six(name):
    x = GENERATORS[name].generate(seeded(), 5000).x
    assert numpy.mean(numpy.abs(x) <= 6) > 0.99
    assert 2 < numpy.abs(x).max() < 7.5


def test_the_largest_size_is_allowed():
    assert GENERATORS["spiral"].generate(seeded(), MAX_SIZE, arms=5).x.shape == (100_000, 2)


@pytest.mark.parametrize(
    ("name", "arguments", "message"),
    [
        ("circle", {"size": -1}, "size is -1; allowed is a whole number from 0 to 100,000"),
        ("circle", {"size": 100_001}, "size is 100001; allowed is a whole number from 0 to 100,000"),
        ("circle", {"size": 1.5}, "size is 1.5; allowed is a whole"),
        ("circle", {"size": "9"}, "size is '9'; allowed is a whole"),
        ("circle", {"size": True}, "size is True; allowed is a whole"),
        ("circle", {"size": float("inf")}, "size is inf; allowed is a whole"),
        ("circle", {"noise": -0.01}, "noise is -0.01; allowed is a number from 0.0 to 1.0"),
        ("circle", {"noise": 1.01}, "noise is 1.01; allowed is a number from 0.0 to 1.0"),
        ("circle", {"noise": float("nan")}, "noise is nan; allowed is a number"),
        ("circle", {"noise": None, "arms": 2}, "circle got the unknown parameter arms; none is allowed"),
        ("spiral", {"arms": 1}, "arms is 1; allowed is a whole number from 2 to 5"),
        ("spiral", {"arms": 6}, "arms is 6; allowed is a whole number from 2 to 5"),
        ("spiral", {"arms": 2.5}, "arms is 2.5; allowed is a whole number from 2 to 5"),
        ("spiral", {"turns": 9.0}, "turns is 9.0; allowed is a number from 0.5 to 3.0"),
        ("spiral", {"legs": 2}, "spiral got the unknown parameter legs; allowed is arms, turns"),
        ("checkerboard", {"cells": 9}, "cells is 9; allowed is a whole number from 2 to 8"),
        ("sine", {"frequency": 0}, "frequency is 0; allowed is a number from 0.25 to 4.0"),
        ("houses", {"base_price": -5}, "base_price is -5; allowed is a whole number from 0 to 200,000"),
    ],
)
def test_wrong_arguments_are_named_with_what_is_allowed(name, arguments, message):
    with pytest.raises(ValueError, match="allowed") as refusal:
        GENERATORS[name].generate(seeded(), **arguments)
    assert str(refusal.value).startswith(message)


def test_a_whole_parameter_takes_a_whole_float_as_json_readers_give_it():
    value = Parameter("Arms", 2, 2, 5).check("arms", 3.0)
    assert value == 3
    assert isinstance(value, int)
    assert isinstance(Parameter("Arms", 2, 2, 5).check("arms", numpy.int64(3)), int)


def test_generators_cannot_be_changed_by_accident():
    with pytest.raises(dataclasses.FrozenInstanceError):
        GENERATORS["circle"].size = 3
    with pytest.raises(TypeError):
        GENERATORS["circle"] = GENERATORS["xor"]
