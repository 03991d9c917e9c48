"""Soft chimes and spoken cues, so that a routine can be followed with closed eyes.

Both are played by programs of the desktop, in processes of their own that nobody waits for; where
there is no device or no program, nothing is heard and nothing else happens.
"""
