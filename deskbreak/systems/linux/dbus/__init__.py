"""Talks to the message buses over jeepney's parser; everything that needs a bus goes through here.

`bus.Bus` is what the others use; `types` has the few types that go with it.
"""
