"""Optimizers as pure pairs: ``init`` makes the slots that are carried along, ``update`` returns the step to take.

theta ← theta + delta_theta. Definitions and defaults are those of torch.optim, so that a run can be checked against it.
Polyak 1964 (momentum), Nesterov 1983, Duchi et al. 2011 (AdaGrad), Hinton 2012 (RMSProp), Kingma, Ba 2015 (Adam).
Hyper-parameters may have shape (..., 1): each member of a population then has its own.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy
from numpy.typing import ArrayLike, NDArray

from nnviz.engine import update_rules
from nnviz.engine.checks import checked_array, checked_fit, checked_instance, checked_numbers, checked_whole, shown
from nnviz.engine.update_rules import Hyper, Slots

Floats = NDArray[numpy.float64]
Rule = Callable[..., None]
"""One of update_rules."""


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
        shape = checked_array("theta", theta).shape
        return tuple(numpy.zeros(shape) for _ in self.slot_names)

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
        in may be those carried so far. ValueError for a hyper-parameter that this optimizer does not have or one out of
        its range, and for arrays whose shapes do not go together.
        """
        step = checked_whole("step", step)
        rate, values = self.checked_rate(learning_rate), self.hyperparameters(parameters)
        gradient = checked_array("gradient", gradient)
        shape = gradient.shape
        for name, value in {"learning_rate": rate, **values}.items():
            shape = checked_fit(name, checked_array(name, value), shape, widen=True)
        carried = self._checked_slots(slots, shape)
        if out is None:
            out = numpy.empty(shape), tuple(numpy.broadcast_to(slot, shape).copy() for slot in carried)
        else:
            self._check_out(out, shape)
            if out[1] is not slots:
                for target, slot in zip(out[1], carried, strict=True):
                    numpy.copyto(target, slot)
        with numpy.errstate(all="ignore"):
            self.rule(gradient, out[1], step, -rate, out[0], **values)
        return out

    def hyperparameters(self, given: Mapping[str, Hyper]) -> dict[str, Hyper]:
        """All parameters of this optimizer, with those given in place of the defaults.

        ValueError for one that it does not have, or one out of its range (it would divide by zero, or worse).
        """
        checked_instance("parameters", given, Mapping)  # type: ignore[type-abstract]
        if not given.keys() <= self.parameters.keys():
            unknown = ", ".join(sorted(map(str, given.keys() - self.parameters.keys())))
            allowed = ", ".join(self.parameters) or "none besides learning_rate"
            raise ValueError(f"{self.name} has no parameter {unknown}; allowed are {allowed}")
        return {
            name: checked_numbers(name, given[name], record.low, record.high) if name in given else record.default
            for name, record in self.parameters.items()
        }

    def checked_rate(self, learning_rate: Hyper | None) -> Floats:
        """The learning rate as an array, the default for None. 0 is allowed: nothing is learned."""
        rate = self.learning_rate if learning_rate is None else learning_rate
        return numpy.asarray(checked_numbers("learning_rate", rate, 0.0))

    def _checked_slots(self, slots: Slots, shape: tuple[int, ...]) -> Slots:
        count = len(slots) if isinstance(slots, tuple | list) else None
        if count != len(self.slot_names):
            got = f"is {shown(slots)}" if count is None else f"has {count} arrays"
            raise ValueError(f"slots {got}; {self.name} carries {len(self.slot_names)}: use init(theta)")
        named = zip((f"slots[{i}]" for i in range(count)), slots, strict=True)
        arrays = {name: checked_array(name, slot) for name, slot in named}
        for name, array in arrays.items():
            checked_fit(name, array, shape)
        return tuple(arrays.values())

    def _check_out(self, out: tuple[Floats, Slots], shape: tuple[int, ...]) -> None:
        wanted: list[object]
        match out:
            case (delta_theta, (*slots,)) if len(slots) == len(self.slot_names):
                wanted = [delta_theta, *slots]
            case _:
                wanted = [None]
        if not all(isinstance(each, numpy.ndarray) and each.shape == shape and each.dtype == float for each in wanted):
            raise ValueError(
                f"out is {shown(out)}; expected (delta_theta, slots) with {len(self.slot_names)} slots, all float64 "
                f"arrays of shape {shape}"
            )


_MOMENTUM = Hyperparameter("momentum", 0.9, 0.0, 1.0, "share of the last velocity that is kept at each step")
_EPSILON_MEANING = "added to the root so that nothing is divided by zero"

OPTIMIZERS: dict[str, Optimizer] = {
    record.name: record
    for record in (
        Optimizer("gradient_descent", "gradient descent", update_rules.gradient_descent, 0.001),
        Optimizer("momentum", "momentum", update_rules.momentum, 0.001, ("velocity",), {"momentum": _MOMENTUM}),
        Optimizer("nesterov", "Nesterov", update_rules.nesterov, 0.001, ("velocity",), {"momentum": _MOMENTUM}),
        Optimizer(
            "adagrad", "AdaGrad", update_rules.adagrad, 0.01, ("squares",),
            {"epsilon": Hyperparameter("epsilon", 1e-10, 0.0, 1.0, _EPSILON_MEANING)},
        ),
        Optimizer(
            "rmsprop", "RMSProp", update_rules.rmsprop, 0.01, ("squares",),
            {
                "rho": Hyperparameter("rho", 0.99, 0.0, 1.0, "share of the old mean square that is kept"),
                "epsilon": Hyperparameter("epsilon", 1e-8, 0.0, 1.0, _EPSILON_MEANING),
            },
        ),
        Optimizer(
            "adam", "Adam", update_rules.adam, 0.001, ("mean", "squares"),
            {
                "beta1": Hyperparameter("beta1", 0.9, 0.0, 0.99999, "share of the old mean gradient that is kept"),
                "beta2": Hyperparameter("beta2", 0.999, 0.0, 0.99999, "share of the old mean square that is kept"),
                "epsilon": Hyperparameter("epsilon", 1e-8, 0.0, 1.0, _EPSILON_MEANING),
            },
        ),
    )
}  # fmt: skip
"""Every optimizer by name."""
