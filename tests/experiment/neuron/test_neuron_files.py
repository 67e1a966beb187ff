"""The workspace's documents as files, and the shipped ones."""

from pathlib import Path

import pytest

from nnviz.experiment.documents import workspace_of
from nnviz.experiment.files import dump_document, parse_document
from nnviz.experiment.neuron.examples import shipped
from nnviz.experiment.neuron.line_fit import best_line, data_of
from nnviz.experiment.neuron.perceptron_rule import run_rule
from nnviz.experiment.neuron.specification import PAGES, Neuron
from nnviz.experiment.neuron.truth_tables import gate_of, right_rows
from nnviz.experiment.neuron.two_layers import truth_table
from nnviz.experiment.opening import load_checked
from nnviz.resources import resource

PRESETS = sorted(Path(resource("presets", "neuron")).glob("*.nnviz"))
NAMES = [path.stem for path in PRESETS]


def preset(name: str) -> Neuron:
    document = load_checked(Path(resource("presets", "neuron")) / f"{name}.nnviz")
    assert isinstance(document, Neuron)
    return document


def test_a_document_survives_its_file() -> None:
    document = Neuron(name="mine", page="bias")
    assert parse_document(dump_document(document), "mine") == document
    assert workspace_of(document) == "neuron"


def test_a_file_whose_parts_do_not_fit_is_refused_with_the_place() -> None:
    content = dump_document(Neuron()).replace(b'"activation": "sigmoid"', b'"activation": "softmax"')
    with pytest.raises(ValueError, match=r"^x: unit.*softmax"):
        parse_document(content, "x")


@pytest.mark.parametrize("name", NAMES)
def test_every_shipped_document_opens_and_tells_what_it_is_for(name: str) -> None:
    document = preset(name)
    assert document.name
    assert len(document.description) > 40


@pytest.mark.parametrize("gate", ["and", "or", "nand", "not"])
def test_the_shipped_gates_are_learned_and_then_classify_all_rows(gate: str) -> None:
    spec = preset(f"gate_{gate}").perceptron
    assert gate_of(spec.targets) == gate
    run = run_rule(spec)
    assert run.learned is not None
    *w, b = run.weights(run.learned)
    assert all(right_rows(tuple(w), b, spec.targets))


def test_the_shipped_xor_cycles_and_its_network_solves_it() -> None:
    assert run_rule(preset("gate_xor").perceptron).cycle is not None
    rows = truth_table(preset("xor_network").perceptron)
    assert [row.output for row in rows] == [row.target for row in rows] == [0, 1, 1, 0]


def test_the_shipped_data_around_the_origin_need_no_bias() -> None:
    data = data_of(preset("bias_origin").line)
    assert best_line(data, bias=False).cost == pytest.approx(best_line(data, bias=True).cost, rel=1e-9)
    data = data_of(preset("bias_line").line)
    assert best_line(data, bias=False).cost > 5.0 * best_line(data, bias=True).cost


def test_every_shipped_document_is_offered_on_its_page_in_the_lecture_s_order() -> None:
    offered = {page: [path.stem for path, _ in shipped(page)] for page in PAGES}
    assert sorted(name for names in offered.values() for name in names) == sorted(NAMES)
    assert offered["neuron"][0] == "one_neuron"
    assert offered["perceptron"][-2:] == ["gate_xor", "xor_network"]
