"""One step of a runner taken apart: gradient → adjusted gradient → step, with every number and a sentence for each.

In words of the optimizers' common form: θ ← θ - α · d, where d is what the optimizer makes of the gradient g.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy
from numpy.typing import NDArray

from nnviz.engine import OPTIMIZERS
from nnviz.engine.update_rules import Slots
from nnviz.experiment.descent.population import rate_of
from nnviz.experiment.descent.race import Race
from nnviz.experiment.descent.specification import RunnerSpec
from nnviz.experiment.descent.wording import number, vector

Floats = NDArray[numpy.float64]
PHASES = ("gradient", "adjusted", "step")
"""The phases of a step in their order: the keys of ``sentences``."""


@dataclass(frozen=True, eq=False)
class StepPhases:
    """Step number ``step`` of a runner; every array has shape (P,).

    position, value: θ and J before it. gradient: ∇J, exact. noise, noisy_gradient: what a mini-batch adds, and their
    sum g. before, after: what the optimizer carries, by name ("velocity", "mean", "squares"), around the step.
    adjusted: d. parts: d as a sum, "gradient" and, with momentum, "momentum" (what older gradients contribute).
    learning_rate: α in force. delta: Δθ = -α d. new_position: θ + Δθ. sentences: one for each of PHASES.
    """

    runner: int
    step: int
    position: Floats
    value: float
    gradient: Floats
    noise: Floats
    noisy_gradient: Floats
    before: Mapping[str, Floats]
    after: Mapping[str, Floats]
    adjusted: Floats
    parts: Mapping[str, Floats]
    learning_rate: float
    delta: Floats
    new_position: Floats
    sentences: Mapping[str, str]


@numpy.errstate(all="ignore")
def phases_of(race: Race, runner: int, step: int) -> StepPhases:
    """Step number ``step`` (0 is the first) of a runner, computed as far as needed.

    ValueError in a sentence for a runner that does not exist, and for a step that is not taken: behind the last one, or
    of a runner that has stopped.
    """
    spec = race.spec
    if not 0 <= runner < len(spec.runners):
        raise ValueError(f"runner is {runner}; there are {len(spec.runners)}, counted from 0")
    if not 0 <= step < spec.steps:
        raise ValueError(f"step is {step}; allowed are 0 to {spec.steps - 1}")
    shown = race.step
    race.seek(max(shown, step + 1))
    race.seek(shown)
    record = race.record()
    stopped_at = int(record.stopped_at[runner])
    if 0 <= stopped_at <= step:
        raise ValueError(f"{spec.runners[runner].title} stopped at step {stopped_at}; there is no step {step}")
    return _taken_apart(race, runner, step, record.positions[step : step + 2, runner])


def _taken_apart(race: Race, runner: int, step: int, positions: Floats) -> StepPhases:
    settings = race.spec.runners[runner]
    optimizer = OPTIMIZERS[settings.optimizer]
    before = _slots_at(race, runner, step)
    value, gradient = race.ground.objective.value_and_gradient(positions[0])
    noise = race.noise_at(runner, step)
    noisy = gradient + noise
    alpha = float(rate_of(settings, numpy.array(step)))
    parameters = _values(settings)
    # The same update at rate 1 tells what the rate is multiplied with.
    minus_adjusted, after = optimizer.update(noisy, before, step, 1.0, None, **parameters)
    delta, _ = optimizer.update(noisy, before, step, alpha, None, **parameters)
    adjusted = 0.0 - minus_adjusted
    names = optimizer.slot_names
    carried = dict(zip(names, before, strict=True)), dict(zip(names, after, strict=True))
    return StepPhases(
        runner=runner,
        step=step,
        position=positions[0],
        value=float(value),
        gradient=gradient,
        noise=noise,
        noisy_gradient=noisy,
        before=carried[0],
        after=carried[1],
        adjusted=adjusted,
        parts=_parts(settings, step, noisy, *carried, adjusted),
        learning_rate=alpha,
        delta=delta,
        new_position=positions[1],
        sentences={
            "gradient": _gradient_sentence(positions[0], float(value), gradient, noise, noisy),
            "adjusted": _adjusted_sentence(settings, step, noisy, *carried, adjusted),
            "step": _step_sentence(positions, alpha, adjusted, delta),
        },
    )


def _slots_at(race: Race, runner: int, step: int) -> Slots:
    """What the optimizer carries before a step: from the last frame, the steps since then taken again."""
    first, slots = race.slots_frame(runner, step)
    settings = race.spec.runners[runner]
    gradients = race.ground.objective.value_and_gradient(race.record().positions[first:step, runner])[1]
    for offset, gradient in enumerate(gradients):
        g = gradient + race.noise_at(runner, first + offset)
        slots = OPTIMIZERS[settings.optimizer].update(g, slots, first + offset, 1.0, None, **_values(settings))[1]
    return slots


def _parts(
    settings: RunnerSpec,
    step: int,
    g: Floats,
    before: Mapping[str, Floats],
    after: Mapping[str, Floats],
    adjusted: Floats,
) -> dict[str, Floats]:
    """d as the sum of what this step's gradient and older ones contribute."""
    values = _values(settings)
    if settings.optimizer in ("momentum", "nesterov"):
        kept = values["momentum"] ** (1 if settings.optimizer == "momentum" else 2) * before["velocity"]
        return {"momentum": kept, "gradient": adjusted - kept}
    if settings.optimizer == "adam":
        beta1, beta2 = values["beta1"], values["beta2"]
        with numpy.errstate(all="ignore"):
            root = numpy.sqrt(after["squares"] / (1.0 - beta2 ** (step + 1))) + values["epsilon"]
            scale = 1.0 / (root * (1.0 - beta1 ** (step + 1)))
            return {"momentum": beta1 * before["mean"] * scale, "gradient": (1.0 - beta1) * g * scale}
    return {"gradient": adjusted}


