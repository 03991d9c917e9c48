"""Desks that tell their height over Bluetooth. A program of its own, and the home of bleak.

`python -m deskbreak.desks ADDRESS` prints `sitting` or `standing` for `standing.sensor`.
"""

NEEDS_BLEAK = (
    "A desk is heard over Bluetooth with the package bleak, which is not installed. "
    "`pip install 'deskbreak[desk]'` brings it (`pipx inject deskbreak bleak` where pipx is used)."
)
"""What to say where the extra is not installed."""
