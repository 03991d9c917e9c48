"""Reads iCalendar files: a program of its own, so that the daemon stays small.

Nothing imports this room; it is run by name, prints one JSON document and is gone.
"""
