"""The functions of the NumPy script, one text each: activations, losses, optimizers, with their formulas.

The mathematics is the engine's, written for reading rather than for speed. ALPHA stands for a layer's alpha.
"""

ACTIVATIONS: dict[str, tuple[str, str]] = {
    # name: (body of f(z), body of f'(z) where a = f(z))
    "linear": ("return z", "return np.ones_like(z)"),
    "threshold": ("return np.where(z > 0.0, 1.0, 0.0)", "return np.zeros_like(z)  # nothing can be learned through it"),
    "sigmoid": ("return 1.0 / (1.0 + np.exp(-z))", "return a * (1.0 - a)"),
    "tanh": ("return np.tanh(z)", "return 1.0 - a * a"),
    "relu": ("return np.maximum(z, 0.0)", "return np.where(z > 0.0, 1.0, 0.0)"),
    "leaky_relu": ("return np.where(z > 0.0, z, ALPHA * z)", "return np.where(z > 0.0, 1.0, ALPHA)"),
    "elu": (
        "return np.where(z > 0.0, z, ALPHA * np.expm1(np.minimum(z, 0.0)))",
        "return np.where(z > 0.0, 1.0, a + ALPHA)",
    ),
    "softplus": ("return np.logaddexp(0.0, z)", "return 1.0 / (1.0 + np.exp(-z))"),
    "silu": (
        "return z * (1.0 / (1.0 + np.exp(-z)))",
        "s = 1.0 / (1.0 + np.exp(-z))\n    return s + a * (1.0 - s)",
    ),
    "gelu": (
        "return z * normal_cdf(z)",
        "return normal_cdf(z) + z * np.exp(-0.5 * z * z) / math.sqrt(2.0 * math.pi)",
    ),
    "softmax": (
        "e = np.exp(z - z.max(axis=1, keepdims=True))\n    return e / e.sum(axis=1, keepdims=True)",
        "return a * (1.0 - a)  # the diagonal of its Jacobian",
    ),
}

NORMAL_CDF = '''def normal_cdf(z):
    """Φ(z), the share of a standard normal distribution below z; NumPy has no erfc, so one number at a time."""
    return 0.5 * np.vectorize(math.erfc, otypes=[float])(-z / math.sqrt(2.0))'''

FORMULAS: dict[str, str] = {
    "linear": "f(z) = z",
    "threshold": "f(z) = 1 for z > 0, else 0",
    "sigmoid": "f(z) = 1 / (1 + exp(-z))",
    "tanh": "f(z) = tanh z",
    "relu": "f(z) = max(0, z)",
    "leaky_relu": "f(z) = z for z > 0, else alpha z",
    "elu": "f(z) = z for z > 0, else alpha (exp(z) - 1)",
    "softplus": "f(z) = log(1 + exp(z))",
    "silu": "f(z) = z sigmoid(z)",
    "gelu": "f(z) = z Φ(z)",
    "softmax": "f(z)_k = exp(z_k) / Σ_j exp(z_j)",
}
DERIVATIVES: dict[str, str] = {
    "linear": "f'(z) = 1",
    "threshold": "f'(z) = 0",
    "sigmoid": "f'(z) = a (1 - a)",
    "tanh": "f'(z) = 1 - a²",
    "relu": "f'(z) = 1 for z > 0, else 0",
    "leaky_relu": "f'(z) = 1 for z > 0, else alpha",
    "elu": "f'(z) = 1 for z > 0, else a + alpha",
    "softplus": "f'(z) = sigmoid(z)",
    "silu": "f'(z) = s + a (1 - s) with s = sigmoid(z)",
    "gelu": "f'(z) = Φ(z) + z φ(z)",
    "softmax": "∂a_k/∂z_k = a_k (1 - a_k)",
}

CLIP = "p = np.clip(a, 1e-12, 1.0 - 1e-12)  # where the logarithm exists"
_INSIDE = "inside = np.where(np.isnan(a), a, (a >= 1e-12) & (a <= 1.0 - 1e-12))  # clipping has no slope outside"

LOSSES: dict[str, tuple[str, str, str]] = {
    # name: (formula of one example, body that returns the losses (N,), body that sets ∂loss/∂a as g)
    "squared_error": ("½ Σ_k (a_k - y_k)²", "return 0.5 * ((a - y) ** 2).sum(axis=1)", "g = a - y"),
    "absolute_error": ("Σ_k |a_k - y_k|", "return np.abs(a - y).sum(axis=1)", "g = np.sign(a - y)"),
    "binary_cross_entropy": (
        "-Σ_k [y_k log a_k + (1 - y_k) log(1 - a_k)]",
        f"{CLIP}\n    return -(y * np.log(p) + (1.0 - y) * np.log1p(-p)).sum(axis=1)",
        f"{CLIP}\n    {_INSIDE}\n    g = (p - y) / (p * (1.0 - p)) * inside",
    ),
    "categorical_cross_entropy": (
        "-Σ_k y_k log a_k",
        f"{CLIP}\n    return -(y * np.log(p)).sum(axis=1)",
        f"{CLIP}\n    {_INSIDE}\n    g = -y / p * inside",
    ),
}

