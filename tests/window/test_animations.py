"""Animations of the real window's figures play back as they were asked for, and leave the run alone."""

from collections.abc import Iterator
from pathlib import Path

import numpy
import pytest
from PIL import Image

from nnviz import app as composition
from nnviz.experiment.files import load_document
from nnviz.experiment.problem import resolve
from nnviz.experiment.snapshot import Snapshot
from nnviz.experiment.training_job import TrainingJob
from nnviz.resources import resource
from nnviz.ui.export.animation_dialog import AnimationDialog
from nnviz.ui.export.animation_kinds import has_video
from nnviz.ui.export.surroundings import film_of
from nnviz.ui.main_window import MainWindow
from nnviz.ui.preferences import Preferences
from nnviz.ui.session import Session

FRAMES, SECONDS_EACH = 9, 0.1
SIZE = (481, 361)


@pytest.fixture
def window(qtbot) -> Iterator[MainWindow]:
    composition.make_application()
    made = composition.make_window(Preferences())
    made.resize(1200, 780)
    made.show()
    yield made
    made.close()
    made.deleteLater()


def opened(window: MainWindow, qtbot, *preset: str) -> None:
    window.open_document(load_document(resource("presets", *preset)))
    if isinstance(window.workspace.document, Session):
        qtbot.waitUntil(
            lambda: window.session.snapshot is not None and window.session.snapshot.step > 60, timeout=20_000
        )


