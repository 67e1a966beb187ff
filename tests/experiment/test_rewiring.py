"""Another network in mid-run: the same run goes on with it, wherever one travels, and equals the engine's own steps."""

import dataclasses
from functools import cache

import msgspec
import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnviz.engine import OPTIMIZERS, Network, NetworkObjective
from nnviz.engine.batches import BatchStream
from nnviz.engine.randomness import INITIALIZATION, stream
from nnviz.engine.unit_states import UnitState
from nnviz.experiment.autopsy import autopsy
from nnviz.experiment.evidence import Evidence
from nnviz.experiment.files import dump_document, load_experiment, parse_document
from nnviz.experiment.headless import report, train
from nnviz.experiment.problem import resolve
from nnviz.experiment.remedies import LEAKY, SIGMOID_FOR_THRESHOLD, he_in_layer
from nnviz.experiment.rewiring import redrawn_layers
from nnviz.experiment.snapshot import take_snapshot
from nnviz.experiment.specification import (
    Change,
    DataSpec,
    Experiment,
    InitializerSpec,
    LayerSpec,
    NetworkSpec,
    OutputSpec,
    TrainingSpec,
    WeightEdit,
    replace,
)
from nnviz.experiment.training_job import KEPT_PROBLEMS, TrainingJob
from nnviz.experiment.unit_history import NEVER, UnitHistory
from nnviz.experiment.verdict import judge
from nnviz.experiment.watch import Watch
from nnviz.resources import resource

HE = InitializerSpec("he_normal")
RELU = NetworkSpec((LayerSpec(4, "relu"), LayerSpec(3, "relu")))
LEAKY_RELU = NetworkSpec((LayerSpec(4, "leaky_relu"), LayerSpec(3, "leaky_relu", 0.2)))
MIXED = NetworkSpec(
    (LayerSpec(4, "relu", weights=HE), LayerSpec(3, "tanh")), OutputSpec(biases=InitializerSpec("constant"))
)
SPEC = Experiment(
    data=DataSpec("circle", size=55, train_share=0.8),
    network=RELU,
    training=TrainingSpec(optimizer="adam", learning_rate=0.05, batch_size=10),
)
DYING = load_experiment(resource("presets", "dying.nnviz"))


def job(spec: Experiment = SPEC, steps: int = 0) -> TrainingJob:
    made = TrainingJob(resolve(spec))
    made.advance(steps)
    return made


@cache
def rewired_spec() -> Experiment:
    return rewired_run().spec


def rewired_run() -> TrainingJob:
    """Forwards and back between three networks, with layers drawn anew, weights by hand and another optimizer."""
    made = job(steps=7)
    made.rewire(LEAKY_RELU)
    made.advance(13)
    made.rewire(MIXED)
    made.set_weights([WeightEdit(1, 0.5)])
    made.advance(20)
    made.rewire(MIXED, redraw=(2,))
    made.tune(replace(SPEC.training, optimizer="rmsprop", learning_rate=0.01))
    made.advance(1000)
    made.rewire(RELU)
    made.advance(60)
    return made


def same(a: TrainingJob, b: TrainingJob) -> None:
    """The same moment of the same run, to the last bit, and the same network in force."""
    assert (a.step, a.status, a.training, a.network) == (b.step, b.status, b.training, b.network)
    assert a.problem.spec.network == a.network
    arrays = [
        (job.trainer.theta, *job.trainer.slots, job.trainer.gradient, job.trainer.delta_theta, job.moment().layers)
        for job in (a, b)
    ]
    assert all(numpy.array_equal(x, y, equal_nan=True) for x, y in zip(*arrays, strict=True))
    assert a.moment().units.tolist() == b.moment().units.tolist()
    assert numpy.array_equal(a.moment().row(), b.moment().row(), equal_nan=True)
    assert [f.name for f in a.problem.network.activations] == [layer.activation for layer in a.network.layers]
    assert a.evaluation.problem is a.problem
    assert a.trainer.objective.network is a.problem.network


def same_record(a: TrainingJob, b: TrainingJob) -> None:
    for name in ("values", "layers", "units"):
        assert numpy.array_equal(getattr(a.curves(), name), getattr(b.curves(), name), equal_nan=True)


