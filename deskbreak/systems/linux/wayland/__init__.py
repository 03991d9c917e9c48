"""A Wayland client of a few lines: it asks and listens, and never draws."""
