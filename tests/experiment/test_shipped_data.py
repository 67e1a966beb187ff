"""The shipped files hold what their sources describe: published counts and statistics are the oracle."""

import numpy
import pytest

from nnviz.experiment.shipped_data import SHIPPED, load_shipped, shipped_table
from nnviz.resources import resource


@pytest.mark.parametrize("name", SHIPPED)
def test_every_data_set_loads_with_the_columns_it_announces(name):
    data, dataset = SHIPPED[name], load_shipped(name)
    assert data.name == dataset.name == name
    assert dataset.task == data.task == "multi-class"
    assert tuple(dataset.feature_names) == data.features
    assert dataset.x.shape == (len(dataset.y), len(data.features))
    assert numpy.isfinite(dataset.x).all()
    assert numpy.array_equal(dataset.y.sum(axis=1), numpy.ones(len(dataset.y)))
    assert dataset.note.startswith(data.source)
    assert shipped_table(name).notes == ()


@pytest.mark.parametrize("name", SHIPPED)
def test_every_file_is_small_and_its_origin_told(name):
    path = resource("data", SHIPPED[name].file)
    assert path.stat().st_size < 200_000
    assert f"## {path.name}" in resource("data", "README.md").read_text(encoding="utf-8")


def test_iris_has_the_published_statistics():
    dataset = load_shipped("iris")
    assert list(dataset.target_names) == ["setosa", "versicolor", "virginica"]
    assert dataset.y.sum(axis=0).tolist() == [50, 50, 50]
    assert dataset.x.min(axis=0).tolist() == [4.3, 2.0, 1.0, 0.1]
    assert dataset.x.max(axis=0).tolist() == [7.9, 4.4, 6.9, 2.5]
    assert numpy.abs(dataset.x.mean(axis=0) - [5.84, 3.057, 3.758, 1.199]).max() < 0.005
    # Fisher's flowers 35 and 38, which the UCI copy has wrong.
    assert dataset.x[34].tolist() == [4.9, 3.1, 1.5, 0.2]
    assert dataset.x[37].tolist() == [4.9, 3.6, 1.4, 0.1]


def test_penguins_have_the_published_counts():
    table = shipped_table("penguins")
    assert table.rows == 344
    assert [table["species"].values.count(name) for name in ("Adelie", "Chinstrap", "Gentoo")] == [152, 68, 124]
    assert {column.name: column.missing for column in table.columns if column.missing} == {
        "bill_length_mm": 2, "bill_depth_mm": 2, "flipper_length_mm": 2, "body_mass_g": 2, "sex": 11
    }  # fmt: skip
    dataset = load_shipped("penguins")
    assert dataset.y.sum(axis=0).tolist() == [151, 68, 123]
    assert numpy.abs(dataset.x.mean(axis=0) - [43.92, 17.15, 200.92, 4201.75]).max() < 0.01
    assert "342 of 344 rows" in dataset.note


def test_digits_have_the_published_counts_and_look_like_digits():
    dataset = load_shipped("digits")
    assert list(dataset.target_names) == [str(digit) for digit in range(10)]
    assert dataset.y.sum(axis=0).tolist() == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]
    assert set(dataset.x.ravel()) == set(range(17))
    # Row by row: a nought has ink around its middle, a one has it there.
    nought, one = (dataset.x[dataset.y[:, digit] == 1].mean(axis=0).reshape(8, 8) for digit in (0, 1))
    assert nought[3:5, 3:5].max() < 5 < 10 < one[3:5, 3:5].min()
    assert nought[:, 0].max() < 1


def test_an_unknown_name_is_refused():
    with pytest.raises(ValueError, match="name is 'mnist'; allowed is iris, penguins, digits"):
        load_shipped("mnist")
