"""Training: each step is the formula, runs repeat bit for bit, populations are their members, nothing is allocated."""

import tracemalloc

import numpy
import pytest

from nnviz.engine import ACTIVATIONS, LOSSES, OPTIMIZERS, Network, NetworkObjective, Trainer, chunks
from nnviz.engine.batches import BatchStream


def rng(seed: int = 0) -> numpy.random.Generator:
    return numpy.random.default_rng(seed)


def objective(n: int = 25, activation: str = "tanh", **penalties: float) -> NetworkObjective:
    network = Network((2, 6, 3), (activation, "softmax"))
    y = numpy.eye(3)[rng(2).integers(0, 3, n)]
    return NetworkObjective(network, "categorical_cross_entropy", rng(1).normal(size=(n, 2)), y, **penalties)


def theta_0(cost: NetworkObjective, population: tuple[int, ...] = ()) -> numpy.ndarray:
    return cost.network.initialize(rng=rng(3), population=population)


def test_a_trainer_that_is_rewired_goes_on_as_one_of_the_other_network_from_there():
    cost = objective(l2=0.02)
    other = Network(cost.network.sizes, ("relu", "softmax"))
    trainer = Trainer(cost, theta_0(cost), optimizer="adam", learning_rate=0.05, batch_size=10, seed=4)
    trainer.advance_many(7)
    trainer.rewire(other)
    assert trainer.tape_network is cost.network, "the tape is still that of the step before"
    fresh = Trainer(
        cost.with_network(other), theta_0(cost), optimizer="adam", learning_rate=0.05, batch_size=10, seed=4
    )
    fresh.restore(trainer.state())
    for steps in (1, 8):
        trainer.advance_many(steps)
        fresh.advance_many(steps)
        assert numpy.array_equal(trainer.theta, fresh.theta)
        assert numpy.array_equal(trainer.gradient, fresh.gradient)
    assert trainer.tape_network is other
    with pytest.raises(ValueError, match="network has sizes"):
        trainer.rewire(Network((2, 7, 3), ("relu", "softmax")))


@pytest.mark.parametrize("name", sorted(OPTIMIZERS))
def test_each_step_is_the_gradient_of_the_next_batch_through_the_optimizer(name):
    # TensorFlow Playground lets gradients of a short last batch leak into the next epoch: 25 examples, batches of 10.
    cost = objective(l1=0.01, l2=0.02)
    trainer = Trainer(cost, theta_0(cost), optimizer=name, learning_rate=0.05, batch_size=10, seed=4)
    theta, batches, slots = theta_0(cost), BatchStream(25, 10, 4), OPTIMIZERS[name].init(theta_0(cost))
    for step in range(9):
        rows = batches.next()
        assert len(rows) == (5 if step % 3 == 2 else 10)
        part = NetworkObjective(cost.network, "categorical_cross_entropy", cost.x[rows], cost.y[rows], 0.01, 0.02)
        _, gradient = part.value_and_gradient(theta)
        delta, slots = OPTIMIZERS[name].update(gradient, slots, step, learning_rate=0.05)
        theta = theta + delta
        trainer.advance()
        assert numpy.array_equal(trainer.gradient, gradient)
        assert numpy.array_equal(trainer.delta_theta, delta)
        assert numpy.array_equal(trainer.theta, theta)
        assert trainer.step == step + 1


def test_a_step_of_gradient_descent_equals_the_formula():
    cost = objective()
    trainer = Trainer(cost, theta_0(cost), learning_rate=0.3, batch_size=25)
    for _ in range(5):
        before = trainer.theta.copy()
        _, gradient = cost.value_and_gradient(before)
        trainer.advance()
        assert numpy.allclose(trainer.theta, before - 0.3 * gradient, rtol=0, atol=1e-12)


@pytest.mark.parametrize("name", sorted(OPTIMIZERS))
def test_the_path_does_not_depend_on_how_steps_are_grouped(name):
    cost = objective()
    paths = []
    for groups in ([60], [1] * 60, [7, 1, 30, 22]):
        trainer = Trainer(cost, theta_0(cost), optimizer=name, batch_size=10, seed=9)
        for count in groups:
            trainer.advance_many(count)
        paths.append(trainer.theta)
    assert numpy.array_equal(paths[0], paths[1])
    assert numpy.array_equal(paths[0], paths[2])


