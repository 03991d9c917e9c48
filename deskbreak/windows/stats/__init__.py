"""The statistics window: how days, weeks and years went, drawn."""
