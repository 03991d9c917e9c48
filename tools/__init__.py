"""Makes what is shipped: run from a working copy, no part of the wheel."""
