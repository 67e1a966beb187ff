"""``python -m benchmarks`` lists what there is and runs all; with names, only those. Prints Markdown for RESULTS.md."""

import argparse
import importlib
import os
import pkgutil
import platform
import sys
from pathlib import Path

import numpy

import benchmarks
from benchmarks.record import Benchmark, Row


def main() -> int:
    """Exit code 0 when all that could run has run, 2 for an unknown name."""
    found = {benchmark.name: benchmark for benchmark in _all()}
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=benchmarks.__doc__)
    parser.add_argument("names", nargs="*", metavar="name", help=f"one of {', '.join(found)}; none means all")
    parser.add_argument("--list", action="store_true", help="only say what there is")
    arguments = parser.parse_args()
    if unknown := [name for name in arguments.names if name not in found]:
        parser.error(f"no benchmark is called {unknown[0]}; there are {', '.join(found)}")
    if arguments.list:
        for benchmark in found.values():
            print(f"{benchmark.name}: {benchmark.title}, against {benchmark.peer}")
        return 0
    print(machine(), flush=True)
    for name in arguments.names or found:
        benchmark = found[name]
        if missing := benchmark.missing():
            print(f"\n{name} is left out: it needs {'; '.join(missing)}", file=sys.stderr)
            continue
        print(f"\n{table(benchmark, benchmark.run())}", flush=True)
    return 0


def machine() -> str:
    """One line on what was measured with."""
    return (
        f"{_processor()}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}, "
        f"NumPy {numpy.__version__}, {os.environ['OPENBLAS_NUM_THREADS']} BLAS thread"
    )


def table(benchmark: Benchmark, rows: list[Row]) -> str:
    """The rows as a Markdown table under the benchmark's title."""
    header = ("case", "nnviz", benchmark.peer, "ratio", "goal", "reached")
    cells = [header, ("---",) * len(header), *(row.cells() for row in rows)]
    return "\n".join([f"### {benchmark.title}", "", *("| " + " | ".join(line) + " |" for line in cells)])


def _all() -> list[Benchmark]:
    modules = (importlib.import_module(f"benchmarks.{info.name}") for info in pkgutil.iter_modules(benchmarks.__path__)
               if not info.name.startswith("_"))  # fmt: skip
    return [module.BENCHMARK for module in modules if hasattr(module, "BENCHMARK")]


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, "") or platform.processor() or platform.machine()


if __name__ == "__main__":
    sys.exit(main())
