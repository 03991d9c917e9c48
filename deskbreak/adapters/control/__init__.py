"""The control socket: what commands and scripts say to a running daemon."""
