"""How large an animation will be is told before it is written, from a few of its frames."""

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from nnviz.experiment.watch import Watch
from nnviz.ui.export import animation_kinds, size_estimate
from nnviz.ui.export.animation import Animator, Reel, steps_between
from nnviz.ui.export.animation_dialog import AnimationDialog
from nnviz.ui.export.animation_writers import AnimationFile, Frame
from nnviz.ui.export.run_film import RunFilm
from nnviz.ui.export.size_estimate import PAIRS, SizeEstimator, estimated_size, sample_of

from .conftest import Make

SIZE = (320, 240)


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where samples are written."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def drawing(number: int) -> Frame:
    """A curve that grows over noisy ground which changes ever less, as pictures of a run do."""
    noise = numpy.random.default_rng(number)
    frame = numpy.full((SIZE[1], SIZE[0], 3), 250, dtype=numpy.uint8)
    rows = 10 + 200 * 40 // (40 + number)
    frame[20 : 20 + rows, 40:200] = noise.integers(180, 200, (rows, 160, 1), dtype=numpy.uint8)
    frame[230:234, : 3 * number] = (47, 127, 209)
    return frame


def sampled(count: int) -> Iterator[tuple[int, Frame | None]]:
    for number in sample_of(count):
        yield number, None  # on the way there
        yield number, drawing(number)


@pytest.mark.parametrize(("kind", "factor"), [("gif", 1.15), ("png", 1.15), ("mp4", 1.6), ("webm", 1.6)])
def test_a_sample_tells_the_size_of_the_whole(tmp_path: Path, temporary: Path, kind: str, factor: float) -> None:
    if kind in ("mp4", "webm"):
        pytest.importorskip("imageio_ffmpeg")
    reel = Reel(range(100), kind, SIZE)
    path = tmp_path / f"a.{kind}"
    with AnimationFile(path, kind, SIZE, fps=15, loop=True, frames=100) as file:
        for number in range(100):
            file.add(drawing(number))
        file.finish()
    told = estimated_size(sampled(100), reel)
    assert told is not None
    assert 1 / factor < told / path.stat().st_size < factor
    assert list(temporary.iterdir()) == []


def test_few_frames_are_all_written_and_their_size_is_exact(make: Make, qtbot: QtBot, tmp_path: Path) -> None:
    view, snapshot = make("loss", 60)
    reel = Reel(steps_between(0, 60, 10), "gif", SIZE)
    animator = Animator()
    with qtbot.waitSignal(animator.done, timeout=20_000):
        animator.start(RunFilm(view, snapshot, Watch()), reel, tmp_path / "a.gif")
    estimator = SizeEstimator()
    with qtbot.waitSignal(estimator.known, timeout=20_000) as known:
        estimator.ask(RunFilm(view, snapshot, Watch()), reel)
    assert known.args == [(tmp_path / "a.gif").stat().st_size]


@pytest.mark.parametrize("count", [1, 2, 2 * PAIRS, 2 * PAIRS + 1, 120, 3000])
def test_the_sample_is_pairs_of_neighbours_from_all_over(count: int) -> None:
    sample = sample_of(count)
    assert sample == sorted(set(sample))
    assert sample[0] >= 0
    assert sample[-1] < count
    assert len(sample) == min(count, 2 * PAIRS)
    if count > 2 * PAIRS:
        assert all(second == first + 1 for first, second in zip(sample[::2], sample[1::2], strict=True))
        assert sample[0] <= count / PAIRS
        assert sample[-1] >= count - 1 - count / PAIRS


def test_frames_that_end_too_early_tell_nothing(temporary: Path) -> None:
    few = list(sampled(100))[: 2 * PAIRS - 2]
    assert estimated_size(few, Reel(range(100), "gif", SIZE)) is None
    assert list(temporary.iterdir()) == []


def test_half_of_them_tell_about_how_large_it_will_be(tmp_path: Path) -> None:
    whole = estimated_size(sampled(100), Reel(range(100), "gif", SIZE))
    half = estimated_size(list(sampled(100))[: 2 * PAIRS + 2], Reel(range(100), "gif", SIZE))
    assert whole is not None
    assert half == pytest.approx(whole, rel=0.8)


# -- beside the window -------------------------------------------------------------------------------------------------


class Counted(RunFilm):
    """It counts how often it was replayed."""

    replays = 0

    def states(self, steps: Sequence[int]) -> Iterator[tuple[int, object]]:
        self.replays += 1
        return super().states(steps)


def test_another_kind_or_size_of_the_same_steps_is_not_replayed(make: Make, qtbot: QtBot) -> None:
    film = Counted(*make("loss", 60), Watch())
    estimator, sizes = SizeEstimator(), []
    estimator.known.connect(sizes.append)
    steps = steps_between(0, 60, 1)
    for kind, size in (("gif", SIZE), ("png", SIZE), ("png", (640, 480))):
        with qtbot.waitSignal(estimator.known, timeout=20_000):
            estimator.ask(film, Reel(steps, kind, size))
    assert film.replays == 1
    assert sizes[2] > sizes[1]
    with qtbot.waitSignal(estimator.known, timeout=20_000):
        estimator.ask(film, Reel(steps_between(0, 60, 2), "gif", SIZE))
    assert film.replays == 2


