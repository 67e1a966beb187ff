"""The ONNX model: its graph gives the network's outputs; the package onnx writes it, where it is installed."""

import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy
import pytest

from nnviz.engine import ACTIVATIONS
from nnviz.experiment.code import onnx_model as module
from nnviz.experiment.code.kinds import write_code
from nnviz.experiment.code.onnx_graph import Graph, onnx_graph
from nnviz.experiment.code.plan import Plan
from nnviz.experiment.headless import train
from nnviz.experiment.specification import DataSpec, Experiment, LayerSpec, NetworkSpec, OutputSpec, TrainingSpec
from nnviz.experiment.training_job import TrainingJob

NAMES = [name for name in ACTIVATIONS if name != "softmax"]


def _spec(name: str, output: str = "softmax") -> Experiment:
    return Experiment(
        name='a "name"\nof two lines',
        data=DataSpec(source="iris"),
        network=NetworkSpec(
            hidden=(LayerSpec(units=5, activation=name), LayerSpec(units=4)), output=OutputSpec(output)
        ),
        training=TrainingSpec(loss="categorical_cross_entropy"),
    )


def _erf(z: Any) -> Any:
    from math import erf

    return numpy.vectorize(erf, otypes=[float])(z)


OPERATORS: dict[str, Any] = {
    # Written from ONNX's own descriptions.
    "Gemm": lambda a, b, c: a @ b + c,
    "Identity": lambda z: z,
    "Sigmoid": lambda z: 1.0 / (1.0 + numpy.exp(-z)),
    "Tanh": numpy.tanh,
    "Relu": lambda z: z * (z > 0),
    "Softplus": lambda z: numpy.log(1.0 + numpy.exp(z)),
    "LeakyRelu": lambda z, alpha: numpy.where(z >= 0, z, alpha * z),
    "Elu": lambda z, alpha: numpy.where(z >= 0, z, alpha * (numpy.exp(z) - 1.0)),
    "Softmax": lambda z, axis: numpy.exp(z) / numpy.exp(z).sum(axis=axis, keepdims=True),
    "Greater": numpy.greater,
    "Cast": lambda z, to: z.astype({1: numpy.float32}[to]),
    "Mul": numpy.multiply,
    "Div": numpy.divide,
    "Add": numpy.add,
    "Erf": _erf,
}


def _outputs(graph: Graph, x: Any) -> Any:
    values: dict[str, Any] = dict(graph.constants, x=x)
    for node in graph.nodes:
        assert node.output not in values, "every name is given once"
        values[node.output] = OPERATORS[node.operator](*(values[name] for name in node.inputs), **node.attributes)
    return values["y"]


@pytest.mark.parametrize("output", ["softmax", "linear", "gelu"])
@pytest.mark.parametrize("name", NAMES)
def test_the_graph_gives_the_outputs_of_the_trained_network(name: str, output: str) -> None:
    job = train(_spec(name, output), 30)
    graph, x = onnx_graph(Plan.of(job)), job.problem.objective.x
    want = job.problem.network.predict(job.trainer.theta, x)
    numpy.testing.assert_allclose(_outputs(graph, x), want, rtol=2e-5, atol=2e-5)
    assert (graph.n_in, graph.n_out) == (4, 3)


def test_every_constant_is_used_and_float32() -> None:
    graph = onnx_graph(Plan.of(train(_spec("gelu"), 0)))
    used = {name for node in graph.nodes for name in node.inputs}
    assert set(graph.constants) <= used
    assert {array.dtype for array in graph.constants.values()} == {numpy.dtype("float32")}


def test_a_package_that_is_not_there_is_not_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "onnx", None)  # type: ignore[arg-type]
    assert not module.has_onnx()


def test_without_the_package_it_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "has_onnx", lambda: False)
    with pytest.raises(ValueError, match=r"pip install 'nnviz\[onnx\]'"):
        module.onnx_model(Plan.of(train(_spec("relu"), 0)))


@pytest.mark.parametrize("name", NAMES)
def test_a_reader_of_onnx_files_gives_the_outputs_of_the_network(name: str, tmp_path: Path) -> None:
    onnx = pytest.importorskip("onnx")
    from onnx.reference import ReferenceEvaluator

    job, path = train(_spec(name), 30), tmp_path / "model.onnx"
    assert write_code(job.spec, "onnx", path, steps=30) == (path,)
    first = path.read_bytes()
    write_code(job.spec, "onnx", path, steps=30)
    assert path.read_bytes() == first
    x = job.problem.objective.x
    (got,) = ReferenceEvaluator(onnx.load(path)).run(None, {"x": x.astype(numpy.float32)})
    numpy.testing.assert_allclose(got, job.problem.network.predict(job.trainer.theta, x), rtol=2e-5, atol=2e-5)


class _StandIn:
    """As much of the package onnx as is called, to see with what: it stands in where onnx is not installed."""

    def __init__(self) -> None:
        self.checked: list[Any] = []
        self.TensorProto = SimpleNamespace(FLOAT=1)
        self.checker = SimpleNamespace(check_model=self.checked.append)
        self.numpy_helper = SimpleNamespace(from_array=lambda array, name: (name, array))
        self.helper = SimpleNamespace(
            make_node=lambda operator, inputs, outputs, **attributes: (operator, tuple(inputs), outputs, attributes),
            make_tensor_value_info=lambda *about: about,
            make_graph=lambda *parts: parts,
            make_opsetid=lambda *about: about,
            set_model_props=lambda model, given: model.props.update(given),
            make_model=self._make_model,
        )

    @staticmethod
    def _make_model(graph: Any, **about: Any) -> SimpleNamespace:
        return SimpleNamespace(
            graph=graph, about=about, props={}, SerializeToString=lambda *, deterministic: b"a model" * deterministic
        )


def test_the_package_is_given_the_whole_graph(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in = _StandIn()
    monkeypatch.setitem(sys.modules, "onnx", stand_in)  # type: ignore[arg-type]
    monkeypatch.setattr(module, "has_onnx", lambda: True)
    job = TrainingJob(train(_spec("relu"), 0).problem)
    assert module.onnx_model(Plan.of(job)) == b"a model"
    (model,) = stand_in.checked
    nodes, _, inputs, outputs, weights = model.graph
    assert [node[0] for node in nodes] == ["Gemm", "Relu", "Gemm", "Tanh", "Gemm", "Softmax"]
    assert inputs == [("x", 1, ["N", 4])]
    assert outputs == [("y", 1, ["N", 3])]
    assert [name for name, _ in weights] == ["W1", "b1", "W2", "b2", "W3", "b3"]
    assert model.props["outputs"] == "setosa, versicolor, virginica"
    assert "\n" not in model.about["doc_string"]
