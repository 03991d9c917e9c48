"""The guided routine in a terminal: `python -m deskbreak.windows.terminal ROUTINE`.

`player` runs it, `view` and `pages` lay it out, `screen` and `inputs` are the terminal, `fronts`
are the two ways to show it: on a whole screen, and in lines.
"""
