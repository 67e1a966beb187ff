"""Edits of a descent that concern more than the one field that the user touched."""

import math

import numpy

from nnviz.experiment.descent.ground import Ground, ground_of
from nnviz.experiment.descent.specification import MAX_RUNNERS, Descent, RunnerSpec, SurfaceSpec
from nnviz.experiment.specification import replace

COLOURS = 8
"""Colours of runners that are easily told apart; a new runner gets the first that no other has."""

GRID_SIDE = 9
STRIP_SHARES = (0.05, 0.4, 0.9, 1.1)
"""Of 2/λ at the start: the rates put side by side on another surface."""


def with_surface(spec: Descent, surface: SurfaceSpec) -> Descent:
    """Another surface. Where starts have no meaning on it any more, all begin where it shows best what it teaches, with
    rates that it can stand; name, description and labels told of the former one, and go.
    """
    before = spec.surface
    if surface.name == before.name and surface.dimension == before.dimension:
        return replace(spec, surface=surface)
    ground = ground_of(surface)
    limit = _limit(ground)
    runners = tuple(replace(each, start=None, label="", learning_rate=_bearable(each, limit)) for each in spec.runners)
    strip = spec.strip
    if math.isfinite(limit) and limit > 0.0:
        strip = replace(strip, rates=tuple(float(f"{share * limit:.2g}") for share in STRIP_SHARES))
    return replace(spec, name="", description="", surface=surface, start=ground.start, runners=runners, strip=strip)


def _limit(ground: Ground) -> float:
    """2/λ, λ being the largest curvature at the start and at the known minima; where none are known, on a grid over the
    domain. Infinite where nothing is curved upwards."""
    places = [numpy.atleast_2d(ground.start), ground.minima]
    if not len(ground.minima):
        axes = numpy.meshgrid(*(numpy.linspace(low, high, GRID_SIDE) for low, high in ground.domain))
        places.append(numpy.stack([axis.ravel() for axis in axes], axis=-1))
    with numpy.errstate(all="ignore"):
        hessians = ground.objective.hessian(numpy.concatenate(places))
    hessians = hessians[numpy.isfinite(hessians).all(axis=(-2, -1))]
    steepest = float(numpy.max(numpy.linalg.eigvalsh(hessians)[:, -1])) if len(hessians) else 0.0
    return 2.0 / steepest if steepest > 0.0 else math.inf


def _bearable(runner: RunnerSpec, limit: float) -> float:
    """The runner's rate, or half of 2/λ where plain steps would be thrown out."""
    plain = runner.optimizer in ("gradient_descent", "momentum", "nesterov")
    if plain and math.isfinite(limit) and 0.0 < limit < runner.learning_rate:
        return float(f"{0.5 * limit:.1g}")
    return runner.learning_rate


def with_start(spec: Descent, start: tuple[float, ...], runner: int | None = None) -> Descent:
    """Another common start, or own start of a runner."""
    if runner is None:
        return replace(spec, start=start)
    return with_runner(spec, runner, replace(spec.runners[runner], start=start))


def with_runner(spec: Descent, place: int, runner: RunnerSpec) -> Descent:
    """Another runner in place of the one there."""
    return replace(spec, runners=(*spec.runners[:place], runner, *spec.runners[place + 1 :]))


def with_new_runner(spec: Descent, place: int, runner: RunnerSpec) -> Descent:
    """One runner more, at a place of the list, in a colour that is free. ValueError where there are too many."""
    if len(spec.runners) >= MAX_RUNNERS:
        raise ValueError(f"there are {MAX_RUNNERS} runners, and more cannot be told apart")
    new = replace(runner, colour=free_colour(spec.runners))
    return replace(spec, runners=(*spec.runners[:place], new, *spec.runners[place:]))


def without_runner(spec: Descent, place: int) -> Descent:
    """One runner less."""
    return replace(spec, runners=(*spec.runners[:place], *spec.runners[place + 1 :]))


def with_moved_runner(spec: Descent, place: int, to: int) -> Descent:
    """A runner elsewhere in the list."""
    runners = list(spec.runners)
    runners.insert(to, runners.pop(place))
    return replace(spec, runners=tuple(runners))


def free_colour(runners: tuple[RunnerSpec, ...]) -> int:
    """The first colour that is used least."""
    uses = [sum(each.colour == colour for each in runners) for colour in range(COLOURS)]
    return uses.index(min(uses))


def rounded_place(ground: Ground, place: tuple[float, ...]) -> tuple[float, ...]:
    """A place put with the mouse: no more digits than a thousandth of the domain has."""
    decimals = [math.ceil(-math.log10((high - low) / 1000.0)) for low, high in ground.domain]
    return tuple(round(float(value), digits) + 0.0 for value, digits in zip(place, decimals, strict=True))
