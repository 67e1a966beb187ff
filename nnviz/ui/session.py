"""The one place that knows what is being edited and what is running. Gestures go in, signals come out.

An edit becomes a new specification; its difference from the old one decides whether the run goes on with other
settings or begins anew. The worker's snapshots are passed on as they come, those of former runs are dropped.
"""

import dataclasses
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from nnviz.experiment.commands import Advance, Command, Examine, Look, Pause, Play, Seek, SetWeights, Speed, Start, Tune
from nnviz.experiment.files import load_experiment, save_experiment
from nnviz.experiment.mailbox import Failure
from nnviz.experiment.problem import Problem, resolve
from nnviz.experiment.remedies import Remedy
from nnviz.experiment.runner import GATE_SECONDS, Runner
from nnviz.experiment.snapshot import Ghost, Snapshot
from nnviz.experiment.specification import Experiment, TrainingSpec, WeightEdit, replace
from nnviz.experiment.training_job import TrainingJob
from nnviz.experiment.watch import Watch
from nnviz.ui.edits import Reset, SpecEdit, WeightsSet
from nnviz.ui.stability_meter import StabilityMeter

Floats = NDArray[numpy.float64]

MAX_SEED = 2**31
MAX_WEIGHTS_BY_HAND = 20_000
"""Each stands in the experiment's file with its number."""


@dataclass(frozen=True)
class Run:
    """A run by its number, with the settings it was started with, without the changes on its way."""

    run_id: int
    settings: Experiment


