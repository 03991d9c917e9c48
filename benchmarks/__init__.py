"""What deskbreak costs, measured by command. Nothing here is a test; see README.md."""
