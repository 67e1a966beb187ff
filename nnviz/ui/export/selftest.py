"""Is this installation whole? A few seconds of checks, also for the frozen executable, without a display."""

import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy

from nnviz.engine import gradient_error
from nnviz.experiment.files import load_experiment
from nnviz.experiment.headless import report, train
from nnviz.experiment.shipped_data import SHIPPED, load_shipped
from nnviz.experiment.snapshot import take_snapshot
from nnviz.experiment.watch import Watch
from nnviz.ui.export.figures import FORMATS, write_figures
from nnviz.ui.plots.registry import VIEWS
from nnviz.ui.theme import DARK, LIGHT

STEPS = 300


def run_checks(preset: Path) -> int:
    """Runs all checks with a shipped experiment and prints a line for each; 0 when all passed, else 1."""
    checks: list[tuple[str, Callable[[], None]]] = [
        ("shipped experiments and data sets can be read", lambda: _check_resources(preset.parent)),
        ("gradients agree with finite differences", lambda: _check_gradient(preset)),
        ("the same seed gives the same run", lambda: _check_repeatable(preset)),
        ("every view can be written in every format", lambda: _check_figures(preset)),
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


def _check_figures(preset: Path) -> None:
    snapshot = take_snapshot(
        train(load_experiment(preset), STEPS),
        Watch(frozenset[str]().union(*(view.readings for view in VIEWS.values()))),
    )
    for theme in (LIGHT, DARK):
        with tempfile.TemporaryDirectory() as folder:
            for path in write_figures(snapshot, tuple(VIEWS), Path(folder), FORMATS, 800, theme):
                if path.stat().st_size < 50:
                    raise OSError(f"{path.name} is empty")
