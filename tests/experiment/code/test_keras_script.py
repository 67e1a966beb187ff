"""The Keras script: its text is checked against the specification everywhere; where Keras is installed it runs."""

import ast
import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from nnviz.engine import ACTIVATIONS, LOSSES, OPTIMIZERS
from nnviz.experiment.code.kinds import write_code
from nnviz.experiment.specification import (
    Change,
    DataSpec,
    Experiment,
    LayerSpec,
    NetworkSpec,
    OutputSpec,
    TrainingSpec,
    replace,
)

TRAINING = TrainingSpec(learning_rate=0.1, batch_size=7, loss="categorical_cross_entropy")
SPEC = Experiment(
    seed=3,
    data=DataSpec(source="rings", size=60),
    network=NetworkSpec(
        hidden=tuple(
            LayerSpec(units=3 + place, activation=name)
            for place, name in enumerate(name for name in ACTIVATIONS if name != "softmax")
        ),
        output=OutputSpec("softmax"),
    ),
    training=TRAINING,
)
BACKENDS = ("tensorflow", "jax", "torch")


def _text(spec: Experiment, folder: Path, steps: int = 3) -> str:
    write_code(spec, "keras", folder / "s.py", steps=steps)
    return (folder / "s.py").read_text(encoding="utf-8")


def _layers(text: str) -> list[str]:
    calls = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)]
    (model,) = [node for node in calls if ast.unparse(node.func) == "keras.Sequential"]
    (entries,) = model.args
    assert isinstance(entries, ast.List)
    return [ast.unparse(entry) for entry in entries.elts]


def test_the_model_has_the_layers_of_the_network(tmp_path: Path) -> None:
    behind = {"leaky_relu": "keras.layers.LeakyReLU(negative_slope=0.01)", "elu": "keras.layers.ELU(alpha=1.0)"}
    wanted = ["keras.Input((N_IN,))"]
    for layer in SPEC.network.hidden:
        name = "linear" if layer.activation in behind else layer.activation
        called = name if name == "threshold" else repr(name)
        wanted.append(f"keras.layers.Dense({layer.units}, activation={called})")
        wanted += [behind[layer.activation]] if layer.activation in behind else []
    wanted.append("keras.layers.Dense(3, activation='softmax')")
    text = _text(SPEC, tmp_path)
    assert _layers(text) == wanted
    assert "N_IN = 2\n" in text
    assert "def threshold(z):" in text


def test_penalties_are_halved_as_keras_defines_them(tmp_path: Path) -> None:
    spec = replace(SPEC, training=replace(TRAINING, l1=0.25, l2=0.5))
    dense = [line for line in _layers(_text(spec, tmp_path)) if "Dense" in line]
    assert all("kernel_regularizer=keras.regularizers.L1L2(0.25, 0.25)" in line for line in dense)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_every_optimizer_is_named_with_its_numbers(name: str, tmp_path: Path) -> None:
    text = _text(replace(SPEC, training=replace(TRAINING, optimizer=name)), tmp_path)
    line = re.search(r"optimizer=keras\.optimizers\.(\w+)\((.*)\), loss=loss", text)
    assert line is not None
    given = {float(number) for number in re.findall(r"=([\d.]+(?:e-\d+)?)", line[2])} - {0.0}
    assert given == {0.1, *(record.default for record in OPTIMIZERS[name].parameters.values())}
    assert ("Keras adds epsilon under the root" in text) == (name in {"adagrad", "rmsprop"})


def test_it_holds_the_network_and_the_settings_of_the_end(tmp_path: Path) -> None:
    """Where the run was changed by hand, the trained weights belong to what was in force at last."""
    after = NetworkSpec(hidden=(LayerSpec(units=4, activation="relu"),), output=OutputSpec("softmax"))
    before = replace(after, hidden=(LayerSpec(units=4, activation="tanh"),))
    change = Change(5, replace(TRAINING, learning_rate=0.0625), network=after)
    text = _text(replace(SPEC, network=before, changes=(change,)), tmp_path, 10)
    assert "'relu'" in _layers(text)[1]
    assert "learning_rate=0.0625" in text


@pytest.mark.parametrize("loss", LOSSES)
def test_keras_computes_the_losses_of_nnviz(loss: str, tmp_path: Path) -> None:
    pytest.importorskip("keras")
    backend = next((name for name in BACKENDS if importlib.util.find_spec(name)), None)
    if backend is None:
        pytest.skip("Keras has no backend here")
    _text(replace(SPEC, training=replace(TRAINING, loss=loss, l1=0.01, l2=0.01)), tmp_path, 20)
    environment = os.environ | {"KERAS_BACKEND": backend}
    done = subprocess.run(
        [sys.executable, str(tmp_path / "s.py")], capture_output=True, text=True, env=environment, check=False
    )
    assert done.returncode == 0, done.stderr
    pairs = re.findall(r"loss (\S+) +in nnviz (\S+)", done.stdout)
    assert len(pairs) == 2
    for mine, nnviz in pairs:
        assert float(mine) == pytest.approx(float(nnviz), rel=2e-5)