def by_hand(spec: Experiment, forks: dict[int, Network], steps: int) -> list[numpy.ndarray]:
    """theta after 0, 1, … steps of plain gradient descent: the engine's gradient of each batch, and no job."""
    problem = resolve(spec)
    x, y = problem.objective.x, problem.objective.y
    network, path = problem.network, [problem.theta_0]
    batches = BatchStream(len(x), spec.training.batch_size, spec.seed)
    for step in range(steps):
        network = forks.get(step, network)
        rows = batches.next()
        _, gradient = NetworkObjective(network, spec.training.loss, x[rows], y[rows]).value_and_gradient(path[-1])
        path.append(path[-1] - spec.training.learning_rate * gradient)
    return path


# The lecture's row


def test_row_9_11_leaky_from_the_step_before_a_death_leaves_no_unit_dead():
    live = job(DYING, 60)
    dead = numpy.flatnonzero(live.moment().units == UnitState.DEAD)
    assert len(dead) >= 12
    found = autopsy(live, 1, 2)
    assert (found.step, live.step) == (2, 1)
    live.rewire(LEAKY.apply(live.problem.spec, "binary").network)
    live.advance(999)
    after = live.curves().column("step") >= found.step - 1
    assert numpy.count_nonzero(live.curves().units[after] == UnitState.DEAD) == 0
    assert numpy.count_nonzero(live.curves().units[~after] == UnitState.DEAD) > 0, "what was, stays on record"
    assert (UnitHistory.of(live.curves()).dead_since() == NEVER).all()
    assert live.moment().train_cost < 0.05
    leaky = Network((2, 8, 8, 8, 1), ("leaky_relu", "leaky_relu", "leaky_relu", "sigmoid"))
    assert numpy.array_equal(by_hand(DYING, {1: leaky}, 1000)[-1], live.trainer.theta)


def test_before_the_first_death_by_a_step_the_fork_is_a_run_with_leaky_from_its_beginning():
    live = job(DYING, 60)
    cases = [(l, int(u)) for l, dead in enumerate(live.moment().dead, start=1) for u in numpy.flatnonzero(dead)]
    assert min(found.step for l, u in cases if (found := autopsy(live, l, u)).step > 0) == 1
    network = LEAKY.apply(DYING, "binary").network
    live.seek(0)
    live.rewire(network)
    live.advance(300)
    begun = job(replace(DYING, network=network), 300)
    assert numpy.array_equal(live.trainer.theta, begun.trainer.theta)
    assert numpy.array_equal(live.curves().values, begun.curves().values)
    assert not any(part.any() for part in live.moment().dead)


# What is drawn anew


def test_a_layer_is_drawn_anew_where_its_scheme_differs_or_it_is_asked_for():
    louder = replace(RELU, gain=2.0)
    assert redrawn_layers(RELU, LEAKY_RELU) == ()
    assert redrawn_layers(RELU, MIXED) == (1, 3)
    assert redrawn_layers(RELU, MIXED, (2, 3)) == (1, 2, 3)
    assert redrawn_layers(RELU, louder) == (1, 2, 3)


@pytest.mark.parametrize("optimizer", ["momentum", "adam"])
def test_what_is_drawn_anew_is_what_the_seed_gives_and_its_slots_begin_at_zero(optimizer):
    live = job(replace(SPEC, training=replace(SPEC.training, optimizer=optimizer)), 30)
    theta, slots = live.trainer.theta.copy(), [slot.copy() for slot in live.trainer.slots]
    layout = live.problem.network.layout
    live.rewire(MIXED)
    network = Network((2, 4, 3, 1), ("relu", "tanh", "sigmoid"))
    drawn = network.initialize(
        ("he_normal", "glorot_uniform", "glorot_uniform"),
        ("zeros", "zeros", "constant"),
        rng=stream(SPEC.seed, INITIALIZATION),
    )
    for l, anew in ((1, True), (2, False), (3, True)):
        assert numpy.array_equal(layout.block(live.trainer.theta, l), layout.block(drawn if anew else theta, l))
        for now, before in zip(live.trainer.slots, slots, strict=True):
            expected = numpy.zeros_like(layout.block(before, l)) if anew else layout.block(before, l)
            assert numpy.array_equal(layout.block(now, l), expected)
    # and the next step is the optimizer's on the new network
    theta, slots = live.trainer.theta.copy(), tuple(slot.copy() for slot in live.trainer.slots)
    batches = BatchStream(len(live.problem.train), 10, SPEC.seed)
    for _ in range(31):
        rows = batches.next()
    part = NetworkObjective(network, SPEC.training.loss, live.problem.objective.x[rows], live.problem.objective.y[rows])
    delta, _ = OPTIMIZERS[optimizer].update(part.value_and_gradient(theta)[1], slots, 30, learning_rate=0.05)
    live.advance(1)
    assert numpy.array_equal(live.trainer.theta, theta + delta)