def test_asking_again_voids_the_question_before(make: Make, qtbot: QtBot) -> None:
    film = Counted(*make("loss", 60), Watch())
    estimator, sizes = SizeEstimator(), []
    estimator.known.connect(sizes.append)
    for every in (1, 2, 3):
        estimator.ask(film, Reel(steps_between(0, 60, every), "gif", SIZE))
    qtbot.waitUntil(lambda: not estimator.busy, timeout=20_000)
    assert film.replays == len(sizes) == 1


def test_nothing_is_left_of_a_sample_that_is_no_longer_wanted(make: Make, qtbot: QtBot, temporary: Path) -> None:
    film = RunFilm(*make("loss", 60), Watch())
    estimator, heard = SizeEstimator(), []
    estimator.known.connect(heard.append)
    estimator.unknown.connect(lambda: heard.append(None))
    estimator.ask(film, Reel(steps_between(0, 60, 1), "png", SIZE))
    qtbot.waitUntil(lambda: bool(list(temporary.iterdir())), timeout=20_000)
    estimator.cancel()
    assert not estimator.busy
    qtbot.waitUntil(lambda: not list(temporary.iterdir()), timeout=5000)
    qtbot.wait(50)
    assert heard == []


def test_a_replay_that_takes_too_long_is_given_up(
    make: Make, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, temporary: Path
) -> None:
    monkeypatch.setattr(size_estimate, "PATIENCE_SECONDS", -1.0)
    estimator = SizeEstimator()
    with qtbot.waitSignal(estimator.unknown, timeout=20_000):
        estimator.ask(RunFilm(*make("loss", 60), Watch()), Reel(steps_between(0, 60, 1), "gif", SIZE))
    qtbot.waitUntil(lambda: not list(temporary.iterdir()), timeout=5000)


def test_where_no_sample_can_be_written_the_size_is_just_not_known(
    make: Make, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, no_folder: Path
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(no_folder))
    estimator = SizeEstimator()
    with qtbot.waitSignal(estimator.unknown, timeout=20_000):
        estimator.ask(RunFilm(*make("loss", 60), Watch()), Reel(steps_between(0, 60, 1), "gif", SIZE))


# -- in the dialog -----------------------------------------------------------------------------------------------------


@pytest.fixture
def dialog(make: Make, qtbot: QtBot) -> Iterator[AnimationDialog]:
    view, snapshot = make("loss", 60)
    made = AnimationDialog([(view, RunFilm(view, snapshot, Watch()))], view)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    made.show()
    yield made
    made.close()


def test_the_size_is_told_before_anything_is_saved(dialog: AnimationDialog, qtbot: QtBot) -> None:
    assert "being measured" in dialog.note.text()
    qtbot.waitUntil(lambda: "about" in dialog.note.text(), timeout=20_000)
    dialog.form.kind.setCurrentIndex(1)
    dialog.form.kind.activated.emit(1)
    assert "being measured" in dialog.note.text()
    qtbot.waitUntil(lambda: "about" in dialog.note.text(), timeout=20_000)


def test_while_a_video_is_written_its_size_is_what_was_told_before(
    dialog: AnimationDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    pytest.importorskip("imageio_ffmpeg")
    dialog.form.kind.setCurrentIndex(2)
    dialog.form.kind.activated.emit(2)
    qtbot.waitUntil(lambda: "about" in dialog.note.text(), timeout=20_000)
    told, notes = dialog.note.text().split("about ")[1].split(".")[0], []
    dialog.animator.advanced.connect(
        lambda told: notes.append(dialog.note.text()) if told.frames < told.total else None
    )
    with qtbot.waitSignal(dialog.said, timeout=20_000):
        dialog.write(tmp_path / "a.mp4")
    assert notes
    assert all(f"about {told}" in note for note in notes)


def test_what_cannot_be_made_is_not_measured(dialog: AnimationDialog) -> None:
    dialog.form.first.setValue(50)
    dialog.form.last.setValue(10)
    assert not dialog.estimator.busy
    assert "nothing to show" in dialog.trouble.text()
    assert not dialog.save_button.isEnabled()


def test_saving_and_closing_stop_measuring(dialog: AnimationDialog, qtbot: QtBot, tmp_path: Path) -> None:
    assert dialog.estimator.busy
    with qtbot.waitSignal(dialog.said, timeout=20_000):
        dialog.write(tmp_path / "a.gif")
        assert not dialog.estimator.busy
    assert "a.gif is written" in dialog.note.text()
    dialog.refresh()
    assert dialog.estimator.busy
    dialog.reject()
    assert not dialog.estimator.busy


def test_without_the_extra_the_dialog_says_how_to_get_it_and_measures_nothing(
    dialog: AnimationDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(animation_kinds, "has_video", lambda: False)
    dialog.form.kind.setCurrentIndex(2)
    dialog.form.kind.activated.emit(2)
    assert "pip install 'nnviz[video]'" in dialog.trouble.text()
    assert not dialog.save_button.isEnabled()
    assert not dialog.estimator.busy
    dialog.form.kind.setCurrentIndex(0)
    dialog.form.kind.activated.emit(0)
    assert dialog.save_button.isEnabled()
    assert dialog.estimator.busy
