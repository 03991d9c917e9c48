"""The guided routine in a terminal: `python -m deskbreak.windows.terminal ROUTINE`.

`player` runs it, `says` puts a moment into words, `view` and `pages` lay it out, `screen` and
`inputs` are the terminal, `plain` is the way without one.
"""
