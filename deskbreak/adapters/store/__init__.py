"""Files that the program owns: running state and history."""
