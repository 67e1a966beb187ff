"""What a file says stays a comment in the code, whatever it says."""

import ast
from pathlib import Path

import pytest

from nnviz.experiment.code.kinds import SCRIPTS, write_code
from nnviz.experiment.code.safe_text import comment, listed, number
from nnviz.experiment.specification import DataSpec, Experiment, TrainingSpec, replace
from nnviz.experiment.table_record import NumericColumn, Table

EVIL = [
    'x"""\nimport os\nos.abort()\n"""',
    "x'''\r\nraise SystemExit\r'''",
    "x\x0craise SystemExit\x0b\x1craise SystemExit\x85raise SystemExit\u2028raise SystemExit\u2029raise SystemExit",
    "coding: utf-7",
    "-*- coding: latin-1 -*-",
    "\u202eraise SystemExit\u202c \\",
    "{plan} %s $HOME {0} \\N{DIGIT ONE}",
    "Größe 数据 δ",
]


@pytest.mark.parametrize("kind", SCRIPTS)
@pytest.mark.parametrize("evil", EVIL)
def test_no_name_changes_what_the_code_does(kind: str, evil: str, tmp_path: Path) -> None:
    """The code is the same, statement by statement, as that of the experiment with harmless names."""
    trees = []
    for words in ("plain", evil):
        columns = tuple(NumericColumn(words[:150] + end, (0.0, 1.0, 1.0, 0.0)) for end in (" 1", " 2"))
        table = Table(name=words[:150], columns=columns)
        names = tuple(column.name for column in columns)
        data = DataSpec(source="table", table=table, columns=names[:1], target=names[1:], task="regression")
        spec = Experiment(words[:200], words * 30, data=data, training=TrainingSpec(loss="squared_error"))
        write_code(spec, kind, tmp_path / "s.py", steps=2)
        trees.append(ast.dump(ast.parse((tmp_path / "s.py").read_bytes())))
    assert trees[0] == trees[1]


def test_the_first_two_lines_hold_nothing_of_the_file(tmp_path: Path) -> None:
    """There Python looks for the coding of the source."""
    for kind in SCRIPTS:
        write_code(replace(Experiment(), name="coding: utf-7"), kind, tmp_path / "s.py", steps=0)
        assert "utf-7" not in "".join((tmp_path / "s.py").read_text(encoding="utf-8").splitlines()[:2])


def test_a_comment_is_wrapped_and_every_line_is_one() -> None:
    lines = comment("word " * 100 + "x" * 300).split("\n")
    assert len(lines) > 4
    assert all(line.startswith("# ") and len(line) <= 110 for line in lines)
    assert comment(" \n ") == ""


def test_numbers_are_exact_also_those_without_a_literal() -> None:
    for value in (0.1, -1e-300, 1.0 / 3.0, 1e22, float("inf"), float("-inf")):
        assert eval(number(value)) == value
    assert number(float("nan")) == 'float("nan")'


def test_a_list_is_wrapped_between_its_entries() -> None:
    assert listed(["1", "2"]) == "    1, 2"
    long = listed([f"{place}: 0.123456789" for place in range(20)])
    assert eval(f"{{{long}}}") == dict.fromkeys(range(20), 0.123456789)
    assert max(map(len, long.split("\n"))) <= 110
