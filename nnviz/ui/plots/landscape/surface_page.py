"""The page with the surface itself: a slice of it, coarse to fine, with the run's path and how far that is true."""

from dataclasses import replace
from functools import partial
from typing import Any

import numpy
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from nnviz.experiment.loss_surface.path import ProjectedPath, project_path
from nnviz.experiment.loss_surface.saved_points import SavedPoint, save_point
from nnviz.experiment.loss_surface.slices import SliceRequest, SliceSpec, SurfaceSlice, surface_objective
from nnviz.experiment.loss_surface.survey import Survey, survey
from nnviz.experiment.snapshot import Snapshot
from nnviz.experiment.trail import Trajectory
from nnviz.ui.plots.charts.plot_view import Table
from nnviz.ui.plots.charts.wording import count
from nnviz.ui.plots.landscape.drawable import drawable
from nnviz.ui.plots.landscape.page import Page, only_complete
from nnviz.ui.plots.landscape.side_notes import Words
from nnviz.ui.plots.landscape.surface_controls import SurfaceControls
from nnviz.ui.plots.landscape.surface_stage import Looks, SurfaceStage
from nnviz.ui.plots.landscape.surface_words import TOO_HIGH, axis_names, notes_of, outside, survey_table, way_table
from nnviz.ui.theme import Theme

FOLLOWING = 33
"""Points a side while the run moves and the surface follows it."""
FEWEST = 3
"""Points of a path that has a plane."""
NO_POINTS = "Save the present point at two or three steps: two make a line, three a plane."
LOOKING = "The surface is being computed…"