def test_a_layer_that_has_he_already_gets_the_weights_it_began_with():
    live = job(DYING, 10)
    remedy = he_in_layer(2)
    wanted = remedy.apply(live.problem.spec, "binary").network
    assert wanted == DYING.network
    before, layout = live.trainer.theta.copy(), live.problem.network.layout
    live.rewire(wanted, remedy.redraw)
    assert numpy.array_equal(layout.block(live.trainer.theta, 2), layout.block(live.problem.theta_0, 2))
    for l in (1, 3, 4):
        assert numpy.array_equal(layout.block(live.trainer.theta, l), layout.block(before, l))


def test_he_in_a_layer_changes_that_layer_alone():
    uniform = InitializerSpec("he_uniform", 2.0)
    spec = replace(SPEC, network=NetworkSpec((LayerSpec(4, "relu"), LayerSpec(3, "relu", weights=uniform))))
    first, second, output = (he_in_layer(l).apply(spec, "binary").network for l in (1, 2, 3))
    assert first == replace(spec.network, hidden=(LayerSpec(4, "relu", weights=HE), spec.network.hidden[1]))
    assert second == spec.network
    assert output == replace(spec.network, output=OutputSpec(weights=HE))
    assert he_in_layer(3).redraw == (3,)


# The same run


def test_a_run_with_other_networks_replays_from_its_file_bit_for_bit():
    live = rewired_run()
    assert [change.step for change in live.spec.changes] == [7, 20, 40, 1040]
    assert live.spec.network == RELU
    assert live.spec.network_at(6) == RELU
    assert live.spec.network_at(7) == live.spec.network_at(19) == LEAKY_RELU
    assert live.spec.network_at(40) == MIXED
    content = dump_document(live.spec)
    again = parse_document(content, "run")
    assert again == live.spec
    assert dump_document(again) == content
    replayed = train(again, live.step)
    same(live, replayed)
    same_record(live, replayed)
    assert report(live) == report(replayed)


@settings(max_examples=4, deadline=None)
@given(steps=st.lists(st.one_of(st.integers(0, 60), st.integers(1030, 1100)), min_size=1, max_size=3))
def test_one_may_travel_across_the_changes_and_back(steps):
    live = job(rewired_spec(), 1100)
    end = job(live.spec, live.step)
    for step in steps:
        live.seek(step)
        same(live, job(live.spec, step))
    live.seek(live.horizon)
    same(live, end)
    same_record(live, end)


def test_how_steps_are_grouped_does_not_matter():
    spec = rewired_spec()
    whole, single = job(spec, 70), job(spec)
    for _ in range(70):
        single.advance(1)
    same(whole, single)
    same_record(whole, single)


def test_going_back_and_forth_gives_the_same_problems():
    live = job(steps=7)
    live.rewire(LEAKY_RELU)
    live.advance(5)
    leaky = live.problem
    live.seek(3)
    relu = live.problem
    assert relu.spec == SPEC
    live.seek(10)
    assert live.problem is leaky
    live.seek(3)
    assert live.problem is relu
    assert leaky.objective.x is relu.objective.x


def test_a_run_may_have_more_networks_than_are_kept():
    live = job()
    alphas = [0.01 * (place + 1) for place in range(KEPT_PROBLEMS + 3)]
    for alpha in alphas:
        live.advance(2)
        live.rewire(NetworkSpec((LayerSpec(4, "leaky_relu", alpha), LayerSpec(3, "relu"))))
    for place, alpha in enumerate(alphas, start=1):
        live.seek(2 * place)
        assert live.problem.network.activations[0].alpha == alpha
        same(live, job(live.spec, 2 * place))


def test_a_network_at_step_0_in_a_file_is_how_the_run_begins():
    changed, begun = job(replace(SPEC, changes=(Change(0, network=MIXED),)), 40), job(replace(SPEC, network=MIXED), 40)
    same(changed, begun)
    same_record(changed, begun)
    changed.seek(0)
    changed.tune(replace(SPEC.training, learning_rate=0.2))
    assert changed.spec.changes == (Change(0, network=MIXED),)
    assert changed.network == MIXED


