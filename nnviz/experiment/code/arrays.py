"""Arrays in a script: few numbers are written out, many are packed, and what is too much goes into a file beside it."""

import base64
import io
import textwrap
import zlib
from collections.abc import Mapping

import numpy
from numpy.typing import NDArray

from nnviz.experiment.code.safe_text import WIDTH, listed, number

Floats = NDArray[numpy.float64]

WRITTEN_OUT = 80
"""Numbers of an array that is still written so that one can read them."""
EMBEDDED = 400_000
"""Letters of packed arrays that a script may hold."""

IMPORTS = ("import base64", "import zlib")
FILE_IMPORTS = ("from pathlib import Path",)

UNPACK = '''def unpack(text, *shape):
    """The exact float64 numbers that were packed into a text, as an array of this shape."""
    return np.frombuffer(zlib.decompress(base64.b64decode(text)), dtype="<f8").reshape(shape).copy()'''


class Arrays:
    """Named float64 arrays of one script, every number exact.

    beside: the name of the file next to the script that takes them when they are too many.
    """

    def __init__(self, arrays: Mapping[str, Floats], beside: str) -> None:
        self._texts = {name: _text(array) for name, array in arrays.items()}
        self._beside = beside
        # A file holds them all, so that nobody has to look in two places.
        self.in_file = sum(map(len, self._texts.values())) > EMBEDDED
        self.content = _npz(arrays) if self.in_file else None
        """Of the file beside the script; None where none is needed."""

    @property
    def imports(self) -> tuple[str, ...]:
        """Import lines that the section needs."""
        return FILE_IMPORTS if self.in_file else IMPORTS

    def section(self) -> str:
        """Statements that give every array its name."""
        if self.in_file:
            opened = f"with np.load(Path(__file__).with_name({self._beside!r}), allow_pickle=False) as arrays:"
            return "\n".join([opened, *(f'    {name} = arrays["{name}"]' for name in self._texts)])
        statements = [f"{name} = {text}" for name, text in self._texts.items()]
        return f"{UNPACK}\n\n\n" + "\n".join(statements)


def _text(array: Floats) -> str:
    if array.size <= WRITTEN_OUT and array.size:
        return f"np.array({_written(array)})"
    packed = base64.b64encode(zlib.compress(array.astype("<f8").tobytes(), 9)).decode()
    shape = ", ".join(map(str, array.shape))
    # What is not in its alphabet, as line ends, base64 passes over.
    return f'unpack("""\n{textwrap.fill(packed, WIDTH)}\n""", {shape})'


def _written(array: Floats) -> str:
    if array.ndim == 1:
        values = [number(value) for value in array.tolist()]
        return f"[{values[0]}]" if len(values) == 1 else f"[\n{listed(values)},\n]"
    rows = [listed([number(value) for value in row], "     ").lstrip() for row in array.tolist()]
    return "[\n" + "\n".join(f"    [{row}]," for row in rows) + "\n]"


def _npz(arrays: Mapping[str, Floats]) -> bytes:
    content = io.BytesIO()
    numpy.savez(content, **arrays)  # type: ignore[arg-type]  # its stub takes the keys for allow_pickle
    return content.getvalue()
