"""Pure decisions: the rules of the claim guard, one small table for each type of claim."""