EXACT: dict[tuple[str, str], tuple[str, str, str]] = {
    # (loss, output activation): (body of the loss from z, body of ∂loss/∂z, what makes it so simple)
    ("squared_error", "linear"): (LOSSES["squared_error"][1], "return a - y", "f'(z) = 1"),
    ("binary_cross_entropy", "sigmoid"): (
        "# log(1 + exp(z)) - y z, written so that exp never overflows\n"
        "    return (np.maximum(z, 0.0) - y * z + np.log1p(np.exp(-np.abs(z)))).sum(axis=1)",
        "return a - y",
        "a (1 - a) of the sigmoid cancels",
    ),
    ("categorical_cross_entropy", "softmax"): (
        "shifted = z - z.max(axis=1, keepdims=True)\n"
        "    return (y * (np.log(np.exp(shifted).sum(axis=1, keepdims=True)) - shifted)).sum(axis=1)",
        "return a * y.sum(axis=1, keepdims=True) - y  # a - y for one-hot y",
        "the softmax's Jacobian cancels",
    ),
    ("categorical_cross_entropy", "sigmoid"): (
        "# -log sigmoid(z) = log(1 + exp(-z))\n"
        "    return (y * (np.maximum(-z, 0.0) + np.log1p(np.exp(-np.abs(z))))).sum(axis=1)",
        "return (a - 1.0) * y",
        "a of the sigmoid cancels",
    ),
}

OPTIMIZERS: dict[str, tuple[int, str]] = {
    # name: (arrays that are carried along for each parameter, the function)
    "gradient_descent": (
        0,
        '''def gradient_descent(parameters, gradients, slots, step, learning_rate):
    """theta ← theta - alpha g, with g = ∂J/∂theta and the learning rate alpha."""
    for theta, g in zip(parameters, gradients):
        theta -= learning_rate * g''',
    ),
    "momentum": (
        1,
        '''def momentum(parameters, gradients, slots, step, learning_rate, momentum):
    """v ← momentum v + g,  theta ← theta - alpha v  (Polyak 1964)."""
    for theta, g, (v,) in zip(parameters, gradients, slots):
        v[...] = momentum * v + g
        theta -= learning_rate * v''',
    ),
    "nesterov": (
        1,
        '''def nesterov(parameters, gradients, slots, step, learning_rate, momentum):
    """v ← momentum v + g,  theta ← theta - alpha (g + momentum v)  (Nesterov 1983)."""
    for theta, g, (v,) in zip(parameters, gradients, slots):
        v[...] = momentum * v + g
        theta -= learning_rate * (g + momentum * v)''',
    ),
    "adagrad": (
        1,
        '''def adagrad(parameters, gradients, slots, step, learning_rate, epsilon):
    """s ← s + g²,  theta ← theta - alpha g / (√s + epsilon)  (Duchi et al. 2011)."""
    for theta, g, (s,) in zip(parameters, gradients, slots):
        s += g * g
        theta -= learning_rate * (g / (np.sqrt(s) + epsilon))''',
    ),
    "rmsprop": (
        1,
        '''def rmsprop(parameters, gradients, slots, step, learning_rate, rho, epsilon):
    """s ← rho s + (1 - rho) g²,  theta ← theta - alpha g / (√s + epsilon)  (Hinton 2012)."""
    for theta, g, (s,) in zip(parameters, gradients, slots):
        s[...] = rho * s + (1.0 - rho) * (g * g)
        theta -= learning_rate * (g / (np.sqrt(s) + epsilon))''',
    ),
    "adam": (
        2,
        '''def adam(parameters, gradients, slots, step, learning_rate, beta1, beta2, epsilon):
    """m ← beta1 m + (1 - beta1) g,  s ← beta2 s + (1 - beta2) g²  (Kingma, Ba 2015).

    theta ← theta - alpha m̂ / (√ŝ + epsilon), where m̂ and ŝ are m and s without their bias towards 0.
    """
    for theta, g, (m, s) in zip(parameters, gradients, slots):
        m[...] = beta1 * m + (1.0 - beta1) * g
        s[...] = beta2 * s + (1.0 - beta2) * (g * g)
        root = np.sqrt(s) * (1.0 - beta2 ** (step + 1)) ** -0.5  # √ŝ
        theta -= learning_rate / (1.0 - beta1 ** (step + 1)) * (m / (root + epsilon))''',
    ),
}
