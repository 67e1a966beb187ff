"""Does the program that was built really work, on a machine without Python?

    python packaging/smoke_test.py PROGRAM       its last line counts what passed; exit code 0 or 1

PROGRAM is the frozen executable, or the `nnviz` that a wheel installed. It runs with an empty environment (so with no
PATH), first without a display, then on Linux as a window on a display in memory. This script uses nothing of nnviz.
"""

import csv
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parent.parent
PRESET = ROOT / "resources" / "presets" / "spiral.nnviz"
FORMATS = ("png", "svg", "pdf", "csv")
STEPS = 200
SECONDS = 300
"""More than anything here takes on a slow machine."""
PAINTED = 50
"""A window with plots has hundreds of colours; an empty one a handful."""


class SmokeTest:
    """Runs one program in a folder of its own; each method that begins with check_ is a check."""

    def __init__(self, program: Path, folder: Path) -> None:
        self.program, self.folder = program.resolve(), folder
        # A name with a space and with letters that the empty environment's encoding does not have.
        self.file = folder / "Übung 1 学.nnviz"
        shutil.copyfile(PRESET, self.file)

    def check_version(self) -> None:
        """--version"""
        expect(re.fullmatch(r"nnviz \d+\.\d+\S*", self.run("--version").strip()), "it prints its name and version")

    def check_wrong_usage(self) -> None:
        """wrong usage ends with 2"""
        self.run("run", "--steps", "many", "x.nnviz", code=2)
        self.run("run", "nowhere.nnviz", "--steps", "1", code=1)

    def check_selftest(self) -> None:
        """nnviz selftest"""
        expect("FAILED" not in self.run("selftest"), "every check of its own passes")

    def check_run(self) -> None:
        """nnviz run, twice, to the byte"""
        outs = []
        for name in ("first", "second"):
            out, weights = self.folder / f"{name}.json", self.folder / f"{name}.npz"
            self.run("run", str(self.file), "--steps", str(STEPS), "--json", str(out), "--weights", str(weights))
            expect(json.loads(out.read_bytes())["step"] == STEPS, "the report tells the steps taken")
            outs.append(out.read_bytes() + weights.read_bytes())
        expect(outs[0] == outs[1], "two runs are the same")

    def check_export(self) -> None:
        """nnviz export of every view in every format"""
        views, out = self.views(), self.folder / "figures"
        arguments = ("--steps", str(STEPS), "--views", ",".join(views), "--format", ",".join(FORMATS))
        self.run("export", str(self.file), *arguments, "--out", str(out))
        for view in views:
            check_figures(out, view)

    def check_no_display(self) -> None:
        """a window without a display is refused in a sentence"""
        if sys.platform == "linux":
            expect("display" in self.run(code=1), "it says that there is no display")

    def check_window(self) -> None:
        """a window that opens a file and closes"""
        if sys.platform == "linux":
            self._linux_window()
        else:
            self._any_window()

    def views(self) -> list[str]:
        """The names of all views, as the program tells them when it is asked for one that it has not."""
        arguments = ("export", str(self.file), "--steps", "0", "--views", "?", "--out", str(self.folder / "none"))
        found = re.search(r"there are ([\w, -]+)", self.run(*arguments, code=2))
        names = found[1].strip().split(", ") if found else []
        expect({"loss", "network", "decision-map"} <= set(names), f"it names its views, among them the loss: {names}")
        return names

    def run(self, *arguments: str, code: int = 0) -> str:
        """What it prints on both channels. AssertionError when it ends with another code or with a traceback."""
        done = subprocess.run(
            [str(self.program), *arguments], cwd=self.folder, env=environment(), capture_output=True, timeout=SECONDS,
            check=False, stdin=subprocess.DEVNULL,
        )  # fmt: skip
        said = (done.stdout + done.stderr).decode(errors="replace")
        expect(done.returncode == code, f"exit code {code} of {arguments}; it was {done.returncode}: {said.strip()}")
        expect("Traceback" not in said, f"no traceback: {said}")
        return said

    def _linux_window(self) -> None:
        from x_display import Screen, wait_for  # noqa: PLC0415 - there is no X elsewhere

        with Screen() as screen:
            surroundings = {"DISPLAY": screen.name, "HOME": str(self.folder), "LC_ALL": "C.UTF-8"}
            window = subprocess.Popen(
                [str(self.program), str(self.file)], cwd=self.folder, env=surroundings, stderr=subprocess.PIPE
            )
            try:
                name = self.file.stem.split()[0]
                shown = wait_for(lambda: [key for key, title in screen.windows().items() if name in title], 60)
                expect(shown, f"a window with the name of the file; there are {list(screen.windows().values())}")
                expect(wait_for(lambda: screen.colors() > PAINTED, 20), "the window shows plots")
                before = screen.pixels()
                expect(wait_for(lambda: screen.pixels() != before, 20), "the network learns: the picture changes")
                time.sleep(1)
                for key in shown or []:
                    screen.close(key)
                _, said = window.communicate(timeout=30)
            finally:
                window.kill()
            expect(window.returncode == 0, f"it ends with 0 when closed, not with {window.returncode}")
            expect(not said, f"nothing on standard error: {said.decode(errors='replace')}")

    def _any_window(self) -> None:
        """Stays open, and goes when the system says so: with 0 on Windows; macOS sends a signal."""
        window = subprocess.Popen([str(self.program), str(self.file)], cwd=self.folder, stderr=subprocess.PIPE)
        try:
            time.sleep(15)
            expect(window.poll() is None, "the window stays open")
            if sys.platform == "win32":
                subprocess.run(["taskkill", "/PID", str(window.pid)], check=True)
            else:
                window.terminate()
            _, said = window.communicate(timeout=30)
        finally:
            window.kill()
        expect(window.returncode in ({0} if sys.platform == "win32" else {0, -15}), f"it ends: {window.returncode}")
        expect(b"Traceback" not in said, said.decode(errors="replace"))


