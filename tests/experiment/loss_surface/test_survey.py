"""The survey: directions, surface and path in one generator that can be given up at any step."""

import numpy
import pytest

from nnviz.experiment.loss_surface.slices import KINDS, SliceRequest, SliceSpec
from nnviz.experiment.loss_surface.survey import survey
from nnviz.experiment.problem import resolve
from nnviz.experiment.specification import DataSpec, Experiment, LayerSpec, NetworkSpec, TrainingSpec, replace
from nnviz.experiment.training_job import TrainingJob

SPEC = Experiment(
    data=DataSpec("circle", size=60), network=NetworkSpec((LayerSpec(3),)), training=TrainingSpec(learning_rate=0.3)
)


def request(spec: SliceSpec, experiment: Experiment = SPEC, steps: int = 200) -> SliceRequest:
    live = TrainingJob(resolve(experiment))
    live.advance(steps)
    return SliceRequest(spec, live.problem, live.training, live.trainer.theta.copy(), live.trajectory())


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "points"])
@pytest.mark.parametrize("resolution", [17, 65])
def test_it_ends_with_the_whole_surface_and_the_whole_path(kind, resolution):
    seen = list(survey(request(SliceSpec(kind, resolution=resolution))))
    assert seen[-1].complete
    assert not any(each.complete for each in seen[:-1])
    assert seen[-1].share == 1.0
    assert seen[-1].surface.side == resolution
    assert seen[-1].path.complete
    shares = [each.share for each in seen]
    assert shares == sorted(shares)
    # The path is there before the finest picture is.
    assert next(each for each in seen if each.path is not None).surface.side == 17
    products = [each.products for each in seen if each.surface is None]
    assert (len(products) > 0) == (kind == "bends")
    assert products == sorted(products)


def test_the_present_point_has_its_recorded_cost_on_the_surface():
    asked = request(SliceSpec("parameters", (0, 3)))
    *_, end = survey(asked)
    assert end.path.height[end.path.present] == pytest.approx(end.path.cost[end.path.present], rel=1e-12)
    assert end.surface.low <= end.path.cost[-1]


def test_without_a_trajectory_there_is_a_surface_alone():
    asked = request(SliceSpec("random", resolution=17))
    *_, end = survey(SliceRequest(asked.spec, asked.problem, asked.training, asked.theta))
    assert end.path is None
    assert end.complete


def test_a_kept_slice_is_moved_and_may_be_seen_at_another_resolution():
    before = request(SliceSpec("path"), steps=100)
    *_, first = survey(before)
    later = request(SliceSpec("path", resolution=17), steps=300)
    *_, second = survey(later, keep=first.surface.slice)
    assert second.surface.side == 17
    assert numpy.array_equal(second.surface.slice.region.first, first.surface.slice.region.first)
    assert second.path.distance[second.path.present] == pytest.approx(0.0, abs=1e-12)
    assert second.path.ratio[second.path.present] == pytest.approx(1.0, rel=1e-12)
    assert not numpy.allclose(second.surface.heights, first.surface.heights[::4, ::4])


def test_closing_ends_it_at_every_stage_and_it_breathes_between():
    for steps in (1, 3, 6):
        breaths = []
        running = survey(request(SliceSpec("bends")), breathe=lambda: breaths.append(1))  # noqa: B023
        for _ in range(steps):
            next(running)
        running.close()
        taken = len(breaths)
        assert taken >= steps
        assert list(running) == []
        assert len(breaths) == taken


def test_a_rate_out_of_all_proportion_and_what_came_of_it_is_a_surface_or_a_sentence():
    wild = replace(SPEC, training=replace(SPEC.training, learning_rate=1e9))
    asked = request(SliceSpec("random", resolution=17), wild, 50)
    sentences = []
    for kind in ("random", "path", "parameters", "bends"):
        spec = SliceSpec(kind, resolution=17)
        try:
            *_, end = survey(SliceRequest(spec, asked.problem, asked.training, asked.theta, asked.trajectory))
            sentences.append(end.surface.remark)
        except ValueError as error:
            sentences.append(str(error))
    assert not any("\n" in sentence for sentence in sentences)
    with pytest.raises(ValueError, match="the parameters are not finite"):
        next(survey(SliceRequest(asked.spec, asked.problem, asked.training, asked.theta * numpy.nan)))
