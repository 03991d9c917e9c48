"""Seven short questions for whoever begins, and the day that follows from the answers.

Without Qt: `questions` (what is asked, and where answers go), `words` (that day in sentences); the
command `deskbreak welcome` asks them in a terminal.
"""
