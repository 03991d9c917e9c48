"""Reasons not to prompt right now, as the system tells of them.

`choose.choose_holds` puts the probes together; each watches one thing and says so by a `Reason`.
"""
