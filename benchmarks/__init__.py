"""Speed and memory, measured side by side with peers: ``python -m benchmarks [name …]``.

Every module here with a `BENCHMARK` is one benchmark; a new one is one more file.
"""

import os

# One thread for everybody, set before NumPy or PyTorch are loaded: small matrices gain nothing from more.
for variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"
