"""From what came to pass to numbers, pictures' data and sentences. Pure: no clock, no file."""
