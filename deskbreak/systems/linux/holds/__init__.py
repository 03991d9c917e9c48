"""What tells of calls, cameras, shared screens, full screen, do-not-disturb and films."""
