"""What can be done in the step."""
