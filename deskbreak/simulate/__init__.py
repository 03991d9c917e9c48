"""A desk that exists only in memory: the same engine, replaying a day in a blink."""
