"""Files: what was written is read back, all else is refused in one sentence, and nothing is ever written by half."""

import io
import os
import pickle
import stat
import threading
import zipfile

import msgspec
import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.engine import Network
from nnviz.experiment import files
from nnviz.experiment.descent.specification import Descent
from nnviz.experiment.files import dump_document, load_document, load_experiment, parse_document, save_document
from nnviz.experiment.specification import (
    Change,
    DataSpec,
    DrawnPoint,
    Experiment,
    InitializerSpec,
    LayerSpec,
    NetworkSpec,
    OutputSpec,
    StopSpec,
    TrainingSpec,
    WeightEdit,
    replace,
)
from nnviz.experiment.tables import CategoricalColumn, Table, parse_table
from nnviz.experiment.weights import load_weights, save_weights
from nnviz.experiment.writing import write_whole

FULL = Experiment(
    name="Ein Versuch – 試",
    description="Zeile 1\nZeile 2",
    seed=2**31 - 1,
    data=DataSpec(
        "table",
        table=parse_table("a,b,c\n1,2,x\n3,,y\n5,6,x\n", "my.csv"),
        columns=("a", "b"),
        target=("c",),
        task="binary",
        missing="fill",
        added=(DrawnPoint((0.1, -2.5), 1.0),),
        removed=(0, 2),
        features=("x", "x^2", "sin y"),
        parameters={"arms": 3.0},
    ),
    network=NetworkSpec((LayerSpec(3, "elu", 0.5, InitializerSpec("orthogonal", 1.5)),), OutputSpec("softmax"), 0.3),
    training=TrainingSpec(
        optimizer="adam", parameters={"beta1": 0.8}, batch_size=None, stop=StopSpec(1, 2, 0.0, 3), l1=1e-7
    ),
    changes=(Change(3, weights=(WeightEdit(2, 1 / 3),)), Change(5, TrainingSpec(learning_rate=1e-9))),
)


def broken(path: str, value: object) -> bytes:
    """The default experiment's file with one thing at a path such as "network.hidden.0.units" replaced."""
    content = msgspec.json.decode(dump_document(Experiment()))
    *parents, key = path.split(".")
    part = content
    for name in parents:
        part = part[int(name) if name.isdigit() else name]
    part[int(key) if key.isdigit() else key] = value
    return msgspec.json.encode(content)


def strange(key: str) -> bytes:
    """A file with a key that no experiment has."""
    return msgspec.json.encode({"format": "nnviz", "version": 1, key: 1})


def refusal(content: bytes) -> str:
    with pytest.raises(ValueError, match=r"my\.nnviz") as caught:
        parse_document(content, "my.nnviz")
    sentence = str(caught.value)
    assert "\n" not in sentence
    assert len(sentence) < 500
    return sentence


@pytest.mark.parametrize("spec", [Experiment(), FULL], ids=["default", "full"])
def test_what_is_read_is_what_was_written(spec, tmp_path):
    assert parse_document(dump_document(spec), "a") == spec
    path = tmp_path / "Versuch 試.nnviz"
    save_document(spec, path)
    assert load_experiment(path) == spec
    assert load_experiment(str(path)) == spec
    assert dump_document(load_experiment(path)) == path.read_bytes()
    assert type(load_experiment(path)) is Experiment


@given(rate=st.floats(1e-300, 1e12), seed=st.integers(0, 2**31 - 1), value=st.floats(-1e12, 1e12))
def test_numbers_survive_to_the_last_bit(rate, seed, value):
    spec = Experiment(
        seed=seed, training=TrainingSpec(learning_rate=rate), changes=(Change(1, weights=(WeightEdit(0, value),)),)
    )
    assert parse_document(dump_document(spec), "a") == spec


def test_a_file_is_readable_says_what_it_is_and_is_small():
    text = dump_document(Experiment()).decode()
    assert text.startswith('{\n  "format": "nnviz",\n  "version": 1,\n')
    assert '"learning_rate": 0.1' in text
    assert len(text) < 4000


