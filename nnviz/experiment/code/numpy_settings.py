"""The settings of a run in the NumPy script, and what changes them on the way."""

from typing import Any

from nnviz.engine import OPTIMIZERS
from nnviz.experiment.code import numpy_pieces as pieces
from nnviz.experiment.code.numpy_functions import Functions
from nnviz.experiment.code.plan import Plan, Stage
from nnviz.experiment.code.safe_text import joined, number
from nnviz.experiment.specification import TrainingSpec


def settings(plan: Plan) -> str:
    """The statements that set all numbers of the run as it begins."""
    entries = _entries(plan.stages[0].training, len(plan.problem.train))
    lines = "\n".join(f'    "{key}": {value},' for key, value in entries.items())
    return f"STEPS = {plan.steps}\nsettings = {{\n{lines}\n}}"


def change(plan: Plan, functions: Functions) -> str:
    """The function that makes the run's changes at their steps; "" where there are none."""
    if len(plan.stages) == 1:
        return ""
    pairs = zip(plan.stages, plan.stages[1:], strict=False)
    cases = [_case(plan, functions, before, stage) for before, stage in pairs]
    return joined(
        "def change(step, parameters, slots):",
        '    """What was changed by hand during the run: it holds from the next step on."""',
        *cases,
    )


def _case(plan: Plan, functions: Functions, before: Stage, stage: Stage) -> str:
    lines = [f"    if step == {stage.step}:"]
    for l, (old, new) in enumerate(zip(before.layers, stage.layers, strict=True), start=1):
        if old != new:
            lines.append(f"        f[{l}], df[{l}] = {functions.names[new]}, {functions.slope(new)}")
    for l in stage.fresh:
        W, b = 2 * l - 2, 2 * l - 1
        lines.append(f"        # Layer {l} is drawn anew, and the optimizer forgets what it knew of it.")
        lines.append(f"        parameters[{W}][...], parameters[{b}][...] = W{l}_at_{stage.step}, b{l}_at_{stage.step}")
        lines.append(f"        for slot in slots[{W}] + slots[{b}]:\n            slot[...] = 0.0")
    old_settings = _entries(before.training, len(plan.problem.train))
    for key, value in _entries(stage.training, len(plan.problem.train)).items():
        if value != old_settings[key]:
            lines.append(f'        settings["{key}"] = {value}')
    if stage.forgets:
        lines.append("        slots[:] = fresh_slots(parameters)")
    for edit in stage.weights:
        place = plan.problem.network.layout.parameter(edit.index)
        W, b = 2 * place.layer - 2, 2 * place.layer - 1
        target = f"[{W}][{place.i}, {place.j}]" if place.kind == "weight" else f"[{b}][{place.j}]"
        name = f"{'W' if place.kind == 'weight' else 'b'}{place.layer}"
        lines.append(f"        parameters{target} = {number(edit.value)}  # in {name}")
    if len(lines) == 1:
        lines.append("        pass  # nothing that decides the steps")
    return "\n".join(lines)


def _entries(training: TrainingSpec, examples: int) -> dict[str, Any]:
    """Key → expression. The optimizer's own parameters are those given and, else, its defaults."""
    own = OPTIMIZERS[training.optimizer].hyperparameters(training.parameters)
    return {
        "optimizer": training.optimizer,
        "learning_rate": number(training.learning_rate),
        "parameters": "{" + ", ".join(f'"{name}": {number(float(value))}' for name, value in own.items()) + "}",
        "carried": pieces.OPTIMIZERS[training.optimizer][0],
        "batch_size": training.batch_size or examples,
        "l1": number(training.l1),
        "l2": number(training.l2),
    }
