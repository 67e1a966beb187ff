"""Of pictures only the newest is kept, of failures every one."""

from nnviz.experiment.mailbox import Failure, Mailbox
from nnviz.experiment.problem import resolve
from nnviz.experiment.snapshot import take_snapshot
from nnviz.experiment.specification import Experiment
from nnviz.experiment.training_job import TrainingJob
from nnviz.experiment.watch import Watch


def test_only_the_newest_snapshot_is_delivered_and_only_once() -> None:
    job = TrainingJob(resolve(Experiment()))
    mailbox = Mailbox()
    assert mailbox.empty
    first = take_snapshot(job, Watch())
    job.advance(3)
    second = take_snapshot(job, Watch())
    mailbox.put(first)
    mailbox.put(second)
    assert not mailbox.empty
    assert mailbox.take() is second
    assert mailbox.take() is None
    assert mailbox.empty


def test_every_failure_is_delivered_in_order() -> None:
    mailbox = Mailbox()
    failures = [Failure(1, "first"), Failure(1, "second"), Failure(2, "third", "traceback")]
    for failure in failures:
        mailbox.put(failure)
    assert mailbox.take_failures() == failures
    assert mailbox.take_failures() == []