def test_a_change_made_anew_at_its_step_is_one():
    live = job(steps=9)
    theta = live.trainer.theta.copy()
    live.rewire(MIXED)
    live.rewire(LEAKY_RELU)
    assert numpy.array_equal(live.trainer.theta, theta), "nothing was drawn anew on the way"
    live.rewire(LEAKY_RELU, redraw=(3,))
    live.rewire(LEAKY_RELU, redraw=(1,))
    assert live.spec.changes == (Change(9, network=LEAKY_RELU, redraw=(1, 3)),)
    live.advance(20)
    same(live, job(live.spec, 29))


def test_a_change_drops_the_future_and_a_change_before_it_drops_the_network():
    live = job(steps=30)
    live.seek(10)
    live.rewire(LEAKY_RELU)
    assert live.horizon == 10
    live.advance(5)
    live.seek(4)
    live.set_weights([WeightEdit(0, 1.0)])
    assert live.network == RELU
    live.advance(30)
    assert live.network == RELU
    same(live, job(live.spec, 34))


def test_the_network_in_force_changes_nothing():
    live = job(steps=3)
    live.rewire(RELU)
    assert live.spec == SPEC


# What is measured


def test_at_the_change_cost_and_units_are_the_new_networks_and_the_layers_tell_of_the_step_before():
    live = job(DYING, 20)
    before = live.moment()
    assert any(part.any() for part in before.dead)
    live.rewire(LEAKY.apply(DYING, "binary").network)
    now = live.moment()
    assert now.train_cost == float(resolve(live.problem.spec).objective.value(live.trainer.theta)) != before.train_cost
    assert numpy.array_equal(now.layers, before.layers, equal_nan=True)
    assert not any(part.any() for part in now.dead)
    assert live.curves().column("train_cost")[-1] == now.train_cost
    live.seek(3)
    live.seek(20)
    assert numpy.array_equal(live.moment().layers, before.layers, equal_nan=True)


def test_a_problem_with_another_network_is_that_of_an_experiment_that_begins_so():
    live = job(steps=5)
    live.rewire(MIXED)
    begun = resolve(replace(SPEC, network=MIXED))
    assert live.problem.spec == begun.spec
    assert numpy.array_equal(live.problem.theta_0, begun.theta_0)
    assert live.problem.objective.value(begun.theta_0) == begun.objective.value(begun.theta_0)
    assert live.problem.test_objective.value(begun.theta_0) == begun.test_objective.value(begun.theta_0)
    with pytest.raises(ValueError, match="read-only"):
        live.problem.theta_0[0] = 1.0
    alone = job(replace(SPEC, data=replace(SPEC.data, train_share=1.0)), 5)
    alone.rewire(MIXED)
    assert alone.problem.test_objective is None


def test_a_snapshot_shows_the_network_in_force():
    live = job(steps=5)
    live.rewire(LEAKY_RELU)
    live.advance(5)
    snapshot = take_snapshot(live, Watch(frozenset({"predictions"})))
    assert snapshot.problem.spec.network == LEAKY_RELU
    expected = live.problem.network.predict(live.trainer.theta, live.problem.objective.x)
    assert numpy.array_equal(snapshot.readings["predictions"].train, expected)
    assert [f.name for f in live.problem.network.activations] == ["leaky_relu", "leaky_relu", "sigmoid"]


def test_units_that_become_rectifiers_may_be_dead_from_the_change_on_and_the_autopsy_says_so():
    # Both units are below 0 on all examples; leaky ones live with it.
    low = InitializerSpec("constant", -50.0)
    network = NetworkSpec((LayerSpec(2, "leaky_relu", biases=low),))
    spec = replace(SPEC, network=network, training=TrainingSpec(learning_rate=1e-3, batch_size=None))
    live = job(spec, 6)
    assert not live.moment().dead[0].any()
    live.rewire(NetworkSpec((LayerSpec(2, "relu", biases=low),)))
    live.advance(20)
    assert UnitHistory.of(live.curves()).dead_since().tolist() == [6, 6, NEVER]
    found = autopsy(live, 1, 0)
    assert (found.step, live.step, found.rewired, found.by_hand) == (6, 5, True, False)
    assert live.network == network
    assert numpy.any(found.gradient_before != 0.0)
    assert (found.gradient_after == 0.0).all()
    assert (found.z_after < 0.0).all()


