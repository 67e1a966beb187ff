"""The PyTorch script: where torch is installed it runs, with torch as the oracle; its text is checked everywhere."""

import ast
import re
import runpy
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy
import pytest

from nnviz.engine import ACTIVATIONS, LOSSES, OPTIMIZERS
from nnviz.experiment.code.kinds import write_code
from nnviz.experiment.headless import train
from nnviz.experiment.problem import resolve
from nnviz.experiment.specification import (
    Change,
    DataSpec,
    Experiment,
    InitializerSpec,
    LayerSpec,
    NetworkSpec,
    OutputSpec,
    TrainingSpec,
    WeightEdit,
    replace,
)
from nnviz.experiment.weights import save_weights

TRAINING = TrainingSpec(learning_rate=0.1, batch_size=7)
SPEC = Experiment(seed=3, data=DataSpec(source="rings", size=60), training=TRAINING)
HIDDEN = [name for name in ACTIVATIONS if name != "softmax"]


@pytest.fixture
def torch() -> Iterator[Any]:
    module = pytest.importorskip("torch")
    dtype, threads = module.get_default_dtype(), module.get_num_threads()
    yield module
    module.set_default_dtype(dtype)
    module.set_num_threads(threads)


def _script(spec: Experiment, folder: Path, steps: int = 40) -> dict[str, Any]:
    write_code(spec, "pytorch", folder / "script.py", steps=steps)
    return runpy.run_path(str(folder / "script.py"))


def _compare(spec: Experiment, folder: Path, steps: int = 40) -> None:
    job = train(spec, steps)
    model, rows = _script(spec, folder, steps)["train"]()
    mine, curves = {row[0]: row[1:] for row in rows}, job.curves()
    for place, column in enumerate(("train_cost", "test_cost")):
        got = [mine[int(step)][place] for step in curves.column("step")]
        numpy.testing.assert_allclose(got, curves.column(column), rtol=1e-9, atol=1e-9)
    assert model.training


@pytest.mark.parametrize("name", HIDDEN)
def test_the_same_weights_give_the_same_outputs(name: str, torch: Any, tmp_path: Path) -> None:
    hidden = (LayerSpec(units=5, activation=name, biases=InitializerSpec("random_normal")), LayerSpec(units=4))
    for output in ("linear", "softmax", "sigmoid"):
        spec = replace(SPEC, network=NetworkSpec(hidden=hidden, output=OutputSpec(output)))
        problem, script = resolve(spec), _script(spec, tmp_path, 0)
        model = script["Network"]()
        script["set_weights"](model, [script[f"{kind}{l}"] for l in (1, 2, 3) for kind in "Wb"])
        got = model(torch.from_numpy(problem.objective.x.copy())).detach().numpy()
        want = problem.network.predict(problem.theta_0, problem.objective.x)
        numpy.testing.assert_allclose(got, want, rtol=1e-12, atol=1e-12)


def test_a_file_of_weights_can_be_loaded(torch: Any, tmp_path: Path) -> None:
    job, script = train(SPEC, 30), _script(SPEC, tmp_path, 0)
    save_weights(job.problem.network, job.trainer.theta, tmp_path / "weights.npz")
    model = script["Network"]()
    script["load_weights"](model, tmp_path / "weights.npz")
    got = model(torch.from_numpy(job.problem.objective.x.copy())).detach().numpy()
    want = job.problem.network.predict(job.trainer.theta, job.problem.objective.x)
    numpy.testing.assert_allclose(got, want, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_training_takes_the_same_steps(name: str, torch: Any, tmp_path: Path) -> None:
    own = {key: record.default * 0.9 for key, record in OPTIMIZERS[name].parameters.items()}
    training = replace(TRAINING, optimizer=name, parameters=own, learning_rate=0.02)
    _compare(replace(SPEC, training=training), tmp_path)
    _compare(replace(SPEC, training=replace(training, l1=0.01, l2=0.02, batch_size=None)), tmp_path)


def test_nesterov_without_momentum_is_gradient_descent(torch: Any, tmp_path: Path) -> None:
    _compare(replace(SPEC, training=replace(TRAINING, optimizer="nesterov", parameters={"momentum": 0.0})), tmp_path)


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("output", ["linear", "sigmoid", "tanh", "softmax", "threshold"])
def test_every_loss_with_every_sort_of_output(loss: str, output: str, torch: Any, tmp_path: Path) -> None:
    network = NetworkSpec(hidden=(LayerSpec(units=4),), output=OutputSpec(output))
    _compare(replace(SPEC, network=network, training=replace(TRAINING, loss=loss)), tmp_path)


def test_it_trains_up_to_the_first_change(torch: Any, tmp_path: Path) -> None:
    changes = (Change(0, weights=(WeightEdit(0, 1.5),)), Change(20, replace(TRAINING, learning_rate=0.01)))
    spec = replace(SPEC, changes=changes)
    script = _script(spec, tmp_path)
    assert script["STEPS"] == 20
    _, rows = script["train"]()
    curves = train(spec, 19).curves()
    got = [row[1] for row in rows[:20]]
    numpy.testing.assert_allclose(got, curves.column("train_cost"), rtol=1e-9)


@pytest.mark.parametrize("output", ["sigmoid", "softmax", "linear"])
def test_the_model_has_the_layers_of_the_network(output: str, tmp_path: Path) -> None:
    """Without torch: the text read as Python, against the specification."""
    hidden = tuple(LayerSpec(units=3 + place, activation=name) for place, name in enumerate(HIDDEN))
    spec = replace(SPEC, network=NetworkSpec(hidden=hidden, output=OutputSpec(output)))
    write_code(spec, "pytorch", tmp_path / "s.py", steps=1)
    tree = ast.parse((tmp_path / "s.py").read_text(encoding="utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    body = next(node for node in calls if ast.unparse(node.func) == "nn.Sequential")
    linear = [ast.unparse(layer) for layer in body.args if "Linear(" in ast.unparse(layer)]
    sizes = [2, *range(3, 3 + len(HIDDEN)), 3]
    assert linear == [f"nn.Linear({n_in}, {n_out})" for n_in, n_out in pairwise(sizes)]
    assert len(body.args) == 2 * len(HIDDEN) + 1


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_every_optimizer_is_named_with_its_numbers(name: str, tmp_path: Path) -> None:
    training = replace(TRAINING, optimizer=name, l1=0.125, l2=0.25)
    spec = replace(SPEC, training=training, changes=(Change(4, TRAINING),))
    write_code(spec, "pytorch", tmp_path / "s.py", steps=8)
    text = (tmp_path / "s.py").read_text(encoding="utf-8")
    line = re.search(r"optimizer = torch\.optim\.(\w+)\((.*)\)", text)
    assert line is not None
    given = {float(number) for number in re.findall(r"(?<!\w)[\d.]+(?:e-\d+)?", line[2])}
    assert given == {0.1, *(record.default for record in OPTIMIZERS[name].parameters.values())}
    assert "J + 0.125 * layer.weight.abs().sum() + 0.5 * 0.25 *" in text
    assert "changed by hand from step 4 on" in " ".join(text.replace("\n# ", " ").split())
