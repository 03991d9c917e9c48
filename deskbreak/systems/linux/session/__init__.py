"""Tells of locking, sleeping and changed clocks, from every source that this machine has.

`choose.choose_session` puts them together; `locks` makes one answer out of several.
"""