def test_a_file_written_by_hand_needs_little():
    spec = parse_document(b'\xef\xbb\xbf{"format": "nnviz", "version": 1, "data": {"source": "xor"}}', "a")
    assert spec == Experiment(data=DataSpec("xor"))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "my.nnviz is no valid JSON: line 1, column 1: expecting value"),
        (dump_document(FULL)[:700], "my.nnviz is no valid JSON: line 38, column 11: expecting value"),
        (b"no json", "my.nnviz is no valid JSON: line 1, column 1: expecting value"),
        (b'{\n "format": "nnviz"\n "version": 1}', "no valid JSON: line 3, column 2: expecting ',' delimiter"),
        (b'{"name": "NaN",\n "seed": NaN}', "line 2, column 10: NaN is not allowed, only finite numbers are"),
        (b'{"seed": -Infinity}', "no valid JSON: line 1, column 10: -Infinity is not allowed, only finite"),
        (b'{"name": "\\ud800"}', "my.nnviz is no valid JSON: input data was truncated"),
        (b"[]", "my.nnviz: expected object, got array"),
        (b"{}", 'my.nnviz: format: got \'\'; an experiment file says "format": "nnviz"'),
        (b'{"format": "other", "version": 1}', "my.nnviz: format: got 'other'; an experiment file says"),
        (b'{"format": "nnviz"}', "my.nnviz: version: got 0; allowed is 1"),
        (broken("version", 99), "my.nnviz: version: 99 was written by a newer nnviz; this one reads up to version 1"),
        (broken("version", "1"), "my.nnviz: version: expected int, got str"),
        (broken("training.learning_rate", "fast"), "my.nnviz: training.learning_rate: expected float, got str"),
        (broken("training.learning_rate", 0), "my.nnviz: training.learning_rate: expected float > 0.0"),
        (
            broken("training.learning_rat", 1),
            "my.nnviz: training.learning_rat: unknown key; allowed are loss, optimizer",
        ),
        (broken("colour", 1), "my.nnviz: colour: unknown key; allowed are name, description, seed, data, network"),
        (broken("network.hidden.1.size", 4), "my.nnviz: network.hidden[1].size: unknown key; allowed are units, act"),
        (broken("network.hidden.0.units", 0), "my.nnviz: network.hidden[0].units: expected int >= 1"),
        (broken("network.hidden.0.units", 2.5), "my.nnviz: network.hidden[0].units: expected int, got float"),
        (
            broken("network.hidden.0.activation", "swish"),
            "my.nnviz: network.hidden[0].activation: 'swish' is not known",
        ),
        (broken("network.hidden.0.activation", "softmax"), "'softmax' is not known; allowed are linear, threshold"),
        (
            broken("network.hidden.0.biases.name", "he_normal"),
            "network.hidden[0].biases: 'he_normal' is not known; allow",
        ),
        (broken("network.output.weights.name", "none"), "my.nnviz: network.output.weights.name: 'none' is not known"),
        (
            broken("network.output.weights.std", 1),
            "my.nnviz: network.output.weights.std: unknown key; allowed are name",
        ),
        (broken("network.output.activation", "swish"), "my.nnviz: network.output.activation: 'swish' is not known"),
        (broken("training.loss", "hinge"), "my.nnviz: training.loss: 'hinge' is not known; allowed are squared_error"),
        (broken("training.optimizer", "sgd"), "my.nnviz: training.optimizer: 'sgd' is not known; allowed are gradient"),
        (
            broken("training.parameters", {"rho": 1}),
            "my.nnviz: training.parameters: 'rho' is not known; allowed are none",
        ),
        (broken("training", {"optimizer": "adam", "parameters": {"beta1": 1}}), "training.parameters: beta1 is 1"),
        (broken("training.stop.step", -1), "my.nnviz: training.stop.step: expected int >= 1"),
        (broken("training.stop.when", 1), "my.nnviz: training.stop.when: unknown key; allowed are step, epoch"),
        (broken("data.missing", "guess"), "my.nnviz: data.missing: 'guess' is not known; allowed are drop, fill"),
        (broken("data.features", ["x", "z"]), "my.nnviz: data.features: 'z' is not known; allowed are x, y, x^2"),
        (broken("data.noise", 1.5), "my.nnviz: data.noise: expected float <= 1.0"),
        (broken("data.added", [{"x": [1], "y": 2, "z": 3}]), "data.added[0].z: unknown key; allowed are x, y"),
        (
            broken("data.table", {"name": "t", "columns": [], "x": 1}),
            "data.table.x: unknown key; allowed are name, col",
        ),
        (broken("data.table", {"name": "t", "columns": []}), "my.nnviz: data.table: the table has 0 columns; allowed"),
        (
            broken(
                "data.table", {"name": "t", "columns": [{"kind": "numeric", "name": "a", "values": [], "unit": "m"}]}
            ),
            "data.table.columns[0].unit: unknown key; allowed are kind, name, values",
        ),
        (broken("changes", [{"step": 5}, {"step": 4}]), "my.nnviz: changes: not in the order of their steps"),
        (
            broken("changes", [{"step": 5, "weights": [{"index": 0, "value": 1, "by": 2}]}]),
            "weights[0].by: unknown key",
        ),
        (
            broken("data.parameters", {"turns": 1, "arms": "x"}),
            "my.nnviz: data.parameters.arms: expected float, got str",
        ),
        (
            broken("changes", [{"step": 1}, {"step": 5, "training": {"parameters": {"\x1b[2J": 1e13}}}]),
            "my.nnviz: changes[1].training.parameters.\\x1b[2J: expected float <= 1000000000000.0",
        ),
        (
            b'{"format": "nnviz", "version": 1,\n"data": {"noise": -1e999}, "name": "1e999"}',
            "line 2, column 19: -1e999 is not allowed, only fin",
        ),
        (broken("data.parameters", {"a": 1}).replace(b'"a":1', b'"a":1' + b"0" * 5000), "is not allowed, only finite"),
        (broken("data.parameters", {"a": ""}).replace(b'"changes"', b'"\xff"'), "data.parameters[...]: expected float"),
        (b'{"version": "1"', "my.nnviz: version: expected int, got str"),
        (
            broken("data.table", {"name": "t", "columns": [{"name": "a", "values": []}]}),
            "data.table.columns[0].kind: object missing required field kind; allowed are numeric, categorical",
        ),
        (
            broken("data.table", {"name": "t", "columns": [{"kind": "date", "name": "a", "values": []}]}),
            "data.table.columns[0].kind: invalid value 'date'; allowed are numeric, categorical",
        ),
        (strange("x` - at `$.data"), "my.nnviz: x` - at `$.data: unknown key; allowed are name, description"),
        (strange("x` - at `$.y`"), "my.nnviz: x` - at `$.y`: unknown key; allowed are name, description"),
        (broken("data", {"x` - at `$": 1}), "my.nnviz: data.x` - at `$: unknown key; allowed are source, size"),
        (strange("\x1b]0;\n\x85\u202e"), r"my.nnviz: \x1b]0;\n\x85\u202e: unknown key; allowed are name"),
        (strange("k" * 10_000), f"my.nnviz: {'k' * 60}: unknown key; allowed are name"),
        (broken("seed", -1), "my.nnviz: seed: expected int >= 0"),
        (broken("seed", 2**60), "my.nnviz: seed: expected int <= 2147483647"),
        (broken("seed", None), "my.nnviz: seed: expected int, got null"),
        (broken("name", "x" * 201), "my.nnviz: name: expected str of length <= 200"),
        (broken("training.learning_rate", 0).replace(b'"learning_rate":0', b'"learning_rate":1e400'), "1e400 is not"),
        (broken("training.learning_rate", 0).replace(b'"learning_rate":0', b'"learning_rate":NaN'), "is no valid JSON"),
        (b'{"format": "nnviz", "version": 1, "name": ' + b"[" * 5_000_000 + b"]" * 5_000_000 + b"}", "more deeply"),
        (b'{"format": "nnviz", "version": 1, "name": "\xff\xfe"}', "my.nnviz is no text in UTF-8"),
        ("{}".encode("utf-16"), "my.nnviz is no"),
        (b"\x00" * 100, "my.nnviz is no valid JSON"),
        (b"\x89PNG\r\n\x1a\n", "my.nnviz is no valid JSON"),
    ],
    ids=lambda value: value if isinstance(value, str) else "file",
)
def test_a_broken_file_is_refused_in_one_sentence_that_names_the_place(content, sentence):
    assert sentence in refusal(content)


