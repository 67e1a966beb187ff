"""The cycle collector runs in the window's thread alone."""

import gc
import threading

import pytest
from PySide6.QtCore import QObject

from nnviz.ui.collector import Collector


class Knot:
    """Refers to itself, so only the collector can take it away, and tells in which thread it did."""

    def __init__(self, gone_in: list[int]) -> None:
        self.me = self
        self.gone_in = gone_in

    def __del__(self) -> None:
        self.gone_in.append(threading.get_ident())


@pytest.fixture
def collector(qapp):
    owner = QObject()
    yield Collector(owner)
    gc.enable()


def test_a_worker_that_allocates_collects_nothing(collector: Collector) -> None:
    assert not gc.isenabled()
    gone_in: list[int] = []
    Knot(gone_in)
    thread = threading.Thread(target=lambda: [[] for _ in range(20_000)])
    thread.start()
    thread.join()
    assert gone_in == []
    keep = [[] for _ in range(20_000)]
    assert collector.look() is not None
    assert gone_in == [threading.get_ident()]
    assert len(keep) == 20_000


def test_where_nothing_is_due_nothing_is_done(collector: Collector) -> None:
    gc.collect()
    assert collector.look() is None
