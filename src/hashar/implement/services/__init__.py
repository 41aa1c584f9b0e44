"""What can be done in the step: keyword-only functions, one per job."""