@given(cut=st.integers(0, 2000), put=st.binary(max_size=4), length=st.integers(0, 8))
def test_whatever_is_in_a_file_is_an_experiment_or_one_sentence(cut, put, length):
    content = dump_document(FULL)
    content = content[:cut] + put + content[cut + length :]
    try:
        answer = parse_document(content, "my.nnviz")
    except ValueError as error:
        answer = error
    assert type(answer) is Experiment or (type(answer) is ValueError and "my.nnviz" in str(answer))


def test_a_huge_file_is_not_read(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "MAX_FILE_BYTES", 2**20)
    path = tmp_path / "big.nnviz"
    path.write_bytes(b" " * (2**20 + 1))
    with pytest.raises(ValueError, match=r"^big\.nnviz is larger than 1 MiB, far more than an experiment needs$"):
        load_experiment(path)
    for name, reason in (("none.nnviz", "no such file or directory"), ("home", "is a directory")):
        with pytest.raises(OSError, match=f"^{name} cannot be read: {reason}$"):
            load_experiment(tmp_path / name)


def test_the_settings_in_force_at_a_step_are_those_of_the_last_change():
    first, later = TrainingSpec(), TrainingSpec(learning_rate=0.5)
    spec = replace(Experiment(), changes=(Change(3, weights=(WeightEdit(0, 1.0),)), Change(5, later)))
    assert [spec.training_at(step) for step in (0, 3, 4, 5, 99)] == [first, first, first, later, later]