def dialog_of(window: MainWindow, qtbot, key: str, kind: str) -> AnimationDialog:
    """For a figure, with so many frames of an odd size."""
    qtbot.waitUntil(lambda: key in [each.key for each in window.workspace.figures()], timeout=20_000)
    figure = next(figure for figure in window.workspace.figures() if figure.key == key)
    film = film_of(figure)
    assert film is not None
    film.last = min(film.last, 80)
    dialog = AnimationDialog([(figure, film)], figure, window)
    dialog.show()
    form = dialog.form
    form.kind.show_key(kind)
    form.last.setValue(film.last)
    form.every.setValue(film.last // (FRAMES - 1))
    form.last.setValue(form.every.value() * (FRAMES - 1))
    form.fps.setValue(1 / SECONDS_EACH)
    form.size_choice.addItem("odd", f"{SIZE[0]}x{SIZE[1]}")
    form.size_choice.show_key(f"{SIZE[0]}x{SIZE[1]}")
    assert len(form.reel().steps) == FRAMES
    return dialog


def pictures(path: Path) -> tuple[list[numpy.ndarray], tuple[int, int], float]:
    """What a player makes of it: frames, their size, and frames a second."""
    if path.suffix in (".gif", ".png"):
        with Image.open(path) as film:
            shown, lasting = [], []
            for number in range(film.n_frames):
                film.seek(number)
                shown.append(numpy.asarray(film.convert("RGB")))
                lasting.append(film.info["duration"])
            assert film.info["loop"] == 0
            assert lasting[-1] == 1000  # the last frame is seen a while
            return shown, film.size, 1000 / lasting[0]
    imageio_ffmpeg = pytest.importorskip("imageio_ffmpeg")
    frames = imageio_ffmpeg.read_frames(str(path))
    facts = next(frames)
    shown = [numpy.frombuffer(frame, numpy.uint8).reshape(*facts["size"][::-1], 3) for frame in frames]
    return shown, facts["size"], facts["fps"]


# The reader that looks at videos leaves its pipes to the collector.
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize(
    ("preset", "key", "kind"),
    [
        (("spiral.nnviz",), "network", "mp4"),
        (("spiral.nnviz",), "decision-map", "webm"),
        (("spiral.nnviz",), "loss", "png"),
        (("spiral.nnviz",), "gradient-flow", "gif"),
        (("descent", "ravine_momentum.nnviz"), "descent-map", "webm"),
        (("descent", "ravine_momentum.nnviz"), "descent-space", "png"),
        (("descent", "ravine_momentum.nnviz"), "descent-course", "mp4"),
    ],
)
def test_it_plays_back_as_asked(
    window: MainWindow, qtbot, tmp_path: Path, preset: tuple[str, ...], key: str, kind: str
) -> None:
    if kind in ("mp4", "webm"):
        pytest.importorskip("imageio_ffmpeg")
    opened(window, qtbot, *preset)
    dialog = dialog_of(window, qtbot, key, kind)
    with qtbot.waitSignal(dialog.said, timeout=60_000) as said:
        dialog.write(tmp_path / f"ф {key}.{kind}")
    dialog.close()
    assert said.args == [f"Animation written to ф {key}.{kind}."]
    frames, size, fps = pictures(tmp_path / f"ф {key}.{kind}")
    even = (SIZE[0] + 1, SIZE[1] + 1)
    assert (len(frames), size) == (FRAMES, even if kind in ("mp4", "webm") else SIZE)
    assert fps == pytest.approx(1 / SECONDS_EACH)
    assert all(frame.std() > 5 for frame in frames), "an empty frame"
    assert not numpy.array_equal(frames[0], frames[-1])
    assert [each.name for each in tmp_path.iterdir() if each.name != "home"] == [f"ф {key}.{kind}"]


def test_the_run_goes_on_meanwhile_and_is_the_same_bit_for_bit(window: MainWindow, qtbot, tmp_path: Path) -> None:
    opened(window, qtbot, "spiral.nnviz")
    before = window.session.snapshot.step
    dialog = dialog_of(window, qtbot, "decision-map", "gif")
    with qtbot.waitSignal(dialog.said, timeout=60_000):
        dialog.write(tmp_path / "a.gif")
    dialog.close()
    window.session.pause()
    qtbot.waitUntil(lambda: not window.session.snapshot.playing, timeout=5000)
    shown = window.session.snapshot
    assert isinstance(shown, Snapshot)
    assert shown.step > before
    alone = TrainingJob(resolve(load_document(resource("presets", "spiral.nnviz"))))
    alone.advance(shown.step)
    assert numpy.array_equal(shown.theta, alone.trainer.theta)


@pytest.mark.parametrize("how", ["stop", "reject"])
def test_stopped_in_the_middle_nothing_is_left_and_the_run_goes_on(
    window: MainWindow, qtbot, tmp_path: Path, how: str
) -> None:
    opened(window, qtbot, "spiral.nnviz")
    dialog = dialog_of(window, qtbot, "network", "png" if how == "reject" or not has_video() else "mp4")
    dialog.form.every.setValue(1)
    with qtbot.waitSignal(dialog.animator.advanced, timeout=20_000, check_params_cb=lambda told: told.frames > 3):
        dialog.write(tmp_path / f"a.{dialog.form.kind.key()}")
    if how == "stop":
        dialog.stop_button.click()
        assert "nothing was written" in dialog.note.text()
        assert dialog.save_button.isEnabled()
    before = window.session.snapshot.step
    dialog.close()
    qtbot.waitUntil(lambda: [each.name for each in tmp_path.iterdir()] == ["home"], timeout=5000)
    qtbot.waitUntil(lambda: window.session.snapshot.step > before, timeout=5000)


def test_a_place_that_cannot_be_written_to_is_told_in_the_dialog(window: MainWindow, qtbot, tmp_path: Path) -> None:
    opened(window, qtbot, "spiral.nnviz")
    (tmp_path / "file").write_text("")
    dialog = dialog_of(window, qtbot, "loss", "gif")
    dialog.write(tmp_path / "file" / "a.gif")
    qtbot.waitUntil(dialog.trouble.isVisible, timeout=10_000)
    assert dialog.trouble.text().startswith("Cannot write")
    assert dialog.save_button.isEnabled()
    dialog.close()


def test_a_run_that_diverged_ends_where_it_ended(window: MainWindow, qtbot, tmp_path: Path) -> None:
    window.open_document(load_document(resource("presets", "too_fast.nnviz")))
    qtbot.waitUntil(lambda: getattr(window.session.snapshot, "status", "") == "diverged", timeout=30_000)
    last = window.session.snapshot.horizon
    figure = next(figure for figure in window.workspace.figures() if figure.key == "loss")
    film = film_of(figure)
    assert film is not None
    assert film.last == last
    dialog = AnimationDialog([(figure, film)], figure, window)
    with qtbot.waitSignal(dialog.said, timeout=60_000):
        dialog.write(tmp_path / "a.gif")
    dialog.close()
    with Image.open(tmp_path / "a.gif") as made:
        assert made.n_frames == len(dialog.form.reel().steps)


def test_what_is_the_same_at_every_step_is_not_animated(window: MainWindow, qtbot) -> None:
    """The race of activations would be run for each frame anew, in the window's thread."""
    opened(window, qtbot, "spiral.nnviz")
    qtbot.waitUntil(lambda: {"race", "microscope"} <= {each.key for each in window.workspace.figures()}, timeout=20_000)
    for figure in window.workspace.figures():
        assert (film_of(figure) is None) == (figure.key in ("race", "microscope")), figure.key
