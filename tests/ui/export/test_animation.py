"""Animations are written frame by frame, whole or not at all, beside whatever the window does."""

import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy
import pytest
from PIL import Image
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from nnviz.experiment.problem import resolve
from nnviz.experiment.snapshot import Snapshot
from nnviz.experiment.specification import (
    DataSpec,
    Experiment,
    LayerSpec,
    NetworkSpec,
    OutputSpec,
    TrainingSpec,
)
from nnviz.experiment.training_job import TrainingJob
from nnviz.experiment.watch import Watch
from nnviz.ui.export import animation_kinds
from nnviz.ui.export.animation import MAX_FRAMES, Animator, Reel, steps_between
from nnviz.ui.export.animation_writers import AnimationFile
from nnviz.ui.export.frame_painter import FramePainter
from nnviz.ui.export.looks import Looks
from nnviz.ui.export.run_film import RunFilm
from nnviz.ui.plots.charts.chart import Chart
from nnviz.ui.plots.course.loss_view import LossView
from nnviz.ui.theme import DARK

from .conftest import Make

SIZE = (320, 240)


def moving(count: int = 6, size: tuple[int, int] = SIZE) -> Iterator[numpy.ndarray]:
    """A blue square that wanders over a white ground with a fine line across."""
    for number in range(count):
        frame = numpy.full((size[1], size[0], 3), 255, dtype=numpy.uint8)
        frame[10:12] = (120, 130, 140)
        frame[40 : 40 + 30, 10 * number : 10 * number + 30] = (47, 127, 209)
        yield frame


def written(path: Path, kind: str, *, fps: float = 10.0, loop: bool = True) -> Path:
    with AnimationFile(path, kind, SIZE, fps=fps, loop=loop, frames=6) as file:
        for frame in moving():
            file.add(frame)
        file.finish()
    return path


@pytest.mark.parametrize("kind", ["gif", "png"])
def test_every_frame_comes_back_as_it_was(tmp_path: Path, kind: str) -> None:
    with Image.open(written(tmp_path / f"a.{kind}", kind)) as film:
        assert film.n_frames == 6
        for number, frame in enumerate(moving()):
            film.seek(number)
            assert numpy.array_equal(numpy.asarray(film.convert("RGB")), frame), number


@pytest.mark.parametrize(("kind", "unit"), [("gif", 10), ("png", 1)])
def test_frames_last_as_long_as_asked_and_the_last_one_a_second(tmp_path: Path, kind: str, unit: int) -> None:
    with Image.open(written(tmp_path / f"a.{kind}", kind, fps=8.0)) as film:
        lasting = []
        for number in range(6):
            film.seek(number)
            film.load()
            lasting.append(film.info["duration"])
    assert sum(lasting[:5]) == pytest.approx(5 * 1000 / 8.0, abs=unit)
    assert lasting[5] == 1000


@pytest.mark.parametrize("loop", [True, False])
def test_it_begins_anew_only_if_asked(tmp_path: Path, loop: bool) -> None:
    with Image.open(written(tmp_path / "a.gif", "gif", loop=loop)) as film:
        assert ("loop" in film.info) == loop
    with Image.open(written(tmp_path / "a.png", "png", loop=loop)) as film:
        assert film.info["loop"] == (0 if loop else 1)


def test_an_apng_is_a_picture_for_programs_that_know_no_apng(tmp_path: Path) -> None:
    from PySide6.QtGui import QImage

    picture = QImage(str(written(tmp_path / "a.png", "png")))
    assert (picture.width(), picture.height()) == SIZE


def test_a_frame_with_colours_that_were_never_seen_gets_a_palette_of_its_own(tmp_path: Path) -> None:
    ramp = numpy.zeros((240, 320, 3), dtype=numpy.uint8)
    red, green = ramp.copy(), ramp.copy()
    red[..., 0] = green[..., 1] = numpy.linspace(0, 255, 320).astype(numpy.uint8)
    with AnimationFile(tmp_path / "a.gif", "gif", SIZE, fps=10, loop=True, frames=2) as file:
        file.add(red)
        file.add(green)
        file.finish()
    with Image.open(tmp_path / "a.gif") as film:
        film.seek(1)
        far = numpy.abs(numpy.asarray(film.convert("RGB")).astype(int) - green)
    assert numpy.max(far) <= 4


