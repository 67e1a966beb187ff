"""The worker: runs one training job on a thread of its own. Commands go in, snapshots come out, nothing is shared.

It works in slices of a few milliseconds and sleeps a little between them, so that the window's thread gets the
interpreter when it wants it; it waits while the window draws; and it makes a snapshot only when the last one was taken.
"""

import queue
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from nnviz.experiment.autopsy import Autopsy, autopsy
from nnviz.experiment.commands import (
    Advance,
    Command,
    Examine,
    Look,
    Pause,
    Play,
    Quit,
    Rewire,
    Seek,
    SetWeights,
    Speed,
    Start,
    Tune,
)
from nnviz.experiment.mailbox import Failure, Mailbox
from nnviz.experiment.problem import resolve
from nnviz.experiment.snapshot import take_snapshot
from nnviz.experiment.training_job import TrainingJob
from nnviz.experiment.watch import Watch

SLICE_SECONDS = 0.003
"""Between two slices commands are obeyed and the window may have the interpreter; the gate is for its drawing."""
SNAPSHOT_SHARE = 0.12
"""At most this share of the time goes into snapshots; large networks have fewer of them rather than fewer steps."""
PAUSE_SECONDS = 0.0005
FRAME_SECONDS = 1.0 / 60.0
GATE_SECONDS = 0.05
"""The longest the worker waits for the window to finish drawing; a stuck window must not stop a run for good."""
SEEK_STEPS = 256
MAX_CHUNK = 512


class Runner:
    """Owns the thread. Every method may be called from the window's thread and returns at once."""

    def __init__(self, mailbox: Mailbox | None = None) -> None:
        self.mailbox = mailbox or Mailbox()
        self.gate = threading.Event()
        self.gate.set()
        self._commands: queue.SimpleQueue[Command] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._work, name="nnviz-runner", daemon=True)

    def start(self) -> None:
        """Starts the thread."""
        self._thread.start()

    def send(self, command: Command) -> None:
        """Takes effect between two steps."""
        self._commands.put(command)

    def close(self, timeout: float = 1.0) -> bool:
        """Ends the thread; True when it has ended within ``timeout`` seconds."""
        self.send(Quit())
        self.gate.set()
        if self._thread.is_alive():
            self._thread.join(timeout)
        return not self._thread.is_alive()

    def _work(self) -> None:
        worker = Worker(self.mailbox)
        while not worker.quit:
            try:
                command = self._commands.get(block=worker.idle)
            except queue.Empty:
                self.gate.wait(GATE_SECONDS)
                worker.guarded(worker.slice)
                time.sleep(worker.pause_seconds)
            else:
                worker.guarded(partial(worker.obey, command))


