"""The step Implement: what is done for a plan, by whom, for whom; counted once."""
