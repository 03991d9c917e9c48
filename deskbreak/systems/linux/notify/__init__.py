"""Prompts as notifications with buttons: the freedesktop specification."""