@pytest.mark.parametrize(
    ("spec", "sentence"),
    [
        (Experiment(description="x" * 10_001), "the experiment: description: expected str of length <= 10000"),
        (Experiment(seed=-1), "the experiment: seed: expected int >= 0"),
        (
            Experiment(training=TrainingSpec(learning_rate=numpy.nan)),
            "the experiment: training.learning_rate: expected",
        ),
        (Experiment(name="\udcff"), "the experiment holds a name that cannot be written in UTF-8"),
    ],
)
def test_nothing_is_written_that_could_not_be_read(spec, sentence, tmp_path):
    with pytest.raises(ValueError, match=f"^{sentence}"):
        dump_document(spec)
    with pytest.raises(OSError, match=rf"^cannot write .*a\.nnviz: {sentence}"):
        save_document(spec, tmp_path / "a.nnviz")
    assert os.listdir(tmp_path) == ["home"]


def test_nothing_is_written_that_is_too_large_to_be_read(monkeypatch):
    monkeypatch.setattr(files, "MAX_FILE_BYTES", 2**20)
    table = Table("t", (CategoricalColumn("a", ("x" * 2**20,)),))
    with pytest.raises(ValueError, match=r"^the experiment is larger than 1 MiB, far more than an experiment needs$"):
        dump_document(Experiment(data=DataSpec(table=table)))


# Writing


