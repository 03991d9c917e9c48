"""The prompt that fills the screen (B19): the same question, the same answers, and a way out.

A process of its own, `python -m deskbreak.windows.overlay`; adapters/prompts/overlay.py starts it.
"""
