"""How long until the program answers, and until its window is painted, beside another way to start it. Linux only.

    python packaging/measure_start.py PROGRAM [--rounds N] -- OTHER COMMAND …

Both are started in turn, so that a machine that grows slower treats them alike; printed are the medians and the median
of the ratios round by round. For example: … build/package/nnviz/nnviz -- build/packaging-venv/bin/nnviz
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time

from smoke_test import PAINTED
from x_display import Screen, wait_for


def seconds_to_answer(command: list[str], home: str) -> float:
    """From the start to the end of --version."""
    start = time.perf_counter()
    subprocess.run([*command, "--version"], check=True, capture_output=True, env=os.environ | {"HOME": home})
    return time.perf_counter() - start


def seconds_to_paint(command: list[str], home: str) -> float:
    """From the start to the first picture with plots on the screen."""
    with Screen() as screen:
        blank = screen.pixels()
        start = time.perf_counter()
        surroundings = os.environ | {"HOME": home, "DISPLAY": screen.name, "QT_QPA_PLATFORM": "xcb"}
        window = subprocess.Popen(command, env=surroundings)
        try:
            painted = wait_for(lambda: screen.pixels() != blank and screen.colors() > PAINTED, 60, every=0.005)
            took = time.perf_counter() - start
            if not painted:
                raise OSError(f"{command[0]} painted no window in a minute")
            for key in screen.windows():
                screen.close(key)
            window.wait(30)
        finally:
            window.kill()
    return took


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("program")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("other", nargs="+")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        for what, measure in (("--version", seconds_to_answer), ("first painted window", seconds_to_paint)):
            measure([options.program], home)  # the first start reads from the disk
            measure(options.other, home)
            pairs = [(measure([options.program], home), measure(options.other, home)) for _ in range(options.rounds)]
            first, second = (statistics.median(times) for times in zip(*pairs, strict=True))
            ratio = statistics.median(a / b for a, b in pairs)
            print(f"{what}: {first * 1000:.0f} ms, the other {second * 1000:.0f} ms, ratio {ratio:.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
