"""Optimizers: plain Python loops as written in the papers, PyTorch's own, populations, and what they refuse."""

import math

import numpy
import pytest

from nnviz.engine import OPTIMIZERS

NAMES = sorted(OPTIMIZERS)


def rng(seed: int = 0) -> numpy.random.Generator:
    return numpy.random.default_rng(seed)


def path(name: str, gradients: numpy.ndarray, **settings) -> numpy.ndarray:
    """theta after each step from 0, for gradients (T, ..., P) that do not depend on theta."""
    optimizer = OPTIMIZERS[name]
    theta = numpy.zeros(gradients.shape[1:])
    slots, thetas = optimizer.init(theta), []
    for step, gradient in enumerate(gradients):
        delta, slots = optimizer.update(gradient, slots, step, **settings)
        theta = theta + delta
        thetas.append(theta)
    return numpy.array(thetas)


def scalar_path(name: str, gradients: list[float], rate: float) -> list[float]:
    """The definitions of torch.optim for one number, in plain Python."""
    theta = v = s = 0.0
    thetas = []
    for t, g in enumerate(gradients, start=1):
        if name == "gradient_descent":
            theta -= rate * g
        elif name == "momentum":
            v = 0.9 * v + g
            theta -= rate * v
        elif name == "nesterov":
            v = 0.9 * v + g
            theta -= rate * (g + 0.9 * v)
        elif name == "adagrad":
            s += g * g
            theta -= rate * g / (math.sqrt(s) + 1e-10)
        elif name == "rmsprop":
            s = 0.99 * s + 0.01 * g * g
            theta -= rate * g / (math.sqrt(s) + 1e-8)
        else:
            v, s = 0.9 * v + 0.1 * g, 0.999 * s + 0.001 * g * g
            theta -= rate * (v / (1 - 0.9**t)) / (math.sqrt(s / (1 - 0.999**t)) + 1e-8)
        thetas.append(theta)
    return thetas


@pytest.mark.parametrize("name", NAMES)
def test_fifty_steps_follow_the_definition(name):
    gradients = rng().normal(size=(50, 3)) * [1.0, 1e-4, 100.0]
    expected = numpy.array([scalar_path(name, gradients[:, p].tolist(), 0.05) for p in range(3)]).T
    assert numpy.allclose(path(name, gradients, learning_rate=0.05), expected, rtol=1e-11, atol=1e-15)


def test_the_first_step_of_adam_is_the_learning_rate_whatever_the_gradient():
    # ConvNetJS multiplies by 1 - beta^t where it should divide: its first step would be 3e-5 of this.
    for g in (1e-3, 1.0, -1e3):
        delta, _ = OPTIMIZERS["adam"].update(numpy.array([g]), OPTIMIZERS["adam"].init([0.0]), 0, learning_rate=0.001)
        assert delta[0] == pytest.approx(-0.001 * math.copysign(1.0, g), rel=1e-4)


def test_gradient_descent_takes_steps_in_proportion_to_the_gradient():
    # MLU-Explain calls a method of signs "gradient descent".
    delta, slots = OPTIMIZERS["gradient_descent"].update(numpy.array([1.0, 1e-3, -5.0]), (), 0, learning_rate=0.1)
    assert delta.tolist() == [-0.1, -0.1 * 1e-3, 0.5]
    assert slots == ()


def test_learning_rates_on_a_parabola_behave_as_the_lecture_says():
    # f(x) = x², gradient 2x: factors 1 - 2α.
    for rate, factor in ((0.05, 0.9), (0.2, 0.6), (1.1, -1.2)):
        x = 1.0
        for step in range(30):
            delta, _ = OPTIMIZERS["gradient_descent"].update(numpy.array([2.0 * x]), (), step, learning_rate=rate)
            x_new = x + float(delta[0])
            assert x_new == pytest.approx(factor * x, rel=1e-12)
            assert x_new - x == pytest.approx(-rate * 2.0 * x, rel=1e-12)
            x = x_new
        assert (abs(x) > 1.0) == (rate == 1.1)


@pytest.mark.parametrize("name", NAMES)
def test_nothing_given_is_changed_and_the_default_rate_is_the_records(name):
    optimizer, gradient = OPTIMIZERS[name], rng().normal(size=4)
    slots = tuple(numpy.abs(rng(i).normal(size=4)) for i, _ in enumerate(optimizer.slot_names))
    before = gradient.copy(), [slot.copy() for slot in slots]
    delta, after = optimizer.update(gradient, slots, 3)
    same, _ = optimizer.update(gradient, slots, 3, learning_rate=optimizer.learning_rate)
    assert numpy.array_equal(delta, same)
    assert numpy.array_equal(gradient, before[0])
    assert all(map(numpy.array_equal, slots, before[1]))
    assert len(after) == len(slots)