class Worker:
    """The worker's state: one job at most, how it is to be run, and when it was last shown."""

    def __init__(self, mailbox: Mailbox, clock: Callable[[], float] = time.perf_counter) -> None:
        self.mailbox = mailbox
        self.clock = clock
        self.quit = False
        self.job: TrainingJob | None = None
        self.run_id = self.asked = 0
        self.watch = Watch()
        self.playing = False
        self.steps_left: int | None = None
        self.target: int | None = None
        self.autopsy: Autopsy | None = None
        self.rate: float | None = None
        self.due = 0.0
        self.chunk = 1
        self.stale = False
        self.shown = 0.0
        self.frame_seconds = FRAME_SECONDS
        self.measured = (0.0, 0)
        self.steps_per_second = 0.0

    @property
    def idle(self) -> bool:
        """Nothing to do until the next command."""
        return not self.playing and self.target is None and not self.stale

    def obey(self, command: Command) -> None:
        """Carries out a command. ValueError for one that the job refuses."""
        match command:
            case Quit():
                self.quit = True
            case Start():
                self._start(command)
            case Speed(rate):
                self.rate, self.due = rate, self.clock()
            case Look(watch):
                self.watch, self.stale = watch, True
            case _ if self.job is not None:
                self._steer(self.job, command)

    def _start(self, command: Start) -> None:
        # A specification that cannot be run leaves the present run as it is.
        self.asked = command.run_id
        job = TrainingJob(resolve(command.spec))
        self.job, self.run_id, self.autopsy = job, command.run_id, None
        self.playing, self.steps_left, self.stale = command.play, None, True
        self.target = command.step or None
        self._measure_anew()

    def _steer(self, job: TrainingJob, command: Command) -> None:
        self.stale, self.autopsy = True, None
        if isinstance(command, Tune | Rewire | SetWeights):
            # A change belongs to the step that was asked for before it.
            while self.target is not None:
                self._travel(job)
        match command:
            case Play():
                self.playing, self.steps_left = job.status == "running", None
                self._measure_anew()
            case Pause():
                self.playing, self.target = False, None
            case Advance(steps, epoch):
                # Quick presses add up.
                pending = (self.steps_left or 0) if self.playing else 0
                self.playing = job.status == "running"
                self.steps_left = pending + (job.trainer.batches.steps_to_epoch_end() if epoch else steps)
            case Seek(step):
                self.playing, self.target = False, step
            case Examine(layer, unit, at):
                self.playing, self.target = False, None
                self.autopsy = autopsy(job, layer, unit, at)
            case Tune(training):
                job.tune(training)
            case Rewire(network, redraw):
                job.rewire(network, redraw)
            case SetWeights(edits):
                job.set_weights(edits)

    def slice(self) -> None:
        """A slice of steps, then a snapshot if one is wanted and due."""
        job = self.job
        if job is None:
            self.stale = False
            return
        if self.target is not None:
            self._travel(job)
        elif self.playing:
            self._train(job)
        self._publish(job)

    def _travel(self, job: TrainingJob) -> None:
        """Towards the step that was asked for; beyond what is known yet, by training on."""
        target = self.target or 0
        if target <= job.horizon:
            job.seek(target)
        else:
            job.seek(job.horizon)
            job.advance(min(SEEK_STEPS, target - job.step))
        if job.step >= target or job.status != "running":
            self.target = None
        self.stale = True

    def _train(self, job: TrainingJob) -> None:
        steps = self._steps_due()
        if steps == 0:
            return
        began = self.clock()
        before = job.step
        job.advance(steps)
        spent = self.clock() - began
        self.stale = True
        if self.steps_left is not None:
            self.steps_left -= job.step - before
            self.playing = self.steps_left > 0
        if job.status != "running":
            self.playing = False
        if steps == self.chunk:
            # Towards as many steps as fill a slice; halved or doubled at most, since single timings are noisy.
            wanted = steps * SLICE_SECONDS / max(spent, 1e-7)
            self.chunk = int(max(1, self.chunk // 2, min(self.chunk * 2, wanted, MAX_CHUNK)))

    def _steps_due(self) -> int:
        """How many steps may be taken now: a slice full, or fewer at a set speed or near the end of a request."""
        steps = self.chunk
        if self.rate is not None:
            now = self.clock()
            if now < self.due:
                return 0
            behind = int((now - self.due) * self.rate) + 1
            steps = min(steps, behind)
            # What a slow machine cannot catch up with is not owed for ever.
            self.due = max(self.due + steps / self.rate, now - 0.1)
        return steps if self.steps_left is None else min(steps, self.steps_left)

    def _publish(self, job: TrainingJob) -> None:
        now = self.clock()
        moving = self.playing or self.target is not None
        if not self.stale or (moving and (not self.mailbox.empty or now - self.shown < self.frame_seconds)):
            return
        since, step = self.measured
        if now - since > 0.5:
            self.steps_per_second = max(0.0, (job.step - step) / (now - since))
            self.measured = now, job.step
        self.shown, self.stale = now, False
        rate = self.steps_per_second if self.playing else 0.0
        snapshot = take_snapshot(job, self.watch, self.run_id, playing=self.playing, steps_per_second=rate)
        self.mailbox.put(replace(snapshot, autopsy=self.autopsy))
        self.frame_seconds = max(FRAME_SECONDS, min(1.0, (self.clock() - now) / SNAPSHOT_SHARE))

    def _measure_anew(self) -> None:
        self.due = self.clock()
        self.measured = self.due, self.job.step if self.job else 0

    @property
    def pause_seconds(self) -> float:
        """How long to sleep before the next slice: longer when the set speed leaves time."""
        if self.rate is None or not self.playing:
            return PAUSE_SECONDS
        return min(max(self.due - self.clock(), PAUSE_SECONDS), FRAME_SECONDS)

    def guarded(self, work: Callable[[], None]) -> None:
        """Does the work; whatever goes wrong, the window hears of it and the worker lives on.

        What the user can mend is a sentence; a mistake of the program comes with its traceback and stops the run.
        """
        try:
            work()
        except (ValueError, OSError) as error:
            self.mailbox.put(Failure(self.asked, str(error)))
        except Exception as error:  # noqa: BLE001
            self.playing, self.target, self.stale = False, None, False
            sentence = f"{type(error).__name__}: {error}"
            self.mailbox.put(Failure(self.asked, sentence, traceback.format_exc()))
