"""The context menu of every plot: its picture and its numbers leave the program here."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QPoint, QStandardPaths, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QMessageBox

from nnviz.ui.export.picture import copy_picture, save_png
from nnviz.ui.plots.figure import Figure


def install_menu(view: Figure) -> None:
    """Gives the view the menu, made anew at each opening; what can be done with the thing under the mouse is first."""
    view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
    view.customContextMenuRequested.connect(lambda place: _open(view, place))


def view_menu(view: Figure, own: Sequence[QAction] = ()) -> QMenu:
    """The menu of a view, its own actions first."""
    menu = QMenu(view)
    if own:
        menu.addActions(own)
        menu.addSeparator()
    _add(menu, "Save picture…", "Writes this plot as a PNG file", lambda: ask_and_save(view))
    _add(menu, "Copy picture", "Puts this plot on the clipboard", lambda: copy_picture(view))
    _add(menu, "Copy numbers", "Every number drawn, in full, for a spreadsheet", lambda: copy_numbers(view))
    menu.addSeparator()
    _add(menu, "Reset range", "Shows everything again after zooming", view.reset_range)
    return menu


def copy_numbers(view: Figure) -> None:
    """The view's table, tab-separated, as spreadsheets take it."""
    QApplication.clipboard().setText("\n".join("\t".join(row) for row in view.numbers()))


def ask_and_save(view: Figure) -> None:
    """Asks where to, and writes the picture there. What goes wrong is said in one sentence."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation) or str(Path.home())
    proposed = str(Path(folder) / f"{view.key or 'plot'}.png")
    path, _ = QFileDialog.getSaveFileName(view, "Save picture", proposed, "PNG picture (*.png)")
    if not path:
        return
    if not path.lower().endswith(".png"):
        path += ".png"
    try:
        save_png(view, path)
    except OSError as error:
        QMessageBox.warning(view, "Save picture", str(error))


def _open(view: Figure, place: QPoint) -> None:
    menu = view_menu(view, view.actions_at(place))
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.popup(view.mapToGlobal(place))


def _add(menu: QMenu, text: str, tip: str, action: Callable[[], None]) -> None:
    entry = QAction(text, menu)
    entry.setToolTip(tip)
    entry.setStatusTip(tip)
    entry.triggered.connect(lambda _checked=False: action())
    menu.addAction(entry)
