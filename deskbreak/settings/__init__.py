"""Settings: one definition, and the reading, editing and describing that follow from it."""
