"""Exercises and routines: folders of TOML in, a catalogue and a list of problems out.

`load` reads, `model` is what comes out, `derive` what follows from the steps, `check` the rules
that the built-in catalogue keeps, `poses` fetches a picture, `texts` the safety texts. Pure but
for reading files at paths it is given.
"""
