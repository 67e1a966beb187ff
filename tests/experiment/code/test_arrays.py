"""Arrays in a script keep every bit, in whichever form they are written."""

from pathlib import Path

import numpy
import pytest

from nnviz.experiment.code.arrays import EMBEDDED, Arrays

RNG = numpy.random.default_rng(0)


@pytest.mark.parametrize("shape", [(1,), (3,), (40,), (2, 3), (8, 8), (1, 80), (30, 30), (81,), (0, 2), (500, 2)])
def test_an_array_comes_back_bit_for_bit(shape: tuple[int, ...]) -> None:
    array = RNG.standard_normal(shape) * 10.0 ** RNG.integers(-300, 300, shape)
    arrays = Arrays({"given": array}, "beside.npz")
    names: dict[str, numpy.ndarray] = {}
    exec("import base64, zlib\nimport numpy as np\n" + arrays.section(), names)
    assert names["given"].shape == shape
    assert names["given"].tobytes() == array.tobytes()
    assert arrays.content is None


def test_special_numbers_come_back() -> None:
    array = numpy.array([0.0, -0.0, numpy.inf, -numpy.inf, 5e-324])
    names: dict[str, numpy.ndarray] = {}
    exec("import base64, zlib\nimport numpy as np\n" + Arrays({"given": array}, "x").section(), names)
    assert names["given"].tobytes() == array.tobytes()


def test_too_many_numbers_are_in_the_file_and_not_in_the_text(tmp_path: Path) -> None:
    array = RNG.standard_normal(EMBEDDED // 8)
    arrays = Arrays({"W1": array}, "it's.npz")
    assert len(arrays.section()) < 200
    (tmp_path / "it's.npz").write_bytes(arrays.content or b"")
    names = {"__file__": str(tmp_path / "script.py")}
    exec("from pathlib import Path\nimport numpy as np\n" + arrays.section(), names)
    assert numpy.array_equal(numpy.asarray(names["W1"]), array)
