"""What every window shares: whether Qt can start, colours, and drawing the figure."""