def test_a_link_is_followed_and_stays(tmp_path):
    (tmp_path / "real").mkdir()
    link = tmp_path / "a.nnviz"
    link.symlink_to(tmp_path / "real" / "b.nnviz")
    write_whole(link, b"one")
    write_whole(link, b"two")
    assert link.is_symlink()
    assert (tmp_path / "real" / "b.nnviz").read_bytes() == b"two"
    assert os.listdir(tmp_path / "real") == ["b.nnviz"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_written_to_and_stays(tmp_path):
    path = tmp_path / "pipe"
    os.mkfifo(path)
    content = b"x" * 300_000  # more than a pipe holds
    received: list[bytes] = []
    reader = threading.Thread(target=lambda: received.append(path.read_bytes()), daemon=True)
    reader.start()
    write_whole(path, content)
    reader.join(10.0)
    assert received == [content]
    assert stat.S_ISFIFO(path.stat().st_mode)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such rights")
def test_a_file_that_exists_keeps_its_rights(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "umask", lambda _: pytest.fail("for a moment every thread's files had all rights"))
    path = tmp_path / "a"
    write_whole(path, b"one")
    os.chmod(path, 0o600)
    write_whole(path, b"two")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_file_is_written_whole_with_the_rights_of_any_new_file(tmp_path):
    path = tmp_path / "a"
    write_whole(path, b"one")
    write_whole(path, b"two")
    assert path.read_bytes() == b"two"
    assert os.listdir(tmp_path) == ["a", "home"] or sorted(os.listdir(tmp_path)) == ["a", "home"]
    umask = os.umask(0)
    os.umask(umask)
    assert stat.S_IMODE(path.stat().st_mode) == 0o666 & ~umask


@pytest.mark.parametrize("failing", ["fsync", "replace", "chmod"])
def test_where_writing_fails_all_is_as_before(tmp_path, monkeypatch, failing):
    path = tmp_path / "a.nnviz"
    path.write_bytes(b"before")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, failing, full)
    with pytest.raises(OSError, match=r"^cannot write .*a\.nnviz: no space left on device$"):
        save_document(Experiment(), path)
    assert path.read_bytes() == b"before"
    assert sorted(os.listdir(tmp_path)) == ["a.nnviz", "home"]


def test_places_that_cannot_be_written_are_named(tmp_path):
    with pytest.raises(OSError, match=r"^cannot write .*nowhere.a: no such file or directory$"):
        write_whole(tmp_path / "nowhere" / "a", b"")
    (tmp_path / "folder").mkdir()
    with pytest.raises(OSError, match=r"^cannot write .*folder: "):
        write_whole(tmp_path / "folder", b"")
    assert sorted(os.listdir(tmp_path)) == ["folder", "home"]


# Weights

NETWORK = Network((2, 3, 1), ("tanh", "linear"))
THETA = numpy.random.default_rng(0).normal(size=13)


def weights_file(tmp_path, **arrays):
    """A file of weights that fit, but for those given (None leaves one out)."""
    parts = {"W_1": numpy.zeros((2, 3)), "b_1": numpy.zeros(3), "W_2": numpy.zeros((3, 1)), "b_2": numpy.zeros(1)}
    path = tmp_path / "w.npz"
    numpy.savez(path, **{name: array for name, array in (parts | arrays).items() if array is not None})
    return path


def test_weights_are_read_as_they_were_written(tmp_path):
    path = tmp_path / "w.npz"
    save_weights(NETWORK, THETA, path)
    assert numpy.array_equal(load_weights(NETWORK, path), THETA)
    with numpy.load(path, allow_pickle=False) as arrays:
        assert sorted(arrays) == ["W_1", "W_2", "b_1", "b_2"]
        assert arrays["W_1"].shape == (2, 3)
    assert load_weights(NETWORK, weights_file(tmp_path, b_2=numpy.array([7], dtype=numpy.int8)))[-1] == 7.0


