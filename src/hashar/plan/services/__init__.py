"""What can be done with plans: keyword-only functions, one per job."""
