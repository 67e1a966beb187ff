"""The NumPy script takes the same steps as nnviz. The oracle is the run itself; the script shares no code with it."""

import ast
import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy
import pytest

from nnviz.engine import ACTIVATIONS, LOSSES, OPTIMIZERS
from nnviz.experiment.code.kinds import write_code
from nnviz.experiment.files import load_experiment
from nnviz.experiment.headless import train
from nnviz.experiment.specification import (
    Change,
    DataSpec,
    Experiment,
    InitializerSpec,
    LayerSpec,
    NetworkSpec,
    OutputSpec,
    StopSpec,
    TrainingSpec,
    WeightEdit,
    replace,
)
from nnviz.experiment.training_job import TrainingJob
from nnviz.resources import resource

SMALL = DataSpec(source="rings", size=60)
TRAINING = TrainingSpec(learning_rate=0.2, batch_size=7)
SPEC = Experiment(seed=3, data=DataSpec(size=60), training=TRAINING)
HOT = replace(SPEC, changes=(Change(20, replace(TRAINING, learning_rate=0.05, batch_size=None)),))


def _with_output(spec: Experiment, loss: str, activation: str) -> Experiment:
    network = NetworkSpec(hidden=(LayerSpec(units=4),), output=OutputSpec(activation))
    return replace(spec, network=network, training=replace(TRAINING, loss=loss))


def _compare(job: TrainingJob, rows: list[tuple[int, float, float]]) -> None:
    """Training and test losses at every recorded step, to 1e-9."""
    curves, mine = job.curves(), {row[0]: row[1:] for row in rows}
    steps = [int(step) for step in curves.column("step")]
    assert set(steps) <= set(mine)
    assert max(mine) == job.step
    for column, place in (("train_cost", 0), ("test_cost", 1)):
        got = numpy.array([mine[step][place] for step in steps])
        numpy.testing.assert_allclose(got, curves.column(column), rtol=1e-9, atol=1e-9)


def _run(spec: Experiment, steps: int, folder: Path) -> TrainingJob:
    """Runs the script in this process, quickly, and compares."""
    path = folder / "script.py"
    write_code(spec, "numpy", path, steps=steps)
    job = train(spec, steps)
    _, rows = runpy.run_path(str(path))["train"]()
    _compare(job, rows)
    return job


