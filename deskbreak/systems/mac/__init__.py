"""What only macOS has: its clocks, and its menu bar."""
