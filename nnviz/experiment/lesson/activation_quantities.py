"""What can be measured of an activation function by itself."""

from nnviz.experiment.lesson.quantity import Quantity

QUANTITIES: dict[str, Quantity] = {
    "max_slope": Quantity(None, ("activation",), lambda activation: activation.max_slope, "greatest slope |f′| of {0}"),
    "slope_product": Quantity(
        None,
        ("activation", "whole"),
        lambda activation, n: activation.max_slope**n,
        "greatest slope |f′| of {0}, to the power {1}",
    ),
    "activation": Quantity(
        None, ("activation", "number"), lambda activation, z: float(activation.f(z)), "{0} at z = {1}"
    ),
    "slope": Quantity(
        None, ("activation", "number"), lambda activation, z: float(activation.derivative(z)), "slope of {0} at z = {1}"
    ),
}
