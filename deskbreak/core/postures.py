"""Sitting or standing, and the bout that a change of it ends (B27, B28, B31)."""

from deskbreak.core.breaks import Cue
from deskbreak.core.desk import Desk
from deskbreak.core.happenings import BoutEnded, PostureChanged
from deskbreak.core.words import Posture


def change_posture(desk: Desk, posture: Posture, why: str) -> None:
    """A new posture ends the bout of the other one, and what was asked because of it (B28)."""
    end_bout(desk, posture)
    desk.withdraw(why)
    desk.say(PostureChanged(posture))


def end_bout(desk: Desk, posture: Posture, ago: float = 0.0) -> None:
    """The bout is over, now or so many seconds ago; the next begins in that posture."""
    if round(desk.bout.length) > 0:
        desk.say(BoutEnded(desk.posture, round(desk.bout.length)), ago)
    desk.new_bout(posture)
    desk.cue(Cue.NEW_BOUT)


def forget_posture(desk: Desk) -> None:
    """Nobody has confirmed the posture for too long: sitting is the safer guess (B31).

    A desk sensor that reads "standing" confirms it, for as long as it can be heard. One that
    cannot is believed anew when it speaks again.
    """
    if desk.posture is not Posture.STANDING:
        return
    if desk.sensor.vouches_for(Posture.STANDING):
        desk.sensor.on_trust = True
        return
    desk.sensor.forget()
    change_posture(desk, Posture.SITTING, "it is a new day")
