"""Is this installation whole? A few seconds of checks, also for the frozen executable, without a display."""

import dataclasses
import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy

from nnviz.engine import gradient_error
from nnviz.engine.datasets import GENERATORS
from nnviz.experiment.files import load_experiment
from nnviz.experiment.headless import report, train
from nnviz.experiment.shipped_data import SHIPPED, load_shipped
from nnviz.experiment.specification import Experiment, replace
from nnviz.ui.export.headless import BARE, FORMATS, run_figures, write_figure
from nnviz.ui.export.surroundings import is_drawn
from nnviz.ui.plots.registry import VIEWS
from nnviz.ui.theme import DARK, LIGHT

STEPS = 100


def run_checks(preset: Path) -> int:
    """Runs all checks with a shipped experiment and prints a line for each; 0 when all passed, else 1."""
    checks: list[tuple[str, Callable[[], None]]] = [
        ("shipped experiments and data sets can be read", lambda: _check_resources(preset.parent)),
        ("gradients agree with finite differences", lambda: _check_gradient(preset)),
        ("the same seed gives the same run", lambda: _check_repeatable(preset)),
        ("every view can be written in every format", lambda: _check_figures(preset.parent)),
    ]
    failed = 0
    for what, check in checks:
        try:
            check()
        except Exception as error:  # noqa: BLE001 - whatever it is, it is the answer
            failed += 1
            print(f"FAILED  {what}: {type(error).__name__}: {error}")
        else:
            print(f"ok      {what}")
    print("nnviz is installed correctly" if not failed else f"{failed} of {len(checks)} checks failed")
    return 1 if failed else 0


def _check_resources(folder: Path) -> None:
    for path in sorted(folder.glob("*.nnviz")):
        load_experiment(path)
    for name in SHIPPED:
        load_shipped(name)


def _check_gradient(preset: Path) -> None:
    problem = train(load_experiment(preset), 0).problem
    error = gradient_error(problem.objective, problem.theta_0)
    if error > 1e-6:
        raise ArithmeticError(f"they differ by {error:.2g}")


def _check_repeatable(preset: Path) -> None:
    spec = load_experiment(preset)
    first, second = train(spec, STEPS), train(spec, STEPS)
    if report(first) != report(second) or not numpy.array_equal(first.trainer.theta, second.trainer.theta):
        raise ArithmeticError("two runs differ")


def _check_figures(folder: Path) -> None:
    """Every view alone, of data of two, of one and of several inputs: none may come out empty."""
    for name, theme in (("circle", LIGHT), ("sine", DARK), ("iris", LIGHT)):
        job = train(_quick(load_experiment(folder / f"{name}.nnviz")), STEPS)
        looks = dataclasses.replace(BARE, width=640, ground=theme.name)
        for key in VIEWS:
            with tempfile.TemporaryDirectory() as out:
                for figure, words in run_figures(job, [key], theme):
                    if not is_drawn(figure):
                        raise OSError(f"{key} of {name} shows nothing")
                    for path in write_figure(figure, Path(out), FORMATS, looks, words):
                        if not path.stat().st_size:
                            raise OSError(f"{path.name} of {name} is empty")


def _quick(spec: Experiment) -> Experiment:
    """The same made to learn within some hundred steps: the race of activations trains it thirty times."""
    data = replace(spec.data, size=100) if spec.data.source in GENERATORS else spec.data
    return replace(spec, data=data, training=replace(spec.training, optimizer="adam", learning_rate=0.1))
