"""Tables leave whole: all that is drawn, under names that tell what it is, every digit, each in a file of its own."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import numpy
import pytest
from pytestqt.qtbot import QtBot

from nnviz.engine.metrics import classes
from nnviz.experiment.files import load_experiment
from nnviz.experiment.problem import resolve
from nnviz.experiment.runner import Runner
from nnviz.experiment.snapshot import take_snapshot
from nnviz.experiment.specification import DataSpec, Experiment
from nnviz.experiment.training_job import TrainingJob
from nnviz.experiment.watch import Watch
from nnviz.resources import resource
from nnviz.ui.export.files import table_contents, table_path
from nnviz.ui.export.numbers import arrays_of, csv_bytes, drawn_tables, npz_bytes, tables_of
from nnviz.ui.export.stage import laid_out
from nnviz.ui.plots.figure import Figure
from nnviz.ui.plots.registry import VIEWS
from nnviz.ui.preferences import Preferences
from nnviz.ui.session import Session
from nnviz.ui.workspaces.registry import PLACES

from .conftest import Make


class Drawn(Figure):
    """Two tables and an empty one."""

    key, title = "drawn", "Drawn"

    def numbers(self) -> list[tuple[str, ...]]:
        return [("x", "y"), ("1", "nan"), ("2", "0.1")]

    def more_numbers(self) -> dict[str, list[tuple[str, ...]]]:
        return {"points": [("x", "name"), ("0.30000000000000004", "a, b")], "marks": [("x",)]}


@pytest.fixture
def figure(qtbot: QtBot) -> Figure:
    made = Drawn()
    qtbot.addWidget(made)
    return made


def read(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode())))


def test_each_table_that_is_not_empty_is_a_file(figure: Figure) -> None:
    files = table_contents(tables_of(figure), Path("my drawing.csv"))()
    assert [path.name for path in files] == ["my drawing.csv", "my drawing-points.csv"]
    assert read(files[Path("my drawing-points.csv")]) == [["x", "name"], ["0.30000000000000004", "a, b"]]


def test_where_there_is_no_number_a_spreadsheet_finds_an_empty_cell(figure: Figure) -> None:
    assert csv_bytes(figure.numbers()) == b"x,y\n1,\n2,0.1\n"


def test_an_archive_has_the_columns_of_all_tables_under_names_of_their_own(figure: Figure) -> None:
    with numpy.load(io.BytesIO(npz_bytes(arrays_of(figure))), allow_pickle=False) as arrays:
        assert sorted(arrays) == ["points name", "points x", "x", "y"]
        assert numpy.isnan(arrays["y"][0])
        assert arrays["points x"].tolist() == [0.1 + 0.2]
        assert arrays["points name"].tolist() == ["a, b"]


def test_a_figure_without_any_table_says_that_nothing_is_drawn(qtbot: QtBot) -> None:
    class Empty(Drawn):
        def numbers(self) -> list[tuple[str, ...]]:
            return [("x",)]

        def more_numbers(self) -> dict[str, list[tuple[str, ...]]]:
            return {}

    empty = Empty()
    qtbot.addWidget(empty)
    with pytest.raises(ValueError, match="drawn: there is nothing drawn yet"):
        drawn_tables(empty)
    assert csv_bytes(empty.numbers()) == b"x\n"


@pytest.mark.parametrize("source", ["circle", "rings", "regions", "iris"])
def test_the_decision_map_s_points_say_which_are_test_examples_and_which_are_wrong(qtbot: QtBot, source: str) -> None:
    job = TrainingJob(resolve(Experiment(data=DataSpec(source, noise=0.4 if source == "circle" else 0.0))))
    job.advance(3)
    view = VIEWS["decision-map"]()
    qtbot.addWidget(view)
    view.draw(take_snapshot(job, Watch(frozenset(view.readings))))
    view.form.choose("map")
    problem, theta = job.problem, job.trainer.theta
    head, *rows = view.more_numbers()["points"]
    assert len(rows) == len(problem.data.x)
    wrong = head.index("wrong (1 yes, 0 no)")
    for part, objective, numbers in (
        ("training", problem.objective, problem.train),
        ("test", problem.test_objective, problem.test),
    ):
        own = [row for row in rows if row[1] == part]
        assert sorted(int(row[0]) for row in own) == sorted(number + 1 for number in numbers.tolist())
        if objective is None:
            continue
        a, y = problem.network.predict(theta, objective.x), objective.y
        if problem.task == "multi-label":
            missed = numpy.any((a > 0.5) != (y > 0.5), axis=-1)
        else:
            missed = classes(a) != classes(y)
        found = {int(row[0]): int(row[wrong]) for row in own}
        assert found == dict(zip((numbers + 1).tolist(), missed.astype(int).tolist(), strict=True))
    inputs = numpy.array([[float(cell) for cell in row[2 : 2 + problem.dimensions]] for row in rows])
    assert numpy.array_equal(inputs, problem.data.x)


def test_a_curve_s_points_have_targets_and_predictions_in_the_units_of_the_data(qtbot: QtBot) -> None:
    job = TrainingJob(resolve(load_experiment(resource("presets", "sine.nnviz"))))
    job.advance(5)
    view = VIEWS["decision-map"]()
    qtbot.addWidget(view)
    view.draw(take_snapshot(job, Watch(frozenset(view.readings))))
    problem = job.problem
    head, *rows = view.more_numbers()["points"]
    name = problem.data.target_names[0]
    column = [float(row[head.index(f"predicted {name}")]) for row in rows]
    x = problem.inputs.apply(problem.data.x)
    expected = problem.targets.invert(problem.network.predict(job.trainer.theta, x))
    assert column == pytest.approx(expected[:, 0].tolist())
    assert "wrong (1 yes, 0 no)" not in head
    curve = numpy.array([[float(cell) for cell in row] for row in view.numbers()[1:]])
    # What the units add up to is the curve, but for the bias.
    rest = curve[:, 1] - curve[:, 2:].sum(axis=1)
    assert rest == pytest.approx(numpy.full(len(rest), rest[0]))


# -- all figures -------------------------------------------------------------------------------------------------------


def check(figure: Figure) -> Iterator[str]:
    """The files of a figure; every table has one width, and headings that tell what each column is."""
    for name, table in tables_of(figure).items():
        where = f"{figure.key} {name}"
        assert {len(row) for row in table} <= {len(table[0])} if table else True, where
        heads = table[0] if table else ()
        assert all(head.strip() == head and head for head in heads), f"{where}: {heads}"
        assert len(set(heads)) == len(heads), f"{where}: {heads}"
        assert not any(sign in head for head in heads for sign in "∂∇λ‖δΔ̄"), f"{where}: {heads}"
    yield from (table_path(Path(f"{figure.key}.csv"), name).name for name in tables_of(figure))


@pytest.mark.parametrize("place", [place for place in PLACES if place.key != "lab"], ids=lambda place: place.key)
def test_in_a_workspace_all_tables_are_named_and_no_two_files_are_called_the_same(qtbot: QtBot, place) -> None:
    workspace = place.make(Session(Runner()), Preferences())
    qtbot.addWidget(workspace)
    files: list[str] = []
    for figure in workspace.plots():
        files += check(figure)
    assert len(set(files)) == len(files)


def test_the_lab_s_tables_are_named_in_every_form_and_no_two_files_are_called_the_same(make: Make) -> None:
    files: list[str] = []
    for key in VIEWS:
        view, snapshot = make(key, 12)
        files += check(view)
        form = getattr(view, "form", None)
        for choice in list(getattr(form, "_buttons", {})):
            form.choose(choice)
            with laid_out(view):
                view.draw(snapshot)
            for _ in check(view):
                pass
    assert len(set(files)) == len(files)


def test_every_digit_of_a_loss_comes_back(make: Make, tmp_path: Path) -> None:
    view, snapshot = make("loss")
    path = tmp_path / "loss.csv"
    path.write_bytes(csv_bytes(view.numbers()))
    table = numpy.genfromtxt(path, delimiter=",", skip_header=1)
    assert numpy.array_equal(table, snapshot.curves.values, equal_nan=True)
