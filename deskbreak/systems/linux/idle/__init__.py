"""Who tells how long ago the last input was, the finest first."""
