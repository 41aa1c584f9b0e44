"""What can be done with practices."""
