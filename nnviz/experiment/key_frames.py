"""States of a run kept for time travel: dense near the present, thinned further back, within a bound of memory."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from nnviz.engine import TrainerState
from nnviz.experiment.specification import NetworkSpec, TrainingSpec

MAX_BYTES = 64 * 2**20
MAX_FRAMES = 4096


@dataclass(frozen=True, eq=False)
class KeyFrame:
    """The trainer's state on arrival at a step, with the settings and the network that led there: before the step's
    own changes."""

    state: TrainerState
    training: TrainingSpec
    network: NetworkSpec

    @property
    def step(self) -> int:
        """Steps taken by then."""
        return self.state.step


class KeyFrames:
    """Any step is reached from the last frame before it by training on from there: the same steps, bit for bit."""

    def __init__(self, first: KeyFrame, max_bytes: int = MAX_BYTES, max_frames: int = MAX_FRAMES) -> None:
        self._frames = [first]
        # Optimizers carry at most two arrays beside theta.
        self._most = max(3, min(max_frames, max_bytes // (3 * first.state.theta.nbytes)))

    def __len__(self) -> int:
        return len(self._frames)

    def add(self, frame: KeyFrame) -> None:
        """Keeps a frame, in place of any from its step on; thins when there are too many."""
        del self._frames[bisect_left(self._frames, frame.step, key=lambda old: old.step) :]
        self._frames.append(frame)
        if len(self._frames) > self._most:
            self._thin()

    def _thin(self) -> None:
        """Leaves out frames until the gap after each is in proportion to its age; the first and the last stay."""
        share = 1.0 / self._most
        while len(self._frames) > 3 * self._most // 4:
            present = self._frames[-1]
            kept = [present]
            for frame in self._frames[-2:0:-1]:
                if kept[-1].step - frame.step >= share * (present.step - frame.step):
                    kept.append(frame)
            self._frames[1:] = reversed(kept)
            share *= 2.0

    def before(self, step: int) -> KeyFrame:
        """The last frame at or before ``step``."""
        return self._frames[max(0, bisect_right(self._frames, step, key=lambda frame: frame.step) - 1)]

    def truncate(self, step: int) -> None:
        """Forgets all after ``step``; the first frame always stays."""
        del self._frames[max(1, bisect_right(self._frames, step, key=lambda frame: frame.step)) :]
