"""What members add to the vocabulary."""