# The reader that looks at them leaves its pipes to the collector.
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("kind", ["mp4", "webm"])
@pytest.mark.parametrize("size", [(320, 240), (321, 241)])
def test_videos_hold_all_frames(tmp_path: Path, kind: str, size: tuple[int, int]) -> None:
    imageio_ffmpeg = pytest.importorskip("imageio_ffmpeg")
    path = tmp_path / f"a.{kind}"
    with AnimationFile(path, kind, size, fps=10, loop=True, frames=6) as file:
        for frame in moving(size=size):
            file.add(frame)
        file.finish()
    frames = imageio_ffmpeg.read_frames(str(path))
    facts = next(frames)
    assert facts["size"] == (size[0] + size[0] % 2, size[1] + size[1] % 2)
    pictures = [numpy.frombuffer(frame, numpy.uint8).reshape(*facts["size"][::-1], 3) for frame in frames]
    assert len(pictures) == 6
    assert abs(int(pictures[5][55, 65, 2]) - 209) < 30
    assert pictures[5][200, 200].min() > 240


def test_without_the_extra_it_is_said_how_to_get_videos(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(animation_kinds, "has_video", lambda: False)
    with pytest.raises(ValueError, match=r"nnviz\[video\]"):
        animation_kinds.check_kind("mp4")
    animation_kinds.check_kind("gif")


@pytest.mark.parametrize("kind", ["gif", "png", "mp4"])
def test_an_animation_that_is_given_up_leaves_nothing(tmp_path: Path, kind: str) -> None:
    if kind == "mp4":
        pytest.importorskip("imageio_ffmpeg")
    path = tmp_path / f"a.{kind}"
    path.write_bytes(b"what was there before")
    with AnimationFile(path, kind, SIZE, fps=10, loop=True, frames=6) as file:
        file.add(next(moving()))
    assert path.read_bytes() == b"what was there before"
    assert list(tmp_path.glob("*.*")) == [path]


@pytest.mark.usefixtures("full_disk")
@pytest.mark.parametrize("kind", ["gif", "png", "mp4", "webm"])
def test_a_full_disk_is_one_sentence_and_what_was_there_stays(tmp_path: Path, kind: str) -> None:
    if kind in ("mp4", "webm"):
        pytest.importorskip("imageio_ffmpeg")
    noise = numpy.random.default_rng(0).integers(0, 255, (240, 320, 3), dtype=numpy.uint8)
    path = tmp_path / f"Schöne Bilder {kind}.{kind}"
    path.write_bytes(b"what was there before")

    def write() -> None:
        with AnimationFile(path, kind, SIZE, fps=10, loop=True, frames=3) as file:
            for frame in (noise, 255 - noise, noise):
                file.add(frame)
            file.finish()

    with pytest.raises(OSError, match=r"cannot write .*Schöne Bilder") as caught:
        write()
    assert "\n" not in str(caught.value)
    assert path.read_bytes() == b"what was there before"
    assert [each.name for each in tmp_path.iterdir() if each.name != "home"] == [path.name]


def test_an_encoder_that_cannot_begin_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("imageio_ffmpeg")
    from nnviz.ui.export import video_writer

    monkeypatch.setitem(video_writer.CODECS, ".mp4", ("no-such-codec", []))

    def write() -> None:
        with AnimationFile(tmp_path / "a.mp4", "mp4", SIZE, fps=10, loop=True, frames=60) as file:
            for frame in moving(60):
                file.add(frame)
            file.finish()

    with pytest.raises(OSError, match=r"^cannot write \S*a\.mp4: unknown encoder 'no-such-codec'$"):
        write()
    assert not list(tmp_path.glob("*.mp4"))


def test_a_package_without_its_ffmpeg_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    imageio_ffmpeg = pytest.importorskip("imageio_ffmpeg")

    def none() -> str:
        raise RuntimeError("No ffmpeg exe could be found.\nInstall ffmpeg on your system")

    monkeypatch.setattr(imageio_ffmpeg, "get_ffmpeg_exe", none)
    with pytest.raises(OSError, match="has no ffmpeg for this system") as caught:
        AnimationFile(tmp_path / "a.mp4", "mp4", SIZE, fps=10, loop=True, frames=3)
    assert "\n" not in str(caught.value)
    assert not list(tmp_path.glob("*.mp4"))


@pytest.mark.parametrize("kind", ["gif", "mp4"])
def test_who_gives_up_while_the_encoder_ends_gets_no_file(tmp_path: Path, kind: str) -> None:
    """The last word is asked for between the whole file and its taking its place."""
    if kind == "mp4":
        pytest.importorskip("imageio_ffmpeg")
    with AnimationFile(tmp_path / f"a.{kind}", kind, SIZE, fps=10, loop=True, frames=3) as file:
        for grey in (0, 100, 200):
            file.add(numpy.full((SIZE[1], SIZE[0], 3), grey, dtype=numpy.uint8))
        file.seal()
        assert file.written > 0
    assert not list(tmp_path.glob("*." + kind))


def test_a_place_that_cannot_be_written_to_is_one_sentence(no_folder: Path) -> None:
    with pytest.raises(OSError, match="cannot write"):
        AnimationFile(no_folder / "a.gif", "gif", SIZE, fps=10, loop=True, frames=3)


def test_the_file_may_be_read_by_others_as_any_new_file(tmp_path: Path) -> None:
    plain = tmp_path / "plain"
    plain.write_text("")
    made = written(tmp_path / "a.gif", "gif")
    assert os.stat(made).st_mode == os.stat(plain).st_mode


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no such device")
def test_a_device_that_is_full_is_said_and_stays_a_device(tmp_path: Path) -> None:
    link = tmp_path / "a.gif"
    link.symlink_to("/dev/full")
    with pytest.raises(OSError, match=r"cannot write .*a\.gif: no space left on device"):
        written(link, "gif")
    assert Path("/dev/full").is_char_device()
    assert list(tmp_path.glob("*.part*")) == []


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such rights")
def test_a_file_that_is_replaced_keeps_its_rights(tmp_path: Path) -> None:
    path = tmp_path / "a.gif"
    path.write_text("before")
    path.chmod(0o600)
    assert stat.S_IMODE(os.stat(written(path, "gif")).st_mode) == 0o600


# -- films -------------------------------------------------------------------------------------------------------------


def film(make: Make, key: str = "loss", steps: int = 60) -> RunFilm:
    view, snapshot = make(key, steps)
    return RunFilm(view, snapshot, Watch())


def test_a_film_replays_the_run_bit_for_bit(make: Make) -> None:
    replay = film(make, steps=60)
    states = [state for step, state in replay.states([0, 30, 60]) if isinstance(state, Snapshot)]
    job = TrainingJob(resolve(Experiment()))
    for state in states:
        job.advance(state.step - job.step)
        assert numpy.array_equal(state.theta, job.trainer.theta)
    assert [state.step for state in states] == [0, 30, 60]


def test_frames_look_as_the_view_in_the_window(make: Make, qtbot: QtBot) -> None:
    """The same quantity chosen, the same range: what the user set up is what is animated."""
    view, snapshot = make("loss")
    assert isinstance(view, LossView)
    view.quantity.button("score").click()
    view.findChildren(Chart)[1].zoom_to(0.0, 10.0, 0.3, 0.9)
    replay = RunFilm(view, snapshot, Watch())
    painter = FramePainter(replay, SIZE, Looks())
    painter.paint(snapshot)
    twin = painter.figure
    assert isinstance(twin, LossView)
    assert twin.quantity.key == "score"
    assert twin.findChildren(Chart)[1].zoomed_to == pytest.approx((0.0, 10.0, 0.3, 0.9))
    painter.close()


def test_frames_are_in_the_ground_that_was_asked_for(make: Make) -> None:
    view, snapshot = make("loss")
    painter = FramePainter(RunFilm(view, snapshot, Watch()), SIZE, Looks(ground="dark"))
    frame = painter.paint(snapshot)
    painter.close()
    assert frame.shape == (240, 320, 3)
    assert "#{:02x}{:02x}{:02x}".format(*frame[0, -1]) == DARK.surface


def test_beside_the_window_it_is_the_file_that_its_frames_make(make: Make, qtbot: QtBot, tmp_path: Path) -> None:
    reel = Reel(steps_between(0, 60, 10), "gif", SIZE)
    replay = film(make)
    painter = FramePainter(replay, SIZE, reel.looks)
    path = tmp_path / "by hand.gif"
    with AnimationFile(path, "gif", SIZE, fps=reel.fps, loop=reel.loop, frames=len(reel.steps)) as file:
        for _, state in replay.states(reel.steps):
            if state is not None:
                file.add(painter.paint(state))
        file.finish()
    painter.close()
    animator, heard = Animator(), []
    animator.advanced.connect(heard.append)
    with qtbot.waitSignal(animator.done, timeout=20_000) as done:
        animator.start(film(make), reel, tmp_path / "beside.gif")
    assert done.args == [tmp_path / "beside.gif", ""]
    assert (tmp_path / "beside.gif").read_bytes() == path.read_bytes()
    assert heard[-1].frames <= len(reel.steps) == 7


def test_the_size_of_the_file_is_told_before_it_is_there(make: Make, qtbot: QtBot, tmp_path: Path) -> None:
    animator, heard = Animator(), []
    animator.advanced.connect(heard.append)
    reel = Reel(steps_between(0, 60, 2), "png", SIZE)
    with qtbot.waitSignal(animator.done, timeout=20_000):
        animator.start(film(make), reel, tmp_path / "a.png")
    told = [progress.size for progress in heard if progress.size is not None and progress.frames < progress.total]
    assert told
    assert told[-1] == pytest.approx((tmp_path / "a.png").stat().st_size, rel=0.5)


def test_a_run_that_diverged_is_shown_to_its_end_and_the_end_is_told(make: Make, qtbot: QtBot, tmp_path: Path) -> None:
    wild = Experiment(
        data=DataSpec(source="sine", size=60),
        network=NetworkSpec((LayerSpec(4, "relu"),), OutputSpec("linear")),
        training=TrainingSpec(learning_rate=10.0, loss="squared_error"),
    )
    view, snapshot = make("loss", 300, wild)
    assert snapshot.status == "diverged"
    animator = Animator()
    reel = Reel(list(range(snapshot.step + 20)), "gif", SIZE)
    with qtbot.waitSignal(animator.done, timeout=20_000) as done:
        animator.start(RunFilm(view, snapshot, Watch()), reel, tmp_path / "a.gif")
    assert done.args[1].startswith("diverged: step 6")
    with Image.open(tmp_path / "a.gif") as made:
        assert made.n_frames == snapshot.step + 2  # each step, and where it stayed


def test_stopping_leaves_no_file(make: Make, qtbot: QtBot, tmp_path: Path) -> None:
    animator = Animator()
    said: list[object] = []
    animator.done.connect(said.append)
    animator.failed.connect(said.append)
    with qtbot.waitSignal(animator.advanced, timeout=20_000):
        animator.start(film(make, steps=60), Reel(steps_between(0, 60, 1), "gif", SIZE), tmp_path / "a.gif")
    animator.cancel()
    qtbot.waitUntil(lambda: not list(tmp_path.glob("*.gif")), timeout=5000)
    qtbot.wait(50)
    assert not list(tmp_path.glob(".*part*"))
    assert said == []
    assert not animator.busy


def test_a_film_that_fails_is_told_in_its_sentence(make: Make, qtbot: QtBot, tmp_path: Path) -> None:
    class Broken(RunFilm):
        def states(self, steps: Sequence[int]) -> Iterator[tuple[int, object]]:
            raise ValueError("this cannot be replayed")

    view, snapshot = make()
    animator = Animator()
    with qtbot.waitSignal(animator.failed, timeout=5000) as failed:
        animator.start(Broken(view, snapshot, Watch()), Reel([0, 1], "gif", SIZE), tmp_path / "a.gif")
    assert failed.args == ["this cannot be replayed"]
    assert not list(tmp_path.glob("*.gif"))


def test_a_size_that_no_animation_has_is_told(make: Make, qtbot: QtBot, tmp_path: Path) -> None:
    animator = Animator()
    with qtbot.waitSignal(animator.failed, timeout=5000) as failed:
        animator.start(film(make), Reel([0, 1], "gif", (0, 0)), tmp_path / "a.gif")
    assert "0 × 0" in failed.args[0]


def test_the_window_goes_on_meanwhile(make: Make, qtbot: QtBot, tmp_path: Path) -> None:
    ticks: list[int] = []
    timer = QTimer()
    timer.timeout.connect(lambda: ticks.append(1))
    timer.start(10)
    animator = Animator()
    with qtbot.waitSignal(animator.done, timeout=20_000):
        animator.start(film(make), Reel(steps_between(0, 60, 3), "gif", SIZE), tmp_path / "a.gif")
    assert len(ticks) > 5


def test_steps_of_the_frames() -> None:
    assert steps_between(0, 10, 4) == [0, 4, 8, 10]
    assert steps_between(5, 5, 1) == [5]
    for first, last, every in ((5, 4, 1), (0, 4, 0), (-1, 4, 1)):
        with pytest.raises(ValueError, match="nothing to show"):
            steps_between(first, last, every)
    with pytest.raises(ValueError, match="frames"):
        steps_between(0, 2 * MAX_FRAMES, 1)
