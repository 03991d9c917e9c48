"""Desk sensors: what tells by itself whether the person sits or stands (B27)."""