def test_the_why_line_judges_the_network_in_force():
    steps = NetworkSpec((LayerSpec(4, "threshold"),))
    live = job(replace(SPEC, network=steps), 20)
    assert judge(live, live.moment()).code == "threshold"
    live.rewire(SIGMOID_FOR_THRESHOLD.apply(live.problem.spec, "binary").network)
    assert judge(live, live.moment()).code != "threshold"
    evidence = Evidence(live, live.moment(), live.curves())
    assert evidence.helpful(SIGMOID_FOR_THRESHOLD) is None
    live.advance(3)
    evidence = Evidence(live, live.moment(), live.curves())
    own = live.curves().statistic("saturated_share")[-3:]
    assert live.curves().column("step")[-3:].tolist() == [21, 22, 23]
    assert numpy.array_equal(evidence.recent("saturated_share"), numpy.median(own, axis=0))


def test_a_divergence_after_the_change_is_told_without_the_former_networks_curvature():
    linear = NetworkSpec((LayerSpec(4, "linear"), LayerSpec(3, "linear")), OutputSpec("linear"))
    network = replace(linear, hidden=(LayerSpec(4, "tanh"), LayerSpec(3, "tanh")))
    fast = TrainingSpec(loss="squared_error", learning_rate=3.0)
    live = job(replace(SPEC, network=network, training=fast), 8)
    assert live.status == "running"
    live.rewire(linear)
    live.advance(2000)
    assert live.status == "diverged"
    assert live.network == linear
    same(live, job(live.spec, 2000))
    assert "2/λ" not in judge(live, live.moment()).sentence
    live.seek(8)
    live.advance(2000)
    same(live, job(live.spec, 2000))


# What is refused


def test_other_sizes_are_refused():
    wide = NetworkSpec((LayerSpec(4), LayerSpec(5)))
    sentence = (
        "changes: the sizes of the network cannot change during a run, as they would at step 3: "
        "hidden layers of 4, 5 units in place of hidden layers of 4, 3 units"
    )
    with pytest.raises(ValueError, match=f"^{sentence}$"):
        replace(SPEC, changes=(Change(3, network=wide),))
    live = job(steps=3)
    theta = live.trainer.theta.copy()
    with pytest.raises(ValueError, match=f"^{sentence}$"):
        live.rewire(wide)
    with pytest.raises(ValueError, match="no hidden layer in place of hidden layers of 4, 3 units"):
        live.rewire(NetworkSpec(()))
    assert (live.spec, live.network) == (SPEC, RELU)
    live.advance(5)
    assert numpy.array_equal(live.trainer.theta, job(steps=8).trainer.theta)
    assert not numpy.array_equal(live.trainer.theta, theta)


def test_a_file_with_other_sizes_is_refused_in_a_sentence():
    content = msgspec.json.decode(dump_document(replace(SPEC, changes=(Change(3, network=LEAKY_RELU),))))
    content["changes"][0]["network"]["hidden"][0]["units"] = 9
    with pytest.raises(ValueError, match=r"^my\.nnviz: changes: the sizes of the network cannot change during a run"):
        parse_document(msgspec.json.encode(content), "my.nnviz")


def test_layers_and_slopes_that_do_not_exist_are_refused():
    with pytest.raises(ValueError, match="changes: layer 4 is drawn anew; this network has layers 1 to 3"):
        replace(SPEC, changes=(Change(3, redraw=(1, 4)),))
    live = job(steps=3)
    with pytest.raises(ValueError, match="changes: layer 9 is drawn anew; this network has layers 1 to 3"):
        live.rewire(RELU, redraw=(9,))
    odd = replace(RELU, output=OutputSpec("sigmoid", 0.3))
    with pytest.raises(ValueError, match=r"changes: at step 3 network\.output\.alpha: "):
        live.rewire(odd)
    assert live.spec == SPEC
    with pytest.raises(ValueError, match=r"changes: at step 7 network\.output\.alpha: "):
        job(replace(SPEC, changes=(Change(7, network=odd),)))


def test_files_without_the_keys_read_as_before():
    content = msgspec.json.decode(dump_document(replace(SPEC, changes=(Change(3, weights=(WeightEdit(0, 1.0),)),))))
    for key in ("network", "redraw"):
        del content["changes"][0][key]
    assert parse_document(msgspec.json.encode(content), "old").changes == (Change(3, weights=(WeightEdit(0, 1.0),)),)


def test_a_problem_is_left_alone_by_the_runs_on_it():
    problem = resolve(SPEC)
    before = dataclasses.replace(problem)
    live = TrainingJob(problem)
    live.advance(3)
    live.rewire(MIXED)
    live.advance(3)
    assert all(getattr(problem, f.name) is getattr(before, f.name) for f in dataclasses.fields(problem))
    same(job(live.spec, 6), live)
