"""What everybody who talks to the X server shares: a connection that costs little."""
