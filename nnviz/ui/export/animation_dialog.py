"""Asks what is to be animated and how, and makes it while the window and its run go on."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, QStandardPaths, Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from nnviz.ui.export.animation import Animator, Progress
from nnviz.ui.export.animation_form import AnimationForm
from nnviz.ui.export.animation_kinds import ANIMATION_KINDS, check_kind
from nnviz.ui.export.files import file_name
from nnviz.ui.export.saving import ask_path
from nnviz.ui.export.size_estimate import SizeEstimator
from nnviz.ui.plots.figure import Figure
from nnviz.ui.plots.film import Film
from nnviz.ui.preferences import Preferences
from nnviz.ui.theme import GRID
from nnviz.ui.widgets.choice import Choice, Entry
from nnviz.ui.widgets.form import Form, muted
from nnviz.ui.widgets.on_screen import ShrinkingForm, resize_on_screen

WIDTH = 46 * GRID


class AnimationDialog(QDialog):
    """films: figures with what they show over time; ``first`` is in front. It stays open beside the window.

    said: a sentence: what was written.
    """

    said = Signal(str)

    def __init__(
        self,
        films: Sequence[tuple[Figure, Film]],
        first: Figure,
        parent: QWidget | None = None,
        *,
        left_out: str = "",
    ) -> None:
        """left_out: which figures are not among them, and why."""
        super().__init__(parent)
        self.setWindowTitle("Export animation")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.films = list(films)
        self._preferences = Preferences()
        self._stored = self._preferences.choices("animation")
        self.animator = Animator(self)
        self.animator.advanced.connect(self._advanced)
        self.animator.done.connect(self._done)
        self.animator.failed.connect(self._failed)
        self.estimator = SizeEstimator(self)
        self.estimator.known.connect(self._estimated)
        self.estimator.unknown.connect(lambda: self._say_what("size not known yet"))
        self._expected: int | None = None
        self.form = AnimationForm()
        self.choice = Choice(Entry(str(place), figure.title) for place, (figure, _) in enumerate(self.films))
        self.note, self.absent, self.trouble, self.bar = muted(), muted(), QLabel(), QProgressBar()
        self.absent.setText(f"{left_out}." if left_out else "")
        self._arrange()
        self.form.show_choices(self._stored)
        self.choice.show_key(str(next(place for place, (figure, _) in enumerate(self.films) if figure is first)))
        self.choice.chosen.connect(self._choose)
        self.form.changed.connect(self.refresh)
        self._choose()
        resize_on_screen(self, QSize(WIDTH, self._whole_height()))

    @property
    def chosen(self) -> tuple[Figure, Film]:
        """The figure to be animated, and its film."""
        return self.films[int(self.choice.key() or 0)]

    def refresh(self) -> None:
        """Says what will come of it, or why nothing can."""
        self.trouble.hide()
        self.estimator.cancel()
        self._expected = None
        try:
            reel = self.form.reel()
            check_kind(reel.kind)
        except ValueError as error:
            self.note.setText("")
            self._say_trouble(str(error))
            self.save_button.setEnabled(False)
            return
        self._say_what("its size is being measured")
        self.estimator.ask(self.chosen[1], reel)
        self.save_button.setEnabled(not self.animator.busy)

    def save(self) -> None:
        """Asks where to, and begins."""
        figure = self.chosen[0]
        kind = ANIMATION_KINDS[self.form.reel().kind]
        movies = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.MoviesLocation)
        folder = self._stored.get("folder") or movies or str(Path.home())
        proposed = str(Path(folder) / file_name(figure, kind.key))
        path = ask_path(self, "Export animation", proposed, {kind.key: f"{kind.label} (*.{kind.key})"})
        if path is not None:
            self.write(path)

    def write(self, path: Path) -> None:
        """Begins to write it there."""
        film = self.chosen[1]
        reel = self.form.reel()
        self._stored["folder"] = str(path.parent)
        self._remember()
        self.bar.setRange(0, len(reel.steps))
        self.bar.setValue(0)
        self.trouble.hide()
        self.estimator.cancel()
        self._show_running(True)
        self.animator.start(film, reel, path)

    def stop(self) -> None:
        """Makes no more of it; nothing is left of the file."""
        self.animator.cancel()
        self._show_running(False)
        self.note.setText("Stopped; nothing was written.")

    def done(self, result: int) -> None:
        """Closing stops it, too."""
        self.animator.cancel()
        self.estimator.cancel()
        self._remember()
        super().done(result)

    def _arrange(self) -> None:
        self.save_button, self.stop_button, close = QPushButton("Save…"), QPushButton("Stop"), QPushButton("Close")
        self.save_button.clicked.connect(self.save)
        self.stop_button.clicked.connect(self.stop)
        close.clicked.connect(self.reject)
        for button in (self.stop_button, close):
            button.setAutoDefault(False)
        self.trouble.setWordWrap(True)
        self.trouble.hide()
        self.bar.setFormat("%v of %m")
        buttons = QHBoxLayout()
        buttons.setSpacing(GRID)
        for button in (self.save_button, self.stop_button, close):
            buttons.addWidget(button, 1)
        head = Form()
        head.add("Figure", self.choice, "What is animated: it looks as it does in the window, range and form included")
        asked = QWidget()
        rows = QVBoxLayout(asked)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(GRID)
        rows.addLayout(head)
        rows.addWidget(self.form)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        self._scroll = ShrinkingForm(asked)
        for part in (self._scroll, self.note, self.absent, self.trouble, self.bar):
            column.addWidget(part)
        if not self.absent.text():
            self.absent.hide()
        column.addStretch(1)
        column.addLayout(buttons)
        self.setFixedWidth(WIDTH)
        self._show_running(False)

    def _whole_height(self) -> int:
        """With all of the form, and room for the bar, so that nothing moves when it comes."""
        form = self._scroll.height_in(WIDTH - 4 * GRID) - self._scroll.sizeHint().height()
        return self._column.totalHeightForWidth(WIDTH) + form + self.bar.sizeHint().height() + GRID

    def _choose(self, *_: object) -> None:
        film = self.chosen[1]
        self.form.show_range(film.first, film.last)
        self.refresh()

    def _show_running(self, running: bool) -> None:  # noqa: FBT001 (a setter)
        self.bar.setVisible(running)
        self.stop_button.setEnabled(running)
        for part in (self.save_button, self.form, self.choice):
            part.setEnabled(not running)

    def _estimated(self, size: int) -> None:
        self._expected = size
        self._say_what(f"about {_megabytes(size)}")

    def _say_what(self, size: str) -> None:
        """What will come of it, with what is known of its size."""
        reel = self.form.reel()
        count = len(reel.steps)
        frames = f"{count:,} frames" if count > 1 else "1 frame"
        self.note.setText(
            f"{frames}, {count / reel.fps:.1f} seconds, {size}. The run is replayed beside the present one."
        )

    def _advanced(self, progress: Progress) -> None:
        self.bar.setValue(progress.frames)
        size = progress.size or self._expected
        self.note.setText(f"Step {progress.step:,}" + (f", about {_megabytes(size)}" if size else ""))

    def _done(self, path: object, ended: str) -> None:
        self._show_running(False)
        if not isinstance(path, Path):
            return
        self.note.setText(f"{path.name} is written: {_megabytes(path.stat().st_size)}.")
        if ended:
            self._say_trouble(f"It ends earlier than asked: the run {ended}")
        self.said.emit(f"Animation written to {path.name}.")

    def _failed(self, sentence: str) -> None:
        self._show_running(False)
        self.note.setText("")
        self._say_trouble(sentence)

    def _say_trouble(self, sentence: str) -> None:
        self.trouble.setText(sentence[:1].upper() + sentence[1:] + ("" if sentence.endswith((".", ")")) else "."))
        self.trouble.show()

    def _remember(self) -> None:
        self._preferences.keep_choices("animation", self._stored | self.form.choices())


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.1f} MB" if size >= 1e6 else f"{max(1, round(size / 1e3))} kB"
