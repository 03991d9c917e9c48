"""What only Windows has: its clocks, and its notification area."""