def _values(settings: RunnerSpec) -> dict[str, float]:
    """The optimizer's own parameters, all of them."""
    given = OPTIMIZERS[settings.optimizer].hyperparameters(settings.parameters)
    return {name: float(value) for name, value in given.items()}


def _gradient_sentence(theta: Floats, value: float, gradient: Floats, noise: Floats, noisy: Floats) -> str:
    sentence = f"At θ = {vector(theta)} the cost is J = {number(value)} and ∇J = {vector(gradient)}"
    if noise.any():
        sentence += f"; noise {vector(noise)} makes it g = {vector(noisy)}"
    return f"{sentence}."


def _adjusted_sentence(
    settings: RunnerSpec,
    step: int,
    g: Floats,
    before: Mapping[str, Floats],
    after: Mapping[str, Floats],
    adjusted: Floats,
) -> str:
    """What the optimizer makes of the gradient g, its formula with the numbers in it."""
    values = _values(settings)
    d, gradient = vector(adjusted), vector(g)
    if settings.optimizer == "gradient_descent":
        return f"Gradient descent takes the gradient as it is: d = {d}."
    if settings.optimizer in ("momentum", "nesterov"):
        mu, old, new = number(values["momentum"]), vector(before["velocity"]), vector(after["velocity"])
        pushed = f"The velocity keeps {mu} of itself and is pushed by the gradient: v ← {mu}·{old} + {gradient} = {new}"
        if settings.optimizer == "momentum":
            return f"{pushed}; d = v."
        return f"{pushed}; looking one push ahead, d = g + {mu}·v = {d}."
    squares = vector(after["squares"])
    if settings.optimizer == "adagrad":
        return f"The squares of all gradients so far add up to s = {squares}; d = g/√s = {d}."
    if settings.optimizer == "rmsprop":
        return f"The running mean of squared gradients is s = {squares}; d = g/√s = {d}."
    m_share, s_share = (1.0 - values[name] ** (step + 1) for name in ("beta1", "beta2"))
    return (
        f"Mean gradient m = {vector(after['mean'])} and mean square s = {squares} began at zero, so they are divided"
        f" by {number(m_share)} and {number(s_share)}: d = m̂/√ŝ = {d}."
    )


def _step_sentence(positions: Floats, alpha: float, adjusted: Floats, delta: Floats) -> str:
    theta, new = vector(positions[0]), vector(positions[1])
    scaled = f"α·d = {number(alpha)}·{vector(adjusted)} = {vector(0.0 - delta)}"
    return f"{scaled}; θ ← {theta} − {vector(0.0 - delta)} = {new}."
