"""What the terms of the panels mean, in a sentence or two for someone who has heard the lecture once."""

RESTARTS = "Changing it starts the run again."
CONTINUES = "Takes effect at once: the run goes on."


def restarts(tip: str) -> str:
    """The explanation of a setting that belongs to the beginning of a run."""
    return f"{tip} {RESTARTS}"


def continues(tip: str) -> str:
    """The explanation of a setting that may change during a run."""
    return f"{tip} {CONTINUES}"


ACTIVATION_TIPS = {
    "linear": "Passes the sum on as it is. Layers of it do no more than one such layer.",
    "threshold": "1 above zero, else 0: the perceptron. It has no slope, so nothing before it can learn.",
    "sigmoid": "Squeezes any number into 0 to 1: a probability. Its slope is 1/4 at most, and nearly 0 at the ends.",
    "tanh": "Squeezes any number into −1 to 1, centred at 0. Its slope is 1 in the middle and nearly 0 at the ends.",
    "relu": "Zero below 0, unchanged above: the gradient passes whole or not at all. Units can die.",
    "leaky_relu": "Like ReLU, but below 0 a small slope alpha is left, so that no unit dies.",
    "elu": "Like ReLU above 0; below it bends smoothly towards −alpha.",
    "softplus": "A smooth ReLU: its slope goes from 0 to 1 without a corner.",
    "silu": "The sum times its sigmoid: smooth, close to ReLU, dips a little below 0.",
    "gelu": "The sum times the share of a normal distribution below it: smooth and close to ReLU.",
    "softmax": "Shares a probability of 1 out among the outputs: for classes that exclude each other.",
}

INITIALIZER_TIPS = {
    "zeros": "All 0. Usual for biases; for weights it makes all units of a layer alike for ever.",
    "constant": "All the same number, the scale. For weights it makes all units of a layer alike for ever.",
    "random_normal": "Drawn from a normal distribution; the scale is its spread, whatever the layer's size.",
    "random_uniform": "Drawn evenly from −scale to scale, whatever the layer's size.",
    "glorot_normal": "Normal, with a spread that keeps signal and gradient in size for tanh and sigmoid.",
    "glorot_uniform": "Uniform, with a spread that keeps signal and gradient in size for tanh and sigmoid.",
    "he_normal": "Normal, with twice the variance per input, which makes up for the half that ReLU cuts off.",
    "he_uniform": "Uniform, with twice the variance per input, which makes up for the half that ReLU cuts off.",
    "lecun_normal": "Normal, with a variance of one over the number of inputs.",
    "orthogonal": "A random rotation: lengths of signals are kept exactly, however deep the network.",
}

LOSS_TIPS = {
    "squared_error": "Half the squared distance to the target: for numbers to be predicted. Far misses count most.",
    "absolute_error": "The distance to the target: for numbers, where a few wild targets should not rule the fit.",
    "binary_cross_entropy": "How surprised a sigmoid output is by the yes or no it should have said.",
    "categorical_cross_entropy": "How surprised softmax outputs are by the class that is right.",
}

OPTIMIZER_TIPS = {
    "gradient_descent": "A step downhill, as long as the learning rate times the slope.",
    "momentum": "Keeps a share of the last steps, like a rolling ball: faster along valleys, less zig-zag.",
    "nesterov": "Momentum that looks at the slope ahead, where the ball is about to be, and so overshoots less.",
    "adagrad": "Divides each parameter's step by the size of all its gradients so far: the steps keep shrinking.",
    "rmsprop": "Divides each parameter's step by the size of its recent gradients.",
    "adam": "Momentum and RMSProp together: a usual first choice for deep networks.",
}

TASK_WORDS = {
    "regression": "regression",
    "binary": "two classes",
    "multi-class": "several classes",
    "multi-label": "several labels",
}
