"""Writes figures one after the other while the window lives on: each is drawn in a turn of its own, then encoded in a
thread."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from nnviz.ui.export.files import contents_of, save
from nnviz.ui.export.looks import Looks, Words
from nnviz.ui.plots.figure import Figure
from nnviz.ui.widgets.background import Background


@dataclass(frozen=True)
class Order:
    """A figure to be written: how, with which words, where to; further tables come beside it."""

    view: Figure
    looks: Looks
    words: Words
    path: Path


class Exporter(QObject):
    """One batch at a time. advanced: (how many figures are written, of how many). done: the paths. failed: a
    sentence, and nothing more is written; what was written before it is whole. figures: how many were written,
    maybe into more files. left_out: sentences about figures that are empty.
    """

    advanced = Signal(int, int)
    done = Signal(list)
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.left_out: list[str] = []
        self.figures = 0
        self._orders: list[Order] = []
        self._written: list[Path] = []
        self._count = 0
        self._writer = Background(self)
        self._writer.done.connect(self._wrote)
        self._writer.failed.connect(self._fail)

    @property
    def busy(self) -> bool:
        """Whether something is still to be written."""
        return bool(self._orders) or self._writer.busy

    def start(self, orders: Sequence[Order]) -> None:
        """Writes them in order. A single figure that is empty is a failure; among others it is left out."""
        self.cancel()
        self._orders, self._count = list(orders), len(orders)
        self._written, self.left_out, self.figures = [], [], 0
        QTimer.singleShot(0, self._next)

    def cancel(self) -> None:
        """Writes no more; the file that is being written becomes whole, or nothing of it is left."""
        self._orders, self._count = [], 0
        self._writer.cancel()

    def _next(self) -> None:
        if self._writer.busy:
            return
        if not self._orders:
            if self._count:
                self._count = 0
                self.done.emit(self._written)
            return
        order = self._orders.pop(0)
        try:
            contents = contents_of(order.view, order.looks, order.words, order.path)
        except ValueError as error:
            if self._count == 1:
                self._fail(str(error))
            else:
                self.left_out.append(str(error))
                QTimer.singleShot(0, self._next)
            return
        self._writer.start(partial(save, contents))

    def _wrote(self, paths: object) -> None:
        assert isinstance(paths, list)
        self._written += paths
        self.figures += 1
        self.advanced.emit(self.figures, self._count)
        QTimer.singleShot(0, self._next)

    def _fail(self, sentence: str) -> None:
        self._orders, self._count = [], 0
        self.failed.emit(sentence)