@pytest.mark.parametrize(
    ("preset", "steps"),
    [("hills", 600), ("regions", 200), ("rings", 200), ("leaky", 500), ("exploding", 60), ("digits", 80),
     ("too_fast", 2000), ("sine", 200), ("collapse", 30)],
)  # fmt: skip
def test_alone_with_numpy_it_gives_the_losses_of_nnviz(preset: str, steps: int, tmp_path: Path) -> None:
    """Mini-batch Adam, multi-label, softmax, runs in which the last digit decides (leaky, exploding), divergence."""
    spec = load_experiment(resource("presets", f"{preset}.nnviz"))
    script, losses = tmp_path / f"{preset} ü.py", tmp_path / "losses.csv"
    write_code(spec, "numpy", script, steps=steps)
    done = subprocess.run(
        [sys.executable, "-I", "-W", "error", str(script), str(losses)],
        capture_output=True, text=True, timeout=100, check=False, cwd=tmp_path,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    last = done.stdout.splitlines()[-1]
    assert last.startswith("largest difference from the training losses of nnviz at these ")
    assert float(last.rpartition(" ")[2]) <= 1e-9
    table = numpy.loadtxt(losses, delimiter=",", skiprows=1)
    _compare(train(spec, steps), [(int(step), J, tested) for step, J, tested in table.tolist()])


def test_it_imports_the_standard_library_and_numpy_alone(tmp_path: Path) -> None:
    spec = replace(SPEC, network=NetworkSpec(hidden=(LayerSpec(activation="gelu"),)))
    write_code(spec, "numpy", tmp_path / "s.py", steps=1)
    tree = ast.parse((tmp_path / "s.py").read_text(encoding="utf-8"))
    imports = {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    assert imports == {"base64", "math", "os", "sys", "zlib", "numpy"}


@pytest.mark.parametrize("name", [name for name in ACTIVATIONS if name != "softmax"])
@pytest.mark.parametrize("layers", [2, 6])
def test_every_activation_in_few_and_in_many_layers(name: str, layers: int, tmp_path: Path) -> None:
    hidden = tuple(LayerSpec(units=3, activation=name) for _ in range(layers - 1))
    _run(replace(SPEC, network=NetworkSpec(hidden=hidden)), 60, tmp_path)


def test_alphas_that_differ_from_layer_to_layer(tmp_path: Path) -> None:
    hidden = tuple(
        LayerSpec(units=3, activation=name, alpha=alpha)
        for name, alpha in (("leaky_relu", 0.2), ("leaky_relu", 0.05), ("elu", 0.5), ("leaky_relu", 0.2))
    )
    _run(replace(SPEC, network=NetworkSpec(hidden=hidden)), 60, tmp_path)
    text = (tmp_path / "script.py").read_text(encoding="utf-8")
    assert "def leaky_relu_1(z)" in text
    assert "def leaky_relu_2(z)" in text


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("output", ["linear", "sigmoid", "tanh", "softmax", "threshold"])
def test_every_loss_with_every_sort_of_output(loss: str, output: str, tmp_path: Path) -> None:
    _run(_with_output(replace(SPEC, data=SMALL), loss, output), 40, tmp_path)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_every_optimizer_with_parameters_of_its_own_and_penalties(name: str, tmp_path: Path) -> None:
    own = {key: record.default * 0.9 for key, record in OPTIMIZERS[name].parameters.items()}
    training = replace(TRAINING, optimizer=name, parameters=own, learning_rate=0.02, l1=0.003, l2=0.01)
    for hidden in ((LayerSpec(units=4),), (LayerSpec(units=3),) * 5):
        _run(replace(SPEC, network=NetworkSpec(hidden=hidden), training=training), 80, tmp_path)


def test_many_inputs_that_are_standardized_are_said_to_be(tmp_path: Path) -> None:
    spec = load_experiment(resource("presets", "digits.nnviz"))
    spec = replace(spec, data=replace(spec.data, standardize=True))
    _run(spec, 2, tmp_path)
    assert "# The inputs are standardized: mean 0" in (tmp_path / "script.py").read_text(encoding="utf-8")


def test_how_inputs_and_targets_were_scaled_is_said_where_they_were(tmp_path: Path) -> None:
    houses = load_experiment(resource("presets", "houses.nnviz"))
    for scaled in (True, False):
        spec = replace(houses, data=replace(houses.data, standardize=scaled, standardize_target=scaled))
        _run(spec, 5, tmp_path)
        text = (tmp_path / "script.py").read_text(encoding="utf-8")
        assert ("# The inputs are standardized, (value - mean) / scale" in text) == scaled
        assert ("# The targets are standardized, (value - mean) / scale" in text) == scaled


def test_without_a_hidden_layer_and_without_test_examples(tmp_path: Path) -> None:
    spec = replace(SPEC, network=NetworkSpec(hidden=()), data=replace(SPEC.data, train_share=1.0))
    _run(spec, 40, tmp_path)


def _changes() -> dict[str, tuple[Change, ...]]:
    relu = NetworkSpec(hidden=(LayerSpec(activation="relu"), LayerSpec()))
    linear = NetworkSpec(output=OutputSpec("linear"))
    he = NetworkSpec(hidden=(LayerSpec(weights=InitializerSpec("he_normal")), LayerSpec()))
    adam = replace(TRAINING, optimizer="adam", learning_rate=0.01)
    edits = (WeightEdit(0, 1.5), WeightEdit(17, -0.25), WeightEdit(104, 0.5))
    return {
        "learning rate and batch size": HOT.changes,
        "optimizer": (Change(20, adam), Change(40, TRAINING)),
        "penalties": (Change(20, replace(TRAINING, l2=0.1, l1=0.01)),),
        "weights by hand": (Change(20, weights=edits),),
        "activation": (Change(20, network=relu), Change(50, network=NetworkSpec())),
        "output activation": (Change(20, network=linear),),
        "initializer": (Change(20, adam), Change(30, network=he), Change(45, redraw=(2, 3))),
        "before the first step": (Change(0, weights=edits, network=relu), Change(25, adam)),
        "twice at one step": (Change(20, adam), Change(20, TRAINING, edits), Change(20, weights=(WeightEdit(0, 2.0),))),
        "nothing that decides the steps": (Change(20, replace(TRAINING, stop=StopSpec(step=1000))),),
        "after the end": (Change(20, adam), Change(5000, TRAINING)),
    }


@pytest.mark.parametrize("name", _changes())
def test_changes_on_the_way_are_made_at_their_steps(name: str, tmp_path: Path) -> None:
    spec = replace(SPEC, changes=_changes()[name])
    job = _run(spec, 70, tmp_path)
    unchanged = train(replace(spec, changes=()), 70)
    if name != "nothing that decides the steps":
        assert abs(job.moment().train_cost - unchanged.moment().train_cost) > 1e-6, "the change changes nothing"


def test_changes_of_activations_in_a_deep_network(tmp_path: Path) -> None:
    before = NetworkSpec(hidden=(LayerSpec(units=3),) * 6)
    after = replace(before, hidden=(*before.hidden[:3], *(LayerSpec(units=3, activation="silu"),) * 3))
    _run(replace(SPEC, network=before, changes=(Change(30, network=after),)), 60, tmp_path)


def test_a_run_that_ends_by_itself_ends_there(tmp_path: Path) -> None:
    spec = replace(SPEC, training=replace(TRAINING, stop=StopSpec(target_loss=0.66)))
    job = _run(spec, 3000, tmp_path)
    assert 0 < job.step < 3000
    assert f"STEPS = {job.step}\n" in (tmp_path / "script.py").read_text(encoding="utf-8")


def test_a_run_that_never_begins_is_still_written(tmp_path: Path) -> None:
    """The cost of the initial weights is not finite: there is nothing to train, and the comparison says nan."""
    huge = InitializerSpec("constant", 1e12)
    hidden = (LayerSpec(activation="linear", weights=huge),) * 26
    network = NetworkSpec(hidden=hidden, output=OutputSpec("linear", weights=huge))
    spec = replace(
        SPEC,
        network=network,
        training=replace(TRAINING, loss="squared_error"),
    )  # fmt: skip
    path = tmp_path / "script.py"
    write_code(spec, "numpy", path, steps=5)
    _, rows = runpy.run_path(str(path))["train"]()
    assert len(rows) == 1
    assert not numpy.isfinite(rows[0][1])


def test_many_numbers_go_into_a_file_beside_it(tmp_path: Path) -> None:
    spec = replace(
        SPEC, network=NetworkSpec(hidden=(LayerSpec(units=300), LayerSpec(units=200))), data=replace(SPEC.data, size=20)
    )
    path = tmp_path / "it's big.py"
    written = write_code(spec, "numpy", path, steps=3)
    assert [file.name for file in written] == ["it's big.py", "it's big_arrays.npz"]
    _, rows = runpy.run_path(str(path))["train"]()
    _compare(train(spec, 3), rows)


def test_the_same_experiment_gives_the_same_text(tmp_path: Path) -> None:
    texts = []
    for name in ("a.py", "b.py"):
        write_code(HOT, "numpy", tmp_path / name, steps=30)
        texts.append((tmp_path / name).read_bytes())
    assert texts[0] == texts[1]


def test_it_is_written_for_reading(tmp_path: Path) -> None:
    """The field's names, one line a layer, and no line too long to read."""
    write_code(SPEC, "numpy", tmp_path / "s.py", steps=10)
    text = (tmp_path / "s.py").read_text(encoding="utf-8")
    for line in ("z1 = affine(a0, W1, b1)  # a0 W1 + b1", "a1 = tanh(z1)", "dW3, db3 = weight_gradients(a[2], delta3)"):
        assert line in text
    assert max(map(len, text.splitlines())) <= 125
    tree: Any = ast.parse(text)
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    assert all(ast.get_docstring(function) for function in functions)
