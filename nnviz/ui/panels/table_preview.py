"""The first rows of a table, as they were read."""

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from nnviz.experiment.tables import NumericColumn, Table

ROWS = 50
Index = QModelIndex | QPersistentModelIndex


class TablePreview(QAbstractTableModel):
    """A read-only model; missing values are dashes, numbers stand at the right."""

    def __init__(self, table: Table, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._table = table

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent and parent.isValid() else min(ROWS, self._table.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent and parent.isValid() else len(self._table.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        column = self._table.columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            value = column.values[index.row()]
            if value in (None, ""):
                return "–"
            return value if isinstance(value, str) else f"{value:.15g}"
        if role == Qt.ItemDataRole.TextAlignmentRole and isinstance(column, NumericColumn):
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return self._table.names[section] if orientation == Qt.Orientation.Horizontal else str(section + 1)
