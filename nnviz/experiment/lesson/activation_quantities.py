"""What can be measured of an activation function by itself."""

from nnviz.experiment.lesson.quantity import Quantity

QUANTITIES: dict[str, Quantity] = {
    "max_slope": Quantity(None, ("activation",), lambda activation: activation.max_slope),
    "slope_product": Quantity(None, ("activation", "whole"), lambda activation, n: activation.max_slope**n),
    "activation": Quantity(None, ("activation", "number"), lambda activation, z: float(activation.f(z))),
    "slope": Quantity(None, ("activation", "number"), lambda activation, z: float(activation.derivative(z))),
}
