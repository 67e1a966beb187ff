"""Which number stands on which unit and on which weight, in each of the four phases; and all of them as a table."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy
from numpy.typing import NDArray

from nnviz.engine.layout import Parameter
from nnviz.experiment.step.explain import Phase
from nnviz.experiment.step.record import Pass, StepRecord

Floats = NDArray[numpy.float64]
Rows = tuple[tuple[str, Floats], ...]
"""What is told of each unit of a layer: the symbol, and its value for each unit (n_l,)."""

HEADER = ("quantity", "layer", "from", "to", "example", "value")


@dataclass(frozen=True, eq=False)
class Look:
    """A step in one of its phases. one: of this example alone; None: of the batch."""

    record: StepRecord
    one: Pass | None
    phase: Phase

    @property
    def depth(self) -> int:
        """L."""
        return self.record.network.layout.depth

    def a(self, layer: int) -> Floats:
        """(n_l,) outputs of the example, or their means over the batch; layer 0..L."""
        means, one = self.record.batch.mean_a, self.one
        outputs: Floats = means[layer] if one is None else one.a[layer][0]
        return outputs

    def delta(self, layer: int) -> Floats:
        """(n_l,) of the example's loss, or of the mean loss summed over the batch: then it is ∂L/∂b."""
        gradient, one = self.record.batch.gradient, self.one
        deltas: Floats = self.record.network.layout.biases(gradient, layer) if one is None else one.delta[layer - 1][0]
        return deltas

    def unit_rows(self, layer: int) -> Rows:
        """What is told of the units of a layer, the number that the phase is about at `main_row`."""
        record, one, phase = self.record, self.one, self.phase
        batch = one is None
        if phase == "update":
            if layer == 0:
                return (("x̄" if batch else "x", self.a(0)),)
            biases = record.network.layout.biases
            flats = (("b", record.theta), ("Δb", record.delta_theta), ("b new", record.theta_after))
            return tuple((name, biases(flat, layer)) for name, flat in flats)
        if layer == 0:
            return (("x̄" if batch else "x", self.a(0)),)
        if phase == "backward":
            return (("Σδ" if batch else "δ", self.delta(layer)),)
        last = layer == self.depth
        if phase == "loss":
            if not last:
                return (("ā" if batch else "a", self.a(layer)),)
            return (("ŷ mean", self.a(layer)),) if one is None else (("y", one.y[0]), ("ŷ", self.a(layer)))
        z = record.batch.mean_z[layer - 1] if one is None else one.z[layer - 1][0]
        name = ("ŷ mean" if last else "ā") if batch else ("ŷ" if last else "a")
        return ("z̄" if batch else "z", z), (name, self.a(layer))

    @property
    def main_row(self) -> int:
        """Which of a unit's rows the phase is about."""
        return 1 if self.phase == "update" else -1

    def weights(self, layer: int) -> Floats:
        """(n_in, n_out) what is told of each weight: itself, ∂ℓ/∂w (∂J/∂w of a batch), or Δw."""
        record, weights = self.record, self.record.network.layout.weights
        if self.phase == "update":
            return weights(record.delta_theta, layer)
        if self.phase == "backward":
            return weights(record.gradient if self.one is None else self.one.gradient, layer)
        return weights(record.theta, layer)

    @property
    def weight_symbol(self) -> str:
        """Of what `weights` are."""
        if self.phase == "backward":
            return "∂J/∂w" if self.one is None else "∂ℓ/∂w"
        return "Δw" if self.phase == "update" else "w"

    def strength(self, layer: int) -> Floats:
        """(n_in, n_out) how much passes along each weight in this phase: |w·a|, |w·δ| or |Δw|."""
        if self.phase == "update":
            return numpy.abs(self.weights(layer))
        w = self.record.network.layout.weights(self.record.theta, layer)
        with numpy.errstate(all="ignore"):
            passing = w * self.delta(layer) if self.phase == "backward" else w * self.a(layer - 1)[:, None]
        return numpy.nan_to_num(numpy.abs(passing))

    @property
    def losses(self) -> tuple[tuple[str, float], ...]:
        """What the end of the network shows: ℓ of the example, or L, the penalties and J of the batch."""
        record = self.record
        if self.one is not None:
            return (("ℓ", float(self.one.losses[0])),)
        if not (record.l1 or record.l2):
            return (("J", record.cost),)
        parts = [("L", record.batch.loss)]
        parts += [("R₁", record.l1_cost)] if record.l1 else []
        parts += [("R₂", record.l2_cost)] if record.l2 else []
        return (*parts, ("J", record.cost))

    def neighbourhood(self, center: tuple[int, int] | None, room: int) -> tuple[tuple[int, ...], ...]:
        """Which units of the layers 0..L are shown when at most ``room`` of a layer can be: those that matter to the
        unit ``center``, the strongest by what passes between them, and on from these. None: to the outputs."""
        sizes = self.record.network.sizes
        layer, unit = center if center is not None else (self.depth, -1)
        chosen: dict[int, list[int]] = {}
        everyone = list(range(sizes[layer]))
        if sizes[layer] <= room:
            chosen[layer] = everyone
        else:
            at = everyone.index(unit) if unit in everyone else 0
            first = max(0, min(at - room // 2, sizes[layer] - room))
            chosen[layer] = everyone[first : first + room]
        focus = [unit] if center is not None else chosen[layer]
        for l in range(layer - 1, -1, -1):
            chosen[l] = _strongest(self.strength(l + 1)[:, focus], room)
            focus = chosen[l]
        focus = [unit] if center is not None else chosen[layer]
        for l in range(layer + 1, self.depth + 1):
            chosen[l] = _strongest(self.strength(l)[focus].T, room)
            focus = chosen[l]
        return tuple(tuple(chosen[l]) for l in range(self.depth + 1))


def _strongest(strength: Floats, room: int) -> list[int]:
    """The numbers of the rows with the largest entry, in order."""
    best = numpy.argsort(-numpy.max(strength, axis=-1), kind="stable")[:room]
    return sorted(best.tolist())


def table(look: Look) -> list[tuple[str, ...]]:
    """The whole step, one number a row under HEADER, every digit. Of one example or of all that the batch keeps."""
    record, layout = look.record, look.record.network.layout
    rows: list[tuple[str, ...]] = [HEADER]
    shown = look.one or record.batch
    for place, row in enumerate(shown.rows.tolist()):
        example = str(row + 1)
        for l in range(look.depth + 1):
            rows += [
                ("x" if l == 0 else "a", str(l), "", str(j + 1), example, repr(v)) for j, v in _units(shown.a[l][place])
            ]
            if l:
                for name, values in (("z", shown.z), ("delta", shown.delta)):
                    rows += [(name, str(l), "", str(j + 1), example, repr(v)) for j, v in _units(values[l - 1][place])]
        rows += [("y", str(look.depth), "", str(j + 1), example, repr(v)) for j, v in _units(shown.y[place])]
        rows.append(("loss", "", "", "", example, repr(float(shown.losses[place]))))
    flats: list[tuple[str, Floats]] = [("theta before", record.theta)]
    if look.one is not None:
        flats.append(("gradient of the example", look.one.gradient))
    flats += [
        ("gradient of the data", record.batch.gradient),
        ("gradient of l1", record.l1_gradient),
        ("gradient of l2", record.l2_gradient),
        ("gradient", record.gradient),
    ]
    for name, before, after in zip(record.optimizer.slot_names, record.slots_before, record.slots_after, strict=True):
        flats += [(f"{name} before", before), (f"{name} after", after)]
    flats += [("update", record.delta_theta), ("theta after", record.theta_after)]
    places = [layout.parameter(index) for index in range(layout.parameter_count)]
    for name, flat in flats:
        rows += [(name, *_place(p), "", repr(v)) for p, v in zip(places, flat.tolist(), strict=True)]
    singles = [("mean loss", record.batch.loss), ("l1 penalty", record.l1_cost), ("l2 penalty", record.l2_cost)]
    singles += [("cost", record.cost), ("learning rate", record.learning_rate), *record.parameters.items()]
    return [*rows, *((name, "", "", "", "", repr(float(value))) for name, value in singles)]


def _units(values: Floats) -> Iterator[tuple[int, float]]:
    return iter(enumerate(values.tolist()))


def _place(parameter: Parameter) -> tuple[str, str, str]:
    source = "bias" if parameter.kind == "bias" else str(parameter.i + 1)
    return str(parameter.layer), source, str(parameter.j + 1)
