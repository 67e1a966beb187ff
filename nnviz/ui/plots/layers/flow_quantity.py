"""What the gradient flow can show of each layer, in one table that fills the menu, the axes and the numbers."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy
from numpy.typing import NDArray

from nnviz.engine.diagnostics import STATISTICS
from nnviz.engine.unit_gradients import bias_sizes, incoming_rms, update_ratios
from nnviz.experiment.readings import UnitDeltas
from nnviz.experiment.records import Curves
from nnviz.experiment.snapshot import Snapshot

Floats = NDArray[numpy.float64]


@dataclass(frozen=True)
class FlowQuantity:
    """statistic: its name in the record. label: in the menu. title: on the axis. short: in a readout.

    by_unit: the same for each unit of the present step, as far as it is known. readings: what that needs. zones:
    whether "vanishing" and "exploding" mean anything for it.
    """

    statistic: str
    label: str
    title: str
    short: str
    tip: str
    by_unit: Callable[[Snapshot], list[Floats] | None]
    readings: frozenset[str] = frozenset()
    zones: bool = True

    def now(self, snapshot: Snapshot) -> Floats:
        """Of the present step, (L,)."""
        return snapshot.moment.layers[:, STATISTICS.index(self.statistic)]

    def history(self, curves: Curves) -> Floats:
        """Of all that is recorded of a run, (R, L)."""
        return curves.statistic(self.statistic)


def _weights(snapshot: Snapshot) -> list[Floats]:
    return incoming_rms(snapshot.problem.network.layout, snapshot.gradient)


def _biases(snapshot: Snapshot) -> list[Floats]:
    return bias_sizes(snapshot.problem.network.layout, snapshot.gradient)


def _deltas(snapshot: Snapshot) -> list[Floats] | None:
    """Not kept with a run: neither gradient nor update tells how it is spread over examples."""
    reading = snapshot.readings.get("unit_deltas")
    return list(reading.layers) if isinstance(reading, UnitDeltas) else None


def _updates(snapshot: Snapshot) -> list[Floats]:
    return update_ratios(snapshot.problem.network.layout, snapshot.theta, snapshot.delta_theta)


QUANTITIES: dict[str, FlowQuantity] = {
    quantity.statistic: quantity
    for quantity in (
        FlowQuantity(
            "gradient_W_rms", "∂J/∂W", "RMS of ∂J/∂W", "RMS(∂J/∂W)",
            "How strongly the loss pulls at a typical weight of the layer", _weights,
        ),
        FlowQuantity(
            "gradient_b_rms", "∂J/∂b", "RMS of ∂J/∂b", "RMS(∂J/∂b)",
            "How strongly the loss pulls at a typical bias of the layer", _biases,
        ),
        FlowQuantity(
            "delta_rms", "δ = ∂J/∂z", "RMS of δ", "RMS(δ)",
            "The signal that backpropagation carries from layer to layer, for single examples", _deltas,
            readings=frozenset({"unit_deltas"}),
        ),
        FlowQuantity(
            "update_ratio", "|ΔW| / |W|", "RMS of ΔW / RMS of W", "RMS(ΔW)/RMS(W)",
            "How far the last step moved the weights, as a share of their size: around 10⁻³ is usual", _updates,
            zones=False,
        ),
    )
}  # fmt: skip
"""By the statistic's name, in the order of the menu."""
