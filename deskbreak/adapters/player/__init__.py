"""The guided player in a process of its own."""
