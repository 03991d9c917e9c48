"""Calendar files, read by a program of its own (`deskbreak.calendars`) and told as entries."""