class SurfacePage(Page):
    """slice_changed: another slice is seen. spec: which; picture: as far as it is known; path: the run's way on it.

    sentence: why there is no picture. remark: what else has to be said.
    """

    slice_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Loss surface", parent)
        self.spec = SliceSpec()
        self.saved: tuple[SavedPoint, ...] = ()
        self.picture: Survey | None = None
        self.path: ProjectedPath | None = None
        self.sentence = ""
        self.remark: Words | None = None
        self._chosen = self._stopped = False
        self._run: tuple[object, ...] = ()
        self._asked: tuple[object, ...] = ()
        self._posed_at = 0
        self.panel = SurfaceControls(self)
        self.controls = self.panel.controls
        self.stage = SurfaceStage()
        self.map, self.space, self.curve = self.stage.map, self.stage.space, self.stage.curve
        space = self.space
        self.panel.popup.add_looks((space.shading, space.wire, space.shadow, space.perspective))
        self.row.addWidget(self.stage, 1)
        self.row.addWidget(self.notes)
        panel = self.panel
        panel.edited.connect(self._edit)
        panel.looked.connect(self.show_all)
        panel.resliced.connect(self.reslice)
        panel.point_asked.connect(self.save)
        panel.stop_pressed.connect(self._stop_or_go_on)
        panel.follow.toggled.connect(self._follow_toggled)
        self.restyle(self.theme)
        self.show_all()

    @property
    def slice(self) -> SurfaceSlice | None:
        """What is seen, None before it is known."""
        seen = None if self.picture is None else self.picture.surface
        return None if seen is None else seen.slice

    def wanted(self, control: QWidget) -> bool:
        """A line has neither forms nor levels."""
        return self.panel.wanted(control, flat=self.slice is None or self.slice.region.dimensions == 2)

    def draw(self, snapshot: Snapshot) -> None:
        """A new run has another surface. Along a run the slice stays, and the path on it grows, unless it follows."""
        self.snapshot = snapshot
        if "trajectory" not in snapshot.readings:
            return
        if self._begin_run(snapshot):
            self._ask()
            return
        if self._stopped:
            return
        following = self.panel.follow.isChecked()
        unfinished = self.picture is None or not self.picture.complete
        if self.slice is None or self.sentence or (unfinished and not following):
            if not self.pace.busy and self._asked != self._key(snapshot):
                self._ask(patient=True)
        elif following or self._outgrown(snapshot):
            self._follow(snapshot, keep=self.spec.kind != "path")
        elif self._penalties(snapshot) != self._asked[1:3]:
            self._follow(snapshot, keep=True)
        elif self._path_is_old(snapshot):
            self._follow_path(snapshot, self.slice)

    def draw_now(self, snapshot: Snapshot) -> None:
        """The whole surface, for a picture."""
        self.snapshot = snapshot
        if self._begin_run(snapshot):
            self.answer(self._survey(snapshot))

    def reslice(self) -> None:
        """The parallel slice through where the run stands now."""
        if self.snapshot is not None:
            self._stopped = False
            self.pace.start(self._survey(self.snapshot, keep=self.slice))
            self.show_all()

    def save(self) -> None:
        """Keeps where the run stands, under the name of its step."""
        snapshot = self.snapshot
        if snapshot is None:
            return
        name = free_name(f"step {count(snapshot.step)}", snapshot, self.saved)
        self.remark = Words(f"Saved as “{name}”.", "muted")
        try:
            self.saved = save_point(self.saved, name, snapshot.problem, snapshot.step, snapshot.theta)
        except ValueError as error:
            self.remark = Words(str(error), "warning")
        self.panel.say_saved(self.saved)
        self.show_all()

    def leave(self) -> None:
        """What was not answered is asked again."""
        if self.pace.busy:
            self._asked = ()
        super().leave()

    def take(self, found: Any) -> None:
        """More of the surface, or of the path."""
        if isinstance(found, ProjectedPath):
            self.path = found
        elif isinstance(found, Survey) and found.surface is not None:
            before = self.slice
            nothing = found.complete and bool(numpy.all(numpy.isnan(drawable(found.surface.heights))))
            self.picture, self.sentence = found, TOO_HIGH if nothing else ""
            self.path = found.path if found.path is not None else self._path_on(found.surface.slice)
            if before is not self.slice:
                self.slice_changed.emit()
        self.show_all()

    def settle(self) -> None:
        """The progress ends."""
        self.show_all()

    def fail(self, sentence: str) -> None:
        """No such slice; what was seen of another is gone, or the picture would not be what is asked for."""
        self.sentence, self.picture, self.path = sentence, None, None
        self.slice_changed.emit()
        self.show_all()

    def restyle(self, theme: Theme) -> None:
        """With the settings' window."""
        self.stage.theme = theme
        super().restyle(theme)
        self.panel.restyle(theme)
        self.show_all()

    def numbers(self) -> Table:
        """The surface's points."""
        return survey_table(self.picture)

    def more_numbers(self) -> dict[str, Table]:
        """The run's path."""
        return {"path": way_table(self.picture, self.path)}

    def show_all(self) -> None:
        """Draws what is known in the form that is chosen."""
        snapshot = self.snapshot
        layout = None if snapshot is None else snapshot.problem.network.layout
        busy = self.pace.busy and not self.panel.follow.isChecked()
        share = self.picture.share if self.picture is not None and not self.picture.complete else 0.0
        done = self.picture is not None and self.picture.complete
        self.panel.show_state(self.spec, layout, self.saved, busy=busy, share=share, done=done)
        seen, form = None if self.picture is None else self.picture.surface, self.panel.form.key
        message = self.sentence or ("" if seen is not None else LOOKING if self.pace.busy else self._empty())
        if seen is None or message:
            self.stage.show_message(message, form)
        else:
            playing = snapshot is not None and snapshot.playing
            looks = Looks(form, self.panel.log.isChecked(), axis_names(seen.slice, layout), moving=playing)
            self.stage.show_surface(seen, self.path, looks)
        remark = [] if self.remark is None else [self.remark]
        self.notes.show_items([*remark, *notes_of(self.picture, self.path, self.theme)])
        self.fit_notes()
        self.controls_changed.emit()

    # -- what is asked beside the window ------------------------------------------------------------------------------

    def _begin_run(self, snapshot: Snapshot) -> bool:
        """Forgets what was of another run or network; whether there was something new."""
        run = (snapshot.run_id, snapshot.problem)
        if self._run and run[0] == self._run[0] and run[1] is self._run[1]:
            return False
        self._run, self._stopped, self.sentence = run, False, ""
        self.picture = self.path = None
        self.slice_changed.emit()
        self.spec = self._suited(snapshot)
        return True

    def _suited(self, snapshot: Snapshot) -> SliceSpec:
        """What the user chose; before that, what shows most: everything there is, or the path, or the surroundings."""
        count = snapshot.problem.network.parameter_count
        spec = self.spec
        if max(spec.parameters) >= count:
            spec = replace(spec, parameters=(0, min(1, count - 1)))
        if self._chosen:
            return spec
        way = trajectory_of(snapshot)
        kind = "path" if way is not None and len(way) >= FEWEST else "random"
        return replace(spec, kind="parameters" if count == 2 else kind)  # type: ignore[arg-type]

    def _key(self, snapshot: Snapshot) -> tuple[object, ...]:
        return snapshot.step, *self._penalties(snapshot), self.spec, snapshot.playing

    def _penalties(self, snapshot: Snapshot) -> tuple[float, float]:
        return snapshot.training.l1, snapshot.training.l2

    def _ask(self, *, patient: bool = False) -> None:
        """The surface of the present specification, from its directions on."""
        if self.snapshot is not None and "trajectory" in self.snapshot.readings:
            self._stopped = False
            (self.pace.follow if patient else self.pace.start)(self._survey(self.snapshot))
            self.show_all()

    def _follow(self, snapshot: Snapshot, *, keep: bool) -> None:
        if self._asked != self._key(snapshot):
            resolution = min(FOLLOWING, self.spec.resolution) if snapshot.playing else self.spec.resolution
            chosen = self.slice if keep else None
            make = self._survey(snapshot, keep=chosen, resolution=resolution)
            self.pace.follow(lambda: only_complete(make()))

    def _survey(
        self, snapshot: Snapshot, *, keep: SurfaceSlice | None = None, resolution: int | None = None
    ) -> partial[Any]:
        self._asked, self._posed_at = self._key(snapshot), snapshot.horizon
        spec = self.spec if resolution is None else replace(self.spec, resolution=resolution)
        way = trajectory_of(snapshot)
        request = SliceRequest(spec, snapshot.problem, snapshot.training, snapshot.theta, way, self.saved)
        return partial(survey, request, keep, self.breathe)

    def _outgrown(self, snapshot: Snapshot) -> bool:
        """The plane of a path that was short is not that of the long one; and the run must not leave the picture."""
        if self.spec.kind != "path" or self.slice is None:
            return False
        known = max(self._posed_at, 1)
        return max(snapshot.horizon, 1) >= 2 * known or (self.path is not None and outside(self.slice, self.path))

    def _path_is_old(self, snapshot: Snapshot) -> bool:
        way = trajectory_of(snapshot)
        if way is None:
            return False
        known = None if self.path is None else self.path.trajectory
        return known is None or len(known) != len(way) or known.steps[known.present] != way.steps[way.present]

    def _follow_path(self, snapshot: Snapshot, chosen: SurfaceSlice | None) -> None:
        way = trajectory_of(snapshot)
        if chosen is not None and way is not None:
            objective = surface_objective(snapshot.problem, snapshot.training, self.spec)
            project = partial(project_path, chosen.region, objective, way, self.breathe)
            self.pace.follow(lambda: only_complete(project()))

    def _path_on(self, chosen: SurfaceSlice) -> ProjectedPath | None:
        """The path that is known, if it is on this slice."""
        return self.path if self.path is not None and self.path.region is chosen.region else None

    # -- what the user does -------------------------------------------------------------------------------------------

    def _edit(self, spec: SliceSpec | None) -> None:
        """None: of saved points that are not there yet."""
        if spec is None:
            self.pace.cancel()
            self._stopped = True
            self.fail(NO_POINTS)
        else:
            self.spec, self._chosen = spec, True
            self._ask()

    def _follow_toggled(self, on: bool) -> None:  # noqa: FBT001 (a slot)
        self._asked = () if on else self._asked
        if self.snapshot is not None:
            self.draw(self.snapshot)

    def _stop_or_go_on(self) -> None:
        if self.pace.busy:
            self.pace.cancel()
            self._stopped = True
            self.show_all()
        else:
            self._ask()

    def _empty(self) -> str:
        if self._stopped:
            return "Stopped. ↻ computes the surface."
        return "The cost J over a slice through all weights. Press Play and watch the path."


def trajectory_of(snapshot: Snapshot) -> Trajectory | None:
    """The run's way, where the snapshot carries it."""
    way = snapshot.readings.get("trajectory")
    return way if isinstance(way, Trajectory) else None


def free_name(name: str, snapshot: Snapshot, saved: tuple[SavedPoint, ...]) -> str:
    """The name, with a number where another point has it."""
    taken = {point.name for point in saved if not numpy.array_equal(point.theta, snapshot.theta)}
    found, number = name, 2
    while found in taken:
        found, number = f"{name} ({number})", number + 1
    return found
