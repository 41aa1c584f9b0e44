"""Pure decisions: the rules of the logic-model compiler."""
