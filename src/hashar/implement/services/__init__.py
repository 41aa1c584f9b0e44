"""What can be done about what is done for a plan."""
