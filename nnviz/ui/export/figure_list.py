"""The names of all figures by the workspace of their document: what `nnviz export --views` takes.

It imports no Qt, so that `--help` and a wrong name are answered at once. A test holds it to the figures that there are.
"""

from nnviz.ui.plots.registry import EXPORTED

FIGURES = {
    "lab": {kind.key: kind.title for kind in EXPORTED.values()},
    "neuron": {
        "neuron-drawing": "Neuron",
        "neuron-activation": "Activation",
        "neuron-plane": "Decision on the plane of two inputs",
        "perceptron-plane": "Plane of the two inputs",
        "perceptron-weights": "Weights after each step",
        "perceptron-rule": "The rule, step by step",
        "perceptron-network": "Network of three threshold units",
        "line": "Your line",
        "line-cost": "Cost J over w and b",
        "line-fits": "The best line without a bias, and with one",
    },
    "activations": {
        "activation-curves": "Functions f and their derivatives f′ over the same z",
        "activation-properties": "Properties",
        "activation-signal": "Inputs pushed through",
        "activation-signal-table": "Before and after",
        "activation-depth": "The product of derivatives through depth",
        "activation-depth-table": "After n layers",
        "activation-tanh": "tanh is a shifted sigmoid: tanh z = 2σ(2z) − 1",
        "activation-softmax": "softmax is of a whole layer: aᵢ = exp zᵢ / Σⱼ exp zⱼ",
        "activation-softmax-slopes": "Its derivative is a table: ∂aᵢ/∂zⱼ = aᵢ(δᵢⱼ − aⱼ)",
    },
    "descent": {
        "descent-curve": "Curve",
        "descent-map": "Map of the surface",
        "descent-space": "Surface in space",
        "descent-rates": "Learning rates side by side",
        "descent-course": "J and gradient by step",
        "descent-table": "Table of the numbers",
        "descent-step": "One step taken apart",
        "descent-data": "Points and lines",
    },
}
"""Key → title, in the order in which they are written."""
