"""Opens the dialogs by which figures leave the program. What went well is said by the workspace they are in."""

from collections.abc import Sequence

from PySide6.QtWidgets import QMessageBox, QWidget

from nnviz.ui.export.animation_dialog import AnimationDialog
from nnviz.ui.export.export_dialog import ExportDialog
from nnviz.ui.export.numbers import EMPTY, tables_of
from nnviz.ui.export.numbers_dialog import NumbersDialog
from nnviz.ui.export.surroundings import (
    AllDrawn,
    film_of,
    is_drawn,
    nothing_drawn,
    without_steps,
    words_for,
    workspace_around,
)
from nnviz.ui.plots.figure import Figure
from nnviz.ui.plots.film import Film
from nnviz.ui.workspaces.workspace import Workspace

NO_STEPS = "There is nothing to animate yet: no figure here shows steps that were taken."


def export(figure: Figure) -> ExportDialog:
    """Asks how one figure is to be exported."""
    dialog = ExportDialog([figure], figure, words_for, parent=figure.window())
    _show(dialog, figure)
    return dialog


def export_of(workspace: Workspace, *, together: bool) -> None:
    """Asks how one of the workspace's figures, or all, are to be exported; those not seen are drawn first."""

    def ask() -> None:
        figures = drawn(workspace)
        left_out = _waiting(workspace, figures)
        if figures:
            dialog = ExportDialog(
                figures,
                front(workspace, figures),
                words_for,
                together=together,
                left_out=left_out,
                parent=workspace.window(),
            )
            _show(dialog, workspace)
        else:
            workspace.failed.emit(left_out or EMPTY)

    AllDrawn(workspace, ask)


def can_animate(figure: Figure) -> bool:
    """Whether it shows steps."""
    return film_of(figure) is not None


def animate(figure: Figure) -> None:
    """Asks how one figure is to be animated."""
    film = film_of(figure)
    if film is not None:
        _animate([(figure, film)], figure, figure)


def animate_of(workspace: Workspace) -> None:
    """Asks which of the workspace's figures is to be animated; those not seen are drawn first."""

    def ask() -> None:
        figures = drawn(workspace)
        films = [(figure, film) for figure in figures if (film := film_of(figure)) is not None]
        if not films:
            workspace.failed.emit(NO_STEPS)
            return
        filmed = [figure for figure, _ in films]
        still = without_steps([figure for figure in figures if figure not in filmed])
        left_out = "; ".join(filter(None, [_waiting(workspace, figures), still]))
        _animate(films, front(workspace, filmed), workspace, left_out)

    AllDrawn(workspace, ask)


def show_numbers(figure: Figure) -> None:
    """The figure's numbers as tables."""
    tables = tables_of(figure)
    if all(len(table) < 2 for table in tables.values()):
        QMessageBox.information(figure, "Numbers", f"{figure.title}: {EMPTY}.")
        return
    dialog = NumbersDialog(figure.title, figure.key or "numbers", tables, figure.window(), theme=figure.theme)
    _connect(dialog, figure)
    dialog.show()


def front(workspace: Workspace, figures: Sequence[Figure]) -> Figure:
    """The figure that has the keyboard, or the largest that is seen, or the first."""
    focused: QWidget | None = workspace.window().focusWidget()
    while focused is not None:
        if isinstance(focused, Figure) and focused in figures:
            return focused
        focused = focused.parentWidget()
    return max(figures, key=lambda figure: figure.width() * figure.height() if figure.isVisible() else -1)


def drawn(workspace: Workspace) -> list[Figure]:
    """The figures of its document that show something."""
    return [figure for figure in workspace.figures() if is_drawn(figure)]


def _waiting(workspace: Workspace, shown: Sequence[Figure]) -> str:
    """Those of its document that show nothing, and what they wait for."""
    return nothing_drawn([figure for figure in workspace.figures() if figure not in shown])


def _animate(films: Sequence[tuple[Figure, Film]], first: Figure, place: QWidget, left_out: str = "") -> None:
    dialog = AnimationDialog(films, first, place.window(), left_out=left_out)
    _connect(dialog, place)
    dialog.show()


def _show(dialog: ExportDialog, place: QWidget) -> None:
    _connect(dialog, place)
    dialog.open()


def _connect(dialog: ExportDialog | AnimationDialog | NumbersDialog, place: QWidget) -> None:
    workspace = workspace_around(place)
    if workspace is not None:
        dialog.said.connect(workspace.said)
