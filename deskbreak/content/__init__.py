"""Exercises and routines: folders of TOML in, a catalogue and a list of problems out.

`load` reads, `model` is what comes out, `derive` what follows from the steps, `playback` a run
through a routine. Pure but for reading files at paths it is given.
"""
