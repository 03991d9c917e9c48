"""What the articles that deskbreak was started from ask for, row by row (docs/requirements.md)."""