@pytest.mark.parametrize("name", NAMES)
def test_arrays_handed_in_are_used_and_give_the_same_bits(name):
    optimizer, gradient = OPTIMIZERS[name], rng().normal(size=4)
    slots = optimizer.init(gradient)
    expected, expected_slots = optimizer.update(gradient, slots, 0)
    out = numpy.empty(4), tuple(numpy.full(4, 9.0) for _ in slots)
    delta, new = optimizer.update(gradient, slots, 0, out=out)
    assert delta is out[0]
    assert numpy.array_equal(delta, expected)
    assert all(map(numpy.array_equal, new, expected_slots))
    again, _ = optimizer.update(gradient, slots, 0, out=(numpy.empty(4), slots))
    assert numpy.array_equal(again, expected)
    assert all(map(numpy.array_equal, slots, expected_slots))


@pytest.mark.parametrize("name", NAMES)
def test_a_population_takes_the_steps_of_its_members(name):
    gradients = rng().normal(size=(20, 3, 5))
    together = path(name, gradients, learning_rate=0.03)
    for member in range(3):
        assert numpy.array_equal(together[:, member], path(name, gradients[:, member], learning_rate=0.03))


@pytest.mark.parametrize("name", NAMES)
def test_every_member_may_have_hyperparameters_of_its_own(name):
    gradients, rates = rng().normal(size=(20, 5)), [0.1, 0.01, 0.3]
    own = {key: numpy.linspace(record.low, record.default, 3) for key, record in OPTIMIZERS[name].parameters.items()}
    columns = {key: values[:, None] for key, values in own.items()}
    shared = numpy.broadcast_to(gradients[:, None], (20, 3, 5))
    together = path(name, shared, learning_rate=numpy.array(rates)[:, None], **columns)
    for member, rate in enumerate(rates):
        alone = path(name, gradients, learning_rate=rate, **{key: float(values[member]) for key, values in own.items()})
        assert numpy.allclose(together[:, member], alone, rtol=1e-13, atol=0)


@pytest.mark.parametrize("name", NAMES)
def test_one_gradient_and_many_rates_make_a_population(name):
    optimizer = OPTIMIZERS[name]
    delta, slots = optimizer.update(numpy.ones(4), optimizer.init(numpy.ones(4)), 0, learning_rate=numpy.ones((3, 1)))
    assert delta.shape == (3, 4)
    assert all(slot.shape == (3, 4) for slot in slots)


@pytest.mark.parametrize("name", NAMES)
def test_overflow_is_a_result_of_its_own_row_and_no_warning(name):
    gradients = rng().normal(size=(3, 2, 4))
    gradients[1, 0] = [1e200, numpy.inf, numpy.nan, -1e308]
    together = path(name, gradients, learning_rate=1e9)
    assert numpy.array_equal(together[:, 1], path(name, gradients[:, 1], learning_rate=1e9))
    assert not numpy.isfinite(together[-1, 0]).all()


def test_wrong_use_is_refused_by_name():
    adam = OPTIMIZERS["adam"]
    with pytest.raises(ValueError, match="adam has no parameter momentum; allowed are beta1, beta2, epsilon"):
        adam.update(numpy.ones(1), adam.init(numpy.ones(1)), 0, momentum=0.9)
    with pytest.raises(
        ValueError, match="gradient_descent has no parameter rho; allowed are none besides learning_rate"
    ):
        OPTIMIZERS["gradient_descent"].update(numpy.ones(1), (), 0, rho=0.9)
    with pytest.raises(ValueError, match=r"beta1 is 1\.0; expected a number from 0 to 0\.99999"):
        adam.update(numpy.ones(1), adam.init(numpy.ones(1)), 0, beta1=1.0)
    with pytest.raises(ValueError, match="momentum is nan; expected a number from 0 to 1"):
        OPTIMIZERS["momentum"].hyperparameters({"momentum": math.nan})
    with pytest.raises(ValueError, match=r"slots has 0 arrays; adam carries 2: use init\(theta\)"):
        adam.update(numpy.ones(1), (), 0)


@pytest.mark.parametrize("name", NAMES)
def test_fifty_steps_follow_torch_optim_with_its_own_defaults(name):
    torch = pytest.importorskip("torch")
    make = {
        "gradient_descent": torch.optim.SGD,
        "momentum": lambda p: torch.optim.SGD(p, momentum=0.9),
        "nesterov": lambda p: torch.optim.SGD(p, momentum=0.9, nesterov=True),
        "adagrad": torch.optim.Adagrad,
        "rmsprop": torch.optim.RMSprop,
        "adam": torch.optim.Adam,
    }[name]
    parameter = torch.zeros(6, dtype=torch.float64, requires_grad=True)
    theirs, gradients = make([parameter]), rng(4).normal(size=(50, 6)) * 10.0 ** rng(5).integers(-5, 3, (50, 6))
    expected = []
    for gradient in gradients:
        parameter.grad = torch.tensor(gradient)
        theirs.step()
        expected.append(parameter.detach().numpy().copy())
    assert numpy.allclose(path(name, gradients), expected, rtol=1e-11, atol=1e-16)