@pytest.mark.parametrize("name", sorted(OPTIMIZERS))
def test_a_state_brings_back_the_moment_and_the_same_future(name):
    cost = objective()
    trainer = Trainer(cost, theta_0(cost), optimizer=name, batch_size=10, seed=9)
    trainer.advance_many(13)
    state = trainer.state()
    saved = state.theta.copy()
    trainer.advance_many(20)
    future = trainer.theta.copy()
    assert numpy.array_equal(state.theta, saved)
    trainer.restore(state)
    assert trainer.step == 13
    assert trainer.tape is None
    assert not trainer.gradient.any()
    assert not trainer.delta_theta.any()
    trainer.advance_many(20)
    assert numpy.array_equal(trainer.theta, future)


def test_going_back_to_the_present_step_keeps_what_led_there():
    cost = objective()
    trainer = Trainer(cost, theta_0(cost), batch_size=10)
    trainer.advance_many(3)
    tape, gradient = trainer.tape, trainer.gradient.copy()
    trainer.restore(trainer.state())
    assert trainer.tape is tape
    assert numpy.array_equal(trainer.gradient, gradient)


def test_the_tape_is_that_of_the_last_batch_and_its_parameters():
    cost = objective(25)
    trainer = Trainer(cost, theta_0(cost), batch_size=10, seed=1)
    assert trainer.tape is None
    batches = BatchStream(25, 10, 1)
    for _ in range(4):
        before = trainer.theta.copy()
        trainer.advance()
        rows = batches.next()
        assert numpy.array_equal(trainer.tape.a(0), cost.x[rows])
        assert numpy.array_equal(trainer.tape.y, cost.y[rows])
        assert numpy.allclose(trainer.tape.a(2), cost.network.predict(before, cost.x[rows]), rtol=1e-12)


def test_epochs_count_passes_through_the_examples():
    trainer = Trainer(objective(25), theta_0(objective()), batch_size=10)
    assert [trainer.advance() or trainer.epoch for _ in range(4)] == [0.4, 0.8, 1.0, 1.4]


