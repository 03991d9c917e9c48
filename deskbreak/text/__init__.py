"""Words for people, in one place: where a translation will begin.

Prompts, tray, guide and statistics each have a file; `display` makes any text harmless.
"""
