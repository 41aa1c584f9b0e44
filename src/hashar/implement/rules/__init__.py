"""Pure decisions of the step."""
