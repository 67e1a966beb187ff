"""A slice from the question to the finest picture, in one generator: directions, surface, path."""

from collections.abc import Callable, Generator
from dataclasses import dataclass, replace

from nnviz.experiment.loss_surface.path import ProjectedPath, project_path
from nnviz.experiment.loss_surface.slices import (
    SliceRequest,
    SurfaceSlice,
    example_count,
    pose_slice,
    surface_objective,
)
from nnviz.experiment.loss_surface.surface import Surface, surface

PATH_FROM = 17
"""Points a side of the picture after which the path is laid on it, before it becomes finer."""


@dataclass(frozen=True, eq=False)
class Survey:
    """What is known of a slice. products: gradient products taken to find its directions. surface, path: None until
    they are begun; path stays None without a trajectory."""

    request: SliceRequest
    products: int = 0
    surface: Surface | None = None
    path: ProjectedPath | None = None

    @property
    def share(self) -> float:
        """Of the surface's points that are known, 0 to 1: for a progress bar."""
        return 0.0 if self.surface is None else self.surface.done / self.surface.total

    @property
    def complete(self) -> bool:
        """Nothing more is to come."""
        pathless = self.request.trajectory is None
        return (
            self.surface is not None
            and self.surface.complete
            and (pathless or (self.path is not None and self.path.complete))
        )


def survey(
    request: SliceRequest, keep: SurfaceSlice | None = None, breathe: Callable[[], object] = lambda: None
) -> Generator[Survey, None, None]:
    """Finds the slice, then pictures it coarse to fine, with the path once 17 points a side are known.

    keep: a slice whose directions and extent stay; it is moved to the request's theta ("re-slice here", and following
    a run, perhaps at a lower resolution). breathe is called before every piece of work; closing the generator ends it.
    ValueError in one sentence as in `pose_slice`.
    """
    spec = request.spec
    objective = surface_objective(request.problem, request.training, spec)
    if keep is None:
        posing = pose_slice(request, objective, breathe)
        while True:
            try:
                yield Survey(request, next(posing))
            except StopIteration as ended:
                chosen = ended.value
                break
    else:
        chosen = replace(keep.moved_to(request.theta), spec=spec)
    path: ProjectedPath | None = None
    for picture in surface(chosen, objective, example_count(request.problem, spec), breathe):
        yield Survey(request, 0, picture, path)
        if path is None and request.trajectory is not None and picture.side >= PATH_FROM:
            for path in project_path(chosen.region, objective, request.trajectory, breathe):
                yield Survey(request, 0, picture, path)
