"""What can be done with people and organisations: keyword-only functions, one per job."""
