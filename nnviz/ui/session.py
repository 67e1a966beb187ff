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

from nnviz.experiment.commands import (
    Advance,
    Command,
    Examine,
    Look,
    Pause,
    Play,
    Rewire,
    Seek,
    SetWeights,
    Speed,
    Start,
    Tune,
)
from nnviz.experiment.comparison import can_go_on, difference, same_run, settings_at
from nnviz.experiment.documents import Document
from nnviz.experiment.lesson.locks import held
from nnviz.experiment.mailbox import Failure
from nnviz.experiment.problem import Problem
from nnviz.experiment.remedies import Remedy
from nnviz.experiment.runner import GATE_SECONDS, Runner
from nnviz.experiment.snapshot import Ghost, Snapshot
from nnviz.experiment.specification import Experiment, NetworkSpec, TrainingSpec, WeightEdit, replace
from nnviz.experiment.watch import Watch
from nnviz.ui.edits import RunLeft, SpecEdit, WeightsSet
from nnviz.ui.open_document import OpenDocument
from nnviz.ui.stability_meter import StabilityMeter

Floats = NDArray[numpy.float64]

MAX_SEED = 2**31
MAX_WEIGHTS_BY_HAND = 20_000
"""Each stands in the experiment's file with its number."""


@dataclass(frozen=True)
class Run:
    """A run by its number, with the settings it was started with, without the changes on its way.

    network: the one in force where the run stands, as last asked for or heard.
    """

    run_id: int
    settings: Experiment
    network: NetworkSpec


