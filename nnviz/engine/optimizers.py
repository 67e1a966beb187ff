"""Optimizers as pure pairs: ``init`` makes the slots that are carried along, ``update`` returns the step to take.

theta ← theta + delta_theta. Definitions and defaults are those of torch.optim, so that a run can be checked against it.
Polyak 1964 (momentum), Nesterov 1983, Duchi et al. 2011 (AdaGrad), Hinton 2012 (RMSProp), Kingma, Ba 2015 (Adam).
Hyper-parameters may have shape (..., 1): each member of a population then has its own.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[numpy.float64]
Slots = tuple[Floats, ...]
Hyper = float | Floats
Rule = Callable[..., None]
"""(gradient, slots, step, minus_rate, out, **parameters): rewrites slots in place and writes the step into out.

minus_rate is -learning_rate as an array: NumPy converts a Python number anew at every call."""


@dataclass(frozen=True)
class Hyperparameter:
    """A number of an optimizer: its default, the range that makes sense, and what it does in one sentence."""

    label: str
    default: float
    low: float
    high: float
    meaning: str


@dataclass(frozen=True)
class Optimizer:
    """One optimizer. slot_names say what each carried array is; parameters are its own hyper-parameters."""

    name: str
    label: str
    rule: Rule
    learning_rate: float
    slot_names: tuple[str, ...] = ()
    parameters: Mapping[str, Hyperparameter] = field(default_factory=dict)

    def init(self, theta: ArrayLike) -> Slots:
        """The slots before the first step: zeros of the shape of theta (..., P)."""
        return tuple(numpy.zeros_like(theta, dtype=numpy.float64) for _ in self.slot_names)

    def update(
        self,
        gradient: Floats,
        slots: Slots,
        step: int,
        learning_rate: Hyper | None = None,
        out: tuple[Floats, Slots] | None = None,
        **parameters: Hyper,
    ) -> tuple[Floats, Slots]:
        """(delta_theta, slots) for the gradient (..., P) of step 0, 1, 2, …

        Nothing given is changed, unless ``out`` = (delta_theta, slots) hands in arrays to be written; the slots handed
        in may be those carried so far. ValueError for a hyper-parameter that this optimizer does not have, or one out
        of its range.
        """
        values = self.hyperparameters(parameters)
        gradient = numpy.asarray(gradient, dtype=numpy.float64)
        rate = numpy.asarray(self.learning_rate if learning_rate is None else learning_rate, dtype=numpy.float64)
        if len(slots) != len(self.slot_names):
            raise ValueError(
                f"slots has {len(slots)} arrays; {self.name} carries {len(self.slot_names)}: use init(theta)"
            )
        if out is None:
            shape = numpy.broadcast_shapes(
                gradient.shape, rate.shape, *(numpy.shape(value) for value in values.values())
            )
            out = numpy.empty(shape), tuple(numpy.broadcast_to(slot, shape).copy() for slot in slots)
        elif out[1] is not slots:
            for target, slot in zip(out[1], slots, strict=True):
                numpy.copyto(target, slot)
        with numpy.errstate(all="ignore"):
            self.rule(gradient, out[1], step, -rate, out[0], **values)
        return out

    def hyperparameters(self, given: Mapping[str, Hyper]) -> dict[str, Hyper]:
        """All parameters of this optimizer, with those given in place of the defaults.

        ValueError for one that it does not have, or one out of its range (it would divide by zero, or worse).
        """
        if not given.keys() <= self.parameters.keys():
            unknown = ", ".join(sorted(given.keys() - self.parameters.keys()))
            allowed = ", ".join(self.parameters) or "none besides learning_rate"
            raise ValueError(f"{self.name} has no parameter {unknown}; allowed are {allowed}")
        for name, value in given.items():
            record = self.parameters[name]
            if not numpy.all((numpy.asarray(value) >= record.low) & (numpy.asarray(value) <= record.high)):
                raise ValueError(f"{name} is {value}; expected a number from {record.low:g} to {record.high:g}")
        return {name: given.get(name, record.default) for name, record in self.parameters.items()}


def _gradient_descent(gradient: Floats, _slots: Slots, _step: int, minus_rate: Floats, out: Floats) -> None:
    numpy.multiply(gradient, minus_rate, out)


def _momentum(gradient: Floats, slots: Slots, _step: int, minus_rate: Floats, out: Floats, momentum: Hyper) -> None:
    (velocity,) = slots
    velocity *= momentum
    velocity += gradient
    numpy.multiply(velocity, minus_rate, out)


def _nesterov(gradient: Floats, slots: Slots, _step: int, minus_rate: Floats, out: Floats, momentum: Hyper) -> None:
    (velocity,) = slots
    velocity *= momentum
    velocity += gradient
    numpy.multiply(velocity, momentum, out)
    out += gradient
    out *= minus_rate


def _adagrad(gradient: Floats, slots: Slots, _step: int, minus_rate: Floats, out: Floats, epsilon: Hyper) -> None:
    (squares,) = slots
    numpy.multiply(gradient, gradient, out)
    squares += out
    numpy.sqrt(squares, out)
    out += epsilon
    numpy.divide(gradient, out, out)
    out *= minus_rate


def _rmsprop(
    gradient: Floats, slots: Slots, _step: int, minus_rate: Floats, out: Floats, rho: Hyper, epsilon: Hyper
) -> None:
    (squares,) = slots
    squares *= rho
    numpy.multiply(gradient, gradient, out)
    out *= 1.0 - rho
    squares += out
    numpy.sqrt(squares, out)
    out += epsilon
    numpy.divide(gradient, out, out)
    out *= minus_rate


def _adam(
    gradient: Floats,
    slots: Slots,
    step: int,
    minus_rate: Floats,
    out: Floats,
    beta1: Hyper,
    beta2: Hyper,
    epsilon: Hyper,
) -> None:
    mean, squares = slots
    mean *= beta1
    numpy.multiply(gradient, 1.0 - beta1, out)
    mean += out
    squares *= beta2
    numpy.multiply(gradient, gradient, out)
    out *= 1.0 - beta2
    squares += out
    # Both averages start at zero; dividing by 1 - beta^(step + 1) removes that bias.
    numpy.sqrt(squares, out)
    out *= (1.0 - beta2 ** (step + 1)) ** -0.5
    out += epsilon
    numpy.divide(mean, out, out)
    out *= minus_rate / (1.0 - beta1 ** (step + 1))


_MOMENTUM = Hyperparameter("momentum", 0.9, 0.0, 1.0, "share of the last velocity that is kept at each step")
_EPSILON_MEANING = "added to the root so that nothing is divided by zero"

OPTIMIZERS: dict[str, Optimizer] = {
    record.name: record
    for record in (
        Optimizer("gradient_descent", "gradient descent", _gradient_descent, 0.001),
        Optimizer("momentum", "momentum", _momentum, 0.001, ("velocity",), {"momentum": _MOMENTUM}),
        Optimizer("nesterov", "Nesterov", _nesterov, 0.001, ("velocity",), {"momentum": _MOMENTUM}),
        Optimizer(
            "adagrad", "AdaGrad", _adagrad, 0.01, ("squares",),
            {"epsilon": Hyperparameter("epsilon", 1e-10, 0.0, 1.0, _EPSILON_MEANING)},
        ),
        Optimizer(
            "rmsprop", "RMSProp", _rmsprop, 0.01, ("squares",),
            {
                "rho": Hyperparameter("rho", 0.99, 0.0, 1.0, "share of the old mean square that is kept"),
                "epsilon": Hyperparameter("epsilon", 1e-8, 0.0, 1.0, _EPSILON_MEANING),
            },
        ),
        Optimizer(
            "adam", "Adam", _adam, 0.001, ("mean", "squares"),
            {
                "beta1": Hyperparameter("beta1", 0.9, 0.0, 0.99999, "share of the old mean gradient that is kept"),
                "beta2": Hyperparameter("beta2", 0.999, 0.0, 0.99999, "share of the old mean square that is kept"),
                "epsilon": Hyperparameter("epsilon", 1e-8, 0.0, 1.0, _EPSILON_MEANING),
            },
        ),
    )
}  # fmt: skip
"""Every optimizer by name."""
