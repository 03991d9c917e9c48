"""The guided routine in a window: `python -m deskbreak.windows.player ROUTINE`.

`stage`, `ring`, `tempo` and `track` paint, `guide` and `pages` lay out, `window` ties them to keys,
time and the daemon, `open` to the process and the desktop.
"""
