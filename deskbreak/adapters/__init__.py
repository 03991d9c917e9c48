"""The world: one family a folder; no family knows another."""
