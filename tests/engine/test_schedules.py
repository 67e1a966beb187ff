"""Learning-rate schedules: closed forms, PyTorch's own, arrays of steps, what is refused."""

import math

import numpy
import pytest

from nnviz.engine.schedules import SCHEDULES


def test_the_shapes_are_the_closed_forms():
    steps = numpy.arange(12)
    assert SCHEDULES["constant"].rate(0.3, steps).tolist() == [0.3] * 12
    halves = SCHEDULES["step"].rate(1.0, steps, every=5, factor=0.5)
    assert halves.tolist() == [1.0] * 5 + [0.5] * 5 + [0.25] * 2
    cosine = SCHEDULES["cosine"].rate(2.0, steps, length=10, floor=0.1)
    assert cosine[[0, 5, 10, 11]] == pytest.approx([2.0, 1.1, 0.2, 0.2])
    assert (numpy.diff(cosine[:11]) < 0.0).all()
    warm = SCHEDULES["warm_up"].rate(1.0, steps, length=10, beginning=0.0)
    assert warm == pytest.approx([min(t / 10.0, 1.0) for t in range(12)])


@pytest.mark.parametrize("name", SCHEDULES)
def test_one_step_is_a_number_and_none_is_above_the_full_rate(name):
    schedule = SCHEDULES[name]
    assert schedule.name == name
    assert schedule.rate(0.1, 7).shape == ()
    rates = schedule.rate(0.1, numpy.arange(1000).reshape(10, 100))
    assert rates.shape == (10, 100)
    assert ((rates >= 0.0) & (rates <= 0.1)).all()
    assert float(rates[3, 4]) == float(schedule.rate(0.1, 304))


def test_wrong_use_is_refused_by_name():
    with pytest.raises(ValueError, match="constant has no parameter every; allowed are none"):
        SCHEDULES["constant"].rate(0.1, 0, every=3)
    with pytest.raises(ValueError, match=r"factor is 2\.0; expected a number from 0 to 1"):
        SCHEDULES["step"].rate(0.1, 0, factor=2.0)
    with pytest.raises(ValueError, match="step is -1"):
        SCHEDULES["constant"].rate(0.1, -1)
    with pytest.raises(ValueError, match="learning_rate is nan"):
        SCHEDULES["constant"].rate(math.nan, 0)


def test_they_agree_with_torch():
    torch = pytest.importorskip("torch")
    cases = {
        "step": (lambda o: torch.optim.lr_scheduler.StepLR(o, 7, 0.3), {"every": 7, "factor": 0.3}),
        "cosine": (lambda o: torch.optim.lr_scheduler.CosineAnnealingLR(o, 20, 0.01), {"length": 20, "floor": 0.1}),
        "warm_up": (
            lambda o: torch.optim.lr_scheduler.LinearLR(o, 0.2, 1.0, 20),
            {"length": 20, "beginning": 0.2},
        ),
    }
    for name, (make, parameters) in cases.items():
        optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=0.1)
        scheduler, theirs = make(optimizer), []
        for _ in range(20):
            theirs.append(optimizer.param_groups[0]["lr"])
            optimizer.step()
            scheduler.step()
        assert SCHEDULES[name].rate(0.1, numpy.arange(20), **parameters) == pytest.approx(theirs, rel=1e-9)
