"""What is said of an activation in a line, and of the numbers in the tables."""

import math

from nnviz.engine.activations import Activation
from nnviz.experiment.activations.properties import Properties, properties_of
from nnviz.experiment.activations.saturation_zones import zones_text
from nnviz.experiment.activations.specification import Activations
from nnviz.ui.plots.charts.wording import short

SOFTMAX_CAPTION = "of a whole layer: here a₁ over z₁, with z₂ and z₃ as on its page"
THRESHOLD_NOTE = (
    "The threshold has no slope anywhere: f′ = 0 to both sides, and at the jump there is none. By the chain rule every "
    "gradient before it is multiplied by 0, so backpropagation cannot teach those layers anything."
)

SOFTMAX_NOTE = (
    "softmax is a function of a whole layer, not of one number: it has a page of its own and is left out here."
)


def caption(activation: Activation) -> str:
    """Range and flat zones: "(0, 1) · flat for |z| > 4.36"."""
    if not activation.elementwise:
        return SOFTMAX_CAPTION
    properties = properties_of(activation)
    if properties.peak is None:
        return f"{range_text(properties)} · f′ = 0 everywhere: no gradient passes"
    flat = zones_text(properties.flat)
    end = "nowhere flat" if flat == "none" else f"flat for {flat}"
    return f"{range_text(properties)} · {end}"


def range_text(properties: Properties) -> str:
    """The range as an interval: "[0, ∞)", "(−1, 1)", "{0, 1}"."""
    low, high = short(properties.lower, 3), short(properties.upper, 3)
    if properties.two_valued:
        return f"{{{low}, {high}}}"
    return f"{'[' if properties.lower_reached else '('}{low}, {high}{']' if properties.upper_reached else ')'}"


def peak_text(properties: Properties) -> str:
    """The largest |f'| and where it is: "0.25 at 0", "1 for z > 0"."""
    most = short(properties.max_slope)
    if properties.peak is None:
        return f"{most} everywhere"
    low, high = properties.peak
    if low == math.inf:
        return f"{most} as z → ∞"
    if low == high:
        return f"{most} at {short(low)}"
    if low == -math.inf:
        return f"{most} everywhere" if high == math.inf else f"{most} for z < {short(high)}"
    return f"{most} for z > {short(low)}"


def dead_text(properties: Properties) -> str:
    """Where f' is exactly 0."""
    if properties.dead is None:
        return "none"
    return "everywhere" if properties.dead[1] == math.inf else f"z ≤ {short(properties.dead[1])}"


def percent(share: float) -> str:
    """A share in per cent; – where there is none."""
    if math.isnan(share):
        return "–"
    return "0 %" if share == 0.0 else f"{short(100.0 * share, 3)} %"


def page_note(spec: Activations) -> str:
    """What is to be said above a page; empty for nothing."""
    if spec.page in ("functions", "signal", "depth") and "threshold" in spec.shown:
        return THRESHOLD_NOTE
    if spec.page in ("signal", "depth") and "softmax" in spec.shown:
        return SOFTMAX_NOTE
    return ""