class Session(OpenDocument):
    """An experiment being worked on.

    spec: the settings as the panels show them, without the run's history of changes: training and network are those in
    force at the step shown. An edit of the training goes on from there; an edit of anything else, the network
    included, begins anew at step 0 with all that the panels show, and the changes on the way are gone.
    snapshot: the newest picture. playing: whether steps are being taken, as last asked for or heard.
    """

    spec_changed = Signal(object, object)
    """(Experiment, Problem | None): show these settings."""
    snapshot_taken = Signal(object)
    """A Snapshot of the present run."""
    playing_changed = Signal(bool)
    refused = Signal(str)
    """A sentence: the settings cannot be run; the former run is still there."""
    failed = Signal(object)
    """A Failure with a report: a fault of the program."""

    def __init__(self, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.runner = runner
        self.spec = Experiment()
        self.problem: Problem | None = None
        self.snapshot: Snapshot | None = None
        self.playing = False
        self.stability = StabilityMeter(self, partial(runner.gate.wait, GATE_SECONDS))
        # What was last started, and what the worker last took on; they differ while a start is on its way, or refused.
        self._asked = self._accepted = Run(0, self.spec, self.spec.network)
        self._last_id = 0
        self._ghost: Ghost | None = None
        # Settings on their way to the worker: until it has them, its snapshots show older ones.
        self._tuned: TrainingSpec | None = None
        self._rewired: NetworkSpec | None = None

    # -- what is edited ----------------------------------------------------------------------------------------------

    def edit(self, spec: Experiment, text: str) -> None:
        """Makes a new specification the present one; ``text`` names the edit in the undo menu."""
        if spec != self.spec and self.permits(self.spec, spec):
            apply = partial(self._apply, of_network=spec.network != self.spec.network)
            self.undo_stack.push(SpecEdit(self.spec, spec, text, apply))

    def set_weight(self, index: int, value: float) -> None:
        """Sets one entry of theta by hand, at the step that is shown."""
        self._set_weights({index: value}, "weight")

    def set_weights(self, theta: Floats) -> None:
        """Sets all of theta (P,), for instance from a file."""
        self._set_weights(dict(enumerate(theta.tolist())), "imported weights")

    def apply(self, remedy: Remedy) -> None:
        """Tries what helps from the beginning, with the same seed; the run that needed it stays as a ghost.

        From the beginning, because a run that has gone wrong does not come right from where it is.
        """
        snapshot = self._shown
        goes_on = self.playing or (snapshot is not None and snapshot.status != "running")
        if self.fork(0, remedy) and goes_on:
            self.play()

    def may_apply(self, remedy: Remedy) -> bool:
        """Whether no lesson's page is against it."""
        snapshot = self._shown
        if snapshot is None or not self.fixed:
            return True
        here = settings_at(snapshot.spec, 0)
        return not held(here, remedy.apply(here, snapshot.problem.task), self.fixed)

    def fork(self, step: int, remedy: Remedy) -> bool:
        """Tries a remedy from a step on; the original stays as a ghost in the curves. False when it is refused.

        Settings of the training, and a network of the same sizes, apply from that step on; undo brings the former run
        back. Anything else begins anew with the same seed.
        """
        snapshot = self._shown
        if snapshot is None:
            return False
        run = snapshot.spec
        here = replace(self.spec, training=run.training_at(step), network=run.network_at(step))
        wanted = remedy.apply(here, snapshot.problem.task)
        redraws = step > 0 and bool(remedy.redraw)
        if not self.permits(here, wanted, weights=redraws):
            return False
        changes: list[Command] = []
        if wanted.training != here.training:
            changes.append(Tune(wanted.training))
        if wanted.network != here.network or redraws:
            changes.append(Rewire(wanted.network, remedy.redraw))
        back = partial(self._bring_back, run, snapshot.horizon, self._ghost)
        self._keep_ghost(f"without {remedy.label}")
        if not can_go_on(here, wanted):
            self.edit(wanted, remedy.label)
        elif changes:
            leave = partial(self._go_on, step, wanted, changes, self._ghost)
            self.undo_stack.push(RunLeft(remedy.label, leave, back))
            self.said.emit(f"Forked at step {step:,}: {remedy.label}. Undo brings the former run back.")
        return True

    def new_seed(self) -> None:
        """Another seed, drawn from the present one so that undo and redo agree."""
        self.edit(replace(self.spec, seed=(self.spec.seed * 48271 + 11) % MAX_SEED), "seed")

    def adopt(self, document: Document, path: Path | None, *, play: bool) -> None:
        """Another experiment altogether, with its history of changes; the undo history begins anew."""
        assert isinstance(document, Experiment)
        spec = document
        self.path = path
        self._ghost = None
        self.spec = replace(spec, changes=())
        self.undo_stack.clear()
        self._start(spec, play=play)
        self.spec_changed.emit(self.spec, None)
        self.file_changed.emit()

    def to_save(self) -> Experiment:
        """The experiment that replays to what is shown, with all changes of its run.

        Settings that were refused are not in it: a file that cannot be run would be of no use.
        """
        snapshot = self._shown
        if snapshot is None:
            return self._asked.settings
        return replace(snapshot.spec, name=self.spec.name, description=self.spec.description)

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
        snapshot = self._shown
        if snapshot is not None and snapshot.spec.changes:
            back = partial(self._bring_back, snapshot.spec, snapshot.step, self._ghost)
            self.undo_stack.push(RunLeft("reset", partial(self._run_anew, self.spec), back))
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

    def show_again(self) -> None:
        """The settings as they are."""
        self.spec_changed.emit(self.spec, self.problem)

    # -- inside ------------------------------------------------------------------------------------------------------

    @property
    def _shown(self) -> Snapshot | None:
        """The newest picture, where it is of the run that was asked for last."""
        snapshot = self.snapshot
        return snapshot if snapshot is not None and snapshot.run_id == self._asked.run_id else None

    def _apply(self, spec: Experiment, *, of_network: bool) -> None:
        if not of_network:
            # The run may stand elsewhere now, where another network is in force: that is no part of this edit.
            spec = replace(spec, network=self.spec.network)
        if self._refuses(self.spec, spec):
            return
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
            self.said.emit(f"Restarted from step 0: {difference(before, spec)} changed.")
        self.spec_changed.emit(spec, self.problem)
        self.file_changed.emit()

    def _start(self, spec: Experiment, *, play: bool, step: int = 0) -> None:
        self._last_id += 1
        self._asked = Run(self._last_id, replace(spec, changes=()), spec.network)
        self._tuned = self._rewired = None
        self.runner.send(Start(self._last_id, spec, play=play, step=step))
        self._set_playing(play)

    def _run_anew(self, run: Experiment, *, step: int = 0) -> None:
        """A run with its changes, taken to a step and paused; the panels follow it from its beginning."""
        if self._refuses(self.spec, settings_at(run, step)):
            return
        self.spec = replace(run, changes=(), name=self.spec.name, description=self.spec.description)
        self._start(run, play=False, step=step)
        self.spec_changed.emit(self.spec, self.problem)
        self.file_changed.emit()

    def _bring_back(self, run: Experiment, step: int, ghost: Ghost | None) -> None:
        """A run that was left, with the ghost that stood beside it."""
        if self._refuses(self.spec, settings_at(run, step)):
            return
        self._ghost = ghost
        self._run_anew(run, step=step)
        self.said.emit(f"The former run is back, at step {step:,}.")

    def _go_on(self, step: int, wanted: Experiment, changes: list[Command], ghost: Ghost | None) -> None:
        """Other settings from a step of the run on: the changes put them in force."""
        if self._refuses(self.spec, wanted, weights=any(isinstance(each, Rewire) and each.redraw for each in changes)):
            return
        self._ghost = ghost
        self.seek(step)
        for change in changes:
            self.runner.send(change)
        self.spec, self._tuned, self._rewired = wanted, wanted.training, wanted.network
        self._asked = dataclasses.replace(self._asked, network=wanted.network)
        self.spec_changed.emit(self.spec, self.problem)
        self.file_changed.emit()

    def _send(self, command: Command, *, playing: bool) -> None:
        self.runner.send(command)
        self._set_playing(playing)

    def _set_weights(self, values: dict[int, float], text: str) -> None:
        theta = self.snapshot.theta if self.snapshot is not None else numpy.empty(0)
        if len(values) > MAX_WEIGHTS_BY_HAND:
            self.said.emit(f"{len(values):,} weights are more than an experiment keeps: {MAX_WEIGHTS_BY_HAND:,}.")
        elif values and max(values) < theta.size and self.permits(self.spec, self.spec, weights=True):
            before = tuple(WeightEdit(index, float(theta[index])) for index in values)
            after = tuple(WeightEdit(index, value) for index, value in values.items())
            send = partial(self._send_weights, self._asked.run_id)
            self.undo_stack.push(WeightsSet(before, after, text, send))

    def _send_weights(self, run_id: int, edits: tuple[WeightEdit, ...]) -> bool:
        """False when that run is over: its weights mean nothing in another."""
        if run_id != self._asked.run_id:
            return False
        if self._refuses(self.spec, self.spec, weights=True):
            return True
        self.runner.send(SetWeights(edits))
        self.file_changed.emit()
        return True

    def _keep_ghost(self, label: str) -> None:
        if self.snapshot is not None:
            self._ghost = Ghost.of(self.snapshot, label)

    def _is_running(self, spec: Experiment) -> bool:
        """Whether these settings, but for their training, are those of the run at the step shown."""
        return same_run(replace(self._asked.settings, network=self._asked.network), spec)

    def _set_playing(self, playing: bool) -> None:  # noqa: FBT001 (says no more with a keyword)
        if playing != self.playing:
            self.playing = playing
            self.playing_changed.emit(playing)

    def _take_in(self, snapshot: Snapshot) -> None:
        self.stability.take(snapshot)
        self.snapshot = snapshot = dataclasses.replace(snapshot, sharpness=self.stability.track, ghost=self._ghost)
        spec = self._followed(snapshot)
        if spec is not self.spec or self.problem is not snapshot.problem:
            self.spec, self.problem = spec, snapshot.problem
            self.spec_changed.emit(self.spec, self.problem)
        if not snapshot.playing and snapshot.status != "running":
            self._set_playing(False)
        self.snapshot_taken.emit(snapshot)

    def _followed(self, snapshot: Snapshot) -> Experiment:
        """The settings that the panels show now: a change of the run that is replayed, or gone back across, is seen."""
        network, spec = snapshot.problem.spec.network, self.spec
        if self._tuned == snapshot.training:
            self._tuned = None
        if self._rewired == network:
            self._rewired = None
        if (snapshot.training, network) != (spec.training, spec.network) and self._is_running(spec):
            if self._tuned is None:
                spec = replace(spec, training=snapshot.training)
            if self._rewired is None:
                spec = replace(spec, network=network)
        if self._rewired is None:
            self._asked = dataclasses.replace(self._asked, network=network)
        self._accepted = self._asked
        return spec

    def _heard_of(self, failure: Failure) -> None:
        if failure.report:
            self._set_playing(False)
            self.failed.emit(failure)
            return
        if failure.run_id == self._asked.run_id != self._accepted.run_id:
            # The former run was never left, and is shown again.
            self._asked = self._accepted
        self.refused.emit(failure.sentence)
