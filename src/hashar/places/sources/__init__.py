"""Files as input: what is shipped with the program, and what people import."""
