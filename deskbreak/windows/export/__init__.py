"""Pictures of exercises and routines to take along: `python -m deskbreak.windows.export ID FILE`.

The ending of the file says what is made: a contact sheet as .svg or .png, or the movement as .gif
or .apng. Only .svg works without Qt.
"""
