"""How long ago the last input was: the sources that can tell, and the choice between them."""