@pytest.mark.parametrize(
    ("arrays", "sentence"),
    [
        ({"b_2": None}, r"w\.npz holds W_1, W_2, b_1; this network has W_1, W_2, b_1, b_2"),
        ({"extra": numpy.zeros(2)}, r"w\.npz holds W_1, W_2, b_1, b_2, extra; this network has"),
        ({"W_1": numpy.zeros((3, 2))}, r"w\.npz: W_1 has shape \(3, 2\) of float64; expected numbers \(2, 3\)"),
        (
            {"b_1": numpy.zeros(3, dtype=complex)},
            r"w\.npz: b_1 has shape \(3,\) of complex128; expected numbers \(3,\)",
        ),
        ({"b_1": numpy.array(["a", "b", "c"])}, r"w\.npz: b_1 has shape \(3,\) of <U1; expected numbers"),
        ({"b_1": numpy.array([0.0, numpy.nan, 0.0])}, r"w\.npz holds numbers that are not finite"),
        ({"b_1": numpy.zeros(10**6)}, r"w\.npz holds more than this network's 13 parameters"),
        ({f"a{i}": numpy.zeros(1) for i in range(9)}, r"w\.npz holds W_1, W_2, a0, a1, a2, a3, a4, a5, …; this"),
    ],
)
def test_weights_that_do_not_fit_are_refused_in_one_sentence(arrays, sentence, tmp_path):
    with pytest.raises(ValueError, match=f"^{sentence}"):
        load_weights(NETWORK, weights_file(tmp_path, **arrays))


def zipped(**members: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(f"{name}.npy", data)
    return content.getvalue()


class Boom:
    def __reduce__(self):
        return (os.mkdir, ("boom",))


def header(shape: str) -> bytes:
    text = f"{{'descr': '<f8', 'fortran_order': False, 'shape': {shape}, }}".ljust(117).encode() + b"\n"
    return b"\x93NUMPY\x01\x00" + len(text).to_bytes(2, "little") + text


def pickled() -> bytes:
    content = io.BytesIO()
    numpy.save(content, numpy.array([Boom()], dtype=object), allow_pickle=True)
    return content.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04 half an archive",
        pickle.dumps([1.0]),
        zipped(W_1=b"no array"),
        zipped(W_1=pickled()),
        zipped(W_1=header("(1000000000000,)")),
        zipped(W_1=header("(4,)") + b"\x00" * 8),
        zipped(W_1=header("__import__('os')")),
        zipped(W_1=header("(-1,)")),
    ],
    ids=["empty", "half", "pickle", "text", "pickled array", "huge header", "short", "code", "negative"],
)
def test_what_is_no_file_of_arrays_is_refused_and_never_run(content, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "w.npz").write_bytes(content)
    with pytest.raises(ValueError, match=r"^w\.npz is no file of arrays \(\.npz\)$"):
        load_weights(NETWORK, "w.npz")
    assert not (tmp_path / "boom").exists()


def test_a_small_file_that_unpacks_to_gigabytes_is_not_unpacked(tmp_path):
    (tmp_path / "w.npz").write_bytes(zipped(W_1=b"\x00" * 50_000_000))
    assert (tmp_path / "w.npz").stat().st_size < 100_000
    with pytest.raises(ValueError, match="holds more than this network's 13 parameters"):
        load_weights(NETWORK, tmp_path / "w.npz")
    with pytest.raises(OSError, match="No such file"):
        load_weights(NETWORK, tmp_path / "none.npz")


def test_a_document_of_another_workspace_is_read_as_such_and_refused_as_an_experiment(tmp_path):
    path = tmp_path / "rates.nnviz"
    save_document(Descent(), path)
    assert load_document(path) == Descent()
    assert b'"workspace": "descent"' in path.read_bytes()
    with pytest.raises(ValueError, match=r"^rates\.nnviz: is for the workspace descent; only the Lab's can be trained"):
        load_experiment(path)


def test_an_unknown_workspace_is_told():
    content = msgspec.json.encode({"format": "nnviz", "version": 1, "workspace": "kitchen"})
    assert "workspace: got 'kitchen'; allowed are lab, neuron, activations, descent" in refusal(content)
