"""The guided routine in a window: `python -m deskbreak.windows.player ROUTINE`.

`playing` runs it and `told` puts what begins into words, both without Qt; `stage`, `ring`, `tempo`
and `track` paint, `guide` and `pages` lay out, `window` ties them to keys, time and the daemon.
"""
