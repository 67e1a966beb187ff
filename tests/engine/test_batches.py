"""Mini-batches and random streams: exact epochs, fresh order, and a place that can be returned to."""

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.engine.batches import BatchStream, Position
from nnviz.engine.randomness import BATCHES, DATA, INITIALIZATION, SPLIT, stream


def epoch(batches: BatchStream) -> list[list[int]]:
    return [batches.next().tolist() for _ in range(batches.steps_to_epoch_end())]


@given(n=st.integers(1, 60), size=st.integers(1, 80), seed=st.integers(0, 2**53 - 1))
def test_every_epoch_sees_each_example_once_and_uses_the_short_last_batch(n, size, seed):
    batches = BatchStream(n, size, seed)
    for number in range(3):
        assert batches.position == Position(number, 0)
        parts = epoch(batches)
        assert [len(part) for part in parts[:-1]] == [min(size, n)] * (len(parts) - 1)
        assert len(parts[-1]) == (n % size or size if size < n else n)
        assert sorted(row for part in parts for row in part) == list(range(n))


def test_every_epoch_has_a_fresh_order_that_the_seed_decides():
    first, again, other = BatchStream(50, 10, 1), BatchStream(50, 10, 1), BatchStream(50, 10, 2)
    epochs = [epoch(first) for _ in range(3)]
    assert epochs == [epoch(again) for _ in range(3)]
    assert epochs[0] != epochs[1] != epochs[2]
    assert epochs[0] != epoch(other)


@given(n=st.integers(1, 30), sizes=st.lists(st.integers(1, 12), min_size=1, max_size=20), back=st.integers(0, 19))
def test_one_may_return_to_any_place_also_with_changing_sizes(n, sizes, back):
    batches = BatchStream(n, 1, 7)
    seen, places = [], []
    for size in sizes:
        batches.size = size
        places.append(batches.position)
        seen.append(batches.next().tolist())
    back = min(back, len(sizes) - 1)
    batches.position = places[back]
    for size, expected in zip(sizes[back:], seen[back:], strict=True):
        batches.size = size
        assert batches.next().tolist() == expected


def test_a_size_changed_within_an_epoch_still_sees_each_example_once():
    batches = BatchStream(20, 6, 0)
    seen = batches.next().tolist()
    batches.size = 9
    assert batches.steps_to_epoch_end() == 2
    seen += batches.next().tolist() + batches.next().tolist()
    assert sorted(seen) == list(range(20))
    assert batches.position == Position(1, 0)


def test_batches_handed_out_are_not_written_again():
    batches = BatchStream(10, 10, 0)
    first = batches.next()
    copy = first.copy()
    for _ in range(5):
        batches.next()
    assert numpy.array_equal(first, copy)


def test_wrong_use_is_refused_by_name():
    with pytest.raises(ValueError, match="n is 0; expected a whole number of at least 1"):
        BatchStream(0, 1, 0)
    with pytest.raises(ValueError, match="batch size is 0; expected a whole number of at least 1"):
        BatchStream(5, 0, 0)


def test_streams_of_a_seed_are_independent_and_repeatable():
    draws = {
        (purpose, index): tuple(stream(42, purpose, index).random(3))
        for purpose in (DATA, SPLIT, INITIALIZATION, BATCHES)
        for index in range(3)
    }
    assert len(set(draws.values())) == 12
    assert draws[BATCHES, 2] == tuple(stream(42, BATCHES, 2).random(3))
    assert tuple(stream(43, DATA).random(3)) != draws[DATA, 0]


def test_streams_never_change_for_old_experiments_replay_by_them():
    assert stream(42, INITIALIZATION).random() == 0.8059432479837372
    assert BatchStream(6, 6, 42).next().tolist() == [2, 5, 0, 3, 4, 1]
