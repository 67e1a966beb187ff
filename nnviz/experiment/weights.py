"""Weights as ``.npz`` files: arrays W_1, b_1, W_2, … and nothing that could run."""

import io
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy
from numpy.typing import NDArray

from nnviz.engine import Network
from nnviz.experiment.writing import write_whole

Floats = NDArray[numpy.float64]


def save_weights(network: Network, theta: Floats, path: Path | str) -> None:
    """Writes theta (P,) as one array for each W_l (n_in, n_out) and b_l (n_out,). OSError in one sentence."""
    layout = network.layout
    arrays: dict[str, Floats] = {}
    for l in range(1, layout.depth + 1):
        arrays[f"W_{l}"], arrays[f"b_{l}"] = layout.weights(theta, l), layout.biases(theta, l)
    content = io.BytesIO()
    numpy.savez(content, **arrays)  # type: ignore[arg-type]  # its stub takes the keys for allow_pickle
    write_whole(Path(path), content.getvalue())


def load_weights(network: Network, path: Path | str) -> Floats:
    """theta (P,) from such a file. ValueError in one sentence when it is none or does not fit the network."""
    path, layout = Path(path), network.layout
    theta = numpy.empty(layout.parameter_count)
    targets = {f"{kind}_{l}": part(theta, l) for l in range(1, layout.depth + 1)
               for kind, part in (("W", layout.weights), ("b", layout.biases))}  # fmt: skip
    # An array's header and some slack; a small file that unpacks to gigabytes is not read.
    arrays = _arrays(path, theta.nbytes + 1024 * (len(targets) + 1))
    if arrays is None:
        raise ValueError(f"{path.name} holds more than this network's {layout.parameter_count:,} parameters")
    if set(arrays) != set(targets):
        raise ValueError(f"{path.name} holds {_listed(arrays)}; this network has {_listed(targets)}")
    for name, target in targets.items():
        array = arrays[name]
        if array.shape != target.shape or array.dtype.kind not in "fiu":
            raise ValueError(
                f"{path.name}: {name} has shape {array.shape} of {array.dtype}; expected numbers {target.shape}"
            )
        target[...] = array
    if not numpy.all(numpy.isfinite(theta)):
        raise ValueError(f"{path.name} holds numbers that are not finite")
    return theta


def _arrays(path: Path, limit: int) -> dict[str, NDArray[Any]] | None:
    """The arrays of a file that unpacks to at most ``limit`` bytes; None when it holds more."""
    with path.open("rb") as file:
        try:
            with zipfile.ZipFile(file) as archive:
                if sum(entry.file_size for entry in archive.infolist()) > limit:
                    return None
                return {name.removesuffix(".npy"): _array(archive.read(name)) for name in archive.namelist()}
        except Exception:  # noqa: BLE001 - a broken archive or array fails in a dozen ways, which all mean the same
            raise ValueError(f"{path.name} is no file of arrays (.npz)") from None


def _array(content: bytes) -> NDArray[Any]:
    """An array from the bytes of its file; nothing in them is run."""
    return numpy.lib.format.read_array(io.BytesIO(content), allow_pickle=False)


def _listed(names: Iterable[str]) -> str:
    words = sorted(names)
    return ", ".join(words[:8]) + (", …" if len(words) > 8 else "")
