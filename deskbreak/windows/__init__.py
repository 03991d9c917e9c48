"""Programs with a face, each a process of its own, and what they say to the daemon (`report`)."""
