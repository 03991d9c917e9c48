"""What is true and what should happen: facts in, intentions out. No clock, file or device."""