def test_a_population_is_its_members():
    cost, rates = objective(), numpy.array([[0.1], [0.5], [2.0]])
    theta = theta_0(cost, (3,))
    together = Trainer(cost, theta, learning_rate=rates, batch_size=10, seed=5)
    together.advance_many(40)
    for member in range(3):
        alone = Trainer(cost, theta[member], learning_rate=float(rates[member, 0]), batch_size=10, seed=5)
        alone.advance_many(40)
        assert numpy.allclose(together.theta[member], alone.theta, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("members", [1, 2, 3, 5])
def test_a_big_population_is_worked_through_in_parts_with_the_same_result(members, monkeypatch):
    cost = objective(l1=0.01, l2=0.02)
    whole = Trainer(cost, theta_0(cost, (3, 2)), optimizer="adam", batch_size=10)
    whole.advance_many(7)
    assert whole.tape.population == (3, 2)
    monkeypatch.setattr(chunks, "CHUNK_BYTES", members * 2 * cost.network.bytes_per_member(10))
    parts = Trainer(cost, theta_0(cost, (3, 2)), optimizer="adam", batch_size=10)
    parts.advance_many(7)
    assert parts.tape is None
    assert numpy.array_equal(parts.theta, whole.theta)


def test_a_diverging_member_leaves_the_others_bit_for_bit():
    cost = objective(activation="relu", l2=0.5)
    theta = theta_0(cost, (3,))
    calm = Trainer(cost, theta, learning_rate=numpy.array([[0.1], [0.1], [0.2]]), batch_size=10)
    wild = Trainer(cost, theta, learning_rate=numpy.array([[0.1], [1e9], [0.2]]), batch_size=10)
    calm.advance_many(200)
    wild.advance_many(200)
    assert not numpy.isfinite(wild.theta[1]).all()
    assert numpy.array_equal(wild.theta[[0, 2]], calm.theta[[0, 2]])


def test_settings_change_between_two_steps():
    cost = objective()
    trainer = Trainer(cost, theta_0(cost), learning_rate=0.1, batch_size=10)
    trainer.advance_many(2)
    trainer.configure(0.2)
    trainer.batches.size = 25
    assert trainer.batches.size == 25
    trainer.regularize(0.0, 0.3)
    before = trainer.theta.copy()
    trainer.advance()
    assert len(trainer.tape.y) == 5
    trainer.advance()
    assert len(trainer.tape.y) == 25
    assert (trainer.objective.l1, trainer.objective.l2) == (0.0, 0.3)
    assert numpy.allclose(trainer.delta_theta, -0.2 * trainer.gradient)
    trainer.use("adam")
    assert [slot.any() for slot in trainer.slots] == [False, False]
    trainer.configure(0.01, {"beta1": 0.5})
    assert trainer.parameters == {"beta1": 0.5, "beta2": 0.999, "epsilon": 1e-8}
    trainer.theta[...] = before
    assert trainer.advance() is None


def test_the_theta_given_is_copied():
    cost = objective()
    theta = theta_0(cost)
    Trainer(cost, theta, learning_rate=1.0).advance()
    assert numpy.array_equal(theta, theta_0(cost))


@pytest.mark.parametrize("activation", sorted(name for name in ACTIVATIONS if ACTIVATIONS[name].elementwise))
@pytest.mark.parametrize("optimizer", ["gradient_descent", "adam"])
def test_training_does_not_allocate_step_by_step(activation, optimizer):
    network = Network((2, 8, 8, 1), (activation, activation, "sigmoid"))
    x = rng().normal(size=(30, 2))
    cost = NetworkObjective(network, "binary_cross_entropy", x, x[:, :1] > 0)
    trainer = Trainer(cost, network.initialize(rng=rng()), optimizer=optimizer, learning_rate=0.01, batch_size=30)
    trainer.advance_many(50)
    tracemalloc.start()
    try:
        trainer.advance_many(20)
        held, _ = tracemalloc.get_traced_memory()
        tracemalloc.reset_peak()
        trainer.advance_many(200)
        after, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert after - held < 2000
    assert peak - held < 60_000  # what a few activations need for a moment, a batch of 240 numbers at a time


def test_a_thousand_steps_have_the_same_peak_as_a_hundred():
    cost = objective(500)
    trainer = Trainer(cost, theta_0(cost), batch_size=10)
    trainer.advance_many(100)
    peaks = []
    for count in (100, 1000):
        tracemalloc.start()
        try:
            trainer.advance_many(count)
            peaks.append(tracemalloc.get_traced_memory()[1])
        finally:
            tracemalloc.stop()
    assert peaks[1] < peaks[0] + 5_000
    assert peaks[1] < 50_000


def test_divergence_is_a_result_and_no_warning():
    cost = objective(activation="relu", l1=0.1, l2=0.1)
    trainer = Trainer(cost, theta_0(cost), learning_rate=1e9, batch_size=10)
    trainer.advance_many(300)
    assert not numpy.isfinite(trainer.theta).all()


def test_wrong_use_is_refused_by_name():
    cost = objective()
    with pytest.raises(ValueError, match="optimizer is 'sgd'; allowed are gradient_descent, momentum"):
        Trainer(cost, theta_0(cost), optimizer="sgd")
    with pytest.raises(ValueError, match=r"theta has shape \(3,\)"):
        Trainer(cost, numpy.zeros(3))
    for shape in ((3, 1), (4,)):
        with pytest.raises(ValueError, match=r"learning_rate has shape \(.*\); expected a number, or one that fits"):
            Trainer(cost, theta_0(cost), learning_rate=numpy.ones(shape))
    trainer = Trainer(cost, theta_0(cost))
    for other in (Trainer(cost, theta_0(cost, (2,))), Trainer(cost, theta_0(cost), optimizer="adam")):
        with pytest.raises(ValueError, match="state is of another network or optimizer than this trainer's"):
            trainer.restore(other.state())


def test_batch_sizes_that_were_used_before_leave_no_trace():
    cost = objective()
    trainer, other = Trainer(cost, theta_0(cost), batch_size=7), Trainer(cost, theta_0(cost), batch_size=7)
    for size in (7, 3, 5, 7, 11):
        trainer.batches.size = size
        trainer.advance_many(13)
        other.batches.size = size
        for _ in range(13):
            other._programs.clear()  # always made anew
            other.advance()
    assert numpy.array_equal(trainer.theta, other.theta)
    assert len(trainer._programs) <= 2


@pytest.mark.parametrize("name", sorted(OPTIMIZERS))
def test_fifty_steps_of_a_network_follow_pytorch(name):
    torch = pytest.importorskip("torch")
    cost = objective(40)
    layout, theta = cost.network.layout, theta_0(cost)
    parameters = []
    for l in (1, 2):
        parameters += [torch.tensor(part(theta, l), requires_grad=True) for part in (layout.weights, layout.biases)]
    theirs = {
        "gradient_descent": torch.optim.SGD,
        "momentum": lambda p, lr: torch.optim.SGD(p, lr=lr, momentum=0.9),
        "nesterov": lambda p, lr: torch.optim.SGD(p, lr=lr, momentum=0.9, nesterov=True),
        "adagrad": torch.optim.Adagrad,
        "rmsprop": torch.optim.RMSprop,
        "adam": torch.optim.Adam,
    }[name](parameters, lr=0.02)
    trainer = Trainer(cost, theta, optimizer=name, learning_rate=0.02, batch_size=16, seed=6)
    batches = BatchStream(40, 16, 6)
    for _ in range(50):
        rows = batches.next()
        theirs.zero_grad()
        z = torch.tanh(torch.tensor(cost.x[rows]) @ parameters[0] + parameters[1]) @ parameters[2] + parameters[3]
        torch.nn.functional.cross_entropy(z, torch.tensor(cost.y[rows].argmax(1))).backward()
        theirs.step()
        trainer.advance()
    flat = numpy.concatenate([parameter.detach().numpy().ravel() for parameter in parameters])
    assert numpy.allclose(trainer.theta, flat, rtol=1e-9, atol=1e-11)


# Lecture 10.2: each task with the output that belongs to it.


@pytest.mark.parametrize("task", ["regression", "binary", "multi-class", "multi-label"])
def test_the_proposed_output_reaches_the_target_of_its_task(task):
    x = rng(1).uniform(-1, 1, (200, 2))
    above = (x[:, :1] * x[:, 1:] > 0).astype(float)
    third = numpy.digitize(x[:, 0] + x[:, 1], [-0.4, 0.4])
    output, loss, y = {
        "regression": ("linear", "squared_error", numpy.sin(2 * x[:, :1]) + x[:, 1:] ** 2),
        "binary": ("sigmoid", "binary_cross_entropy", above),
        "multi-class": ("softmax", "categorical_cross_entropy", numpy.eye(3)[third]),
        "multi-label": ("sigmoid", "binary_cross_entropy", numpy.hstack([above, x[:, :1] > 0.2])),
    }[task]
    assert output in LOSSES[loss].outputs
    network = Network((2, 12, y.shape[1]), ("tanh", output))
    cost = NetworkObjective(network, loss, x, y)
    trainer = Trainer(cost, network.initialize(rng=rng()), optimizer="adam", learning_rate=0.02, batch_size=20)
    trainer.advance_many(2000)
    a = network.predict(trainer.theta, x)
    if task == "regression":
        assert 1 - ((a - y) ** 2).sum() / ((y - y.mean()) ** 2).sum() > 0.98
    elif task == "multi-class":
        assert numpy.allclose(a.sum(axis=1), 1.0)
        assert (a.argmax(axis=1) == third).mean() > 0.95
    else:
        assert ((a > 0.5) == (y > 0.5)).mean() > 0.95
