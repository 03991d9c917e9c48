"""The guided routine in a window: `python -m deskbreak.windows.player ROUTINE`."""
