"""Shows prompts and notices: as notifications with buttons, passively, or in the terminal.

`choose.choose_prompts` builds the chain; `texts` puts a prompt into words for all of them.
"""
