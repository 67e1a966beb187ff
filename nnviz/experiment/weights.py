"""Weights as ``.npz`` files: arrays W_1, b_1, W_2, … and nothing that could run."""

import io
import zipfile
from pathlib import Path

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
    limit = theta.nbytes + 1024 * (len(targets) + 1)
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > limit:
                raise ValueError(f"{path.name} holds more than this network's {layout.parameter_count:,} parameters")
        with numpy.load(path, allow_pickle=False) as arrays:
            if set(arrays.files) != set(targets):
                raise ValueError(f"{path.name} holds {_listed(arrays.files)}; this network has {_listed(targets)}")
            for name, target in targets.items():
                array = arrays[name]
                if array.shape != target.shape or array.dtype.kind not in "fiu":
                    raise ValueError(
                        f"{path.name}: {name} has shape {array.shape} of {array.dtype}; expected numbers {target.shape}"
                    )
                target[...] = array
    except (zipfile.BadZipFile, EOFError, KeyError):
        raise ValueError(f"{path.name} is no file of arrays (.npz)") from None
    if not numpy.all(numpy.isfinite(theta)):
        raise ValueError(f"{path.name} holds numbers that are not finite")
    return theta


def _listed(names: object) -> str:
    words = sorted(names)  # type: ignore[call-overload]
    return ", ".join(words[:8]) + (", …" if len(words) > 8 else "")
