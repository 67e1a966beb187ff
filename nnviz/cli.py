"""The command line. `run` and `code` need no display and import no Qt; `export` needs no display; else the window.

Exit code 0: success, 1: the work failed, 2: wrong usage. Messages go to standard error, one line, no traceback.
"""

import argparse
import gc
import io
import os
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Never

from nnviz import __version__
from nnviz.cli_help import CODE_EXAMPLES, COMMANDS, RUN_EXAMPLES, SELFTEST_EXAMPLES, USAGE, export_examples, overview
from nnviz.progress_bar import ProgressBar

MAX_WIDTH = 16_384
CODE = ("numpy", "pytorch", "keras", "onnx")
SIZES = ("shown", "slide", "column")
THEMES = ("light", "dark", "transparent")
CODE_STEPS = 1000


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs a command line (default: the program's) and returns the exit code."""
    # One thread for matrix products: at these sizes a second only gets in the way. Before NumPy is imported.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    arguments = sys.argv[1:] if arguments is None else list(arguments)
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A terminal that lacks a letter of a path or of a title gets its number, not an error.
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        options = _parser(arguments).parse_args(arguments)
    except SystemExit as end:
        return 0 if end.code in (None, 0) else 2
    try:
        return int(options.work(options))
    except KeyboardInterrupt:
        print("nnviz: interrupted", file=sys.stderr)
    except BrokenPipeError:
        # Whoever read the output has heard enough; Python would complain again while it closes.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (ValueError, OSError, MemoryError) as error:
        print(f"nnviz: {_one_line(error)}", file=sys.stderr)
    return 1


def _parser(arguments: Sequence[str]) -> argparse.ArgumentParser:
    parser = _Parser(
        prog="nnviz",
        description="A laboratory in which one sees a neural network learn, and sees why it fails to.",
        epilog=overview(),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"nnviz {__version__}")
    if not any(argument in COMMANDS for argument in arguments[:1]):
        parser.usage = USAGE
        parser.add_argument("file", nargs="?", type=Path, metavar="FILE", help="an experiment to open in the window")
        parser.set_defaults(work=_window)
        return parser
    commands = parser.add_subparsers(required=True)
    run = commands.add_parser("run", help=COMMANDS["run"], epilog=RUN_EXAMPLES, formatter_class=_Raw)
    _experiment_options(run)
    run.add_argument("--json", type=Path, metavar="OUT", help="write what came of it as JSON")
    run.add_argument("--weights", type=Path, metavar="OUT.npz", help="write the trained weights")
    run.set_defaults(work=_run)
    epilog = export_examples() if arguments[0] == "export" else None
    export = commands.add_parser("export", help=COMMANDS["export"], epilog=epilog, formatter_class=_Raw)
    _export_options(export)
    export.set_defaults(work=_export)
    code = commands.add_parser("code", help=COMMANDS["code"], epilog=CODE_EXAMPLES, formatter_class=_Raw)
    _experiment_options(code, default=CODE_STEPS)
    code.add_argument("--to", required=True, choices=CODE, help="which code; onnx needs the extra nnviz[onnx]")
    code.add_argument("--out", required=True, type=Path, metavar="PATH", help="the script or model to write")
    code.set_defaults(work=_code)
    selftest = commands.add_parser(
        "selftest", help=COMMANDS["selftest"], epilog=SELFTEST_EXAMPLES, formatter_class=_Raw
    )
    selftest.set_defaults(work=_selftest)
    return parser


def _export_options(export: argparse.ArgumentParser) -> None:
    export.add_argument("file", type=Path, metavar="FILE", help="a document of any workspace (.nnviz)")
    export.add_argument(
        "--steps",
        type=_steps,
        metavar="N",
        help="steps to take; a descent has its own, other documents need none",
    )
    export.add_argument(
        "--views", required=True, type=_names, metavar="KEY,…", help="which figures, by the keys below; all: every one"
    )
    export.add_argument("--out", required=True, type=Path, metavar="DIR", help="folder for the figures")
    export.add_argument(
        "--format", default=("png",), type=_names, metavar="NAME,…", help="png, svg, pdf, csv, npz; png unless told"
    )
    export.add_argument(
        "--size", default="shown", choices=SIZES, help="its own proportions (shown), a slide 16:9, a paper's column"
    )
    export.add_argument(
        "--width", type=_width, metavar="PX", help="pixels across of a PNG (shown 1280, slide 1920, column 1050)"
    )
    export.add_argument(
        "--scale", default=1, type=int, choices=(1, 2, 3, 4), help="so many times as many pixels, for print"
    )
    export.add_argument("--theme", default="light", choices=THEMES, help="colours and ground; transparent: no ground")
    export.add_argument("--title", action="store_true", help="write the figure's name above it")
    export.add_argument("--caption", action="store_true", help="write network, data, seed and step below it")


def _experiment_options(parser: argparse.ArgumentParser, default: int | None = None) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="an experiment (.nnviz)")
    shown = "training steps to take" if default is None else f"training steps to take ({default})"
    parser.add_argument("--steps", required=default is None, default=default, type=_steps, metavar="N", help=shown)


