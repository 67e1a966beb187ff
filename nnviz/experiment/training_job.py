"""One training run: advances the engine's trainer, applies changes at their steps, records, travels in time, stops.

No clock, no thread: whoever calls decides how many steps to take. The path of theta depends on the specification and
its changes alone, never on how the steps were grouped.
"""

from collections.abc import Sequence
from functools import lru_cache, partial
from typing import Literal

import numpy
from numpy.typing import NDArray

from nnviz.engine import Trainer
from nnviz.experiment.evaluation import Evaluation
from nnviz.experiment.key_frames import KeyFrame, KeyFrames
from nnviz.experiment.problem import Problem
from nnviz.experiment.records import Curves, Moment, Recorder, least_stride, next_recorded
from nnviz.experiment.rewiring import check_network, redraw_layers, redrawn_layers, rewired
from nnviz.experiment.specification import Change, NetworkSpec, TrainingSpec, WeightEdit, merged, replace
from nnviz.experiment.stopping import due
from nnviz.experiment.trail import Trajectory

Floats = NDArray[numpy.float64]
Status = Literal["running", "finished", "diverged"]

MAX_WEIGHT = 1e12
"""What an experiment file may hold."""
KEPT_PROBLEMS = 8


class TrainingJob:
    """A run of a resolved experiment, at step 0 when made.

    spec: the experiment with all changes made so far; running it again gives this run.
    training, network: the settings in force. problem: with the network in force.
    status: "running" while steps can be taken, with the reason when it is not.
    horizon: the furthest step reached. ValueError for changes that do not fit the network.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.spec = problem.spec
        self.training, self.network = self.spec.training, self.spec.network
        self.status: Status = "running"
        self.reason = ""
        self.horizon = 0
        self.evaluation = Evaluation(problem)
        self.trainer = Trainer(
            problem.objective,
            problem.theta_0,
            optimizer=self.training.optimizer,
            learning_rate=self.training.learning_rate,
            parameters=self.training.parameters,
            batch_size=self._batch_size(self.training),
            seed=self.spec.seed,
        )
        # Going back and forth across a change gives the same problems again, by identity.
        self._posed = lru_cache(KEPT_PROBLEMS)(partial(rewired, problem))
        self._least_stride = least_stride(len(problem.data.x))
        self._recorder = Recorder(problem.network.layout.depth, sum(problem.network.sizes[1:]))
        self._arrival = self._frame()
        """The present step before its changes, where it has any."""
        self._frames = KeyFrames(self._arrival)
        # Where the run ends, once known: going back from there and on again ends there too.
        self._end: tuple[int, Status, str] | None = None
        self._check_changes()
        self._arrive()

    @property
    def step(self) -> int:
        """Steps taken to where the run stands now."""
        return self.trainer.step

    def advance(self, steps: int) -> None:
        """Takes up to ``steps`` steps; fewer when the run ends on the way."""
        target = self.step + steps
        while self.step < target and self.status == "running":
            self.trainer.advance_many(self._next_event(target) - self.step)
            self._arrive()

    def seek(self, step: int) -> None:
        """Goes to any step from 0 to the horizon: from the last key frame before it, by the same steps as before."""
        step = min(max(step, 0), self.horizon)
        # From a frame before the step rather than at it, so that the step which leads there is seen again.
        frame = self._frames.before(max(0, step - 1))
        if not frame.step <= self.step <= step:
            self._restore(frame)
        self.status, self.reason = "running", ""
        self.advance(step - self.step)
        self._note_end()

    def tune(self, training: TrainingSpec) -> None:
        """Other training settings from the next step on. ValueError for another loss: that is another run."""
        if training.loss != self.training.loss:
            raise ValueError("the loss cannot change during a run; start a new one")
        if training != self.training:
            self._change(Change(self.step, training=training))

    def rewire(self, network: NetworkSpec, redraw: Sequence[int] = ()) -> None:
        """Another network of the same sizes from here on, and layers to be drawn anew (see `rewiring`).

        ValueError for other sizes, or for layers that do not exist.
        """
        change = Change(self.step, network=network, redraw=tuple(redraw))
        check_network(self.problem, change)
        if network != self.network or redraw:
            self._change(change)

    def set_weights(self, edits: Sequence[WeightEdit]) -> None:
        """Sets entries of theta by hand. ValueError for one that does not exist."""
        if not all(0 <= edit.index < len(self.trainer.theta) for edit in edits):
            raise ValueError(f"a weight is set that does not exist; there are 0 to {len(self.trainer.theta) - 1}")
        if not all(abs(edit.value) <= MAX_WEIGHT for edit in edits):
            raise ValueError(f"a weight is set to {edits[0].value:g}; allowed are numbers up to {MAX_WEIGHT:g}")
        if edits:
            self._change(Change(self.step, weights=tuple(edits)))

    def moment(self) -> Moment:
        """The numbers of the present step."""
        return self.evaluation.moment(self.trainer)

    def curves(self) -> Curves:
        """All that is recorded."""
        return self._recorder.curves()

    def trajectory(self) -> Trajectory:
        """The way of theta so far, and where it went from here when the run was scrubbed back."""
        return self._recorder.trail.trajectory(self.step, self.trainer.theta)

    def _next_event(self, target: int) -> int:
        """The next step at which something has to be done, at most ``target``."""
        events = [target, next_recorded(self.step, self._least_stride)]
        events += [change.step for change in self.spec.changes if change.step > self.step]
        stop = self.training.stop
        if stop.step is not None and stop.step > self.step:
            events.append(stop.step)
        if stop.epoch is not None:
            events.append(self.step + self.trainer.batches.steps_to_epoch_end())
        if self._end and self._end[0] > self.step:
            events.append(self._end[0])
        return min(events)

    def _arrive(self) -> None:
        """Does what is due at the step just reached: changes, the record, the end."""
        if not numpy.all(numpy.isfinite(self.trainer.theta)):
            self._end_at_last_finite()
            return
        scheduled = self.step == next_recorded(self.step - 1, self._least_stride)
        record = (scheduled or bool(self._changes_here())) and self._recorder.last_step < self.step
        if record:
            self._frames.add(self._frame())
        self._apply_changes()
        self.horizon = max(self.horizon, self.step)
        if (record and not self._record()) or self._note_end():
            return
        since = max((change.step for change in self.spec.changes if change.step <= self.step), default=0)
        position = self.trainer.batches.position
        if self.step and (reason := due(self.training.stop, self.step, position, self.curves(), since)):
            self._finish("finished", reason)

    def _record(self) -> bool:
        """Adds the present moment. False when its cost is not finite: the run has ended instead."""
        moment = self.moment()
        if not numpy.isfinite(moment.train_cost) and self.step > 0:
            self._end_at_last_finite()
            return False
        self._recorder.add(moment, self.trainer.theta)
        if not numpy.isfinite(moment.train_cost):
            self._finish("diverged", "diverged before the first step: the cost of the initial weights is not finite")
            return False
        return True

    def _end_at_last_finite(self) -> None:
        """The run has left the finite numbers: looks for the step that did it and ends just before it."""
        seen = self.step
        self._restore(self._frames.before(seen - 1))
        failed = seen + 1  # unless found earlier: weights set by hand at this step
        while self.step < seen:
            self.trainer.advance_many(1)
            if not (
                numpy.all(numpy.isfinite(self.trainer.theta)) and numpy.isfinite(self.evaluation.cost(self.trainer))
            ):
                failed = self.step
                break
            self._apply_changes()
        # From a frame before the last finite step, so that the step which leads there is seen again.
        self._restore(self._frames.before(max(0, failed - 2)))
        while self.step < failed - 1:
            self.trainer.advance_many(1)
            self._apply_changes()
        self.horizon = self.step
        self._frames.truncate(self.step)
        if self._recorder.last_step < self.step:
            self._recorder.add(self.moment(), self.trainer.theta)
        rate = self.training.learning_rate
        self._finish(
            "diverged",
            f"diverged: step {failed:,} at learning rate {rate:g} left the finite numbers; step {self.step:,} is kept",
        )

    def _finish(self, status: Status, reason: str) -> None:
        self.status, self.reason = status, reason
        self._end = self.step, status, reason

    def _change(self, change: Change) -> None:
        """Makes a change at the present step; what was recorded of a future without it is forgotten."""
        spec, here = self.spec, self._changes_here()
        earlier = [old for old in spec.changes if old.step < self.step]
        if self.step == 0 and change.training is not None:
            # Nothing has happened yet: the run simply begins so.
            kept = [replace(old, training=None) for old in here if old.weights or old.network or old.redraw]
            changed = replace(spec, training=change.training, changes=(*earlier, *kept))
        else:
            changed = replace(spec, changes=(*earlier, merged([*here, change])))
        if here:
            # The step's changes are made anew, as one: another optimizer and back again leaves the old one's slots.
            self._take_up(self._arrival)
        if changed.training != spec.training:
            self._use(changed.training)
        self.spec = changed
        self.horizon, self._end = self.step, None
        self.status, self.reason = "running", ""
        self._recorder.truncate(self.step - 1)
        self._frames.truncate(self.step)
        self._arrive()

    def _check_changes(self) -> None:
        for change in self.spec.changes:
            if change.network is not None:
                check_network(self.problem, change)
            if change.training is not None and change.training.loss != self.spec.training.loss:
                raise ValueError(f"changes: the loss cannot change during a run, as it would at step {change.step}")
            for edit in change.weights:
                if edit.index >= len(self.trainer.theta):
                    last = len(self.trainer.theta) - 1
                    raise ValueError(f"changes: weight {edit.index} is set; this network has weights 0 to {last}")

    def _changes_here(self) -> list[Change]:
        return [change for change in self.spec.changes if change.step == self.step]

    def _apply_changes(self) -> None:
        """Applies the changes of the step just reached, as one."""
        if here := self._changes_here():
            self._arrival = self._frame()
            change = merged(here)
            before = self.network
            self._wire(change.network or before)
            redraw_layers(self.trainer, self.problem, redrawn_layers(before, self.network, change.redraw))
            if change.training is not None:
                self._use(change.training)
            for edit in change.weights:
                self.trainer.theta[edit.index] = edit.value

    def _note_end(self) -> bool:
        """Takes the status over when the present step is where the run is known to end; True when it is."""
        if self._end is None or self._end[0] != self.step:
            return False
        _, self.status, self.reason = self._end
        return True

    def _use(self, training: TrainingSpec) -> None:
        trainer = self.trainer
        if training.optimizer != trainer.optimizer.name:
            trainer.use(training.optimizer)
        trainer.configure(training.learning_rate, training.parameters)
        trainer.batches.size = self._batch_size(training)
        trainer.regularize(training.l1, training.l2)
        self.training = training

    def _wire(self, network: NetworkSpec) -> None:
        """The network in force, theta as it is."""
        if network != self.network:
            self.network, self.problem = network, self._posed(network)
            self.evaluation.problem = self.problem
            self.trainer.rewire(self.problem.network)

    def _frame(self) -> KeyFrame:
        return KeyFrame(self.trainer.state(), self.training, self.network)

    def _restore(self, frame: KeyFrame) -> None:
        self._take_up(frame)
        self._apply_changes()

    def _take_up(self, frame: KeyFrame) -> None:
        """A moment as it was before the changes of its step."""
        self._wire(frame.network)
        self._use(frame.training)
        self.trainer.restore(frame.state)

    def _batch_size(self, training: TrainingSpec) -> int:
        return training.batch_size or len(self.problem.train)
