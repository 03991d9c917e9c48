"""Words for people, in one place: where a translation will begin.

Prompts, tray, statistics and safety texts each have a file; `display` makes any text harmless.
"""
