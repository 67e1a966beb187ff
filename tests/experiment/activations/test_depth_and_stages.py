"""Products of derivatives, tanh out of a sigmoid, softmax of a layer, and the document itself."""

import math
import re

import numpy
import pytest

from nnviz.engine import ACTIVATIONS
from nnviz.experiment.activations.depth import depth_lines
from nnviz.experiment.activations.softmax_layer import shares_of, softmax_layer, value_and_slope
from nnviz.experiment.activations.specification import (
    Activations,
    InputSpec,
    shown_activations,
    shown_elementwise,
)
from nnviz.experiment.activations.tanh_stages import STAGES, identity, stage_slope, stage_value
from nnviz.experiment.documents import workspace_of
from nnviz.experiment.files import dump_document, load_document, parse_document
from nnviz.resources import resource

EVERYTHING = tuple(ACTIVATIONS)


def test_the_bound_is_the_power_of_the_largest_slope() -> None:
    lines = {line.activation.name: line for line in depth_lines(Activations(shown=EVERYTHING, depth=64))}
    assert "softmax" not in lines
    assert lines["sigmoid"].bound.tolist() == [0.25**n for n in range(65)]
    assert lines["tanh"].bound.tolist() == [1.0] * 65
    assert lines["threshold"].bound.tolist() == [1.0] + [0.0] * 64
    assert math.log10(lines["sigmoid"].bound[1]) == pytest.approx(-0.60206, abs=1e-5)


@pytest.mark.parametrize("kind", ["rms", "mean"])
def test_the_average_is_that_of_products_of_independent_draws(kind: str) -> None:
    spec = Activations(shown=EVERYTHING, depth=3, product=kind, inputs=InputSpec("normal", 0.3, 1.5))
    z = numpy.random.default_rng(1).normal(0.3, 1.5, (3, 400_000))
    for line in depth_lines(spec):
        product = numpy.abs(numpy.prod(line.activation.derivative(z), axis=0))
        direct = math.sqrt((product**2).mean()) if kind == "rms" else product.mean()
        assert line.typical[3] == pytest.approx(direct, rel=0.02)
        assert line.typical[0] == 1.0
        assert line.typical[2] == pytest.approx(line.factor**2)
        assert (line.typical <= line.bound * (1.0 + 1e-6)).all()


def test_decades_a_layer_are_the_logarithm_of_the_factor() -> None:
    sigmoid, threshold = depth_lines(Activations(shown=("threshold", "sigmoid")))[::-1]
    assert sigmoid.decades == pytest.approx(math.log10(sigmoid.factor))
    assert threshold.decades == -math.inf


def test_tanh_is_the_last_stage_to_the_last_digits() -> None:
    found = identity()
    assert found.value <= 1e-15
    assert found.slope <= 1e-15
    assert len(STAGES) == 4


@pytest.mark.parametrize("stage", range(4))
def test_the_slope_of_each_stage_is_the_derivative_of_its_value(stage: int) -> None:
    z, h = numpy.linspace(-4.0, 4.0, 81), 1e-5
    numerical = (stage_value(stage, z + h) - stage_value(stage, z - h)) / (2.0 * h)
    assert stage_slope(stage, z) == pytest.approx(numerical, abs=1e-9)
    assert float(stage_slope(stage, numpy.zeros(1))[0]) == (0.25, 0.5, 1.0, 1.0)[stage]


def test_softmax_shares_sum_to_1_and_depend_on_every_input() -> None:
    layer = (2.0, 1.0, -0.5)
    found = softmax_layer(layer)
    exponentials = [math.exp(z) for z in layer]
    assert found.shares.tolist() == pytest.approx([value / sum(exponentials) for value in exponentials])
    h = 1e-6
    for j in range(3):
        up, down = ([z + sign * h * (i == j) for i, z in enumerate(layer)] for sign in (1.0, -1.0))
        assert found.jacobian[:, j] == pytest.approx(
            (shares_of(tuple(up)) - shares_of(tuple(down))) / (2 * h), abs=1e-9
        )
    assert found.outputs.sum(axis=1) == pytest.approx(numpy.ones(len(found.z)))
    assert found.z[0] < layer[0] < found.z[-1]


def test_the_cross_hair_reads_one_output_of_softmax_and_any_function_of_one_number() -> None:
    share, slope = value_and_slope(ACTIVATIONS["softmax"], (9.0, 1.0, 0.0), 2.0)
    assert share == pytest.approx(float(shares_of((2.0, 1.0, 0.0))[0]))
    assert slope == pytest.approx(share * (1.0 - share))
    assert value_and_slope(ACTIVATIONS["sigmoid"], (0.0, 0.0, 0.0), 0.0) == (0.5, 0.25)


def test_functions_keep_the_registrys_order_and_get_their_alpha() -> None:
    spec = Activations(shown=("softmax", "elu", "leaky_relu", "linear"), leaky_alpha=0.3, elu_alpha=2.0)
    assert [own.name for own in shown_activations(spec)] == ["linear", "leaky_relu", "elu", "softmax"]
    assert [own.alpha for own in shown_elementwise(spec)] == [None, 0.3, 2.0]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ('"shown": ["sigmoide"]', "shown: 'sigmoide' is not known; allowed are linear"),
        ('"shown": ["tanh", "tanh"]', "shown: a name stands there twice"),
        ('"shown": []', "shown"),
        ('"depth": 65', "depth"),
        ('"inputs": {"width": 0}', "inputs.width"),
        ('"inputs": {"spread": 1}', "inputs.spread: unknown key; allowed are kind, mean, width"),
        ('"page": "other"', "page"),
        ('"leaky_alpha": -0.1', "leaky_alpha"),
    ],
)
def test_what_is_wrong_in_a_file_is_named_by_its_key(content: str, sentence: str) -> None:
    file = f'{{"format": "nnviz", "version": 1, "workspace": "activations", {content}}}'
    with pytest.raises(ValueError, match=re.escape(sentence)) as caught:
        parse_document(file.encode(), "a.nnviz")
    assert "\n" not in str(caught.value)


def test_a_document_survives_its_file() -> None:
    document = Activations(shown=("elu", "gelu"), inputs=InputSpec("uniform", 1.5, 0.1), page="depth", depth=7)
    assert workspace_of(document) == "activations"
    assert parse_document(dump_document(document), "x") == document


def test_every_shipped_preset_opens_and_says_what_it_is_for() -> None:
    files = sorted(resource("presets", "activations").glob("*.nnviz"))
    assert len(files) == 6
    for file in files:
        document = load_document(file)
        assert isinstance(document, Activations)
        assert document.description
        assert dump_document(document) == file.read_bytes()
