"""What differs from one operating system to the next: a folder for each.

`posix` is what Linux and macOS share.
"""