def check_figures(folder: Path, view: str) -> None:
    """AssertionError unless the view's files are what their names promise."""
    content = {name: (folder / f"{view}.{name}").read_bytes() for name in FORMATS}
    expect(content["png"].startswith(b"\x89PNG\r\n") and len(content["png"]) > 2000, f"{view}.png is a picture")
    expect(content["pdf"].startswith(b"%PDF-") and content["pdf"].rstrip().endswith(b"%%EOF"), f"{view}.pdf is whole")
    drawing = ElementTree.fromstring(content["svg"])
    expect(drawing.tag.endswith("svg") and len(list(drawing.iter())) > 10, f"{view}.svg draws something")
    expect(len(list(csv.reader(content["csv"].decode().splitlines()))) > 1, f"{view}.csv has numbers")


def environment() -> dict[str, str]:
    """Nothing, but for what Windows cannot start a program without."""
    return {name: os.environ[name] for name in ("SYSTEMROOT", "TEMP") if os.name == "nt" and name in os.environ}


def expect(fact: object, what: str) -> None:
    """AssertionError unless it is so; kept under python -O, unlike the statement."""
    if not fact:
        raise AssertionError(f"expected: {what}")


def main(arguments: list[str]) -> int:
    passed = failed = 0
    with tempfile.TemporaryDirectory(prefix="nnviz smoke ") as folder:
        test = SmokeTest(Path(arguments[0]), Path(folder))
        checks: list[Callable[[], None]] = [
            test.check_version, test.check_wrong_usage, test.check_selftest, test.check_run, test.check_export,
            test.check_no_display, test.check_window,
        ]  # fmt: skip
        for check in checks:
            start = time.monotonic()
            try:
                check()
            except (AssertionError, OSError, ValueError, subprocess.SubprocessError, ElementTree.ParseError) as error:
                failed += 1
                print(f"FAILED  {check.__doc__}: {error}", flush=True)
            else:
                passed += 1
                print(f"ok      {check.__doc__} ({time.monotonic() - start:.1f} s)", flush=True)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