def _window(options: argparse.Namespace) -> int:
    # Qt is imported only by what shows something: `nnviz run` must work where it is not installed.
    if options.file is not None and not options.file.exists():
        print(f"nnviz: {options.file}: no such file or command (see nnviz --help)", file=sys.stderr)
        return 1 if options.file.suffix else 2
    # What is imported stays: Python need not look through it again and again. The window has a collector of its own.
    gc.disable()
    from nnviz.app import run_window  # noqa: PLC0415

    return run_window(options.file)


def _run(options: argparse.Namespace) -> int:
    from nnviz.experiment.files import load_experiment  # noqa: PLC0415
    from nnviz.experiment.headless import report, train  # noqa: PLC0415
    from nnviz.experiment.weights import save_weights  # noqa: PLC0415
    from nnviz.experiment.writing import write_whole  # noqa: PLC0415

    outs = [out for out in (options.json, options.weights) if out is not None]
    if len({path.resolve() for path in (options.file, *outs)}) < 1 + len(outs):
        print("nnviz run: FILE, --json and --weights must be different files", file=sys.stderr)
        return 2
    for out in outs:
        _check_folder(out)
    with closing(ProgressBar(options.steps)) as progress:
        job = train(load_experiment(options.file), options.steps, progress)
    if options.json:
        write_whole(options.json, report(job))
    if options.weights:
        save_weights(job.problem.network, job.trainer.theta, options.weights)
    moment = job.moment()
    ended = f" ({job.reason})" if job.reason else ""
    test = f", test loss {moment.test_cost:.6g}" if len(job.problem.test) else ""
    print(f"step {moment.step:,}: training loss {moment.train_cost:.6g}{test}{ended}")
    return 0


def _export(options: argparse.Namespace) -> int:
    from nnviz.app import offscreen_application  # noqa: PLC0415
    from nnviz.ui.export.headless import UsageError, export_figures, looks_for  # noqa: PLC0415

    written: list[Path] = []
    looks = looks_for(
        size=options.size,
        width=options.width,
        scale=options.scale,
        ground=options.theme,
        title=options.title,
        caption=options.caption,
    )
    offscreen_application()
    with closing(ProgressBar(options.steps or 0)) as progress:

        def say(sentence: str) -> None:
            progress.close()
            print(f"nnviz export: {_printable(sentence)}", file=sys.stderr)

        try:
            for path in export_figures(
                options.file,
                options.steps,
                views=options.views,
                out=options.out,
                formats=options.format,
                looks=looks,
                progress=progress,
                said=say,
            ):
                written.append(path)  # noqa: PERF402 - what was written before something went wrong is told, too
        except UsageError as error:
            print(f"nnviz export: {_one_line(error)} (see nnviz export --help)", file=sys.stderr)
            return 2
        finally:
            for path in written:
                print(path)
    return 0


def _code(options: argparse.Namespace) -> int:
    from nnviz.experiment.code.kinds import arrays_path, check_kind, write_code  # noqa: PLC0415
    from nnviz.experiment.files import load_experiment  # noqa: PLC0415

    if options.file.resolve() in {options.out.resolve(), arrays_path(options.out).resolve()}:
        print("nnviz code: FILE and --out must be different files", file=sys.stderr)
        return 2
    check_kind(options.to)
    _check_folder(options.out)
    spec = load_experiment(options.file)
    with closing(ProgressBar(options.steps)) as progress:
        written = write_code(spec, options.to, options.out, steps=options.steps, progress=progress)
    for path in written:
        print(path)
    return 0


def _check_folder(out: Path) -> None:
    """OSError where there is no folder to write into: better said before the work than after it."""
    if not out.parent.is_dir():
        raise OSError(f"cannot write {out}: there is no folder {out.parent}")


def _selftest(_options: argparse.Namespace) -> int:
    from nnviz.app import selftest  # noqa: PLC0415

    return selftest()


class _Raw(argparse.RawDescriptionHelpFormatter):
    """Keeps the examples' lines."""


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line."""

    def error(self, message: str) -> Never:
        print(f"{self.prog}: {message} (see {self.prog} --help)", file=sys.stderr)
        raise SystemExit(2)


def _steps(text: str) -> int:
    return _whole(text, 0, 1_000_000_000)


def _width(text: str) -> int:
    return _whole(text, 1, MAX_WIDTH)


def _whole(text: str, least: int, most: int) -> int:
    try:
        number = int(text)
    except ValueError:
        number = least - 1
    if not least <= number <= most:
        raise argparse.ArgumentTypeError(f"{text[:40]!r} is no whole number from {least} to {most:,}")
    return number


def _names(text: str) -> tuple[str, ...]:
    return tuple(name for name in (part.strip() for part in text.split(",")) if name)


def _one_line(error: BaseException) -> str:
    """The error as one line in which nothing can steer a terminal."""
    text = str(error) or type(error).__name__
    if isinstance(error, OSError) and error.strerror:
        text = f"{error.filename}: {error.strerror.lower()}" if error.filename else error.strerror.lower()
    return _printable(text)


def _printable(text: str) -> str:
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
