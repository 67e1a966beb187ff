"""How the Lab's run is driven: toolbar above, why-line and timeline below, all wired to the session."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from nnviz.experiment.snapshot import Snapshot
from nnviz.experiment.specification import replace
from nnviz.ui.preferences import Preferences
from nnviz.ui.run_bar import RunBar, speed_at
from nnviz.ui.session import Session
from nnviz.ui.theme import Theme
from nnviz.ui.timeline_bar import TimelineBar
from nnviz.ui.why_line import WhyLine
from nnviz.ui.widgets.held import Held


class RunControls(QObject):
    """bar, why_line and timeline are laid out by their owner."""

    def __init__(self, session: Session, preferences: Preferences, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session, self.preferences = session, preferences
        self._held: Held | None = None
        self.bar, self.why_line, self.timeline = RunBar(), WhyLine(), TimelineBar()
        bar = self.bar
        bar.play.triggered.connect(session.toggle)
        bar.step.triggered.connect(session.step)
        bar.epoch.triggered.connect(session.epoch)
        bar.reset.triggered.connect(session.reset)
        bar.new_seed.triggered.connect(session.new_seed)
        bar.seed_edited.connect(lambda seed: session.edit(replace(session.spec, seed=seed), "seed"))
        bar.speed_edited.connect(self._set_speed)
        self.timeline.sought.connect(session.seek)
        self.why_line.remedy_chosen.connect(session.apply)
        session.playing_changed.connect(bar.show_playing)
        session.spec_changed.connect(lambda spec, _problem: bar.show_seed(spec.seed))
        bar.show_speed(preferences.speed)
        session.set_speed(speed_at(preferences.speed))

    def actions(self) -> list[QAction]:
        """Play, step, epoch, reset, another seed."""
        bar = self.bar
        return [bar.play, bar.step, bar.epoch, bar.reset, bar.new_seed]

    def restrict(self, locked: frozenset[str], hidden: frozenset[str], held: Held) -> None:
        """Locks and hides what a lesson names: seed, speed, timeline; and a remedy that would touch what is locked."""
        self._held = held
        for part in ("seed", "speed"):
            self.bar.restrict(part, usable=part not in locked, shown=part not in hidden)
            for widget in self.bar.widgets_of(part):
                held.tell(widget, held=part in locked)
        held.hold(self.timeline, held="timeline" in locked)
        self._hold_remedy()
        self.timeline.setVisible("timeline" not in hidden)

    def draw(self, snapshot: Snapshot) -> None:
        """Counters, verdict, and where the run stands."""
        self.bar.draw(snapshot)
        self.timeline.draw(snapshot)
        self.why_line.show_verdict(snapshot.verdict)
        self._hold_remedy()

    def set_theme(self, theme: Theme) -> None:
        """Icons and colours."""
        self.bar.set_theme(theme)
        self.bar.show_playing(self.session.playing)
        self.why_line.set_theme(theme)

    def _hold_remedy(self) -> None:
        remedy, held = self.why_line.remedy, self._held
        if held is not None:
            held.hold(self.why_line.remedy_button, held=remedy is not None and not self.session.may_apply(remedy))

    def _set_speed(self, position: int) -> None:
        self.preferences.speed = position
        self.session.set_speed(speed_at(position))
