"""Reads iCalendar files: a program of its own, so that the daemon stays small.

The home of icalendar and recurring-ical-events. Nothing imports this room; it is run by name
(`python -m deskbreak.calendars`), prints one JSON document and is gone.
"""
