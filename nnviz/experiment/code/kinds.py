"""The kinds of code that an experiment can be written as, and the one function that writes them."""

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy

from nnviz.engine.checks import known
from nnviz.experiment.code.arrays import Arrays
from nnviz.experiment.code.keras_script import keras_script
from nnviz.experiment.code.numpy_script import numpy_script
from nnviz.experiment.code.onnx_model import MISSING, has_onnx, onnx_model
from nnviz.experiment.code.plan import Plan
from nnviz.experiment.code.pytorch_script import pytorch_script
from nnviz.experiment.headless import train
from nnviz.experiment.specification import Experiment
from nnviz.experiment.training_job import TrainingJob
from nnviz.experiment.writing import write_whole

Writer = Callable[[Plan, str], tuple[str, Arrays]]


@dataclass(frozen=True)
class CodeKind:
    """One kind of code: its key on the command line, its title in a menu, the file's suffix, and what it is for."""

    key: str
    title: str
    suffix: str
    meaning: str


CODE_KINDS: dict[str, CodeKind] = {
    kind.key: kind
    for kind in (
        CodeKind(
            "numpy",
            "NumPy script",
            ".py",
            "A script to read and run that needs NumPy alone: the same steps and the same losses as here.",
        ),
        CodeKind(
            "pytorch",
            "PyTorch script",
            ".py",
            "The model with its initial weights, and a training loop that takes the steps of this run.",
        ),
        CodeKind(
            "keras",
            "Keras script",
            ".py",
            "The model with its trained weights, ready to predict and to train on.",
        ),
        CodeKind(
            "onnx",
            "ONNX model",
            ".onnx",
            "The trained network in float32, for other programs. Needs the package onnx (nnviz[onnx]).",
        ),
    )
}
"""Every kind of code by key."""

SCRIPTS: dict[str, Writer] = {"numpy": numpy_script, "pytorch": pytorch_script, "keras": keras_script}

TRAINED = ("keras", "onnx")
"""Kinds that hold the weights with which the run ended, in float32; the others begin with those it began with."""


def write_code(
    spec: Experiment,
    kind: str,
    path: Path,
    *,
    steps: int = 1000,
    progress: Callable[[int], None] = lambda _step: None,
) -> tuple[Path, ...]:
    """Trains the experiment for ``steps`` steps and writes it as code. Returns the files that were written.

    They are path and, where a script has too many numbers for its text, one beside it. For a background thread:
    training takes its time. What ``progress`` raises ends it before anything is written.
    ValueError or OSError in one sentence; nothing is half written.
    """
    check_kind(kind)
    return write_job(train(spec, steps, progress), kind, path)


def check_kind(kind: str) -> None:
    """ValueError in one sentence for a kind that does not exist, or that cannot be written here."""
    known("kind of code", kind, CODE_KINDS)
    if kind == "onnx" and not has_onnx():
        raise ValueError(MISSING)


def write_job(job: TrainingJob, kind: str, path: Path) -> tuple[Path, ...]:
    """Writes a run, up to where it stands, as code (see `write_code`)."""
    check_kind(kind)
    plan = Plan.of(job)
    if kind in TRAINED:
        _check_weights(plan)
    if kind == "onnx":
        write_whole(path, onnx_model(plan))
        return (path,)
    beside = arrays_path(path)
    text, arrays = SCRIPTS[kind](plan, beside.name)
    content = text.encode()
    if arrays.content is None:
        write_whole(path, content)
        return (path,)
    # The script last: whoever finds it finds its numbers. A former file of numbers comes back if it cannot be written.
    before = beside.read_bytes() if beside.exists() else None
    write_whole(beside, arrays.content)
    try:
        write_whole(path, content)
    except BaseException:
        with contextlib.suppress(OSError):
            if before is None:
                beside.unlink()
            else:
                write_whole(beside, before)
        raise
    return (path, beside)


def arrays_path(path: Path) -> Path:
    """Where the numbers of a script go when they are too many for its text."""
    return path.with_name(f"{path.stem}_arrays.npz")


def paths_beside(kind: str, path: Path) -> list[Path]:
    """Further files that may be written when the code is written there."""
    return [arrays_path(path)] if kind in SCRIPTS else []


def _check_weights(plan: Plan) -> None:
    """ValueError where float32 has no such numbers."""
    if not numpy.all(numpy.abs(plan.theta) <= numpy.finfo(numpy.float32).max):
        raise ValueError(f"the weights of step {plan.steps:,} are too large for a model in float32: take fewer steps")
