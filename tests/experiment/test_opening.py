"""A document is opened only once it is certain that it can be used."""

from pathlib import Path

import pytest

from nnviz.experiment.files import save_document
from nnviz.experiment.opening import load_checked
from nnviz.experiment.specification import DataSpec, Experiment, LayerSpec, NetworkSpec, replace

SPEC = Experiment(data=DataSpec(size=40), network=NetworkSpec(hidden=(LayerSpec(units=3),)))


def test_a_file_is_opened_only_when_it_can_be_run(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.nnviz", tmp_path / "bad.nnviz"
    save_document(SPEC, good)
    assert load_checked(good) == SPEC
    save_document(replace(SPEC, data=DataSpec(source="nothing")), bad)
    with pytest.raises(ValueError, match=r"^bad\.nnviz: data\.source is 'nothing'"):
        load_checked(bad)