class Session(QObject):
    """An experiment being worked on.

    spec: the settings as the panels show them, without the run's history of changes. snapshot: the newest picture.
    playing: whether steps are being taken, as last asked for or heard.
    """

    spec_changed = Signal(object, object)
    """(Experiment, Problem | None): show these settings."""
    snapshot_taken = Signal(object)
    """A Snapshot of the present run."""
    playing_changed = Signal(bool)
    said = Signal(str)
    """A sentence for the status line: what an edit did, or why something cannot be."""
    refused = Signal(str)
    """A sentence: the settings cannot be run; the former run is still there."""
    failed = Signal(object)
    """A Failure with a report: a fault of the program."""
    file_changed = Signal()
    """Path or dirty mark are different now."""

    def __init__(self, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.runner = runner
        self.spec = Experiment()
        self.problem: Problem | None = None
        self.snapshot: Snapshot | None = None
        self.path: Path | None = None
        self.playing = False
        self.undo_stack = QUndoStack(self)
        self.undo_stack.cleanChanged.connect(self.file_changed)
        self.stability = StabilityMeter(self, partial(runner.gate.wait, GATE_SECONDS))
        # What was last started, and what the worker last took on; they differ while a start is on its way, or refused.
        self._asked = self._accepted = Run(0, self.spec)
        self._last_id = 0
        self._ghost: Ghost | None = None
        # Settings on their way to the worker: until it has them, its snapshots show older ones.
        self._tuned: TrainingSpec | None = None

    # -- what is edited ----------------------------------------------------------------------------------------------

    def edit(self, spec: Experiment, text: str) -> None:
        """Makes a new specification the present one; ``text`` names the edit in the undo menu."""
        if spec != self.spec:
            self.undo_stack.push(SpecEdit(self.spec, spec, text, self._apply))

    def set_weight(self, index: int, value: float) -> None:
        """Sets one entry of theta by hand, at the step that is shown."""
        self._set_weights({index: value}, "weight")

    def set_weights(self, theta: Floats) -> None:
        """Sets all of theta (P,), for instance from a file."""
        self._set_weights(dict(enumerate(theta.tolist())), "imported weights")

    def apply(self, remedy: Remedy) -> None:
        """Makes the edit that helps. The run that needed it stays as a ghost in the curves."""
        if self.problem is not None:
            self._keep_ghost(f"without {remedy.label}")
            self.edit(remedy.apply(self.spec, self.problem.task), remedy.label)

    def fork(self, step: int, remedy: Remedy) -> None:
        """Tries a remedy from a step on; the original stays as a ghost in the curves.

        A remedy that is a setting of the training applies from that step on. One that changes the network begins anew
        at step 0 with the same seed: the same data, the same order of batches, and the same initial weights where the
        initializer stays.
        """
        if self.problem is None:
            return
        wanted = remedy.apply(self.spec, self.problem.task)
        self._keep_ghost(f"without {remedy.label}")
        if self._is_running(wanted):
            self.seek(step)
        self.edit(wanted, remedy.label)

    def new_seed(self) -> None:
        """Another seed, drawn from the present one so that undo and redo agree."""
        self.edit(replace(self.spec, seed=(self.spec.seed * 48271 + 11) % MAX_SEED), "seed")

    def adopt(self, spec: Experiment, path: Path | None, *, play: bool) -> None:
        """Another experiment altogether, with its history of changes; the undo history begins anew."""
        self.path = path
        self._ghost = None
        self.spec = replace(spec, changes=())
        self.undo_stack.clear()
        self._start(spec, play=play)
        self.spec_changed.emit(self.spec, None)
        self.file_changed.emit()

    def save(self, path: Path) -> None:
        """Writes the experiment with all changes of its run. OSError in one sentence."""
        save_experiment(self.to_save(), path)
        self.path = path
        self.undo_stack.setClean()
        self.file_changed.emit()

    def to_save(self) -> Experiment:
        """The experiment that replays to what is shown, with all changes of its run.

        Settings that were refused are not in it: a file that cannot be run would be of no use.
        """
        snapshot = self.snapshot
        if snapshot is None or snapshot.run_id != self._asked.run_id:
            return self._asked.settings
        return replace(snapshot.spec, name=self.spec.name, description=self.spec.description)

    @property
    def dirty(self) -> bool:
        """Whether there is something that no file has."""
        return not self.undo_stack.isClean()

    # -- how it runs -------------------------------------------------------------------------------------------------

    def play(self) -> None:
        """Takes steps until told otherwise."""
        self._send(Play(), playing=True)

    def pause(self) -> None:
        """Takes no more steps."""
        self._send(Pause(), playing=False)

    def toggle(self) -> None:
        """Play or pause."""
        if self.playing:
            self.pause()
        else:
            self.play()

    def step(self) -> None:
        """One batch."""
        self._send(Advance(1), playing=False)

    def epoch(self) -> None:
        """To the end of the present epoch."""
        self._send(Advance(epoch=True), playing=False)

    def reset(self) -> None:
        """Back to step 0 with the same seed and the present settings, paused: the same initial weights.

        A run that was changed on its way loses these changes, so resetting it is an edit: undo brings the run back.
        """
        snapshot = self.snapshot
        if snapshot is not None and snapshot.run_id == self._asked.run_id and snapshot.spec.changes:
            back = partial(self._start, snapshot.spec, play=False, step=snapshot.step)
            self.undo_stack.push(Reset(partial(self._start, self.spec, play=False), back))
        else:
            self._start(self.spec, play=False)
        self.said.emit(f"Reset: seed {self.spec.seed}, the same initial weights.")

    def seek(self, step: int) -> None:
        """Shows the run at a step between 0 and the furthest reached."""
        self._send(Seek(step), playing=False)

    def examine(self, layer: int, unit: int, step: int) -> None:
        """Asks what killed a unit that is dead at a step; the answer comes with a snapshot of the step before."""
        self._send(Examine(layer, unit, step), playing=False)

    def set_speed(self, steps_per_second: float | None) -> None:
        """Steps a second; None is as fast as it goes."""
        self.runner.send(Speed(steps_per_second))

    def look(self, watch: Watch) -> None:
        """What the visible views need."""
        self.runner.send(Look(watch))

    def poll(self) -> Snapshot | None:
        """Takes the news from the worker, and passes on what concerns the present run."""
        for failure in self.runner.mailbox.take_failures():
            self._heard_of(failure)
        snapshot = self.runner.mailbox.take()
        if snapshot is None or snapshot.run_id != self._asked.run_id:
            return None
        self._take_in(snapshot)
        return snapshot

    # -- inside ------------------------------------------------------------------------------------------------------

    def _apply(self, spec: Experiment) -> None:
        before, self.spec = self.spec, spec
        if self._is_running(spec):
            if spec.training != before.training:
                self._tuned = spec.training
                self.runner.send(Tune(spec.training))
        else:
            if spec.data != before.data or spec.training.loss != before.training.loss:
                # Costs of other data, or another cost: nothing to compare with.
                self._ghost = None
            self._start(spec, play=self.playing)
            self.said.emit(f"Restarted from step 0: {_difference(before, spec)} changed.")
        self.spec_changed.emit(spec, self.problem)
        self.file_changed.emit()

    def _start(self, spec: Experiment, *, play: bool, step: int = 0) -> None:
        self._last_id += 1
        self._asked = Run(self._last_id, replace(spec, changes=()))
        self._tuned = None
        self.runner.send(Start(self._last_id, spec, play=play, step=step))
        self._set_playing(play)

    def _send(self, command: Command, *, playing: bool) -> None:
        self.runner.send(command)
        self._set_playing(playing)

    def _set_weights(self, values: dict[int, float], text: str) -> None:
        theta = self.snapshot.theta if self.snapshot is not None else numpy.empty(0)
        if len(values) > MAX_WEIGHTS_BY_HAND:
            self.said.emit(f"{len(values):,} weights are more than an experiment keeps: {MAX_WEIGHTS_BY_HAND:,}.")
        elif values and max(values) < theta.size:
            before = tuple(WeightEdit(index, float(theta[index])) for index in values)
            after = tuple(WeightEdit(index, value) for index, value in values.items())
            send = partial(self._send_weights, self._asked.run_id)
            self.undo_stack.push(WeightsSet(before, after, text, send))

    def _send_weights(self, run_id: int, edits: tuple[WeightEdit, ...]) -> bool:
        """False when that run is over: its weights mean nothing in another."""
        if run_id != self._asked.run_id:
            return False
        self.runner.send(SetWeights(edits))
        self.file_changed.emit()
        return True

    def _keep_ghost(self, label: str) -> None:
        if self.snapshot is not None:
            self._ghost = Ghost(label, self.snapshot.curves)

    def _is_running(self, spec: Experiment) -> bool:
        """Whether these settings, but for their training, are those of the run; refused ones are not."""
        return _same_run(self._asked.settings, spec)

    def _set_playing(self, playing: bool) -> None:  # noqa: FBT001 (says no more with a keyword)
        if playing != self.playing:
            self.playing = playing
            self.playing_changed.emit(playing)

    def _take_in(self, snapshot: Snapshot) -> None:
        self.stability.take(snapshot)
        self.snapshot = snapshot = dataclasses.replace(snapshot, sharpness=self.stability.track, ghost=self._ghost)
        if self._tuned == snapshot.training:
            self._tuned = None
        self._accepted = self._asked
        if self.problem is not snapshot.problem:
            self.problem = snapshot.problem
            self.spec_changed.emit(self.spec, self.problem)
        elif self._tuned is None and snapshot.training != self.spec.training and self._is_running(self.spec):
            # A replayed change: the panels follow the run.
            self.spec = replace(self.spec, training=snapshot.training)
            self.spec_changed.emit(self.spec, self.problem)
        if not snapshot.playing and snapshot.status != "running":
            self._set_playing(False)
        self.snapshot_taken.emit(snapshot)

    def _heard_of(self, failure: Failure) -> None:
        if failure.report:
            self._set_playing(False)
            self.failed.emit(failure)
            return
        if failure.run_id == self._asked.run_id != self._accepted.run_id:
            # The former run was never left, and is shown again.
            self._asked = self._accepted
        self.refused.emit(failure.sentence)


def load_checked(path: Path) -> Experiment:
    """The experiment in a file, once it is certain that it can be run. For a background thread: it may take a while.

    ValueError or OSError in one sentence otherwise.
    """
    spec = load_experiment(path)
    try:
        TrainingJob(resolve(spec))
    except ValueError as error:
        raise ValueError(f"{path.name}: {error}") from None
    return spec


def _same_run(running: Experiment, wanted: Experiment) -> bool:
    """Whether the wanted settings can be had without a restart."""
    same = replace(running, training=wanted.training, name=wanted.name, description=wanted.description)
    return running.training.loss == wanted.training.loss and same == wanted


def _difference(before: Experiment, after: Experiment) -> str:
    """Which parts differ, in words."""
    words = {"seed": "the seed", "data": "the data", "network": "the network", "training": "the loss"}
    parts = [word for key, word in words.items() if getattr(before, key) != getattr(after, key)]
    return " and ".join(parts) or "the experiment"
