"""Shows prompts and notices: as notifications with buttons, passively, or in the terminal.

`systems.linux.notify.choose` builds the chain; `text.prompts` has the words for all of them.
"""
