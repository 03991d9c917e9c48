"""What a desk sensor has told: it is believed when it speaks of a change, not when it repeats."""

from dataclasses import dataclass

from deskbreak.core.words import Posture


@dataclass(slots=True)
class Sensor:
    """The last reading of a desk sensor; `works` while it can tell.

    The reading outlives a sensor that is out of reach: a desk that has not moved meanwhile says
    nothing new when it is heard again, so what the person said since then stands.
    `on_trust` is set while only a reading from before an absence keeps a posture (B31).
    """

    said: Posture | None = None
    works: bool = False
    on_trust: bool = False

    def hear(self, posture: Posture) -> bool:
        """It reads this posture; True if that is news."""
        news = posture is not self.said
        self.said, self.works, self.on_trust = posture, True, False
        return news

    def vouches_for(self, posture: Posture) -> bool:
        """Whether it can tell, as far as is known, and told this posture last."""
        return self.works and self.said is posture

    def lose(self) -> bool:
        """It cannot tell any more; True if a posture was kept on its word alone."""
        on_trust = self.on_trust
        self.works = self.on_trust = False
        return on_trust

    def forget(self) -> None:
        """Its next reading is news, whatever it is."""
        self.said = None
