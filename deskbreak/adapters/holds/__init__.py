"""Reasons not to prompt right now, as the system tells of them.

Each probe watches one thing and says so by a `Reason`; `systems.linux.holds.choose` puts them
together.
"""
