"""The guided routine in a terminal: `python -m deskbreak.windows.terminal ROUTINE`."""
